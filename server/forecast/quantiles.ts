/** Ends of intervals: counts get quantiles of a count distribution that has their mean and variance. */

const found = new Map<number, number>();

/** Standard normal quantile (Acklam; relative error below 1.2e-9). Few are asked for, and often. */
export function normalQuantile(p: number): number {
  const known = found.get(p);
  if (known !== undefined) return known;
  const quantile = normalAt(p);
  if (found.size < 100) found.set(p, quantile);
  return quantile;
}

function normalAt(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1, not ${p}`);
  const polynomial = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, c) => sum * x + c, 0);
  const low = 0.02425;
  if (p < low || p > 1 - low) {
    const q = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
    const tail = polynomial(tailTop, q) / polynomial(tailBottom, q);
    return p < low ? tail : -tail;
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(middleTop, r) * q) / polynomial(middleBottom, r);
}
const middleTop = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const middleBottom = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const tailTop = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const tailBottom = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

/** Quantile of Student's t (Hill's expansion in 1/df): within 1 % from three degrees of freedom on, enough for interval ends. */
export function studentQuantile(p: number, df: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, df);
  if (df <= 1) return Math.tan(Math.PI * (p - 0.5));
  if (df <= 2) {
    const a = 2 * p - 1;
    return a * Math.sqrt(2 / (1 - a * a));
  }
  const z = normalQuantile(p);
  const z3 = z ** 3;
  return (
    z +
    (z3 + z) / (4 * df) +
    (5 * z ** 5 + 16 * z3 + 3 * z) / (96 * df ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z3 - 15 * z) / (384 * df ** 3)
  );
}

export interface CountMoments {
  readonly mean: number;
  readonly variance: number;
  /** The largest count there can be; none when it is not known. */
  readonly most?: number | undefined;
  /** How much wider than normal the tails are, 1 or more: t ÷ z of the few years the year-to-year spread was learned from. */
  readonly widening?: number | undefined;
}

/** Means above this are as good as continuous. */
const large = 200;

/**
 * The smallest whole number whose probability of not being exceeded is at least p: negative binomial where the variance exceeds the
 * mean, binomial where it is less, normal for large counts. Never below zero or above `most`.
 */
export function countQuantile(p: number, moments: CountMoments): number {
  return Math.max(0, Math.min(unboundedQuantile(p, moments), moments.most ?? Number.POSITIVE_INFINITY));
}

// Called some hundred thousand times for a table: functions made inside would cost more than the sums.
function unboundedQuantile(p: number, { mean, variance, widening = 1 }: CountMoments): number {
  if (!(mean > 0)) return 0;
  const spread = variance * widening ** 2;
  if (mean > large) return Math.round(mean + normalQuantile(p) * Math.sqrt(spread));
  if (spread > mean * 1.0001) return negativeBinomial(p, mean, spread);
  if (spread < mean * 0.9999) return binomial(p, mean, spread);
  return smallest(p, Math.exp(-mean), mean, 0, 1, 100_000);
}

/** Adds probabilities up, each from the one before it by ((a + b·n) ÷ n) · c. */
function smallest(p: number, first: number, a: number, b: number, c: number, last: number): number {
  const enough = p - 1e-12;
  let probability = first;
  let sum = first;
  let n = 0;
  while (sum < enough && n < last) {
    n++;
    probability *= ((a + b * n) / n) * c;
    sum += probability;
    if (probability < 1e-300) break;
  }
  return n;
}

function negativeBinomial(p: number, mean: number, variance: number): number {
  const size = mean ** 2 / (variance - mean);
  const stay = size / (size + mean);
  return smallest(p, stay ** size, size - 1, 1, 1 - stay, 100_000);
}

/** Binomial with a number of trials that need not be whole: the pieces beyond it are none. */
function binomial(p: number, mean: number, variance: number): number {
  const chance = Math.min(1 - 1e-9, Math.max(1e-9, 1 - variance / mean));
  const trials = Math.max(1, Math.round(mean / chance));
  const share = Math.min(1, mean / trials);
  if (share >= 1) return trials;
  return smallest(p, (1 - share) ** trials, trials + 1, -1, share / (1 - share), trials);
}
