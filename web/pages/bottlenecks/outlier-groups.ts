/** Pure: rows of groups against the model → their order in the table and their place in the funnel plot. */
import type { OutlierRow } from "../../api/modelled.ts";

const rank = { below: 0, above: 1, inside: 2, few: 3 } as const;

/** Signals first, those furthest off first; few people last. */
export const sortedOutliers = (rows: readonly OutlierRow[]): OutlierRow[] =>
  [...rows].sort((a, b) => rank[a.signal] - rank[b.signal] || Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));

/** What is expected of all groups together, 0…1; 0 of nobody. */
export function usualOf(rows: readonly OutlierRow[]): number {
  const people = rows.reduce((sum, row) => sum + row.people, 0);
  return people === 0 ? 0 : rows.reduce((sum, row) => sum + row.expected, 0) / people;
}

/** The rate the group would have with the usual mix of people, within 0…1. */
export const adjusted = ({ difference, people }: OutlierRow, usual: number): number =>
  Math.min(1, Math.max(0, usual + difference / people));
