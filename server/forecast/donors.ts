/** Hires of the coming years: those of the last three years come again, as many years younger, each with a third of a person's mass. */

import { retirementMonthSql } from "../rules/retirement.ts";
import { movedYears, replacing } from "./coming-facts.ts";
import { heldSql } from "./history.ts";
import type { Scratch } from "./scratch.ts";

/** Years whose hires stand for the coming ones. */
const cohorts = 3;

/**
 * Makes `forecast_hired` (rosterRow, rosterYear: the first row of each hire of the last years) and returns how many years of hires it
 * holds. With a single roster those who began to work in the last three years stand in.
 */
export async function findHires(scratch: Scratch, origin: number, rosters: readonly number[]): Promise<number> {
  const first = rosters[0] ?? origin;
  const years = rosters.filter((year) => year > first && year > origin - cohorts && rosters.includes(year - 1));
  if (years.length > 0) {
    await scratch.make(
      "forecast_hired",
      `SELECT p."rosterRow", p."rosterYear" FROM forecast_past p
       WHERE p."rosterYear" IN (${years.join(", ")})
         AND NOT EXISTS (FROM forecast_past e WHERE e."personId" = p."personId" AND e."rosterYear" < p."rosterYear")`,
    );
    return years.length;
  }
  await scratch.make(
    "forecast_hired",
    `SELECT w."rosterRow", year(w."workStartedOnTo")::SMALLINT AS "rosterYear" FROM workers w
     WHERE w."rosterYear" = $origin AND year(w."workStartedOnTo") > $origin - ${cohorts} AND year(w."workStartedOnTo") <= $origin`,
    { origin },
  );
  return cohorts;
}

/**
 * Makes `run_donors`: the facts of the hires of the coming rosters up to `last`, with a rosterRow of their own below zero and `enters`,
 * the roster they first stand on; and `run_donor_places` (rosterRow, enters, unitId, districtId, tradeId, held, onPost, sex, born, retires,
 * retiresUnreformed).
 */
export async function makeDonors(scratch: Scratch, origin: number, last: number): Promise<void> {
  const columns = [`-(row_number() OVER ()) AS "rosterRow"`, ...movedYears("moved")];
  await scratch.make(
    "run_donors",
    `SELECT ${replacing(columns)}
     FROM (
       SELECT w.*, w."rosterRow" AS donor, y.enters, (y.enters - h."rosterYear")::INTEGER AS moved
       FROM forecast_hired h
       JOIN workers w ON w."rosterRow" = h."rosterRow"
       CROSS JOIN (SELECT unnest(range($origin + 1, $last + 1))::SMALLINT AS enters) y
     )`,
    { origin, last },
  );
  await scratch.make(
    "run_donor_places",
    `SELECT d.*, p."unitId", p."districtId", p."tradeId", p."onPost", p.sex
     FROM (
       SELECT "rosterRow", donor, enters, ${heldSql("level")} AS held, year("birthDateTo")::SMALLINT AS born,
         (${retirementMonthSql("To")})::INTEGER AS retires, NULL::INTEGER AS "retiresUnreformed"
       FROM run_donors
     ) d
     JOIN forecast_past p ON p."rosterRow" = d.donor`,
  );
}
