/**
 * Where people stand, with probability mass instead of drawn lots: a row per person, level held and year of its certificate (since; 0 =
 * the level of the roster), and in it the mass of each standing (queries/forecast-standing.sql) as columns m0 … m9.
 */

import { onceAState } from "./openings.ts";
import type { Scratch } from "./scratch.ts";
import { isDue, leavingBand } from "./separations.ts";
import { standings } from "./trials.ts";
import type { ElasticRetirement } from "./types.ts";

export const eachStanding = Array.from({ length: standings }, (_, index) => index);
export const wholeMass = eachStanding.map((index) => `m${index}`).join(" + ");

const place = ["unitId", "districtId", "tradeId", "onPost", "sex", "born", "retires", "retiresUnreformed", "hire"]
  .map((name) => `"${name}"`)
  .join(", ");
const ofHires = `"unitId", "districtId", "tradeId", "onPost", sex, born, retires, NULL::INTEGER AS "retiresUnreformed", true AS hire`;
const keys = "person, held, since";

/** Mass of one standing, none elsewhere; `standing` and `mass` are SQL. */
const masses = (standing: string, mass: string) =>
  eachStanding
    .map((index) => `CASE WHEN ${standing} = ${index} THEN ${mass} ELSE 0 END::DOUBLE AS m${index}`)
    .join(", ");

/** Makes `run_persons` of the people on the roster of the origin, and `run_state`: each of them a mass of 1. */
export async function startState(scratch: Scratch, origin: number, hasHistory: boolean): Promise<void> {
  await scratch.make(
    "run_persons",
    `SELECT "rosterRow" AS person, "personId", held, "unitId", "districtId", "tradeId", "onPost", sex, born, retires, "retiresUnreformed", false AS hire
     FROM forecast_past WHERE "rosterYear" = $origin`,
    { origin },
  );
  const standing = hasHistory
    ? {
        column: "coalesce(s.standing, 0)",
        join: `LEFT JOIN forecast_standing s ON s."personId" = p."personId" AND s.held = p.held AND s.year = $origin + 1`,
      }
    : { column: "4", join: "" };
  await scratch.make(
    "run_state",
    `SELECT person, p.held, 0::SMALLINT AS since, ${place}, ${masses(standing.column, "1")} FROM run_persons p ${standing.join}`,
    { origin },
  );
}

/** Months in which a person may retire under the assumption, as SQL. */
interface Retiring {
  readonly early: string;
  readonly late: string;
}

const reform = 2025 * 12;

/** Early: not before the age of before the reform. Neither before the reform is in force. */
function retiring({ earlyMonths, lateMonths }: ElasticRetirement): Retiring {
  const from = (text: string) => `(CASE WHEN retires >= ${reform} THEN ${text} ELSE retires END)`;
  return {
    early: from(`greatest(retires - ${Math.trunc(earlyMonths)}, coalesce("retiresUnreformed", retires), ${reform})`),
    late: from(`retires + ${Math.trunc(lateMonths)}`),
  };
}

/** Share of those still in service after a year's end, were only retirement to end it. */
function inService(year: number, elastic: ElasticRetirement | undefined): string {
  const yet = (month: string) => `(CASE WHEN ${isDue(String(year), month)} THEN 0 ELSE 1 END)`;
  if (!elastic) return `${yet("retires")}::DOUBLE`;
  const { early, late } = retiring(elastic);
  const { earlyShare, lateShare } = elastic;
  return `(${earlyShare} * ${yet(early)} + ${lateShare} * ${yet(late)} + ${1 - earlyShare - lateShare} * ${yet("retires")})`;
}

export interface Passage {
  /** Exam year that ends: survival is to its 31 December. */
  readonly year: number;
  /** Share of those due for retirement who stay on all the same. */
  readonly staying: number;
  readonly elastic: ElasticRetirement | undefined;
}

