/** The forecast as a table: computed on the connection, grouped, and laid out as a statement like the other tables. */
import { badInput } from "../errors.ts";
import type { Desk } from "../forecast/desk.ts";
import {
  type Assumptions,
  type Basis,
  checkYears,
  type ForecastRow,
  fitForecast,
  forecastColumns,
  forecastRows,
  type Run,
  runForecast,
  simulate,
} from "../forecast/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type AppendColumn, type Connection, namedQuery } from "../store/index.ts";
import { type Filters, notAmong, placeParameters, unknownTrade } from "./filters.ts";
import type { Grouping } from "./grouping.ts";
import type { Statement } from "./tables.ts";

export interface ForecastRequest extends Omit<Filters, "year"> {
  /** Empty: one row a year with the total. */
  readonly by: readonly Grouping[];
  /** First and last exam year; without them the five years after the origin. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Roster year to forecast from, as if later data did not exist. Without it the newest. */
  readonly origin?: number | undefined;
  readonly assumptions?: Assumptions | undefined;
}

export interface ForecastAnswer {
  readonly origin: number;
  readonly columns: readonly string[];
  readonly rows: readonly ForecastRow[];
  readonly basis: readonly Basis[];
}

/** Longest time a forecast may take, milliseconds. */
export const forecastTimeoutMs = 600_000;

/** Throws bad-input for years or filters that cannot be, and where there is no roster. */
export async function forecastAnswer(
  c: Connection,
  library: RulebookLibrary,
  request: ForecastRequest,
): Promise<ForecastAnswer> {
  const newest = await newestRoster(c);
  const origin = request.origin ?? newest;
  await checkFilters(c, request);
  // In retrospect, what was announced later was not known.
  const rulebooksUntil = origin < newest ? origin : undefined;
  const fit = await fitForecast(c, { origin, library, rulebooksUntil });
  return answerOfRun(c, await simulate(c, fit, request), request);
}

/** The same rows from a kept forecast; only years beyond those it holds are computed. Throws bad-input like `forecastAnswer`. */
export async function deskAnswer(c: Connection, desk: Desk, request: ForecastRequest): Promise<ForecastAnswer> {
  const { origin, fit, base } = desk;
  await checkFilters(c, request);
  const { from = origin + 1, to = Math.max(from, base.to) } = request;
  checkYears(origin, from, to);
  if (to <= base.to) return answerOfRun(c, base, { ...request, from, to });
  const rows = await runForecast(c, fit, { ...request, from, to });
  return { origin, columns: forecastColumns(request.by), rows, basis: base.basis };
}

/** Rows of any computed run, for instance of a scenario; years beyond `from` … `to` are left out. Filters are not checked. */
export async function answerOfRun(c: Connection, run: Run, request: ForecastRequest): Promise<ForecastAnswer> {
  const { from = run.from, to = run.to } = request;
  const rows = await forecastRows(c, run, request);
  return {
    origin: run.fit.origin,
    columns: forecastColumns(request.by),
    rows: rows.filter(({ examYear }) => examYear >= from && examYear <= to),
    basis: run.basis,
  };
}

/** Throws bad-input on a place or trade that the data does not hold. */
export async function checkFilters(
  c: Connection,
  { trade, ...place }: Pick<Filters, "district" | "unit" | "scope" | "trade">,
): Promise<void> {
  await placeParameters(c, place);
  if (trade === undefined || trade === unknownTrade) return;
  const names = (await c.rows<{ name: string }>(namedQuery("filter-trades"))).map(({ name }) => name);
  if (!names.includes(trade)) notAmong("trade", "工种", trade, [...names, unknownTrade]);
}

async function newestRoster(c: Connection): Promise<number> {
  const [row] = await c.rows<{ year: number | null }>(`SELECT max("rosterYear")::INTEGER AS year FROM workers`);
  if (row?.year) return row.year;
  throw badInput("尚未导入人员名册", "there is no roster yet", { property: "origin", value: null });
}

const texts: ReadonlySet<string> = new Set(["district", "districtName", "trade", "unit", "unitName", "targetLevel"]);
/** Interval ends are counts; everything else may be a fraction. */
const typeOf = (name: string) =>
  texts.has(name) ? "VARCHAR" : name === "examYear" || /(Low|High)\d\d$/.test(name) ? "INTEGER" : "DOUBLE";

/** The rows as a statement, so that JSON, CSV and Arrow are made like those of the other tables. */
export const forecastStatement = (c: Connection, { columns, rows }: ForecastAnswer): Promise<Statement> =>
  layOut(
    c,
    columns.map((name) => ({ name, type: typeOf(name) })),
    rows,
  );

/** Writes rows to a temporary table of the connection and gives the statement that reads them in their order. */
export async function layOut(
  c: Connection,
  columns: readonly AppendColumn[],
  rows: readonly object[],
): Promise<Statement> {
  const list = columns.map(({ name, type }) => `"${name}" ${type}`).join(", ");
  const names = columns.map(({ name }) => name);
  await c.run(`CREATE OR REPLACE TEMP TABLE forecast_answer ("position" INTEGER, ${list})`);
  function* numbered() {
    for (const [index, row] of rows.entries()) {
      const values = row as Readonly<Record<string, string | number | null | undefined>>;
      yield [index, ...names.map((name) => values[name] ?? null)];
    }
  }
  await c.append("forecast_answer", [{ name: "position", type: "INTEGER" }, ...columns], numbered());
  return {
    sql: `SELECT ${names.map((name) => `"${name}"`).join(", ")} FROM forecast_answer ORDER BY "position"`,
    params: {},
    columns: names,
  };
}
