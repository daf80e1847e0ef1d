/** What may be changed, as the forms offer it. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ConditionOption, LevelOption, ScenarioOptions } from "../../../server/forecast/scenario/options.ts";
import { useGet } from "../../api/hooks.ts";
import type { ChangeKind } from "./shapes.ts";

export type { ConditionOption, LevelOption, ScenarioOptions };
export type RulebookOption = ScenarioOptions["rulebooks"][number];
export type TradeOption = ScenarioOptions["trades"][number];
export type Threshold = ConditionOption["thresholds"][number];

export const useOptions = (enabled: boolean): UseQueryResult<ScenarioOptions> =>
  useGet("/scenarios/options", {}, enabled);

/** One number or date of a text of a level. */
export interface ThresholdChoice {
  readonly condition: ConditionOption;
  readonly threshold: Threshold;
}

/** Numbers first: they are asked about more than dates. */
export function thresholdChoices({ conditions }: LevelOption): readonly ThresholdChoice[] {
  const all = conditions
    .filter(({ advisory, waived }) => !advisory && !waived)
    .flatMap((condition) => condition.thresholds.map((threshold) => ({ condition, threshold })));
  const isDate = ({ threshold }: ThresholdChoice): number => Number(threshold.kind === "date");
  return all.sort((a, b) => isDate(a) - isDate(b));
}

/** One for each condition, whatever its texts: it is waived as a whole or on one pathway. */
export function waivable({ conditions }: LevelOption): readonly ConditionOption[] {
  const found = new Map<string, ConditionOption>();
  for (const one of conditions) {
    if (!one.waivable || one.advisory || one.waived) continue;
    const known = found.get(one.id);
    found.set(one.id, known ? { ...known, pathways: [...new Set([...known.pathways, ...one.pathways])] } : one);
  }
  return [...found.values()];
}

/** Whether there is something of the kind to change at a level. */
export function hasChoice(kind: ChangeKind, level: LevelOption): boolean {
  switch (kind) {
    case "threshold":
      return thresholdChoices(level).length > 0;
    case "waive":
      return waivable(level).length > 0;
    case "bands":
      return level.bands !== null;
    default:
      return true;
  }
}
