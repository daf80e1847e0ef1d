/** Which trade a name stands for in which year, where the office's aliases and closed trades depend on the year. */
import type { Connection } from "../store/index.ts";
import { placeKey } from "./places.ts";

export interface Alias {
  readonly alias: string;
  /** Null: stands for no trade. */
  readonly trade: string | null;
  /** The exam year from which it holds; null = always. A trade that was closed or merged has its own name as alias, and a year. */
  readonly since: number | null;
}

/**
 * The trade of a name in an exam year; null when it stands for none, undefined when nothing is known of the name
 * as a whole (a cell with two trades, a name nobody has entered).
 */
export type TradeOf = (raw: string, examYear: number) => string | null | undefined;

/** `aliases`: without circles. */
export function tradeNames(trades: readonly string[], aliases: readonly Alias[]): TradeOf {
  const names = new Map(trades.map((name) => [placeKey(name), name]));
  const byKey = new Map(aliases.map((alias) => [placeKey(alias.alias), alias]));
  const tradeOf: TradeOf = (raw, examYear) => {
    const key = placeKey(raw);
    const name = names.get(key);
    const alias = byKey.get(key);
    if (!alias) return name;
    const holds = alias.since === null ? name === undefined : examYear >= alias.since;
    if (!holds) return name ?? null;
    return alias.trade === null ? null : (tradeOf(alias.trade, examYear) ?? null);
  };
  return tradeOf;
}

/** The other names of trades, those the product has and those the office entered, in one order. */
export const loadAliases = (c: Connection): Promise<Alias[]> =>
  c.rows<Alias>("SELECT alias, trade, since FROM trade_aliases ORDER BY ALL");

/** The names in force. */
export async function loadTradeNames(c: Connection): Promise<TradeOf> {
  const trades = await c.rows<{ name: string }>("SELECT name FROM trades");
  return tradeNames(
    trades.map(({ name }) => name),
    await loadAliases(c),
  );
}

interface Named {
  readonly raw: string;
  readonly year: number;
  readonly trade: string | null;
}

export interface Renamed extends Named {
  /** The trade the rows had. */
  readonly before: string | null;
  readonly rows: number;
}

/**
 * Gives the rows of a table the trades their names stand for; names of which nothing is known keep what the cell was read as, but
 * for those in `forgotten` (keys), which lose it. Returns what changed.
 */
export async function nameTrades(
  c: Connection,
  table: string,
  yearColumn: "rosterYear" | "examYear",
  tradeOf: TradeOf,
  forgotten: ReadonlySet<string> = new Set(),
): Promise<Renamed[]> {
  const found = await c.rows<{ raw: string; year: number; before: string | null; rows: number }>(
    `SELECT "tradeRaw" AS raw, "${yearColumn}" AS year, trade AS before, count(*) AS rows
     FROM ${table} WHERE "tradeRaw" IS NOT NULL GROUP BY ALL ORDER BY raw, year`,
  );
  const renamed = found.flatMap((row) => {
    // A roster is what the exam of the year after it is decided on.
    const trade = tradeOf(row.raw, yearColumn === "rosterYear" ? row.year + 1 : row.year);
    const named = trade === undefined && forgotten.has(placeKey(row.raw)) ? null : trade;
    return named === undefined || named === row.before ? [] : [{ ...row, trade: named }];
  });
  if (renamed.length === 0) return [];
  await c.run("CREATE OR REPLACE TEMP TABLE trade_renamed (raw VARCHAR, year SMALLINT, before VARCHAR, trade VARCHAR)");
  const columns = [
    { name: "raw", type: "VARCHAR" },
    { name: "year", type: "SMALLINT" },
    { name: "before", type: "VARCHAR" },
    { name: "trade", type: "VARCHAR" },
  ] as const;
  await c.append(
    "trade_renamed",
    columns,
    renamed.map((row) => columns.map(({ name }) => row[name])),
  );
  await c.run(
    `UPDATE ${table} SET trade = n.trade FROM trade_renamed n
     WHERE ${table}."tradeRaw" = n.raw AND ${table}."${yearColumn}" = n.year AND ${table}.trade IS NOT DISTINCT FROM n.before`,
  );
  await c.run("DROP TABLE trade_renamed");
  return renamed;
}

/** Gives every row on file its trade anew, replaced rows too; returns the roster years with changed rows. */
export async function renameTrades(c: Connection, forgotten: ReadonlySet<string>): Promise<number[]> {
  const tradeOf = await loadTradeNames(c);
  const renamed = await nameTrades(c, "workers", "rosterYear", tradeOf, forgotten);
  await nameTrades(c, "workers_replaced", "rosterYear", tradeOf, forgotten);
  for (const table of ["applications", "applications_replaced"]) {
    await nameTrades(c, table, "examYear", tradeOf, forgotten);
  }
  return [...new Set(renamed.map(({ year }) => year))].sort((a, b) => a - b);
}
