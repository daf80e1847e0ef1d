/** Two-sided probabilities of what is at least as far from what was expected: normal, exact binomial, and binomial with a chance that differs between groups. */

/** Complementary error function, relative error below 1.2e-7 everywhere (Numerical Recipes, erfcc). */
function erfc(x: number): number {
  const t = 1 / (1 + Math.abs(x) / 2);
  const series = coefficients.reduceRight((sum, c) => c + t * sum, 0);
  const tail = t * Math.exp(-x * x + series);
  return x >= 0 ? tail : 2 - tail;
}
const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/** Probability of a standard normal value at least as far from 0 as z. */
export const normalTails = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/**
 * Mid-p value of k successes out of n at a chance each, two-sided: twice the smaller tail, with half of the probability of k
 * itself in either, at most 1. Fit for counts where the normal approximation is not.
 */
export function binomialMidP(k: number, n: number, chance: number): number {
  if (chance <= 0) return k === 0 ? 1 : 0;
  if (chance >= 1) return k === n ? 1 : 0;
  const ratio = Math.log(chance) - Math.log1p(-chance);
  let logarithm = n * Math.log1p(-chance);
  let below = 0;
  let here = Math.exp(logarithm);
  for (let i = 1; i <= k; i++) {
    below += here;
    logarithm += Math.log((n - i + 1) / i) + ratio;
    here = Math.exp(logarithm);
  }
  const lower = below + here / 2;
  return Math.min(1, 2 * Math.max(0, Math.min(lower, 1 - lower)));
}

/** Variances of the chance below this are as good as none. */
const leastVariance = 1e-9;

/**
 * The same where the chance itself differs from group to group, as a beta distribution of this mean and variance has it (the sum is
 * then beta-binomial): a small group that differs as the others do is no surprise.
 */
export function betaBinomialMidP(k: number, n: number, chance: number, variance: number): number {
  const most = chance * (1 - chance);
  if (variance < leastVariance || !(most > 0)) return binomialMidP(k, n, chance);
  const weight = most / Math.min(variance, 0.999 * most) - 1;
  const [a, b] = [chance * weight, (1 - chance) * weight];
  let logarithm = 0;
  for (let i = 0; i < n; i++) logarithm += Math.log(b + i) - Math.log(weight + i);
  let below = 0;
  let here = Math.exp(logarithm);
  for (let i = 0; i < k; i++) {
    below += here;
    logarithm += Math.log(((n - i) * (a + i)) / ((i + 1) * (b + n - i - 1)));
    here = Math.exp(logarithm);
  }
  const lower = below + here / 2;
  return Math.min(1, 2 * Math.max(0, Math.min(lower, 1 - lower)));
}
