import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dayOf,
  daysInMonth,
  formatInterval,
  isoDate,
  minusYears,
  parseDate,
  yearOf,
} from "../../server/rules/dates.ts";

const iso = (text: string) => {
  const interval = parseDate(text);
  return interval && [isoDate(interval.from), isoDate(interval.to)];
};

describe("interval dates", () => {
  it.each([
    ["2015", "2015-01-01", "2015-12-31"],
    ["2015-02", "2015-02-01", "2015-02-28"],
    ["2016-02", "2016-02-01", "2016-02-29"],
    ["1985-07-01", "1985-07-01", "1985-07-01"],
  ])("%s is %s … %s", (text, from, to) => {
    expect(iso(text)).toEqual([from, to]);
  });

  it.each([
    "2015-13",
    "2015-00",
    "2015-02-30",
    "1975-02-29",
    "1996-04-31",
    "1996/03/01",
    "1996-3-1",
    "15",
    "",
    "2015-01-01T00:00",
  ])("%s is no date", (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2100 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const text = isoDate(dayOf(year, month, Math.min(day, daysInMonth(year, month))));
          const interval = parseDate(text);
          expect(interval && formatInterval(interval)).toBe(text);
          for (const part of [text.slice(0, 7), text.slice(0, 4)]) {
            const coarse = parseDate(part);
            expect(coarse && formatInterval(coarse)).toBe(part);
          }
        },
      ),
    );
  });

  it("counts back whole years, also from 29 February", () => {
    expect(isoDate(minusYears(dayOf(2024, 2, 29), 1))).toBe("2023-02-28");
    expect(isoDate(minusYears(dayOf(2024, 2, 29), 4))).toBe("2020-02-29");
    expect(yearOf(dayOf(2024, 12, 31))).toBe(2024);
    expect(yearOf(dayOf(1969, 12, 31))).toBe(1969);
  });
});
