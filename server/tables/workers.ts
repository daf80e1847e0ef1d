/** The people behind a figure: the same filters as the tables, and the column whose people are wanted. */
import { decodeDate } from "../rules/columns.ts";
import { type Connection, namedQuery, type Row } from "../store/index.ts";
import { allTrades, checkQuotaLevel, type Filters, filterParameters } from "./filters.ts";
import { eligibilityColumns } from "./tables.ts";

const applicationMeasures = ["appliedLastYear", "applications", "used", "exempt"] as const;
export const measures = [...eligibilityColumns, "technicians", ...applicationMeasures] as const;
export type Measure = (typeof measures)[number];

export interface WorkersRequest extends Filters {
  readonly measure: Measure;
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

/** One page of the people behind a figure; `total` is that figure. Throws bad-input on a filter. */
export async function workersList(
  c: Connection,
  request: WorkersRequest,
): Promise<{ total: number; rows: ListedWorker[] }> {
  const { measure, level } = request;
  const from = source(measure);
  const filters = {
    ...(await filterParameters(c, request, [allTrades])),
    level: level ?? null,
    q: request.q || null,
  };
  if (from !== "workers-decided" && level !== undefined) await checkQuotaLevel(c, request.year, level);
  const params = from === "workers-technicians" ? filters : { ...filters, measure };
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
