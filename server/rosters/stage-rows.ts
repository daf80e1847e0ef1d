/** Reads and checks the rows of a file and stages them; other requests get their turn on the way. */
import { setImmediate } from "node:timers/promises";
import type { ColumnValue } from "../rules/columns.ts";
import type { Connection } from "../store/index.ts";
import { RowChecker } from "./check.ts";
import type { ImportRun } from "./import-run.ts";
import { loadPlaces } from "./places.ts";
import { nameDiffers, type Source } from "./read.ts";
import { loadWorkersByIdentity } from "./row-worker.ts";
import { dataRows, type Piece } from "./sheets.ts";
import { StageTable } from "./stage-table.ts";
import { loadAliases } from "./trade-names.ts";

/** As many as the database takes in one piece. */
const batchRows = 2_048;
/** Milliseconds of work after which the others get their turn. */
const slice = 10;

const formatNames: Readonly<Record<Source["format"], readonly [string, string]>> = {
  xlsx: ["Excel 工作簿", "an Excel workbook"],
  csv: ["文本表格", "a text table"],
  parquet: ["Parquet 表格", "a Parquet table"],
};

/** Says when the name of the file promises something else than it is. */
function noteFormat({ options: { fileName }, source: { format }, problems }: ImportRun): void {
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

/** What is said before and between the rows. */
function note(run: ImportRun, checker: RowChecker, piece: Exclude<Piece, { kind: "row" }>): void {
  if (piece.kind === "problem") run.problems.add(piece.problem);
  else if (piece.kind === "skipped") run.skipped[piece.what]++;
  else if (piece.kind === "expected") run.rowsExpected = piece.rows;
  else {
    checker.setHeading(piece.heading, piece.sheet ?? undefined);
    for (const problem of run.headings.note(piece.heading, piece.row, piece.sheet)) run.problems.add(problem);
    for (const column of piece.heading.unknown) if (!column.leftOut) run.unknownColumns.add(column.heading);
  }
}

const namesIdentities = ({ heading }: Extract<Piece, { kind: "heading" }>): boolean =>
  heading.columns.some(({ target }) => target.field.name === "idNumber");

/** Takes the run through its file. Throws what reading throws; the reason of the run's signal when it is aborted. */
export async function stageRows(c: Connection, run: ImportRun, identityKey: Buffer): Promise<StageTable> {
  const { options, source, headings, problems } = run;
  const { kind, year, sheet, limitRows, signal, onProgress } = options;
  const places = await loadPlaces(c);
  run.aliases = await loadAliases(c);
  const checker = new RowChecker({ kind, year, places, identityKey }, problems);
  run.unmapped = checker.unmapped;
  const table = await StageTable.create(c, kind);
  let batch: ColumnValue[][] = [];
  const flush = async () => {
    await table.append(checker.columns, batch);
    batch = [];
    onProgress?.({ phase: "read", rows: run.rowsRead, total: run.rowsExpected });
  };
  noteFormat(run);
  const wanted = { kind, match: headings.match, yearGiven: year !== undefined, sheet, limitRows };
  let rested = performance.now();
  for await (const pieces of dataRows(source, wanted)) {
    signal?.throwIfAborted();
    for (const piece of pieces) {
      if (piece.kind === "row") {
        const row = checker.check(piece.source, ++run.rowsRead);
        if (row) batch.push(row);
        else run.rowsRejected++;
      } else {
        note(run, checker, piece);
        if (piece.kind === "heading" && kind === "applications" && namesIdentities(piece)) {
          checker.workers = await loadWorkersByIdentity(c);
        }
      }
      if (batch.length >= batchRows) await flush();
      if (performance.now() - rested > slice) {
        await setImmediate();
        rested = performance.now();
      }
    }
  }
  if (batch.length > 0) await flush();
  checker.finish();
  onProgress?.({ phase: "load", rows: run.rowsRead });
  return table;
}
