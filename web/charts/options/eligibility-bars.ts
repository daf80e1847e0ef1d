/** Pure: rows of the eligibility table → bars of people expected to qualify and other undetermined. */

import { hatch, palette } from "../palette.ts";
import type { Bar, BarPart } from "./stacked-bars.ts";

interface Counts {
  readonly eligible: number;
  readonly undetermined: number;
  readonly planningEligible: number;
}

/**
 * Undetermined people who are not expected to qualify. Everybody eligible is also expected to qualify, so the others
 * expected are among the undetermined.
 */
export const openRest = ({ eligible, undetermined, planningEligible }: Counts): number =>
  Math.max(0, eligible + undetermined - planningEligible);

/** "632 + 73": expected, and open beside them. */
const barLabel = (expected: number, open: number, format: (n: number) => string): string =>
  open === 0 ? format(expected) : `${format(expected)} + ${format(open)}`;

export const eligibilityParts = (names: { expected: string; open: string }): readonly BarPart[] => [
  { name: names.expected, color: palette.primary },
  { name: names.open, color: palette.open, decal: { ...hatch, color: "rgba(90,60,0,0.45)" } },
];

export const eligibilityBar = (
  key: string | null,
  name: string,
  counts: Counts,
  format: (n: number) => string,
): Bar => ({
  key,
  name,
  label: barLabel(counts.planningEligible, openRest(counts), format),
  values: [counts.planningEligible, openRest(counts)],
});

/** The first `top` bars by the number expected to qualify; the others as one bar with the name `otherName` and no key. */
export function topBars(
  bars: readonly Bar[],
  top: number,
  otherName: string,
  format: (n: number) => string,
): readonly Bar[] {
  const sorted = [...bars].sort(
    (a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0) || (b.values[1] ?? 0) - (a.values[1] ?? 0),
  );
  const rest = sorted.slice(top);
  if (rest.length === 0) return sorted;
  const values = (rest[0]?.values ?? []).map((_, index) =>
    rest.reduce((sum, bar) => sum + (bar.values[index] ?? 0), 0),
  );
  const [expected = 0, open = 0] = values;
  return [...sorted.slice(0, top), { key: null, name: otherName, label: barLabel(expected, open, format), values }];
}
