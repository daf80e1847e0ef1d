/** Pure: lines of a backtest found, compared and counted. */
import type { BacktestRow } from "../../api/forecast-types.ts";
import type { Against, BacktestState } from "./backtest-state.ts";

/** What a line is of; the origin beside it. */
export type LineName = Pick<BacktestState, "measure" | "grouping" | "horizon" | "level">;

const isOf = (row: BacktestRow, { measure, grouping, horizon, level }: LineName): boolean =>
  row.measure === measure &&
  row.grouping === grouping &&
  row.horizon === horizon &&
  row.targetLevel === (level ?? null);

/** All origins together. */
export const lineOf = (rows: readonly BacktestRow[], name: LineName): BacktestRow | undefined =>
  rows.find((row) => row.origin === null && isOf(row, name));

/** One line for each origin, the oldest first. */
export const linesByOrigin = (rows: readonly BacktestRow[], name: LineName): readonly BacktestRow[] =>
  rows.filter((row) => row.origin !== null && isOf(row, name)).sort((a, b) => (a.origin ?? 0) - (b.origin ?? 0));

/** Error of the model over that of what it is measured by; below 1 it is nearer to what happened. */
export const ratioOf = (row: BacktestRow | undefined, against: Against): number | null =>
  (against === "best" ? row?.bestRatio : row?.ratio) ?? null;

export const looks = ["much-better", "better", "alike", "worse"] as const;
export type Look = (typeof looks)[number];

/** How a ratio is spoken of: within 5 % of 1 there is nothing to tell. */
export function lookOf(ratio: number): Look {
  if (ratio > 1.05) return "worse";
  if (ratio >= 0.95) return "alike";
  return ratio >= 0.8 ? "better" : "much-better";
}

/** How many lines of all origins together look how; of one level, or of all together. */
export function countLooks(
  rows: readonly BacktestRow[],
  level: string | undefined,
  against: Against,
): Readonly<Record<Look, number>> {
  const counts: Record<Look, number> = { "much-better": 0, better: 0, alike: 0, worse: 0 };
  for (const row of rows) {
    if (row.origin !== null || row.targetLevel !== (level ?? null)) continue;
    const ratio = ratioOf(row, against);
    if (ratio !== null) counts[lookOf(ratio)]++;
  }
  return counts;
}

/** Roster years that were forecast from, ascending. */
export const originsOf = (rows: readonly BacktestRow[]): readonly number[] =>
  [...new Set(rows.flatMap(({ origin }) => (origin === null ? [] : [origin])))].sort((a, b) => a - b);
