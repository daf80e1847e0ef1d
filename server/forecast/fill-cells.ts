/** One computed year → its cells (see cells.ts). */
import { cellFigures, nano, noTarget } from "./cells.ts";
import { onceAState } from "./openings.ts";
import { addPeople } from "./people.ts";
import type { Scratch } from "./scratch.ts";
import { wholeMass } from "./state.ts";

/** Sum of people in billionths: whole numbers, which add up exactly in any order below 2⁵³, nine million people. */
const total = (sql: string) => `sum(round((${sql}) * ${nano}))::BIGINT`;
const whole = (sql: string) => `round((${sql}) * ${nano})::BIGINT`;

interface Year {
  readonly origin: number;
  /** False: the year is only passed through. */
  readonly keep: boolean;
  /** True: what is expected of each person is kept too (people.ts). */
  readonly people?: boolean;
}

/**
 * Adds the cells of a year from `run_going`, `run_chances` and `run_used`, and keeps in `run_gone` how many passed each level
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
    `SELECT s.person, s.held, s.since, s.hire, s."districtId", s."unitId", s."tradeId", s."left", r.target, r.passing, (1 - coalesce(o.chance, 0)) * (${wholeMass}) * r.rate AS came
     FROM run_going s
     LEFT JOIN ${onceAState("run_open", "chance", "max(chance)")} o ON o.person = s.person AND o.held = s.held AND o.since = s.since
     JOIN forecast_strays r ON r."districtId" = s."districtId" AND r.target = s.held + 1`,
  );
}

async function addCells(scratch: Scratch, examYear: number, horizon: number): Promise<void> {
  // Hires of a coming year are themselves a guess: their luck counts for more, the farther off they are.
  const luck = (x: string) => `CASE WHEN hire THEN ${x} * ${1 + horizon / 3} ELSE ${x} * (1 - least(1, ${x})) END`;
  const places = ["used0", "used1", "used2", "used3"].map((name) => [name, whole(name)]);
  const parts: Part[] = [
    {
      figures: { workers: total(wholeMass), retirements: total(`(${wholeMass}) * retired`) },
      target: `(CASE WHEN held < 5 THEN held + 1 ELSE ${noTarget} END)::TINYINT`,
      from: "run_going GROUP BY ALL",
    },
    {
      figures: {
        eligible: total("chance * mass"),
        applicants: total("came"),
        passes: total("passed"),
        used: total("placed"),
        vEligible: total(luck("chance * mass")),
        vApplicants: total(luck("came")),
        vPasses: total(luck("passed")),
        dApplicants: total('"slopeCame"'),
        dPasses: total('"slopePassed"'),
        xPasses: total('"examPassed"'),
      },
      from: "run_chances GROUP BY ALL",
    },
    {
      figures: {
        applicants: total("came"),
        passes: total("came * passing"),
        vApplicants: total("came"),
        vPasses: total("came * passing"),
        dApplicants: total("came"),
        dPasses: total("came * passing"),
      },
      from: "run_strays WHERE came > 0 GROUP BY ALL",
    },
    {
      figures: {
        quota: whole("quota"),
        candidates: whole("came"),
        oneMore: whole("more"),
        used: "0::BIGINT",
        vUsed: whole("variance"),
        dUsed: whole("slope"),
        ...Object.fromEntries(places),
      },
      from: "run_used",
    },
    { figures: { dEligible: "d", xEligible: "x" }, from: "run_gone" },
  ];
  const place = `"districtId", "unitId", "tradeId", target`;
  const joined = parts.map(({ figures, target = "target", from }, part) => {
    const list = Object.entries(figures).map(([name, sql]) => `${sql} AS "${name}${part}"`);
    return `(SELECT "districtId", "unitId", "tradeId", ${target} AS target, ${list.join(", ")} FROM ${from})`;
  });
  const figures = cellFigures.map((name) => {
    const found = parts.flatMap(({ figures }, part) => (name in figures ? [`"${name}${part}"`] : []));
    // Null only where no part tells it.
    const sum = found.map((one) => `coalesce(${one}, 0)`).join(" + ");
    return `${found.length === 1 ? found[0] : `CASE WHEN coalesce(${found.join(", ")}) IS NOT NULL THEN ${sum} END`} AS "${name}"`;
  });
  await scratch.run(
    `INSERT INTO run_cells BY NAME SELECT ${examYear}::SMALLINT AS "examYear", ${place}, ${figures.join(", ")}
     FROM ${joined.map((sql, part) => (part === 0 ? sql : `FULL JOIN ${sql} USING (${place})`)).join(" ")}`,
  );
}

/** Part of the figures of a place: their SQL over `from`, a row per place. */
interface Part {
  readonly figures: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly from: string;
}
