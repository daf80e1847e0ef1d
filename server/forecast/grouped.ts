/** Cells added up by any grouping, and what moves the sums besides the luck of each person: one statement for a table. */
import { scopeParameter } from "../access/scope.ts";
import type { Connection, Params } from "../store/index.ts";
import type { Grouping } from "../tables/grouping.ts";
import { cellSlopes, nano, targetNumber } from "./cells.ts";
import { type Fit, type Measure, measures, type RowsRequest } from "./types.ts";
import { type Factor, type FactorVariance, factorKeys, type Variances } from "./variance.ts";

interface Keys {
  /** Columns of a row. */
  readonly columns: readonly string[];
  /** What the cells `c` are grouped by: a number. */
  readonly key: string;
  /** The columns over the groups `g` and the tables of names `u` and `t`. */
  readonly select: readonly string[];
  readonly order: readonly string[];
}

export const keysOf: Record<Grouping, Keys> = {
  district: {
    columns: ["district", "districtName"],
    key: `c."districtId" AS "keyDistrict"`,
    select: ["d.district", 'd."districtName"'],
    order: ["district"],
  },
  // Places of a unit as a whole belong to no trade, as those whose trade is not known.
  trade: {
    columns: ["trade"],
    key: `greatest(c."tradeId", 0) AS "keyTrade"`,
    select: ["t.trade"],
    order: ["trade NULLS LAST"],
  },
  unit: {
    columns: ["unit", "unitName"],
    key: `c."unitId" AS "keyUnit"`,
    select: ["u.unit", 'u."unitName"'],
    order: ["unit"],
  },
  level: { columns: ["target"], key: `c.target AS "keyLevel"`, select: [`g."keyLevel"`], order: ["target"] },
};

const names = (suffix: string): Record<Grouping, string> => ({
  district: `LEFT JOIN (SELECT DISTINCT "districtId", district, "districtName" FROM forecast_units_${suffix}) d ON d."districtId" = g."keyDistrict"`,
  trade: `LEFT JOIN forecast_trades_${suffix} t ON t."tradeId" = g."keyTrade"`,
  unit: `LEFT JOIN (SELECT DISTINCT "unitId", unit, "unitName" FROM forecast_units_${suffix}) u ON u."unitId" = g."keyUnit"`,
  level: "",
});

/** The cells `c` asked for, as conditions. */
function chosen({ suffix }: Fit, request: RowsRequest): { where: string; params: Params } {
  const tests: string[] = [];
  const params: Record<string, Params[string]> = {};
  const units: string[] = [];
  const scope = request.scope ? scopeParameter(request.scope) : ["*"];
  if (!scope.includes("*")) {
    units.push("list_has_any(u.ancestors, $scope::VARCHAR[])");
    params.scope = scope;
  }
  if (request.district !== undefined) {
    units.push("list_contains(u.ancestors, $district::VARCHAR)");
    params.district = request.district;
  }
  if (request.unit !== undefined) {
    units.push("u.unit = $unit::VARCHAR");
    params.unit = request.unit;
  }
  if (units.length > 0) {
    tests.push(`c."unitId" IN (SELECT u."unitId" FROM forecast_units_${suffix} u WHERE ${units.join(" AND ")})`);
  }
  if (request.trade !== undefined) {
    tests.push(
      `c."tradeId" IN (SELECT t."tradeId" FROM forecast_trades_${suffix} t WHERE t.trade = $trade::VARCHAR OR ($trade::VARCHAR = 'unknown' AND t.trade IS NULL))`,
    );
    params.trade = request.trade;
  }
  if (request.level !== undefined) {
    tests.push("c.target = $target::INTEGER");
    params.target = targetNumber(request.level);
  }
  return { where: tests.length === 0 ? "true" : tests.join(" AND "), params };
}

/** Slopes that a gate's shifts act on, by measure. */
export const slopes = {
  apply: { planningEligible: "dEligible", applicants: "dApplicants", quotaUsed: "dUsed", passes: "dPasses" },
  exam: { planningEligible: "xEligible", passes: "xPasses" },
} as const;
export type Gate = keyof typeof slopes;

/** Millionths: squares of many people do not fit in billionths. */
export const micro = 1_000_000;

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

/** The variance of a factor's shocks that a measure bears in `"examYear"`, as SQL. */
export function shockSql(shock: number, measure: Measure, origin: number): string {
  if (measure !== "planningEligible") return `${shock}`;
  const shares = Array.from(
    { length: 9 },
    (_, index) => `WHEN ${origin + 2 + index} THEN ${independentShare(index + 1)}`,
  );
  return `${shock} * CASE "examYear" ${shares.join(" ")} ELSE 1 END`;
}

/** Variance × (slope of the group's people in a thing)² of each measure, over a relation `f` of their slopes and `known`. */
function squares(gate: Gate, { factor, shock }: FactorVariance, keys: string, origin: number, from: string): string {
  const own: Partial<Record<Measure, string>> = slopes[gate];
  const ofYears = factor === "total" || factor === "step";
  // Parts are put together by position: every measure has its column, always in the same place.
  const terms = measures.flatMap((measure) => {
    const slope = own[measure];
    const sum = slope
      ? `sum(round((${shockSql(shock, measure, origin)} + known) * ("${slope}"::DOUBLE / ${nano}) ** 2 * ${micro})::HUGEINT)`
      : "0::HUGEINT";
    return [`${sum} AS "${measure}"`, ofYears && slope ? sum : "NULL::HUGEINT"];
  });
  return `SELECT ${keys} ${terms.map((sql, index) => (index % 2 === 0 ? sql : `${sql} AS years${index}`)).join(", ")} FROM (${from}) GROUP BY ALL`;
}

