/** A forecast of a world against its futures: errors expected over all of them, so that the luck of one future says nothing. */
import type { ForecastRow } from "../../../server/forecast/index.ts";
import { predictiveOf, predictiveOfPlaces } from "../../../server/forecast/scores-counts.ts";
import type { Predictive } from "../../../server/forecast/scores-intervals.ts";
import { type CellGrouping, draws, type Futures } from "./futures.ts";
import { steps } from "./ground.ts";
import { type Measure, measures } from "./tally.ts";
import type { World } from "./world.ts";

/** Of one world, origin, horizon, measure and grouping. Errors are divided by the people expected. */
export interface Verdict {
  readonly horizon: number;
  readonly measure: Measure;
  readonly grouping: CellGrouping;
  /** Cells of fewer than five people on average are judged by squared errors. */
  readonly small: boolean;
  readonly model: number;
  readonly lastYear: number;
  readonly threeYearMean: number;
  readonly oracle: number;
  /** Σ (forecast − truth) and Σ |forecast − truth| over Σ truth, the truth being the oracle's mean. */
  readonly bias: number;
  readonly distance: number;
  readonly coverage80: number;
  readonly coverage95: number;
  /** Mean width of the 80 % intervals over the oracle's. */
  readonly width: number;
}

const quantileOf = (sorted: Float64Array, share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** What `Verdict` adds up over cells. */
class Sums {
  truth = 0;
  cells = 0;
  readonly absolute = { model: 0, lastYear: 0, threeYearMean: 0, oracle: 0 };
  readonly squared = { model: 0, lastYear: 0, threeYearMean: 0, oracle: 0 };
  difference = 0;
  distance = 0;
  covered80 = 0;
  covered95 = 0;
  judged = 0;
  width = 0;
  oracleWidth = 0;

  add(drawn: Float64Array, said: Readonly<Record<"model" | "lastYear" | "threeYearMean", number>>): number {
    let mean = 0;
    for (const count of drawn) mean += count / drawn.length;
    const all = { ...said, oracle: mean };
    for (const name of ["model", "lastYear", "threeYearMean", "oracle"] as const) {
      for (const count of drawn) {
        this.absolute[name] += Math.abs(all[name] - count) / drawn.length;
        this.squared[name] += (all[name] - count) ** 2 / drawn.length;
      }
    }
    this.cells++;
    this.truth += mean;
    this.difference += said.model - mean;
    this.distance += Math.abs(said.model - mean);
    return mean;
  }

  /** Coverage a randomised transform would have on average. */
  cover(drawn: Float64Array, predictive: Predictive): void {
    for (const [count, share] of sharesOf(drawn)) {
      const below = predictive.cdf(count - 1);
      const upTo = predictive.cdf(count);
      this.covered80 += share * inside(below, upTo, 0.1);
      this.covered95 += share * inside(below, upTo, 0.025);
    }
    this.judged++;
    const sorted = drawn.slice().sort();
    this.width += predictive.quantile(0.9) - predictive.quantile(0.1);
    this.oracleWidth += quantileOf(sorted, 0.9) - quantileOf(sorted, 0.1);
  }

  verdict(name: Pick<Verdict, "horizon" | "measure" | "grouping">): Verdict {
    const small = this.cells > 0 && this.truth / this.cells < 5;
    const error = (of: keyof Sums["absolute"]) =>
      small ? Math.sqrt(this.squared[of] / this.cells) : this.absolute[of] / this.truth;
    return {
      ...name,
      small,
      model: error("model"),
      lastYear: error("lastYear"),
      threeYearMean: error("threeYearMean"),
      oracle: error("oracle"),
      bias: this.difference / this.truth,
      distance: this.distance / this.truth,
      coverage80: this.covered80 / this.judged,
      coverage95: this.covered95 / this.judged,
      width: this.oracleWidth > 0 ? this.width / this.oracleWidth : Number.NaN,
    };
  }
}

function sharesOf(drawn: Float64Array): Map<number, number> {
  const shares = new Map<number, number>();
  for (const count of drawn) shares.set(count, (shares.get(count) ?? 0) + 1 / drawn.length);
  return shares;
}

/** Share of the probability from `below` to `upTo` that lies inside the central interval. */
function inside(below: number, upTo: number, tail: number): number {
  if (upTo - below < 1e-12) return upTo >= tail && upTo <= 1 - tail ? 1 : 0;
  return Math.max(0, Math.min(upTo, 1 - tail) - Math.max(below, tail)) / (upTo - below);
}

/** Names of the cells of a grouping, as the rows of a forecast name them. */
export function cellNames({ ground }: World, grouping: CellGrouping): readonly string[] {
  if (grouping === "unit") return ground.units.map(({ name }) => name);
  if (grouping === "trade") return ground.trades;
  return grouping === "district" ? ground.districts.map(({ code }) => code) : [""];
}

/** What was counted in a cell in an exam year, all steps together. */
export function counted(world: World, year: number, grouping: CellGrouping, cell: number, measure: number): number {
  const tally = world.tallies.get(year)?.[grouping === "total" ? "district" : grouping];
  if (!tally) return 0;
  const cells = tally.length / measures.length / steps;
  const from = (measure * cells + (grouping === "total" ? 0 : cell)) * steps;
  const length = grouping === "total" ? cells * steps : steps;
  return tally.subarray(from, from + length).reduce((sum, count) => sum + count, 0);
}

export function predictiveOfRow(row: ForecastRow, measure: Measure, grouping: CellGrouping): Predictive | undefined {
  const mean = row[measure];
  const low80 = row[`${measure}Low80`];
  const high80 = row[`${measure}High80`];
  const low95 = row[`${measure}Low95`];
  const high95 = row[`${measure}High95`];
  if (mean === null || low80 === null || high80 === null || low95 === null || high95 === null) return undefined;
  const ends = { low80, high80, low95, high95 };
  const { quotaUsed0, quotaUsed1, quotaUsed2, quotaUsed3 } = row;
  if (measure === "quotaUsed" && grouping === "unit" && quotaUsed0 !== null && quotaUsed1 !== null) {
    return predictiveOfPlaces([quotaUsed0, quotaUsed1, quotaUsed2 ?? 0, quotaUsed3 ?? 0], ends);
  }
  return predictiveOf(mean, ends);
}

/** `rows`: of the grouping, by name of the cell and exam year. */
export function judge(
  world: World,
  futures: Futures,
  grouping: CellGrouping,
  rows: ReadonlyMap<string, ForecastRow>,
  what: { readonly horizon: number; readonly measure: Measure },
): Verdict {
  const { origin } = futures;
  const measure = measures.indexOf(what.measure);
  const sums = new Sums();
  for (const [cell, name] of cellNames(world, grouping).entries()) {
    const drawn = draws(futures, grouping, cell, { horizon: what.horizon, measure, step: 0 });
    const row = rows.get(`${name} ${origin + what.horizon}`);
    const past = [0, 1, 2].map((back) => counted(world, origin - back, grouping, cell, measure));
    const model = row?.[what.measure] ?? 0;
    const [lastYear = 0] = past;
    const threeYearMean = past.reduce((sum, count) => sum + count, 0) / 3;
    if (drawn.every((count) => count === 0) && model === 0 && threeYearMean === 0) continue;
    sums.add(drawn, { model, lastYear, threeYearMean });
    const predictive = row && predictiveOfRow(row, what.measure, grouping);
    if (predictive) sums.cover(drawn, predictive);
  }
  return sums.verdict({ grouping, ...what });
}
