/**
 * One gate of the way to a certificate (coming forward, the reviews, the exams, the comprehensive review): the probability of passing it
 * as a logit of a cell's base rate and the effects of district, trade and unit, each drawn towards nothing as far as its own data is
 * thin. Penalised quasi-likelihood, one Newton step per factor and sweep, the spread of each factor's effects by the method of moments.
 */
import { setImmediate } from "node:timers/promises";
import { type Cell, type CellRates, cellRates, priorPeople } from "./cell-rates.ts";
import { billionths, cellOf, type Keys, occurring, type Trials, targetOf } from "./gate-trials.ts";
import type { Scratch } from "./scratch.ts";
import type { Factor } from "./variance.ts";

const sweeps = 3;
/** Below this an effect is as good as none. logit². */
const leastVariance = 1e-4;

export interface Gate {
  /** Names the tables: forecast_<name>, … */
  readonly name: string;
  /** In the order of fitting. */
  readonly factors: readonly Factor[];
}

export const gates = {
  apply: { name: "apply", factors: ["district", "districtStep", "trade", "tradeStep", "unit"] },
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
export async function fitGate({ factors }: Gate, trials: Trials): Promise<FittedGate> {
  const rates = cellRates(trials);
  const { cells } = rates;
  const { cells: cellKeys, eta } = trials;
  for (let row = 0; row < trials.count; row++) eta[row] = cells.get(cellKeys.of[row] ?? 0)?.logit ?? 0;
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
      correctBase(trials, cells);
    }
    for (const one of effects.values()) {
      await setImmediate();
      fitFactor(trials, one);
    }
  }
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

/** What the trials say of each key: score of the logit, information, and the luck in the score (information, weighed twice); billionths. */
interface Scores {
  readonly score: Float64Array;
  readonly information: Float64Array;
  readonly noise: Float64Array;
}

function scoresOf({ count, n, y, weight, eta }: Trials, { of, size }: Keys): Scores {
  const [score, information, noise] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < count; row++) {
    const key = of[row] ?? 0;
    const people = n[row] ?? 0;
    const share = weight[row] ?? 0;
    const chance = 1 / (1 + Math.exp(-(eta[row] ?? 0)));
    const known = share * people * chance * (1 - chance);
    score[key] = (score[key] ?? 0) + billionths(share * ((y[row] ?? 0) - people * chance));
    information[key] = (information[key] ?? 0) + billionths(known);
    noise[key] = (noise[key] ?? 0) + billionths(share * known);
  }
  return { score, information, noise };
}

function move({ count, eta }: Trials, { of }: Keys, steps: Float64Array): void {
  for (let row = 0; row < count; row++) eta[row] = (eta[row] ?? 0) + (steps[of[row] ?? 0] ?? 0);
}

/** One Newton step of every cell's base rate with the effects as they are. */
function correctBase(trials: Trials, cells: ReadonlyMap<number, Cell>): void {
  const { score, information } = scoresOf(trials, trials.cells);
  const steps = new Float64Array(trials.cells.size);
  for (const [number, cell] of cells) {
    const known = (information[number] ?? 0) / 1e9;
    if (known <= 1e-6) continue;
    const step = (score[number] ?? 0) / 1e9 / (known + (priorPeople * known) / Math.max(cell.n, 1e-9));
    steps[number] = step;
    cell.logit += step;
  }
  move(trials, trials.cells, steps);
}

/** New effects of a factor, from what the others leave over. */
function fitFactor(trials: Trials, effects: Effects): void {
  const { keys, occurring, effect, variance } = effects;
  const { score, information, noise } = scoresOf(trials, keys);
  let [excess, squares] = [0, 0];
  const left = new Float64Array(keys.size);
  for (const key of occurring) {
    const known = (information[key] ?? 0) / 1e9;
    const z = (score[key] ?? 0) / 1e9 + known * (effect[key] ?? 0);
    left[key] = z;
    excess += z * z - (noise[key] ?? 0) / 1e9;
    squares += known * known;
  }
  effects.tau = Math.max(leastVariance, squares > 0 ? excess / squares : 0);
  const steps = new Float64Array(keys.size);
  for (const key of occurring) {
    const precision = (information[key] ?? 0) / 1e9 + 1 / effects.tau;
    const now = (left[key] ?? 0) / precision;
    steps[key] = now - (effect[key] ?? 0);
    effect[key] = now;
    variance[key] = 1 / precision;
  }
  move(trials, keys, steps);
}
