/**
 * One gate of the way to a certificate (coming forward, the reviews, the exams, the comprehensive review): the probability of passing it
 * as a logit of a cell's base rate and the effects of district, trade and unit, each drawn towards nothing as far as its own data is
 * thin. Penalised quasi-likelihood, one Newton step per factor and sweep, the spread of each factor's effects by the method of moments.
 */
import type { Scratch } from "./scratch.ts";
import { type Factor, factorKeys } from "./variance.ts";

/** People of a cell's parent that its own rate is mixed with. */
const priorPeople = 30;
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

/** Sums of billionths: the same in whatever order threads add them up. */
const exact = (sql: string) => `(sum(round((${sql}) * 1e9)::BIGINT)::DOUBLE / 1e9)`;
/** The same in millionths, for squares. */
const exactSquares = (sql: string) => `(sum(round((${sql}) * 1e6)::HUGEINT)::DOUBLE / 1e6)`;
const chance = "1 / (1 + exp(-eta))";

/**
 * Fits a gate to `forecast_<name>` (year, districtId, unitId, tradeId, target, cell, n, y: people and how many of them passed). Makes
 * `forecast_<name>_cells` (target, cell or -1 for the whole target, logit) and `forecast_<name>_<factor>` (key, effect, variance), adds the
 * columns weight and eta to the trials, and returns the variance of each factor's effects.
 */
export async function fitGate(scratch: Scratch, { name, factors }: Gate): Promise<ReadonlyMap<Factor, number>> {
  const trials = `forecast_${name}`;
  await baseRates(scratch, name);
  await scratch.make(
    `${trials}_fitted`,
    `SELECT t.*, w.weight, c.logit AS eta
     FROM ${trials} t
     JOIN forecast_weights w ON w.year = t.year
     JOIN ${trials}_cells c ON c.target = t.target AND c.cell = t.cell`,
  );
  const spread = new Map<Factor, number>();
  for (let round = 0; round < sweeps; round++) {
    if (round > 0) await correctBase(scratch, name);
    for (const factor of factors) await fitFactor(scratch, name, factor, round === 0);
  }
  const found = await scratch.rows<{ factor: Factor; tau: number | null }>(
    factors
      .map((factor) => `SELECT '${factor}' AS factor, max(tau) AS tau FROM ${effectsOf(name, factor)}`)
      .join(" UNION ALL "),
  );
  for (const { factor, tau } of found) spread.set(factor, tau ?? leastVariance);
  await scratch.drop(`${trials}_before`, `${trials}_step`);
  return spread;
}

/** No history: nobody is known to come forward, so nobody is taken to. Makes the tables that `fitGate` makes. */
export async function noGate(scratch: Scratch, { name }: Gate): Promise<void> {
  await scratch.make(
    `forecast_${name}_cells`,
    "SELECT 0::TINYINT AS target, -1 AS cell, 0.0::DOUBLE AS n, -40.0::DOUBLE AS logit",
  );
}

/** Rates of cells, drawn to those of the group of cells (cell // 16), these to the target's, these to the rate of all. */
async function baseRates(scratch: Scratch, name: string): Promise<void> {
  const sums = `${exact("w.weight * t.n")} AS n, ${exact("w.weight * t.y")} AS y`;
  const from = `FROM forecast_${name} t JOIN forecast_weights w ON w.year = t.year`;
  const rate = (own: string, parent: string) => `(${own}.y + ${priorPeople} * ${parent}) / (${own}.n + ${priorPeople})`;
  await scratch.make(
    `forecast_${name}_cells`,
    `WITH everybody AS (SELECT (${exact("w.weight * t.y")} + 1) / (${exact("w.weight * t.n")} + 2) AS rate ${from}),
     targets AS (SELECT t.target, ${sums} ${from} GROUP BY ALL),
     groups AS (SELECT t.target, t.cell // 16 AS cells, ${sums} ${from} GROUP BY ALL),
     single AS (SELECT t.target, t.cell, ${sums} ${from} GROUP BY ALL),
     of_targets AS (SELECT t.target, t.n, ${rate("t", "e.rate")} AS rate FROM targets t, everybody e),
     of_groups AS (SELECT g.target, g.cells, g.n, ${rate("g", "t.rate")} AS rate FROM groups g JOIN of_targets t ON t.target = g.target),
     of_cells AS (
       SELECT s.target, s.cell, s.n, ${rate("s", "g.rate")} AS rate
       FROM single s JOIN of_groups g ON g.target = s.target AND g.cells = s.cell // 16
     ),
     levels AS (
       SELECT 0 AS target, -1 AS cell, 0.0 AS n, rate FROM everybody
       UNION ALL SELECT target, -1, n, rate FROM of_targets
       UNION ALL SELECT target, -2 - cells, n, rate FROM of_groups
       UNION ALL SELECT target, cell, n, rate FROM of_cells
     )
     SELECT target::TINYINT AS target, cell::INTEGER AS cell, n, ln(rate / (1 - rate)) AS logit
     FROM (SELECT target, cell, n, least(greatest(rate, 1e-6), 1 - 1e-6) AS rate FROM levels)`,
  );
}

