/** Base and scenario, cell by cell: means of both, the differences of the slopes, and the luck of those whose prospects differ. */
import type { Connection } from "../../store/index.ts";
import { cellSlopes, nano } from "../cells.ts";
import type { Run } from "../types.ts";

/** Mean of the cells → figure of the people. */
export const comparedMeans = { eligible: "eligible", applicants: "came", used: "placed", passes: "passed" } as const;
export type ComparedMean = keyof typeof comparedMeans;
export const means = Object.keys(comparedMeans) as ComparedMean[];
const plain = [...means, "quota"] as const;

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
/** Columns of a measure in the compared cells: base, scenario, luck of the difference, and what goes up and down person by person. */
export const column = {
  base: (name: string) => `${name}0`,
  scenario: (name: string) => `${name}1`,
  luck: (name: string) => `luck${capital(name)}`,
  up: (name: string) => `up${capital(name)}`,
  down: (name: string) => `down${capital(name)}`,
};

/** Every figure of the compared cells, whole billionths. */
export const comparedFigures = [
  ...plain.flatMap((name) => [column.base(name), column.scenario(name)]),
  ...means.flatMap((name) => [column.luck(name), column.up(name), column.down(name)]),
  ...cellSlopes,
];

/**
 * Makes the temporary table `name` from two runs of one fit, both with people: like the cells of a run, with `comparedFigures`. What is
 * common to both cancels: a person whose prospects are the same brings no luck, a shift of a whole year acts on the difference of the slopes.
 */
export async function compareRuns(c: Connection, name: string, base: Run, scenario: Run): Promise<void> {
  if (!base.people || !scenario.people) throw new Error("runs without people cannot be compared");
  const place = `"examYear", "districtId", "unitId", "tradeId", target`;
  const side = (column: string, of: number) => `sum(CASE WHEN side = ${of} THEN "${column}" END)::BIGINT`;
  const cells = [
    ...plain.flatMap((one) => [
      `${side(one, 0)} AS "${column.base(one)}"`,
      `${side(one, 1)} AS "${column.scenario(one)}"`,
    ]),
    ...cellSlopes.map((one) => `sum(CASE WHEN side = 0 THEN -"${one}" ELSE "${one}" END)::BIGINT AS "${one}"`),
  ];
  const moved = (one: string) => `(coalesce(s.${one}, 0) - coalesce(b.${one}, 0))`;
  // Hires of a coming year are themselves a guess, the wider the farther off; half a chance more for everybody else is luck like a coin's.
  const share = (one: string) => `abs(${one}) / ${nano}.0`;
  const luck = (one: string) =>
    `CASE WHEN hire THEN ${share(one)} * (1 + ("examYear" - ${base.fit.origin}) / 3.0) ELSE ${share(one)} * (1 - least(1, ${share(one)})) END`;
  const people = means.flatMap((mean) => {
    const one = comparedMeans[mean];
    return [
      `sum(round((${luck(one)}) * ${nano})::BIGINT)::BIGINT AS "${column.luck(mean)}"`,
      `sum(greatest(${one}, 0))::BIGINT AS "${column.up(mean)}"`,
      `sum(greatest(-${one}, 0))::BIGINT AS "${column.down(mean)}"`,
    ];
  });
  const figures = Object.values(comparedMeans);
  const keys = ["examYear", "person", "target", "districtId", "unitId", "tradeId"];
  await c.run(
    `CREATE OR REPLACE TEMP TABLE ${name} AS
     WITH sides AS (SELECT 0 AS side, * FROM ${base.cells} UNION ALL BY NAME SELECT 1 AS side, * FROM ${scenario.cells}),
     cells AS (SELECT ${place}, ${cells.join(", ")} FROM sides GROUP BY ALL),
     moved AS (
       SELECT ${keys.map((key) => `coalesce(b."${key}", s."${key}") AS "${key}"`).join(", ")}, coalesce(b.hire, s.hire) AS hire,
         ${figures.map((one) => `${moved(one)} AS ${one}`).join(", ")}
       FROM ${base.people} b
       FULL JOIN ${scenario.people} s ON ${keys.map((key) => `s."${key}" = b."${key}"`).join(" AND ")}
       WHERE ${figures.map((one) => `${moved(one)} <> 0`).join(" OR ")}
     ),
     people AS (SELECT ${place}, ${people.join(", ")} FROM moved GROUP BY ALL)
     SELECT cells.*, ${means
       .flatMap((mean) => [column.luck(mean), column.up(mean), column.down(mean)])
       .map((one) => `coalesce(people."${one}", 0) AS "${one}"`)
       .join(", ")}
     FROM cells LEFT JOIN people USING (${place})`,
  );
}
