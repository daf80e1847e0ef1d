/** Merged cells: the text stands in the top left cell, and every cell of the range means it. */

import type { SourceRow } from "./read.ts";
import type { CellRange } from "./read-address.ts";

/** Columns beyond are left alone; ranges over whole rows are drawn that wide, and no roster is. */
const lastColumn = 1_000;

interface ActiveMerge extends CellRange {
  readonly text: string;
}

/**
 * Fills the rows of one sheet, which must come from the top down. Ranges that overlap others are no valid workbook; the one
 * that begins first counts, so the work per row stays bounded by its width.
 */
export class MergeFiller {
  readonly #waiting: readonly CellRange[];
  #next = 0;
  #active: ActiveMerge[] = [];

  constructor(merges: readonly CellRange[]) {
    this.#waiting = merges
      .filter(({ left, right, top, bottom }) => left < lastColumn && (right > left || bottom > top))
      .map((range) => ({ ...range, right: Math.min(range.right, lastColumn) }))
      .sort((a, b) => a.top - b.top || a.left - b.left);
  }

  fill(source: SourceRow): SourceRow {
    const { row, cells } = source;
    if (this.#active.length > 0) this.#active = this.#active.filter(({ bottom }) => bottom >= row);
    for (let merge = this.#waiting[this.#next]; merge && merge.top <= row; merge = this.#waiting[this.#next]) {
      this.#next++;
      // A range whose first row is not in the file has no text.
      const text = merge.top === row ? (cells[merge.left] ?? "").trim() : "";
      if (text === "" || merge.bottom < row || this.#overlaps(merge)) continue;
      this.#active.push({ ...merge, text });
    }
    return this.#active.length === 0 ? source : this.#filled(source);
  }

  #overlaps(merge: CellRange): boolean {
    return this.#active.some(({ left, right }) => left <= merge.right && merge.left <= right);
  }

  #filled(source: SourceRow): SourceRow {
    const cells = [...source.cells];
    const filled: number[] = [];
    const across: number[] = [];
    for (const { left, right, top, text } of this.#active) {
      for (let index = left; index <= right; index++) {
        if (index === left && top === source.row) continue;
        while (cells.length < index) cells.push("");
        cells[index] = text;
        filled.push(index);
        if (index > left) across.push(index);
      }
    }
    return filled.length === 0 ? source : { ...source, cells, filled, across };
  }
}
