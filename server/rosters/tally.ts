/** Warnings that are said once with the number of cells they are about, instead of once per cell. */
import type { Problem, ProblemList, ProblemPerson } from "./report.ts";

/** Cells of one column in rows that follow each other. */
interface Run {
  readonly column: string;
  readonly from: number;
  to: number;
}

interface Entry {
  readonly problem: Problem;
  cells: number;
  /** As long as all cells have the same. */
  unit: string | undefined;
  value: string | null;
  taken: string | undefined;
  readonly runs: Run[];
}

/** More different texts than this are warned about one by one. */
const mostEntries = 5_000;
/** So many places of an entry are kept; how many cells there are is said anyhow. */
const mostRuns = 500;

function addCell({ runs }: Entry, cell: string | undefined): void {
  const [, column, digits] = /^([A-Z]+)(\d+)$/.exec(cell ?? "") ?? [];
  if (column === undefined) return;
  const row = Number(digits);
  const last = runs.findLast((run) => run.column === column);
  if (last?.to === row - 1) last.to = row;
  else if (runs.length < mostRuns) runs.push({ column, from: row, to: row });
}

const runText = ({ column, from, to }: Run) => (from === to ? `${column}${from}` : `${column}${from}:${column}${to}`);

export class Tally {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly problems: ProblemList) {}

  /**
   * `key` tells what is said once; `each`: whether every cell is passed on, which is of no use where there is no cell to mark.
   */
  add(key: string, unit: string | undefined, found: Problem, person: ProblemPerson, each = true): void {
    const entry = this.#entries.get(key);
    if (entry ? each : this.#entries.size < mostEntries) this.problems.pass(() => found, person);
    if (entry) {
      entry.cells++;
      if (entry.unit !== unit) entry.unit = undefined;
      if (entry.value !== found.value) entry.value = null;
      if (entry.taken !== found.taken) entry.taken = undefined;
      addCell(entry, found.cell);
    } else if (this.#entries.size < mostEntries) {
      const { value, taken } = found;
      const first: Entry = { problem: found, cells: 1, unit, value, taken, runs: [] };
      addCell(first, found.cell);
      this.#entries.set(key, first);
    } else this.problems.add(found, person);
  }

  /** Adds everything to the problem list. Call once, after the last row. */
  finish(): void {
    for (const { problem, cells, unit, value, taken, runs } of this.#entries.values()) {
      const { unit: _, taken: __, message, ...rest } = problem;
      const told = {
        ...rest,
        value,
        ...(unit === undefined ? {} : { unit }),
        ...(taken === undefined ? {} : { taken }),
      };
      this.problems.list(
        cells === 1
          ? { ...told, message }
          : {
              ...told,
              cells,
              ...(runs.length === 0 ? {} : { addresses: runs.map(runText) }),
              message: { zh: `${message.zh}（共 ${cells} 处）`, en: `${message.en} (${cells} cells)` },
            },
      );
    }
    this.#entries.clear();
  }
}
