/**
 * Extra passes of many changes, each by itself, over some exam years together. Cells of all of them lie in one temporary table; rows have
 * intervals in which what is common to base and scenario cancels. A person's luck counts once however many years it takes, shocks of
 * years are independent of one another, and what is only estimated acts on all years alike.
 */
import { quote } from "../../rules/term.ts";
import type { Connection } from "../../store/index.ts";
import type { Grouping } from "../../tables/grouping.ts";
import { cellSlopes, nano } from "../cells.ts";
import type { Sums } from "../grouped.ts";
import { probability, tailRatio } from "../rows.ts";
import { chosenCells, namesOf, sharedVariances } from "../shared-variances.ts";
import { type Bound, bounds, type Fit, type RowsRequest, type Run } from "../types.ts";
import type { Variances } from "../variance.ts";
import { differenceQuantile } from "./rows.ts";

/** Of one fit; the exam years `from` … `to`. */
export interface ExtraCells {
  readonly fit: Fit;
  readonly cells: string;
  readonly from: number;
  readonly to: number;
}

const sums = ["passes", "luck", "up", "down"] as const;
const figures = [...sums, ...cellSlopes];
let tables = 0;

/** An empty table for the changes on a fit. */
export async function createExtra(c: Connection, fit: Fit, from: number, to: number): Promise<ExtraCells> {
  const cells = `extra_cells_${++tables}`;
  await c.run(
    `CREATE TEMP TABLE ${cells} (change SMALLINT, "examYear" SMALLINT, "districtId" INTEGER, "unitId" INTEGER, "tradeId" INTEGER,
       target TINYINT, ${figures.map((name) => `"${name}" BIGINT`).join(", ")})`,
  );
  return { fit, cells, from, to };
}

/**
 * Adds what a scenario changes. One run may hold several changes where each is of districts of its own: `changes` tells the number of the
 * change for each code of a district.
 */
export async function addExtra(
  c: Connection,
  { fit, cells, from, to }: ExtraCells,
  runs: { readonly base: Run; readonly scenario: Run },
  changes: ReadonlyMap<string, number>,
): Promise<void> {
  const { people: before } = runs.base;
  const { people: after } = runs.scenario;
  if (!before || !after) throw new Error("runs without people cannot be compared");
  const codes = [...changes].map(([code, change]) => `(${quote(code)}, ${change})`).join(", ");
  const sides = (base: string, scenario: string) =>
    `(SELECT -1 AS side, * FROM ${base} WHERE "examYear" <= ${to} UNION ALL BY NAME SELECT 1 AS side, * FROM ${scenario})`;
  const net = (name: string) => `coalesce(sum(side * "${name}"), 0)::BIGINT`;
  const place = `"districtId", "unitId", "tradeId", target`;
  // As in a comparison of two runs: hires are themselves a guess.
  const share = `abs(passed) / ${nano}.0`;
  const luck = `CASE WHEN hire THEN ${share} * ${1 + (to - from + 1) / 3} ELSE ${share} * (1 - least(1, ${share})) END`;
  await c.run(
    `INSERT INTO ${cells} BY NAME
     WITH changes(district, change) AS (VALUES ${codes}),
     cells AS (
       SELECT "examYear", ${place}, ${net("passes")} AS passes, ${cellSlopes.map((name) => `${net(name)} AS "${name}"`).join(", ")}
       FROM ${sides(runs.base.cells, runs.scenario.cells)} GROUP BY ALL
     ),
     moved AS (
       SELECT person, ${place}, bool_or(hire) AS hire, ${net("passed")} AS passed FROM ${sides(before, after)} GROUP BY ALL HAVING ${net("passed")} <> 0
     ),
     people AS (
       SELECT ${from}::SMALLINT AS "examYear", ${place}, sum(round((${luck}) * ${nano})::BIGINT)::BIGINT AS luck,
         sum(greatest(passed, 0))::BIGINT AS up, sum(greatest(-passed, 0))::BIGINT AS down
       FROM moved GROUP BY ALL
     ),
     found AS (SELECT * FROM cells WHERE ${["passes", ...cellSlopes].map((name) => `"${name}" <> 0`).join(" OR ")} UNION ALL BY NAME SELECT * FROM people)
     SELECT change::SMALLINT AS change, found.* FROM found
     JOIN (SELECT DISTINCT "unitId", district FROM forecast_units_${fit.suffix}) u USING ("unitId") JOIN changes USING (district)`,
  );
}

