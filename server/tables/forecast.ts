/** The forecast as a table: computed on the connection, grouped, and laid out as a statement like the other tables. */
import { badInput } from "../errors.ts";
import {
  type Assumptions,
  type Basis,
  type ForecastRow,
  fitForecast,
  forecastColumns,
  forecastRows,
  simulate,
} from "../forecast/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery } from "../store/index.ts";
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
  await placeParameters(c, request);
  if (request.trade !== undefined && request.trade !== unknownTrade) {
    const names = (await c.rows<{ name: string }>(namedQuery("filter-trades"))).map(({ name }) => name);
    if (!names.includes(request.trade)) notAmong("trade", "工种", request.trade, [...names, unknownTrade]);
  }
  // In retrospect, what was announced later was not known.
  const rulebooksUntil = origin < newest ? origin : undefined;
  const fit = await fitForecast(c, { origin, library, rulebooksUntil });
  const run = await simulate(c, fit, request);
  return { origin, columns: forecastColumns(request.by), rows: await forecastRows(c, run, request), basis: run.basis };
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
export async function forecastStatement(c: Connection, { columns, rows }: ForecastAnswer): Promise<Statement> {
  const typed = columns.map((name) => ({ name, type: typeOf(name) }));
  const list = typed.map(({ name, type }) => `"${name}" ${type}`).join(", ");
  await c.run(`CREATE OR REPLACE TEMP TABLE forecast_answer ("position" INTEGER, ${list})`);
  function* numbered() {
    for (const [index, row] of rows.entries()) {
      yield [index, ...columns.map((name) => (row as Record<string, string | number | null>)[name] ?? null)];
    }
  }
  await c.append("forecast_answer", [{ name: "position", type: "INTEGER" }, ...typed], numbered());
  return {
    sql: `SELECT ${columns.map((name) => `"${name}"`).join(", ")} FROM forecast_answer ORDER BY "position"`,
    params: {},
    columns,
  };
}
