/** Everything one import gathers on its way. */
import type { ImportOptions } from "./load.ts";
import type { HeadingMapping } from "./mappings.ts";
import type { Source } from "./read.ts";
import { ProblemList } from "./report.ts";
import type { SkippedRows } from "./sheets.ts";
import type { Alias } from "./trade-names.ts";

export class ImportRun {
  readonly problems: ProblemList;
  readonly unknownColumns = new Set<string>();
  /** Names in the file that are in no list. */
  unmapped: { readonly trades: Iterable<string>; readonly districts: Iterable<string> } = { trades: [], districts: [] };
  readonly skipped: Record<SkippedRows, number> = { notes: 0, totals: 0, headings: 0, examples: 0 };
  /** The office's names of trades that the rows were read with. */
  aliases: readonly Alias[] = [];
  /** How many rows the file seems to hold. */
  rowsExpected = 0;
  rowsRead = 0;
  rowsRejected = 0;

  constructor(
    readonly options: ImportOptions,
    readonly source: Source,
    readonly headings: HeadingMapping,
  ) {
    this.problems = new ProblemList(options.onProblem);
  }
}
