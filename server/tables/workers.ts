/** The people behind a figure: the same filters as the tables, and the column whose people are wanted. */
import { badInput } from "../errors.ts";
import { decodeDate } from "../rules/columns.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { conditionMask, conditionMeasures } from "./bottlenecks.ts";
import { allTrades, checkQuotaLevel, type Filters, filterParameters } from "./filters.ts";
import { eligibilityColumns } from "./tables.ts";

const applicationMeasures = ["appliedLastYear", "applications", "used", "exempt"] as const;
/** `quotaEligible`: the column planningEligible of the quota table. */
const quotaMeasures = ["quotaEligible", "technicians", ...applicationMeasures] as const;
export const measures = [...eligibilityColumns, ...quotaMeasures, ...conditionMeasures] as const;
export type Measure = (typeof measures)[number];

export interface WorkersRequest extends Filters {
  readonly measure: Measure;
  /** With `level`, the row of the bottlenecks table whose people are wanted: for its measures, and for no others. */
  readonly rulebook?: string | undefined;
  readonly condition?: string | undefined;
  /** Part of the name, the worker number or the unit. */
  readonly q?: string | undefined;
  /** At most 1,000. */
  readonly limit: number;
  readonly offset: number;
}

/** A row of the list; dates as "YYYY", "YYYY-MM" or "YYYY-MM-DD", as exactly as they are known. */
export type ListedWorker = Record<string, unknown>;

const dates = ["birthDate", "levelObtainedOn", "workStartedOn"] as const;

function source(measure: Measure): "workers-decided" | "workers-technicians" | "workers-applied" {
  if (measure === "technicians") return "workers-technicians";
  return applicationMeasures.some((one) => one === measure) ? "workers-applied" : "workers-decided";
}

function listed(row: Row): ListedWorker {
  const worker: ListedWorker = {};
  for (const [name, value] of Object.entries(row)) {
    const date = dates.find((one) => name === `${one}From` || name === `${one}To`);
    if (!date) worker[name] = value;
    else if (!(date in worker)) worker[date] = decodeDate(row[`${date}From`], row[`${date}To`]) ?? null;
  }
  return worker;
}

const isOneOf = (measure: Measure, list: readonly Measure[]) => list.includes(measure);

/** The row of the bottlenecks table that is asked about, as the query reads it. */
function conditionParameters(library: RulebookLibrary, request: WorkersRequest): Params {
  const { measure, level, rulebook, condition, year } = request;
  if (!isOneOf(measure, conditionMeasures)) {
    const property = rulebook === undefined ? "condition" : "rulebook";
    if (rulebook === undefined && condition === undefined) return { rulebook: null, mask: null };
    throw badInput(
      `参数 ${property} 只用于 measure=${conditionMeasures.join("、")}，而不是 ${measure}`,
      `${property} goes with measure ${conditionMeasures.join(", ")}, not ${measure}`,
      { property, value: request[property] ?? null },
    );
  }
  if (rulebook === undefined || level === undefined || condition === undefined) {
    const property = Object.entries({ rulebook, level, condition }).find(([, value]) => value === undefined)?.[0] ?? "";
    throw badInput(
      `缺少参数 ${property}（measure=${measure} 需要 rulebook、level、condition）`,
      `${property} is required (measure ${measure} needs rulebook, level and condition)`,
      { property, value: null },
    );
  }
  return { rulebook, mask: conditionMask(library, { rulebook, level, condition, year }) };
}

/** One page of the people behind a figure; `total` is that figure. Throws bad-input on a filter. */
export async function workersList(
  c: Connection,
  library: RulebookLibrary,
  request: WorkersRequest,
): Promise<{ total: number; rows: ListedWorker[] }> {
  const { measure, level } = request;
  const from = source(measure);
  const filters = {
    ...(await filterParameters(c, request, [allTrades])),
    level: level ?? null,
    q: request.q || null,
  };
  if (isOneOf(measure, quotaMeasures) && level !== undefined) await checkQuotaLevel(c, request.year, level);
  const row = conditionParameters(library, request);
  const params = {
    ...filters,
    ...(from === "workers-technicians" ? {} : { measure }),
    ...(from === "workers-decided" ? row : {}),
  };
  const query = namedQuery(from);
  const [counted] = await c.rows<{ total: number }>(
    `SELECT count(*)::INTEGER AS total FROM (${query}) AS people`,
    params,
  );
  const rows = await c.rows(
    `SELECT * FROM (${query}) AS people
     ORDER BY district, unit, trade NULLS LAST, "workerId", "targetLevel" LIMIT $limit::INTEGER OFFSET $offset::INTEGER`,
    { ...params, limit: request.limit, offset: request.offset },
  );
  return { total: counted?.total ?? 0, rows: rows.map(listed) };
}
