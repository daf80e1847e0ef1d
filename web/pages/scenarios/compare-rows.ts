/** Pure: the rows of two runs, group by group beside each other. */
import { type Figure, figureOf } from "./rows.ts";
import type { DifferenceRow, Measure } from "./shapes.ts";

export interface Pair {
  readonly key: string;
  readonly name: string;
  readonly a: Figure;
  readonly b: Figure;
  /** Second less first; null where either is not told. */
  readonly apart: number | null;
}

const untold: Figure = {
  ...{ base: null, scenario: null, difference: null },
  ...{ low80: null, high80: null, low95: null, high95: null },
};

/** In the order of the first, what only the second has at the end; `bySize`: what differs most comes first. */
export function pairs(
  left: readonly DifferenceRow[],
  right: readonly DifferenceRow[],
  measure: Measure,
  keyOf: (row: DifferenceRow) => string,
  nameOf: (row: DifferenceRow) => string,
  bySize = false,
): Pair[] {
  const others = new Map(right.map((row) => [keyOf(row), row]));
  const known = new Set(left.map(keyOf));
  const all = [...left, ...right.filter((row) => !known.has(keyOf(row)))].map((row): Pair => {
    const key = keyOf(row);
    const other = others.get(key);
    const a = known.has(key) ? figureOf(row, measure) : untold;
    const b = other ? figureOf(other, measure) : untold;
    const apart = a.scenario === null || b.scenario === null ? null : b.scenario - a.scenario;
    return { key, name: nameOf(row), a, b, apart };
  });
  const size = ({ a, b, apart }: Pair): number =>
    Math.max(Math.abs(apart ?? 0), Math.abs(a.difference ?? 0), Math.abs(b.difference ?? 0));
  const told = all.filter(({ a, b }) => (a.base ?? 0) + (a.scenario ?? 0) + (b.scenario ?? 0) !== 0);
  return bySize ? told.sort((x, y) => size(y) - size(x)) : told.length > 0 ? told : all;
}
