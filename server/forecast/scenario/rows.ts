/** Compared cells → rows: base, scenario, and their difference with its interval, in any grouping. */
import { setImmediate as letOthers } from "node:timers/promises";
import { targetLevels } from "../../rules/facts.ts";
import type { AppendColumn, Connection } from "../../store/index.ts";
import type { Grouping } from "../../tables/grouping.ts";
import { cellSlopes, nano } from "../cells.ts";
import { groupedSums, keysOf, type Sums } from "../grouped.ts";
import { countQuantile, normalQuantile } from "../quantiles.ts";
import { probability, tailsOf } from "../rows.ts";
import { bounds, type Fit, type Measure, measures, type RowsRequest } from "../types.ts";
import { type ComparedMean, column, comparedFigures } from "./compare.ts";

/** Compared cells lie in a temporary table of the connection. */
export interface Compared {
  readonly fit: Fit;
  readonly cells: string;
}

export interface DifferenceRequest extends RowsRequest {
  /** First and last exam year; default: all that were computed. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export type DifferenceRow = {
  readonly district?: string;
  readonly districtName?: string;
  readonly trade?: string | null;
  readonly unit?: string;
  readonly unitName?: string;
  readonly targetLevel?: string | null;
  readonly examYear: number;
} & { readonly [figure: string]: string | number | null };

const meanOf: Record<Measure, ComparedMean> = {
  planningEligible: "eligible",
  applicants: "applicants",
  quotaUsed: "used",
  passes: "passes",
};
const rowsAtATime = 500;
const figuresOf = (name: string) => [`${name}Base`, `${name}Scenario`, `${name}Difference`];

/** Columns of the rows in order, with their types. */
export function differenceColumns(by: readonly Grouping[]): AppendColumn[] {
  const keys = by.flatMap((name) => (name === "level" ? ["targetLevel"] : keysOf[name].columns));
  const mean = (name: string): AppendColumn => ({ name, type: "DOUBLE" });
  return [
    ...keys.map((name): AppendColumn => ({ name, type: "VARCHAR" })),
    { name: "examYear", type: "INTEGER" },
    ...measures.flatMap((measure) => [
      ...figuresOf(measure).map(mean),
      ...bounds.map((bound): AppendColumn => ({ name: `${measure}Difference${bound}`, type: "INTEGER" })),
      ...(measure === "quotaUsed" ? figuresOf("quota").map(mean) : []),
    ]),
  ];
}

/** In the order of the grouping and then of the years. The caller checks filters. */
export async function differenceRows(
  c: Connection,
  compared: Compared,
  request: DifferenceRequest,
): Promise<DifferenceRow[]> {
  const { origin, variances } = compared.fit;
  const figures = comparedFigures.filter((name) => !(cellSlopes as readonly string[]).includes(name));
  const years = `c."examYear" BETWEEN ${request.from ?? origin} AND ${request.to ?? 9999}`;
  const rows = await groupedSums(c, compared, request, figures, years);
  const tails = tailsOf(variances);
  const result: DifferenceRow[] = [];
  for (const [index, row] of rows.entries()) {
    // The quantiles of a long table take a while; other requests are answered meanwhile.
    if (index % rowsAtATime === rowsAtATime - 1) await letOthers();
    result.push(differenceRow(compared.fit, request, row, tails));
  }
  return result;
}

function differenceRow(fit: Fit, { by }: DifferenceRequest, row: Sums, tails: readonly number[]): DifferenceRow {
  const figure = (name: string): number | null => {
    const value = row[name];
    return value === null || value === undefined ? null : Number(value);
  };
  const result: Record<string, string | number | null> = {};
  for (const name of by) {
    if (name === "level") result.targetLevel = targetLevels[Number(row.target) - 1] ?? null;
    else for (const key of keysOf[name].columns) result[key] = (row[key] as string | null) ?? null;
  }
  result.examYear = Number(row.examYear);
  const sides = (name: string, label: string, told: boolean, absent: 0 | null) => {
    const [before, after] = [figure(column.base(name)), figure(column.scenario(name))];
    const isTold = told && (before !== null || after !== null || absent !== null);
    result[`${label}Base`] = isTold ? (before ?? absent) : null;
    result[`${label}Scenario`] = isTold ? (after ?? absent) : null;
    const difference = isTold ? (after ?? 0) - (before ?? 0) : null;
    // Sums of billionths are exact; what a division leaves is no difference.
    result[`${label}Difference`] = difference === null ? null : Math.round(difference * nano) / nano;
  };
  sides("quota", "quota", true, null);
  for (const measure of measures) {
    const name = meanOf[measure];
    sides(name, measure, fit.hasHistory || measure === "planningEligible", measure === "quotaUsed" ? null : 0);
    const mean = result[`${measure}Difference`];
    const common = Number(row[`shared${measure}`] ?? 0);
    const years = common > 0 ? Number(row[`years${measure}`] ?? 0) : 0;
    const variance = (figure(column.luck(name)) ?? 0) + common;
    const ofYears = variance > 0 ? years / variance : 0;
    for (const [at, bound] of bounds.entries()) {
      result[`${measure}Difference${bound}`] =
        typeof mean !== "number"
          ? null
          : differenceQuantile(probability[bound], {
              mean,
              variance,
              up: figure(column.up(name)) ?? 0,
              down: figure(column.down(name)) ?? 0,
              widening: 1 + ofYears * ((tails[at] ?? 1) - 1),
            });
    }
  }
  return result as DifferenceRow;
}

export interface DifferenceMoments {
  readonly mean: number;
  readonly variance: number;
  /** What goes up and what goes down, person by person; both 0 or more. */
  readonly up: number;
  readonly down: number;
  readonly widening: number;
}

/** Where as good as nobody goes the other way the difference is a count and keeps its sign. */
const oneWay = 0.02;

/** Whole number that the difference does not exceed with probability p. */
export function differenceQuantile(p: number, { mean, variance, up, down, widening }: DifferenceMoments): number {
  if (variance <= 0) return Math.round(mean) || 0;
  if (mean > 0 && down <= oneWay * up) return countQuantile(p, { mean, variance, widening });
  if (mean < 0 && up <= oneWay * down) return -countQuantile(1 - p, { mean: -mean, variance, widening }) || 0;
  return Math.round(mean + normalQuantile(p) * Math.sqrt(variance) * widening) || 0;
}
