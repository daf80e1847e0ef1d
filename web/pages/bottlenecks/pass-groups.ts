/** Pure: rows of the pass rates → the groups of the funnel plot and their order in the table. */
import type { PassRateRow } from "../../api/types.ts";

const rank = { below: 0, above: 1, inside: 2, few: 3 } as const;

/** Signals first, then by how many people off what is expected; few people last. */
export const sortedGroups = (rows: readonly PassRateRow[]): PassRateRow[] =>
  [...rows].sort(
    (a, b) => rank[a.signal] - rank[b.signal] || Math.abs(b.passed - b.expected) - Math.abs(a.passed - a.expected),
  );

/** What is expected of all groups together, 0…1; 0 where nobody was examined. */
export function usualRate(rows: readonly PassRateRow[]): number {
  const examined = rows.reduce((sum, row) => sum + row.examined, 0);
  return examined === 0 ? 0 : rows.reduce((sum, row) => sum + row.expected, 0) / examined;
}

/** The rate the group would have with the usual mix of people: the usual rate and its own difference, within 0…1. */
export const adjustedRate = ({ passed, expected, examined }: PassRateRow, usual: number): number =>
  Math.min(1, Math.max(0, usual + (passed - expected) / examined));
