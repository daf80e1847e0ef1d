/**
 * The distribution behind interval ends: the count distributions of `quantiles.ts` as probabilities, and which of them has given
 * ends. A row of a forecast tells mean and ends, not the variance between them.
 */
import { countQuantile, normalQuantile } from "./quantiles.ts";
import type { Predictive } from "./scores-intervals.ts";

/** Means above this are as good as continuous, as in `countQuantile`. */
const large = 200;
/** Means above this have ends wide enough to tell the variance as those of a normal distribution do. */
const wide = 30;

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
  if (mean > wide) return roughVariance(p, low, high);
  const width = (variance: number) => countQuantile(1 - p, { mean, variance }) - countQuantile(p, { mean, variance });
  // Widths are whole numbers: many variances have the same; the middle of them is taken.
  const least = firstVariance(mean, (variance) => width(variance) >= high - low);
  const most = firstVariance(mean, (variance) => width(variance) > high - low);
  return (least + most) / 2;
}

const roughVariance = (p: number, low: number, high: number) => ((high - low) / (-2 * normalQuantile(p))) ** 2;

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

/** Regions of probability do not touch. */
const nearly = 1e-9;

export interface Ends {
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

/** Where the probability of a region is not asked for exactly. */
const notAsked = Symbol("not asked");

/** The end of an interval that is the quantile asked for. */
function endAt(share: number, { low80, high80, low95, high95 }: Ends): number | undefined {
  if (share === 0.025) return low95;
  if (share === 0.1) return low80;
  if (share === 0.9) return high80;
  return share === 0.975 ? high95 : undefined;
}

/**
 * The distribution of a row: its own ends as quantiles. Probabilities are exact where they decide whether an interval holds, on its
 * ends; elsewhere they only lie between those of the ends.
 */
class RowDistribution implements Predictive {
  #inner: number | undefined;
  #outer: number | undefined;

  constructor(
    private readonly mean: number,
    private readonly ends: Ends,
  ) {}

  cdf(count: number): number {
    const { low80, high80, low95, high95 } = this.ends;
    if (count < 0) return 0;
    if (count < low95) return this.#between(0, 0.025 - nearly, count);
    if (count < low80) return this.#between(0.025, 0.1 - nearly, count);
    if (count < high80) return this.#between(0.1, 0.9 - nearly, count);
    if (count < high95) return this.#between(0.9, 0.975 - nearly, count);
    return this.#between(0.975, 1, count);
  }

  quantile(share: number): number {
    const { low80, high80 } = this.ends;
    return (
      endAt(share, this.ends) ?? countQuantile(share, { mean: this.mean, variance: roughVariance(0.1, low80, high80) })
    );
  }

  #between(from: number, to: number, count: number): number {
    const variance = this.#varianceNear(count);
    if (variance === notAsked) return (from + to) / 2;
    return Math.min(to, Math.max(from, countCdf(count, this.mean, variance)));
  }

  #varianceNear(count: number): number | typeof notAsked {
    const { low80, high80, low95, high95 } = this.ends;
    if (count === low95 || count === low95 - 1 || count === high95 || count === high95 - 1) {
      this.#outer ??= varianceBetween(this.mean, 0.025, low95, high95);
      return this.#outer;
    }
    if (count === low80 || count === low80 - 1 || count === high80 || count === high80 - 1) {
      this.#inner ??= varianceBetween(this.mean, 0.1, low80, high80);
      return this.#inner;
    }
    return notAsked;
  }
}

export const predictiveOf = (mean: number, ends: Ends): Predictive => new RowDistribution(mean, ends);

class PlacesDistribution implements Predictive {
  constructor(
    private readonly places: readonly [number, number, number, number],
    private readonly ends: Ends,
  ) {}

  cdf(count: number): number {
    let sum = 0;
    for (let places = 0; places <= Math.min(count, 3); places++) sum += this.places[places] ?? 0;
    return count >= 3 ? 1 : sum;
  }

  quantile(share: number): number {
    const end = endAt(share, this.ends);
    if (end !== undefined) return end;
    for (let count = 0; count < 3; count++) if (this.cdf(count) >= share) return count;
    return 3;
  }
}

/** The distribution of places of a unit: probabilities of 0, 1, 2, and 3 or more. */
export const predictiveOfPlaces = (places: readonly [number, number, number, number], ends: Ends): Predictive =>
  new PlacesDistribution(places, ends);
