/** A Parquet file → one table whose heading is row 1, as if it had been saved as .csv. */
import { Worker } from "node:worker_threads";
import { AppError, badInput } from "../errors.ts";
import type { ParquetAnswer, ParquetTask } from "./parquet-worker.ts";
import type { SourceRow, SourceSheet } from "./read.ts";
import type { RosterFile } from "./read-file.ts";

/** Bytes that may be unpacked; as for workbooks. */
const limitBytes = 1_500_000_000;
/** Longest time for one answer: a million rows in a single group take a few seconds. */
const answerMs = 60_000;
const heapMb = 1_024;

const damaged = (why: string) =>
  badInput(
    "Parquet 文件已损坏，或用了不支持的编码：请重新导出，或导出为 .xlsx、.csv",
    `the Parquet file is damaged or uses an unknown encoding (${why}): export it again, or as .xlsx or .csv`,
    { reason: "parquet-damaged" },
  );

const tooLarge = () =>
  new AppError(
    "too-large",
    { zh: "Parquet 文件解压后过大，拒绝读取", en: "the Parquet file unpacks to too much data, refused" },
    { reason: "parquet-bomb" },
  );

type Answer = ParquetAnswer | { readonly error: string; readonly tooLarge: boolean };

class ParquetReader {
  readonly #worker: Worker;

  constructor(path: string) {
    const task: ParquetTask = { path, limitBytes };
    this.#worker = new Worker(new URL("./parquet-thread.mjs", import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    // Failures are told to whoever waits for an answer.
    this.#worker.on("error", () => {});
  }

  /** The rows from number `from` (0 is the first) on. */
  async ask(from: number): Promise<ParquetAnswer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => finish(() => reject(damaged("no answer in time"))), answerMs);
      const onMessage = (found: Answer) => finish(() => resolve(found));
      const onError = (error: Error) => finish(() => reject(damaged(error.message)));
      const onExit = () => finish(() => reject(damaged("the reader ended")));
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        settle();
      };
      this.#worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      this.#worker.postMessage(from);
    });
    if (!("error" in answer)) return answer;
    throw answer.tooLarge ? tooLarge() : damaged(answer.error);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const textRow = (row: number, cells: readonly string[]): SourceRow => ({ sheet: null, row, cells });

async function* parquetRows(reader: ParquetReader): AsyncGenerator<SourceRow[]> {
  for (let from = 0; ; ) {
    const { names, rows, rowCount } = await reader.ask(from);
    const texts = rows.map((cells, index) => textRow(from + index + 2, cells));
    yield from === 0 ? [textRow(1, names), ...texts] : texts;
    from += rows.length;
    if (from >= rowCount) return;
    if (rows.length === 0) throw damaged("rows are missing");
  }
}

/** The caller closes it: it holds a thread. The rows throw AppError (bad-input, too-large) when the file is damaged or a bomb. */
export function openParquet(file: RosterFile): { sheet: SourceSheet; close(): Promise<void> } {
  const reader = new ParquetReader(file.path);
  const sheet: SourceSheet = {
    name: null,
    hidden: false,
    about: async () => ({ rows: (await reader.ask(0)).rowCount + 1, hiddenColumns: [] }),
    rows: () => parquetRows(reader),
  };
  return { sheet, close: () => reader.close() };
}
