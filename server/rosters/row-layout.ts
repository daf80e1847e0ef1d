/** The columns of staged rows in the order they were first needed: a roster fills few of the many columns there are. */
import type { RosterKind } from "./report.ts";
import type { PositionOf } from "./row-columns.ts";
import { type StageColumn, stagedColumns } from "./stage.ts";

export class RowLayout {
  readonly columns: StageColumn[] = [];
  readonly #known: ReadonlyMap<string, StageColumn>;
  readonly #positions = new Map<string, number>();

  constructor(kind: RosterKind) {
    this.#known = new Map(stagedColumns(kind).map((column) => [column.name, column]));
  }

  /** The position of a column in a row; the column is taken up when it is asked for the first time. */
  readonly positionOf: PositionOf = (name) => {
    const position = this.#positions.get(name);
    if (position !== undefined) return position;
    const known = this.#known.get(name);
    if (!known) throw new Error(`no staged column ${name}`);
    this.#positions.set(name, this.columns.length);
    return this.columns.push(known) - 1;
  };

  knows(name: string): boolean {
    return this.#known.has(name);
  }
}
