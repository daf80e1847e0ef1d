/** The history as trials of each gate: people who stood before it, and how many of them passed. */
import type { Scratch } from "./scratch.ts";

/** Ways of standing before a coming exam year (queries/forecast-standing.sql). */
export const standings = 10;
/** How people stood before the first exam year of the history: not known. */
export const unknownStanding = 10;
/** Cells of a standing: nearness to retirement × module. */
export const cellsOfStanding = 16;

/** Which of three groups a standing belongs to behind the first gate: fresh, tried before, failed the comprehensive review before. */
export const groupOfStanding = (standing: number): 0 | 1 | 2 => (standing >= 8 ? 2 : standing >= 5 ? 1 : 0);

/** Standing → ways of standing that tell of one another where one is not on file: newly eligible, waiting, tried, reviewed, unknown. */
export const families = [0, 1, 1, 1, 1, 5, 5, 5, 8, 8, unknownStanding] as const;

const group = "(CASE WHEN standing IN (8, 9) THEN 2 WHEN standing IN (5, 6, 7) THEN 1 ELSE 0 END)";

/** Makes `forecast_apply`, `forecast_admit`, `forecast_exam` and `forecast_review` (see effects.ts) and `forecast_deferring`. */
export async function makeTrials(scratch: Scratch): Promise<void> {
  await scratch.make(
    "forecast_judged",
    `SELECT h.year, h."districtId", h."unitId", h."tradeId", h.target, h.near, h.module, h.applied, h.outcome, h.admitted, h.placed, h.exam,
       h.review, h.deferred, s.standing
     FROM forecast_history h
     JOIN forecast_standing s ON s."personId" = h."personId" AND s.held = h.held AND s.year = h.year
     WHERE h.eligible`,
  );
  const trial = (name: string, cell: string, passed: string, from: string) =>
    scratch.make(
      `forecast_${name}`,
      `SELECT year, "districtId", "unitId", "tradeId", target, (${cell})::INTEGER AS cell, count(*)::INTEGER AS n,
         count(*) FILTER (${passed})::INTEGER AS y
       FROM forecast_judged WHERE ${from} GROUP BY ALL`,
    );
  const told = "applied AND outcome IS NOT NULL";
  await trial("apply", "standing::INTEGER * 16 + near * 4 + module", "applied", "true");
  await trial("admit", `${group} * 16`, "admitted", told);
  await trial("exam", `${group} * 16`, "exam", `${told} AND admitted AND placed`);
  await trial("review", `${group} * 16`, "review", `${told} AND admitted AND placed AND exam AND review IS NOT NULL`);
  await scratch.make(
    "forecast_deferring",
    `SELECT target, (count(*) FILTER (deferred) + 0.02 * 30) / (count(*) + 30) AS share
     FROM forecast_judged WHERE ${told} AND admitted AND placed AND NOT exam GROUP BY ALL`,
  );
}
