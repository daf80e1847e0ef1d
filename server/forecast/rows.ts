/** Cells → the rows of a table: sums over any grouping, with intervals. */
import { setImmediate as letOthers } from "node:timers/promises";
import { targetLevels } from "../rules/facts.ts";
import type { Connection } from "../store/index.ts";
import type { Grouping } from "../tables/grouping.ts";
import { groupedSums, keysOf, type Sums } from "./grouped.ts";
import { type Distribution, nothing, placesDistribution } from "./places.ts";
import { countQuantile } from "./quantiles.ts";
import { type Bound, bounds, type ForecastRow, type Measure, measures, type RowsRequest, type Run } from "./types.ts";
import type { Variances } from "./variance.ts";

/** Columns of the rows in order. */
export function forecastColumns(by: readonly Grouping[]): string[] {
  const keys = by.flatMap((name) => (name === "level" ? ["targetLevel"] : keysOf[name].columns));
  const ends = (measure: Measure) => bounds.map((bound) => `${measure}${bound}`);
  return [
    ...keys,
    "examYear",
    "workers",
    "planningEligible",
    ...ends("planningEligible"),
    "applicants",
    ...ends("applicants"),
    "quota",
    "quotaUsed",
    ...ends("quotaUsed"),
    "passes",
    ...ends("passes"),
    "passRate",
    "retirements",
    "quotaUsed0",
    "quotaUsed1",
    "quotaUsed2",
    "quotaUsed3",
  ];
}

const meanColumn = {
  planningEligible: "eligible",
  applicants: "applicants",
  quotaUsed: "used",
  passes: "passes",
} as const;
const luckColumn = {
  planningEligible: "vEligible",
  applicants: "vApplicants",
  quotaUsed: "vUsed",
  passes: "vPasses",
} as const;
const figures = ["workers", "retirements", "quota", ...Object.values(meanColumn), ...Object.values(luckColumn)];

export const probability: Readonly<Record<Bound, number>> = { Low80: 0.1, High80: 0.9, Low95: 0.025, High95: 0.975 };
const ends = bounds.map((bound) => ({ bound, p: probability[bound] }));

/** How much wider than normal the tails are where whole years are all that matters. */
export const tailRatio = (p: number, { farTail }: Pick<Variances, "farTail">): number =>
  p < 0.05 || p > 0.95 ? farTail : 1;
/** The same by bound. */
export const tailsOf = (variances: Pick<Variances, "farTail">): readonly number[] =>
  ends.map(({ p }) => tailRatio(p, variances));

const rowsAtATime = 500;

/**
 * Rows of a computed forecast, in the order of the grouping and then of the years. Throws nothing on a filter that nothing matches:
 * the caller checks filters.
 */
export async function forecastRows(c: Connection, run: Run, request: RowsRequest): Promise<ForecastRow[]> {
  const columns = request.by.flatMap((name) => keysOf[name].columns);
  const nameOf = (row: Sums) => [...columns, "examYear"].map((name) => row[name]).join("\n");
  const rows = await groupedSums(c, run, request, figures);
  const places = request.by.includes("unit") ? await placesDistribution(c, run, request, nameOf) : undefined;
  const tails = tailsOf(run.fit.variances);
  const result: ForecastRow[] = [];
  for (const [index, row] of rows.entries()) {
    // The quantiles of a long table take seconds; other requests are answered meanwhile.
    if (index % rowsAtATime === rowsAtATime - 1) await letOthers();
    const own = places && row.quota !== null ? (places.get(nameOf(row)) ?? nothing) : undefined;
    result.push(forecastRow(request.by, row, own, { tells: run.fit.hasHistory, tails }));
  }
  return result;
}

interface Told {
  /** False: without a history only eligibility and quota are told. */
  readonly tells: boolean;
  readonly tails: readonly number[];
}

function figure(row: Sums, name: string): number | null {
  const value = row[name];
  return value === null || value === undefined ? null : Number(value);
}

/** In the order of `forecastColumns`. */
function forecastRow(
  by: readonly Grouping[],
  row: Sums,
  places: Distribution | undefined,
  { tells, tails }: Told,
): ForecastRow {
  const result: Record<string, string | number | null> = {};
  for (const name of by) {
    if (name === "level") result.targetLevel = targetLevels[Number(row.target) - 1] ?? null;
    else for (const column of keysOf[name].columns) result[column] = (row[column] as string | null) ?? null;
  }
  result.examYear = Number(row.examYear);
  result.workers = figure(row, "workers") ?? 0;
  for (const measure of measures) {
    if (measure === "quotaUsed") result.quota = figure(row, "quota");
    const told = tells || measure === "planningEligible";
    // Where nobody can come forward nobody does; but where no quota holds there is no figure of its use.
    const mean = told ? (figure(row, meanColumn[measure]) ?? (measure === "quotaUsed" ? null : 0)) : null;
    result[measure] = mean;
    const shared = Number(row[`shared${measure}`] ?? 0);
    const years = shared > 0 ? Number(row[`years${measure}`] ?? 0) : 0;
    const variance = (figure(row, luckColumn[measure]) ?? 0) + shared;
    const share = variance > 0 ? years / variance : 0;
    for (let at = 0; at < ends.length; at++) {
      const { bound, p } = ends[at] as (typeof ends)[number];
      const widening = 1 + share * ((tails[at] ?? 1) - 1);
      result[`${measure}${bound}`] = mean === null ? null : countQuantile(p, { mean, variance, widening });
    }
  }
  const { applicants, passes } = result;
  result.passRate = Number(applicants) > 0 && typeof passes === "number" ? passes / Number(applicants) : null;
  result.retirements = figure(row, "retirements") ?? 0;
  for (let n = 0; n < 4; n++) result[`quotaUsed${n}`] = tells && places ? (places[n] ?? null) : null;
  return result as unknown as ForecastRow;
}
