/**
 * A roster file → the database. Reading and checking fill a staging table and hold nobody up; comparing, writing and deciding are one
 * transaction: all of it or nothing.
 */
import { AppError, badInput } from "../errors.ts";
import { type Connection, dataVersion, publish, type Store } from "../store/index.ts";
import { fieldsOf, yearField } from "./fields.ts";
import { refreshFindings } from "./findings.ts";
import type { GivenPlace } from "./given.ts";
import { nextImportId, recordImport } from "./history.ts";
import { identityKey } from "./identity.ts";
import { dropOldImages } from "./images.ts";
import type { ImportRun } from "./import-run.ts";
import { rememberHeadings } from "./mappings.ts";
import { describeTarget, keyOf, leftOut, matcher, normaliseHeading } from "./match.ts";
import { type Changes, compareStage, writeChanges } from "./publish.ts";
import type { FoundProblem, ImportReport, RosterKind } from "./report.ts";
import { settleRows } from "./settle.ts";
import { type Staged, stageRows } from "./stage-rows.ts";

export interface ImportOptions extends GivenPlace {
  readonly kind: RosterKind;
  /** Roster year or exam year of rows that do not name one. */
  readonly year?: number | undefined;
  /** The same report, nothing written. */
  readonly dryRun?: boolean | undefined;
  /** Name to show; the content decides what the file is. */
  readonly fileName: string;
  /** Name of the caller, for the history; default 命令行. */
  readonly who?: string | undefined;
  /** Heading as in the file → English name of the column. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  /** Larger files are refused before anything is read; default 100 MB. */
  readonly limitBytes?: number | undefined;
  /** Files with more rows of data are refused; default a million. */
  readonly limitRows?: number | undefined;
  /** Files from this size on are read in a thread of their own; default a million bytes. */
  readonly apartFromBytes?: number | undefined;
  /** The worksheet to read; without it all visible ones that hold rows of the kind. */
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Gets every problem as it is found, each cell on its own; the report lists a bounded number and says repeated ones once. */
  readonly onProblem?: ((problem: FoundProblem) => void) | undefined;
}

export interface ImportProgress {
  readonly phase: "read" | "load" | "decide";
  /** Rows read so far; in phase decide, rosters decided. */
  readonly rows: number;
  /** In phase read, how many rows the file seems to hold, blank ones included. */
  readonly total?: number;
}

/** Decides the rosters of these years anew; called inside the transaction, only when rows of workers changed. */
export type Decide = (c: Connection, rosterYears: readonly number[]) => Promise<void>;

/** Who imports, where nobody is named. */
const commandLine = "命令行";

function checkMapping(kind: RosterKind, mapping: Readonly<Record<string, string>>): void {
  const match = matcher(kind);
  const mapped = matcher(kind, mapping);
  const taken = new Map<string, string>();
  for (const [heading, name] of Object.entries(mapping)) {
    if (name === leftOut) continue;
    if (match(normaliseHeading(name))) {
      const target = mapped(heading);
      if (!target) continue;
      const key = keyOf(target);
      const other = taken.get(key);
      taken.set(key, heading);
      // Which of the two counts would be left to the order of the columns.
      if (other === undefined || normaliseHeading(other) === normaliseHeading(heading)) continue;
      const { zh, en } = describeTarget(target);
      throw badInput(
        `列对照中“${other}”和“${heading}”都指向“${zh}”：只能选其中一列`,
        `the mapping takes both "${other}" and "${heading}" for ${en}: choose one of them`,
        { headings: [other, heading], column: name },
      );
    }
    const names = fieldsOf(kind).map((field) => field.name);
    throw badInput(
      `列对照中“${heading}”指向未知的列 ${name}`,
      `the mapping of "${heading}" names an unknown column ${name}`,
      { heading, column: name, allowed: names },
    );
  }
}

/** Publishes the staged rows, unless they change nothing or it is a dry run. */
async function publishRows(c: Connection, staged: Staged, decide: Decide, now: Date): Promise<ImportReport> {
  const { run, table } = staged;
  const { kind, fileName, who = commandLine, dryRun = false, onProgress } = run.options;
  await settleRows(c, staged);
  const changes = await compareStage(c, kind);
  const report = (version: number, importId: number | null): ImportReport => ({
    ...reportOf(run, changes),
    file: fileName,
    kind,
    dryRun,
    version,
    importId,
  });
  const { version } = await dataVersion(c);
  if (dryRun || changes.loaded + changes.updated === 0) return report(version, null);
  const importId = await nextImportId(c);
  await writeChanges(c, table, changes, importId);
  if (kind === "workers") {
    onProgress?.({ phase: "decide", rows: 0 });
    await decide(c, changes.years);
  }
  // an application is held against the roster of the year before
  await refreshFindings(c, Math.min(...changes.years) - (kind === "applications" ? 1 : 0));
  const finished = report(await publish(c, `import ${importId}`, now), importId);
  await recordImport(c, {
    id: importId,
    action: "import",
    kind,
    file: fileName,
    sha256: run.read.sha256,
    who,
    version: finished.version,
    versionBefore: version,
    undoes: null,
    at: now,
    report: finished,
  });
  await dropOldImages(c, kind);
  await rememberHeadings(c, kind, run.read.headingsUsed, who, now);
  return finished;
}

function reportOf({ problems, rowsRejected, read }: ImportRun, changes: Changes) {
  const { rowsRead, skipped, unknownColumns, unmapped } = read;
  return {
    rowsRead,
    rowsSkipped: Object.values(skipped).reduce((sum, rows) => sum + rows, 0),
    skipped,
    rowsLoaded: changes.loaded,
    rowsRejected,
    rowsUpdated: changes.updated,
    rowsUnchanged: changes.unchanged,
    errors: problems.errors,
    warnings: problems.warnings,
    problems: problems.listed,
    problemsNotListed: problems.notListed,
    counts: problems.counts,
    unmapped: {
      columns: [...unknownColumns],
      trades: [...unmapped.trades],
      districts: [...unmapped.districts],
    },
    years: changes.years,
  };
}

/** `importRoster` with the decision maker given; see there. */
export async function loadRows(
  store: Store,
  path: string,
  options: ImportOptions,
  decide: Decide,
  now: Date = new Date(),
): Promise<ImportReport> {
  const { kind, year, signal, mapping = {} } = options;
  checkMapping(kind, mapping);
  const name = yearField[kind];
  if (year !== undefined && !(Number.isInteger(year) && year >= 1990 && year <= 2100)) {
    throw badInput(`年度 ${year} 无效（1990…2100）`, `invalid year: ${year} (expected 1990…2100)`, { [name]: year });
  }
  const key = await identityKey(store.dataDir);
  try {
    return await store.staged(
      (c) => stageRows(c, path, options, key),
      (c, staged) => publishRows(c, staged, decide, now),
      { signal, readOnly: options.dryRun ?? false },
    );
  } catch (error) {
    if (signal?.aborted && !(error instanceof AppError)) {
      throw new AppError("cancelled", { zh: "导入已取消", en: "the import was cancelled" }, {}, { cause: error });
    }
    throw error;
  }
}
