/** The simple baselines beside a forecast: what last year's value, its mean or its drift would say of the coming years. */
import { type Baseline, baselineForecast, baselines } from "../forecast/baselines.ts";
import type { ForecastRow } from "../forecast/index.ts";
import { type Measure, measures } from "../forecast/types.ts";
import type { Connection } from "../store/index.ts";
import { forecastHistoryTable, type HistoryRequest } from "./forecast-history.ts";
import { groupColumns } from "./grouping.ts";

type Counts = { readonly examYear: number } & Readonly<Record<Measure, number | null>>;
type Names = Readonly<Record<string, string | null>>;

/** A group: its names, its past up to the origin, who is forecast to be able to come forward by year. */
interface Group {
  readonly names: Names;
  readonly past: Counts[];
  readonly eligible: Map<number, number>;
}

export interface BaselinesRequest extends HistoryRequest {
  readonly origin: number;
  readonly measure?: Measure | undefined;
}

/** Names of the group, examYear, measure, baseline, value. */
export type BaselineRow = Readonly<Record<string, string | number | null>>;

export const baselineColumns = (by: HistoryRequest["by"]): readonly string[] => [
  ...groupColumns(by),
  "examYear",
  "measure",
  "baseline",
  "value",
];

/**
 * Every group × exam year × measure × baseline that the history up to the origin allows, in the order of the forecast's rows. `forecast`: the
 * rows of the same request, for the baseline that follows who can come forward.
 */
export async function baselineRows(
  c: Connection,
  request: BaselinesRequest,
  forecast: readonly ForecastRow[],
): Promise<BaselineRow[]> {
  const history = await forecastHistoryTable(c, request);
  const counts = await c.rows<Counts>(history.sql, history.params);
  const groups = groupsOf(groupColumns(request.by), request.origin, counts, forecast);
  const years = [...new Set(forecast.map(({ examYear }) => examYear))].sort((a, b) => a - b);
  const rows: BaselineRow[] = [];
  for (const group of groups) {
    for (const examYear of years) {
      for (const measure of measures) {
        if (request.measure !== undefined && request.measure !== measure) continue;
        for (const baseline of baselines) {
          const value = baselineValue(group, measure, baseline, { examYear, origin: request.origin });
          if (value !== null) rows.push({ ...group.names, examYear, measure, baseline, value });
        }
      }
    }
  }
  return rows;
}

function groupsOf(
  columns: readonly string[],
  origin: number,
  counts: readonly Counts[],
  forecast: readonly ForecastRow[],
): Iterable<Group> {
  const groups = new Map<string, Group>();
  const groupOf = (row: Readonly<Record<string, unknown>>): Group => {
    const names = Object.fromEntries(
      columns.map((name) => [name, typeof row[name] === "string" ? String(row[name]) : null]),
    );
    const key = JSON.stringify(columns.map((name) => names[name]));
    const found = groups.get(key) ?? { names, past: [], eligible: new Map<number, number>() };
    groups.set(key, found);
    return found;
  };
  for (const row of forecast) {
    // People at the highest level come forward for nothing.
    if (row.targetLevel !== null) groupOf(row).eligible.set(row.examYear, row.planningEligible);
  }
  for (const row of counts) if (row.examYear <= origin) groupOf(row).past.push(row);
  return groups.values();
}

function baselineValue(
  { past, eligible }: Group,
  measure: Measure,
  baseline: Baseline,
  { examYear, origin }: { readonly examYear: number; readonly origin: number },
): number | null {
  // A year in which no quota held had no use of it.
  const known = past.filter((row) => row[measure] !== null || (measure === "quotaUsed" && row.applicants !== null));
  if (known.every((row) => row[measure] === null)) return null;
  const last = past.find((row) => row.examYear === origin);
  return baselineForecast(
    baseline,
    {
      counts: known.map((row) => row[measure] ?? 0),
      eligible: measure === "planningEligible" ? undefined : (last?.planningEligible ?? 0),
    },
    { horizon: examYear - origin, eligible: eligible.get(examYear) ?? 0 },
  );
}
