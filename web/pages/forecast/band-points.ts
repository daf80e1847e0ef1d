/** Pure: forecast, history and baselines of one place → the points of a band chart and the rows of its table. */
import type {
  BacktestRow,
  Baseline,
  BaselineRow,
  Bound,
  ForecastMeasure,
  ForecastRow,
  HistoryRow,
} from "../../api/forecast-types.ts";

export interface BandPoint {
  readonly year: number;
  /** What came of it; null where it is not on file. */
  readonly actual: number | null;
  readonly mean: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  /** How far such forecasts were off; undefined for years that are no forecast, or not tested. */
  readonly past: BacktestRow | undefined;
  /** What the best simple baseline says, where the forecast was worse than it. */
  readonly simple: { readonly baseline: Baseline; readonly value: number | null } | undefined;
}

export interface BandSource {
  readonly measure: ForecastMeasure;
  /** Of one place and level, one row a year. */
  readonly forecast: readonly ForecastRow[];
  readonly history: readonly HistoryRow[];
  readonly baselines: readonly BaselineRow[];
  readonly pastOf: (examYear: number) => BacktestRow | undefined;
}

export const endOf = (row: ForecastRow, measure: ForecastMeasure, bound: Bound): number | null =>
  row[`${measure}${bound}`];

/** One point a year, oldest first. */
export function bandPoints({ measure, forecast, history, baselines, pastOf }: BandSource): readonly BandPoint[] {
  const years = [...new Set([...history, ...forecast].map(({ examYear }) => examYear))].sort((a, b) => a - b);
  return years.map((year) => {
    const row = forecast.find(({ examYear }) => examYear === year);
    const past = row && pastOf(year);
    const baseline = past?.worse ? (past.best ?? undefined) : undefined;
    const said = baselines.find((one) => one.examYear === year && one.measure === measure && one.baseline === baseline);
    const end = (bound: Bound): number | null => (row ? endOf(row, measure, bound) : null);
    return {
      year,
      actual: history.find(({ examYear }) => examYear === year)?.[measure] ?? null,
      mean: row?.[measure] ?? null,
      low80: end("Low80"),
      high80: end("High80"),
      low95: end("Low95"),
      high95: end("High95"),
      past,
      simple: baseline && { baseline, value: said?.value ?? null },
    };
  });
}

/** Whether the measure can be told at all, and whether there was ever any of it. */
export const isTold = (points: readonly BandPoint[]): boolean => points.some(({ mean }) => mean !== null);
