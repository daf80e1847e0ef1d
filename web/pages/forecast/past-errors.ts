/** Pure: which line of the backtest tells how far such a forecast was off until now. */
import type { BacktestGrouping, BacktestRow, ForecastMeasure } from "../../api/forecast-types.ts";
import type { Filters } from "../../state/filters.ts";

/**
 * The cells of the backtest that a number is most like: of everybody, a district, a trade or a unit. A trade within a district is judged
 * by the smaller units, which errs on the side of caution.
 */
export function groupingOf(place: Pick<Filters, "district" | "trade" | "unit">): BacktestGrouping {
  if (place.unit !== undefined || (place.district !== undefined && place.trade !== undefined)) return "unit";
  if (place.trade !== undefined) return "trade";
  return place.district === undefined ? "total" : "district";
}

export interface ErrorOf {
  readonly measure: ForecastMeasure;
  readonly grouping: BacktestGrouping;
  /** Undefined: all levels together. */
  readonly level: string | undefined;
  /** Exam years ahead. */
  readonly horizon: number;
}

/** The line of all origins together; undefined where there is none, or nobody was counted. */
export function pastError(
  rows: readonly BacktestRow[] | undefined,
  { measure, grouping, level, horizon }: ErrorOf,
): BacktestRow | undefined {
  return rows?.find(
    (row) =>
      row.origin === null &&
      row.measure === measure &&
      row.grouping === grouping &&
      row.targetLevel === (level ?? null) &&
      row.horizon === horizon &&
      row.error !== null,
  );
}
