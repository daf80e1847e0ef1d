/** One import after its file was read: what was found, and what the database adds to it. */
import type { ImportOptions } from "./load.ts";
import type { ReadOutcome } from "./read-rows.ts";
import { ProblemList } from "./report.ts";
import type { Alias } from "./trade-names.ts";

export class ImportRun {
  readonly problems: ProblemList;
  rowsRejected: number;

  constructor(
    readonly options: ImportOptions,
    readonly read: ReadOutcome,
    /** The office's names of trades that the rows were read with. */
    readonly aliases: readonly Alias[],
  ) {
    this.problems = new ProblemList(options.onProblem, read.problems);
    this.rowsRejected = read.rowsRejected;
  }
}
