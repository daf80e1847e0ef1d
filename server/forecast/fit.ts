/** Learning from the history on file. */
import { badInput } from "../errors.ts";
import type { Connection } from "../store/index.ts";
import { layOutBase } from "./base-rates.ts";
import { basisOf } from "./basis.ts";
import { findHires } from "./donors.ts";
import { learnDrift } from "./drift.ts";
import { fitGate, type GateName, gates, noGate } from "./effects.ts";
import { readHistory, readRosters, weighYears } from "./history.ts";
import { addOffsets, noOffsets } from "./offsets.ts";
import { countOverForwarding } from "./over-forwarding.ts";
import { Scratch } from "./scratch.ts";
import { countSeparations } from "./separations.ts";
import { findShocks } from "./shocks.ts";
import { countStrays } from "./strays.ts";
import { makeTrials } from "./trials.ts";
import type { Fit, FitOptions } from "./types.ts";
import { type Factor, noVariances, type Variances } from "./variance.ts";

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
  onProgress?.(0.06);
  const staying = await countSeparations(scratch, origin);
  const hireYears = await findHires(scratch, origin, rosters);
  onProgress?.(0.1);
  await readHistory(scratch, origin, rosters[0] ?? origin);
  onProgress?.(0.15);
  await weighYears(scratch, origin, discount);
  await learnDrift(scratch, known, origin, rosters);
  onProgress?.(0.65);
  await countStrays(scratch, origin);
  await makeTrials(scratch);
  onProgress?.(0.67);
  const years = await scratch.rows<{ year: number }>(
    `SELECT w.year::INTEGER AS year FROM forecast_weights w WHERE w.year IN (SELECT year FROM forecast_apply) ORDER BY 1`,
  );
  const hasHistory = years.length > 0;
  const learned = hasHistory ? await learn(scratch, origin) : undefined;
  if (!hasHistory) {
    await noOffsets(scratch, origin);
    for (const gate of Object.values(gates)) await noGate(scratch, gate);
  }
  onProgress?.(0.98);
  await layOutBase(scratch);
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
  await scratch.drop(
    "forecast_history",
    "forecast_judged",
    ...Object.keys(gates).map((name) => `forecast_${name}_fitted`),
  );
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

async function learn(scratch: Scratch, origin: number): Promise<{ variances: Variances; unitShock: number }> {
  const spread = new Map<GateName, ReadonlyMap<Factor, number>>();
  for (const name of Object.keys(gates) as GateName[]) spread.set(name, await fitGate(scratch, gates[name]));
  await addOffsets(scratch, origin);
  const apply = await findShocks(scratch, "apply");
  const exam = await findShocks(scratch, "exam");
  const estimated = (gate: GateName, factor: Factor, shock: number) => ({
    factor,
    shock,
    estimated: scratch.table(`forecast_${gate}_${factor.toLowerCase()}`),
    prior: spread.get(gate)?.get(factor) ?? 0,
  });
  // The mean of the years is itself known only from these years.
  const years = (variance: number, count: number) => variance * (1 + 1 / Math.max(1, count));
  return {
    unitShock: Math.sqrt(apply.unit),
    variances: {
      apply: [
        { factor: "total", shock: years(apply.year, apply.years), prior: 0 },
        { factor: "step", shock: years(apply.step, apply.years), prior: 0 },
        estimated("apply", "district", apply.district),
        estimated("apply", "districtStep", 0),
        estimated("apply", "trade", apply.trade),
        estimated("apply", "tradeStep", 0),
        estimated("apply", "unit", apply.unit),
      ],
      exam: [
        { factor: "total", shock: years(exam.year, exam.years), prior: 0 },
        { factor: "step", shock: years(exam.step, exam.years), prior: 0 },
        estimated("exam", "district", exam.district),
        estimated("exam", "trade", exam.trade),
        estimated("exam", "tradeStep", 0),
      ],
      degreesOfFreedom: Math.max(2, apply.years - 1),
    },
  };
}
