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
  /** Name of the worksheet; absent for text tables. */
  readonly sheet?: string;
  /** Address of the cell as spreadsheets write it: "F12". Absent where no single cell is meant. */
  readonly cell?: string;
  /** What was taken instead of the raw text; absent where nothing was. */
  readonly taken?: string;
  /** Unit the row is about, for lists to send back. */
  readonly unit?: string;
  /** How many cells say the same, where one problem stands for all of them (`cell` is the first). Absent: one. */
  readonly cells?: number;
  /** Where those cells stand, runs of rows together: "N2:N4", "N9"; a bounded number of them. */
  readonly addresses?: readonly string[];
}

/** Whose row a problem is about, so that a unit finds the person in its own files. Only where the row says so. */
export interface ProblemPerson {
  readonly workerId?: string;
  readonly name?: string;
}

/** A problem as it is found: every cell on its own, also where the report says it once for all of them. */
export type FoundProblem = Problem & ProblemPerson;

/** Whether the row of the problem was left out for it. */
export const rejectsRow = ({ severity, row, code }: Pick<Problem, "severity" | "row" | "code">): boolean =>
  severity === "error" && row !== null && code !== "table-ignored";

/** How often a code was found. A problem that stands for several cells counts each of them. */
export interface ProblemCount {
  readonly code: string;
  readonly severity: Problem["severity"];
  readonly count: number;
}

export interface ImportReport {
  readonly file: string;
  readonly kind: RosterKind;
  readonly dryRun: boolean;
  /** Rows with data; headings, titles, empty, example and total rows do not count. read = loaded + updated + unchanged + rejected. */
  readonly rowsRead: number;
  /** Rows left out because they are no data, by what they are; blank rows and titles above the heading do not count. */
  readonly rowsSkipped: number;
  readonly skipped: Readonly<Record<"notes" | "totals" | "headings" | "examples", number>>;
  /** Rows newly inserted. */
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
  /** Rows that were there and said something else. */
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  /** Cells and rows at fault; a problem that stands for several cells counts each of them, as `counts` does. */
  readonly errors: number;
  readonly warnings: number;
  readonly problems: readonly Problem[];
  /** How many problems were found but not listed, because the lists are bounded. */
  readonly problemsNotListed: number;
  /** Every code that was found, errors first, the most frequent first. */
  readonly counts: readonly ProblemCount[];
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

/** So many problems of a report stand where many reports are listed. */
const shortlyListed = 100;

/** The report with fewer problems, for lists of reports. */
export function shortReport<R extends ImportReport>(report: R): R {
  const { problems, problemsNotListed } = report;
  if (problems.length <= shortlyListed) return report;
  return {
    ...report,
    problems: problems.slice(0, shortlyListed),
    problemsNotListed: problemsNotListed + problems.length - shortlyListed,
  };
}

const listedErrors = 10_000;
const listedWarnings = 2_000;
/** One frequent warning must not hide the rare ones. */
const listedOfOneWarning = 500;

/** What a list of problems holds, as plain data: it can go from one thread to another. */
export interface ProblemState {
  readonly errors: Problem[];
  readonly warnings: Problem[];
  readonly counts: Map<string, { code: string; severity: Problem["severity"]; count: number; listed: number }>;
  /** Sheets as they come. */
  readonly sheets: Map<string | undefined, number>;
  /** Cells, listed or not. */
  readonly found: { error: number; warning: number };
  /** Entries that the bounds left out. */
  left: number;
}

const noProblems = (): ProblemState => ({
  errors: [],
  warnings: [],
  counts: new Map(),
  sheets: new Map(),
  found: { error: 0, warning: 0 },
  left: 0,
});

/** Collects problems; lists a bounded number (errors have room of their own, so warnings never hide them) and counts the rest. */
export class ProblemList {
  /**
   * `onFound` gets everything that is found, in the order it is found, not only what is listed; identity numbers are masked. `state`:
   * what another list found before.
   */
  constructor(
    private readonly onFound?: (problem: FoundProblem) => void,
    readonly state: ProblemState = noProblems(),
  ) {}

  get errors(): number {
    return this.state.found.error;
  }

  get warnings(): number {
    return this.state.found.warning;
  }

  add(problem: Problem, person?: ProblemPerson): void {
    this.pass(() => problem, person);
    this.list(problem);
  }

  /** Tells of one cell that the list has in another entry. */
  pass(problem: () => Problem, person?: ProblemPerson): void {
    this.onFound?.({ ...masked(problem()), ...maskedPerson(person) });
  }

  /** Lists what was passed cell by cell. */
  list(problem: Problem): void {
    const { code, severity, cells = 1 } = problem;
    const sheet = maskedText(problem.sheet);
    const { state } = this;
    const { errors, warnings, counts, sheets, found } = state;
    if (!sheets.has(sheet)) sheets.set(sheet, sheets.size);
    const key = `${severity} ${code}`;
    const counted = counts.get(key) ?? { code, severity, count: 0, listed: 0 };
    counts.set(key, counted);
    counted.count += cells;
    found[severity] += cells;
    const isError = severity === "error";
    const isFull = isError
      ? errors.length >= listedErrors
      : warnings.length >= listedWarnings || counted.listed >= listedOfOneWarning;
    if (isFull) {
      state.left++;
      return;
    }
    counted.listed++;
    (isError ? errors : warnings).push(masked(problem));
  }

  /** In the order of the file: sheet, row, errors before warnings, column. */
  get listed(): Problem[] {
    const { errors, warnings, sheets } = this.state;
    const place = ({ sheet, row }: Problem) => (row === null ? -1 : (sheets.get(sheet) ?? 0));
    return [...errors, ...warnings].sort(
      (a, b) =>
        place(a) - place(b) ||
        (a.row ?? 0) - (b.row ?? 0) ||
        a.severity.localeCompare(b.severity) ||
        byColumn(a.cell ?? "", b.cell ?? ""),
    );
  }

  get notListed(): number {
    return this.state.left;
  }

  get counts(): ProblemCount[] {
    return [...this.state.counts.values()]
      .map(({ code, severity, count }) => ({ code, severity, count }))
      .sort((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count || a.code.localeCompare(b.code));
  }
}

/** A9 before B9 before AA9. */
const byColumn = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const maskedText = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : maskIdentities(text);

/** A shifted column can put an identity number anywhere, so every text of the report is masked. */
function masked(problem: Problem): Problem {
  const { message, column } = problem;
  const { zh, en } = message;
  const [sheet, unit] = [maskedText(problem.sheet), maskedText(problem.unit)];
  const value = problem.value === null ? null : clip(maskIdentities(problem.value));
  return {
    ...problem,
    column: column === null ? null : maskIdentities(column),
    value,
    ...(sheet === undefined ? {} : { sheet }),
    ...(unit === undefined ? {} : { unit }),
    ...(problem.taken === undefined ? {} : { taken: clip(maskIdentities(problem.taken)) }),
    message: { zh: clip(maskIdentities(zh), 1_000), en: clip(maskIdentities(en), 1_000) },
  };
}

const maskedPerson = ({ workerId, name }: ProblemPerson = {}): ProblemPerson => ({
  ...(workerId === undefined ? {} : { workerId: maskIdentities(workerId) }),
  ...(name === undefined ? {} : { name: maskIdentities(name) }),
});
