/** A roster file → checked rows and what is said of them. Knows no database, so it can run in a thread of its own. */
import { setImmediate } from "node:timers/promises";
import type { ColumnValue } from "../rules/columns.ts";
import { RowChecker } from "./check.ts";
import type { GivenValue } from "./given.ts";
import { addPlace, type HeadingPlace } from "./heading-places.ts";
import { HeadingMapping, type RememberedHeading } from "./mappings.ts";
import { type PlaceNames, placesOf } from "./places.ts";
import { nameDiffers, readRoster, type Source } from "./read.ts";
import { type FoundProblem, ProblemList, type ProblemState, type RosterKind } from "./report.ts";
import type { WorkersByIdentity } from "./row-worker.ts";
import { dataRows, type Piece, type SkippedRows } from "./sheets.ts";
import type { StageColumn } from "./stage.ts";

/** What is to be read, as plain data. */
export interface ReadTask {
  readonly path: string;
  /** Name to show; the content decides what the file is. */
  readonly fileName: string;
  readonly kind: RosterKind;
  readonly year: number | undefined;
  readonly given: readonly GivenValue[];
  readonly sheet: string | undefined;
  readonly limitBytes: number;
  readonly limitRows: number | undefined;
  /** Heading as in the file → English name of the column, checked. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly remembered: readonly RememberedHeading[];
  readonly names: PlaceNames;
  readonly identityKey: Uint8Array;
}

/** Rows in the order of the file, their cells in the order of `columns`; rowHash is still empty. */
export interface RowBatch {
  readonly columns: readonly StageColumn[];
  readonly rows: readonly ColumnValue[][];
  /** Rows read so far, and how many the file seems to hold. */
  readonly rowsRead: number;
  readonly rowsExpected: number;
}

export interface ReadHooks {
  /** Workers on file by their identity numbers; asked for where applications name people by them. */
  workers(): Promise<WorkersByIdentity>;
  take(batch: RowBatch): Promise<void>;
  /** Gets every problem as it is found. */
  readonly onProblem?: ((problem: FoundProblem) => void) | undefined;
}

/** What was read, as plain data. */
export interface ReadOutcome {
  readonly sha256: string;
  readonly problems: ProblemState;
  readonly unknownColumns: ReadonlySet<string>;
  /** Names in the file that are in no list. */
  readonly unmapped: { readonly trades: ReadonlySet<string>; readonly districts: ReadonlySet<string> };
  readonly skipped: Readonly<Record<SkippedRows, number>>;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** Headings that were matched with the import, and stand in the file. */
  readonly headingsUsed: ReadonlyMap<string, string>;
  readonly places: readonly HeadingPlace[];
}

/** Taking over more of them at once would keep other requests waiting. */
const batchRows = 1_024;
/** Milliseconds of work after which the others get their turn. */
const slice = 10;

const formatNames: Readonly<Record<Source["format"], readonly [string, string]>> = {
  xlsx: ["Excel 工作簿", "an Excel workbook"],
  csv: ["文本表格", "a text table"],
  parquet: ["Parquet 表格", "a Parquet table"],
};

/** Says when the name of the file promises something else than it is. */
function noteFormat({ format }: Source, fileName: string, problems: ProblemList): void {
  if (!nameDiffers(fileName, format)) return;
  const [zh, en] = formatNames[format];
  problems.add({
    row: null,
    column: null,
    value: fileName,
    code: "file-type",
    message: {
      zh: `文件内容是${zh}，与扩展名不符：已按内容读取`,
      en: `the content is ${en}, not what the name says: read as such`,
    },
    severity: "warning",
  });
}

const namesIdentities = ({ heading }: Extract<Piece, { kind: "heading" }>): boolean =>
  heading.columns.some(({ target }) => target.field.name === "idNumber");

class Reading {
  readonly #problems: ProblemList;
  readonly #headings: HeadingMapping;
  readonly #checker: RowChecker;
  readonly #unknownColumns = new Set<string>();
  readonly #skipped: Record<SkippedRows, number> = { notes: 0, totals: 0, headings: 0, examples: 0 };
  readonly #places: HeadingPlace[] = [];
  #rowsExpected = 0;
  #rowsRead = 0;
  #rowsRejected = 0;
  #rows: ColumnValue[][] = [];

