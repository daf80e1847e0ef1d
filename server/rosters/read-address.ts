/** Cells are named as spreadsheets name them. */

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(index: number): string {
  let letters = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** "F12": `index` counts columns from 0, `row` rows from 1. */
export const cellAddress = (index: number, row: number): string => `${columnLetters(index)}${row}`;

/** "BC12" → 54, counted from 0; undefined when the text is no reference. */
export function columnOf(reference: string | undefined): number | undefined {
  if (reference === undefined) return undefined;
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 3; at++) {
    const code = reference.charCodeAt(at) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return at === 0 ? undefined : column - 1;
}

export interface CellRange {
  /** Columns from 0, rows from 1, both ends included. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** "B3:D4" → its corners; undefined when the text is no range of cells. */
export function rangeOf(reference: string): CellRange | undefined {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference);
  if (!found) return undefined;
  const [, first = "", top = "", last = first, bottom = top] = found;
  const [a, b] = [columnOf(first) ?? 0, columnOf(last) ?? 0];
  const [c, d] = [Number(top), Number(bottom)];
  return { left: Math.min(a, b), right: Math.max(a, b), top: Math.min(c, d), bottom: Math.max(c, d) };
}
