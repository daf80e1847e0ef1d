import { describe, expect, test } from "vitest";
import { countQuantile } from "../../server/forecast/quantiles.ts";
import { Errors, ratio } from "../../server/forecast/scores.ts";
import { countCdf, predictiveOf, predictiveOfPlaces, varianceBetween } from "../../server/forecast/scores-counts.ts";
import {
  covers,
  Intervals,
  keyedShare,
  pinball,
  quantileLoss,
  randomisedPit,
} from "../../server/forecast/scores-intervals.ts";

const errorsOf = (...cells: (readonly [forecast: number, actual: number])[]) => {
  const errors = new Errors();
  for (const [forecast, actual] of cells) errors.add(forecast, actual);
  return errors;
};

describe("errors of means", () => {
  test("by hand", () => {
    const errors = errorsOf([10, 8], [3, 6], [0, 2]);
    expect(errors.wape).toBe(7 / 16);
    expect(errors.bias).toBe(-3 / 16);
    expect(errors.rmse).toBe(Math.sqrt((4 + 9 + 4) / 3));
  });
  test("add up", () => {
    const sum = errorsOf([10, 8]);
    sum.addAll(errorsOf([3, 6], [0, 2]));
    expect(sum).toEqual(errorsOf([10, 8], [3, 6], [0, 2]));
  });
  test("nothing counted is no error of 0", () => {
    const none = errorsOf([1, 0]);
    expect([none.wape, none.bias, none.rmse]).toEqual([null, null, 1]);
    expect(errorsOf().rmse).toBeNull();
  });
  test("small cells have a mean below five", () => {
    expect(errorsOf([9, 5]).small).toBe(false);
    expect(errorsOf([9, 5], [9, 4]).small).toBe(true);
    expect(errorsOf().small).toBe(false);
  });
  test("a ratio needs both errors", () => {
    expect([ratio(1, 2), ratio(1, 0), ratio(null, 1), ratio(0, 1)]).toEqual([0.5, null, null, 0]);
  });
});

/** 0, 1 or 2 with probabilities ½, ¼, ¼. */
const predictive = {
  cdf: (count: number) => (count < 0 ? 0 : count < 1 ? 0.5 : count < 2 ? 0.75 : 1),
  quantile: (share: number) => (share <= 0.5 ? 0 : share <= 0.75 ? 1 : 2),
};

describe("intervals", () => {
  test("the transform lies inside the probability of the count", () => {
    const pit = (actual: number, within: number) => randomisedPit(predictive, actual, within);
    expect([pit(0, 0), pit(0, 0.5), pit(1, 0.5), pit(2, 1), pit(3, 0.5)]).toEqual([0, 0.25, 0.625, 1, 1]);
  });
  test("a central interval has both its ends", () => {
    expect([0.05, 0.1, 0.5, 0.9, 0.95].map((pit) => covers(pit, 0.8))).toEqual([false, true, true, true, false]);
    expect([0.02, 0.03, 0.97, 0.98].map((pit) => covers(pit, 0.95))).toEqual([false, true, true, false]);
  });
  test("of a right forecast the coverage is what it says, however few values a count has", () => {
    const intervals = new Intervals();
    for (let cell = 0; cell < 20_000; cell++) {
      intervals.add(predictive, predictive.quantile(keyedShare(`draw ${cell}`)), `within ${cell}`);
    }
    expect(intervals.coverage80).toBeCloseTo(0.8, 2);
    expect(intervals.coverage95).toBeCloseTo(0.95, 2);
  });
  test("pinball by hand", () => {
    expect(pinball(0.9, 10, 12)).toBeCloseTo(1.8, 12);
    expect(pinball(0.9, 10, 8)).toBeCloseTo(0.2, 12);
    // quantiles 0, 0, 0, 2, 2 of an actual of 1
    const loss = (2 * (0.025 + 0.1 + 0.5 + 0.1 + 0.025)) / 5;
    expect(quantileLoss(predictive, 1)).toBeCloseTo(loss, 12);
    const intervals = new Intervals();
    intervals.add(predictive, 1, "a");
    const both = new Intervals();
    both.addAll(intervals);
    both.addAll(intervals);
    expect(both.loss).toBeCloseTo(loss, 12);
    expect([new Intervals().loss, new Intervals().coverage80]).toEqual([null, null]);
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

describe("count distributions", () => {
  const moments = [
    [0.3, 0.25],
    [0.3, 0.3],
    [0.3, 0.9],
    [4, 2.5],
    [4, 9],
    [60, 40],
    [60, 300],
  ] as const;
  test.each(moments)("mean %d, variance %d: the probability first reaches p at the quantile", (mean, variance) => {
    for (const p of [0.025, 0.1, 0.5, 0.9, 0.975]) {
      const quantile = countQuantile(p, { mean, variance });
      expect(countCdf(quantile, mean, variance)).toBeGreaterThanOrEqual(p - 1e-9);
      expect(countCdf(quantile - 1, mean, variance)).toBeLessThan(p);
    }
    expect(countCdf(-1, mean, variance)).toBe(0);
    expect(countCdf(100_000, mean, variance)).toBeCloseTo(1, 9);
  });
  test.each(moments)("mean %d, variance %d: a variance found from the ends has these ends", (mean, variance) => {
    const [low, high] = [0.1, 0.9].map((p) => countQuantile(p, { mean, variance })) as [number, number];
    const found = varianceBetween(mean, 0.1, low, high);
    const width = countQuantile(0.9, { mean, variance: found }) - countQuantile(0.1, { mean, variance: found });
    expect(Math.abs(width - (high - low))).toBeLessThanOrEqual(1);
  });
  test("large counts are normal", () => {
    expect(varianceBetween(1_000, 0.025, 1_000 - 196, 1_000 + 196)).toBeCloseTo(10_000, -2);
    expect(countCdf(1_000, 1_000, 10_000)).toBeCloseTo(0.502, 3);
    expect(countCdf(1_196, 1_000, 10_000)).toBeCloseTo(0.975, 3);
  });
  test("the distribution of a row keeps to its ends", () => {
    const ends = { low95: 1, low80: 2, high80: 7, high95: 9 };
    const row = predictiveOf(4.2, ends);
    expect(row.cdf(0)).toBeLessThan(0.025);
    expect(row.cdf(1)).toBeGreaterThanOrEqual(0.025);
    expect(row.cdf(1)).toBeLessThan(0.1);
    expect(row.cdf(7)).toBeGreaterThanOrEqual(0.9);
    expect(row.cdf(6)).toBeLessThan(0.9);
    expect(row.cdf(9)).toBeGreaterThanOrEqual(0.975);
    expect([0.025, 0.1, 0.9, 0.975].map((share) => row.quantile(share))).toEqual([1, 2, 7, 9]);
    expect(row.quantile(0.5)).toBe(4);
  });
  test("places have the probabilities they are given", () => {
    const places = predictiveOfPlaces([0.5, 0.3, 0.15, 0.05], { low95: 0, low80: 0, high80: 2, high95: 2 });
    expect([-1, 0, 1, 2, 3].map((count) => Number(places.cdf(count).toFixed(9)))).toEqual([0, 0.5, 0.8, 0.95, 1]);
    expect(places.quantile(0.5)).toBe(0);
    expect(places.quantile(0.975)).toBe(2);
  });
});
