/** Keeps the table of findings: what cannot be, or is not likely, in and between the rosters and applications. */
import { retirementSchedules } from "../rules/retirement.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import { checksVersion, findingCodes } from "./finding-codes.ts";

const severities = findingCodes.map(({ code, severity }) => `WHEN '${code}' THEN '${severity}'`).join(" ");

/** What a finding has from the row it is about. */
const ofRow = "rosterYear rosterRow workerId name district unit trade level importId sheet sourceRow".split(" ");

/**
 * Looks at the rosters from a year on again; without a year, or when the checks have changed, at all of them. Call inside the transaction that changed rows, unit
 * changes or trades: a changed row can raise doubts on its own roster and on later ones.
 */
export async function refreshFindings(c: Connection, changedSince = 0): Promise<void> {
  const since = (await findingsOutdated(c)) ? 0 : changedSince;
  await c.run('DELETE FROM findings WHERE "rosterYear" >= $since', { since });
  await c.run(`CREATE TEMP TABLE roster_steps AS ${namedQuery("quality-steps")}`, { since });
  await c.run(`CREATE TEMP TABLE found AS ${namedQuery("quality-checks")}`, {
    since,
    tracks: retirementSchedules.map(({ track }) => track),
    ages: retirementSchedules.map(({ age }) => age),
    firstBirthMonths: retirementSchedules.map(({ firstBirthMonth }) => firstBirthMonth),
    steps: retirementSchedules.map(({ step }) => step),
    limits: retirementSchedules.map(({ limit }) => limit),
  });
  // The rows are picked before they are joined, or all of the wide table would be held to look the few up.
  await c.run(
    `INSERT INTO findings BY NAME
     SELECT *, CASE code ${severities} END AS severity FROM (
       SELECT ${ofRow.map((name) => `w."${name}"`).join(", ")}, f.code, f.was, f.now, f.other, f.elsewhere
       FROM found f
       JOIN (SELECT * FROM workers WHERE "rosterRow" IN (SELECT "rosterRow" FROM found)) w ON w."rosterRow" = f."rosterRow"
       UNION ALL BY NAME
       SELECT * FROM found WHERE "rosterRow" IS NULL
     )`,
  );
  await c.run("DROP TABLE found; DROP TABLE roster_steps");
  if (since > 0) return;
  await c.run("DELETE FROM findings_made");
  await c.run("INSERT INTO findings_made VALUES ($checks)", { checks: checksVersion });
}

/** Whether rosters are on file that were never looked at, or with other checks than today's. */
export async function findingsOutdated(c: Connection): Promise<boolean> {
  const [state] = await c.rows<{ rosters: boolean; made: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM workers) AS rosters, EXISTS (SELECT 1 FROM findings_made WHERE checks = $checks) AS made`,
    { checks: checksVersion },
  );
  return state?.rosters === true && !state.made;
}
