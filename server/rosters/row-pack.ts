/**
 * Rows on their way from the thread that reads to the one that writes, column by column. A roster says the same few thousand texts over
 * and over: each goes across once, then only its number in a list that both sides keep, which spares copying, memory and hashing.
 */
import type { ColumnValue } from "../rules/columns.ts";

/** The cells of one column. */
type PackedColumn =
  | { readonly kind: "empty" }
  | { readonly kind: "values"; readonly values: readonly ColumnValue[] }
  /** `codes`: 0 for nothing, else the place in the list from 1; `added`: what the list gains at its end. */
  | { readonly kind: "codes"; readonly codes: Uint16Array; readonly added: readonly ColumnValue[] };

export interface PackedRows {
  readonly length: number;
  readonly columns: readonly PackedColumn[];
}

/** A column with more different texts is sent as it is from then on: names and numbers hardly ever come twice. */
const mostWords = 20_000;

const isWord = (value: ColumnValue | undefined): boolean => typeof value === "string" || typeof value === "bigint";

class ColumnPacker {
  readonly #codes = new Map<ColumnValue, number>();
  #isRepeating = true;

  pack(rows: readonly ColumnValue[][], position: number): PackedColumn {
    const first = rows.find((row) => (row[position] ?? null) !== null);
    if (first === undefined) return { kind: "empty" };
    if (this.#isRepeating && isWord(first[position])) {
      const packed = this.#coded(rows, position);
      if (packed) return packed;
      this.#isRepeating = false;
      this.#codes.clear();
    }
    return { kind: "values", values: rows.map((row) => row[position] ?? null) };
  }

  #coded(rows: readonly ColumnValue[][], position: number): PackedColumn | undefined {
    if (this.#codes.size + rows.length > mostWords) return undefined;
    const codes = new Uint16Array(rows.length);
    const added: ColumnValue[] = [];
    for (let index = 0; index < rows.length; index++) {
      const value = rows[index]?.[position] ?? null;
      if (value === null) continue;
      let code = this.#codes.get(value);
      if (code === undefined) {
        added.push(value);
        code = this.#codes.size + 1;
        this.#codes.set(value, code);
      }
      codes[index] = code;
    }
    return { kind: "codes", codes, added };
  }
}

/** The sending side, for the rows of one file. */
export class RowPacker {
  readonly #columns: ColumnPacker[] = [];

  /** `width`: cells of a row; later rows may have more, at the end. */
  pack(rows: readonly ColumnValue[][], width: number): PackedRows {
    while (this.#columns.length < width) this.#columns.push(new ColumnPacker());
    return { length: rows.length, columns: this.#columns.map((column, position) => column.pack(rows, position)) };
  }
}

/** The receiving side: takes what the other packed, in the same order. */
export class RowUnpacker {
  readonly #words: ColumnValue[][] = [];

  unpack({ length, columns }: PackedRows): ColumnValue[][] {
    const rows = Array.from({ length }, () => new Array<ColumnValue>(columns.length).fill(null));
    columns.forEach((column, position) => {
      if (column.kind === "empty") return;
      const values = column.kind === "values" ? column.values : this.#decoded(column, position);
      rows.forEach((row, index) => {
        row[position] = values[index] ?? null;
      });
    });
    return rows;
  }

  #decoded({ codes, added }: Extract<PackedColumn, { kind: "codes" }>, position: number): ColumnValue[] {
    this.#words[position] ??= [null];
    const words = this.#words[position];
    words.push(...added);
    return Array.from(codes, (code) => words[code] ?? null);
  }
}
