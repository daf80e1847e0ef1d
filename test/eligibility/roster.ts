/** A roster of random people in a real database, and the same people as facts, so that what SQL counts can be counted by hand. */
import { decodableColumns, decodeFacts, encodeFacts, factColumns, typedColumns } from "../../server/rules/columns.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import type { Connection } from "../../server/store/index.ts";
import { RandomPeople, randomNumbers } from "../rules/people.ts";

const placed = ["workerId", "district", "unit", "trade"];
const columns = factColumns.filter(({ name }) => !placed.includes(name));

/** Appends `count` random people of a roster year, in turn to the districts and to three units (one name in all districts). */
export async function fillRoster(
  c: Connection,
  {
    count,
    rosterYear,
    districts,
    seed,
  }: { count: number; rosterYear: number; districts: readonly string[]; seed: number },
): Promise<void> {
  const people = new RandomPeople(randomNumbers(seed), rosterYear + 1);
  await c.run(
    `CREATE OR REPLACE TEMP TABLE staged (number INTEGER, "workerId" VARCHAR, district VARCHAR, unit VARCHAR, trade VARCHAR, ${columns
      .map((one) => `"${one.name}" ${one.stageType}`)
      .join(", ")})`,
  );
  await c.append(
    "staged",
    [
      { name: "number", type: "INTEGER" },
      ...placed.map((name) => ({ name, type: "VARCHAR" })),
      ...columns.map((one) => ({ name: one.name, type: one.stageType })),
    ],
    Array.from({ length: count }, (_, index) => {
      const row = encodeFacts(people.next(index));
      return [
        index,
        `W${index}`,
        districts[index % districts.length] ?? "",
        ["第一中学", "水利站", "人民医院"][index % 3] ?? "",
        row.trade ?? null,
        ...columns.map((one) => row[one.name] ?? null),
      ];
    }),
  );
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  await c.run(
    `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, ${names}, "importId", "sourceRow", "rowHash")
     SELECT nextval('roster_rows'), ${rosterYear}, "workerId", district, unit, trade, ${names}, 1, number, ''
     FROM (SELECT number, ${typedColumns} FROM staged) ORDER BY number`,
  );
}

export interface RosterPerson {
  readonly facts: Facts;
  readonly district: string;
  readonly unit: string;
  readonly trade: string | null;
}

/** The people of a roster as the database holds them. */
export async function peopleOf(c: Connection, rosterYear: number): Promise<RosterPerson[]> {
  const rows = await c.rows<Record<string, unknown>>(
    `SELECT ${decodableColumns} FROM workers WHERE "rosterYear" = ${rosterYear} ORDER BY "rosterRow"`,
  );
  return rows.map((row) => ({
    facts: decodeFacts(row),
    district: String(row.district),
    unit: String(row.unit),
    trade: typeof row.trade === "string" ? row.trade : null,
  }));
}
