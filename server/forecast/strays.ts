/** Applications by people whom the rosters do not show as eligible: papers come to light, errors are made. */
import type { Scratch } from "./scratch.ts";

/** Mixed into a district's own rate, worker-years. */
const priorYears = 200;

/**
 * Makes `forecast_strays` (districtId, target, rate, passing): per worker of the level below who is not eligible, the yearly chance of an
 * application, and the share of these that end in a certificate.
 */
export async function countStrays(scratch: Scratch, origin: number): Promise<void> {
  await scratch.make(
    "forecast_strays",
    `WITH below AS (
       SELECT "districtId", (held + 1)::TINYINT AS target, ("rosterYear" + 1)::SMALLINT AS year, count(*) AS n
       FROM forecast_past WHERE "rosterYear" < $origin AND held < 5 GROUP BY ALL
     ),
     eligible AS (SELECT "districtId", target, year, count(*) AS n FROM forecast_history WHERE eligible AND held = target - 1 GROUP BY ALL),
     stray AS (
       SELECT "districtId", target, year, count(*) AS n, count(*) FILTER (outcome = 'p') AS passed
       FROM forecast_history WHERE applied AND NOT eligible GROUP BY ALL
     ),
     weighed AS (
       SELECT b."districtId", b.target, round(1e6 * w.weight * greatest(b.n - coalesce(e.n, 0), 0))::BIGINT AS years,
         round(1e6 * w.weight * coalesce(s.n, 0))::BIGINT AS n, round(1e6 * w.weight * coalesce(s.passed, 0))::BIGINT AS passed
       FROM below b
       JOIN forecast_weights w ON w.year = b.year
       LEFT JOIN eligible e ON e."districtId" = b."districtId" AND e.target = b.target AND e.year = b.year
       LEFT JOIN stray s ON s."districtId" = b."districtId" AND s.target = b.target AND s.year = b.year
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
    { origin },
  );
}
