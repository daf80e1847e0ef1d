import { expect, test } from "vitest";
import { type Baseline, baselineForecast, baselines } from "../../server/forecast/baselines.ts";

const past = { counts: [2, 8, 5, 11], eligible: 22 };
const all = (counts: readonly number[], horizon: number, eligible: number | null = 30) =>
  Object.fromEntries(
    baselines.map((name) => [name, baselineForecast(name, { ...past, counts }, { horizon, eligible })]),
  ) as Record<Baseline, number | null>;

test("by hand, one and two years ahead", () => {
  expect(all([2, 8, 5, 11], 1)).toEqual({ lastYear: 11, yearBeforeLast: 5, threeYearMean: 8, drift: 14, ownRate: 15 });
  expect(all([2, 8, 5, 11], 2)).toEqual({ lastYear: 11, yearBeforeLast: 11, threeYearMean: 8, drift: 17, ownRate: 15 });
  expect(all([2, 8, 5, 11], 3).yearBeforeLast).toBe(5);
});

test("drift ends at nobody", () => {
  expect(all([9, 5, 1], 1).drift).toBe(0);
});

test("a short past has fewer baselines", () => {
  expect(all([], 1)).toEqual({ lastYear: null, yearBeforeLast: null, threeYearMean: null, drift: null, ownRate: null });
  expect(all([4], 1)).toMatchObject({ lastYear: 4, yearBeforeLast: null, threeYearMean: null, drift: null });
  expect(all([4, 6], 1)).toMatchObject({ lastYear: 6, yearBeforeLast: 4, threeYearMean: null, drift: null });
});

test("a rate needs somebody who could", () => {
  expect(baselineForecast("ownRate", { counts: [0], eligible: 0 }, { horizon: 1, eligible: 5 })).toBe(0);
  expect(baselineForecast("ownRate", { counts: [3], eligible: undefined }, { horizon: 1, eligible: 5 })).toBeNull();
  expect(baselineForecast("ownRate", { counts: [3], eligible: 4 }, { horizon: 1, eligible: null })).toBeNull();
});
