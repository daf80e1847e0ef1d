/** Hires of the coming years: those of the last three years come again, as many years younger, each with a third of a person's mass. */

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
      `SELECT "rosterRow", "rosterYear" FROM forecast_past WHERE "isFirst" AND "rosterYear" IN (${years.join(", ")})`,
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
 * Makes `run_donors`: the hires of the coming rosters up to `last`: person (a number of their own below zero, the same in every run however far it reaches), donor (the roster row they
 * come from), enters (the roster they first stand on), moved (years later than the donor), and what the state needs of them: unitId,
 * districtId, tradeId, held, onPost, sex, born, retires.
 */
export const makeDonors = (scratch: Scratch, origin: number, last: number): Promise<void> =>
  scratch.make(
    "run_donors",
    `SELECT -(row_number() OVER (ORDER BY d.enters, d.donor)) AS person, d.donor, d.enters, d.moved, p."unitId", p."districtId", p."tradeId", p.held, p."onPost", p.sex,
       (p.born + d.moved)::SMALLINT AS born, p.retires + 12 * d.moved AS retires
     FROM (
       SELECT h."rosterRow" AS donor, y.enters, (y.enters - h."rosterYear")::SMALLINT AS moved
       FROM forecast_hired h, (SELECT unnest(range($origin + 1, $last + 1))::SMALLINT AS enters) y
     ) d
     JOIN forecast_past p ON p."rosterRow" = d.donor`,
    { origin, last },
  );
