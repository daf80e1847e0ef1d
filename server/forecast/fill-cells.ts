/** One computed year → its cells (see cells.ts). */
import { cellFigures, nano, noTarget } from "./cells.ts";
import { addPeople } from "./people.ts";
import type { Scratch } from "./scratch.ts";
import { addUpFutures, cameUnseen, cellOf, heldIn, wholeMass } from "./state.ts";

/** Sum of people in billionths: whole numbers, which add up exactly in any order below 2⁵³, nine million people. */
const total = (sql: string, filter = "") => `sum(round((${sql}) * ${nano}))${filter}::BIGINT`;
const whole = (sql: string) => `round((${sql}) * ${nano})::BIGINT`;

interface Year {
  readonly origin: number;
  /** False: the year is only passed through. */
  readonly keep: boolean;
  /** True: what is expected of each person is kept too (people.ts). */
  readonly people?: boolean;
}

/**
 * Adds the cells of a year from `run_state`, `run_chances` and `run_used`. Makes `run_came`, what comes by cell of those to whom the level was
 * open, `run_futures` (state.ts), and keeps in `run_gone` how many passed each level until now answer to shifts: they are the ones missing
 * among the eligible of later years.
 */
export async function fillCells(scratch: Scratch, examYear: number, { origin, keep, people }: Year): Promise<void> {
  const horizon = examYear - origin;
  if (horizon === 1) {
    await scratch.make("run_gone", "SELECT 0::INTEGER AS cell, 0::BIGINT AS d, 0::BIGINT AS x LIMIT 0");
  }
  await addUpCame(scratch, horizon);
  await addUpFutures(scratch, { index: horizon, people: keep && people === true });
  if (keep) {
    await addUpPresent(scratch);
    await addCells(scratch, examYear);
    await scratch.drop("run_present");
  }
  if (keep && people) await addPeople(scratch, examYear);
  await rememberGone(scratch);
}

const addUpCame = (scratch: Scratch, horizon: number): Promise<void> => {
  // Hires of a coming year are themselves a guess: their luck counts for more, the farther off they are.
  const luck = (x: string) => `CASE WHEN hire THEN ${x} * ${1 + horizon / 3} ELSE ${x} * (1 - least(1, ${x})) END`;
  const figures = {
    eligible: total("open"),
    applicants: total("came"),
    passes: total("passed"),
    used: total("placed"),
    vEligible: total(luck("open")),
    vApplicants: total(luck("came")),
    vPasses: total(luck("passed")),
    dApplicants: total('"slopeCame"'),
    dPasses: total('"slopePassed"'),
    xPasses: total('"examPassed"'),
  };
  return scratch.make(
    "run_came",
    `SELECT cell, ${Object.entries(figures)
      .map(([name, sql]) => `${sql} AS "${name}"`)
      .join(", ")}
     FROM (SELECT *, ${cellOf("place", "target")} AS cell, state < 0 AS hire, chance * mass AS open FROM run_chances) GROUP BY cell`,
  );
};

/** Everybody, and who comes forward without being shown as eligible (strays.ts): at the level above the one held. */
const addUpPresent = (scratch: Scratch): Promise<void> =>
  scratch.make(
    "run_present",
    `SELECT cell, ${total("mass")} AS workers, ${total("mass * retired")} AS retirements, ${total("came", " FILTER (came > 0)")} AS applicants,
       ${total("came * passing", " FILTER (came > 0)")} AS passes
     FROM (
       SELECT ${cellOf("place", `(CASE WHEN held < 5 THEN held + 1 ELSE ${noTarget} END)`)} AS cell, mass, retired, passing, came
       FROM (SELECT place, ${heldIn("state")} AS held, ${wholeMass} AS mass, retired, passing, ${cameUnseen} AS came FROM run_state)
     ) GROUP BY cell`,
  );

/** Who has just missed a certificate comes back, and passes, more readily than the others who are eligible: times their rate. */
const returning = 1.5;

/** Who passed more than expected is missing later; but some of them would have passed in the meantime anyway. */
async function rememberGone(scratch: Scratch): Promise<void> {
  await scratch.make(
    "run_gone_next",
    `SELECT coalesce(g.cell, y.cell) AS cell,
       (coalesce(round(g.d * coalesce(left_over, 1)), 0) + coalesce(y."dPasses", 0))::BIGINT AS d,
       (coalesce(round(g.x * coalesce(left_over, 1)), 0) + coalesce(y."xPasses", 0))::BIGINT AS x
     FROM run_gone g
     FULL JOIN (SELECT *, 1 - least(1, ${returning} * passes / greatest(eligible, 1)) AS left_over FROM run_came) y ON y.cell = g.cell`,
  );
  await scratch.rename("run_gone_next", "run_gone");
}

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, `"${name}"`]));

/** Parts of the figures of a cell: their SQL over `from`, a row per cell. */
const parts: readonly Part[] = [
  {
    figures: {
      ...same("workers", "retirements", "applicants", "passes"),
      vApplicants: "applicants",
      vPasses: "passes",
      dApplicants: "applicants",
      dPasses: "passes",
    },
    from: "run_present",
  },
  {
    figures: {
      ...same("eligible", "applicants", "passes", "used", "vEligible", "vApplicants", "vPasses"),
      ...same("dApplicants", "dPasses", "xPasses"),
    },
    from: "run_came",
  },
  { figures: { dEligible: "d", xEligible: "x" }, from: "run_gone" },
  {
    figures: {
      quota: whole("quota"),
      candidates: whole("came"),
      oneMore: whole("more"),
      used: "0::BIGINT",
      vUsed: whole("variance"),
      dUsed: whole("slope"),
      ...Object.fromEntries(["used0", "used1", "used2", "used3"].map((name) => [name, whole(name)])),
    },
    from: "run_used",
  },
];

interface Part {
  readonly figures: Readonly<Record<string, string>>;
  readonly from: string;
}

async function addCells(scratch: Scratch, examYear: number): Promise<void> {
  const place = `"districtId", "unitId", "tradeId", target`;
  const [present, came, gone, used] = parts.map(({ figures, from }, part) => {
    const list = Object.entries(figures).map(([name, sql]) => `${sql} AS "${name}${part}"`);
    return `(SELECT ${from === "run_used" ? place : "cell"}, ${list.join(", ")} FROM ${from})`;
  });
  const figures = cellFigures.map((name) => {
    const found = parts.flatMap(({ figures }, part) => (name in figures ? [`"${name}${part}"`] : []));
    // Null only where no part tells it.
    const sum = found.map((one) => `coalesce(${one}, 0)`).join(" + ");
    return `${found.length === 1 ? found[0] : `CASE WHEN coalesce(${found.join(", ")}) IS NOT NULL THEN ${sum} END`} AS "${name}"`;
  });
  await scratch.run(
    `INSERT INTO run_cells BY NAME SELECT ${examYear}::SMALLINT AS "examYear", ${place}, ${figures.join(", ")}
     FROM (
       SELECT p."districtId", p."unitId", p."tradeId", c.cell % 8 AS target, c.* EXCLUDE (cell)
       FROM (SELECT * FROM ${present} FULL JOIN ${came} USING (cell) FULL JOIN ${gone} USING (cell)) c
       JOIN run_places p ON p.place = c.cell // 8
     ) FULL JOIN ${used} USING (${place})`,
  );
}
