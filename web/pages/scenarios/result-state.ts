/** What is shown of a run ⇄ the address. It holds what the reader chose, and nothing that is a default. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { readFilters } from "../../state/filters.ts";
import { changeSearch, type SearchChange } from "../../state/roster-search.ts";
import { type Measure, measures } from "./shapes.ts";

export const groupings = ["level", "district", "trade", "unit"] as const;
export type Grouping = (typeof groupings)[number];

export interface ResultState {
  readonly measure: Measure;
  readonly by: Grouping;
  /** Exam year of the tables; undefined: the first of the run. */
  readonly at: number | undefined;
  readonly where: {
    readonly level?: string;
    readonly district?: string;
    readonly trade?: string;
    readonly unit?: string;
  };
}

export function readResultState(search: URLSearchParams): ResultState {
  const { year: _, ...where } = readFilters(search);
  const at = search.get("at") ?? "";
  return {
    measure: measures.find((one) => one === search.get("measure")) ?? "applicants",
    by: groupings.find((one) => one === search.get("by")) ?? "level",
    at: /^\d{4}$/.test(at) ? Number(at) : undefined,
    where,
  };
}

/** Narrowed to one group of a table: then what lies in it is of interest, by the next grouping down. */
export function drillInto(by: Grouping, code: string): SearchChange {
  const next: Record<Grouping, Grouping> = { level: "district", district: "unit", trade: "district", unit: "trade" };
  return { [by]: code, by: next[by] };
}

export interface ScenarioSearch {
  readonly search: URLSearchParams;
  readonly state: ResultState;
  /** `quiet` makes no step in the browser's history. */
  readonly change: (change: SearchChange, quiet?: boolean) => void;
}

/** The page's part of the address and how to change it. */
export function useScenarioSearch(): ScenarioSearch {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readResultState(search), [search]);
  // From the address itself: what was drawn last may be a step behind when two changes follow each other at once.
  const change = useCallback<ScenarioSearch["change"]>(
    (made, quiet = false) =>
      setSearch(changeSearch(new URLSearchParams(window.location.search), made), { replace: quiet }),
    [setSearch],
  );
  return { search, state, change };
}
