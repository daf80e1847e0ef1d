/** The past as the forecast reads it: persons, roster rows, who could come forward and did, and how each person stands now. */
import { retirementMonthSql } from "../rules/retirement.ts";
import type { Scratch } from "./scratch.ts";

/** Position in the ladder of levels, 0 none … 5; 9 not known. */
export const heldSql = (column: string): string =>
  `(CASE ${column} WHEN 'none' THEN 0 WHEN 'junior' THEN 1 WHEN 'intermediate' THEN 2 WHEN 'senior' THEN 3 WHEN 'technician' THEN 4
    WHEN 'seniorTechnician' THEN 5 ELSE 9 END)::TINYINT`;

/** Month of retirement before the reform, months since year 0; null where a date is given outright. */
const originalMonthSql = `CASE WHEN "retirementDateTo" IS NULL THEN year("birthDateTo") * 12 + month("birthDateTo") - 1 +
  CASE coalesce("retirementTrack", CASE sex WHEN 'male' THEN 'male60' WHEN 'female' THEN 'female50' END)
    WHEN 'male60' THEN 720 WHEN 'female55' THEN 660 WHEN 'female50' THEN 600 END END`;

/** The bit of a roster of the 63 years up to the origin: older ones count as the oldest. */
const rosterBit = (year: string) => `(1::UBIGINT << greatest(0, 62 - ($origin - ${year}))::UTINYINT)`;

/**
 * Makes `forecast_unit_names`, `forecast_units` (unitId, unit, unitName, district, districtName, districtId, ancestors),
 * `forecast_trades` (tradeId, trade, general; trade 0 is the unknown one), `forecast_persons` (personId, workerId, firstRoster, rosters:
 * the years of the rosters they are on as bits) and `forecast_past` (every roster row; isFirst: the person's
 * first; stays: the person is on the next year's roster too).
 */
export async function readRosters(scratch: Scratch, origin: number): Promise<void> {
  await scratch.makeNamed("forecast_unit_names", "forecast-units", { origin });
  await scratch.make(
    "forecast_units",
    `SELECT n."unitId", n.unit, n."unitName", n.district, coalesce(d.name, n.district) AS "districtName",
       (dense_rank() OVER (ORDER BY n.district))::INTEGER AS "districtId", coalesce(d.ancestors, [n.district]) AS ancestors
     FROM (SELECT DISTINCT "unitId", unit, "unitName", district FROM forecast_unit_names) n
     LEFT JOIN districts d ON d.code = n.district`,
  );
  await scratch.make(
    "forecast_trades",
    `SELECT 0 AS "tradeId", NULL::VARCHAR AS trade, false AS general
     UNION ALL
     SELECT (row_number() OVER (ORDER BY s.trade))::INTEGER, s.trade, coalesce(t.general, false)
     FROM (
       SELECT DISTINCT trade FROM workers WHERE "rosterYear" <= $origin AND trade IS NOT NULL
       UNION SELECT DISTINCT trade FROM applications WHERE "examYear" <= $origin AND trade IS NOT NULL
     ) s
     LEFT JOIN trades t ON t.name = s.trade`,
    { origin },
  );
  // The numbers of persons only tell them apart: no result depends on their order.
  await scratch.make(
    "forecast_persons",
    `SELECT row_number() OVER ()::INTEGER AS "personId", "workerId", min(year)::SMALLINT AS "firstRoster", bit_or(roster) AS rosters
     FROM (
       SELECT "workerId", "rosterYear" AS year, ${rosterBit('"rosterYear"')} AS roster FROM workers WHERE "rosterYear" <= $origin
       UNION ALL SELECT "workerId", "examYear", 0::UBIGINT FROM applications WHERE "examYear" <= $origin
     )
     GROUP BY "workerId"`,
    { origin },
  );
  await scratch.make(
    "forecast_past",
    `SELECT w."rosterRow", w."rosterYear", p."personId", n."unitId", u."districtId", t."tradeId",
       ${heldSql("w.level")} AS held, coalesce(w."onPost", false) AS "onPost",
       (CASE w.sex WHEN 'male' THEN 1 WHEN 'female' THEN 2 ELSE 0 END)::TINYINT AS sex,
       year(w."birthDateTo")::SMALLINT AS born,
       (${retirementMonthSql("To")})::INTEGER AS retires, (${originalMonthSql})::INTEGER AS "retiresUnreformed",
       p.rosters & (${rosterBit('w."rosterYear"')} - 1) = 0 AS "isFirst",
       p.rosters & ${rosterBit('(w."rosterYear" + 1)')} <> 0 AS stays
     FROM workers w
     JOIN forecast_persons p ON p."workerId" = w."workerId"
     JOIN forecast_unit_names n ON n.name = w.unit AND n.district = w.district
     JOIN forecast_units u ON u."unitId" = n."unitId"
     JOIN forecast_trades t ON t.trade IS NOT DISTINCT FROM w.trade
     WHERE w."rosterYear" <= $origin`,
    { origin },
  );
}

/** Makes `forecast_history` and `forecast_standing` (queries/forecast-history.sql, queries/forecast-standing.sql). */
export async function readHistory(scratch: Scratch, origin: number, firstRoster: number): Promise<void> {
  await scratch.makeNamed("forecast_history", "forecast-history", { origin });
  await scratch.makeNamed("forecast_standing", "forecast-standing", { origin, firstRoster });
}

/** Weights of the exam years: a discount for age, times what the office says of the year (`forecast_years`). */
export async function weighYears(scratch: Scratch, origin: number, discount: number): Promise<void> {
  await scratch.make(
    "forecast_weights",
    `SELECT y.year, (coalesce(f.weight, 1)::DOUBLE * power($discount, $origin - y.year))::DOUBLE AS weight
     FROM (SELECT DISTINCT "examYear" AS year FROM applications WHERE "examYear" <= $origin) y
     LEFT JOIN forecast_years f ON f.year = y.year
     WHERE coalesce(f.weight, 1) > 0`,
    { origin, discount },
  );
}
