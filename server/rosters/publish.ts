/** The staged rows → the table: what is new, what differs, what is the same; only then anything is written. */
import { castStaged } from "../rules/columns.ts";
import type { Connection } from "../store/index.ts";
import { keepImages } from "./images.ts";
import type { RosterKind } from "./report.ts";
import { keyColumns } from "./stage.ts";
import type { StageTable } from "./stage-table.ts";

const quote = (name: string) => `"${name}"`;

/** DuckDB holds a row group of each thread in memory, all columns at their full width: written in pieces it is one at a time. */
const rowsAtOnce = 122_880;

export interface Changes {
  readonly loaded: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly years: readonly number[];
}

/** Compares the staged rows with the table. */
export async function compareStage(c: Connection, kind: RosterKind): Promise<Changes> {
  const keys = keyColumns[kind];
  const year = quote(keys[0] ?? "");
  const on = keys.map((key) => `t.${quote(key)} = s.${quote(key)}`).join(" AND ");
  // What is taken from elsewhere is not in the row's hash: the trade of a name, and what was filled in from a roster.
  const same = ["rowHash", "trade", ...(kind === "applications" ? ["district", "unit", "tradeRaw"] : [])]
    .map((name) => `t.${quote(name)} IS NOT DISTINCT FROM s.${quote(name)}`)
    .join(" AND ");
  await c.run(`
    CREATE TEMP TABLE roster_change AS
    SELECT s.position, ${keys.map((key) => `s.${quote(key)}`).join(", ")},
      ${kind === "workers" ? 't."rosterRow"' : "NULL::BIGINT"} AS "rosterRow",
      CASE WHEN t."workerId" IS NULL THEN 'loaded' WHEN ${same} THEN 'unchanged' ELSE 'updated' END AS change
    FROM roster_stage s LEFT JOIN ${kind} t ON ${on}`);
  const [counts] = await c.rows<{ loaded: number; updated: number; unchanged: number; years: number[] | null }>(`
    SELECT count(*) FILTER (change = 'loaded') AS loaded, count(*) FILTER (change = 'updated') AS updated,
      count(*) FILTER (change = 'unchanged') AS unchanged,
      list(DISTINCT ${year} ORDER BY ${year}) FILTER (change <> 'unchanged') AS years
    FROM roster_change`);
  return {
    loaded: counts?.loaded ?? 0,
    updated: counts?.updated ?? 0,
    unchanged: counts?.unchanged ?? 0,
    years: counts?.years ?? [],
  };
}

/** New roster rows get the next numbers, in the order of the file. */
async function numberRows(c: Connection): Promise<void> {
  await c.run(
    `UPDATE roster_change SET "rosterRow" = numbered.number
     FROM (
       SELECT position, row_number() OVER (ORDER BY position) - 1 + (
         SELECT min(nextval('roster_rows')) FROM roster_change WHERE change = 'loaded'
       ) AS number
       FROM roster_change WHERE change = 'loaded'
     ) numbered
     WHERE numbered.position = roster_change.position`,
  );
}

/**
 * Writes the new and the differing rows, and keeps what they replace. A corrected roster row keeps its number, so links to it
 * stay good; its decisions are made anew by the caller.
 */
export async function writeChanges(
  c: Connection,
  { kind, filled }: Pick<StageTable, "kind" | "filled">,
  importId: number,
): Promise<void> {
  const keys = keyColumns[kind];
  const on = keys.map((key) => `x.${quote(key)} = ${kind}.${quote(key)}`).join(" AND ");
  if (kind === "workers") await numberRows(c);
  await keepImages(c, kind, importId);
  await c.run(`DELETE FROM ${kind} USING roster_change x WHERE x.change = 'updated' AND ${on}`);
  const names = filled.map(({ name }) => quote(name));
  const values = filled.map(({ name, castTo }) => (castTo ? castStaged(name, castTo) : `s.${quote(name)}`));
  if (kind === "workers") {
    names.push('"rosterRow"');
    values.push('x."rosterRow"');
  }
  const [last] = await c.rows<{ position: number }>("SELECT coalesce(max(position), 0) AS position FROM roster_stage");
  for (let from = 0; from < (last?.position ?? 0); from += rowsAtOnce) {
    await c.run(
      `INSERT INTO ${kind} (${names.join(", ")}, "importId")
       SELECT ${values.join(", ")}, $importId::INTEGER
       FROM roster_stage s JOIN roster_change x ON x.position = s.position
       WHERE x.change <> 'unchanged' AND s.position > $from AND s.position <= $to`,
      { importId, from, to: from + rowsAtOnce },
    );
  }
}