export type ExtraBounds = { readonly [Key in `extraPasses${Bound}`]: number };
export interface Extra extends ExtraBounds {
  readonly extraPasses: number;
}

/** The key of a change in a group: its number and the codes of the group, in the order of the grouping. */
export const extraKey = (change: number, group: readonly unknown[]): string => JSON.stringify([change, ...group]);

/**
 * Extra passes by `extraKey`; what is missing is none. Passes of every level count, as who rises earlier comes to the next one earlier: a
 * level among the groupings or filters says nothing here. The caller checks filters.
 */
export async function extraRows(
  c: Connection,
  extra: ExtraCells,
  request: Omit<RowsRequest, "level">,
): Promise<ReadonlyMap<string, Extra>> {
  const by = request.by.filter((name): name is Exclude<Grouping, "level"> => name !== "level");
  const { from, params } = chosenCells(extra, { ...request, by });
  const codes = by.flatMap((name) => namesOf[name].columns.slice(0, 1));
  const named = by.map((name, index) => `${namesOf[name].select[0]} AS "${codes[index]}"`);
  const own = ["change", "examYear", "districtId", "unitId", "tradeId", "target", ...figures];
  const chosen = `WITH chosen AS MATERIALIZED (SELECT ${[...named, ...own.map((name) => `c."${name}"`)].join(", ")} FROM ${from}),
    together AS (SELECT * REPLACE (${extra.to} AS "examYear") FROM chosen)`;
  const ask = <Row>(sql: string) => c.rows<Row>(`${chosen} ${sql}`, params);
  const keys = `${["change", ...codes].map((name) => `"${name}"`).join(", ")},`;
  const rows = await ask<Sums>(
    `SELECT ${keys} ${sums.map((name) => `sum("${name}")::DOUBLE / ${nano} AS "${name}"`).join(", ")} FROM chosen GROUP BY ALL`,
  );
  const { variances, origin } = extra.fit;
  const keyOf = (row: Sums) =>
    extraKey(
      Number(row.change),
      codes.map((name) => row[name]),
    );
  const shared = new Map<string, { all: number; years: number }>();
  const yearly = `${keys} "examYear",`;
  for (const [part, base] of [
    [shocksOf(variances), "chosen"],
    [estimatesOf(variances), "together"],
  ] as const) {
    for (const row of await sharedVariances(ask, part, { base, keys: yearly, origin }, "change")) {
      const known = shared.get(keyOf(row)) ?? { all: 0, years: 0 };
      shared.set(keyOf(row), {
        all: known.all + Number(row.passes ?? 0),
        years: known.years + Number(row.passesYears ?? 0),
      });
    }
  }
  return new Map(rows.map((row) => [keyOf(row), extraOf(extra.fit, row, shared.get(keyOf(row)))]));
}

/** Only what differs from year to year, and only what is not known of all years alike. */
const shocksOf = ({ apply, exam, ...rest }: Variances): Variances => {
  const part = (of: Variances["apply"]) => of.map(({ estimated: _, ...one }) => ({ ...one }));
  return { apply: part(apply), exam: part(exam), ...rest };
};
const estimatesOf = ({ apply, exam, ...rest }: Variances): Variances => {
  const part = (of: Variances["apply"]) => of.map((one) => ({ ...one, shock: 0 }));
  return { apply: part(apply), exam: part(exam), ...rest };
};

function extraOf(fit: Fit, row: Sums, shared: { readonly all: number; readonly years: number } | undefined): Extra {
  const figure = (name: (typeof sums)[number]) => Number(row[name] ?? 0);
  const mean = Math.round(figure("passes") * nano) / nano;
  const variance = figure("luck") + (shared?.all ?? 0);
  const ofYears = variance > 0 ? (shared?.years ?? 0) / variance : 0;
  const ends = bounds.map((bound): [string, number] => [
    `extraPasses${bound}`,
    differenceQuantile(probability[bound], {
      mean,
      variance,
      up: figure("up"),
      down: figure("down"),
      widening: 1 + ofYears * (tailRatio(probability[bound], fit.variances) - 1),
    }),
  ]);
  return { extraPasses: mean, ...(Object.fromEntries(ends) as unknown as ExtraBounds) };
}
