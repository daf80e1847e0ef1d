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
  /** Of the exam year. */
  readonly weight: Float64Array;
  /** Logit of passing, as far as it is fitted. */
  readonly eta: Float64Array;
}

function wholes(columns: NumberColumns, name: string): Int32Array {
  const found = columns.get(name);
  if (found instanceof Int32Array) return found;
  throw new Error(`no whole numbers: ${name}`);
}

function keysOf(columns: NumberColumns, name: string): Keys {
  const of = wholes(columns, name);
  return { of, size: of.reduce((most, key) => Math.max(most, key), -1) + 1 };
}

/** Of `forecast_<gate>` (see trials.ts) the trials of exam years that weigh something, with the keys of the factors. */
export async function readTrials(scratch: Scratch, gate: string, factors: readonly Factor[]): Promise<Trials> {
  const keys = factors.map((factor) => `(${factorKeys[factor]})::INTEGER AS "${factor}"`);
  const sql = `SELECT t.year::INTEGER AS year, (target * ${cellsOfTarget} + cell)::INTEGER AS cell, n::INTEGER AS n, y::INTEGER AS y,
      w.weight, ${keys.join(", ")}
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
    weight: Float64Array.from(columns.get("weight") ?? []),
    eta: new Float64Array(year.length),
  };
}

/**
 * Summed in whole billionths, which doubles add up exactly as far as nine million: trials come in any order, and the sums must not
 * depend on it.
 */
export const billionths = (value: number): number => Math.round(value * 1e9);

/** The keys that occur, ascending. */
export function occurring({ of, size }: Keys): number[] {
  const seen = new Uint8Array(size);
  for (const key of of) seen[key] = 1;
  return [...seen.keys()].filter((key) => seen[key] === 1);
}
