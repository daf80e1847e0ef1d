/** The rows an import replaced, as they were: kept when it is published, put back when it is undone. */
import type { Connection } from "../store/index.ts";
import type { RosterKind } from "./report.ts";
import { keyColumns } from "./stage.ts";

/** So many imports of a kind can be undone, the newest first; older ones give their old rows up. */
export const keptImports = 20;

const imagesOf = (kind: RosterKind) => `${kind}_replaced`;

/** Keeps the rows that `roster_change` says will be replaced. Call before they are deleted. */
export async function keepImages(c: Connection, kind: RosterKind, importId: number): Promise<void> {
  const on = keyColumns[kind].map((key) => `x."${key}" = t."${key}"`).join(" AND ");
  await c.run(
    `INSERT INTO ${imagesOf(kind)} BY NAME
     SELECT $importId::INTEGER AS "replacedBy", t.*
     FROM ${kind} t JOIN roster_change x ON x.change = 'updated' AND ${on}`,
    { importId },
  );
}

/** Lets the old rows of all but the newest imports of the kind go. */
export async function dropOldImages(c: Connection, kind: RosterKind): Promise<void> {
  const images = imagesOf(kind);
  const old = `SELECT id FROM imports WHERE kind = $kind AND action = 'import' AND "undoneBy" IS NULL
    ORDER BY id DESC OFFSET $kept::INTEGER`;
  const params = { kind, kept: keptImports };
  // one that replaced nothing needs no old rows
  await c.run(
    `UPDATE imports SET "imagesKept" = false
     WHERE id IN (SELECT DISTINCT "replacedBy" FROM ${images}) AND id IN (${old})`,
    params,
  );
  await c.run(`DELETE FROM ${images} WHERE "replacedBy" IN (${old})`, params);
}

export interface Restored {
  /** Rows that the import had added, now gone. */
  readonly removed: number;
  /** Rows that are again as they were. */
  readonly restored: number;
  /** Roster or exam years of both. */
  readonly years: readonly number[];
}

/**
 * Puts the rows back as they were before an import. Only right for the newest import of the kind: then every row that carries
 * its number is one it wrote.
 */
export async function restoreImages(c: Connection, kind: RosterKind, importId: number): Promise<Restored> {
  const images = imagesOf(kind);
  const year = `"${keyColumns[kind][0]}"`;
  const [counts] = await c.rows<{ written: number; restored: number; years: number[] | null }>(
    `SELECT count(*) FILTER (NOT old) AS written, count(*) FILTER (old) AS restored, list(DISTINCT year ORDER BY year) AS years
     FROM (
       SELECT ${year} AS year, false AS old FROM ${kind} WHERE "importId" = $importId
       UNION ALL
       SELECT ${year}, true FROM ${images} WHERE "replacedBy" = $importId
     )`,
    { importId },
  );
  await c.run(`DELETE FROM ${kind} WHERE "importId" = $importId`, { importId });
  await c.run(
    `INSERT INTO ${kind} BY NAME SELECT * EXCLUDE ("replacedBy") FROM ${images} WHERE "replacedBy" = $importId`,
    { importId },
  );
  await c.run(`DELETE FROM ${images} WHERE "replacedBy" = $importId`, { importId });
  const { written = 0, restored = 0, years } = counts ?? {};
  return { removed: written - restored, restored, years: years ?? [] };
}
