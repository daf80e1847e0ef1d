/**
 * Where years stand now: their shifts follow a level that stays, creeps or, seldom, jumps, and single years may lie far off it. How much
 * of each is learned from the years themselves (a filter on a grid, averaged over the deviations that explain them), so with few years the
 * level is their mean, and an epidemic year does not drag it along.
 */
import { normalQuantile } from "./quantiles.ts";

/** A year on file. */
export interface YearShift {
  readonly year: number;
  /** Logit, against what was learned from all years together. */
  readonly shift: number;
  /** Variance of the shift by the luck of people alone. */
  readonly noise: number;
  /** What the office says the year weighs, above 0 … 1. */
  readonly weight: number;
}

export interface YearLevel {
  /** Logit by which the coming years are expected to differ from all years together. */
  readonly level: number;
  /** Variance of a coming year around it, with how little it is known. */
  readonly variance: number;
  /** How much wider the ends of a 95 % interval lie than those of a normal distribution. */
  readonly farTail: number;
}

/** How years differ: standard deviations with their probabilities before anything is seen. Logit. */
interface Habits {
  readonly around: readonly (readonly [deviation: number, probability: number])[];
  readonly creeping: readonly (readonly [deviation: number, probability: number])[];
  /** A year off the level. */
  readonly outlier: Seldom;
  /** The level moved for good. */
  readonly jump: Seldom;
  /** Standard deviation of the level before the first year. */
  readonly start: number;
}
interface Seldom {
  readonly probability: number;
  readonly deviation: number;
}
const usual: Habits = {
  around: [
    [0.05, 0.12],
    [0.08, 0.2],
    [0.12, 0.28],
    [0.18, 0.22],
    [0.27, 0.12],
    [0.4, 0.06],
  ],
  creeping: [
    [0, 0.6],
    [0.04, 0.25],
    [0.1, 0.15],
  ],
  outlier: { probability: 0.06, deviation: 0.5 },
  jump: { probability: 0.03, deviation: 0.4 },
  start: 0.25,
};
/** Of a target level in a year, beside the year itself. */
export const beside: Habits = {
  around: [
    [0.02, 0.25],
    [0.05, 0.3],
    [0.09, 0.25],
    [0.16, 0.15],
    [0.28, 0.05],
  ],
  creeping: [
    [0, 0.7],
    [0.03, 0.3],
  ],
  outlier: { probability: 0.05, deviation: 0.3 },
  jump: { probability: 0.02, deviation: 0.3 },
  start: 0.1,
};
const step = 0.04;
const half = 50;
const grid = Array.from({ length: 2 * half + 1 }, (_, index) => (index - half) * step);

const density = (x: number, variance: number) => Math.exp(-(x * x) / (2 * variance)) / Math.sqrt(variance);

/** Probabilities of the grid's points. */
type Belief = Float64Array;

function scaled(belief: Belief): number {
  let sum = 0;
  for (const one of belief) sum += one;
  if (sum > 0) for (let index = 0; index < belief.length; index++) belief[index] = (belief[index] ?? 0) / sum;
  return sum;
}

/** Weights of moves by 0 … 2 · half points. */
function moves(creeping: number, jump: Seldom): Float64Array {
  const narrow = Math.max(creeping, step / 4) ** 2;
  const wide = jump.deviation ** 2 + narrow;
  const of = (variance: number) => {
    const weights = Float64Array.from({ length: 2 * half + 1 }, (_, index) => density(index * step, variance));
    const sum = weights.reduce((total, one, index) => total + (index === 0 ? one : 2 * one), 0);
    return weights.map((one) => one / sum);
  };
  const [near, far] = [of(narrow), of(wide)];
  return near.map((one, index) => (1 - jump.probability) * one + jump.probability * (far[index] ?? 0));
}

function moved(belief: Belief, weights: Float64Array): Belief {
  const after = new Float64Array(belief.length);
  for (let to = 0; to < after.length; to++) {
    let sum = 0;
    for (let from = 0; from < belief.length; from++) sum += (belief[from] ?? 0) * (weights[Math.abs(to - from)] ?? 0);
    after[to] = sum;
  }
  scaled(after);
  return after;
}

const likelihood = (off: number, variance: number, outlier: Seldom) =>
  (1 - outlier.probability) * density(off, variance) +
  outlier.probability * density(off, variance + outlier.deviation ** 2);

/** The level as it stands after the last one of the years, which ascend. */
export function yearLevel(years: readonly YearShift[], habits: Habits = usual): YearLevel {
  const { around, creeping, outlier, jump, start } = habits;
  const stands = new Float64Array(grid.length);
  const shown = new Float64Array(grid.length);
  let whole = 0;
  for (const [creep, likely] of creeping) {
    const weights = moves(creep, jump);
    for (const [deviation, probable] of around) {
      let belief: Belief = Float64Array.from(grid, (x) => density(x, start ** 2));
      scaled(belief);
      let evidence = likely * probable;
      for (const [index, { year, shift, noise, weight }] of years.entries()) {
        const before = years[index - 1];
        for (let gap = before ? year - before.year : 0; gap > 0; gap--) belief = moved(belief, weights);
        const variance = (deviation ** 2 + noise) / weight;
        belief = belief.map((one, point) => one * likelihood(shift - (grid[point] ?? 0), variance, outlier));
        evidence *= scaled(belief);
      }
      whole += evidence;
      for (let point = 0; point < grid.length; point++) {
        stands[point] = (stands[point] ?? 0) + evidence * (belief[point] ?? 0);
      }
      const seen = comingYear(moved(belief, weights), deviation, outlier);
      for (let point = 0; point < grid.length; point++) {
        shown[point] = (shown[point] ?? 0) + evidence * (seen[point] ?? 0);
      }
    }
  }
  if (!(whole > 0)) return { level: 0, variance: 0.2 ** 2, farTail: 1 };
  scaled(stands);
  scaled(shown);
  const level = stands.reduce((sum, one, point) => sum + one * (grid[point] ?? 0), 0);
  const width = (p: number) => (quantile(shown, 1 - p) - quantile(shown, p)) / (-2 * normalQuantile(p));
  const [near, far] = [width(0.1), width(0.025)];
  return { level, variance: near ** 2, farTail: Math.max(1, far / near) };
}

/** A coming year, given the level. */
function comingYear(belief: Belief, deviation: number, outlier: Seldom): Belief {
  const after = new Float64Array(belief.length);
  const kernel = Float64Array.from(grid, (_, index) => likelihood(index * step, deviation ** 2, outlier));
  for (let to = 0; to < after.length; to++) {
    let sum = 0;
    for (let from = 0; from < belief.length; from++) sum += (belief[from] ?? 0) * (kernel[Math.abs(to - from)] ?? 0);
    after[to] = sum;
  }
  scaled(after);
  return after;
}

/** Between the points of the grid, probabilities rise evenly. */
function quantile(belief: Belief, p: number): number {
  let sum = 0;
  for (let point = 0; point < belief.length; point++) {
    const own = belief[point] ?? 0;
    if (sum + own >= p) return (grid[point] ?? 0) + step * ((p - sum) / own - 0.5);
    sum += own;
  }
  return grid.at(-1) ?? 0;
}
