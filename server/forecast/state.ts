/**
 * Where people stand, with probability mass instead of drawn lots: a row per person, level held and year of its certificate (since; 0 =
 * the level of the roster), and in it the mass of each standing (queries/forecast-standing.sql) as columns m0 … m9.
 *
 * Rows are many, so they are narrow: person, since and held are one number, `state`; unit, trade and district are a `place`, what decides
 * how long somebody stays is a `life`. Whatever an exam year asks of a row (what is open to it, who of it leaves) is attached once, when the row is
 * made. Of all masses that are added up the sums are whole numbers, so they do not depend on the order of threads.
 */

import type { Scratch } from "./scratch.ts";
import { isDue, leavingBand } from "./separations.ts";
import { standings } from "./trials.ts";
import type { ElasticRetirement } from "./types.ts";

export const eachStanding = Array.from({ length: standings }, (_, index) => index);
const masses = eachStanding.map((index) => `m${index}`);
export const wholeMass = masses.join(" + ");

/** States with less are not followed. */
const leastMass = 1e-4;

/** Number of a state. Hires of coming years are numbered below zero, and so are their states. All are SQL. */
export const stateOf = (person: string, since: string, held: string, origin: number): string =>
  `((${person}) * 256 + (CASE WHEN ${since} = 0 THEN 0 ELSE ${since} - ${origin} END) * 16 + ${held})::BIGINT`;
export const heldIn = (state: string): string => `(${state} & 15)::TINYINT`;
export const personIn = (state: string): string => `((${state} & -256) // 256)`;
export const sinceIn = (state: string, origin: number): string =>
  `(CASE WHEN (${state} & 240) = 0 THEN 0 ELSE ((${state} & 240) >> 4) + ${origin} END)::SMALLINT`;

/** Level of a place (see `run_places`), as one number. */
export const cellOf = (place: string, target: string): string => `(${place} * 8 + ${target})::INTEGER`;

/** Mass of one standing, none elsewhere; `standing` and `mass` are SQL. */
const massOf = (standing: string, mass: string) =>
  eachStanding
    .map((index) => `CASE WHEN ${standing} = ${index} THEN ${mass} ELSE 0 END::DOUBLE AS m${index}`)
    .join(", ");

/**
 * Makes, of the roster of the origin and of `run_donors`: `run_places` (place, unitId, districtId, tradeId), `run_lives` (life, onPost, sex,
 * born, retires, retiresUnreformed), `run_began` (state, place, life, districtId, enters: the roster a hire first stands on, else null) and
 * `run_after`, from which the first year begins: each person on the roster a mass of 1.
 */
