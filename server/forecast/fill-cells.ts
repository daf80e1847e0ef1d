/** One computed year → its cells (see cells.ts). */
import { cellFigures, nano, noTarget } from "./cells.ts";
import { addPeople } from "./people.ts";
import type { Scratch } from "./scratch.ts";
import { wholeMass } from "./state.ts";

/** Sum of people in billionths. */
const total = (sql: string) => `sum(round((${sql}) * ${nano})::BIGINT)::BIGINT`;

interface Year {
  readonly origin: number;
  /** False: the year is only passed through. */
  readonly keep: boolean;
  /** True: what is expected of each person is kept too (people.ts). */
  readonly people?: boolean;
}

/**
 * Adds the cells of a year from `run_state`, `run_going`, `run_chances` and `run_used`, and keeps in `run_gone` how many passed each level
 * until now answer to shifts: they are the ones missing among the eligible of later years.
 */
export async function fillCells(scratch: Scratch, examYear: number, { origin, keep, people }: Year): Promise<void> {
  const horizon = examYear - origin;
  if (horizon === 1) {
    await scratch.run(
      `CREATE OR REPLACE TEMP TABLE run_gone ("districtId" INTEGER, "unitId" INTEGER, "tradeId" INTEGER, target TINYINT, d BIGINT, x BIGINT)`,
    );
  }
  await strays(scratch);
  if (keep) await addCells(scratch, examYear, horizon);
  if (keep && people) await addPeople(scratch, examYear);
  await rememberGone(scratch);
}

/** Who has just missed a certificate comes back, and passes, more readily than the others who are eligible: times their rate. */
const returning = 1.5;

/** Who passed more than expected is missing later; but some of them would have passed in the meantime anyway. */
async function rememberGone(scratch: Scratch): Promise<void> {
  await scratch.make(
    "run_gone_next",
    `WITH year AS (
       SELECT "districtId", "unitId", "tradeId", target, ${total('"slopePassed"')} AS d, ${total('"examPassed"')} AS x,
         ${total("passed")} AS passed, ${total("chance * mass")} AS eligible
       FROM run_chances GROUP BY ALL
     )
     SELECT coalesce(g."districtId", y."districtId") AS "districtId", coalesce(g."unitId", y."unitId") AS "unitId",
       coalesce(g."tradeId", y."tradeId") AS "tradeId", coalesce(g.target, y.target) AS target,
       (coalesce(round(g.d * coalesce(left_over, 1)), 0) + coalesce(y.d, 0))::BIGINT AS d,
       (coalesce(round(g.x * coalesce(left_over, 1)), 0) + coalesce(y.x, 0))::BIGINT AS x
     FROM run_gone g
     FULL JOIN (SELECT *, 1 - least(1, ${returning} * passed / greatest(eligible, 1)) AS left_over FROM year) y
       ON y."unitId" = g."unitId" AND y."tradeId" = g."tradeId" AND y.target = g.target`,
  );
  await scratch.rename("run_gone_next", "run_gone");
}

/** Makes `run_strays`: who comes forward without being shown as eligible (strays.ts). */
async function strays(scratch: Scratch): Promise<void> {
  await scratch.make(
    "run_strays",
    `SELECT s.person, s.held, s.since, s.hire, s."districtId", s."unitId", s."tradeId", r.target, r.passing, (1 - coalesce(o.chance, 0)) * (${wholeMass}) * r.rate AS came
     FROM run_state s
     JOIN forecast_strays r ON r."districtId" = s."districtId" AND r.target = s.held + 1
     LEFT JOIN (SELECT person, held, since, max(chance) AS chance FROM run_open GROUP BY ALL) o
       ON o.person = s.person AND o.held = s.held AND o.since = s.since`,
  );
}

async function addCells(scratch: Scratch, examYear: number, horizon: number): Promise<void> {
  // Hires of a coming year are themselves a guess: their luck counts for more, the farther off they are.
  const luck = (x: string) => `CASE WHEN hire THEN ${x} * ${1 + horizon / 3} ELSE ${x} * (1 - least(1, ${x})) END`;
  const place = `"districtId", "unitId", "tradeId", target`;
  const parts = [
    `SELECT s."districtId", s."unitId", s."tradeId", (CASE WHEN s.held < 5 THEN s.held + 1 ELSE ${noTarget} END)::TINYINT AS target,
       ${total(wholeMass)} AS workers, ${total(`(${wholeMass}) * g.retired`)} AS retirements
     FROM run_state s JOIN run_going g USING (person, held, since) GROUP BY ALL`,
    `SELECT ${place}, ${total("chance * mass")} AS eligible, ${total("came")} AS applicants, ${total("passed")} AS passes,
       ${total("placed")} AS used,
       ${total(luck("chance * mass"))} AS "vEligible", ${total(luck("came"))} AS "vApplicants", ${total(luck("passed"))} AS "vPasses",
       ${total('"slopeCame"')} AS "dApplicants", ${total('"slopePassed"')} AS "dPasses", ${total('"examPassed"')} AS "xPasses"
     FROM run_chances GROUP BY ALL`,
    `SELECT ${place}, ${total("came")} AS applicants, ${total("came * passing")} AS passes, ${total("came")} AS "vApplicants",
       ${total("came * passing")} AS "vPasses", ${total("came")} AS "dApplicants", ${total("came * passing")} AS "dPasses"
     FROM run_strays WHERE came > 0 GROUP BY ALL`,
    `SELECT ${place}, ${total("quota")} AS quota, ${total("came")} AS candidates, ${total("more")} AS "oneMore", 0::BIGINT AS used, ${total("variance")} AS "vUsed", ${total("slope")} AS "dUsed",
       ${["used0", "used1", "used2", "used3"].map((name) => `${total(name)} AS ${name}`).join(", ")}
     FROM run_used GROUP BY ALL`,
    `SELECT ${place}, sum(d)::BIGINT AS "dEligible", sum(x)::BIGINT AS "xEligible" FROM run_gone GROUP BY ALL`,
  ];
  await scratch.run(
    `INSERT INTO run_cells BY NAME
     SELECT ${examYear}::SMALLINT AS "examYear", ${place}, ${cellFigures.map((name) => `sum("${name}")::BIGINT AS "${name}"`).join(", ")}
     FROM (${parts.map((sql) => `(${sql})`).join(" UNION ALL BY NAME ")}) GROUP BY ALL`,
  );
}
