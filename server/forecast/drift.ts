/**
 * How often what planning foretells of a worker's eligibility holds a year later. The bulk decision moves a roster on by a year as if
 * every appraisal were qualified and nothing else changed; who was foretold eligible and was not, and who was not and became it (a
 * diploma, a thesis, back on post), is counted on the rosters on file.
 */
import { quote } from "../rules/term.ts";
import { heldSql } from "./history.ts";
import type { Scratch } from "./scratch.ts";
import { decisions, type KnownRulebooks } from "./served.ts";

/** Pairs of rosters looked at: two, for cycles of two years have exams in one of them only; of a very large roster one. */
const usualPairs = 2;
const many = 200_000;

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
  const [roster] = await scratch.rows<{ n: number }>(
    `SELECT count(*)::INTEGER AS n FROM forecast_past WHERE "rosterYear" = $origin`,
    { origin },
  );
  const pairs = (roster?.n ?? 0) > many ? 1 : usualPairs;
  // Decisions for exams after the origin do not exist yet.
  const years = rosters.filter((year) => year > origin - 2 - pairs && year <= origin - 2 && rosters.includes(year + 1));
  if (years.length > 0) await foretell(scratch, known, years);
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

/** Moves rosters on to the exams of the year after next, and compares with what the next roster says of the same people. */
async function foretell(scratch: Scratch, known: KnownRulebooks, years: readonly number[]): Promise<void> {
  const districts = await scratch.rows<{ district: string }>(
    `SELECT DISTINCT district FROM workers WHERE "rosterYear" IN (${years.join(", ")}) ORDER BY district`,
  );
  const rows = `SELECT *, "rosterRow" AS person, 0::SMALLINT AS since, ${heldSql("level")} AS held, ("rosterYear" + 2)::SMALLINT AS exam,
      0::SMALLINT AS moved, "rosterYear" AS seen FROM workers WHERE "rosterYear" IN (${years.join(", ")})`;
  await scratch.make(
    "forecast_next",
    `SELECT a."rosterRow" AS person, b."rosterRow" AS next
     FROM forecast_past a
     JOIN forecast_past b ON b."personId" = a."personId" AND b."rosterYear" = a."rosterYear" + 1 AND b.held = a.held
     WHERE a."rosterYear" IN (${years.join(", ")})`,
  );
  const exams = years.map((year) => year + 2);
  for (const { rulebook, sql } of decisions(
    known,
    { rows, raised: false },
    districts.map(({ district }) => district),
    exams,
  )) {
    // Step by step: left to itself the planner joins decisions by level before it joins them by person.
    await scratch.make(
      "forecast_masks",
      `WITH decided AS MATERIALIZED (${sql})
       SELECT n.next AS "rosterRow", d.exam, d.target, d.planning, d.blocking
       FROM decided d JOIN forecast_next n ON n.person = d.person WHERE d.target > d.held OR d.planning = 2`,
    );
    await scratch.make(
      "forecast_decided",
      `SELECT "rosterRow", (enum_code("targetLevel") + 1)::TINYINT AS target, "planningDecision" = 'eligible' AS eligible FROM eligibility
       WHERE "examYear" IN (${exams.join(", ")}) AND rulebook::VARCHAR = ${quote(rulebook)}`,
    );
    await scratch.run(
      `INSERT INTO forecast_foretold
       SELECT ${quote(rulebook)}, m.target, CASE WHEN m.planning = 2 THEN 0 ELSE m.blocking END, m.planning = 2, count(*), count(*) FILTER (e.eligible)
       FROM forecast_masks m JOIN forecast_decided e ON e."rosterRow" = m."rosterRow" AND e.target = m.target
       GROUP BY ALL`,
    );
  }
  await scratch.drop("forecast_masks", "forecast_next", "forecast_decided");
}
