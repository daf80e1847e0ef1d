/** Who leaves before retirement, who stays on after it, and who is hired. */
import type { Scratch } from "./scratch.ts";

/** Person-years mixed into the rate of a band. */
const priorYears = 100;
/** Pairs of rosters looked at. */
const pairs = 4;

/**
 * Band of a person for leaving in a year: the last three years before retirement are their own, otherwise ten years of age.
 * `year`: the year in which one may leave.
 */
export const leavingBand = (year: string, born: string, retires: string): string =>
  `(CASE WHEN ${retires} - ${year} * 12 < 36 THEN 9 ELSE greatest(1, least(7, coalesce(${year} - ${born}, 40) // 10)) END)::TINYINT`;

/** Whether the month of retirement lies in the year or before it: not on the roster of its 31 December. */
export const isDue = (year: string, retires: string): string => `coalesce(${retires} <= ${year} * 12 + 11, false)`;

/**
 * Makes `forecast_leaving` (sex, band, rate) and returns the share 0…1 of those due for retirement who are on the next roster all the
 * same. With one roster only, rates are general knowledge: 1 % leave.
 */
export async function countSeparations(scratch: Scratch, origin: number): Promise<number> {
  await scratch.make(
    "forecast_pairs",
    `SELECT a.sex, ${isDue('(a."rosterYear" + 1)', "a.retires")} AS due, ${leavingBand('(a."rosterYear" + 1)', "a.born", "a.retires")} AS band,
       count(*) AS n, count(*) FILTER (a.stays) AS stayed
     FROM forecast_past a
     WHERE a."rosterYear" BETWEEN $origin - ${pairs} AND $origin - 1
       AND a."rosterYear" + 1 IN (SELECT DISTINCT "rosterYear" FROM forecast_past)
     GROUP BY ALL`,
    { origin },
  );
  await scratch.make(
    "forecast_leaving",
    `WITH everybody AS (SELECT (coalesce(sum(n - stayed), 0) + 1)::DOUBLE / (coalesce(sum(n), 0) + 100) AS rate FROM forecast_pairs WHERE NOT due),
     grid AS (SELECT s.sex::TINYINT AS sex, b.band::TINYINT AS band FROM (VALUES (0), (1), (2)) s(sex), (VALUES (1), (2), (3), (4), (5), (6), (7), (9)) b(band))
     SELECT g.sex, g.band, (coalesce(p.n - p.stayed, 0) + ${priorYears} * e.rate) / (coalesce(p.n, 0) + ${priorYears}) AS rate
     FROM grid g CROSS JOIN everybody e LEFT JOIN forecast_pairs p ON p.sex = g.sex AND p.band = g.band AND NOT p.due`,
  );
  const [row] = await scratch.rows<{ staying: number }>(
    `SELECT coalesce(sum(stayed), 0)::DOUBLE / (coalesce(sum(n), 0) + 20)::DOUBLE AS staying FROM forecast_pairs WHERE due`,
  );
  await scratch.drop("forecast_pairs");
  return row?.staying ?? 0;
}
