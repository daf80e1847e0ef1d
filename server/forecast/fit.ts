/** Learning from the history on file. */
import { badInput } from "../errors.ts";
import type { Connection } from "../store/index.ts";
import { layOutBase } from "./base-rates.ts";
import { basisOf } from "./basis.ts";
import { noRates } from "./cell-rates.ts";
import { findHires } from "./donors.ts";
import { learnDrift } from "./drift.ts";
import { readHistory, readRosters, weighYears } from "./history.ts";
import { learnGates, readGates } from "./learn-gates.ts";
import { addOffsets, noOffsets } from "./offsets.ts";
import { countOverForwarding } from "./over-forwarding.ts";
import { Scratch } from "./scratch.ts";
import { countSeparations } from "./separations.ts";
import { countStrays } from "./strays.ts";
import { makeTrials } from "./trials.ts";
import type { Fit, FitOptions } from "./types.ts";
import { noVariances } from "./variance.ts";

/** A year weighs this much of the year after it. */
const usualDiscount = 0.9;
let fits = 0;

/**
 * Learns from rosters and applications up to the origin. The fit lives in temporary tables of the connection and is gone with it.
 * Throws bad-input where there is no roster of the origin.
 */
export async function fitForecast(c: Connection, options: FitOptions): Promise<Fit> {
  const { origin, library, rulebooksUntil = Number.POSITIVE_INFINITY, discount = usualDiscount, onProgress } = options;
  const rosters = await rostersUntil(c, origin);
  const scratch = new Scratch(c, String(++fits));
  const known = { library, until: rulebooksUntil };
  await readRosters(scratch, origin);
  onProgress?.(0.2);
  const staying = await countSeparations(scratch, origin);
  const hireYears = await findHires(scratch, origin, rosters);
  await readHistory(scratch, origin, rosters[0] ?? origin);
  onProgress?.(0.5);
  await weighYears(scratch, origin, discount);
  await countStrays(scratch, origin);
  await makeTrials(scratch);
  const years = await scratch.rows<{ year: number }>(
    `SELECT w.year::INTEGER AS year FROM forecast_weights w WHERE w.year IN (SELECT year FROM forecast_apply) ORDER BY 1`,
  );
  const hasHistory = years.length > 0;
  const trials = hasHistory ? await readGates(scratch) : undefined;
  onProgress?.(0.65);
  // The gates are fitted here while the database is busy with what planning foretold.
  const [learned] = await Promise.all([
    trials && learnGates(scratch, trials),
    learnDrift(scratch, known, origin, rosters),
  ]);
  onProgress?.(0.9);
  await (hasHistory ? addOffsets(scratch, origin) : noOffsets(scratch, origin));
  onProgress?.(0.98);
  const rates = learned?.rates ?? { apply: noRates, admit: noRates, exam: noRates, review: noRates };
  await layOutBase(scratch, rates, learned?.shifts);
  const fit = {
    origin,
    library,
    rulebooksUntil,
    years: years.map(({ year }) => year),
    hasHistory,
    suffix: scratch.fit,
    variances: learned?.variances ?? noVariances,
    staying,
    hireYears,
    unitShock: learned?.unitShock ?? 0.3,
    overForwarding: hasHistory ? await countOverForwarding(scratch, known, origin) : 0,
  };
  await scratch.drop("forecast_history", "forecast_judged");
  return { ...fit, basis: basisOf(fit, rosters) };
}

async function rostersUntil(c: Connection, origin: number): Promise<number[]> {
  const rows = await c.rows<{ year: number }>(`SELECT DISTINCT "rosterYear"::INTEGER AS year FROM workers ORDER BY 1`);
  const years = rows.map(({ year }) => year);
  if (years.includes(origin)) return years.filter((year) => year <= origin);
  throw badInput(
    `没有 ${origin} 年的人员名册，不能以该年为预测起点（可用：${years.join("、") || "无"}）`,
    `no roster of ${origin} to forecast from (expected one of ${years.join(", ") || "none"})`,
    { property: "origin", value: origin, allowed: years },
  );
}
