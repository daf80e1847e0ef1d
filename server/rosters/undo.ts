/** Takes the newest import of a kind back: its rows become what they were, in one transaction with their decisions. */
import { fullScope } from "../access/scope.ts";
import { AppError, type Message } from "../errors.ts";
import { type Connection, dataVersion, publish, type Store } from "../store/index.ts";
import { refreshFindings } from "./findings.ts";
import { findImport, type ImportEntry, markUndone, nextImportId, recordImport } from "./history.ts";
import { keptImports, restoreImages } from "./images.ts";
import type { Decide } from "./load.ts";
import { forgetTaught } from "./mappings.ts";
import type { ImportReport, RosterKind } from "./report.ts";

export interface UndoOptions {
  /** Name of the caller, for the history. */
  readonly who: string;
}

export interface UndoReport {
  /** Number of the undo in the history. */
  readonly importId: number;
  /** The import that was taken back, and its file. */
  readonly undoes: number;
  readonly file: string;
  readonly kind: RosterKind;
  /** Rows the import had added, now gone. */
  readonly rowsRemoved: number;
  /** Rows that are again as they were. */
  readonly rowsRestored: number;
  readonly years: readonly number[];
  readonly version: number;
  readonly versionBefore: number;
}

function refuse(reason: string, { zh, en }: Message, details: Record<string, unknown> = {}): never {
  throw new AppError("conflict", { zh, en }, { reason, ...details });
}

async function newestOf(c: Connection, kind: RosterKind): Promise<{ id: number; file: string } | undefined> {
  const [newest] = await c.rows<{ id: number; file: string }>(
    `SELECT id, file FROM imports WHERE kind = $kind AND action = 'import' AND "undoneBy" IS NULL ORDER BY id DESC LIMIT 1`,
    { kind },
  );
  return newest;
}

/** The number of the newest import of a kind that stands. Throws not-found when there is none. */
export async function newestImport(c: Connection, kind: RosterKind): Promise<number> {
  const newest = await newestOf(c, kind);
  if (newest) return newest.id;
  const [zh, en] = kind === "workers" ? ["人员名册", "workers"] : ["申报与考评名册", "applications"];
  throw new AppError("not-found", { zh: `没有可撤销的${zh}导入`, en: `there is no import of ${en} to undo` }, { kind });
}

async function undoable(c: Connection, id: number): Promise<ImportEntry> {
  const entry = await findImport(c, id, fullScope);
  if (entry.action === "undo")
    refuse("is-undo", {
      zh: `第 ${id} 号记录本身是一次撤销；如需恢复，请重新导入文件“${entry.file}”`,
      en: `entry ${id} is an undo itself: to have the rows back, import "${entry.file}" again`,
    });
  if (entry.undoneBy !== null)
    refuse("undone", {
      zh: `第 ${id} 号导入已经撤销（第 ${entry.undoneBy} 号记录）`,
      en: `import ${id} is undone already (entry ${entry.undoneBy})`,
    });
  const newest = await newestOf(c, entry.kind);
  if (newest && newest.id !== id)
    refuse(
      "not-newest",
      {
        zh: `只能撤销同类名册最近的一次导入：请先撤销第 ${newest.id} 号（${newest.file}）`,
        en: `only the newest import of its kind can be undone: undo ${newest.id} (${newest.file}) first`,
      },
      { newest: newest.id },
    );
  if (!entry.undoable)
    refuse("too-old", {
      zh: `第 ${id} 号导入替换的原有数据已不再保留（每类名册保留最近 ${keptImports} 次），不能撤销`,
      en: `the rows that import ${id} replaced are no longer kept (only those of the newest ${keptImports} imports of a kind are)`,
    });
  return entry;
}

async function undoInto(
  c: Connection,
  id: number,
  decide: Decide,
  { who }: UndoOptions,
  now: Date,
): Promise<UndoReport> {
  const { kind, file, sha256, who: importedBy, importedAt } = await undoable(c, id);
  // A wrong match may be why it is undone: the next file must not be read with it.
  await forgetTaught(c, kind, importedBy, importedAt);
  const { removed, restored, years } = await restoreImages(c, kind, id);
  if (kind === "workers") await decide(c, years);
  await refreshFindings(c, Math.min(...years) - (kind === "applications" ? 1 : 0));
  const { version: versionBefore } = await dataVersion(c);
  const importId = await nextImportId(c);
  const version = await publish(c, `undo of import ${id}`, now);
  const report: ImportReport & { rowsRemoved: number; rowsRestored: number } = {
    file,
    kind,
    dryRun: false,
    rowsRead: 0,
    rowsSkipped: 0,
    skipped: { notes: 0, totals: 0, headings: 0, examples: 0 },
    rowsLoaded: 0,
    rowsRejected: 0,
    rowsUpdated: 0,
    rowsUnchanged: 0,
    rowsRemoved: removed,
    rowsRestored: restored,
    errors: 0,
    warnings: 0,
    problems: [],
    problemsNotListed: 0,
    counts: [],
    unmapped: { columns: [], trades: [], districts: [] },
    years,
    version,
    importId,
  };
  const action = "undo";
  await recordImport(c, {
    id: importId,
    action,
    kind,
    file,
    sha256,
    who,
    version,
    versionBefore,
    undoes: id,
    at: now,
    report,
  });
  await markUndone(c, id, importId);
  return {
    importId,
    undoes: id,
    file,
    kind,
    rowsRemoved: removed,
    rowsRestored: restored,
    years,
    version,
    versionBefore,
  };
}

/**
 * `undoImport` with the decision maker given; see there. `which`: the number of an import, or a kind for its newest.
 */
export function undoRows(
  store: Store,
  which: number | RosterKind,
  decide: Decide,
  options: UndoOptions,
  now: Date = new Date(),
): Promise<UndoReport> {
  return store.transaction(async (c) => {
    const id = typeof which === "number" ? which : await newestImport(c, which);
    return undoInto(c, id, decide, options, now);
  });
}
