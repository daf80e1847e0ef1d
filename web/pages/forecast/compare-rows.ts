/** Pure: this forecast, an earlier one, and what really happened, year by year. */
import type { ForecastMeasure, ForecastRow, HistoryRow } from "../../api/forecast-types.ts";
import { endOf } from "./band-points.ts";

export interface CompareRow {
  readonly year: number;
  readonly earlier: ForecastRow | undefined;
  readonly now: ForecastRow | undefined;
  readonly actual: number | null;
  /** Earlier forecast − what happened, people; null where one of them is missing. */
  readonly error: number | null;
  /** Whether what happened lay in the interval of the earlier forecast; null where there is none. */
  readonly within: "80" | "95" | "outside" | null;
}

function withinOf(row: ForecastRow | undefined, measure: ForecastMeasure, actual: number | null): CompareRow["within"] {
  if (!row || actual === null) return null;
  const lies = (low: number | null, high: number | null): boolean =>
    low !== null && high !== null && low <= actual && actual <= high;
  if (row[measure] === null) return null;
  if (lies(endOf(row, measure, "Low80"), endOf(row, measure, "High80"))) return "80";
  return lies(endOf(row, measure, "Low95"), endOf(row, measure, "High95")) ? "95" : "outside";
}

/** The years that one of the two forecasts speaks of, ascending. */
export function compareRows(
  measure: ForecastMeasure,
  now: readonly ForecastRow[],
  earlier: readonly ForecastRow[],
  history: readonly HistoryRow[],
): readonly CompareRow[] {
  const years = [...new Set([...now, ...earlier].map(({ examYear }) => examYear))].sort((a, b) => a - b);
  const of = <Row extends { readonly examYear: number }>(rows: readonly Row[], year: number): Row | undefined =>
    rows.find(({ examYear }) => examYear === year);
  return years.map((year) => {
    const before = of(earlier, year);
    const actual = of(history, year)?.[measure] ?? null;
    const mean = before?.[measure] ?? null;
    return {
      year,
      earlier: before,
      now: of(now, year),
      actual,
      error: mean === null || actual === null ? null : mean - actual,
      within: withinOf(before, measure, actual),
    };
  });
}