export async function startState(scratch: Scratch, origin: number, hasHistory: boolean): Promise<void> {
  const life = ["onPost", "sex", "born", "retires", "retiresUnreformed"];
  const place = ["unitId", "districtId", "tradeId"];
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");
  const standing = hasHistory
    ? {
        column: "coalesce(s.standing, 0)::TINYINT",
        join: `LEFT JOIN forecast_standing s ON s."personId" = p."personId" AND s.held = p.held AND s.year = $origin + 1`,
      }
    : { column: "4::TINYINT", join: "" };
  await scratch.make(
    "run_everybody",
    `SELECT "rosterRow" AS person, p.held, ${[...place, ...life].map((name) => `p."${name}"`).join(", ")}, NULL::SMALLINT AS enters, ${standing.column} AS standing
     FROM forecast_past p ${standing.join} WHERE p."rosterYear" = $origin
     UNION ALL BY NAME
     SELECT person, held, ${list(place)}, "onPost", sex, born, retires, enters, 0::TINYINT AS standing FROM run_donors`,
    { origin },
  );
  // The numbers only tell places and lives apart: no result depends on their order.
  for (const [name, column, columns] of [
    ["run_places", "place", place],
    ["run_lives", "life", life],
  ] as const) {
    await scratch.make(
      name,
      `SELECT row_number() OVER ()::INTEGER AS ${column}, * FROM (SELECT DISTINCT ${list(columns)} FROM run_everybody)`,
    );
  }
  const same = (alias: string, names: readonly string[]) =>
    names.map((name) => `${alias}."${name}" IS NOT DISTINCT FROM w."${name}"`).join(" AND ");
  await scratch.make(
    "run_began",
    `SELECT ${stateOf("w.person", "0", "w.held", origin)} AS state, p.place, l.life, w."districtId", w.enters, w.standing
     FROM run_everybody w
     JOIN run_places p ON ${place.map((name) => `p."${name}" = w."${name}"`).join(" AND ")}
     JOIN run_lives l ON ${same("l", life)}`,
  );
  await scratch.drop("run_everybody");
  await scratch.view(
    "run_after",
    `SELECT state, place, life, "districtId", ${massOf("standing", "1")} FROM run_began WHERE enters IS NULL`,
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
  /** Exam year that begins; survival is to its 31 December. */
  readonly year: number;
  /** Share of those due for retirement who stay on all the same. */
  readonly staying: number;
  readonly elastic: ElasticRetirement | undefined;
}

/**
 * Makes `run_state` of an exam year from `run_after`, and attaches: left: the share that is still there at the year's end, retired: the share that
 * retires in it, near: to retirement (0 … 2), what is open (target, module, chance; alone: no other level is; where several are only the largest chance;
 * all null where none is: see openings.ts), and rate and passing of those who come forward unseen (strays.ts).
 */
export async function beginYear(scratch: Scratch, { year, staying, elastic }: Passage): Promise<void> {
  const [before, after] = [inService(year - 1, elastic), inService(year, elastic)];
  await scratch.make(
    "run_next",
    `WITH lives AS (
       SELECT life, near, (serves + (1 - serves) * ${staying}) * (CASE WHEN serves > 0 THEN 1 - rate ELSE 1 END) AS "left",
         (1 - serves) * ${1 - staying} AS retired
       FROM (
         SELECT s.life, CASE WHEN ${before} > 0 THEN ${after} / ${before} ELSE 0 END AS serves, l.rate,
           (CASE WHEN s.retires - ${year * 12} < 36 THEN 2 WHEN s.retires - ${year * 12} < 120 THEN 1 ELSE 0 END)::TINYINT AS near
         FROM run_lives s
         LEFT JOIN forecast_leaving l ON l.sex = s.sex AND l.band = ${leavingBand(String(year), "s.born", "s.retires")}
       )
     ),
     opened AS (
       SELECT state, target, module, chance, alone FROM run_openings WHERE exam = ${year} AND alone
       UNION ALL SELECT state, NULL, NULL, max(chance), false FROM run_openings WHERE exam = ${year} AND NOT alone GROUP BY state
     )
     SELECT s.*, l.near, l."left", l.retired, o.target, o.module, o.chance, o.alone, r.rate, r.passing
     FROM run_after s
     LEFT JOIN lives l ON l.life = s.life
     LEFT JOIN opened o ON o.state = s.state
     LEFT JOIN forecast_strays r ON r."districtId" = s."districtId" AND r.target = ${heldIn("s.state")} + 1`,
  );
  await scratch.dropView("run_after");
  await scratch.drop("run_chances", "run_futures");
  await scratch.rename("run_next", "run_state");
}

/** Came forward unseen, of a row of `run_state`. */
export const cameUnseen = `(1 - coalesce(chance, 0)) * (${wholeMass}) * rate`;

const whole = (sql: string) => `round((${sql}) * 1e12)`;

/**
 * Makes `run_futures` from `run_chances` (see chances.ts) and `run_state`: a row per person and target level (state: its certificate this
 * year) with mass, what passes and is still there at the year's end, in 1e-12; and if asked for what is expected of the person: eligible, came, placed
 * and passed, billionths (people.ts).
 */
export const addUpFutures = (
  scratch: Scratch,
  year: { readonly index: number; readonly people: boolean },
): Promise<void> => {
  const nano = (sql: string) => `round((${sql}) * 1e9)`;
  const own = year.people
    ? `, ${nano("chance * mass")} AS eligible, ${nano("came")} AS came, coalesce(${nano("placed")}, 0) AS placed, ${nano("passed")} AS passed`
    : "";
  const unseen = year.people ? `, 0, ${nano("came")}, 0, ${nano("came * passing")}` : "";
  const sums = year.people ? ["eligible", "came", "placed", "passed"].map((name) => `, sum(${name}) AS ${name}`) : [];
  return scratch.make(
    "run_futures",
    `SELECT state, any_value(place) AS place, any_value(life) AS life, any_value("districtId") AS "districtId", sum(mass) AS mass${sums.join("")}
     FROM (
       SELECT (state & -256) + ${year.index * 16} + target AS state, place, life, "districtId", ${whole('passed * "left"')} AS mass${own}
       FROM run_chances
       UNION ALL
       SELECT (state & -256) + ${year.index * 16} + (state & 15) + 1, place, life, "districtId", ${whole('came * passing * "left"')}${unseen}
       FROM (SELECT *, ${cameUnseen} AS came FROM run_state WHERE rate IS NOT NULL) WHERE came > 0
     ) GROUP BY state`,
  );
};

/**
 * Makes `run_after`, where people stand at the year's end: from `run_chances` who passed, failed, queued, or let the year pass, from `run_state`
 * to whom nothing was open, from `run_futures` the promoted. Hires enter with `mass` each.
 */
export async function endYear(
  scratch: Scratch,
  year: number,
  hires: { readonly mass: number } | undefined,
): Promise<void> {
  const settled = ["failed", "reviewed", "queued", ...eachStanding.map((index) => `a${index}`)];
  const columns = `state, place, life, "districtId"`;
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
  const stray = "coalesce(rate * passing, 0) AS stray";
  const rounded = (name: string) => `${whole(name)} / 1e12 AS ${name}`;
  const parts = [
    `SELECT ${columns}, ${next.map((sql, index) => `(${sql}) * "left" AS m${index}`).join(", ")}
     FROM (
       SELECT ${columns}, "left", ${masses.join(", ")}, ${stray}, chance, ${settled.map(rounded).join(", ")} FROM run_chances WHERE alone
       UNION ALL
       SELECT ${columns.replaceAll(/"?\w+"?/g, "s.$&")}, s."left", ${masses.map((name) => `s.${name}`).join(", ")}, ${stray}, s.chance,
         ${settled.map((name) => `a.${name}`).join(", ")}
       FROM run_state s
       JOIN (SELECT state, ${settled.map((name) => `sum(${whole(name)}) / 1e12 AS ${name}`).join(", ")} FROM run_chances WHERE NOT alone GROUP BY state) a ON a.state = s.state
     ) WHERE "left" > 0`,
    // Without anything open the same comes to less.
    `SELECT ${columns}, ${masses.map((name) => `(1 - stray) * ${name} * "left" AS ${name}`).join(", ")}
     FROM (SELECT *, ${stray} FROM run_state WHERE alone IS NULL AND "left" > 0)`,
    `SELECT ${columns}, ${massOf("0", "mass / 1e12")} FROM run_futures WHERE mass / 1e12 >= ${leastMass}`,
  ];
  if (hires) parts.push(`SELECT ${columns}, ${massOf("0", String(hires.mass))} FROM run_began WHERE enters = ${year}`);
  await scratch.view("run_after", parts.join(" UNION ALL "));
}
