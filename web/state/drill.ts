/** Addresses of the people behind a number and of one person's decision. */
import type { ConditionMeasure, LevelCode, Measure, Pool, Stage } from "../api/types.ts";
import { type FilterChange, type Filters, filterNames, filterSearch } from "./filters.ts";

export const origins = ["overview", "quota", "bottlenecks", "rulebooks"] as const;
export type Origin = (typeof origins)[number];

const originPath: Record<Origin, string> = {
  overview: "/",
  quota: "/quota",
  bottlenecks: "/bottlenecks",
  rulebooks: "/rulebooks",
};

/**
 * Where one came from, with the filters. The unit is left out, which only the drilling set; a rulebook has year and level only.
 * `list`: the address of the list, which keeps what was shown on the page of bottlenecks.
 */
export function backAddress(
  from: Origin,
  { unit: _, ...filters }: Filters,
  rulebook: string | null,
  list: URLSearchParams = new URLSearchParams(),
): string {
  if (from === "bottlenecks") {
    const rule = rulebook !== null && filters.level ? `${rulebook}.${filters.level}` : undefined;
    const kept = (name: string): string | undefined => list.get(name) ?? undefined;
    const pool = kept("pool") === "all" ? "all" : undefined;
    return `${originPath[from]}?${search(
      filters,
      {},
      {
        ...{ show: kept("show"), by: kept("by"), group: kept("group"), gate: kept("gate"), rule, pool },
      },
    )}`;
  }
  if (from !== "rulebooks") return `${originPath[from]}${filterSearch(filters)}`;
  const { district: _district, trade: _trade, ...kept } = filters;
  return `${originPath[from]}${rulebook === null ? "" : `/${encodeURIComponent(rulebook)}`}${filterSearch(kept)}`;
}

/** Stands for "no known trade" in filters; tables show null. */
export const unknownTrade = "unknown";

function search(filters: Filters, change: FilterChange, more: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  const merged: FilterChange = { ...filters, ...change };
  for (const name of filterNames) {
    const value = merged[name];
    if (value !== undefined) params.set(name, String(value));
  }
  for (const [name, value] of Object.entries(more)) if (value !== undefined) params.set(name, value);
  return params.toString();
}

/** The list behind one number: the page's filters, narrowed to the cell. `rulebook`: whose page it is, for the way back. */
export const peopleAddress = (
  measure: Measure,
  filters: Filters,
  cell: FilterChange,
  from: Origin,
  rulebook?: string,
): string => `/people?${search(filters, cell, { measure, from, rulebook })}`;

/** The list behind a number of one condition of a rulebook level; `year` only if it was chosen. */
export const conditionAddress = (
  measure: ConditionMeasure,
  {
    year,
    level,
    rulebook,
    condition,
  }: { readonly year?: number; readonly level: LevelCode; readonly rulebook: string; readonly condition: string },
): string =>
  `/people?${search({}, { year, level }, { measure, rulebook, condition, from: "rulebooks" satisfies Origin })}`;

/** The parts of the page of bottlenecks. */
export const bottleneckParts = ["conditions", "actions", "stages", "quota", "passes", "outliers"] as const;
export type BottleneckPart = (typeof bottleneckParts)[number];

/** What the filters do not say of a number of the page of bottlenecks; `condition` is an id, or several joined by commas. */
type AskedPart =
  | { readonly stage?: Stage }
  | { readonly by: string }
  | { readonly group: string; readonly gate: string }
  | { readonly rulebook: string; readonly condition?: string; readonly pool: Pool };

/** The list behind a number of the page of bottlenecks. */
export const bottleneckAddress = (
  measure: Measure,
  filters: Filters,
  cell: FilterChange,
  show: BottleneckPart,
  asked: AskedPart = {},
): string => `/people?${search(filters, cell, { measure, ...asked, from: "bottlenecks" satisfies Origin, show })}`;

export const checkAddress = (worker: string, filters: Filters, cell: FilterChange = {}): string =>
  `/check?${search({}, { year: filters.year, level: filters.level, ...cell }, { worker })}`;
