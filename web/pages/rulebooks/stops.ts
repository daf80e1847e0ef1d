/** How many of the present roster each condition stops. */
import type { BottleneckRow } from "../../api/types.ts";

export interface Stop {
  /** People who do not satisfy the condition. */
  readonly unmet: number;
  /** People for whom nothing else stands in the way. */
  readonly soleBlocker: number;
}

export type Stops = (condition: string) => Stop;

const nobody: Stop = { unmet: 0, soleBlocker: 0 };

/** Rows of one rulebook, level and exam year → a condition's counts; undefined when the rulebook decides nobody there. */
export function stopsOf(rows: readonly BottleneckRow[] | undefined): Stops | undefined {
  if (!rows || rows.length === 0) return undefined;
  const byCondition = new Map<string, Stop>();
  for (const { condition, unmet, soleBlocker } of rows) {
    const before = byCondition.get(condition) ?? nobody;
    byCondition.set(condition, { unmet: before.unmet + unmet, soleBlocker: before.soleBlocker + soleBlocker });
  }
  return (condition) => byCondition.get(condition) ?? nobody;
}
