/** The columns of the heading in force, each with what its texts meant so far; rosters repeat themselves, so nearly every cell is found there. */
import type { ColumnValue } from "../rules/columns.ts";
import { type CellContext, readCell } from "./cells.ts";
import type { MatchedColumn } from "./match.ts";
import type { CellReading, ColumnValues } from "./reading.ts";
import { readYearList, type YearFact } from "./year-cells.ts";
import { isYearly } from "./year-headings.ts";
import { yearsOf } from "./year-words.ts";

/** A reading with its columns as positions of the staged row; two plain lists, because this is done millions of times. */
export type Prepared = Omit<CellReading, "values"> & {
  readonly positions: readonly number[];
  readonly values: readonly ColumnValue[];
};

export type PositionOf = (name: string) => number;

const memorySize = 20_000;
/** Columns whose texts hardly ever come twice. */
const unrepeated = new Set(["workerId", "name", "idNumber"]);

export function prepare({ values, ...rest }: CellReading, positionOf: PositionOf): Prepared {
  return { ...rest, ...positioned(values, positionOf) };
}

export const positioned = (values: ColumnValues, positionOf: PositionOf) => ({
  positions: Object.keys(values).map(positionOf),
  values: Object.values(values),
});

export class RosterColumn {
  readonly index: number;
  readonly heading: string;
  readonly field: string;
  /** The cells hold several years each; which, may depend on the row's year. */
  readonly list: YearFact | undefined;
  /** Text of the cell above, for 同上; empty below the heading and below an empty cell. */
  above = "";
  readonly #target: MatchedColumn["target"];
  /** The cell read last: the same text comes again in row after row, and comparing is quicker than looking it up. */
  #text = "";
  #reading: Prepared | undefined;
  readonly #memory = new Map<string, Prepared>();
  readonly #remembers: boolean;

  constructor(
    { index, heading, target }: MatchedColumn,
    private readonly positionOf: PositionOf,
  ) {
    this.index = index;
    this.heading = heading;
    this.field = target.field.name;
    this.#target = target;
    this.#remembers = !unrepeated.has(this.field);
    this.list = target.year === undefined && isYearly(target.field) ? (this.field as YearFact) : undefined;
  }

  read(text: string, context: CellContext, imprecise: boolean): Prepared {
    if (!this.#remembers) return prepare(readCell(this.#target, text, context, imprecise), this.positionOf);
    if (text === this.#text && this.#reading) return this.#reading;
    this.#text = text;
    this.#reading = this.#memory.get(text) ?? this.#remember(text, readCell(this.#target, text, context, imprecise));
    return this.#reading;
  }

  /** A cell of several years in a row of that roster year. */
  readList(fact: YearFact, text: string, rosterYear: number): Prepared {
    const { span } = this.#target;
    const key = span === undefined || "years" in span ? text : `${rosterYear}\u0000${text}`;
    const known = this.#memory.get(key);
    if (known) return known;
    return this.#remember(key, readYearList(fact, text, span ? yearsOf(span, rosterYear) : []));
  }

  #remember(key: string, reading: CellReading): Prepared {
    const prepared = prepare(reading, this.positionOf);
    if (this.#remembers && this.#memory.size < memorySize) this.#memory.set(key, prepared);
    return prepared;
  }
}
