/** The problems of an import → the cells to mark, each once, with what its comment says. */
import { type CellRange, cellAddress, columnOf } from "./read-address.ts";
import { type FoundProblem, rejectsRow } from "./report.ts";

/**
 * rejected: stands in a row that was not loaded, on the row's first cell. cleared: was marked before, and is in order now. The later
 * ones go before the earlier ones.
 */
export const looks = ["cleared", "warning", "error", "rejected"] as const;
export type Look = (typeof looks)[number];

export interface CellMark {
  /** From 1. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly look: Look;
  /** Sentences, one a line. */
  readonly text: string;
}

/** What the comment of a row that was left out says. */
export const rejectedText = "此行未录入";

const words = { error: "错误", warning: "警告" } as const;

function sentence({ severity, message, taken }: FoundProblem): string {
  const said = taken === undefined || message.zh.includes(taken) ? "" : `（采用：${taken}）`;
  return `${words[severity]}：${message.zh}${said}`;
}

/** Where a mark must stand so that it is seen: in the top left cell of merged ones. Rows must come from the top down. */
class Anchors {
  readonly #waiting: readonly CellRange[];
  #next = 0;
  #active: CellRange[] = [];

  constructor(merges: readonly CellRange[]) {
    this.#waiting = [...merges].sort((a, b) => a.top - b.top || a.left - b.left);
  }

  at(row: number, column: number): readonly [number, number] {
    this.#goTo(row);
    const range = this.#active.find(({ left, right }) => left <= column && column <= right);
    return range ? [range.top, range.left] : [row, column];
  }

  /** The first cell of the row that is no part of one above it. */
  first(row: number): number {
    let column = 0;
    this.#goTo(row);
    while (
      column < 1_000 &&
      this.#active.some(({ left, right, top }) => top < row && left <= column && column <= right)
    )
      column++;
    return column;
  }

  #goTo(row: number): void {
    this.#active = this.#active.filter(({ bottom }) => bottom >= row);
    for (let range = this.#waiting[this.#next]; range && range.top <= row; range = this.#waiting[this.#next]) {
      this.#next++;
      // Ranges that overlap are no valid workbook; so what is active stays bounded by the width of a sheet.
      const { left, right } = range;
      if (range.bottom >= row && !this.#active.some((other) => other.left <= right && left <= other.right))
        this.#active.push(range);
    }
  }
}

const rank = (look: Look) => looks.indexOf(look);

/** Joins marks of the same cell; what several problems say alike is said once. */
function joined(marks: readonly CellMark[]): CellMark[] {
  const result: CellMark[] = [];
  let at = 0;
  while (at < marks.length) {
    const first = marks[at] as CellMark;
    let { look } = first;
    const texts = new Set<string>();
    for (; at < marks.length; at++) {
      const mark = marks[at] as CellMark;
      if (mark.row !== first.row || mark.column !== first.column) break;
      if (rank(mark.look) > rank(look)) look = mark.look;
      texts.add(mark.text);
    }
    result.push({ ...first, look, text: [...texts].join("\n") });
  }
  return result;
}

/**
 * The marks of one sheet, from the top down and from left to right. A problem of a row as a whole stands on the row's first cell;
 * problems of the whole sheet have none.
 */
export function marksOf(problems: readonly FoundProblem[], merges: readonly CellRange[]): CellMark[] {
  const anchors = new Anchors(merges);
  const marks: CellMark[] = [];
  const byRow = problems.filter(({ row }) => row !== null).sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
  let rejected = 0;
  for (const problem of byRow) {
    const row = problem.row ?? 0;
    const column = columnOf(problem.cell);
    if (rejectsRow(problem) && rejected !== row) {
      rejected = row;
      marks.push({ row, column: anchors.first(row), look: "rejected", text: rejectedText });
    }
    const [top, left] = column === undefined ? [row, anchors.first(row)] : anchors.at(row, column);
    marks.push({ row: top, column: left, look: problem.severity, text: sentence(problem) });
  }
  // Sorting is stable: that a row was left out is said first.
  return joined(marks.sort((a, b) => a.row - b.row || a.column - b.column));
}

/** The marks, and the cells marked in an earlier round that are not among them (by address), in the order of marks. */
export function withCleared(marks: readonly CellMark[], before: readonly string[]): readonly CellMark[] {
  if (before.length === 0) return marks;
  const marked = new Set(marks.map(addressOf));
  const cleared = before.flatMap((address): CellMark[] => {
    const [column, row] = [columnOf(address), Number(/\d+$/.exec(address)?.[0])];
    if (marked.has(address) || column === undefined || !(row > 0)) return [];
    return [{ row, column, look: "cleared", text: "" }];
  });
  return [...marks, ...cleared].sort((a, b) => a.row - b.row || a.column - b.column);
}

export const addressOf = ({ row, column }: CellMark): string => cellAddress(column, row);
