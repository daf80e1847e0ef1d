import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { qValues } from "../../server/statistics/false-discovery.ts";
import { funnel, type Observed } from "../../server/statistics/funnel.ts";
import { betweenVariance, winsorise } from "../../server/statistics/spread.ts";
import { binomialMidP, normalTails } from "../../server/statistics/tails.ts";
import { wilson } from "../../server/statistics/wilson.ts";

describe("Wilson interval", () => {
  test.each([
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    // Newcombe 1998, table 1
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i", (k, n, low, high) => {
    expect(wilson(k, n)?.low).toBeCloseTo(low, 4);
    expect(wilson(k, n)?.high).toBeCloseTo(high, 4);
  });

  test("holds the share, lies within 0…1; nobody, no interval", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const k = Math.round(n * share);
        const found = wilson(k, n);
        expect(found?.low).toBeGreaterThanOrEqual(0);
        expect(found?.low).toBeLessThanOrEqual(k / n);
        expect(found?.high).toBeGreaterThanOrEqual(k / n);
        expect(found?.high).toBeLessThanOrEqual(1);
      }),
    );
    expect(wilson(0, 0)).toBeUndefined();
  });
});

describe("tails", () => {
  test.each([
    [0, 1],
    [1.96, 0.04999579],
    [3, 0.002699796],
    [-6, 1.973175e-9],
  ])("normal %d", (z, p) => expect(normalTails(z) / p).toBeCloseTo(1, 6));

  /** Every outcome with its binomial coefficient, as it stands in the book. */
  function midPByHand(k: number, n: number, p: number): number {
    const pmf = Array.from({ length: n + 1 }, (_, i) => choose(n, i) * p ** i * (1 - p) ** (n - i));
    const lower = pmf.slice(0, k).reduce((sum, one) => sum + one, 0) + (pmf[k] ?? 0) / 2;
    return Math.min(1, 2 * Math.min(lower, 1 - lower));
  }
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);

  test("binomial mid-p: hand values", () => {
    // 0.7^10 = 0.0282475
    expect(binomialMidP(0, 10, 0.3)).toBeCloseTo(0.0282475, 7);
    expect(binomialMidP(5, 10, 0.5)).toBeCloseTo(1, 12);
    expect([binomialMidP(0, 4, 0), binomialMidP(1, 4, 0), binomialMidP(4, 4, 1)]).toEqual([1, 0, 1]);
  });

  test("binomial mid-p: all outcomes of small numbers", () => {
    for (const n of [1, 5, 20, 60])
      for (const p of [0.02, 0.3, 0.5, 0.97])
        for (let k = 0; k <= n; k++) expect(binomialMidP(k, n, p)).toBeCloseTo(midPByHand(k, n, p), 9);
  });
});

describe("false discovery", () => {
  test("the example of Benjamini and Hochberg: four of fifteen at 5 %", () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const q = qValues(p);
    expect(q.filter((one) => one < 0.05)).toHaveLength(4);
    expect(q.slice(0, 4)).toEqual([0.0015, 0.003, 0.0095, 0.035625].map((one) => expect.closeTo(one, 10)));
    expect(qValues([...p].reverse())).toEqual([...q].reverse());
    expect(qValues([])).toEqual([]);
  });

  test("q is the least p·m/rank of this and all greater ones", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const byHand = p.map((own) =>
          Math.min(
            1,
            ...p.filter((one) => one >= own).map((one) => (one * p.length) / p.filter((x) => x <= one).length),
          ),
        );
        expect(qValues(p)).toEqual(byHand.map((one) => expect.closeTo(one, 12)));
      }),
    );
  });
});

