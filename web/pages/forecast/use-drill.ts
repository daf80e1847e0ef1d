/** The rows of the drill-down table with whole numbers that add up to the row they are parts of, however deep. */
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { forecastQuestion, useForecast } from "../../api/forecast-hooks.ts";
import type { ForecastRow } from "../../api/forecast-types.ts";
import { useAppMeta } from "../../state/meta.tsx";
import { useFilters } from "../../state/use-filters.ts";
import { addWhole, filtersOf, type Step, stepsOf, type Whole, wholeOf, wholeRows } from "./drill.ts";
import { type Listing, useForecastState } from "./forecast-state.ts";

export interface DrillRow {
  readonly row: ForecastRow;
  readonly whole: Whole;
}

export interface Drill {
  readonly steps: readonly Step[];
  readonly rows: readonly DrillRow[];
  /** What the rows add up to. */
  readonly sum: Whole;
  /** The same as one row, with intervals of its own. */
  readonly total: ForecastRow | undefined;
}

export interface DrillAnswer {
  readonly data: Drill | undefined;
  readonly error: unknown;
  readonly isOld: boolean;
}

/** All of them, or none as long as one is missing. */
const together = (answers: readonly UseQueryResult<readonly ForecastRow[]>[]) => {
  const rows = answers.flatMap(({ data }) => (data ? [data] : []));
  return {
    rows: rows.length === answers.length ? rows : undefined,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
  };
};

/** `at`: exam year; `listing`: how the rows are parted. */
export function useDrill(at: number, listing: Listing | "level"): DrillAnswer {
  const [search] = useSearchParams();
  const { districts } = useAppMeta();
  const { filters } = useFilters();
  const { origin } = useForecastState();
  const steps = useMemo(() => stepsOf(search, filters), [search, filters]);
  const one = { origin, from: at, to: at };
  const everybody = useForecast({ ...one, by: "" }, true);
  const tiers = useQueries({
    queries: steps.map(({ by }, index) => forecastQuestion({ ...one, ...filtersOf(steps.slice(0, index)), by }, true)),
    combine: together,
  });
  const here = filtersOf(steps);
  const total = useForecast({ ...one, ...here, by: "" }, true);
  const rows = useForecast({ ...one, ...here, by: listing }, true);
  const error = everybody.error ?? total.error ?? rows.error ?? tiers.error;
  const data = useMemo((): Drill | undefined => {
    if (!everybody.data || !rows.data || !total.data || !tiers.rows) return undefined;
    const parent = wholeOf(everybody.data[0], steps, tiers.rows, districts);
    const whole = wholeRows(rows.data, parent);
    return {
      steps,
      rows: rows.data.flatMap((row, index) => {
        const numbers = whole[index];
        return numbers ? [{ row, whole: numbers }] : [];
      }),
      sum: addWhole(whole),
      total: total.data[0],
    };
  }, [everybody.data, rows.data, total.data, tiers.rows, steps, districts]);
  return { data, error, isOld: rows.isPlaceholderData || total.isPlaceholderData || everybody.isPlaceholderData };
}
