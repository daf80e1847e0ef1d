/**
 * How often what planning foretells of a worker's eligibility holds a year later. The bulk decision moves a roster on by a year as if
 * every appraisal were qualified and nothing else changed; who was foretold eligible and was not, and who was not and became it (a
 * diploma, a thesis, back on post), is counted on the rosters on file.
 */
import { maskSelects } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import { filledYears, replacing } from "./coming-facts.ts";
import type { Scratch } from "./scratch.ts";
import { boundLevels, type KnownRulebooks, servedBy } from "./served.ts";

/** Pairs of rosters looked at. */
const pairs = 3;

/**
 * Makes `forecast_keep` (rulebook, target, keep: chance that somebody foretold eligible is) and `forecast_gain` (rulebook, target, blocking:
 * the conditions in the way, gain: yearly chance that they no longer are).
 */
export async function learnDrift(
  scratch: Scratch,
  known: KnownRulebooks,
  origin: number,
  rosters: readonly number[],
): Promise<void> {
  await scratch.run(
    `CREATE OR REPLACE TEMP TABLE forecast_foretold (rulebook VARCHAR, target TINYINT, blocking UBIGINT, foretold BOOLEAN, n BIGINT, came BIGINT)`,
  );
  // Decisions for exams after the origin do not exist yet.
  const years = rosters.filter((year) => year > origin - 2 - pairs && year <= origin - 2 && rosters.includes(year + 1));
  for (const year of years) await foretell(scratch, known, year);
  await scratch.make(
    "forecast_keep",
    `WITH everybody AS (SELECT (sum(came) + 98)::DOUBLE / (sum(n) + 100) AS keep FROM forecast_foretold WHERE foretold)
     SELECT f.rulebook, f.target, (sum(f.came) + 50 * e.keep) / (sum(f.n) + 50)::DOUBLE AS keep
     FROM forecast_foretold f, everybody e WHERE f.foretold GROUP BY f.rulebook, f.target, e.keep`,
  );
  await scratch.make(
    "forecast_gain",
    `WITH targets AS (
       SELECT target, (sum(came) + 0.5)::DOUBLE / (sum(n) + 100) AS gain FROM forecast_foretold WHERE NOT foretold GROUP BY ALL
     )
     SELECT rulebook, target, blocking, (sum(f.came) + 10 * any_value(t.gain)) / (sum(f.n) + 10) AS gain
     FROM forecast_foretold f JOIN targets t USING (target) WHERE NOT f.foretold GROUP BY ALL HAVING sum(f.came) > 0`,
  );
}

/** Moves the roster of a year on to the exams of the year after next, and compares with what the next roster says of them. */
async function foretell(scratch: Scratch, known: KnownRulebooks, year: number): Promise<void> {
  const exam = year + 2;
  const districts = await scratch.rows<{ district: string }>(
    `SELECT DISTINCT district FROM workers WHERE "rosterYear" = $year ORDER BY district`,
    { year },
  );
  const served = servedBy(
    known,
    districts.map(({ district }) => district),
    exam,
  );
  for (const one of served) {
    const people = `(SELECT ${replacing(filledYears(year, exam))} FROM workers
      WHERE "rosterYear" = ${year} AND district IN (${one.districts.map(quote).join(", ")}))`;
    const targets = one.levels.map((name, index) => `WHEN ${index} THEN '${name}'::target_level`).join(" ");
    // Stored before it is filtered: a filter pushed down into the masks would be reckoned many times over.
    await scratch.make(
      "forecast_masks",
      `SELECT "rosterRow", level, planning, blocking FROM (${maskSelects(boundLevels(one, exam), people, ["rosterRow"])})`,
    );
    // Step by step: left to itself the planner joins decisions by level before it joins them by person.
    await scratch.make(
      "forecast_masks_next",
      `SELECT b."rosterRow", m.target, m.planning, m.blocking
       FROM (SELECT "rosterRow", CASE level ${targets} END AS target, planning, blocking FROM forecast_masks) m
       JOIN forecast_past a ON a."rosterRow" = m."rosterRow"
       JOIN forecast_past b ON b."personId" = a."personId" AND b."rosterYear" = ${year + 1} AND b.held = a.held
       WHERE enum_code(m.target) + 1 > a.held OR m.planning = 2`,
    );
    await scratch.make(
      "forecast_decided",
      `SELECT "rosterRow", "targetLevel", "planningDecision" = 'eligible' AS eligible FROM eligibility
       WHERE "examYear" = ${exam} AND rulebook::VARCHAR = ${quote(one.book.id)}`,
    );
    await scratch.run(
      `INSERT INTO forecast_foretold
       SELECT ${quote(one.book.id)}, (enum_code(m.target) + 1)::TINYINT, CASE WHEN m.planning = 2 THEN 0 ELSE m.blocking END, m.planning = 2,
         count(*), count(*) FILTER (e.eligible)
       FROM forecast_masks_next m
       JOIN forecast_decided e ON e."rosterRow" = m."rosterRow" AND e."targetLevel" = m.target
       GROUP BY ALL`,
    );
  }
  await scratch.drop("forecast_masks", "forecast_masks_next", "forecast_decided");
}
