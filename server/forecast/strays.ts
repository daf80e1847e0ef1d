/** Applications by people whom the rosters do not show as eligible: papers come to light, errors are made. */
import type { Scratch } from "./scratch.ts";
import { levelsOf } from "./shocks.ts";

/** Mixed into a district's own rate, worker-years. */
const priorYears = 200;

/**
 * Makes `forecast_strays` (districtId, target, rate, passing): per worker of the level below who is not eligible, the yearly chance of an
 * application, and the share of these that end in a certificate. Where no rulebook is on file for a level, all its applicants are such.
 */
export async function countStrays(scratch: Scratch, origin: number): Promise<void> {
  await scratch.make(
    "forecast_stray_years",
    `WITH below AS (
       SELECT "districtId", (held + 1)::TINYINT AS target, ("rosterYear" + 1)::SMALLINT AS year, count(*) AS n
       FROM forecast_past WHERE "rosterYear" < $origin AND held < 5 GROUP BY ALL
     ),
     eligible AS (SELECT "districtId", target, year, count(*) AS n FROM forecast_history WHERE eligible AND held = target - 1 GROUP BY ALL),
     stray AS (
       SELECT "districtId", target, year, count(*) AS n, count(*) FILTER (outcome = 'p') AS passed
       FROM forecast_history WHERE applied AND NOT eligible GROUP BY ALL
     )
     SELECT b."districtId", b.target, b.year, w.weight, greatest(b.n - coalesce(e.n, 0), 0) AS people, coalesce(s.n, 0) AS n, coalesce(s.passed, 0) AS passed
     FROM below b
     JOIN forecast_weights w ON w.year = b.year
     LEFT JOIN eligible e ON e."districtId" = b."districtId" AND e.target = b.target AND e.year = b.year
     LEFT JOIN stray s ON s."districtId" = b."districtId" AND s.target = b.target AND s.year = b.year`,
    { origin },
  );
  await scratch.make(
    "forecast_strays",
    `WITH weighed AS (
       SELECT "districtId", target, round(1e6 * weight * people)::BIGINT AS years, round(1e6 * weight * n)::BIGINT AS n, round(1e6 * weight * passed)::BIGINT AS passed
       FROM forecast_stray_years
     ),
     districts AS (
       SELECT "districtId", target, sum(years)::DOUBLE / 1e6 AS years, sum(n)::DOUBLE / 1e6 AS n FROM weighed GROUP BY ALL
     ),
     targets AS (
       SELECT target, sum(n)::DOUBLE / greatest(sum(years)::DOUBLE, 1) AS rate, (sum(passed)::DOUBLE + 1e6) / (sum(n)::DOUBLE + 3e6) AS passing
       FROM weighed GROUP BY ALL
     )
     SELECT d."districtId", d.target, least(0.5, (d.n + ${priorYears} * t.rate) / (d.years + ${priorYears})) AS rate, t.passing
     FROM districts d JOIN targets t USING (target)`,
  );
  await followYears(scratch);
}

/** Rates move with the years as those of the eligible do (year-level.ts). */
async function followYears(scratch: Scratch): Promise<void> {
  const rows = await scratch.rows<{ year: number; target: number; n: number; expected: number; weight: number }>(
    `SELECT s.year::INTEGER AS year, s.target::INTEGER AS target, sum(s.n)::DOUBLE AS n,
       sum(round(s.people * r.rate * 1e9)::BIGINT)::DOUBLE / 1e9 AS expected, coalesce(any_value(y.weight), 1)::DOUBLE AS weight
     FROM forecast_stray_years s JOIN forecast_strays r USING ("districtId", target) LEFT JOIN forecast_years y ON y.year = s.year
     GROUP BY s.year, s.target ORDER BY s.year, s.target`,
  );
  // Counts of few among many: their shift is the logarithm of how many times as many there were.
  const { whole, steps } = levelsOf(
    rows.map(({ n, expected, ...row }) => ({ ...row, s: n - expected, i: expected })),
    (more) => Math.log(Math.max(0.05, 1 + more)),
  );
  const factors = steps.map(({ level }) => Math.exp(whole.level + level));
  await scratch.run(`UPDATE forecast_strays SET rate = least(0.5, rate * [${factors.join(", ")}][target])`);
  await scratch.drop("forecast_stray_years");
}
