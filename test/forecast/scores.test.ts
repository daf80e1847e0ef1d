import { describe, expect, test } from "vitest";
import { areSmall, bias, ratio, rmse, wape } from "../../server/forecast/scores.ts";
import { coverage, keyedShare, pinball, quantileLoss, randomisedPit } from "../../server/forecast/scores-intervals.ts";

const outcomes = [
  { forecast: 10, actual: 8 },
  { forecast: 3, actual: 6 },
  { forecast: 0, actual: 2 },
];

describe("errors of means", () => {
  test("by hand", () => {
    expect(wape(outcomes)).toBe(7 / 16);
    expect(bias(outcomes)).toBe(-3 / 16);
    expect(rmse(outcomes)).toBe(Math.sqrt((4 + 9 + 4) / 3));
  });
  test("nothing counted is no error of 0", () => {
    const none = [{ forecast: 1, actual: 0 }];
    expect(wape(none)).toBeNull();
    expect(bias(none)).toBeNull();
    expect(rmse(none)).toBe(1);
    expect(rmse([])).toBeNull();
  });
  test("small cells have a mean below five", () => {
    expect(areSmall([{ forecast: 9, actual: 5 }])).toBe(false);
    expect(
      areSmall([
        { forecast: 9, actual: 5 },
        { forecast: 9, actual: 4 },
      ]),
    ).toBe(true);
    expect(areSmall([])).toBe(false);
  });
  test("a ratio needs both errors", () => {
    expect(ratio(1, 2)).toBe(0.5);
    expect(ratio(1, 0)).toBeNull();
    expect(ratio(null, 1)).toBeNull();
    expect(ratio(0, 1)).toBe(0);
  });
});

/** 0, 1 or 2 with probabilities ½, ¼, ¼. */
const predictive = {
  cdf: (count: number) => (count < 0 ? 0 : count < 1 ? 0.5 : count < 2 ? 0.75 : 1),
  quantile: (share: number) => (share <= 0.5 ? 0 : share <= 0.75 ? 1 : 2),
};

describe("intervals", () => {
  test("the transform lies inside the probability of the count", () => {
    expect(randomisedPit(predictive, 0, 0)).toBe(0);
    expect(randomisedPit(predictive, 0, 0.5)).toBe(0.25);
    expect(randomisedPit(predictive, 1, 0.5)).toBe(0.625);
    expect(randomisedPit(predictive, 2, 1)).toBe(1);
    expect(randomisedPit(predictive, 3, 0.5)).toBe(1);
  });
  test("coverage counts both ends of the central interval", () => {
    expect(coverage([0.05, 0.1, 0.5, 0.9, 0.95], 0.8)).toBe(0.6);
    expect(coverage([0.02, 0.03, 0.97, 0.98], 0.95)).toBe(0.5);
    expect(coverage([], 0.8)).toBeNull();
  });
  test("of a right forecast it is what it says, however few values a count has", () => {
    const pits = Array.from({ length: 20_000 }, (_, index) => {
      const draw = keyedShare(`draw ${index}`);
      return randomisedPit(predictive, predictive.quantile(draw), keyedShare(`within ${index}`));
    });
    expect(coverage(pits, 0.8)).toBeCloseTo(0.8, 2);
    expect(coverage(pits, 0.95)).toBeCloseTo(0.95, 2);
  });
  test("pinball by hand", () => {
    expect(pinball(0.9, 10, 12)).toBeCloseTo(1.8, 12);
    expect(pinball(0.9, 10, 8)).toBeCloseTo(0.2, 12);
    // quantiles 0, 0, 0, 2, 2 of an actual of 1
    expect(quantileLoss(predictive, 1)).toBeCloseTo((2 * (0.025 + 0.1 + 0.5 + 0.1 + 0.025)) / 5, 12);
  });
  test("chance belongs to the key", () => {
    expect(keyedShare("2020/1/applicants/某单位")).toBe(keyedShare("2020/1/applicants/某单位"));
    const shares = Array.from({ length: 4_000 }, (_, index) => keyedShare(`${index}`));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(new Set(shares).size).toBe(shares.length);
  });
});
