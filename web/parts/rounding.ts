/** Whole numbers for means: the parts shown add up to the whole shown (largest remainder), and none is off by one or more. */

/**
 * Whole numbers for `values`, each the one below or above its value, that add up to `whole`; null stays null and counts as nothing.
 * Without `whole` they add up to their rounded sum. Pass the number shown for the parent as `whole` to round level by level. Where
 * `whole` cannot be reached that way, they come as near to it as they can. Ties go to the larger value, then to the earlier one.
 */
export function roundParts(values: readonly (number | null)[], whole?: number): (number | null)[] {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index, floor: Math.floor(value) }]));
  const floors = known.reduce((sum, { floor }) => sum + floor, 0);
  const target = whole ?? Math.round(known.reduce((sum, { value }) => sum + value, 0));
  const remainder = ({ value, floor }: { readonly value: number; readonly floor: number }) => value - floor;
  const raised = known
    .filter((one) => remainder(one) > 0)
    .sort((a, b) => remainder(b) - remainder(a) || b.value - a.value || a.index - b.index)
    .slice(0, Math.max(0, target - floors));
  const result: (number | null)[] = values.map((value) => (value === null ? null : Math.floor(value)));
  for (const { index, floor } of raised) result[index] = floor + 1;
  return result;
}
