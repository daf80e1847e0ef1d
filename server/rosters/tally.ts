/** Warnings that are said once with the number of cells they are about, instead of once per cell. */
import type { Problem, ProblemList, ProblemPerson } from "./report.ts";

interface Entry {
  readonly problem: Problem;
  cells: number;
  /** The unit, as long as all cells are of the same one. */
  unit: string | undefined;
}

/** More different texts than this are warned about one by one. */
const mostEntries = 5_000;

export class Tally {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly problems: ProblemList) {}

  /**
   * `key` tells what is said once; `problem` is asked for at the first cell, and where every cell is passed on; `each`: whether it is,
   * which is of no use where there is no cell to mark.
   */
  add(key: string, unit: string | undefined, problem: () => Problem, person: ProblemPerson, each = true): void {
    const entry = this.#entries.get(key);
    if (entry ? each : this.#entries.size < mostEntries) this.problems.pass(problem, person);
    if (entry) {
      entry.cells++;
      if (entry.unit !== unit) entry.unit = undefined;
    } else if (this.#entries.size < mostEntries) this.#entries.set(key, { problem: problem(), cells: 1, unit });
    else this.problems.add(problem(), person);
  }

  /** Adds everything to the problem list. Call once, after the last row. */
  finish(): void {
    for (const { problem, cells, unit } of this.#entries.values()) {
      const { unit: _, message, ...rest } = problem;
      const named = unit === undefined ? {} : { unit };
      this.problems.list(
        cells === 1
          ? { ...rest, ...named, message }
          : {
              ...rest,
              ...named,
              cells,
              message: { zh: `${message.zh}（共 ${cells} 处）`, en: `${message.en} (${cells} cells)` },
            },
      );
    }
    this.#entries.clear();
  }
}
