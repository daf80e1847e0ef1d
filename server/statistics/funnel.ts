/**
 * Which groups are further from what is expected of them than chance and the usual difference between groups explain.
 *
 * A group is pointed out (above, below) when all three hold: it lies outside the limits of ±3 standard deviations, its
 * false-discovery rate q is below 0.05 (Benjamini–Hochberg over the groups compared), and at least 3 people make the difference.
 * A group with fewer than 5 people is "few" and is not compared. The standard deviation has two parts: chance, Σ p(1 − p), and the
 * variance between groups (`spread.ts`). Where fewer than 5 successes or fewer than 5 failures are expected the normal limits do
 * not hold, and exact mid-p values (binomial, beta-binomial where the groups differ) stand in for them, against the same 0.27 %.
 */
import { qValues } from "./false-discovery.ts";
import { betweenVariance, type Deviation } from "./spread.ts";
import { betaBinomialMidP, normalTails } from "./tails.ts";

export const fewPeople = 5;
const fewExpected = 5;
const limit = 3;
const outside = normalTails(limit);
const mostFalse = 0.05;
const leastPeople = 3;

export interface Observed {
  readonly people: number;
  readonly successes: number;
  /** Successes expected of these people. */
  readonly expected: number;
  /** Σ p(1 − p) over them. */
  readonly variance: number;
}

export type Signal = "above" | "below" | "inside" | "few";

export interface Judged {
  readonly signal: Signal;
  /** Standard deviations off what is expected; null for few people, and where nothing can vary. */
  readonly z: number | null;
  /** False-discovery rate; null for few people. */
  readonly q: number | null;
  /** The limits of the rate for so many people, 0…1; null for few. */
  readonly limitLow: number | null;
  readonly limitHigh: number | null;
}

export interface Funnel {
  readonly judged: readonly Judged[];
  /** Variance between the groups besides chance, of shares. */
  readonly between: number;
}

const isCompared = ({ people, variance }: Observed) => people >= fewPeople && variance > 0;

/** The deviation of a rate from the expected one, and its variance by chance. */
const deviationOf = ({ people, successes, expected, variance }: Observed): Deviation => ({
  difference: (successes - expected) / people,
  variance: variance / people ** 2,
});

function probability(group: Observed, between: number): number {
  const { people, successes, expected } = group;
  if (Math.min(expected, people - expected) < fewExpected)
    return betaBinomialMidP(successes, people, expected / people, between);
  const { difference, variance } = deviationOf(group);
  return normalTails(difference / Math.sqrt(variance + between));
}

/** Judges every group against the others' spread. */
export function funnel(groups: readonly Observed[]): Funnel {
  const compared = groups.filter(isCompared);
  const between = betweenVariance(compared.map(deviationOf));
  const chances = compared.map((group) => probability(group, between));
  const rates = qValuesOf(compared, chances);
  const judged = groups.map((group): Judged => {
    const { people, successes, expected } = group;
    if (people < fewPeople) return { signal: "few", z: null, q: null, limitLow: null, limitHigh: null };
    const found = rates.get(group) ?? { p: 1, q: 1 };
    const deviation = Math.sqrt(group.variance / people ** 2 + between);
    const spread = limit * deviation;
    const isSignal = found.p < outside && found.q < mostFalse && Math.abs(successes - expected) >= leastPeople - 1e-9;
    return {
      signal: !isSignal ? "inside" : successes > expected ? "above" : "below",
      z: deviation > 0 ? (successes - expected) / people / deviation : null,
      q: found.q,
      limitLow: Math.max(0, expected / people - spread),
      limitHigh: Math.min(1, expected / people + spread),
    };
  });
  return { judged, between };
}

function qValuesOf(groups: readonly Observed[], chances: readonly number[]): Map<Observed, { p: number; q: number }> {
  const q = qValues(chances);
  return new Map(groups.map((group, index) => [group, { p: chances[index] ?? 1, q: q[index] ?? 1 }]));
}
