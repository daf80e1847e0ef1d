/** What an import says about a file: counts, and every problem with its place. */
import type { Message } from "../errors.ts";
import { clip } from "../json-bounds.ts";
import { maskIdentities } from "./identity.ts";

export type RosterKind = "workers" | "applications";

/** One finding. `row` counts as spreadsheets do (first row of the file = 1); null where the file as a whole is meant. */
export interface Problem {
  readonly row: number | null;
  /** Heading as in the file, or the English name of the column that is missing. */
  readonly column: string | null;
  /** As in the file; identity numbers are masked. */
  readonly value: string | null;
  /** Stable, for scripts: date-invalid, enum-unknown, required-missing … */
  readonly code: string;
  readonly message: Message;
  /** error: the row is rejected. warning: the row is loaded, see the message for how. */
  readonly severity: "error" | "warning";
  /** Name of the worksheet, only where a workbook has several sheets with rows. */
  readonly sheet?: string;
}

export interface ImportReport {
  readonly file: string;
  readonly kind: RosterKind;
  readonly dryRun: boolean;
  /** Rows with data; headings, titles, empty, example and total rows do not count. read = loaded + updated + unchanged + rejected. */
  readonly rowsRead: number;
  /** Rows newly inserted. */
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
  /** Rows that were there and said something else. */
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly Problem[];
  /** How many problems were found but not listed, because the lists are bounded. */
  readonly problemsNotListed: number;
  readonly unmapped: {
    readonly columns: readonly string[];
    readonly trades: readonly string[];
    readonly districts: readonly string[];
  };
  /** Roster or exam years whose rows were inserted or updated (in a dry run: would be). */
  readonly years: readonly number[];
  /** Data version in force after the import; unchanged when no row changed. */
  readonly version: number;
  /** Number of the import; null when nothing changed or it was a dry run. */
  readonly importId: number | null;
}

const listedErrors = 10_000;
const listedWarnings = 2_000;

/** Collects problems; lists a bounded number (errors have room of their own, so warnings never hide them) and counts the rest. */
export class ProblemList {
  readonly #errors: Problem[] = [];
  readonly #warnings: Problem[] = [];
  errors = 0;
  warnings = 0;

  add(problem: Problem): void {
    const [list, limit] =
      problem.severity === "error"
        ? ([this.#errors, listedErrors] as const)
        : ([this.#warnings, listedWarnings] as const);
    if (problem.severity === "error") this.errors++;
    else this.warnings++;
    if (list.length < limit) list.push(masked(problem));
  }

  /** In the order of the file, errors before warnings of the same row. */
  get listed(): Problem[] {
    return [...this.#errors, ...this.#warnings].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  }

  get notListed(): number {
    return this.errors + this.warnings - this.#errors.length - this.#warnings.length;
  }
}

/** A shifted column can put an identity number anywhere, so every text of the report is masked. */
function masked(problem: Problem): Problem {
  const { zh, en } = problem.message;
  const value = problem.value === null ? null : clip(maskIdentities(problem.value));
  return {
    ...problem,
    value,
    message: { zh: clip(maskIdentities(zh), 1_000), en: clip(maskIdentities(en), 1_000) },
  };
}
