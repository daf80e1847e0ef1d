/** What the people of a group share of variance, over cells with names: for sums that are put together otherwise than a table (grouped.ts). */
import { scopeParameter } from "../access/scope.ts";
import type { Params } from "../store/index.ts";
import type { Grouping } from "../tables/grouping.ts";
import { nano, targetNumber } from "./cells.ts";
import { type Gate, micro, type Sums, shockSql, slopes } from "./grouped.ts";
import { type Measure, measures, type RowsRequest, type Run } from "./types.ts";
import { type FactorVariance, factorKeys, type Variances } from "./variance.ts";

/** Runs a SELECT over the cells chosen. */
type Ask = <Row>(sql: string) => Promise<Row[]>;

interface Keys {
  readonly columns: readonly string[];
  readonly select: readonly string[];
  readonly order: readonly string[];
}

export const namesOf: Record<Grouping, Keys> = {
  district: {
    columns: ["district", "districtName"],
    select: ["u.district", 'u."districtName"'],
    order: ["district"],
  },
  trade: { columns: ["trade"], select: ["t.trade"], order: ["trade NULLS LAST"] },
  unit: { columns: ["unit", "unitName"], select: ["u.unit", 'u."unitName"'], order: ["unit"] },
  level: { columns: ["target"], select: ["c.target"], order: ["target"] },
};

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

/** SUM over the things of a factor of variance × (slope of the group's people in it)². */
function factorSql(gate: Gate, { factor, shock, estimated, prior }: FactorVariance, of: Grouped): string {
  const { base, keys, origin } = of;
  const own: Partial<Record<Measure, string>> = slopes[gate];
  // Parts are put together by position: every measure has its column, always in the same place.
  const squares = measures.map((measure) => {
    const slope = own[measure];
    if (slope === undefined) return `0::HUGEINT AS "${measure}"`;
    return `sum(round((${shockSql(shock, measure, origin)} + known) * ("${slope}"::DOUBLE / ${nano}) ** 2 * ${micro})::HUGEINT) AS "${measure}"`;
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
