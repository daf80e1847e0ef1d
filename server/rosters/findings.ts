/** Keeps the table of findings: what cannot be, or is not likely, in and between the rosters and applications. */
import { retirementSchedules } from "../rules/retirement.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import { checksVersion, findingCodes } from "./finding-codes.ts";

const severities = findingCodes.map(({ code, severity }) => `WHEN '${code}' THEN '${severity}'`).join(" ");

/**
 * Looks at the rosters from a year on again; without a year, or when the checks have changed, at all of them. Call inside the transaction that changed rows, unit
 * changes or trades: a changed row can raise doubts on its own roster and on later ones.
 */
export async function refreshFindings(c: Connection, changedSince = 0): Promise<void> {
  const since = (await findingsOutdated(c)) ? 0 : changedSince;
  await c.run('DELETE FROM findings WHERE "rosterYear" >= $since', { since });
  await c.run(
    `INSERT INTO findings BY NAME
     SELECT *, CASE code ${severities} END AS severity FROM (${namedQuery("quality-checks")}) AS found`,
    { since, schedules: JSON.stringify(retirementSchedules) },
  );
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
