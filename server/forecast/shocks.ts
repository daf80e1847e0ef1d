/** How much whole years, and districts, trades and units in a year, stray from what is expected: variances on the logit scale. */
import { setImmediate } from "node:timers/promises";
import { targetLevels } from "../rules/facts.ts";
import { cellOf, type Keys, rounded, type Trials, targetOf } from "./gate-trials.ts";
import { cellsOfStanding, unknownStanding } from "./trials.ts";
import type { Factor } from "./variance.ts";
import { beside, type YearLevel, type YearShift, yearLevel } from "./year-level.ts";

/** What years are told apart by: `findShocks` asks trials for the keys of these. */
export const shockFactors = ["step", "district", "trade", "unit"] as const satisfies readonly Factor[];

export interface Shocks {
  /** Where whole years stand, and how they differ. */
  readonly year: YearLevel;
  /** The same of each target level, 1 … 5, beside the year's own. */
  readonly steps: readonly YearLevel[];
  /** Variance of a target level in a year. */
  readonly step: number;
  readonly district: number;
  readonly trade: number;
  readonly unit: number;
  /** Years looked at. */
  readonly years: number;
}

/** Sums of a grouping: of (residual score)² − information, of information², and of the unit-years' information² in it. */
interface Moments {
  readonly excess: number;
  readonly squares: number;
  readonly within: number;
}

/** Score and information of each trial, unweighted; and of each year. */
interface Scores {
  /** Of each trial: its exam year, counted from the first. */
  readonly year: Int32Array;
  readonly score: Float64Array;
  readonly information: Float64Array;
  readonly years: readonly { readonly score: number; readonly information: number }[];
}

/**
 * Of the trials of a fitted gate (effects.ts). What is common to a year is taken out first; a district-year is moved by its own shock and
 * by its units', so the two are told apart by how their squares add up. `said`: what the office says exam years weigh.
 */
export async function findShocks(trials: Trials, said: ReadonlyMap<number, number> = new Map()): Promise<Shocks> {
  const scores = scoresOf(trials);
  const { whole, steps, years: count } = levelsOf(toldOf(trials, scores, said));
  takeOutYears(scores);
  const units = byUnit(keysOf(trials, "unit"));
  const moments = async (factor: Factor) => {
    await setImmediate();
    return momentsOf(scores, keysOf(trials, factor), units);
  };
  const step = await moments("step");
  const district = await moments("district");
  const trade = await moments("trade");
  const unit = await moments("unit");
  // Effects were fitted to the same years, which takes their mean out.
  const freed = count > 1 ? count / (count - 1) : 1;
  const ratio = ({ excess, squares }: Moments) => (squares > 0 ? Math.max(0, excess / squares) * freed : 0);
  const share = ({ within, squares }: Moments) => (squares > 0 ? within / squares : 0);
  const [total, ofUnits] = [ratio(district), ratio(unit)];
  const inside = share(district);
  const own = inside < 0.9 ? Math.max(0, (total - inside * ofUnits) / (1 - inside)) : total;
  const ofUnit = Math.max(0, ofUnits - own);
  return {
    year: whole,
    steps,
    step: Math.max(0, ratio(step) - share(step) * ofUnit),
    district: own,
    trade: Math.max(0, ratio(trade) - share(trade) * (ofUnit + own)),
    unit: ofUnit,
    years: count,
  };
}

function keysOf({ keys }: Trials, factor: Factor): Keys {
  const found = keys.get(factor);
  if (!found) throw new Error(`trials without keys of ${factor}`);
  return found;
}

function scoresOf({ count, year, n, y, eta }: Trials): Scores {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    first = Math.min(first, year[row] ?? first);
    last = Math.max(last, year[row] ?? last);
  }
  const years = Array.from({ length: Math.max(0, last - first + 1) }, () => ({ score: 0, information: 0 }));
  const found = {
    year: new Int32Array(count),
    score: new Float64Array(count),
    information: new Float64Array(count),
    years,
  };
  for (let row = 0; row < count; row++) {
    const people = n[row] ?? 0;
    const chance = 1 / (1 + Math.exp(-(eta[row] ?? 0)));
    const score = rounded((y[row] ?? 0) - people * chance);
    const information = rounded(people * chance * (1 - chance));
    found.year[row] = (year[row] ?? first) - first;
    found.score[row] = score;
    found.information[row] = information;
    const total = years[found.year[row] ?? 0];
    if (!total) continue;
    total.score += score;
    total.information += information;
  }
  return found;
}

