/** What was noted about a row → problems of the report: address, unit, masked identity numbers, repeated warnings counted. */

import { maskIdentity } from "./identity.ts";
import { cellAddress } from "./read-address.ts";
import type { Problem, ProblemList, ProblemPerson } from "./report.ts";
import type { Noted, RowState } from "./row-state.ts";
import { Tally } from "./tally.ts";
import { compact } from "./values.ts";

export class RowReport {
  /** Only where problems must name it. */
  sheet: string | undefined;
  readonly #tally: Tally;

  constructor(private readonly problems: ProblemList) {
    this.#tally = new Tally(problems);
  }

  /** `unit`, `person`: the row's, for lists to send back. */
  add({ noted, source }: RowState, unit: string | undefined, person: ProblemPerson): void {
    for (const one of noted) {
      const { once, code } = one.problem;
      const problem = this.#problem(source.row, one, unit);
      if (once === undefined) this.problems.add(problem, person);
      else {
        const text = once === "text" ? `${one.text}\u0000${one.problem.taken}` : "";
        this.#tally.add(
          `${this.sheet}\u0000${code}\u0000${one.index}\u0000${text}`,
          unit,
          problem,
          person,
          one.index !== undefined,
        );
      }
    }
  }

  /** Adds the warnings that are said once with a count. */
  finish(): void {
    this.#tally.finish();
  }

  #problem(row: number, { column, heading, index, text, problem }: Noted, unit: string | undefined): Problem {
    const { once: _, ...rest } = problem;
    return {
      row,
      column: heading,
      value: text !== null && column?.field === "idNumber" ? maskIdentity(compact(text)) : text,
      ...rest,
      ...(index === undefined ? {} : { cell: cellAddress(index, row) }),
      ...(this.sheet === undefined ? {} : { sheet: this.sheet }),
      ...(unit === undefined ? {} : { unit }),
    };
  }
}
