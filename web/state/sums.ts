/** Integer sums over rows of a table; a null counts as nothing unless all are null. */
import type { QuotaRow } from "../api/types.ts";

/** Adds up the named counts. */
export function sumOf<Name extends string>(
  rows: readonly Readonly<Record<Name, number>>[],
  names: readonly Name[],
): Record<Name, number> {
  const total = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  for (const row of rows) for (const name of names) total[name] += row[name];
  return total;
}

const sumOrNull = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

export type QuotaSums = Pick<
  QuotaRow,
  | "technicians"
  | "quota"
  | "appliedLastYear"
  | "planningEligible"
  | "exempt"
  | "applications"
  | "used"
  | "left"
  | "over"
> & {
  /** Quota places taken up in trades that have quota: quota − left. */
  readonly within: number;
  readonly assumed: boolean;
};

export function sumQuota(rows: readonly QuotaRow[]): QuotaSums {
  const counts = sumOf(rows, [
    "technicians",
    "appliedLastYear",
    "planningEligible",
    "exempt",
    "applications",
    "used",
  ] as const);
  const quota = sumOrNull(rows.map((row) => row.quota));
  const left = sumOrNull(rows.map((row) => row.left));
  const over = sumOrNull(rows.map((row) => row.over));
  return {
    ...counts,
    quota,
    left,
    over,
    within: (quota ?? 0) - (left ?? 0),
    assumed: rows.some((row) => row.assumed),
  };
}
