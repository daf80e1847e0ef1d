/** How often units put one more forward than they have places for. */
import { readQuotas } from "./quota-rules.ts";
import type { Scratch } from "./scratch.ts";
import type { KnownRulebooks } from "./served.ts";

/** Exam years looked at. */
const lookBack = 5;

/**
 * Share 0…1 of the units and trades with more candidates than places of a quota by bands that used a place more than they had. Drawn to
 * none: ten cases in which nothing happened are added. Quotas are those of the year after the origin.
 */
export async function countOverForwarding(scratch: Scratch, known: KnownRulebooks, origin: number): Promise<number> {
  await readQuotas(scratch, known, origin + 1);
  const [row] = await scratch.rows<{ crowded: number; over: number }>(
    `WITH asked AS (
       SELECT h.year, h."unitId", h."districtId", h."tradeId", h.target,
         count(*) FILTER (coalesce(h.stated, s.standing IS NULL OR s.standing NOT IN (8, 9)) OR h.outcome = 'q') AS candidates,
         count(*) FILTER (coalesce(h.stated, h.placed AND (s.standing IS NULL OR s.standing NOT IN (8, 9)))) AS used
       FROM forecast_history h
       LEFT JOIN forecast_standing s ON s."personId" = h."personId" AND s.held = h.held AND s.year = h.year
       WHERE h.applied AND h.year > $origin - ${lookBack} AND h.target IN (SELECT target FROM run_bands) GROUP BY ALL
     ),
     holders AS (
       SELECT ("rosterYear" + 1)::SMALLINT AS year, "unitId", "tradeId", (held + 1)::TINYINT AS target, count(*) FILTER ("onPost") AS n
       FROM forecast_past WHERE "rosterYear" >= $origin - ${lookBack} AND held + 1 IN (SELECT target FROM run_bands) GROUP BY ALL
     ),
     allowed AS (
       SELECT a.*, CASE WHEN b.alternate AND coalesce(l.used, 0) > 0 THEN 0 ELSE coalesce(b.places, 0) END AS places
       FROM asked a
       JOIN forecast_trades t ON t."tradeId" = a."tradeId" AND t.general
       LEFT JOIN holders h ON h.year = a.year AND h."unitId" = a."unitId" AND h."tradeId" = a."tradeId" AND h.target = a.target
       JOIN run_bands b ON b."districtId" = a."districtId" AND b.target = a.target AND coalesce(h.n, 0) >= b."fromTechnicians"
         AND (b."belowTechnicians" IS NULL OR coalesce(h.n, 0) < b."belowTechnicians")
       LEFT JOIN asked l ON l.year = a.year - 1 AND l."unitId" = a."unitId" AND l."tradeId" = a."tradeId" AND l.target = a.target
     )
     SELECT count(*)::INTEGER AS crowded, coalesce(sum(least(1, greatest(0, used - places))), 0)::INTEGER AS over
     FROM allowed WHERE candidates > places AND year > $origin - ${lookBack - 1}`,
    { origin },
  );
  await scratch.drop("run_bands", "run_shares");
  return (row?.over ?? 0) / ((row?.crowded ?? 0) + 10);
}
