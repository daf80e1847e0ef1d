/** Wilson score interval of a share (Wilson 1927): never outside 0…1, of use for small counts too. */

/** Two-sided 95 %. */
export const z95 = 1.959963984540054;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval of successes out of trials, shares 0…1; undefined where there is no trial. */
export function wilson(successes: number, trials: number, z = z95): Interval | undefined {
  if (trials <= 0) return undefined;
  const share = successes / trials;
  const square = (z * z) / trials;
  const centre = share + square / 2;
  const spread = z * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  // where nobody or everybody succeeds an end is exactly 0 or 1, but for the last digits
  const low = successes === 0 ? 0 : Math.max(0, (centre - spread) / (1 + square));
  const high = successes === trials ? 1 : Math.min(1, (centre + spread) / (1 + square));
  return { low, high };
}
