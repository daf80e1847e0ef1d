/** Benjamini and Hochberg 1995: of many groups looked at, how many of those pointed out would be so by chance. */

/** For each p value the smallest false-discovery rate at which it would be pointed out, in the order given. */
export function qValues(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const found: number[] = pValues.map(() => 1);
  let least = 1;
  order.forEach(({ p, index }, place) => {
    least = Math.min(least, (p * pValues.length) / (pValues.length - place));
    found[index] = least;
  });
  return found;
}