/** By year and target, of those of whom is known how they stood. */
function toldOf({ count, year, cells }: Trials, scores: Scores, said: ReadonlyMap<number, number>): Scored[] {
  const found = new Map<number, { year: number; target: number; s: number; i: number; weight: number }>();
  for (let row = 0; row < count; row++) {
    const cell = cells.of[row] ?? 0;
    if (cellOf(cell) >= unknownStanding * cellsOfStanding) continue;
    const [at, target] = [year[row] ?? 0, targetOf(cell)];
    const key = at * 10 + target;
    const sum = found.get(key) ?? { year: at, target, s: 0, i: 0, weight: said.get(at) ?? 1 };
    if (sum.i === 0) found.set(key, sum);
    sum.s += scores.score[row] ?? 0;
    sum.i += scores.information[row] ?? 0;
  }
  return [...found].sort(([a], [b]) => a - b).map(([, sum]) => sum);
}

function takeOutYears({ year, score, information, years }: Scores): void {
  const shifts = years.map((one) => one.score / Math.max(one.information, 1e-9));
  for (let row = 0; row < score.length; row++) {
    score[row] = rounded((score[row] ?? 0) - (information[row] ?? 0) * (shifts[year[row] ?? 0] ?? 0));
  }
}

/** Trials unit by unit: their numbers, and where those of each unit begin. */
interface ByUnit {
  readonly rows: Int32Array;
  readonly begins: Int32Array;
}

function byUnit({ of, size }: Keys): ByUnit {
  const begins = new Int32Array(size + 1);
  for (let row = 0; row < of.length; row++) {
    const after = (of[row] ?? 0) + 1;
    begins[after] = (begins[after] ?? 0) + 1;
  }
  for (let unit = 0; unit < size; unit++) begins[unit + 1] = (begins[unit + 1] ?? 0) + (begins[unit] ?? 0);
  const next = begins.slice();
  const rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) {
    const unit = of[row] ?? 0;
    rows[next[unit] ?? 0] = row;
    next[unit] = (next[unit] ?? 0) + 1;
  }
  return { rows, begins };
}

function momentsOf(scores: Scores, { of, size }: Keys, { rows, begins }: ByUnit): Moments {
  const cells = scores.years.length * size;
  const [score, information, within] = [new Float64Array(cells), new Float64Array(cells), new Float64Array(cells)];
  const ofUnit = new Float64Array(cells);
  const touched: number[] = [];
  for (let unit = 0; unit + 1 < begins.length; unit++) {
    for (let at = begins[unit] ?? 0; at < (begins[unit + 1] ?? 0); at++) {
      const row = rows[at] ?? 0;
      const cell = (scores.year[row] ?? 0) * size + (of[row] ?? 0);
      const own = scores.information[row] ?? 0;
      score[cell] = (score[cell] ?? 0) + (scores.score[row] ?? 0);
      information[cell] = (information[cell] ?? 0) + own;
      if (ofUnit[cell] === 0) touched.push(cell);
      ofUnit[cell] = (ofUnit[cell] ?? 0) + own;
    }
    for (const cell of touched) {
      within[cell] = (within[cell] ?? 0) + (ofUnit[cell] ?? 0) ** 2;
      ofUnit[cell] = 0;
    }
    touched.length = 0;
  }
  const moments = { excess: 0, squares: 0, within: 0 };
  for (let cell = 0; cell < cells; cell++) {
    const [s, i] = [score[cell] ?? 0, information[cell] ?? 0];
    moments.excess += s * s - i;
    moments.squares += i * i;
    moments.within += within[cell] ?? 0;
  }
  return moments;
}

export interface Scored {
  readonly year: number;
  readonly target: number;
  readonly s: number;
  readonly i: number;
  readonly weight: number;
}

/** Information, below which a year tells nothing of its shift. */
const leastInformation = 1;

/** Where whole years stand, and each target level beside them. `shiftOf`: score over information → logit; default: a Newton step. */
export function levelsOf(
  scores: readonly Scored[],
  shiftOf = (share: number): number => share,
): { whole: YearLevel; steps: YearLevel[]; years: number } {
  const years = new Map<number, { s: number; i: number; weight: number }>();
  for (const { year, s, i, weight } of scores) {
    const sum = years.get(year) ?? { s: 0, i: 0, weight };
    years.set(year, { s: sum.s + s, i: sum.i + i, weight });
  }
  const shifts = (rows: readonly Scored[]): YearShift[] =>
    rows.flatMap(({ year, s, i, weight }) =>
      i > leastInformation ? [{ year, shift: shiftOf(s / i), noise: 1 / i, weight }] : [],
    );
  const all = shifts([...years].map(([year, sum]) => ({ year, target: 0, ...sum })));
  const ofYear = new Map(all.map(({ year, shift }) => [year, shift]));
  const steps = targetLevels.map((_, index) => {
    const own = shifts(scores.filter(({ target }) => target === index + 1));
    return yearLevel(
      own.map((one) => ({ ...one, shift: one.shift - (ofYear.get(one.year) ?? 0) })),
      beside,
    );
  });
  return { whole: yearLevel(all), steps, years: all.length };
}
