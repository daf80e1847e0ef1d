/** Cells → the rows of a table: sums over any grouping, with intervals. */
import { setImmediate as letOthers } from "node:timers/promises";
import { scopeParameter } from "../access/scope.ts";
import { targetLevels } from "../rules/facts.ts";
import type { Connection, Params } from "../store/index.ts";
import type { Grouping } from "../tables/grouping.ts";
import { cellFigures, nano, targetNumber } from "./cells.ts";
import { type Ask, placesDistribution } from "./places.ts";
import { countQuantile, normalQuantile, studentQuantile } from "./quantiles.ts";
import { bounds, type ForecastRow, type Measure, measures, type RowsRequest, type Run } from "./types.ts";
import { type FactorVariance, factorKeys, type Variances } from "./variance.ts";

interface Keys {
  readonly columns: readonly string[];
  readonly select: readonly string[];
  readonly order: readonly string[];
}

export const keysOf: Record<Grouping, Keys> = {
  district: {
    columns: ["district", "districtName"],
    select: ["u.district", 'u."districtName"'],
    order: ["district"],
  },
  trade: { columns: ["trade"], select: ["t.trade"], order: ["trade NULLS LAST"] },
  unit: { columns: ["unit", "unitName"], select: ["u.unit", 'u."unitName"'], order: ["unit"] },
  level: { columns: ["target"], select: ["c.target"], order: ["target"] },
};

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

/** The cells asked for, with their names. */
export function chosenCells(run: Pick<Run, "cells" | "fit">, request: RowsRequest): { from: string; params: Params } {
  const { suffix } = run.fit;
  const scope = request.scope ? scopeParameter(request.scope) : ["*"];
  return {
    from: `${run.cells} c
      JOIN forecast_units_${suffix} u ON u."unitId" = c."unitId"
      -- places of a unit as a whole belong to no trade
      LEFT JOIN forecast_trades_${suffix} t ON t."tradeId" = c."tradeId"
      WHERE (list_contains($scope::VARCHAR[], '*') OR list_has_any(u.ancestors, $scope::VARCHAR[]))
        AND ($district::VARCHAR IS NULL OR list_contains(u.ancestors, $district::VARCHAR))
        AND ($unit::VARCHAR IS NULL OR u.unit = $unit::VARCHAR)
        AND ($trade::VARCHAR IS NULL OR t.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND t.trade IS NULL AND t."tradeId" IS NOT NULL))
        AND ($target::INTEGER IS NULL OR c.target = $target::INTEGER)`,
    params: {
      scope,
      district: request.district ?? null,
      unit: request.unit ?? null,
      trade: request.trade ?? null,
      target: request.level === undefined ? null : targetNumber(request.level),
    },
  };
}

/** Slopes that a gate's shifts act on, by measure. */
const slopes = {
  apply: { planningEligible: "dEligible", applicants: "dApplicants", quotaUsed: "dUsed", passes: "dPasses" },
  exam: { planningEligible: "xEligible", passes: "xPasses" },
} as const;

/** Millionths: squares of many people do not fit in billionths. */
const micro = 1_000_000;

type Gate = keyof typeof slopes;

/** Share of those who would have come anyway a year later: what a shock moves is half forgotten in two years. */
const forgetting = 0.65;

/**
 * The eligible of a year bear the shocks of every year before it (1 … of them). These are independent of one another, so together they
 * come to less than a single one that lasted as long.
 */
function independentShare(years: number): number {
  let lasting = 0;
  let squares = 0;
  for (let back = 0; back < years; back++) {
    lasting += forgetting ** back;
    squares += forgetting ** (2 * back);
  }
  return squares / lasting ** 2;
}

/** SUM over the things of a factor of variance × (slope of the group's people in it)². */
function factorSql(gate: Gate, { factor, shock, estimated, prior }: FactorVariance, of: Grouped): string {
  const { base, keys, origin } = of;
  const own: Partial<Record<Measure, string>> = slopes[gate];
  const shares = Array.from(
    { length: 9 },
    (_, index) => `WHEN ${origin + 2 + index} THEN ${independentShare(index + 1)}`,
  );
  const shocks = (measure: Measure) =>
    measure === "planningEligible" ? `${shock} * CASE "examYear" ${shares.join(" ")} ELSE 1 END` : `${shock}`;
  // Parts are put together by position: every measure has its column, always in the same place.
  const squares = measures.map((measure) => {
    const slope = own[measure];
    if (slope === undefined) return `0::HUGEINT AS "${measure}"`;
    return `sum(round((${shocks(measure)} + known) * ("${slope}"::DOUBLE / ${nano}) ** 2 * ${micro})::HUGEINT) AS "${measure}"`;
  });
  const sums = Object.values(own).map((slope) => `sum("${slope}") AS "${slope}"`);
  const known = estimated ? `coalesce(e.variance, ${prior})` : "0";
  const join = estimated ? `LEFT JOIN ${estimated} e ON e.key = f.key` : "";
  return `SELECT ${keys} '${factor}' AS factor, ${squares.join(", ")}
    FROM (SELECT f.*, ${known} AS known FROM (
      SELECT ${keys} ${factorKeys[factor]} AS key, ${sums.join(", ")} FROM ${base} GROUP BY ALL) f ${join})
    GROUP BY ALL`;
}

/** Cells chosen, and what they are grouped by. */
interface Grouped {
  readonly base: string;
  /** Columns, each with a comma behind it. */
  readonly keys: string;
  readonly origin: number;
}

const rowsAtATime = 500;

export interface Sums {
  readonly [column: string]: string | number | bigint | null;
}

