/** The front door of the rosters: importing a file, the report about it, and the workbook to fill in. */
import { decideRosters } from "../eligibility/decide-rosters.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Store } from "../store/index.ts";
import { maskIdentities } from "./identity.ts";
import { type Decide, type ImportOptions, loadRows } from "./load.ts";
import type { ImportReport, RosterKind } from "./report.ts";
import { type UndoOptions, type UndoReport, undoRows } from "./undo.ts";

export { findingsOutdated, refreshFindings } from "./findings.ts";
export { findImport, type ImportEntry, listImports } from "./history.ts";
export { type ImportJob, ImportJobs, secondsLeft } from "./jobs.ts";
export type { ImportOptions, ImportProgress } from "./load.ts";
export { forgetHeading, listedHeading, rememberedHeadings } from "./mappings.ts";
export { type MarkedInput, markedName, markedWorkbook } from "./marked.ts";
export { loadPlaceNames } from "./places.ts";
export { type PreviewOptions, previewRoster, type RosterPreview } from "./preview.ts";
export { type KeptProblems, ProblemFile, ProblemFolder, readProblems } from "./problem-file.ts";
export { type FoundProblem, type ImportReport, type Problem, type RosterKind, shortReport } from "./report.ts";
export { templateWorkbook } from "./template.ts";
export {
  deleteAlias,
  listAliases,
  listTrades,
  type NewAlias,
  putAlias,
  putTrade,
  putTrades,
  resetTrade,
  unmappedTrades,
} from "./trades.ts";
export type { UndoOptions, UndoReport } from "./undo.ts";
export { unitListFiles, unitLists, unitListsName } from "./unit-lists.ts";
export {
  deleteUnitChange,
  listRosterUnits,
  listUnitChanges,
  putUnitChange,
  suggestUnitChanges,
  type UnitChange,
} from "./units.ts";
export { type UploadedFile, Uploads } from "./uploads.ts";

/**
 * Loads one roster file (.xlsx or text table, told by its content) in one transaction, decides the touched roster years anew and
 * publishes a new data version; the same file again changes nothing. A bad row is rejected and reported, and never stops the others.
 * @throws AppError too-large (before reading), bad-input (no roster, damaged, empty, no heading, required column missing), cancelled.
 */
export function importRoster(
  store: Store,
  library: RulebookLibrary,
  path: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const { onProgress } = options;
  // The name of a file may name somebody by their identity number.
  const named = { ...options, fileName: maskIdentities(options.fileName) };
  return loadRows(store, path, named, (c, years) =>
    decideRosters(c, library, years, (done) => onProgress?.({ phase: "decide", rows: done })),
  );
}

/**
 * Takes an import back, by its number or as the newest of a kind: its rows become exactly what they were, the touched roster years are
 * decided anew and a new data version is published, in one transaction. Only the newest import of a kind that stands can be undone.
 * @throws AppError not-found (no such import), conflict (details.reason: is-undo, undone, not-newest, too-old).
 */
export function undoImport(
  store: Store,
  library: RulebookLibrary,
  which: number | RosterKind,
  options: UndoOptions,
): Promise<UndoReport> {
  return undoRows(store, which, decideWith(library), options);
}

/** Makes decisions inside an edit or an import, with the rulebooks of a library. */
export const decideWith =
  (library: RulebookLibrary): Decide =>
  (c, years) =>
    decideRosters(c, library, years);
