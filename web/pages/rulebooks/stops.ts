/** How many of the present roster each condition stops. */
import type { BottleneckRow, ConditionMeasure, LevelCode } from "../../api/types.ts";
import { conditionAddress } from "../../state/drill.ts";

/**
 * `unmet`: people who do not satisfy the condition; `soleBlocker`: those for whom nothing else stands in the way; `unknown`:
 * undetermined people for whom it is open.
 */
export type Stop = Readonly<Record<StopMeasure, number>>;
export type StopMeasure = Extract<ConditionMeasure, "unmet" | "soleBlocker" | "unknown">;

export interface Stops {
  readonly of: (condition: string) => Stop;
  /** Address of the people behind one of its numbers. */
  readonly address: (measure: StopMeasure, condition: string) => string;
}

const nobody: Stop = { unmet: 0, soleBlocker: 0, unknown: 0 };

/**
 * Rows of one rulebook, level and exam year. Undefined when they are not there yet; null when the rulebook decides nobody.
 * `year`: only if it was chosen.
 */
export function stopsOf(
  rows: readonly BottleneckRow[] | undefined,
  where: { readonly rulebook: string; readonly level: LevelCode; readonly year?: number },
): Stops | null | undefined {
  if (!rows) return undefined;
  if (rows.length === 0) return null;
  const byCondition = new Map<string, Stop>();
  for (const { condition, unmet, soleBlocker, unknown } of rows) {
    const before = byCondition.get(condition) ?? nobody;
    byCondition.set(condition, {
      unmet: before.unmet + unmet,
      soleBlocker: before.soleBlocker + soleBlocker,
      unknown: before.unknown + unknown,
    });
  }
  return {
    of: (condition) => byCondition.get(condition) ?? nobody,
    address: (measure, condition) => conditionAddress(measure, { ...where, condition }),
  };
}
