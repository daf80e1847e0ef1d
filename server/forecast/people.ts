/** What a computed year expects of each person: two runs are told apart person by person, so that luck common to both cancels. */
import type { Scratch } from "./scratch.ts";
import { heldIn, personIn } from "./state.ts";

const figures = ["eligible", "came", "placed", "passed"] as const;

/** CREATE TABLE of the people: a row per exam year, person (roster row, or hire to come) and target level; billionths of a person. */
export const createPeople = (table: string): string =>
  `CREATE OR REPLACE TEMP TABLE ${table} ("examYear" SMALLINT, person BIGINT, target TINYINT, "districtId" INTEGER, "unitId" INTEGER,
    "tradeId" INTEGER, hire BOOLEAN, ${figures.map((name) => `${name} BIGINT`).join(", ")})`;

/**
 * Adds a year from `run_futures` (state.ts) to `run_people`: the expected share of each person that is eligible, comes forward, takes a place and
 * passes. Who comes forward without being shown as eligible counts in came and passed.
 */
export const addPeople = (scratch: Scratch, examYear: number): Promise<void> =>
  scratch.run(
    `INSERT INTO run_people BY NAME
     SELECT ${examYear}::SMALLINT AS "examYear", ${personIn("f.state")} AS person, ${heldIn("f.state")} AS target, p."districtId", p."unitId", p."tradeId",
       f.state < 0 AS hire, ${figures.map((name) => `f.${name}::BIGINT AS ${name}`).join(", ")}
     FROM run_futures f JOIN run_places p ON p.place = f.place`,
  );
