/** The page's own part of the address: which part, and what is chosen in it. */
import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { type OutlierMeasure, outlierMeasures } from "../../api/modelled.ts";
import { type Pool, pools } from "../../api/types.ts";
import { type BottleneckPart, bottleneckParts } from "../../state/drill.ts";

export const groupings = ["district", "unit", "trade", "level"] as const;
export type GroupBy = (typeof groupings)[number];
export const outlierGroupings = ["unit", "trade", "district"] as const;
export type OutlierGroup = (typeof outlierGroupings)[number];

export const actionGroupings = ["all", "district", "trade", "unit"] as const;
export type ActionGroup = (typeof actionGroupings)[number];

export interface PartState {
  readonly show: BottleneckPart;
  readonly pool: Pool;
  /** "nantong-2023.seniorTechnician", as chosen; it may be none of those there are. */
  readonly rule: string | undefined;
  /** Level whose stages are shown, as chosen. */
  readonly stageLevel: string | undefined;
  readonly by: GroupBy;
  /** What stands out of what the model expects, and in whom. */
  readonly group: OutlierGroup;
  readonly gate: OutlierMeasure;
  /** What action brings, in whom. */
  readonly actionsBy: ActionGroup;
}

const standard = {
  show: "conditions",
  pool: "near",
  by: "district",
  group: "unit",
  gate: "applicants",
  actionsBy: "all",
} as const;

export function readPart(search: URLSearchParams): PartState {
  const one = <Value extends string>(name: string, allowed: readonly Value[], otherwise: Value): Value =>
    allowed.find((value) => value === search.get(name)) ?? otherwise;
  return {
    show: one("show", bottleneckParts, standard.show),
    pool: one("pool", pools, standard.pool),
    by: one("by", groupings, standard.by),
    group: one("group", outlierGroupings, standard.group),
    gate: one("gate", outlierMeasures, standard.gate),
    actionsBy: one("actions", actionGroupings, standard.actionsBy),
    rule: search.get("rule") ?? undefined,
    stageLevel: search.get("stages") ?? undefined,
  };
}

const names = {
  ...{ show: "show", pool: "pool", by: "by", rule: "rule", stageLevel: "stages" },
  ...{ group: "group", gate: "gate", actionsBy: "actions" },
} as const;

/** The search with the change made; defaults are not written. */
export function changePart(search: URLSearchParams, change: Partial<PartState>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(change)) {
    const name = names[key as keyof PartState];
    if (value === undefined || value === standard[key as keyof typeof standard]) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

export function usePart(): PartState & { readonly set: (change: Partial<PartState>) => void } {
  const [search, setSearch] = useSearchParams();
  const set = useCallback((change: Partial<PartState>) => setSearch((old) => changePart(old, change)), [setSearch]);
  return { ...readPart(search), set };
}
