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
  /** Nothing but values. */
  readonly plain: boolean;
};

export type PositionOf = (name: string) => number;

const memorySize = 20_000;
/** Columns whose texts hardly ever come twice. */
const unrepeated = new Set(["workerId", "name", "idNumber"]);

function prepare(reading: CellReading, positionOf: PositionOf): Prepared {
  const { also, problem, unmapped, identity, pair } = reading;
  const plain = !(also || problem || unmapped || identity || pair);
  const found = positioned(reading.values, positionOf);
  return plain ? { ...found, plain } : { ...reading, ...found, plain };
}

export function positioned(values: ColumnValues, positionOf: PositionOf): Pick<Prepared, "positions" | "values"> {
  const names = Object.keys(values);
  return { positions: names.map(positionOf), values: names.map((name) => values[name] ?? null) };
}

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

  /** What a text meant before; nearly every cell is settled by this. */
  known(text: string): Prepared | undefined {
    if (text === this.#text) return this.#reading;
    const found = this.#memory.get(text);
    if (found === undefined) return undefined;
    this.#text = text;
    this.#reading = found;
    return found;
  }

  read(text: string, context: CellContext, imprecise: boolean): Prepared {
    const reading = readCell(this.#target, text, context, imprecise);
    return this.#remembers ? this.#remember(text, reading) : prepare(reading, this.positionOf);
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
