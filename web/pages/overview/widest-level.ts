import type { EligibilityRow } from "../../api/types.ts";

/** The level whose rulebooks cover the most workers: the count of the roster that no level adds to. */
export function widestLevel(rows: readonly EligibilityRow[]): EligibilityRow | undefined {
  return rows.reduce<EligibilityRow | undefined>(
    (best, row) => (best === undefined || row.workers > best.workers ? row : best),
    undefined,
  );
}
