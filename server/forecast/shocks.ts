/** How much whole years, and districts, trades and units in a year, stray from what is expected: variances on the logit scale. */
import { setImmediate } from "node:timers/promises";
import { type Keys, rounded, type Trials } from "./gate-trials.ts";
import type { Factor } from "./variance.ts";

/** Two standard deviations of a year at the very least: two years alike prove nothing. */
const leastYearVariance = 0.02 ** 2;

/** What years are told apart by: `findShocks` asks trials for the keys of these. */
export const shockFactors = ["step", "district", "trade", "unit"] as const satisfies readonly Factor[];

export interface Shocks {
  readonly year: number;
  /** Of a target level in a year, beside the year's own. */
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
 * by its units', so the two are told apart by how their squares add up.
 */
export async function findShocks(trials: Trials): Promise<Shocks> {
  const scores = scoresOf(trials);
  const years = scores.years.flatMap(({ score, information }) =>
    information > 1 ? [{ shift: score / information, noise: 1 / information }] : [],
  );
  const count = years.length;
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
    year: yearVariance(years),
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

/** Spread of the years' own shifts beyond what the luck of people explains. */
function yearVariance(years: readonly { readonly shift: number; readonly noise: number }[]): number {
  const count = years.length;
  // One year tells nothing of how years differ: general experience, a fifth on the logit scale.
  if (count < 2) return 0.2 ** 2;
  const mean = years.reduce((sum, { shift }) => sum + shift, 0) / count;
  const variance = years.reduce((sum, { shift }) => sum + (shift - mean) ** 2, 0) / (count - 1);
  const noise = years.reduce((sum, one) => sum + one.noise, 0) / count;
  return Math.max(leastYearVariance, variance - noise);
}
