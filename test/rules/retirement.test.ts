import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, monthOf } from "../../server/rules/dates.ts";
import { formatMonth, type RetirementTrack, retirementMonth, retirementMonths } from "../../server/rules/retirement.ts";

const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;

/** Track, month of birth, months of delay, month of retirement. */
const examples = [
  ["male60", "1964-12", 0, "2024-12"],
  ["male60", "1965-01", 1, "2025-02"],
  ["male60", "1965-04", 1, "2025-05"],
  ["male60", "1965-05", 2, "2025-07"],
  ["male60", "1970-07", 17, "2031-12"],
  ["male60", "1976-08", 35, "2039-07"],
  ["male60", "1976-09", 36, "2039-09"],
  ["male60", "1985-03", 36, "2048-03"],
  ["female50", "1974-12", 0, "2024-12"],
  ["female50", "1975-01", 1, "2025-02"],
  ["female50", "1975-03", 2, "2025-05"],
  ["female50", "1978-06", 21, "2030-03"],
  ["female50", "1984-10", 59, "2039-09"],
  ["female50", "1984-11", 60, "2039-11"],
  ["female55", "1970-01", 1, "2025-02"],
  ["female55", "1975-08", 17, "2032-01"],
  ["female55", "1981-08", 35, "2039-07"],
  ["female55", "1981-09", 36, "2039-09"],
] as const;

interface Schedule {
  readonly age: number;
  readonly first: number;
  readonly step: number;
  readonly limit: number;
}

/** The schedule as it was enacted; the wrong ways below each change one thing. */
const enacted: Record<RetirementTrack, Schedule> = {
  male60: { age: 720, first: month("1965-01"), step: 4, limit: 36 },
  female55: { age: 660, first: month("1970-01"), step: 4, limit: 36 },
  female50: { age: 600, first: month("1975-01"), step: 2, limit: 60 },
};

const monthOfDelay = (birth: number, { age, first, step, limit }: Schedule) =>
  birth + age + (birth < first ? 0 : Math.min(Math.floor((birth - first) / step) + 1, limit));

/** First day of a month, and the months between two days as TIMESTAMPDIFF(MONTH, …) counts them: whole ones only. */
const firstDay = (of: number) => dayOf(Math.floor(of / 12), (of % 12) + 1, 1);
const wholeMonths = (from: number, to: number) =>
  monthOf(to) - monthOf(from) - (to - firstDay(monthOf(to)) < from - firstDay(monthOf(from)) ? 1 : 0);

type Calculation = (track: RetirementTrack, birth: number, birthDay: number) => number;

/** Ways in which published calculators go wrong, with an example that tells each of them from the law. */
const wrongWays: readonly (readonly [way: string, track: RetirementTrack, born: string, calculate: Calculation])[] = [
  [
    "women of track 50 delayed by 36 months at most",
    "female50",
    "1984-11",
    (track, birth) => monthOfDelay(birth, { ...enacted[track], limit: 36 }),
  ],
  [
    "women of track 50 delayed by one month for four",
    "female50",
    "1975-03",
    (track, birth) => monthOfDelay(birth, { ...enacted[track], step: 4 }),
  ],
  [
    "days instead of months, thirty to a month",
    "male60",
    "1976-08",
    (track, birth, birthDay) => {
      const { age, first, step, limit } = enacted[track];
      const late = birthDay - firstDay(first);
      return birth + age + (late < 0 ? 0 : Math.min(Math.floor(late / (30 * step)) + 1, limit));
    },
  ],
  [
    "whole months since the day before the reform, cut off by the day of the month",
    "male60",
    "1965-01",
    (track, birth, birthDay) => {
      const { age, first, step, limit } = enacted[track];
      const late = wholeMonths(firstDay(first) - 1, birthDay);
      return birth + age + Math.min(Math.max(0, Math.ceil(late / step)), limit);
    },
  ],
  [
    "the month before the first delayed one delayed as well",
    "female50",
    "1974-12",
    (track, birth) => monthOfDelay(birth, { ...enacted[track], first: enacted[track].first - 1 }),
  ],
];

describe("retirement months of the 2025 reform", () => {
  it.each(examples)("%s born %s: %i months later, %s", (track, birth, delay, retires) => {
    const found = retirementMonth(track, month(birth));
    expect(formatMonth(found)).toBe(retires);
    expect(found - month(birth) - enacted[track].age).toBe(delay);
  });

  it.each(wrongWays)("is not: %s", (_, track, born, calculate) => {
    const birth = month(born);
    const lastDay = firstDay(birth + 1) - 1;
    const answers = [firstDay(birth), lastDay].map((day) => calculate(track, birth, day));
    const found = retirementMonth(track, birth);
    expect(examples.find((one) => one[0] === track && one[1] === born)?.[3]).toBe(formatMonth(found));
    expect(answers.filter((answer) => answer !== found)).not.toEqual([]);
  });

  it("the wrong ways change one thing each: as enacted the examples hold", () => {
    for (const [track, born, , retires] of examples)
      expect(formatMonth(monthOfDelay(month(born), enacted[track]))).toBe(retires);
  });

  it("the day of birth does not count", () => {
    for (const [track, born, , retires] of examples) {
      for (const day of [firstDay(month(born)), firstDay(month(born) + 1) - 1]) {
        const found = retirementMonths({ from: day, to: day }, track, undefined);
        expect(found && [formatMonth(found.from), formatMonth(found.to)]).toEqual([retires, retires]);
      }
    }
  });

  it("never falls with a later birth month", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<RetirementTrack>("male60", "female50", "female55"),
        fc.integer({ min: month("1940-01"), max: month("2005-12") }),
        (track, birth) => retirementMonth(track, birth) <= retirementMonth(track, birth + 1),
      ),
    );
  });
});