/** Groupings by which a group is of one thing of a factor: then the sums of the group are those of the thing. */
const within: Readonly<Record<Factor, readonly (readonly Grouping[])[]>> = {
  total: [[]],
  step: [["level"]],
  district: [["district"]],
  districtStep: [["district", "level"]],
  trade: [],
  tradeStep: [],
  unit: [["unit"]],
};

/** The keys of a factor's things over the groups themselves. */
const ofGroup = (sql: string) =>
  sql
    .replaceAll('"districtId"', '"keyDistrict"')
    .replaceAll('"unitId"', '"keyUnit"')
    .replaceAll("target", '"keyLevel"');

export interface Sums {
  readonly [column: string]: string | number | bigint | null;
}

export interface Asked {
  readonly fit: Fit;
  /** Table of cells, or of compared cells. */
  readonly cells: string;
}

/**
 * A row per group and exam year, in the order of the grouping and then of the years: its columns, examYear, the sums of `figures` in people, and
 * shared<Measure> and years<Measure>: variance that the people of a group share, and what of it comes from years alone, people². `where`: further
 * condition on the cells `c`.
 */
export function groupedSums(
  c: Connection,
  { fit, cells }: Asked,
  request: RowsRequest,
  figures: readonly string[],
  where = "true",
): Promise<Sums[]> {
  const { by } = request;
  const { where: own, params } = chosen(fit, request);
  const keyNames = by.map((name) => `"key${name.charAt(0).toUpperCase()}${name.slice(1)}"`);
  const keys = [...keyNames, '"examYear"'].map((name) => `${name},`).join(" ");
  const base = `(SELECT ${by.map((name) => `${keysOf[name].key}, `).join("")}c.* FROM ${cells} c WHERE ${own} AND ${where})`;
  const parts = sharedParts(fit.variances, by, keys, fit.origin);
  const shared = measures.flatMap((name, index) => [
    `sum("${name}")::DOUBLE / ${micro} AS "shared${name}"`,
    `sum(years${2 * index + 1})::DOUBLE / ${micro} AS "years${name}"`,
  ]);
  const same = [...keyNames, '"examYear"'].map((name) => `s.${name} = g.${name}`).join(" AND ");
  const columns = by.flatMap((name) =>
    keysOf[name].columns.map((column, at) => `${keysOf[name].select[at]} AS "${column}"`),
  );
  const told = [...columns, 'g."examYear"', ...figures.map((name) => `g."${name}"::DOUBLE / ${nano} AS "${name}"`)];
  const sums = [...new Set([...figures, ...(parts.length > 0 ? cellSlopes : [])])];
  return c.rows<Sums>(
    `WITH base AS (FROM ${base}),
     groups AS MATERIALIZED (SELECT ${keys} ${sums.map((name) => `sum("${name}") AS "${name}"`).join(", ")} FROM base GROUP BY ALL)
     SELECT ${[...told, ...(parts.length > 0 ? measures.flatMap((name) => [`s."shared${name}"`, `s."years${name}"`]) : [])].join(", ")}
     FROM groups g
     ${by.map((name) => names(fit.suffix)[name]).join(" ")}
     ${parts.length > 0 ? `LEFT JOIN (SELECT ${keys} ${shared.join(", ")} FROM (${parts.join(" UNION ALL ")}) GROUP BY ALL) s ON ${same}` : ""}
     ORDER BY ${[...by.flatMap((name) => keysOf[name].order), 'g."examYear"'].join(", ")}`,
    params,
  );
}

/** SELECTs of the shared variance, one for each gate and factor, over `base` and `groups`. */
function sharedParts({ apply, exam }: Variances, by: readonly Grouping[], keys: string, origin: number): string[] {
  return (["apply", "exam"] as const).flatMap((gate) =>
    (gate === "apply" ? apply : exam).map((one) => {
      const { factor, estimated, prior } = one;
      const sums = Object.values(slopes[gate]);
      const isOne = within[factor].some((list) => list.every((name) => by.includes(name)));
      const things = isOne
        ? `SELECT ${keys} ${ofGroup(factorKeys[factor])} AS key, ${sums.map((slope) => `"${slope}"`).join(", ")} FROM groups`
        : `SELECT ${keys} ${factorKeys[factor]} AS key, ${sums.map((slope) => `sum("${slope}") AS "${slope}"`).join(", ")} FROM base GROUP BY ALL`;
      const from = estimated
        ? `SELECT f.*, coalesce(e.variance, ${prior}) AS known FROM (${things}) f LEFT JOIN ${estimated} e ON e.key = f.key`
        : `SELECT f.*, 0 AS known FROM (${things}) f`;
      return squares(gate, one, keys, origin, from);
    }),
  );
}

/** Cells of which a condition on `c` holds, and their columns, by group; in the order of the cells. */
export function chosenOf(
  c: Connection,
  { fit, cells }: Asked,
  request: RowsRequest,
  columns: readonly string[],
  where: string,
): Promise<Sums[]> {
  const { where: own, params } = chosen(fit, request);
  const keys = request.by.flatMap((name) =>
    keysOf[name].columns.map((column, at) => `${keysOf[name].select[at]} AS "${column}"`),
  );
  return c.rows<Sums>(
    `SELECT ${[...keys, 'g."examYear"', ...columns.map((name) => `g."${name}"`)].join(", ")}
     FROM (SELECT ${request.by.map((name) => `${keysOf[name].key}, `).join("")}c.* FROM ${cells} c WHERE ${own} AND ${where}) g
     ${request.by.map((name) => names(fit.suffix)[name]).join(" ")}
     ORDER BY g."unitId", g."tradeId", g.target, g."examYear"`,
    params,
  );
}
