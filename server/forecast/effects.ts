/**
 * One gate of the way to a certificate (coming forward, the reviews, the exams, the comprehensive review): the probability of passing it
 * as a logit of a cell's base rate and the effects of district, trade and unit, each drawn towards nothing as far as its own data is
 * thin. Penalised quasi-likelihood, one Newton step per factor and sweep, the spread of each factor's effects by the method of moments.
 */
import { setImmediate } from "node:timers/promises";
import { type Cell, type CellRates, cellRates, priorPeople } from "./cell-rates.ts";
import { cellOf, type Keys, occurring, rounded, type Trials, targetOf } from "./gate-trials.ts";
import type { Scratch } from "./scratch.ts";
import { families } from "./trials.ts";
import type { Factor } from "./variance.ts";

const sweeps = 3;
/** Below this an effect is as good as none. logit². */
const leastVariance = 1e-4;

export interface Gate {
  /** Names the tables: forecast_<name>, … */
  readonly name: string;
  /** In the order of fitting. */
  readonly factors: readonly Factor[];
  /** Groups of cells → families of them (cell-rates.ts). */
  readonly families?: readonly number[];
}

export const gates = {
  apply: { name: "apply", factors: ["district", "districtStep", "trade", "tradeStep", "unit"], families },
  admit: { name: "admit", factors: ["districtStep", "unit"] },
  exam: { name: "exam", factors: ["district", "districtStep", "trade", "tradeStep"] },
  review: { name: "review", factors: ["districtStep", "trade"] },
} as const satisfies Record<string, Gate>;
export type GateName = keyof typeof gates;

/** Effects of one factor, by key. */
interface Effects {
  readonly keys: Keys;
  readonly occurring: readonly number[];
  readonly effect: Float64Array;
  readonly variance: Float64Array;
  /** How far the effects spread, logit². */
  tau: number;
}

export interface FittedGate {
  readonly rates: CellRates;
  readonly effects: ReadonlyMap<Factor, Effects>;
}

/** Fits a gate to its trials, whose logits it leaves as fitted. Lets others have their turn between passes. */
export async function fitGate({ factors, families }: Gate, trials: Trials): Promise<FittedGate> {
  const rates = cellRates(trials, families);
  const { cells } = rates;
  const logits = new Float64Array(trials.cells.size);
  for (const [number, { logit }] of cells) logits[number] = logit;
  let last: Move = { of: trials.cells.of, steps: logits };
  const effects = new Map(
    factors.map((factor): [Factor, Effects] => {
      const keys = trials.keys.get(factor);
      if (!keys) throw new Error(`trials without keys of ${factor}`);
      const { size } = keys;
      return [
        factor,
        { keys, occurring: occurring(keys), effect: new Float64Array(size), variance: new Float64Array(size), tau: 0 },
      ];
    }),
  );
  for (let round = 0; round < sweeps; round++) {
    if (round > 0) {
      await setImmediate();
      last = correctBase(trials, cells, last);
    }
    for (const one of effects.values()) {
      await setImmediate();
      last = fitFactor(trials, one, last);
    }
  }
  take(trials, last);
  return { rates, effects };
}

/** Makes `forecast_<name>_cells` (target, cell, logit) and `forecast_<name>_<factor>` (key, effect, variance). */
export async function writeGate(scratch: Scratch, { name }: Gate, { rates, effects }: FittedGate): Promise<void> {
  await scratch.fill(
    `forecast_${name}_cells`,
    { target: "TINYINT", cell: "INTEGER", logit: "DOUBLE" },
    [...rates.cells].map(([number, { logit }]) => [targetOf(number), cellOf(number), logit]),
  );
  for (const [factor, { occurring, effect, variance }] of effects) {
    await scratch.fill(
      `forecast_${name}_${factor.toLowerCase()}`,
      { key: "BIGINT", effect: "DOUBLE", variance: "DOUBLE" },
      occurring.map((key) => [key, effect[key] ?? 0, variance[key] ?? 0]),
    );
  }
}

/** Steps of the logits by key, found but not yet taken: that is done on the next way through the trials. */
interface Move {
  readonly of: Int32Array;
  readonly steps: Float64Array;
}

/** What the trials say. */
interface Scores {
  /** Of each key two numbers: score of its logit, information. */
  readonly sums: Float64Array;
  /** Luck in the scores of all keys together: information, weighed twice. */
  readonly noise: number;
}

function scoresOf({ count, weight, weightedN, weightedY, eta }: Trials, { of, size }: Keys, last: Move): Scores {
  const sums = new Float64Array(2 * size);
  const { of: moved, steps } = last;
  let noise = 0;
  for (let row = 0; row < count; row++) {
    const logit = (eta[row] ?? 0) + (steps[moved[row] ?? 0] ?? 0);
    eta[row] = logit;
    const chance = 1 / (1 + Math.exp(-logit));
    const expected = (weightedN[row] ?? 0) * chance;
    const known = expected * (1 - chance);
    const at = 2 * (of[row] ?? 0);
    sums[at] = (sums[at] ?? 0) + rounded((weightedY[row] ?? 0) - expected);
    sums[at + 1] = (sums[at + 1] ?? 0) + rounded(known);
    noise += rounded((weight[row] ?? 0) * known);
  }
  return { sums, noise };
}

function take({ count, eta }: Trials, { of, steps }: Move): void {
  for (let row = 0; row < count; row++) eta[row] = (eta[row] ?? 0) + (steps[of[row] ?? 0] ?? 0);
}

/** One Newton step of every cell's base rate with the effects as they are. */
function correctBase(trials: Trials, cells: ReadonlyMap<number, Cell>, last: Move): Move {
  const { sums } = scoresOf(trials, trials.cells, last);
  const steps = new Float64Array(trials.cells.size);
  for (const [number, cell] of cells) {
    const known = sums[2 * number + 1] ?? 0;
    if (known <= 1e-6) continue;
    const step = (sums[2 * number] ?? 0) / (known + (priorPeople * known) / Math.max(cell.n, 1e-9));
    steps[number] = step;
    cell.logit += step;
  }
  return { of: trials.cells.of, steps };
}

/** New effects of a factor, from what the others leave over. */
function fitFactor(trials: Trials, effects: Effects, last: Move): Move {
  const { keys, occurring, effect, variance } = effects;
  const { sums, noise } = scoresOf(trials, keys, last);
  const left = new Float64Array(keys.size);
  let [excess, squares] = [-noise, 0];
  for (const key of occurring) {
    const known = sums[2 * key + 1] ?? 0;
    const z = (sums[2 * key] ?? 0) + known * (effect[key] ?? 0);
    left[key] = z;
    excess += z * z;
    squares += known * known;
  }
  effects.tau = Math.max(leastVariance, squares > 0 ? excess / squares : 0);
  const steps = new Float64Array(keys.size);
  for (const key of occurring) {
    const precision = (sums[2 * key + 1] ?? 0) + 1 / effects.tau;
    const now = (left[key] ?? 0) / precision;
    steps[key] = now - (effect[key] ?? 0);
    effect[key] = now;
    variance[key] = 1 / precision;
  }
  return { of: keys.of, steps };
}
