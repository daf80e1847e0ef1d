/** The staged rows → the table: what is new, what differs, what is the same; only then anything is written. */
import { castStaged } from "../rules/columns.ts";
import type { Connection } from "../store/index.ts";
import { keepImages } from "./images.ts";
import type { RosterKind } from "./report.ts";
import { keyColumns } from "./stage.ts";
import type { StageTable } from "./stage-table.ts";

const quote = (name: string) => `"${name}"`;

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

/** Takes numbers for new roster rows; gives the one before the first. */
async function takeNumbers(c: Connection, rows: number): Promise<number> {
  const [taken] = await c.rows<{ before: number | null }>(
    "SELECT min(nextval('roster_rows')) - 1 AS before FROM range($rows::BIGINT)",
    { rows },
  );
  return taken?.before ?? 0;
}

/**
 * Writes the new and the differing rows, and keeps what they replace. A corrected roster row keeps its number, so links to it
 * stay good; its decisions are made anew by the caller.
 */
export async function writeChanges(
  c: Connection,
  { kind, filled }: Pick<StageTable, "kind" | "filled">,
  { loaded, updated, unchanged }: Changes,
  importId: number,
): Promise<void> {
  const isNew = updated + unchanged === 0;
  if (!isNew) {
    const on = keyColumns[kind].map((key) => `x.${quote(key)} = ${kind}.${quote(key)}`).join(" AND ");
    await keepImages(c, kind, importId);
    await c.run(`DELETE FROM ${kind} USING roster_change x WHERE x.change = 'updated' AND ${on}`);
  }
  const names = filled.map(({ name }) => quote(name));
  const values = filled.map(({ name, castTo }) => (castTo ? castStaged(name, castTo) : quote(name)));
  const before = kind === "workers" ? await takeNumbers(c, loaded) : 0;
  if (kind === "workers") {
    names.push('"rosterRow"');
    // Counting the rows keeps their order, and one thread at work: each holds a part of the wide table in memory.
    values.push(isNew ? `${before} + row_number() OVER ()` : '"rosterRow"');
  }
  const changed = `(
    SELECT s.*, x."rosterRow" FROM roster_stage s JOIN (
      SELECT position,
        coalesce("rosterRow", ${before} + count(*) FILTER (change = 'loaded') OVER (ORDER BY position)) AS "rosterRow"
      FROM roster_change WHERE change <> 'unchanged'
    ) x ON x.position = s.position ORDER BY s.position
  )`;
  await c.run(
    `INSERT INTO ${kind} (${names.join(", ")}, "importId")
     SELECT ${values.join(", ")}, $importId::INTEGER FROM ${isNew ? "roster_stage" : changed}`,
    { importId },
  );
}
