/** What becomes of those to whom a level is open: who comes forward, who is admitted, who gets a place, who passes. */

import { targetLevels } from "../rules/facts.ts";
import { targetNumber } from "./cells.ts";
import type { Scratch } from "./scratch.ts";
import { cellOf, eachStanding, wholeMass } from "./state.ts";
import { groupOfStanding } from "./trials.ts";
import type { Assumptions, OddsFactor } from "./types.ts";

const groups = [0, 1, 2] as const;
const ofGroup = (group: number) => eachStanding.filter((index) => groupOfStanding(index) === group);
/** From the odds against it that base rate and place give: powers are taken once a cell and once a place, not once a person. */
const share = (base: string, place: string) => `(1 / (1 + ${base} * ${place}))`;
const against = (name: string, shift: string) => `exp(-("${name}" + ${shift})) AS "${name}"`;
const laterGates = ["admit", "exam", "review"] as const;

/** Shift of the logit, by the level `b.target` where levels differ. */
function logOdds(factor: OddsFactor | undefined): string {
  if (factor === undefined || typeof factor === "number") return String(Math.log(factor ?? 1));
  const cases = targetLevels.flatMap((level) =>
    factor[level] === undefined ? [] : `WHEN ${targetNumber(level)} THEN ${Math.log(factor[level])}`,
  );
  return cases.length === 0
    ? String(Math.log(factor.all))
    : `(CASE b.target ${cases.join(" ")} ELSE ${Math.log(factor.all)} END)`;
}

/**
 * Makes `run_offsets` (cell (see state.ts), its place, and the odds against each gate that the effects of unit, trade and district leave), once a
 * run: powers are dear.
 */
export const layOutOffsets = (scratch: Scratch): Promise<void> =>
  scratch.make(
    "run_offsets",
    `SELECT ${cellOf("p.place", "o.target")} AS cell, p."unitId", p."tradeId", t.general, ${["apply", ...laterGates].map((gate) => against(gate, "0")).join(", ")}
     FROM run_places p
     JOIN forecast_offsets o ON o."unitId" = p."unitId" AND o."tradeId" = p."tradeId"
     JOIN forecast_trades t ON t."tradeId" = p."tradeId"`,
  );

/**
 * Makes `run_applying` from `run_state`: a row per open level with what the state carries, the mass that comes forward by standing (a0 … a9) and by
 * group (came0 … came2) with its slope in the logit (slope0 … slope2), the probabilities of being admitted, of passing the exams and the
 * comprehensive review by group, and `quotaTrade`: the trade whose quota holds (-1: the unit's as a whole), null where none does.
 */
