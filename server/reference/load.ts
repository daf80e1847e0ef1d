/** Reference tables of the product: data/reference/*.csv → districts, trades, trade_aliases. */
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { AppError } from "../errors.ts";
import { ofProduct } from "../root.ts";
import type { Connection } from "../store/index.ts";

type Row = Readonly<Record<string, string>>;

async function readTable(name: string, columns: readonly string[]): Promise<Row[]> {
  const file = ofProduct(`data/reference/${name}.csv`);
  const rows: Row[] = parse(await readFile(file), { columns: true, comment: "#", comment_no_infix: true, bom: true });
  for (const column of columns) {
    if (rows[0]?.[column] === undefined) {
      throw new AppError("internal", {
        zh: `基础数据 ${name}.csv 缺少列 ${column}`,
        en: `reference table ${name}.csv has no column ${column}`,
      });
    }
  }
  return rows;
}

const column = (rows: readonly Row[], name: string): string[] => rows.map((row) => row[name] ?? "");

/** Codes from the province down to the district itself. */
function ancestorsOf(code: string, parents: ReadonlyMap<string, string>): string[] {
  const path = [code];
  for (let parent = parents.get(code); parent; parent = parents.get(parent)) {
    if (path.includes(parent)) throw new Error(`districts.csv: ${code} is its own ancestor`);
    path.unshift(parent);
  }
  return path;
}

async function loadDistricts(c: Connection): Promise<void> {
  const rows = await readTable("districts", ["code", "name", "parent", "tier", "standard", "oldCodes", "aliases"]);
  const parents = new Map(rows.map((row) => [row.code ?? "", row.parent ?? ""]));
  const codes = column(rows, "code");
  await c.run("DELETE FROM districts WHERE code IN (SELECT unnest($codes::VARCHAR[]))", { codes });
  // string_split('') is a list with one empty text, not an empty list.
  const list = (name: string) => `list_filter(string_split(${name}, '|'), lambda item: item <> '')`;
  await c.run(
    `INSERT INTO districts
     SELECT code, name, nullif(parent, ''), tier, standard = 'true', ${list('"oldCodes"')}, ${list("aliases")}, ${list("ancestors")}
     FROM (SELECT unnest($codes::VARCHAR[]) AS code, unnest($names::VARCHAR[]) AS name, unnest($parents::VARCHAR[]) AS parent,
             unnest($tiers::VARCHAR[]) AS tier, unnest($standard::VARCHAR[]) AS standard,
             unnest($oldCodes::VARCHAR[]) AS "oldCodes", unnest($aliases::VARCHAR[]) AS aliases,
             unnest($ancestors::VARCHAR[]) AS ancestors)`,
    {
      codes,
      names: column(rows, "name"),
      parents: column(rows, "parent"),
      tiers: column(rows, "tier"),
      standard: column(rows, "standard"),
      oldCodes: column(rows, "oldCodes"),
      aliases: column(rows, "aliases"),
      ancestors: codes.map((code) => ancestorsOf(code, parents).join("|")),
    },
  );
}

/** Names of the trades in the product's own table, and other names that rosters use for them. */
export async function tradeNames(): Promise<{ names: string[]; aliases: string[] }> {
  const [trades, aliases] = await Promise.all([readTable("trades", ["name"]), readTable("trade-aliases", ["alias"])]);
  return { names: column(trades, "name"), aliases: column(aliases, "alias") };
}

async function loadTrades(c: Connection): Promise<void> {
  const rows = await readTable("trades", ["name", "category", "general", "generalAssumed"]);
  const names = column(rows, "name");
  const edited = await c.rows<{ name: string; general: boolean; generalAssumed: boolean }>(
    `SELECT name, general, "generalAssumed" FROM trades
     WHERE NOT "generalAssumed" OR name IN (SELECT trade FROM trade_confirmations)`,
  );
  const kept = new Map(edited.map((trade) => [trade.name, trade]));
  await c.run("DELETE FROM trades WHERE name IN (SELECT unnest($names::VARCHAR[]))", { names });
  await c.run(
    `INSERT INTO trades
     SELECT name, category, general = 'true', assumed = 'true'
     FROM (SELECT unnest($names::VARCHAR[]) AS name, unnest($categories::VARCHAR[]) AS category,
             unnest($general::VARCHAR[]) AS general, unnest($assumed::VARCHAR[]) AS assumed)`,
    {
      names,
      categories: column(rows, "category"),
      general: rows.map((row) => String(kept.get(row.name ?? "")?.general ?? row.general === "true")),
      assumed: rows.map((row) => String(kept.get(row.name ?? "")?.generalAssumed ?? row.generalAssumed === "true")),
    },
  );
}

async function loadAliases(c: Connection): Promise<void> {
  const rows = await readTable("trade-aliases", ["alias", "trade", "source", "confidence"]);
  await c.run("DELETE FROM trade_aliases WHERE confidence = 'assumed' AND who IS NULL");
  await c.run(
    `INSERT INTO trade_aliases (alias, trade, source, confidence)
     SELECT alias, trade, source, confidence
     FROM (SELECT unnest($aliases::VARCHAR[]) AS alias, unnest($trades::VARCHAR[]) AS trade,
             unnest($sources::VARCHAR[]) AS source, unnest($confidence::VARCHAR[]) AS confidence)
     WHERE alias NOT IN (SELECT alias FROM trade_aliases)`,
    {
      aliases: column(rows, "alias"),
      trades: column(rows, "trade"),
      sources: column(rows, "source"),
      confidence: column(rows, "confidence"),
    },
  );
}

/**
 * Brings the reference tables to the state of data/reference/*.csv. Idempotent; call inside a transaction. What an
 * administrator confirmed in the database stays: general flags that are confirmed or edited, aliases that
 * are confirmed or that somebody entered.
 */
export async function loadReference(c: Connection): Promise<void> {
  await loadDistricts(c);
  await loadTrades(c);
  await loadAliases(c);
}
