/** Questions about forecasts and backtests. Both are computed in the background; until then there are no rows to ask for. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { deleteAt, getJson, postJson, putJson, type Query } from "./client.ts";
import type {
  BacktestRow,
  BacktestStatus,
  BaselineRow,
  ForecastRow,
  ForecastStatus,
  ForecastYear,
  HistoryRow,
  WorkStatus,
} from "./forecast-types.ts";
import { useGet } from "./hooks.ts";
import { isWorthRetrying } from "./query-client.ts";
import { getRows } from "./rows.ts";

/** How often a running computation is asked how far it is, ms. */
const askEvery = 400;

export interface Work<Status extends WorkStatus> {
  readonly status: Status | undefined;
  /** How far it is could not be asked for, or it could not be begun. */
  readonly error: unknown;
  readonly ready: boolean;
  /** Begins the work, once more where it failed; how it stands then, undefined where it could not be begun. */
  readonly start: () => Promise<Status | undefined>;
  /** Stops it; then it is begun again only by `start`. */
  readonly cancel: () => void;
  readonly cancelling: boolean;
  /** It could not be stopped. */
  readonly cancelError: unknown;
}

/** Asks how far the work at `path` is, begins it where there is none (`automatic`), and follows it until it is done. */
function useWork<Status extends WorkStatus>(
  path: string,
  query: Query,
  { enabled, automatic }: { readonly enabled: boolean; readonly automatic: boolean },
): Work<Status> {
  const client = useQueryClient();
  const key = [`${path}/status`, query];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson<Status>(`${path}/status`, query, signal),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.error !== null) return isWorthRetrying(state.error) ? 2_000 : false;
      return state.data?.state === "running" ? askEvery : false;
    },
  });
  const begin = useMutation({
    mutationFn: () => postJson<Status>(`${path}/prepare`, query),
    onSuccess: (status) => client.setQueryData(key, status),
  });
  const stop = useMutation({
    mutationFn: () => deleteAt<Status>(`${path}/prepare`, query),
    onSuccess: (status) => client.setQueryData(key, status),
  });
  const { mutate } = begin;
  const state = data?.state;
  const about = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more for another question
  useEffect(() => {
    if (enabled && automatic && state === "absent") mutate();
  }, [enabled, automatic, state, about, mutate]);
  return {
    status: data,
    error: error ?? begin.error,
    ready: state === "ready",
    cancel: () => stop.mutate(),
    cancelling: stop.isPending,
    cancelError: stop.error,
    start: () => begin.mutateAsync().catch(() => undefined),
  };
}

/** What is computed on the forecast for the page of bottlenecks: the forecast itself, or what action would bring. */
export const useModelledWork = (
  kind: "forecast" | "actions",
  origin: number | undefined,
  enabled: boolean,
): Work<ForecastStatus> =>
  useWork(kind === "actions" ? "/bottlenecks/actions" : "/forecast", { origin }, { enabled, automatic: true });

/** The forecast from a roster year (the newest without one). It is begun when a page wants it. */
export const useForecastWork = (origin: number | undefined, enabled: boolean): Work<ForecastStatus> =>
  useWork("/forecast", { origin }, { enabled, automatic: true });

export const useBacktestWork = (options: { enabled: boolean; automatic: boolean }): Work<BacktestStatus> =>
  useWork("/backtest", {}, options);

/** The history is too short for a backtest: nothing failed, and trying again is of no use. */
export const isTooShort = ({ status }: Work<BacktestStatus>): boolean => status?.origins.length === 0;

export interface RowsQuery extends Query {
  /** Comma-separated groupings; empty: one row a year. */
  readonly by: string;
}

const isLong = ({ by }: RowsQuery): boolean => by.split(",").includes("unit");

function useRows<Row>(path: string, query: RowsQuery, enabled: boolean): UseQueryResult<readonly Row[]> {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => getRows<Row>(path, query, { many: isLong(query) && query.unit === undefined, signal }),
    // rows of another grouping have other columns
    placeholderData: (before, old) =>
      (old?.queryKey[1] as RowsQuery | undefined)?.by === query.by ? before : undefined,
    enabled,
  });
}

export const useForecast = (query: RowsQuery, enabled: boolean): UseQueryResult<readonly ForecastRow[]> =>
  useRows("/forecast", query, enabled);

/** For several questions at once. */
export const forecastQuestion = (query: RowsQuery, enabled: boolean) => ({
  queryKey: ["/forecast", query],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    getRows<ForecastRow>("/forecast", query, { many: isLong(query) && query.unit === undefined, signal }),
  enabled,
});

export const useHistory = (query: RowsQuery, enabled: boolean): UseQueryResult<readonly HistoryRow[]> =>
  useRows("/forecast/history", query, enabled);

export const useBaselines = (query: RowsQuery, enabled: boolean): UseQueryResult<readonly BaselineRow[]> =>
  useRows("/forecast/baselines", query, enabled);

/** The lines of the backtest of all origins together. */
export const usePooledBacktest = (enabled: boolean): UseQueryResult<readonly BacktestRow[]> =>
  useGet("/backtest", { pooled: true }, enabled);

/** Every line, of all origins together and of each by itself: some thousand. */
export const useBacktest = (enabled: boolean): UseQueryResult<readonly BacktestRow[]> =>
  useQuery({
    queryKey: ["/backtest", {}],
    queryFn: ({ signal }) => getRows<BacktestRow>("/backtest", {}, { many: true, signal }),
    enabled,
  });

export const useForecastYears = (enabled: boolean): UseQueryResult<readonly ForecastYear[]> =>
  useGet("/forecast-years", {}, enabled);

const yearPath = (year: number) => `/forecast-years/${year}`;

export const putForecastYear = (year: number, change: { readonly weight: number; readonly reason: string }) =>
  putJson<unknown>(yearPath(year), change);

export const clearForecastYear = (year: number): Promise<unknown> => deleteAt(yearPath(year));

/** After the weight of a year has changed: what was computed is forgotten, and asked for anew where it is shown. */
export function useForgetForecasts(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["/forecast-years"] });
    // Without a status there is nothing to show: the pages ask how far the new one is first, and then for its rows.
    for (const path of ["/forecast/status", "/bottlenecks/actions/status", "/backtest/status"])
      void client.resetQueries({ queryKey: [path] });
    for (const path of ["/forecast", "/forecast/baselines", "/bottlenecks", "/backtest"])
      void client.invalidateQueries({ queryKey: [path], refetchType: "none" });
  };
}
