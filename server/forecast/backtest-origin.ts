/** The forecast from one origin, as if nothing later were known, held against what became of it. */
import { setImmediate as letOthers } from "node:timers/promises";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import {
  type Actuals,
  type By,
  type Cell,
  type CellName,
  cellKey,
  loadActuals,
  viewName,
  views,
} from "./backtest-actuals.ts";
import { type CellGrouping, type LineName, Score } from "./backtest-score.ts";
import { baselineForecast, type Past } from "./baselines.ts";
import { fitForecast } from "./fit.ts";
import { forecastRows } from "./rows.ts";
import { predictiveOf, predictiveOfPlaces } from "./scores-counts.ts";
import { simulate } from "./simulate.ts";
import { type ForecastRow, type Measure, measures } from "./types.ts";

/** Scores by name of their line. */
export type Scores = Map<string, Score>;

export function scoreOf(scores: Scores, name: LineName): Score {
  const key = `${name.horizon} ${name.measure} ${name.grouping} ${name.level ?? ""}`;
  const found = scores.get(key) ?? new Score(name);
  scores.set(key, found);
  return found;
}

/** The line a cell of a view belongs to. */
function lineOf(by: By, { level }: CellName): Pick<LineName, "grouping" | "level">[] {
  const [first] = by;
  if (first === undefined) return [{ grouping: "total", level: null }];
  // Everybody at one level is a cell of the levels, and all there is of a level.
  if (first === "level") {
    return [
      { grouping: "level", level: null },
      { grouping: "total", level },
    ];
  }
  const grouping: CellGrouping = first;
  return [{ grouping, level }];
}

const nameOf = (by: By, row: ForecastRow): CellName | undefined => {
  if (by.includes("level") && !row.targetLevel) return undefined;
  const [first] = by;
  const group = first === "unit" ? row.unit : first === "district" ? row.district : undefined;
  return {
    group: first === "trade" ? (row.trade ?? "unknown") : (group ?? ""),
    level: by.includes("level") ? (row.targetLevel ?? null) : null,
  };
};

/** Counts of a cell by year up to the origin; a year without the cell had nobody in it. */
function pastOf(actuals: Actuals, cell: Cell | undefined, measure: Measure, origin: number): Past {
  const counts = actuals.years[measure]
    .filter((year) => year <= origin)
    .map((year) => cell?.years.get(year)?.[measure] ?? 0);
  const eligible = measure === "planningEligible" ? undefined : (cell?.years.get(origin)?.planningEligible ?? 0);
  return { counts, eligible };
}

function predictive(row: ForecastRow, measure: Measure, ofUnit: boolean) {
  const mean = row[measure];
  const [low80, high80, low95, high95] = [
    row[`${measure}Low80`],
    row[`${measure}High80`],
    row[`${measure}Low95`],
    row[`${measure}High95`],
  ];
  if (mean === null || low80 === null || high80 === null || low95 === null || high95 === null) return undefined;
  const ends = { low80, high80, low95, high95 };
  const { quotaUsed0, quotaUsed1, quotaUsed2, quotaUsed3 } = row;
  if (measure === "quotaUsed" && ofUnit && quotaUsed0 !== null && quotaUsed1 !== null && quotaUsed2 !== null) {
    return predictiveOfPlaces([quotaUsed0, quotaUsed1, quotaUsed2, quotaUsed3 ?? 0], ends);
  }
  return predictiveOf(mean, ends);
}

interface OriginAsked {
  readonly origin: number;
  readonly horizon: number;
  /** Told how much of it is done, 0…1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Shares of the time that learning and computing the years take, about; the rest is comparing. */
const learning = 0.3;
const computing = 0.4;

/** Fits, forecasts and scores one origin, up to `horizon` exam years ahead as far as they are known. */
export async function scoreOrigin(
  c: Connection,
  library: RulebookLibrary,
  { origin, horizon, onProgress }: OriginAsked,
): Promise<Scores> {
  const actuals = await loadActuals(c, origin);
  const fit = await fitForecast(c, { origin, library, rulebooksUntil: origin });
  onProgress?.(learning);
  const last = Math.max(...measures.flatMap((measure) => actuals.years[measure]));
  const to = Math.min(origin + horizon, last);
  const run = await simulate(c, fit, {
    from: origin + 1,
    to,
    onProgress: (_, share) => onProgress?.(learning + computing * share),
  });
  const scores: Scores = new Map();
  for (const [index, by] of views.entries()) {
    await scoreView(scores, actuals, by, await forecastRows(c, run, { by }), origin);
    onProgress?.(learning + computing + ((1 - learning - computing) * (index + 1)) / views.length);
  }
  await c.run(`DROP TABLE IF EXISTS ${run.cells}`);
  return scores;
}

/** Cells compared before other requests are let through. */
const cellsAtATime = 500;

async function scoreView(
  scores: Scores,
  actuals: Actuals,
  by: By,
  rows: readonly ForecastRow[],
  origin: number,
): Promise<void> {
  const cells = actuals.views.get(viewName(by)) ?? new Map<string, Cell>();
  const forecasts = new Map<string, ForecastRow>();
  const names = new Map<string, CellName>();
  const years = new Set<number>();
  for (const row of rows) {
    const name = nameOf(by, row);
    if (!name) continue;
    forecasts.set(`${row.examYear} ${cellKey(name)}`, row);
    names.set(cellKey(name), name);
    years.add(row.examYear);
  }
  for (const [key, { name }] of cells) names.set(key, name);
  let compared = 0;
  for (const year of years) {
    for (const measure of measures) {
      if (!actuals.years[measure].includes(year)) continue;
      for (const [key, name] of names) {
        if (++compared % cellsAtATime === 0) await letOthers();
        const cell = cells.get(key);
        const row = forecasts.get(`${year} ${key}`);
        const past = pastOf(actuals, cell, measure, origin);
        const actual = cell?.years.get(year)?.[measure] ?? 0;
        const mean = row?.[measure] ?? 0;
        // Nobody was, is or is thought to be there.
        if (actual === 0 && mean === 0 && past.counts.every((count) => count === 0)) continue;
        const ahead = { horizon: year - origin, eligible: row?.planningEligible ?? 0 };
        const forecast = {
          mean,
          predictive: row && predictive(row, measure, by[0] === "unit"),
          key: `${origin} ${year} ${measure} ${viewName(by)} ${key}`,
        };
        for (const line of lineOf(by, name)) {
          const score = scoreOf(scores, { horizon: year - origin, measure, ...line });
          score.add(forecast, actual, (baseline) => baselineForecast(baseline, past, ahead));
        }
      }
    }
  }
}
