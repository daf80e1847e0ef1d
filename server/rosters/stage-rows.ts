/** Has a file read and checked, and stages its rows. */
import { stat } from "node:fs/promises";
import type { Connection } from "../store/index.ts";
import { givenValues } from "./given.ts";
import { ImportRun } from "./import-run.ts";
import type { ImportOptions } from "./load.ts";
import { rememberedHeadings } from "./mappings.ts";
import { loadPlaceNames } from "./places.ts";
import { defaultLimitBytes } from "./read.ts";
import { readRowsApart } from "./read-apart.ts";
import { type ReadHooks, type ReadTask, readRows } from "./read-rows.ts";
import { fillHashes } from "./row-hash.ts";
import { loadWorkersByIdentity } from "./row-worker.ts";
import { StageTable } from "./stage-table.ts";
import { loadAliases } from "./trade-names.ts";

/** Starting a thread takes half a second: below, it is not worth it. */
const apartFromBytes = 1_000_000;

export interface Staged {
  readonly run: ImportRun;
  readonly table: StageTable;
}

/** Throws what reading throws; the reason of the options' signal when it is aborted. */
export async function stageRows(
  c: Connection,
  path: string,
  options: ImportOptions,
  identityKey: Buffer,
): Promise<Staged> {
  const { kind, year, sheet, fileName, limitRows, limitBytes, mapping = {}, signal, onProgress, onProblem } = options;
  const names = await loadPlaceNames(c);
  const given = givenValues(options, names);
  const aliases = await loadAliases(c);
  const table = await StageTable.create(c, kind);
  const task: ReadTask = {
    path,
    fileName,
    kind,
    year,
    given,
    sheet,
    limitBytes: limitBytes ?? defaultLimitBytes,
    limitRows,
    mapping,
    remembered: await rememberedHeadings(c, kind),
    names,
    identityKey,
  };
  const hooks: ReadHooks = {
    workers: () => loadWorkersByIdentity(c),
    async take({ columns, rows, rowsRead, rowsExpected }) {
      if (rows.length > 0) {
        fillHashes(kind, columns, rows);
        await table.append(columns, rows);
      }
      onProgress?.({ phase: "read", rows: rowsRead, total: rowsExpected });
    },
    onProblem,
  };
  // A file that is not there is for the reader to say.
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  const isLarge = size >= (options.apartFromBytes ?? apartFromBytes);
  const read = await (isLarge ? readRowsApart : readRows)(task, hooks, signal);
  onProgress?.({ phase: "load", rows: read.rowsRead });
  return { run: new ImportRun(options, read, aliases), table };
}
