/** Waiting for a place: the formulas against people drawn one by one, and small cases by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaBinomialMidP, binomialMidP } from "../../server/statistics/tails.ts";
import { chosenWithin, expectedWait, lowerMedian, medianWait, transferable } from "../../server/statistics/wait.ts";

/** Numbers 0…1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 0x1_0000_0000;
  };
}

/** Mean years until the one at `position` has a place, who waits as long as it takes; the others may leave. */
function drawnWait(position: number, places: number, loss: number, rounds: number): number {
  const random = seeded(position * 31 + places);
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    let before = position - 1;
    let year = 1;
    for (; before >= places; year++) {
      const left = before - places;
      before = 0;
      for (let one = 0; one < left; one++) if (random() >= loss) before++;
    }
    // the turn comes part of the way through the year's places, as the formula counts
    sum += year - 1 + (before + 1) / places;
  }
  return sum / rounds;
}

describe("expected wait", () => {
  test.each([
    [20, 2, 0.05],
    [12, 1, 0.1],
    [30, 3, 0.02],
    [9, 2, 0],
    [40, 1, 0.06],
  ])("position %i, %i places a year, loss %f: as of people drawn, within six hundredths", (position, places, loss) => {
    const drawn = drawnWait(position, places, loss, 4000);
    expect(expectedWait(position, places, loss) / drawn).toBeGreaterThan(0.94);
    expect(expectedWait(position, places, loss) / drawn).toBeLessThan(1.06);
  });

  test("the next one with a place a year waits a year; a place every other year, two; without places for ever", () => {
    expect(expectedWait(1, 1, 0.3)).toBeCloseTo(1, 12);
    expect(expectedWait(1, 0.5, 0)).toBe(2);
    expect(expectedWait(3, 0, 0.1)).toBe(Number.POSITIVE_INFINITY);
    // the method's own figure: ln(1 + 20·0.06/(0.94·1.5)) / −ln 0.94
    expect(expectedWait(20, 1.5, 0.06)).toBeCloseTo(9.9516, 3);
    expect(expectedWait(20, 1.5, 1e-10)).toBeCloseTo(20 / 1.5, 6);
  });
});

test("chosen before retirement: 1 − Π(1 − φ), later years as the mean of the last two", () => {
  expect(chosenWithin(2, [0.5, 0.2])).toBeCloseTo(1 - 0.5 * 0.8, 12);
  expect(chosenWithin(4, [0.5, 0, 0.4])).toBeCloseTo(1 - 0.5 * 1 * 0.6 * 0.8, 12);
  expect(chosenWithin(0, [0.9])).toBe(0);
  expect(chosenWithin(3, [])).toBe(0);
  expect(lowerMedian([4, 1, 9, 2])).toBe(2);
  expect(lowerMedian([])).toBeUndefined();
});

test("observed waits: the median by hand, who is lost from sight included", () => {
  const spells = (text: string) =>
    text.split(" ").map((one) => ({ years: Number.parseInt(one, 10), chosen: !one.endsWith("+") }));
  // 6 of 7 at 1: .857; of the 5 at 3: .857 × 3/5 = .514; of the 2 at 5: .257
  expect(medianWait(spells("1 2+ 3 3 4+ 5 6+"))).toBe(5);
  expect(medianWait(spells("1 1 2 2"))).toBe(1);
  expect(medianWait(spells("1 3+ 3+"))).toBeUndefined();
  expect(medianWait([])).toBeUndefined();
});

test("places that can be moved: what the best of all exchanges brings, nothing within a unit", () => {
  expect(transferable([{ idle: 3, waiting: 2 }])).toBe(0);
  expect(
    transferable([
      { idle: 3, waiting: 2 },
      { idle: 0, waiting: 2 },
    ]),
  ).toBe(2);
  expect(
    transferable([
      { idle: 1, waiting: 5 },
      { idle: 4, waiting: 0 },
    ]),
  ).toBe(4);
  const small = fc.array(fc.record({ idle: fc.nat(3), waiting: fc.nat(3) }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(small, (units) => {
      expect(transferable(units)).toBe(bestExchange(units.map((one) => ({ ...one }))));
    }),
    { seed: 5, numRuns: 150 },
  );
});

/** The most people who can be matched to idle places of other units, by augmenting paths over people and places one by one. */
function bestExchange(units: { idle: number; waiting: number }[]): number {
  const places = units.flatMap(({ idle }, unit) => Array.from({ length: idle }, () => unit));
  const people = units.flatMap(({ waiting }, unit) => Array.from({ length: waiting }, () => unit));
  const holder = new Map<number, number>();
  const seat = (person: number, seen: Set<number>): boolean =>
    places.some((unit, place) => {
      if (unit === people[person] || seen.has(place)) return false;
      seen.add(place);
      const other = holder.get(place);
      if (other !== undefined && !seat(other, seen)) return false;
      holder.set(place, person);
      return true;
    });
  return people.filter((_, person) => seat(person, new Set())).length;
}

test("beta-binomial mid-p: by hand, and the binomial where the chance does not vary", () => {
  // mean 1/2 and variance 1/12: the chance is uniform, so every count of 0 … 4 has 1/5; of 0: 2 · (1/5)/2
  expect(betaBinomialMidP(0, 4, 0.5, 1 / 12)).toBeCloseTo(0.2, 10);
  expect(betaBinomialMidP(4, 4, 0.5, 1 / 12)).toBeCloseTo(0.2, 10);
  expect(betaBinomialMidP(2, 4, 0.5, 1 / 12)).toBeCloseTo(1, 10);
  expect(betaBinomialMidP(3, 20, 0.4, 0)).toBe(binomialMidP(3, 20, 0.4));
  expect(betaBinomialMidP(3, 20, 0.4, 1e-7)).toBeCloseTo(binomialMidP(3, 20, 0.4), 4);
  // a spread between groups makes the same count less of a surprise
  expect(betaBinomialMidP(0, 12, 0.3, 0.03)).toBeGreaterThan(2 * binomialMidP(0, 12, 0.3));
});
