/** One row while it is being checked: its values so far and what was noted about it. */
import type { ColumnValue } from "../rules/columns.ts";
import type { Identity } from "./identity.ts";
import type { SourceRow } from "./read.ts";
import type { CellProblem, DatePair, TradePair } from "./reading.ts";
import type { Prepared, RosterColumn } from "./row-columns.ts";

export interface Noted {
  /** The column whose cell is meant; undefined where the column is missing or the row as a whole is meant. */
  readonly column: RosterColumn | undefined;
  /** Heading to show: the column's, or the name of the one that is missing. */
  readonly heading: string | null;
  /** Position of the cell; undefined where there is none. */
  readonly index: number | undefined;
  /** Raw text of the cell. */
  readonly text: string | null;
  readonly problem: CellProblem;
}

export class RowState {
  readonly values: ColumnValue[];
  readonly noted: Noted[] = [];
  /** By field; hardly any row has one. */
  pairs: Map<string, { readonly pair: TradePair | DatePair; readonly text: string }> | undefined;
  errors = 0;
  identity: Identity | undefined;
  /** Values for columns that nothing else fills. */
  readonly open: Prepared["also"][] = [];

  constructor(
    readonly source: SourceRow,
    width: number,
  ) {
    this.values = new Array<ColumnValue>(width).fill(null);
  }

  /** Text of a cell as in the file, trimmed; empty when there is none. */
  text(column: RosterColumn): string {
    const raw = this.source.cells[column.index];
    return raw === undefined || raw === "" ? "" : raw.trim();
  }

  note(
    column: RosterColumn | undefined,
    text: string | null,
    problem: CellProblem,
    heading: string | null = null,
  ): void {
    this.#add({ column, text, problem, heading: column?.heading ?? heading, index: column?.index });
  }

  /** For a cell that no known column holds. */
  noteAt(index: number, text: string | null, problem: CellProblem): void {
    this.#add({ column: undefined, text, problem, heading: null, index });
  }

  #add(noted: Noted): void {
    this.noted.push(noted);
    if (noted.problem.severity === "error") this.errors++;
  }

  hasError(column: RosterColumn): boolean {
    return this.noted.some((noted) => noted.column === column && noted.problem.severity === "error");
  }

  /** Takes over a reading; columns per year fill one bit set together. */
  take(column: RosterColumn, reading: Prepared): void {
    const { positions, values } = reading;
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      this.values[position] = joined(this.values[position], values[index] ?? null);
    }
    if (reading.plain) return;
    const { problem, also, identity, pair } = reading;
    if (problem) this.note(column, this.text(column), problem);
    if (also) this.open.push(also);
    if (pair) {
      this.pairs ??= new Map();
      this.pairs.set(column.field, { pair, text: this.text(column) });
    }
    this.identity ??= identity;
  }

  /**
   * Takes over a cell of several years where single columns may have spoken already: those stay. Gives whether the two disagree.
   * `group`: positions of the bit sets of one map of years.
   */
  takeYears({ positions, values }: Prepared, group: readonly number[]): boolean {
    let known = 0n;
    for (const position of group) known |= bits(this.values[position]);
    let differs = false;
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] ?? 0;
      const before = this.values[position];
      const found = values[index];
      if (typeof found !== "bigint") continue;
      if (!group.includes(position)) this.values[position] = joined(before, found);
      else {
        if ((found & known & ~bits(before)) !== 0n) differs = true;
        this.values[position] = bits(before) | (found & ~known);
      }
    }
    return differs;
  }
}

const bits = (value: ColumnValue | undefined): bigint => (typeof value === "bigint" ? value : 0n);

function joined(before: ColumnValue | undefined, value: ColumnValue): ColumnValue {
  if (typeof before !== "bigint" || typeof value !== "bigint" || before === 0n) return value;
  return value === 0n ? before : before | value;
}