/**
 * Rows of a computed forecast, in the order of the grouping and then of the years. Throws nothing on a filter that nothing matches:
 * the caller checks filters.
 */
export async function forecastRows(c: Connection, run: Run, request: RowsRequest): Promise<ForecastRow[]> {
  const { from, params } = chosenCells(run, request);
  const columns = request.by.flatMap((name) => keysOf[name].columns);
  const select = request.by.flatMap((name) => keysOf[name].select);
  const keys = [...columns.map((name) => `"${name}"`), '"examYear"'];
  const keyList = `${keys.join(", ")},`;
  const base = "chosen";
  const named = columns.map((name, index) => `${select[index]} AS "${name}"`);
  const cellColumns = ['c."examYear"', 'c."districtId"', 'c."unitId"', 'c."tradeId"'];
  const target = columns.includes("target") ? [] : ["c.target"];
  const chosen = `WITH chosen AS MATERIALIZED (SELECT ${[...named, ...cellColumns, ...target, ...cellFigures.map((name) => `c."${name}"`)].join(", ")} FROM ${from})`;
  const ask = <Row>(sql: string) => c.rows<Row>(`${chosen} ${sql}`, params);
  const order = [...request.by.flatMap((name) => keysOf[name].order), '"examYear"'].join(", ");
  const rows = await ask<Sums>(
    `SELECT ${keyList} ${cellFigures.map((name) => `sum("${name}")::DOUBLE / ${nano} AS "${name}"`).join(", ")}
     FROM ${base} GROUP BY ALL ORDER BY ${order}`,
  );
  const spread = await sharedVariances(ask, run.fit.variances, { base, keys: keyList, origin: run.fit.origin }, order);
  const places = request.by.includes("unit") ? await placesDistribution(ask, base, keyList, order) : undefined;
  const result: ForecastRow[] = [];
  for (const [index, row] of rows.entries()) {
    // The quantiles of a long table take seconds; other requests are answered meanwhile.
    if (index % rowsAtATime === rowsAtATime - 1) await letOthers();
    result.push(forecastRow(run, request, row, spread[index], places?.[index]));
  }
  return result;
}

/** By row, in the order of the rows: the shared part of the variances, and what of it comes from years alone. */
export async function sharedVariances(
  ask: Ask,
  { apply, exam }: Variances,
  of: Grouped,
  order: string,
): Promise<Sums[]> {
  const parts = [...apply.map((one) => factorSql("apply", one, of)), ...exam.map((one) => factorSql("exam", one, of))];
  if (parts.length === 0) return [];
  return ask<Sums>(
    `SELECT ${of.keys} ${measures
      .flatMap((name) => [
        `sum("${name}")::DOUBLE / ${micro} AS "${name}"`,
        `sum("${name}") FILTER (factor IN ('total', 'step'))::DOUBLE / ${micro} AS "${name}Years"`,
      ])
      .join(", ")}
     FROM (${parts.join(" UNION ALL ")}) GROUP BY ALL ORDER BY ${order}`,
  );
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

const probability = { Low80: 0.1, High80: 0.9, Low95: 0.025, High95: 0.975 } as const;

function forecastRow(
  run: Run,
  { by }: RowsRequest,
  row: Sums,
  spread: Sums | undefined,
  places: readonly number[] | undefined,
): ForecastRow {
  const figure = (name: string): number | null => {
    const value = row[name];
    return value === null || value === undefined ? null : Number(value);
  };
  const tells = run.fit.hasHistory;
  const result: Record<string, string | number | null> = {};
  for (const name of by) {
    if (name === "level") result.targetLevel = targetLevels[Number(row.target) - 1] ?? null;
    else for (const column of keysOf[name].columns) result[column] = (row[column] as string | null) ?? null;
  }
  result.examYear = Number(row.examYear);
  result.workers = figure("workers") ?? 0;
  const most: Record<Measure, number | null> = {
    planningEligible: null,
    applicants: null,
    quotaUsed: null,
    passes: null,
  };
  for (const measure of measures) {
    const told = tells || measure === "planningEligible";
    // Where nobody can come forward nobody does; but where no quota holds there is no figure of its use.
    const mean = told ? (figure(meanColumn[measure]) ?? (measure === "quotaUsed" ? null : 0)) : null;
    result[measure] = mean;
    const shared = Number(spread?.[measure] ?? 0);
    const years = shared > 0 ? Number(spread?.[`${measure}Years`] ?? 0) : 0;
    const variance = (figure(luckColumn[measure]) ?? 0) + shared;
    const share = variance > 0 ? years / variance : 0;
    for (const bound of bounds) {
      const p = probability[bound];
      result[`${measure}${bound}`] =
        mean === null
          ? null
          : countQuantile(p, {
              mean,
              variance,
              most: most[measure] ?? undefined,
              widening: () => 1 + share * (tailRatio(p, run.fit.variances.degreesOfFreedom) - 1),
            });
    }
  }
  result.quota = figure("quota");
  const { applicants, passes } = result;
  result.passRate = Number(applicants) > 0 && passes !== null ? Number(passes) / Number(applicants) : null;
  result.retirements = figure("retirements") ?? 0;
  for (const n of [0, 1, 2, 3]) {
    result[`quotaUsed${n}`] = tells && places && result.quota !== null ? (places[n] ?? null) : null;
  }
  return Object.fromEntries(forecastColumns(by).map((name) => [name, result[name] ?? null])) as unknown as ForecastRow;
}

/** How much wider the tails are for years learned from few. */
export const tailRatio = (p: number, df: number) => studentQuantile(p, df) / normalQuantile(p);
