import { describe, expect, it } from "vitest";
import { countQuantile, normalQuantile, studentQuantile } from "../../server/forecast/quantiles.ts";

/** Exact probabilities of a count of independent events. */
function poissonBinomial(chances: readonly number[]): number[] {
  return chances.reduce<number[]>(
    (sum, x) => Array.from({ length: sum.length + 1 }, (_, n) => (sum[n] ?? 0) * (1 - x) + (sum[n - 1] ?? 0) * x),
    [1],
  );
}

const exactQuantile = (probabilities: readonly number[], p: number): number => {
  let sum = 0;
  return probabilities.findIndex((one) => {
    sum += one;
    return sum >= p - 1e-12;
  });
};

describe("quantiles", () => {
  it("of the normal and of Student's t are those of the tables", () => {
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655, 8);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.9599639845, 8);
    expect(studentQuantile(0.9, 4)).toBeCloseTo(1.5332, 2);
    expect(studentQuantile(0.975, 7)).toBeCloseTo(2.3646, 2);
    expect(studentQuantile(0.1, 2)).toBeCloseTo(-1.8856, 3);
  });

  it("of counts: Poisson of mean 1, geometric of mean 1", () => {
    expect([0.3, 0.5, 0.9, 0.99].map((p) => countQuantile(p, { mean: 1, variance: 1 }))).toEqual([0, 1, 2, 4]);
    // variance 2 at mean 1: a negative binomial of size 1 with P(n) = 2^-(n+1)
    expect([0.5, 0.6, 0.9, 0.975].map((p) => countQuantile(p, { mean: 1, variance: 2 }))).toEqual([0, 1, 3, 5]);
  });

  it("of a sum of independent chances are within one of the exact ones", () => {
    const groups = [
      Array.from({ length: 12 }, (_, index) => 0.05 + index * 0.07),
      Array.from({ length: 40 }, (_, index) => ((index * 37) % 100) / 100),
      [0.9, 0.95, 0.99],
      [0.02, 0.01],
    ];
    for (const chances of groups) {
      const mean = chances.reduce((sum, x) => sum + x, 0);
      const variance = chances.reduce((sum, x) => sum + x * (1 - x), 0);
      for (const p of [0.025, 0.1, 0.9, 0.975]) {
        const exact = exactQuantile(poissonBinomial(chances), p);
        expect(Math.abs(countQuantile(p, { mean, variance }) - exact)).toBeLessThanOrEqual(1);
      }
    }
  });

  it("stay between nothing and what is possible, and widen with the variance", () => {
    expect(countQuantile(0.025, { mean: 0.2, variance: 3 })).toBe(0);
    expect(countQuantile(0.975, { mean: 300, variance: 90_000, most: 350 })).toBe(350);
    expect(countQuantile(0.975, { mean: 0, variance: 0 })).toBe(0);
    const high = [300, 600, 5000].map((variance) => countQuantile(0.975, { mean: 300, variance }));
    expect(high).toEqual([...high].sort((a, b) => a - b));
  });

  it("of a certain count are the count", () => {
    for (const p of [0.025, 0.5, 0.975]) expect(countQuantile(p, { mean: 7, variance: 0 })).toBe(7);
  });
});
