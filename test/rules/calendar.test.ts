import fc from "fast-check";
import { expect, test } from "vitest";
import { workingDays } from "../../server/reference/working-days.ts";
import { WorkingDays } from "../../server/rules/calendar.ts";
import { type Day, dayOf, isoDate, parseDate, yearOf } from "../../server/rules/dates.ts";

const day = (iso: string): Day => {
  const parsed = parseDate(iso);
  if (!parsed) throw new Error(iso);
  return parsed.from;
};
const weekday = (iso: string) => new Date(`${iso}T00:00:00Z`).getUTCDay();

const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
const daysOf = (year: number) => workingDays.days(dayOf(year, 1, 1), dayOf(year, 12, 31));

test.each([
  ["2023-06-19", 5, "2023-06-26"],
  ["2023-06-05", 5, "2023-06-09"],
  // from a Saturday off the count starts on Monday, from a make-up Sunday on that day
  ["2023-06-10", 5, "2023-06-16"],
  ["2023-06-25", 1, "2023-06-25"],
  ["2023-06-22", 1, "2023-06-25"],
  ["2020-01-23", 2, "2020-02-03"],
  ["2024-12-31", 2, "2025-01-02"],
  ["2026-12-31", 1, "2026-12-31"],
])("publicity from %s of %i working days ends on %s", (from, days, end) => {
  expect(isoDate(workingDays.publicityEnd(day(from), days))).toBe(end);
});

// The notices state how long each holiday is; 2020 with the extension of the Spring Festival by three days.
test.each([
  [2020, "元旦 1 春节 10 清明节 3 劳动节 5 端午节 3 国庆节、中秋节 8", 6],
  [2021, "元旦 3 春节 7 清明节 3 劳动节 5 端午节 3 中秋节 3 国庆节 7", 7],
  [2022, "元旦 3 春节 7 清明节 3 劳动节 5 端午节 3 中秋节 3 国庆节 7", 7],
  [2023, "元旦 2 春节 7 清明节 1 劳动节 5 端午节 3 中秋节、国庆节 8", 7],
  [2024, "元旦 1 春节 8 清明节 3 劳动节 5 端午节 1 中秋节 3 国庆节 7", 8],
  [2025, "元旦 1 春节 8 清明节 3 劳动节 5 端午节 3 国庆节、中秋节 8", 5],
  [2026, "元旦 3 春节 9 清明节 3 劳动节 5 端午节 3 中秋节 3 国庆节 7", 6],
])("%i: as many days off as the notice says", (year, holidays, makeUpDays) => {
  const counts = new Map<string | null, number>();
  for (const { kind, name } of daysOf(year)) if (kind === "holiday") counts.set(name, (counts.get(name) ?? 0) + 1);
  // 31 December 2022 is the first of the three days of the New Year of 2023
  if (year === 2022) counts.set("元旦", (counts.get("元旦") ?? 0) - 1);
  expect([...counts].map(([name, count]) => `${name} ${count}`).join(" ")).toBe(holidays);
  expect(daysOf(year).filter(({ kind }) => kind === "makeUp")).toHaveLength(makeUpDays);
});

test.each(years)(
  "%i: days off within the week, less those worked in their stead, are the statutory holidays",
  (year) => {
    const all = daysOf(year);
    const off = all.filter(({ kind, date }) => kind === "holiday" && weekday(date) % 6 !== 0).length;
    const worked = all.filter(({ kind }) => kind === "makeUp").length;
    // 13 since 2025; in 2020 the extension gave a Friday and took back a Saturday that was to be worked
    expect(off - worked).toBe(year >= 2025 || year === 2020 ? 13 : 11);
  },
);

test("only Saturdays and Sundays are made up for", () => {
  for (const year of years) {
    for (const { date, kind } of daysOf(year)) if (kind === "makeUp") expect(weekday(date) % 6, date).toBe(0);
  }
});

test("1 February 2020 was to be worked and then was not", () => {
  const [saturday, sunday, monday] = workingDays.days(day("2020-02-01"), day("2020-02-03"));
  expect([saturday, sunday]).toMatchObject([{ kind: "holiday" }, { kind: "holiday", name: "春节" }]);
  expect(monday).toEqual({ date: "2020-02-03", working: true, kind: "weekday", name: null });
});

test("from the first day to the end of a publicity there are as many working days as asked for, and the last one is one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2400 }), fc.integer({ min: 1, max: 60 }), (offset, count) => {
      const from = dayOf(2020, 1, 1) + offset;
      const end = workingDays.publicityEnd(from, count);
      expect(workingDays.isWorkingDay(end)).toBe(true);
      expect(workingDays.workingDaysBetween(from, end)).toBe(count);
    }),
  );
});

test.each(["2019-12-31", "2027-01-01"])("%s is beyond the calendar, which says what it covers", (date) => {
  expect(() => workingDays.isWorkingDay(day(date))).toThrow(/2020–2026/);
  expect(() => workingDays.publicityEnd(day("2026-12-31"), 2)).toThrow(/2027-01-01 is beyond .* 2020–2026/);
  const window = date < "2020" ? [day(date), day("2020-01-31")] : [day("2026-12-01"), day(date)];
  expect(workingDays.windowDays(window[0] ?? 0, window[1] ?? 0)).toMatchObject({
    workingDays: null,
    workingDaysReason: { zh: expect.stringContaining("2020–2026") },
  });
});

test("a window counts its first and its last day", () => {
  const window = (from: string, to: string) => workingDays.windowDays(day(from), day(to));
  expect(window("2023-06-13", "2023-06-27")).toEqual({ workingDays: 10, workingDaysReason: null });
  expect(window("2024-06-01", "2024-07-05").workingDays).toBe(24);
});

test("years come from the rows", () => {
  const small = new WorkingDays([{ date: "2030-01-01", kind: "holiday", name: "元旦", year: 2030 }]);
  expect([small.firstYear, small.lastYear]).toEqual([2030, 2030]);
  expect(small.isWorkingDay(day("2030-01-01"))).toBe(false);
  expect(yearOf(day("2030-12-31"))).toBe(2030);
  expect(() => small.describe(day("2031-01-01"))).toThrow(/2030–2030/);
});
