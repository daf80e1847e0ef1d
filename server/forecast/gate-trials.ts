/** The trials of a gate as arrays: fitting goes over them dozens of times, and no pass asks the database anything. */
import type { NumberColumns } from "../store/index.ts";
import type { Scratch } from "./scratch.ts";
import { type Factor, factorKeys } from "./variance.ts";

/** Cells of one target are numbered below this. */
const cellsOfTarget = 1000;
/** Number of a target's cell among those of all targets. */
export const cellNumber = (target: number, cell: number): number => target * cellsOfTarget + cell;
export const targetOf = (number: number): number => Math.floor(number / cellsOfTarget);
export const cellOf = (number: number): number => number % cellsOfTarget;

/** Numbers, entry by entry of the trials, below `size`. */
export interface Keys {
  readonly of: Int32Array;
  readonly size: number;
}

/** A row per exam year, place, target and cell: people who stood before the gate alike. */
export interface Trials {
  readonly count: number;
  readonly year: Int32Array;
  /** `cellNumber` of target and cell. */
  readonly cells: Keys;
  readonly keys: ReadonlyMap<Factor, Keys>;
  /** People, and how many of them passed. */
  readonly n: Int32Array;
  readonly y: Int32Array;
  /** Of the exam year; and people and how many passed times it. */
  readonly weight: Float64Array;
  readonly weightedN: Float64Array;
  readonly weightedY: Float64Array;
  /** Logit of passing, as far as it is fitted. */
  readonly eta: Float64Array;
}

function wholes(columns: NumberColumns, name: string): Int32Array {
  const found = columns.get(name);
  if (found instanceof Int32Array) return found;
  throw new Error(`no whole numbers: ${name}`);
}

function doubles(columns: NumberColumns, name: string): Float64Array {
  const found = columns.get(name);
  if (found instanceof Float64Array) return found;
  throw new Error(`no numbers: ${name}`);
}

function keysOf(columns: NumberColumns, name: string): Keys {
  const of = wholes(columns, name);
  let most = -1;
  for (let row = 0; row < of.length; row++) most = Math.max(most, of[row] ?? 0);
  return { of, size: most + 1 };
}

/** Of `forecast_<gate>` (see trials.ts) the trials of exam years that weigh something, with the keys of the factors. */
export async function readTrials(scratch: Scratch, gate: string, factors: readonly Factor[]): Promise<Trials> {
  const keys = factors.map((factor) => `(${factorKeys[factor]})::INTEGER AS "${factor}"`);
  const sql = `SELECT t.year::INTEGER AS year, (target * ${cellsOfTarget} + cell)::INTEGER AS cell, n::INTEGER AS n, y::INTEGER AS y,
      weight, weight * n AS "weightedN", weight * y AS "weightedY", ${keys.join(", ")}
    FROM forecast_${gate} t JOIN forecast_weights w ON w.year = t.year`;
  const columns = await scratch.c.numbers(scratch.text(sql));
  const year = wholes(columns, "year");
  return {
    count: year.length,
    year,
    cells: keysOf(columns, "cell"),
    keys: new Map(factors.map((factor) => [factor, keysOf(columns, factor)])),
    n: wholes(columns, "n"),
    y: wholes(columns, "y"),
    weight: doubles(columns, "weight"),
    weightedN: doubles(columns, "weightedN"),
    weightedY: doubles(columns, "weightedY"),
    eta: new Float64Array(year.length),
  };
}

const coarse = 1.5 * 2 ** 22;

/**
 * Rounded to a multiple of 2^-30, about a billionth (of a number below two million): a double holds the sums of such numbers exactly as
 * far as eight million. Trials come in any order, and what is summed over them must not depend on it.
 */
export const rounded = (value: number): number => value + coarse - coarse;

/** The keys that occur, ascending. */
export function occurring({ of, size }: Keys): number[] {
  const seen = new Uint8Array(size);
  for (let row = 0; row < of.length; row++) seen[of[row] ?? 0] = 1;
  return [...seen.keys()].filter((key) => seen[key] === 1);
}
