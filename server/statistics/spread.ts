/** How much more groups differ from what is expected than chance alone would have it (Spiegelhalter 2005, after DerSimonian and Laird). */

/** Share cut off at either end before the spread is measured, so that a few real outliers do not hide themselves. */
export const winsorised = 0.1;
/** Mean square of a standard normal value after that cut: what the measured spread has to be divided by. */
const shrunk = 0.678;

export interface Deviation {
  /** Observed less expected, as a share. */
  readonly difference: number;
  /** Of the difference, by chance alone; above 0. */
  readonly variance: number;
}

/** Quantile by linear interpolation (type 7) of values in ascending order. */
function quantile(sorted: readonly number[], p: number): number {
  const place = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/** Values beyond the two quantiles are set to them. */
export function winsorise(values: readonly number[], share = winsorised): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, share), quantile(sorted, 1 - share)];
  return values.map((value) => Math.min(high, Math.max(low, value)));
}

/** Variance between the groups besides chance (tau², of shares); 0 where they do not differ more than chance has it. */
export function betweenVariance(groups: readonly Deviation[]): number {
  const count = groups.length;
  if (count < 2) return 0;
  const scores = winsorise(groups.map(({ difference, variance }) => difference / Math.sqrt(variance)));
  const inflation = scores.reduce((sum, z) => sum + z * z, 0) / count / shrunk;
  const weights = groups.map(({ variance }) => 1 / variance);
  const sum = weights.reduce((all, w) => all + w, 0);
  const squares = weights.reduce((all, w) => all + w * w, 0);
  const excess = count * inflation - (count - 1);
  return excess <= 0 ? 0 : excess / (sum - squares / sum);
}
