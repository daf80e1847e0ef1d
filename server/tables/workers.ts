/** The people behind a figure: the same filters as the tables, and the column whose people are wanted. */
import { badInput } from "../errors.ts";
import { decodeDate } from "../rules/columns.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { askedConditions, conditionMeasures, type Pool, ruleMeasures, setMeasures } from "./bottlenecks.ts";
import { allTrades, checkQuotaLevel, type Filters, filterParameters } from "./filters.ts";
import { passMeasures } from "./pass-rates.ts";
import { candidateParameters, windowMeasures } from "./quota-pressure.ts";
import { type Stage, stagedParameters, stageMeasures, stages } from "./stages.ts";
import { eligibilityColumns } from "./tables.ts";

const applicationMeasures = ["appliedLastYear", "applications", "used", "exempt"] as const;
/** `quotaEligible`: the column planningEligible of the quota table. */
const quotaMeasures = ["quotaEligible", "technicians", ...applicationMeasures] as const;
export const measures = [
  ...eligibilityColumns,
  ...quotaMeasures,
  ...conditionMeasures,
  ...setMeasures,
  ...ruleMeasures,
  ...passMeasures,
  ...stageMeasures,
  ...windowMeasures,
] as const;
export type Measure = (typeof measures)[number];

export interface WorkersRequest extends Filters {
  readonly measure: Measure;
  /** With `level`, the row of the bottlenecks table whose people are wanted: for its measures, and for no others. */
  readonly rulebook?: string | undefined;
  /** Of `together` several, joined by commas. */
  readonly condition?: string | undefined;
  /** Whom the row counts, as the table was asked for. */
  readonly pool?: Pool | undefined;
  /** For the measures of the stages, and for no others. */
  readonly stage?: Stage | undefined;
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
  const { measure, level, rulebook, condition, pool, year } = request;
  if (isOneOf(measure, ruleMeasures)) {
    if (rulebook !== undefined && level !== undefined && condition === undefined)
      return { ...noCondition, rulebook: library.get(rulebook).id };
    const property = condition === undefined ? (rulebook === undefined ? "rulebook" : "level") : "condition";
    throw badInput(
      `measure=${measure} 需要 rulebook、level，不用 condition`,
      `measure ${measure} needs rulebook and level and no condition`,
      { property, value: condition ?? null },
    );
  }
  if (!isOneOf(measure, [...conditionMeasures, ...setMeasures])) {
    const given = Object.entries({ rulebook, condition, pool }).find(([, value]) => value !== undefined);
    if (!given) return noCondition;
    const [property, value] = given;
    throw badInput(
      `参数 ${property} 只用于 measure=${conditionMeasures.join("、")}，而不是 ${measure}`,
      `${property} goes with measure ${conditionMeasures.join(", ")}, not ${measure}`,
      { property, value: value ?? null },
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
  return { rulebook, ...askedConditions(library, { rulebook, level, condition, year }) };
}

const noCondition: Params = { rulebook: null, mask: null, size: null, pathways: null };

/** Of the first stage the workers by the roster are counted, of the others the applications. */
const ofFirstStage: Partial<Record<Measure, string>> = {
  stageBefore: "planningHeld",
  stageAfter: "planningApplied",
  stageTook: "planningApplied",
  stageLost: "planningNotApplied",
  stageAlone: "planningNotApplied",
};

/** Throws bad-input where a stage is asked for with another measure, or a measure of stages without one. */
function checkStage({ measure, stage }: WorkersRequest): void {
  const isStaged = isOneOf(measure, stageMeasures);
  if (isStaged === (stage !== undefined)) return;
  throw isStaged
    ? badInput(
        `缺少参数 stage（measure=${measure} 需要）`,
        `stage is required (measure ${measure} needs it; expected one of ${stages.join(", ")})`,
        { property: "stage", value: null, allowed: stages },
      )
    : badInput(
        `参数 stage 只用于 measure=${stageMeasures.join("、")}，而不是 ${measure}`,
        `stage goes with measure ${stageMeasures.join(", ")}, not ${measure}`,
        { property: "stage", value: stage ?? null },
      );
}

interface People {
  readonly sql: string;
  readonly params: Params;
}

/** The query of all people behind a figure. Throws bad-input on a filter. */
async function peopleOf(c: Connection, library: RulebookLibrary, request: WorkersRequest): Promise<People> {
  const { measure, level, stage } = request;
  const q = request.q || null;
  const row = conditionParameters(library, request);
  checkStage(request);
  const position = stage === undefined ? null : stages.indexOf(stage) + 1;
  const isApplication = isOneOf(measure, passMeasures) || (position !== null && position > 1);
  if (isApplication)
    return {
      sql: namedQuery("workers-staged"),
      params: { ...(await stagedParameters(c, request)), measure, position, q },
    };
  if (isOneOf(measure, windowMeasures))
    return {
      sql: namedQuery("workers-candidates"),
      params: { ...(await candidateParameters(c, request)), measure, q },
    };
  const filters = { ...(await filterParameters(c, request, [allTrades])), level: level ?? null, q };
  if (isOneOf(measure, quotaMeasures) && level !== undefined) await checkQuotaLevel(c, request.year, level);
  const from = source(measure);
  // nobody's first stage is still to come once somebody has applied
  const named = position === 1 ? (ofFirstStage[measure] ?? "planningOpen") : measure;
  return {
    sql: namedQuery(from),
    params: {
      ...filters,
      ...(from === "workers-technicians" ? {} : { measure: named }),
      ...(from === "workers-decided" ? { ...row, pool: request.pool ?? "all" } : {}),
    },
  };
}

/** One page of the people behind a figure; `total` is that figure. Throws bad-input on a filter. */
export async function workersList(
  c: Connection,
  library: RulebookLibrary,
  request: WorkersRequest,
): Promise<{ total: number; rows: ListedWorker[] }> {
  const { sql: query, params } = await peopleOf(c, library, request);
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
