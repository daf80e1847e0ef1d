/** The columns of staged rows in the order they were first needed: a roster fills few of the many columns there are. */
import type { RosterKind } from "./report.ts";
import type { PositionOf } from "./row-columns.ts";
import { type StageColumn, stagedColumns } from "./stage.ts";

export class RowLayout {
  readonly columns: StageColumn[] = [];
  readonly #known: ReadonlyMap<string, { readonly column: StageColumn; readonly order: number }>;
  readonly #positions = new Map<string, number>();
  #inOrder: readonly { readonly name: string; readonly position: number }[] = [];
  #ordered = 0;

  constructor(kind: RosterKind) {
    this.#known = new Map(stagedColumns(kind).map((column, order) => [column.name, { column, order }]));
  }

  /** The position of a column in a row; the column is taken up when it is asked for the first time. */
  readonly positionOf: PositionOf = (name) => {
    const position = this.#positions.get(name);
    if (position !== undefined) return position;
    const known = this.#known.get(name);
    if (!known) throw new Error(`no staged column ${name}`);
    this.#positions.set(name, this.columns.length);
    return this.columns.push(known.column) - 1;
  };

  knows(name: string): boolean {
    return this.#known.has(name);
  }

  /** What a row says, without bookkeeping, in an order in which no file has a say. */
  get inOrder(): readonly { readonly name: string; readonly position: number }[] {
    if (this.#ordered < this.columns.length) {
      this.#ordered = this.columns.length;
      const order = (name: string) => this.#known.get(name)?.order ?? 0;
      this.#inOrder = this.columns
        .flatMap(({ name, own }, position) => (own ? [] : [{ name, position }]))
        .sort((a, b) => order(a.name) - order(b.name));
    }
    return this.#inOrder;
  }
}
