/** Eligibility and quota: the named query of the finest grain, summed up over the grouping asked for. */
import { type Connection, namedQuery, type Params } from "../store/index.ts";
import { allTrades, checkQuotaLevel, type Filters, filterParameters } from "./filters.ts";
import { type Grouping, grouped } from "./grouping.ts";

export interface TableRequest extends Filters {
  /** Empty: one row with the total. */
  readonly by: readonly Grouping[];
}

/** A statement ready to run, and its columns in order (also when there is no row). */
export interface Statement {
  readonly sql: string;
  readonly params: Params;
  readonly columns: readonly string[];
}

export const eligibilityColumns = [
  "workers",
  "eligible",
  "undetermined",
  "ineligible",
  "planningEligible",
  "normal",
  "early",
  "exceptional",
  "transfer",
  "reverification",
  "direct",
] as const;

export const quotaColumns = [
  "technicians",
  "generalTrade",
  "posts",
  "holders",
  "quota",
  "appliedLastYear",
  "planningEligible",
  "exempt",
  "applications",
  "used",
  "left",
  "over",
  "assumed",
] as const;

/** A count of people: 0 where nothing is counted. */
const count = (name: string) => ({ name, sql: `coalesce(sum("${name}"), 0)::INTEGER` });
/** A count that is null where no part has one. */
const countOrNull = (name: string) => ({ name, sql: `sum("${name}")::INTEGER` });

/** Counts of decisions (columns as in the interface, then transfer, reverification, direct). Throws bad-input on a filter. */
export async function eligibilityTable(c: Connection, request: TableRequest): Promise<Statement> {
  const params = { ...(await filterParameters(c, request)), level: request.level ?? null };
  return { ...grouped(namedQuery("eligibility"), request.by, eligibilityColumns.map(count)), params };
}

/**
 * Quota and its use, at every level that has one. quota, left and over are null where no quota holds in the group, posts and
 * holders where none is a share of posts; left and over are summed unit by
 * unit, so one unit's spare place never hides another's overrun. generalTrade is null unless grouped by trade.
 */
export async function quotaTable(c: Connection, request: TableRequest): Promise<Statement> {
  const { year, level } = request;
  const params = { ...(await filterParameters(c, request, [allTrades])), level: level ?? null };
  if (level !== undefined) await checkQuotaLevel(c, year, level);
  const figures = quotaColumns.map((name) => {
    switch (name) {
      case "generalTrade":
        return { name, sql: request.by.includes("trade") ? 'any_value("generalTrade")' : "NULL::BOOLEAN" };
      case "posts":
      case "holders":
      case "quota":
      case "left":
      case "over":
        return countOrNull(name);
      case "assumed":
        return { name, sql: "coalesce(bool_or(assumed), false)" };
      default:
        return count(name);
    }
  });
  return { ...grouped(namedQuery("quota"), request.by, figures), params };
}
