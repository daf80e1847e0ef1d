/** A roster file → the database, in one transaction: all of it or nothing. */
import { AppError, badInput } from "../errors.ts";
import type { ColumnValue } from "../rules/columns.ts";
import { type Connection, dataVersion, publish, type Store } from "../store/index.ts";
import { RowChecker } from "./check.ts";
import { fieldsOf, yearField } from "./fields.ts";
import { refreshFindings } from "./findings.ts";
import { nextImportId, recordImport } from "./history.ts";
import { identityKey } from "./identity.ts";
import { dropOldImages } from "./images.ts";
import { HeadingMapping, rememberedHeadings, rememberHeadings } from "./mappings.ts";
import { leftOut, matcher, normaliseHeading } from "./match.ts";
import { loadPlaces } from "./places.ts";
import {
  type Changes,
  compareStage,
  createStage,
  dropStage,
  fillFromRosters,
  stagedColumns,
  takeUnplaced,
  writeChanges,
} from "./publish.ts";
import { defaultLimitBytes, nameDiffers, readRoster, type Source } from "./read.ts";
import { type FoundProblem, type ImportReport, ProblemList, type RosterKind } from "./report.ts";
import { dataRows, type Piece, type SkippedRows } from "./sheets.ts";
import { loadTradeNames, nameTrades } from "./trade-names.ts";

export interface ImportOptions {
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

const batchRows = 8_192;
const formatNames: Readonly<Record<Source["format"], readonly [string, string]>> = {
  xlsx: ["Excel 工作簿", "an Excel workbook"],
  csv: ["文本表格", "a text table"],
  parquet: ["Parquet 表格", "a Parquet table"],
};
/** Who imports, where nobody is named. */
const commandLine = "命令行";

function checkMapping(kind: RosterKind, mapping: Readonly<Record<string, string>>): void {
  const match = matcher(kind);
  for (const [heading, name] of Object.entries(mapping)) {
    if (name === leftOut || match(normaliseHeading(name))) continue;
    const names = fieldsOf(kind).map((field) => field.name);
    throw badInput(
      `列对照中“${heading}”指向未知的列 ${name}`,
      `the mapping of "${heading}" names an unknown column ${name}`,
      { heading, column: name, allowed: names },
    );
  }
}

/** Everything one import gathers on its way. */
class Import {
  readonly problems: ProblemList;
  readonly unknownColumns = new Set<string>();
  readonly skipped: Record<SkippedRows, number> = { notes: 0, totals: 0, headings: 0, examples: 0 };
  /** How many rows the file seems to hold. */
  rowsExpected = 0;
  rowsRead = 0;
  rowsRejected = 0;