export async function applying(
  scratch: Scratch,
  examYear: number,
  { propensity, passing }: Assumptions,
): Promise<void> {
  const came = eachStanding.map((index) => `chance * m${index} * ${share(`b${index}`, `o."apply"`)} AS a${index}`);
  const gates = groups.flatMap((group) =>
    laterGates.map((gate) => `${share(`b.${gate}${group}`, `o."${gate}"`)} AS ${gate}${group}`),
  );
  const base = [
    ...eachStanding.map((index) => against(`b${index}`, logOdds(propensity))),
    ...groups.flatMap((group) =>
      laterGates.map((gate) => against(`${gate}${group}`, gate === "exam" ? logOdds(passing) : "0")),
    ),
  ];
  const kept = ["state", "place", "life", '"districtId"', "near", '"left"', "rate", "passing"];
  const masses = eachStanding.map((index) => `m${index}`).join(", ");
  await scratch.make(
    "run_applying",
    `WITH open AS (
       SELECT ${kept.join(", ")}, ${masses}, target, module, chance, alone FROM run_state WHERE alone
       UNION ALL
       SELECT ${kept.map((name) => `s.${name}`).join(", ")}, ${eachStanding.map((index) => `s.m${index}`).join(", ")}, o.target,
         (CASE WHEN o.module = 0 AND o.target < max(o.target) FILTER (o.chance > 0.5) OVER (PARTITION BY o.state) THEN 3 ELSE o.module END)::TINYINT, o.chance, false
       FROM run_state s JOIN run_openings o ON o.state = s.state WHERE NOT s.alone AND NOT o.alone AND o.exam = ${examYear}
     ),
     limited AS (
       SELECT "districtId", target, bool_or(whole) AS whole
       FROM (SELECT "districtId", target, true AS whole FROM run_shares UNION ALL SELECT "districtId", target, false FROM run_bands)
       GROUP BY ALL
     ),
     come AS (
       SELECT p.*, b.deferring, ${wholeMass} AS mass, ${came.join(", ")}, ${gates.join(", ")}, o."unitId",
         CASE WHEN q.whole THEN -1 WHEN q.target IS NOT NULL AND o.general THEN o."tradeId" END::INTEGER AS "quotaTrade"
       FROM open p
       LEFT JOIN (SELECT target, near, module, deferring, ${base.join(", ")} FROM forecast_base b) b ON b.target = p.target AND b.near = p.near AND b.module = p.module
       LEFT JOIN run_offsets o ON o.cell = ${cellOf("p.place", "p.target")}
       LEFT JOIN limited q ON q."districtId" = p."districtId" AND q.target = p.target
     )
     SELECT *, ${groups
       .map(
         (group) =>
           `${ofGroup(group)
             .map((index) => `a${index}`)
             .join(" + ")} AS came${group}`,
       )
       .join(", ")},
       ${groups
         .map(
           (group) =>
             `${ofGroup(group)
               .map((index) => `a${index} * (1 - a${index} / greatest(chance * m${index}, 1e-12))`)
               .join(" + ")} AS slope${group}`,
         )
         .join(", ")}
     FROM come`,
  );
}

/**
 * Makes `run_chances` from `run_applying` and `run_used` (see places-used.ts): with the keys and the masses that came forward, what became
 * of them: passed, failed, reviewed (failed the comprehensive review), queued (no place, or deferred), with placed (took a place) and the
 * slopes of applicants and passes.
 */
export async function outcomes(scratch: Scratch): Promise<void> {
  // Who failed the comprehensive review before takes no place.
  const granted = (group: number) => (group === 2 ? "1" : "granted");
  const answer = (group: number) => (group === 2 ? "1" : "answer");
  const each = (sql: (group: number) => string) => groups.map((group) => `(${sql(group)})`).join(" + ");
  const sits = (group: number) => `came${group} * admit${group} * ${granted(group)}`;
  await scratch.make(
    "run_chances",
    `WITH given AS (
       SELECT a.*, coalesce(u.selected, 1) AS granted, coalesce(u.answer, 1) AS answer
       FROM run_applying a
       LEFT JOIN run_used u ON u."unitId" = a."unitId" AND u."tradeId" = a."quotaTrade" AND u.target = a.target
     ),
     settled AS (
       SELECT *,
         ${each((group) => `${sits(group)} * exam${group} * review${group}`)} AS passed,
         ${each((group) => `${sits(group)} * exam${group} * (1 - review${group})`)} AS reviewed,
         (${each((group) => `came${group} * admit${group} * (1 - ${granted(group)})`)})
           + deferring * (${each((group) => `${sits(group)} * (1 - exam${group})`)}) AS queued,
         CASE WHEN "quotaTrade" IS NOT NULL THEN (came0 * admit0 + came1 * admit1) * granted END AS placed,
         slope0 + slope1 + slope2 AS "slopeCame",
         ${each((group) => `slope${group} * admit${group} * ${answer(group)} * exam${group} * review${group}`)} AS "slopePassed",
         ${each((group) => `${sits(group)} * exam${group} * review${group} * (1 - exam${group} * review${group})`)} AS "examPassed"
       FROM given
     )
     SELECT state, place, life, "districtId", target, "left", rate, passing, alone, chance, mass, came0 + came1 + came2 AS came, placed, passed,
       reviewed, queued, greatest(0, came0 + came1 + came2 - passed - reviewed - queued) AS failed, "slopeCame", "slopePassed", "examPassed",
       ${eachStanding.map((index) => `a${index}, m${index}`).join(", ")}
     FROM settled`,
  );
  await scratch.drop("run_applying");
}