/** Makes `run_going`: `run_state` and of each row left: the share that is still there at the year's end, retired: the share that retires in it. */
export async function passTime(scratch: Scratch, { year, staying, elastic }: Passage): Promise<void> {
  const [before, after] = [inService(year - 1, elastic), inService(year, elastic)];
  await scratch.view(
    "run_going",
    `SELECT * EXCLUDE (serves, rate), (serves + (1 - serves) * ${staying}) * (CASE WHEN serves > 0 THEN 1 - rate ELSE 1 END) AS "left",
       (1 - serves) * ${1 - staying} AS retired
     FROM (
       SELECT s.*, CASE WHEN ${before} > 0 THEN ${after} / ${before} ELSE 0 END AS serves, l.rate
       FROM run_state s
       -- everybody has one; outer, or the planner would take these to be few people
       LEFT JOIN forecast_leaving l ON l.sex = s.sex AND l.band = ${leavingBand(String(year), "s.born", "s.retires")}
     )`,
  );
}

/**
 * Replaces `run_state` by that of the year's end: from `run_chances` (see chances.ts) who passed, failed, queued, or let the year pass, and
 * from `run_going` who is still there. Hires enter with `mass` each.
 */
export async function endYear(
  scratch: Scratch,
  year: number,
  hires: { readonly mass: number } | undefined,
): Promise<void> {
  const sums = ["failed", "reviewed", "queued", ...eachStanding.map((index) => `a${index}`)];
  const whole = (name: string) => `round(${name} * 1e12)`;
  const after = onceAState(
    "run_chances",
    ["chance", ...sums.map((name) => `${whole(name)} / 1e12 AS ${name}`)].join(", "),
    ["max(chance)", ...sums.map((name) => `sum(${whole(name)}) / 1e12`)].join(", "),
  );
  const stays = (index: number) => `(1 - chance) * (1 - stray) * m${index}`;
  const skips = (index: number) => `greatest(0, chance * m${index} - a${index})`;
  const next = [
    stays(0),
    `${stays(1)} + ${skips(0)}`,
    `${stays(2)} + ${skips(1)}`,
    `${stays(3)} + ${skips(2)} + ${skips(3)}`,
    `${stays(4)} + ${skips(4)}`,
    `${stays(5)} + failed`,
    `${stays(6)} + ${skips(5)} + ${skips(6)} + ${skips(7)}`,
    `${stays(7)} + queued`,
    `${stays(8)} + reviewed`,
    `${stays(9)} + ${skips(8)} + ${skips(9)}`,
  ];
  const settled = sums.map((name) => `coalesce(a.${name}, 0) AS ${name}`).join(", ");
  const parts = [
    `SELECT ${keys}, ${place}, ${next.map((sql, index) => `(${sql}) * "left" AS m${index}`).join(", ")}
     FROM (
       SELECT s.*, coalesce(a.chance, 0) AS chance, coalesce(r.rate * r.passing, 0) AS stray, ${settled}
       FROM run_going s
       LEFT JOIN ${after} a USING (person, held, since)
       LEFT JOIN forecast_strays r ON r."districtId" = s."districtId" AND r.target = s.held + 1
     ) WHERE "left" > 0`,
    `SELECT p.person, p.held, ${year}::SMALLINT AS since, ${place}, ${masses("0", "p.mass")}
     FROM (
       SELECT person, target AS held, sum(round(passed * "left" * 1e12)) / 1e12 AS mass
       FROM (
         SELECT person, target, passed, "left" FROM run_chances
         UNION ALL SELECT person, target, came * passing, "left" FROM run_strays
       )
       GROUP BY ALL
     ) p
     JOIN (SELECT person, ${place} FROM run_persons ${hires ? `UNION ALL SELECT person, ${ofHires} FROM run_donors` : ""}) w ON w.person = p.person
     WHERE p.mass >= 1e-4`,
  ];
  if (hires) {
    parts.push(
      `SELECT person, held, 0::SMALLINT AS since, ${ofHires}, ${masses("0", String(hires.mass))}
       FROM run_donors WHERE enters = ${year}`,
    );
  }
  await scratch.make("run_next", parts.join(" UNION ALL BY NAME "));
  await scratch.rename("run_next", "run_state");
  await scratch.drop("run_chances", "run_strays");
}
