/** The history of imports and undos: who, when, what file, what it did, and what can be undone. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { AppError } from "../errors.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import { type ImportReport, type RosterKind, shortReport } from "./report.ts";

/** An undo writes a report like an import's, all counts 0, and these. */
export interface HistoryReport extends ImportReport {
  readonly rowsRemoved?: number;
  readonly rowsRestored?: number;
}

export interface ImportEntry {
  readonly id: number;
  readonly action: "import" | "undo";
  readonly kind: RosterKind;
  readonly file: string;
  readonly sha256: string;
  /** Name of the caller. */
  readonly who: string;
  /** ISO instant, UTC. */
  readonly importedAt: string;
  /** Data version it was published with, and the one before. */
  readonly version: number;
  readonly versionBefore: number;
  /** Roster or exam years with changed rows. */
  readonly years: readonly number[];
  /** Of an undo: the import it took back. */
  readonly undoes: number | null;
  /** Of an import: the undo that took it back. */
  readonly undoneBy: number | null;
  /** The newest import of its kind that stands, with the rows it replaced still known. */
  readonly undoable: boolean;
  readonly report: HistoryReport;
}

type Stored = Omit<ImportEntry, "report" | "years"> & { readonly report: string };

function entryOf(row: Stored): ImportEntry {
  const report = JSON.parse(row.report) as HistoryReport;
  return { ...row, years: report.years, report };
}

/** The newest first. An import may hold rows of every district, so only the full scope sees any. */
export async function listImports(c: Connection, scope: Scope): Promise<ImportEntry[]> {
  const rows = await c.rows<Stored>(namedQuery("imports"), { scope: scopeParameter(scope), id: null });
  return rows.map((row) => {
    const entry = entryOf(row);
    return { ...entry, report: shortReport(entry.report) };
  });
}

/** One entry with all its problems. Throws not-found. */
export async function findImport(c: Connection, id: number, scope: Scope): Promise<ImportEntry> {
  const [row] = await c.rows<Stored>(namedQuery("imports"), { scope: scopeParameter(scope), id });
  if (row) return entryOf(row);
  throw new AppError(
    "not-found",
    { zh: `没有编号为 ${id} 的导入`, en: `no import ${id}` },
    { property: "id", value: id },
  );
}

/** The next number of an entry. Call inside the transaction that records it. */
export async function nextImportId(c: Connection): Promise<number> {
  const [next] = await c.rows<{ id: number }>("SELECT coalesce(max(id), 0) + 1 AS id FROM imports");
  return next?.id ?? 1;
}

export type NewEntry = Pick<
  ImportEntry,
  "id" | "action" | "kind" | "file" | "sha256" | "who" | "version" | "undoes"
> & {
  readonly versionBefore: number;
  readonly at: Date;
  readonly report: HistoryReport;
};

export async function recordImport(c: Connection, { at, report, ...entry }: NewEntry): Promise<void> {
  await c.run(
    `INSERT INTO imports BY NAME
     SELECT $id::INTEGER AS id, $action::VARCHAR AS action, $kind::VARCHAR AS kind, $file::VARCHAR AS file, $sha256::VARCHAR AS sha256,
       $who::VARCHAR AS who, $at::TIMESTAMP AS "importedAt", $version::INTEGER AS version, $versionBefore::INTEGER AS "versionBefore",
       $undoes::INTEGER AS undoes, true AS "imagesKept", $report::JSON AS report`,
    { ...entry, at: at.toISOString().replace("T", " ").replace("Z", ""), report: JSON.stringify(report) },
  );
}

export async function markUndone(c: Connection, id: number, undoneBy: number): Promise<void> {
  await c.run('UPDATE imports SET "undoneBy" = $undoneBy WHERE id = $id', { id, undoneBy });
}