/** One Newton step of every cell's base rate with the effects as they are. */
async function correctBase(scratch: Scratch, name: string): Promise<void> {
  const trials = `forecast_${name}`;
  const information = exact(`weight * n * ${chance} * (1 - ${chance})`);
  await scratch.make(
    `${trials}_step`,
    `SELECT target, cell, s / (i + ${priorPeople} * i / greatest(n, 1e-9)) AS step
     FROM (SELECT target, cell, ${exact(`weight * (y - n * ${chance})`)} AS s, ${information} AS i, ${exact("weight * n")} AS n
           FROM ${trials}_fitted GROUP BY ALL)
     WHERE i > 1e-6`,
  );
  await scratch.run(
    `UPDATE ${trials}_cells AS c SET logit = c.logit + s.step FROM ${trials}_step s WHERE s.target = c.target AND s.cell = c.cell`,
  );
  await move(scratch, name, `${trials}_step`, "s.target = t.target AND s.cell = t.cell");
}

/** Table of a factor's effects. */
const effectsOf = (name: string, factor: Factor) => `forecast_${name}_${factor.toLowerCase()}`;

/** New effects of a factor, from what the others leave over. */
async function fitFactor(scratch: Scratch, name: string, factor: Factor, isFirst: boolean): Promise<void> {
  const trials = `forecast_${name}`;
  const effects = effectsOf(name, factor);
  if (!isFirst) await scratch.rename(effects, `${trials}_before`);
  const before = isFirst
    ? "SELECT *, 0.0::DOUBLE AS before FROM grouped"
    : `SELECT g.*, coalesce(b.effect, 0) AS before FROM grouped g LEFT JOIN ${trials}_before b ON b.key = g.key`;
  await scratch.make(
    effects,
    `WITH grouped AS (
       SELECT ${factorKeys[factor]} AS key, ${exact(`weight * (y - n * ${chance})`)} AS s,
         ${exact(`weight * n * ${chance} * (1 - ${chance})`)} AS i,
         ${exact(`weight * weight * n * ${chance} * (1 - ${chance})`)} AS noise
       FROM ${trials}_fitted GROUP BY ALL
     ),
     scored AS (SELECT key, i, noise, before, s + i * before AS z FROM (${before})),
     spread AS (
       SELECT greatest(${leastVariance}, coalesce((${exactSquares("z * z")} - ${exactSquares("noise")}) / nullif(${exactSquares("i * i")}, 0), 0)) AS tau
       FROM scored
     )
     SELECT key, before, z / (i + 1 / tau) AS effect, 1 / (i + 1 / tau) AS variance, tau FROM scored, spread`,
  );
  await move(scratch, name, `(SELECT key, effect - before AS step FROM ${effects})`, `s.key = ${factorKeys[factor]}`);
}

/** Adds the column `step` of a relation to the logits of the trials. */
async function move(scratch: Scratch, name: string, steps: string, on: string): Promise<void> {
  const trials = `forecast_${name}`;
  await scratch.make(
    `${trials}_moved`,
    `SELECT t.* REPLACE (t.eta + coalesce(s.step, 0) AS eta) FROM ${trials}_fitted t LEFT JOIN ${steps} s ON ${on}`,
  );
  await scratch.rename(`${trials}_moved`, `${trials}_fitted`);
}
