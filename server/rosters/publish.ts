/** The staged rows → the table: what is new, what differs, what is the same; only then anything is written. */
import { castStaged } from "../rules/columns.ts";
import type { Connection } from "../store/index.ts";
import { keepImages } from "./images.ts";
import type { RosterKind } from "./report.ts";
import { keyColumns, type StageColumn, stageColumns } from "./stage.ts";

const quote = (name: string) => `"${name}"`;
const bare = ({ castTo: _, ...column }: StageColumn) => column;

/** Columns the rows are appended with: those of the file and the position that keeps their order. */
export const stagedColumns = (kind: RosterKind) => [
  ...stageColumns(kind).map(bare),
  { name: "position", type: "INTEGER", own: true },
];

export async function createStage(c: Connection, kind: RosterKind): Promise<void> {
  const columns = stagedColumns(kind).map(({ name, type }) => `${quote(name)} ${type}`);
  await c.run(`CREATE TEMP TABLE roster_stage (${columns.join(", ")})`);
}

export async function dropStage(c: Connection): Promise<void> {
  await c.run("DROP TABLE IF EXISTS roster_change; DROP TABLE IF EXISTS roster_stage");
}

/** What an application leaves out, the worker's newest roster up to the exam year says. */
export async function fillFromRosters(c: Connection): Promise<void> {
  await c.run(`
    UPDATE roster_stage SET
      district = coalesce(roster_stage.district, newest.found.district),
      unit = coalesce(roster_stage.unit, newest.found.unit),
      trade = CASE WHEN roster_stage."tradeRaw" IS NULL THEN newest.found.trade ELSE roster_stage.trade END,
      "tradeRaw" = coalesce(roster_stage."tradeRaw", newest.found."tradeRaw")
    FROM (
      SELECT s.position, max_by(struct_pack(district := w.district, unit := w.unit, trade := w.trade, "tradeRaw" := w."tradeRaw"), w."rosterYear") AS found
      FROM roster_stage s JOIN workers w ON w."workerId" = s."workerId" AND w."rosterYear" <= s."examYear"
      WHERE s.district IS NULL OR s.unit IS NULL OR s."tradeRaw" IS NULL
      GROUP BY s.position
    ) newest
    WHERE newest.position = roster_stage.position`);
}

export interface Unplaced {
  readonly sourceRow: number;
  /** Null for text tables. */
  readonly sheet: string | null;
  readonly workerId: string;
  readonly district: string | null;
  readonly unit: string | null;
}

/** Takes out the rows that still have no district or no unit. */
export async function takeUnplaced(c: Connection): Promise<Unplaced[]> {
  const rows = await c.rows<Unplaced>(
    'SELECT "sourceRow", sheet, "workerId", district, unit FROM roster_stage WHERE district IS NULL OR unit IS NULL ORDER BY position',
  );
  if (rows.length > 0) await c.run("DELETE FROM roster_stage WHERE district IS NULL OR unit IS NULL");
  return rows;
}

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
      ${kind === "workers" ? 't."rosterRow"' : "NULL::BIGINT"} AS "oldRow",
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

/**
 * Writes the new and the differing rows, and keeps what they replace. A corrected roster row keeps its number, so links to it
 * stay good; its decisions are made anew by the caller.
 */
export async function writeChanges(c: Connection, kind: RosterKind, importId: number): Promise<void> {
  const keys = keyColumns[kind];
  const on = keys.map((key) => `x.${quote(key)} = ${kind}.${quote(key)}`).join(" AND ");
  await keepImages(c, kind, importId);
  await c.run(`DELETE FROM ${kind} USING roster_change x WHERE x.change = 'updated' AND ${on}`);
  const columns = stageColumns(kind);
  const names = columns.map(({ name }) => quote(name));
  const values = columns.map(({ name, castTo }) => (castTo ? castStaged(name, castTo) : quote(name)));
  if (kind === "workers") {
    names.push('"rosterRow"');
    values.push(`coalesce("oldRow", nextval('roster_rows'))`);
  }
  await c.run(
    `INSERT INTO ${kind} (${names.join(", ")}, "importId")
     SELECT ${values.join(", ")}, $importId::INTEGER
     FROM (
       SELECT s.*, x."oldRow" FROM roster_stage s JOIN roster_change x ON x.position = s.position
       WHERE x.change <> 'unchanged' ORDER BY s.position
     )`,
    { importId },
  );
}