  constructor(
    readonly options: ImportOptions,
    readonly source: Source,
    readonly headings: HeadingMapping,
    readonly checker: (problems: ProblemList) => RowChecker,
  ) {
    this.problems = new ProblemList(options.onProblem);
  }
}

/** Reads, checks and stages the rows. */
async function stage(c: Connection, run: Import, checker: RowChecker): Promise<void> {
  const { options, problems, source } = run;
  const { kind, signal, onProgress } = options;
  const { match } = run.headings;
  const columns = stagedColumns(kind);
  const sheetPosition = columns.findIndex(({ name }) => name === "sheet");
  let batch: ColumnValue[][] = [];
  const flush = async () => {
    await c.append("roster_stage", columns, batch);
    batch = [];
    onProgress?.({ phase: "read", rows: run.rowsRead, total: run.rowsExpected });
  };
  if (nameDiffers(options.fileName, source.format)) {
    const [zh, en] = formatNames[source.format];
    problems.add({
      row: null,
      column: null,
      value: options.fileName,
      code: "file-type",
      message: {
        zh: `文件内容是${zh}，与扩展名不符：已按内容读取`,
        en: `the content is ${en}, not what the name says: read as such`,
      },
      severity: "warning",
    });
  }
  const take = (piece: Piece) => {
    if (piece.kind === "problem") problems.add(piece.problem);
    else if (piece.kind === "skipped") run.skipped[piece.what]++;
    else if (piece.kind === "expected") run.rowsExpected = piece.rows;
    else if (piece.kind === "heading") {
      checker.setHeading(piece.heading, piece.sheet ?? undefined);
      for (const problem of run.headings.note(piece.heading, piece.row, piece.sheet)) problems.add(problem);
      for (const column of piece.heading.unknown) if (!column.leftOut) run.unknownColumns.add(column.heading);
    } else {
      run.rowsRead++;
      const row = checker.check(piece.source);
      if (row) {
        row[sheetPosition] = piece.source.sheet;
        row.push(run.rowsRead);
        batch.push(row);
      } else run.rowsRejected++;
    }
  };
  const { year, sheet, limitRows } = options;
  for await (const pieces of dataRows(source, { kind, match, yearGiven: year !== undefined, sheet, limitRows })) {
    signal?.throwIfAborted();
    for (const piece of pieces) {
      take(piece);
      if (batch.length >= batchRows) await flush();
    }
  }
  if (batch.length > 0) await flush();
  checker.finish();
}

/** Applications without a place of their own take it from the rosters; those that find none are rejected. */
async function placeApplications(c: Connection, run: Import): Promise<void> {
  await fillFromRosters(c);
  for (const { sourceRow, sheet, workerId, district, unit } of await takeUnplaced(c)) {
    run.rowsRejected++;
    const [zh, name] = district === null ? ["地区", "district"] : ["单位名称", "unit"];
    if (district !== null && unit !== null) continue;
    run.problems.add(
      {
        row: sourceRow,
        column: name,
        value: workerId,
        code: "required-missing",
        message: {
          zh: `缺少${zh}，而人员 ${workerId} 也不在当年及以前的人员名册中`,
          en: `${name} is missing, and worker ${workerId} is in no roster up to that year`,
        },
        severity: "error",
        ...(sheet === null ? {} : { sheet }),
        ...(unit === null ? {} : { unit }),
      },
      { workerId },
    );
  }
}

/** Trades closed or merged from a year on, as the office entered them; said once for each name and year. */
async function nameTradesByYear(c: Connection, run: Import): Promise<void> {
  const [dated] = await c.rows("SELECT alias FROM trade_aliases WHERE since IS NOT NULL LIMIT 1");
  if (!dated) return;
  const tradeOf = await loadTradeNames(c);
  for (const { raw, year, trade, rows } of await nameTrades(c, "roster_stage", yearField[run.options.kind], tradeOf)) {
    run.problems.add({
      row: null,
      column: "trade",
      value: raw,
      ...(trade === null ? {} : { taken: trade }),
      code: "trade-by-year",
      message: {
        zh: `${year} 年的工种“${raw}”（${rows} 行）按工种对照录为${trade === null ? "工种未知" : `“${trade}”`}，保留原名`,
        en: `trade "${raw}" of ${year} (${rows} rows) was taken for ${trade === null ? "none" : `"${trade}"`} by the office's list; the name is kept`,
      },
      severity: "warning",
    });
  }
}

/** Thrown to roll a dry run back; carries its report out. */
class RolledBack extends Error {
  constructor(readonly report: ImportReport) {
    super("dry run");
  }
}

async function importInto(c: Connection, run: Import, decide: Decide, now: Date): Promise<ImportReport> {
  const { kind, fileName, who = commandLine, dryRun = false, onProgress } = run.options;
  const checker = run.checker(run.problems);
  await createStage(c, kind);
  await stage(c, run, checker);
  if (kind === "applications") await placeApplications(c, run);
  await nameTradesByYear(c, run);
  onProgress?.({ phase: "load", rows: run.rowsRead });
  const changes = await compareStage(c, kind);
  const report = (version: number, importId: number | null): ImportReport => ({
    ...reportOf(run, checker, changes),
    file: fileName,
    kind,
    dryRun,
    version,
    importId,
  });
  const { version } = await dataVersion(c);
  if (dryRun) throw new RolledBack(report(version, null));
  if (changes.loaded + changes.updated === 0) {
    await dropStage(c);
    return report(version, null);
  }
  const importId = await nextImportId(c);
  await writeChanges(c, kind, importId);
  await dropStage(c);
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
    sha256: run.source.sha256,
    who,
    version: finished.version,
    versionBefore: version,
    undoes: null,
    at: now,
    report: finished,
  });
  await dropOldImages(c, kind);
  await rememberHeadings(c, kind, run.headings.used, who, now);
  return finished;
}

function reportOf(run: Import, checker: RowChecker, changes: Changes) {
  const { problems } = run;
  return {
    rowsRead: run.rowsRead,
    rowsSkipped: Object.values(run.skipped).reduce((sum, rows) => sum + rows, 0),
    skipped: run.skipped,
    rowsLoaded: changes.loaded,
    rowsRejected: run.rowsRejected,
    rowsUpdated: changes.updated,
    rowsUnchanged: changes.unchanged,
    errors: problems.errors,
    warnings: problems.warnings,
    problems: problems.listed,
    problemsNotListed: problems.notListed,
    counts: problems.counts,
    unmapped: {
      columns: [...run.unknownColumns],
      trades: [...checker.unmapped.trades],
      districts: [...checker.unmapped.districts],
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
  const remembered = await store.read((c) => rememberedHeadings(c, kind), { signal });
  const headings = new HeadingMapping(kind, mapping, remembered);
  const source = await readRoster(path, headings.match, options.limitBytes ?? defaultLimitBytes);
  try {
    const places = await store.read(loadPlaces, { signal });
    const key = await identityKey(store.dataDir);
    const run = new Import(
      options,
      source,
      headings,
      (problems) => new RowChecker({ kind, year, places, identityKey: key }, problems),
    );
    return await store.transaction((c) => importInto(c, run, decide, now), { signal });
  } catch (error) {
    if (error instanceof RolledBack) return error.report;
    if (signal?.aborted && !(error instanceof AppError)) {
      throw new AppError("cancelled", { zh: "导入已取消", en: "the import was cancelled" }, {}, { cause: error });
    }
    throw error;
  } finally {
    await source.close();
  }
}
