/** Rolling origins: what the forecast would have said in earlier years, with what was known then, and how far off it was. */
import { badInput } from "../errors.ts";
import { targetLevels } from "../rules/facts.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Connection } from "../store/index.ts";
import { countedYears } from "./backtest-actuals.ts";
import { type Scores, scoreOf, scoreOrigin } from "./backtest-origin.ts";
import { type BacktestRow, cellGroupings } from "./backtest-score.ts";
import { measures } from "./types.ts";

export const longestHorizon = 5;

export interface BacktestOptions {
  /** Roster years to forecast from; default: every one there can be. */
  readonly origins?: readonly number[] | undefined;
  /** Exam years ahead, 1 … 5. Default 5. */
  readonly horizon?: number | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Exam years with applications that a forecast learns from, at least. */
const leastHistory = 2;

/** The roster years a backtest can start from: some history before, and an exam year after it that is on file. */
export async function possibleOrigins(c: Connection): Promise<number[]> {
  const years = await countedYears(c);
  return years.planningEligible
    .map((examYear) => examYear - 1)
    .filter((origin) => {
      const history = years.applicants.filter((year) => year <= origin);
      return history.length >= leastHistory && years.applicants.includes(origin + 1);
    });
}

/** The origins asked for, checked, or all there are. Throws bad-input. */
export async function chosenOrigins(c: Connection, asked: readonly number[] | undefined): Promise<readonly number[]> {
  const possible = await possibleOrigins(c);
  for (const origin of asked ?? []) {
    if (possible.includes(origin)) continue;
    const list = possible.join(", ") || "none";
    throw badInput(
      `不能以 ${origin} 年为检验起点（可用：${possible.join("、") || "无"}；之前至少有 ${leastHistory} 个年度的申报，之后一年的申报也已导入）`,
      `${origin} cannot be the origin of a backtest (expected one of ${list}: ${leastHistory} exam years on file before it, and the one after it)`,
      { property: "origins", value: origin, allowed: possible },
    );
  }
  return asked === undefined ? possible : [...new Set(asked)].sort((a, b) => a - b);
}

/**
 * Every measure × grouping × level × horizon of every origin, and of all origins together (`origin` null). Uses temporary tables of the
 * connection. Throws bad-input on an origin that cannot be one.
 */
export async function backtest(
  c: Connection,
  library: RulebookLibrary,
  { origins, horizon = longestHorizon, onProgress }: BacktestOptions = {},
): Promise<BacktestRow[]> {
  const chosen = await chosenOrigins(c, origins);
  return rowsOfOrigins(chosen, (origin) => scoreOrigin(c, library, { origin, horizon }), onProgress);
}

/** The same of origins that `score` scores one after the other, each where it likes. */
export async function rowsOfOrigins(
  origins: readonly number[],
  score: (origin: number, index: number) => Promise<Scores>,
  onProgress?: BacktestOptions["onProgress"],
): Promise<BacktestRow[]> {
  const pooled: Scores = new Map();
  const rows: BacktestRow[] = [];
  for (const [index, origin] of origins.entries()) {
    const scores = await score(origin, index);
    for (const one of scores.values()) scoreOf(pooled, one.name).addAll(one);
    rows.push(...rowsOf(origin, scores));
    onProgress?.(index + 1, origins.length);
  }
  return [...rowsOf(null, pooled), ...rows];
}

/** In the order of horizon, measure, grouping, level. */
function rowsOf(origin: number | null, scores: Scores): BacktestRow[] {
  const rank = ({ horizon, measure, grouping, level }: BacktestRow) =>
    ((horizon * measures.length + measures.indexOf(measure)) * cellGroupings.length + cellGroupings.indexOf(grouping)) *
      (targetLevels.length + 1) +
    (level === null ? 0 : 1 + targetLevels.indexOf(level));
  return [...scores.values()].map((score) => ({ origin, ...score.row() })).sort((a, b) => rank(a) - rank(b));
}
