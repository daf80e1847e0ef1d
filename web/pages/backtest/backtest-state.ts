/** The page's own part of the address: which line of the backtest is looked at. Only what the reader chose is written. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import {
  type BacktestGrouping,
  backtestGroupings,
  type ForecastMeasure,
  forecastMeasures,
} from "../../api/forecast-types.ts";
import { type LevelCode, levelCodes } from "../../api/types.ts";

export const against = ["best", "last"] as const;
/** What the model is measured by: the best simple baseline of each line, or the value of last year. */
export type Against = (typeof against)[number];

export const horizons = [1, 2, 3, 4, 5] as const;

export interface BacktestState {
  readonly measure: ForecastMeasure;
  readonly grouping: BacktestGrouping;
  readonly horizon: number;
  /** Undefined: all levels together. */
  readonly level: LevelCode | undefined;
  readonly against: Against;
}

const standard = { measure: "applicants", grouping: "district", horizon: 1, against: "best" } as const;

export function readBacktest(search: URLSearchParams): BacktestState {
  const one = <Value extends string>(name: string, allowed: readonly Value[]): Value | undefined =>
    allowed.find((value) => value === search.get(name));
  return {
    measure: one("measure", forecastMeasures) ?? standard.measure,
    grouping: one("grouping", backtestGroupings) ?? standard.grouping,
    horizon: horizons.find((value) => String(value) === search.get("horizon")) ?? standard.horizon,
    level: one("level", levelCodes),
    against: one("against", against) ?? standard.against,
  };
}

export type BacktestChange = { readonly [Name in keyof BacktestState]?: BacktestState[Name] | undefined };

export function changeBacktest(search: URLSearchParams, change: BacktestChange): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === standard[name as keyof typeof standard]) next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}

export function useBacktestState(): BacktestState & { readonly set: (change: BacktestChange) => void } {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readBacktest(search), [search]);
  const set = useCallback((change: BacktestChange) => setSearch((old) => changeBacktest(old, change)), [setSearch]);
  return { ...state, set };
}