describe("spread between groups", () => {
  test("the outer tenths are set to the quantiles", () => {
    // ranks 0…10: the quantiles are 1 and 9
    expect(winsorise([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100])).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
  });

  test("hand value: four groups of one variance", () => {
    // z = ±2, ±2 (quantiles of these are ±2): mean square 4, over 0.678 = 5.8997; (4·5.8997 − 3) / (4·100 − 100)
    const groups = [0.2, -0.2, 0.2, -0.2].map((difference) => ({ difference, variance: 0.01 }));
    expect(betweenVariance(groups)).toBeCloseTo((4 * (4 / 0.678) - 3) / 300, 10);
    expect(betweenVariance(groups.slice(0, 1))).toBe(0);
    expect(betweenVariance(groups.map(({ variance }) => ({ difference: 0, variance })))).toBe(0);
  });

  test("finds the spread that made the numbers, within a tenth", () => {
    const random = seeded(7);
    const tau = 0.05;
    const groups = Array.from({ length: 4000 }, (_, index) => {
      const variance = 0.0004 * (1 + (index % 5));
      return { variance, difference: normal(random) * Math.sqrt(variance + tau ** 2) };
    });
    expect(Math.sqrt(betweenVariance(groups))).toBeGreaterThan(0.9 * tau);
    expect(Math.sqrt(betweenVariance(groups))).toBeLessThan(1.1 * tau);
    // chance alone, with the correction of the cut, is about no spread
    const even = groups.map(({ variance }) => ({ variance, difference: normal(random) * Math.sqrt(variance) }));
    expect(Math.sqrt(betweenVariance(even))).toBeLessThan(0.2 * tau);
  });
});

/** Numbers 0…1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 0x1_0000_0000;
  };
}
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());

describe("funnel", () => {
  const group = (people: number, successes: number, p: number): Observed => ({
    people,
    successes,
    expected: people * p,
    variance: people * p * (1 - p),
  });
  const signals = (groups: readonly Observed[]) => funnel(groups).judged.map(({ signal }) => signal);

  test("few people are not compared, a real outlier is pointed out, on its side", () => {
    const usual = Array.from({ length: 20 }, (_, index) => group(100, 78 + (index % 5), 0.8));
    expect(signals([...usual, group(4, 0, 0.8), group(100, 50, 0.8), group(100, 99, 0.8)]).slice(20)).toEqual([
      "few",
      "below",
      "above",
    ]);
    expect(signals(usual)).toEqual(usual.map(() => "inside"));
  });

  test("one group: 65 of 100 where 80 are expected, by hand", () => {
    const { judged, between } = funnel([group(100, 65, 0.8)]);
    // sd = √(0.8·0.2/100) = 0.04, so the limits are 0.68 and 0.92 and z = −3.75
    expect(between).toBe(0);
    expect(judged[0]).toMatchObject({
      signal: "below",
      limitLow: expect.closeTo(0.68),
      limitHigh: expect.closeTo(0.92),
    });
    expect(judged[0]?.q).toBeCloseTo(1.7683e-4, 7);
    expect(signals([group(100, 69, 0.8)])).toEqual(["inside"]);
  });

  test("three people must make the difference", () => {
    // 2 of 5 where 0.01 is expected is rare beyond doubt, but two people
    expect(signals([group(5, 2, 0.002)])).toEqual(["inside"]);
    expect(signals([group(5, 4, 0.002)])).toEqual(["above"]);
  });

  test("where groups differ widely, one that differs as the others do is not pointed out", () => {
    const wide = Array.from({ length: 40 }, (_, index) =>
      group(400, Math.round(400 * (0.5 + 0.02 * ((index % 11) - 5))), 0.5),
    );
    expect(signals([group(400, 240, 0.5)])).toEqual(["above"]);
    expect(new Set(signals(wide))).toEqual(new Set(["inside"]));
    expect(funnel(wide).between).toBeGreaterThan(0.001);
  });

  test("three hundred groups that differ by chance alone: hardly any is pointed out, and one that is off is found", () => {
    const random = seeded(11);
    const drawn = (people: number, p: number) =>
      Array.from({ length: people }, () => random()).filter((share) => share < p).length;
    let wrong = 0;
    let found = 0;
    for (let round = 0; round < 20; round++) {
      const groups = Array.from({ length: 300 }, (_, index) => {
        const people = 5 + (index % 60);
        return group(people, drawn(people, 0.8), 0.8);
      });
      const said = signals([...groups, group(60, drawn(60, 0.45), 0.8)]);
      wrong += said.slice(0, 300).filter((one) => one !== "inside").length;
      found += said[300] === "below" ? 1 : 0;
    }
    // of 6,000 groups
    expect(wrong).toBeLessThanOrEqual(6);
    expect(found).toBeGreaterThanOrEqual(18);
  });

  test("nobody can fail, or groups there are none: nothing is pointed out", () => {
    expect(signals([group(50, 50, 1)])).toEqual(["inside"]);
    expect(funnel([])).toEqual({ judged: [], between: 0 });
  });
});
