/** What a computed year expects of each person: two runs are told apart person by person, so that luck common to both cancels. */
import { nano } from "./cells.ts";
import type { Scratch } from "./scratch.ts";

const figures = ["eligible", "came", "placed", "passed"] as const;

/** CREATE TABLE of the people: a row per exam year, person (roster row, or hire to come) and target level; billionths of a person. */
export const createPeople = (table: string): string =>
  `CREATE OR REPLACE TEMP TABLE ${table} ("examYear" SMALLINT, person BIGINT, target TINYINT, "districtId" INTEGER, "unitId" INTEGER,
    "tradeId" INTEGER, hire BOOLEAN, ${figures.map((name) => `${name} BIGINT`).join(", ")})`;

/**
 * Adds a year from `run_chances` and `run_strays` to `run_people`: the expected share of each person that is eligible, comes forward, takes
 * a place and passes. Who comes forward without being shown as eligible counts in came and passed.
 */
export async function addPeople(scratch: Scratch, examYear: number): Promise<void> {
  const keys = `person, target, "districtId", "unitId", "tradeId", hire`;
  const whole = (sql: string) => `round((${sql}) * ${nano})::BIGINT`;
  await scratch.run(
    `INSERT INTO run_people BY NAME
     SELECT ${examYear}::SMALLINT AS "examYear", ${keys}, ${figures.map((name) => `sum(${name})::BIGINT AS ${name}`).join(", ")}
     FROM (
       SELECT ${keys}, ${whole("chance * mass")} AS eligible, ${whole("came")} AS came, coalesce(${whole("placed")}, 0) AS placed, ${whole("passed")} AS passed
       FROM run_chances
       UNION ALL
       SELECT ${keys}, 0, ${whole("came")}, 0, ${whole("came * passing")} FROM run_strays WHERE came > 0
     ) GROUP BY ALL`,
  );
}