  constructor(
    private readonly task: ReadTask,
    private readonly hooks: ReadHooks,
  ) {
    const { kind, year, given, mapping, remembered, names } = task;
    this.#problems = new ProblemList(hooks.onProblem);
    this.#headings = new HeadingMapping(kind, mapping, remembered);
    const identityKey = Buffer.from(task.identityKey);
    this.#checker = new RowChecker({ kind, year, given, places: placesOf(names), identityKey }, this.#problems);
  }

  async run(signal: AbortSignal | undefined): Promise<ReadOutcome> {
    const { path, kind, year, given, sheet, limitBytes, limitRows, fileName } = this.task;
    const { match } = this.#headings;
    const source = await readRoster(path, match, limitBytes);
    try {
      noteFormat(source, fileName, this.#problems);
      const fields = given.map(({ field }) => field);
      const wanted = { kind, match, yearGiven: year !== undefined, given: fields, sheet, limitRows };
      let rested = performance.now();
      for await (const pieces of dataRows(source, wanted)) {
        signal?.throwIfAborted();
        for (const piece of pieces) {
          await this.#take(piece);
          if (performance.now() - rested < slice) continue;
          await setImmediate();
          rested = performance.now();
        }
      }
      this.#checker.finish();
      for (const problem of this.#headings.unused) this.#problems.add(problem);
      await this.#flush();
      return this.#outcome(source);
    } finally {
      await source.close();
    }
  }

  async #flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    const [rowsRead, rowsExpected] = [this.#rowsRead, this.#rowsExpected];
    await this.hooks.take({ columns: this.#checker.columns, rows, rowsRead, rowsExpected });
  }

  /** Not async for the rows themselves: a million turns of the queue would cost seconds. */
  #take(piece: Piece): Promise<void> | undefined {
    if (piece.kind === "row") {
      const row = this.#checker.check(piece.source, ++this.#rowsRead);
      if (row) this.#rows.push(row);
      else this.#rowsRejected++;
      // Also where every row is rejected: its problems wait to be told.
      return this.#rowsRead % batchRows === 0 ? this.#flush() : undefined;
    }
    if (piece.kind === "problem") this.#problems.add(piece.problem);
    else if (piece.kind === "skipped") this.#skipped[piece.what]++;
    else if (piece.kind === "expected") this.#rowsExpected = piece.rows;
    else return this.#goOverTo(piece);
    return undefined;
  }

  async #goOverTo(piece: Extract<Piece, { kind: "heading" }>): Promise<void> {
    const { heading, row, sheet } = piece;
    this.#checker.setHeading(heading, sheet ?? undefined);
    addPlace(this.#places, heading, sheet, row);
    for (const problem of this.#headings.note(heading, row, sheet)) this.#problems.add(problem);
    for (const column of heading.unknown) if (!column.leftOut) this.#unknownColumns.add(column.heading);
    if (this.task.kind === "applications" && namesIdentities(piece)) this.#checker.workers = await this.hooks.workers();
  }

  #outcome({ sha256 }: Source): ReadOutcome {
    return {
      sha256,
      problems: this.#problems.state,
      unknownColumns: this.#unknownColumns,
      unmapped: this.#checker.unmapped,
      skipped: this.#skipped,
      rowsRead: this.#rowsRead,
      rowsRejected: this.#rowsRejected,
      headingsUsed: this.#headings.used,
      places: this.#places,
    };
  }
}

/** Throws AppError (bad-input, too-large) as reading does; the reason of the signal when it is aborted. */
export const readRows = (task: ReadTask, hooks: ReadHooks, signal?: AbortSignal): Promise<ReadOutcome> =>
  new Reading(task, hooks).run(signal);
