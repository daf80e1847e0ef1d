/** What became of the exam years on file, in the groups of a forecast table. */
import { type Connection, namedQuery } from "../store/index.ts";
import { type Filters, placeParameters } from "./filters.ts";
import { checkFilters } from "./forecast.ts";
import { type Grouping, groupColumns, orderBy } from "./grouping.ts";
import type { Statement } from "./tables.ts";

export interface HistoryRequest extends Omit<Filters, "year"> {
  /** Empty: one row a year with the total. */
  readonly by: readonly Grouping[];
  /** Units bear the names of the exam year after this roster year. Default: the newest roster. */
  readonly origin?: number | undefined;
}

/** Exam years that were decided, and exam years with applications. */
const knownYears = `SELECT year::INTEGER AS "examYear", bool_or(decided) AS decided, bool_or(NOT decided) AS applied
  FROM (SELECT DISTINCT "examYear" AS year, true AS decided FROM eligibility
    UNION ALL SELECT DISTINCT "examYear", false FROM applications)
  GROUP BY year`;

/**
 * Counts of every exam year on file, years in which a group had nobody included. planningEligible is null for years without a roster, the
 * others for years without applications, quotaUsed also where no quota held. Throws bad-input on a filter.
 */
export async function forecastHistoryTable(c: Connection, request: HistoryRequest): Promise<Statement> {
  await checkFilters(c, request);
  const keys = groupColumns(request.by).map((name) => `"${name}"`);
  const list = keys.map((key) => `${key}, `).join("");
  const same = ['s."examYear" = y."examYear"', ...keys.map((key) => `s.${key} IS NOT DISTINCT FROM g.${key}`)];
  const level = request.by.includes("level") ? 'AND q."targetLevel" = g."targetLevel"' : "";
  const counted = (name: string, known: string) =>
    `CASE WHEN ${known} THEN coalesce(s."${name}", 0) END::INTEGER AS "${name}"`;
  const ruled = `y.applied AND EXISTS (SELECT 1 FROM quota_levels q
    WHERE q."examYear" = y."examYear" AND ($level::VARCHAR IS NULL OR q."targetLevel" = $level::VARCHAR) ${level})`;
  const [newest] = await c.rows<{ year: number | null }>(`SELECT max("rosterYear")::INTEGER AS year FROM workers`);
  return {
    sql: `WITH finest AS (${namedQuery("forecast-actuals")}), known AS (${knownYears})
      SELECT * FROM (SELECT ${keys.map((key) => `g.${key}, `).join("")} y."examYear", ${counted("planningEligible", "y.decided")},
        ${counted("applicants", "y.applied")}, ${counted("quotaUsed", ruled)}, ${counted("passes", "y.applied")}
      FROM (SELECT DISTINCT ${list} 0 AS "all" FROM ${request.by.length === 0 ? "(SELECT 1)" : "finest"}) g
      CROSS JOIN known y
      LEFT JOIN (
        SELECT ${list} "examYear", sum("planningEligible") AS "planningEligible", sum(applicants) AS applicants,
          sum("quotaUsed") AS "quotaUsed", sum(passes) AS passes
        FROM finest GROUP BY ALL
      ) s ON ${same.join(" AND ")})
      ORDER BY ${request.by.length === 0 ? "" : `${orderBy(request.by)}, `} "examYear"`,
    params: {
      ...(await placeParameters(c, request)),
      trade: request.trade ?? null,
      level: request.level ?? null,
      origin: request.origin ?? newest?.year ?? 0,
    },
    columns: [...groupColumns(request.by), "examYear", "planningEligible", "applicants", "quotaUsed", "passes"],
  };
}
