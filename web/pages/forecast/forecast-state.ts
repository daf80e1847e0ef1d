/** The page's own part of the address; the filters are those of every page. Only what the reader chose is written. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type ForecastGrouping, type ForecastMeasure, forecastMeasures } from "../../api/forecast-types.ts";

export const views = ["measures", "levels"] as const;
export type View = (typeof views)[number];

export const bands = ["80", "95"] as const;
export type Band = (typeof bands)[number];

export const listings = ["district", "trade", "unit"] as const satisfies readonly ForecastGrouping[];
export type Listing = (typeof listings)[number];

export interface ForecastState {
  /** Roster year forecast from; undefined: the newest. */
  readonly origin: number | undefined;
  /** Exam year of the table. */
  readonly at: number | undefined;
  readonly view: View;
  readonly measure: ForecastMeasure;
  readonly band: Band;
  /** How the table is listed, where it was chosen. */
  readonly by: Listing | undefined;
  /** Earlier origin that is laid beside this one. */
  readonly compare: number | undefined;
}

const standard = { view: "measures", measure: "applicants", band: "80" } as const;

export function readForecast(search: URLSearchParams): ForecastState {
  const one = <Value extends string>(name: string, allowed: readonly Value[]): Value | undefined =>
    allowed.find((value) => value === search.get(name));
  const year = (name: string): number | undefined => {
    const text = search.get(name) ?? "";
    return /^\d{4}$/.test(text) ? Number(text) : undefined;
  };
  return {
    origin: year("origin"),
    at: year("at"),
    view: one("view", views) ?? standard.view,
    measure: one("measure", forecastMeasures) ?? standard.measure,
    band: one("band", bands) ?? standard.band,
    by: one("by", listings),
    compare: year("compare"),
  };
}

export type ForecastChange = { readonly [Name in keyof ForecastState]?: ForecastState[Name] | undefined };

/** The search with the change made. Another origin has other years and other earlier origins. */
export function changeForecast(search: URLSearchParams, change: ForecastChange): URLSearchParams {
  const next = new URLSearchParams(search);
  if ("origin" in change) for (const name of ["at", "compare"]) next.delete(name);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === standard[name as keyof typeof standard]) next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}

export function useForecastState(): ForecastState & { readonly set: (change: ForecastChange) => void } {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readForecast(search), [search]);
  const set = useCallback((change: ForecastChange) => setSearch((old) => changeForecast(old, change)), [setSearch]);
  return { ...state, set };
}
