/** Base rates of the cells of a gate: what is known of those who stand before it alike, before anything is known of their place. */
import { cellNumber, cellOf, rounded, type Trials, targetOf } from "./gate-trials.ts";

/** People of its parent that a cell's own rate is mixed with. */
export const priorPeople = 30;
const cellsOfGroup = 16;
/** Nothing is certain. */
const leastRate = 1e-6;

/** A cell of a target, or what it is part of: a group of cells, a family of groups, the whole target, everybody. */
export interface Cell {
  /** People, and how many of them passed, weighed. */
  n: number;
  y: number;
  logit: number;
}

export interface CellRates {
  /** By `cellNumber`. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** Logit of a cell, else of its group of cells, else of their family, else of its target, else of everybody. */
  logitOf(target: number, cell: number): number;
}

/** No history: nobody is known to come forward, so nobody is taken to. */
export const noRates: CellRates = { cells: new Map(), logitOf: () => -40 };

const groupOf = (target: number, cell: number) => cellNumber(target, Math.floor(cell / cellsOfGroup));

/**
 * Rates of cells, drawn to those of the group of cells, these to those of the family of groups, these to the target's, these to the rate of
 * all. `familyOf`: group → family; none: groups are drawn to their target.
 */
export function cellRates(trials: Trials, familyOf: readonly number[] = []): CellRates {
  const everybody = { n: 0, y: 0, logit: 0 };
  const [targets, families] = [new Map<number, Cell>(), new Map<number, Cell>()];
  const [groups, cells] = [new Map<number, Cell>(), new Map<number, Cell>()];
  const familyNumber = (group: number) => cellNumber(targetOf(group), familyOf[cellOf(group)] ?? -1);
  const within = (map: Map<number, Cell>, key: number) => {
    const known = map.get(key) ?? { n: 0, y: 0, logit: 0 };
    map.set(key, known);
    return known;
  };
  for (const [number, { n, y }] of sumsOf(trials)) {
    const [target, cell] = [targetOf(number), cellOf(number)];
    const group = within(groups, groupOf(target, cell));
    const family = familyOf.length > 0 ? [within(families, familyNumber(groupOf(target, cell)))] : [];
    for (const one of [everybody, within(targets, target), ...family, group, within(cells, number)]) {
      one.n += n;
      one.y += y;
    }
  }
  const rates = new Map<Cell, number>();
  const settle = (cell: Cell, rate: number) => {
    rates.set(cell, rate);
    const possible = Math.min(Math.max(rate, leastRate), 1 - leastRate);
    cell.logit = Math.log(possible / (1 - possible));
  };
  const drawn = (cell: Cell, parent: Cell | undefined) =>
    settle(cell, (cell.y + priorPeople * (rates.get(parent ?? everybody) ?? 0)) / (cell.n + priorPeople));
  // Where nobody ever stood before the gate, nobody is known to pass it.
  settle(everybody, everybody.n > 0 ? (everybody.y + 1) / (everybody.n + 2) : 0);
  for (const target of targets.values()) drawn(target, everybody);
  for (const [number, family] of families) drawn(family, targets.get(targetOf(number)));
  for (const [number, group] of groups)
    drawn(group, families.get(familyNumber(number)) ?? targets.get(targetOf(number)));
  for (const [number, cell] of cells) drawn(cell, groups.get(groupOf(targetOf(number), cellOf(number))));
  return {
    cells,
    logitOf: (target, cell) =>
      (
        cells.get(cellNumber(target, cell)) ??
        groups.get(groupOf(target, cell)) ??
        families.get(familyNumber(groupOf(target, cell))) ??
        targets.get(target) ??
        everybody
      ).logit,
  };
}

/** Cell → people and how many passed, weighed. Ascending. */
function sumsOf({ count, cells: { of, size }, weightedN, weightedY }: Trials): Map<number, { n: number; y: number }> {
  const [people, passed, seen] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size)];
  for (let row = 0; row < count; row++) {
    const cell = of[row] ?? 0;
    seen[cell] = 1;
    people[cell] = (people[cell] ?? 0) + rounded(weightedN[row] ?? 0);
    passed[cell] = (passed[cell] ?? 0) + rounded(weightedY[row] ?? 0);
  }
  const found = new Map<number, { n: number; y: number }>();
  seen.forEach((is, cell) => {
    if (is) found.set(cell, { n: people[cell] ?? 0, y: passed[cell] ?? 0 });
  });
  return found;
}
