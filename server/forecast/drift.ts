/**
 * How often what planning foretells of a worker's eligibility holds a year later. The bulk decision moves a roster on by a year as if
 * every appraisal were qualified and nothing else changed; who was foretold eligible and was not, and who was not and became it (a
 * diploma, a thesis, back on post), is counted on the rosters on file.
 */
import { quote } from "../rules/term.ts";
import type { ComingFacts } from "./coming-facts.ts";
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
  // Everybody who is on the next roster at the same level, as the person there.
  const rows = `SELECT w.*, b."rosterRow" AS person, 0::SMALLINT AS since, a.held, w."rosterYear" AS seen
      FROM workers w
      JOIN forecast_past a ON a."rosterRow" = w."rosterRow"
      JOIN forecast_past b ON b."personId" = a."personId" AND b."rosterYear" = a."rosterYear" + 1 AND b.held = a.held
      WHERE w."rosterYear" IN (${years.join(", ")})`;
  const exams = years.map((year) => year + 2);
  await scratch.make(
    "forecast_decided",
    `SELECT "rosterRow", rulebook::VARCHAR AS rulebook, bit_or(1 << (enum_code("targetLevel") + 1)) AS told,
       bit_or(CASE WHEN "planningDecision" = 'eligible' THEN 1 << (enum_code("targetLevel") + 1) ELSE 0 END) AS eligible
     FROM eligibility WHERE "examYear" IN (${exams.join(", ")}) GROUP BY ALL`,
  );
  const people: ComingFacts = { rows, before: (exam) => [exam - 2] };
  const places = districts.map(({ district }) => district);
  for (const { rulebook, standing, decided, on, states } of decisions(known, people, places, exams)) {
    await scratch.run(
      `INSERT INTO forecast_foretold
       WITH standing AS MATERIALIZED (${standing}),
       counted AS MATERIALIZED (
         SELECT ${states.map((name) => `s.${name}`).join(", ")}, s.area, s.exam, s.held, e.told, e.eligible, count(*) AS n
         FROM standing s JOIN forecast_decided e ON e."rosterRow" = s.person AND e.rulebook = ${quote(rulebook)}
         GROUP BY ALL
       )
       SELECT ${quote(rulebook)}, d.target, CASE WHEN d.planning = 2 THEN 0 ELSE d.blocking END, d.planning = 2, sum(p.n),
         coalesce(sum(p.n) FILTER (p.eligible & (1 << d.target) <> 0), 0)
       FROM counted p JOIN (${decided("counted")}) d ON ${on}
       WHERE p.told & (1 << d.target) <> 0 AND (d.target > p.held OR d.planning = 2)
       GROUP BY ALL`,
    );
  }
  await scratch.drop("forecast_decided");
}
