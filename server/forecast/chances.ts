/** What becomes of those to whom a level is open: who comes forward, who is admitted, who gets a place, who passes. */

import { targetLevels } from "../rules/facts.ts";
import { targetNumber } from "./cells.ts";
import type { Scratch } from "./scratch.ts";
import { eachStanding, wholeMass } from "./state.ts";
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
 * Makes `run_applying` from `run_going`: a row per open level (see openings.ts) with chance, near, the mass that comes forward by standing (a0 … a9) and by
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
  const offsets = ["apply", ...laterGates].map((gate) => against(gate, "0"));
  await scratch.make(
    "run_applying",
    // Outer joins are done in the order they stand in: the planner would begin with the places and base rates of all, level by level.
    `WITH open AS (
       SELECT o.*, s.* EXCLUDE (person, held, since),
         (CASE WHEN s.retires - ${examYear * 12} < 36 THEN 2 WHEN s.retires - ${examYear * 12} < 120 THEN 1 ELSE 0 END)::TINYINT AS near
       FROM run_going s
       -- As an inner join it would be hashed by the wide side; so a test of both sides, which everybody with an open level meets, sits above it.
       LEFT JOIN run_open o ON o.person = s.person AND o.held = s.held AND o.since = s.since
       WHERE o.target > s.held - 9
     ),
     limited AS (
       SELECT "districtId", target, bool_or(whole) AS whole
       FROM (SELECT "districtId", target, true AS whole FROM run_shares UNION ALL SELECT "districtId", target, false FROM run_bands)
       GROUP BY ALL
     ),
     come AS (
       SELECT p.person, p.held, p.since, p.target, p."unitId", p."districtId", p."tradeId", p.hire, p."left", p.alone, p.chance, b.deferring,
         ${wholeMass} AS mass, ${eachStanding.map((index) => `m${index}`).join(", ")}, ${came.join(", ")}, ${gates.join(", ")},
         CASE WHEN q.whole THEN -1 WHEN q.target IS NOT NULL AND t.general THEN p."tradeId" END::INTEGER AS "quotaTrade"
       FROM open p
       LEFT JOIN (SELECT target, near, module, deferring, ${base.join(", ")} FROM forecast_base b) b ON b.target = p.target AND b.near = p.near AND b.module = p.module
       LEFT JOIN (SELECT "unitId", "tradeId", target, ${offsets.join(", ")} FROM forecast_offsets) o ON o."unitId" = p."unitId" AND o."tradeId" = p."tradeId" AND o.target = p.target
       LEFT JOIN forecast_trades t ON t."tradeId" = p."tradeId"
       LEFT JOIN limited q ON q."districtId" = p."districtId" AND q.target = p.target
     )
     SELECT * EXCLUDE (${eachStanding
       .filter((index) => index !== 7)
       .map((index) => `m${index}`)
       .join(", ")}), ${groups
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
  const place = (group: number) => (group === 2 ? "1" : "place");
  const answer = (group: number) => (group === 2 ? "1" : "answer");
  const each = (sql: (group: number) => string) => groups.map((group) => `(${sql(group)})`).join(" + ");
  const sits = (group: number) => `came${group} * admit${group} * ${place(group)}`;
  await scratch.make(
    "run_chances",
    `WITH given AS (
       SELECT a.*, coalesce(u.selected, 1) AS place, coalesce(u.answer, 1) AS answer
       FROM run_applying a
       LEFT JOIN run_used u ON u."unitId" = a."unitId" AND u."tradeId" = a."quotaTrade" AND u.target = a.target
     ),
     settled AS (
       SELECT *,
         ${each((group) => `${sits(group)} * exam${group} * review${group}`)} AS passed,
         ${each((group) => `${sits(group)} * exam${group} * (1 - review${group})`)} AS reviewed,
         (${each((group) => `came${group} * admit${group} * (1 - ${place(group)})`)})
           + deferring * (${each((group) => `${sits(group)} * (1 - exam${group})`)}) AS queued,
         CASE WHEN "quotaTrade" IS NOT NULL THEN (came0 * admit0 + came1 * admit1) * place END AS placed,
         slope0 + slope1 + slope2 AS "slopeCame",
         ${each((group) => `slope${group} * admit${group} * ${answer(group)} * exam${group} * review${group}`)} AS "slopePassed",
         ${each((group) => `${sits(group)} * exam${group} * review${group} * (1 - exam${group} * review${group})`)} AS "examPassed"
       FROM given
     )
     SELECT person, held, since, target, "unitId", "districtId", "tradeId", hire, "left", alone, chance, mass, came0 + came1 + came2 AS came, placed, passed,
       reviewed, queued, greatest(0, came0 + came1 + came2 - passed - reviewed - queued) AS failed, "slopeCame", "slopePassed", "examPassed",
       ${eachStanding.map((index) => `a${index}`).join(", ")}
     FROM settled`,
  );
  await scratch.drop("run_applying");
}
