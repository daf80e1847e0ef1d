/**
 * The distribution behind interval ends: the count distributions of `quantiles.ts` as probabilities, and which of them has given
 * ends. A row of a forecast tells mean and ends, not the variance between them.
 */
import { countQuantile, normalQuantile } from "./quantiles.ts";
import type { Predictive } from "./scores-intervals.ts";

/** Means above this are as good as continuous, as in `countQuantile`. */
const large = 200;

/** Probability that a count of this mean and variance is at most `count`: the families of `countQuantile`. */
export function countCdf(count: number, mean: number, variance: number): number {
  if (count < 0) return 0;
  if (!(mean > 0)) return 1;
  if (mean > large) return normalCdf((count + 0.5 - mean) / Math.sqrt(Math.max(variance, 1e-9)));
  if (variance > mean * 1.0001) {
    const size = mean ** 2 / (variance - mean);
    const stay = size / (size + mean);
    return upTo(count, stay ** size, (n) => ((size + n - 1) / n) * (1 - stay));
  }
  if (variance < mean * 0.9999) {
    const chance = Math.min(1 - 1e-9, Math.max(1e-9, 1 - variance / mean));
    const trials = Math.max(1, Math.round(mean / chance));
    const share = Math.min(1, mean / trials);
    if (share >= 1 || count >= trials) return count >= trials ? 1 : 0;
    return upTo(count, (1 - share) ** trials, (n) => ((trials - n + 1) / n) * (share / (1 - share)));
  }
  return upTo(count, Math.exp(-mean), (n) => mean / n);
}

function upTo(count: number, first: number, ratio: (n: number) => number): number {
  let probability = first;
  let sum = first;
  for (let n = 1; n <= count; n++) {
    probability *= ratio(n);
    sum += probability;
  }
  return Math.min(1, sum);
}

/** Normal probability (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z >= 0 ? 1 - tail : tail;
}

/** The variance with which a count of this mean has about these ends at p and 1 − p. */
export function varianceBetween(mean: number, p: number, low: number, high: number): number {
  if (!(mean > 0)) return 0;
  if (mean > large) return ((high - low) / (-2 * normalQuantile(p))) ** 2;
  const width = (variance: number) => countQuantile(1 - p, { mean, variance }) - countQuantile(p, { mean, variance });
  // Widths are whole numbers: many variances have the same; the middle of them is taken.
  const least = firstVariance(mean, (variance) => width(variance) >= high - low);
  const most = firstVariance(mean, (variance) => width(variance) > high - low);
  return (least + most) / 2;
}

/** The smallest variance for which something holds that, once it holds, keeps holding. */
function firstVariance(mean: number, holds: (variance: number) => boolean): number {
  let low = 0;
  let high = mean;
  while (!holds(high) && high < 1e6 * mean) {
    low = high;
    high *= 2;
  }
  for (let turn = 0; turn < 20; turn++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

export interface Ends {
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** The distribution of a row: its own ends as quantiles; probabilities are looked for only where a count lies on an end. */
export function predictiveOf(mean: number, ends: Ends): Predictive {
  const { low80, high80, low95, high95 } = ends;
  let inner: number | undefined;
  let outer: number | undefined;
  const variance80 = () => {
    inner ??= varianceBetween(mean, 0.1, low80, high80);
    return inner;
  };
  const variance95 = () => {
    outer ??= varianceBetween(mean, 0.025, low95, high95);
    return outer;
  };
  const bounded = (from: number, to: number, probability: number) => Math.min(to, Math.max(from, probability));
  return {
    cdf(count) {
      if (count < low95) return bounded(0, 0.025 - 1e-9, countCdf(count, mean, variance95()));
      if (count < low80) return bounded(0.025, 0.1 - 1e-9, countCdf(count, mean, variance95()));
      if (count < high80) return bounded(0.1, 0.9 - 1e-9, countCdf(count, mean, variance80()));
      if (count < high95) return bounded(0.9, 0.975 - 1e-9, countCdf(count, mean, variance80()));
      return bounded(0.975, 1, countCdf(count, mean, variance95()));
    },
    quantile(share) {
      if (share === 0.025) return low95;
      if (share === 0.1) return low80;
      if (share === 0.9) return high80;
      if (share === 0.975) return high95;
      return countQuantile(share, { mean, variance: variance80() });
    },
  };
}

/** The distribution of places of a unit: probabilities of 0, 1, 2, and 3 or more. */
export function predictiveOfPlaces(places: readonly [number, number, number, number], ends: Ends): Predictive {
  const [none, one, two] = places;
  const cdf = (count: number) =>
    count < 0 ? 0 : count < 1 ? none : count < 2 ? none + one : count < 3 ? none + one + two : 1;
  const share = { 0.025: ends.low95, 0.1: ends.low80, 0.9: ends.high80, 0.975: ends.high95 } as Record<number, number>;
  return { cdf, quantile: (p) => share[p] ?? [0, 1, 2].find((count) => cdf(count) >= p) ?? 3 };
}
