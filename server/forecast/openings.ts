/** Who can come forward in a coming year: the bulk decision on the roster moved on, on the hires, and on those promoted meanwhile. */
import { maskSelects } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import { filledYears, promoted, replacing } from "./coming-facts.ts";
import { heldSql } from "./history.ts";
import type { Scratch } from "./scratch.ts";
import { boundLevels, type KnownRulebooks, type Served, servedBy } from "./served.ts";

/** Chances below this are not followed. */
const leastChance = 0.001;
/** Where no pair of rosters tells how often planning holds for a year. */
const usualKeep = 0.985;

/** Facts of the people of a state, wherever they come from, with the columns person, since and held. */
function factsOf(origin: number, examYear: number, districts: readonly string[]): string {
  const filled = filledYears(origin, examYear);
  const here = `district IN (${districts.map(quote).join(", ")})`;
  const own = `SELECT *, "rosterRow" AS person, 0::SMALLINT AS since, ${heldSql("level")} AS held FROM workers WHERE "rosterYear" = ${origin} AND ${here}`;
  const hired = `SELECT * EXCLUDE (donor, enters, moved), "rosterRow" AS person, 0::SMALLINT AS since, ${heldSql("level")} AS held
    FROM run_donors WHERE enters < ${examYear} AND ${here}`;
  const raised = (facts: string) =>
    `SELECT f.* REPLACE (s.since AS since, s.held AS held) FROM (${facts}) f JOIN run_state s ON s.person = f.person AND s.since > 0`;
  const fill = (relation: string, columns: readonly string[]) => `SELECT ${replacing(columns)} FROM (${relation})`;
  if (examYear === origin + 1) return `(${own})`;
  const moved = [...filled, ...promoted()];
  // One relation, so that the long text of the rules is planned once.
  return `(${[fill(own, filled), fill(hired, filled), fill(raised(own), moved), fill(raised(hired), moved)].join(" UNION ALL BY NAME ")})`;
}

/**
 * Makes `run_open` (person, since, held, target, module, chance): the levels open to each state of each person in the exam year, with the
 * chance that planning finds them so.
 */
export async function openLevels(
  scratch: Scratch,
  known: KnownRulebooks,
  origin: number,
  examYear: number,
  districts: readonly string[],
): Promise<void> {
  await scratch.run(
    "CREATE OR REPLACE TEMP TABLE run_decided (person BIGINT, since SMALLINT, held TINYINT, target TINYINT, module TINYINT, chance DOUBLE)",
  );
  for (const served of servedBy(known, districts, examYear)) {
    // Stored before it is filtered: a filter pushed down into the masks would be reckoned many times over.
    await scratch.make("run_masks", masksOf(served, factsOf(origin, examYear, served.districts), examYear));
    await scratch.run(decide(served, examYear, examYear - origin - 1));
  }
  await scratch.make(
    "run_open",
    `SELECT person, since, held, target, chance,
       CASE WHEN module = 0 AND target < max(target) FILTER (chance > 0.5) OVER (PARTITION BY person, since, held) THEN 3 ELSE module END::TINYINT AS module
     FROM run_decided`,
  );
  await scratch.drop("run_decided", "run_masks");
}

const masksOf = (served: Served, people: string, examYear: number) =>
  `SELECT person, since, held, level, module, planning, blocking FROM (${maskSelects(boundLevels(served, examYear), people, ["person", "since", "held"])})`;

/** `steps`: years since the facts were on a roster. */
function decide(served: Served, examYear: number, steps: number): string {
  const targets = served.levels.map((_, index) => index);
  const numbers = boundLevels(served, examYear).map(
    ({ target }) => ["junior", "intermediate", "senior", "technician", "seniorTechnician"].indexOf(target) + 1,
  );
  const target = `(CASE level ${targets.map((index) => `WHEN ${index} THEN ${numbers[index]}`).join(" ")} END)::TINYINT`;
  const module = "(CASE WHEN module IN (3, 4, 5) THEN 2 WHEN module IN (1, 2) THEN 1 ELSE 0 END)::TINYINT";
  const decided = `SELECT person, since, held, ${target} AS target, ${module} AS module, planning, blocking FROM run_masks`;
  if (steps === 0) {
    return `INSERT INTO run_decided SELECT person, since, held, target, module, 1 FROM (${decided}) WHERE planning = 2`;
  }
  const book = quote(served.book.id);
  return `INSERT INTO run_decided
    SELECT person, since, held, target, module, chance
    FROM (
      SELECT d.*, CASE WHEN d.planning = 2 THEN power(coalesce(k.keep, ${usualKeep}), ${steps}) ELSE 1 - power(1 - g.gain, ${steps}) END AS chance
      FROM (${decided}) d
      LEFT JOIN forecast_keep k ON k.rulebook = ${book} AND k.target = d.target
      LEFT JOIN forecast_gain g ON d.planning <> 2 AND g.rulebook = ${book} AND g.target = d.target AND g.blocking = d.blocking
      WHERE d.planning = 2 OR g.gain IS NOT NULL
    )
    WHERE chance >= ${leastChance}`;
}
