/** One worker: roster row, facts, history, applications, and the decisions of the rulebooks of the district. */
import { type Scope, scopeParameter } from "../access/scope.ts";
import { jurisdiction } from "../eligibility/index.ts";
import { AppError } from "../errors.ts";
import { decodableColumns, decodeFacts } from "../rules/columns.ts";
import { type EvaluationResult, evaluate } from "../rules/evaluate.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Facts } from "../rules/parse-facts.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";

export interface WorkerRecord {
  /** Roster columns that are no facts, with names beside codes. */
  readonly worker: Row;
  readonly facts: Facts;
  /** One row per roster year. */
  readonly history: readonly Row[];
  readonly applications: readonly Row[];
}

const rosterColumns = `"rosterRow", "rosterYear", "workerId", name, "idLast4", district, "districtName", department,
  "unitCode" AS unit, unit AS "unitName", "unitNature", trade, "tradeRaw", level AS "presentLevel", "importId", "sourceRow"`;

/** What the queries of one worker are asked with. An exam year is decided on the roster of the year before. */
function parameters(workerId: string, examYear: number | undefined, scope: Scope): Params {
  return { workerId, rosterYear: examYear === undefined ? null : examYear - 1, scope: scopeParameter(scope) };
}

async function one(c: Connection, columns: string, params: Params): Promise<Row> {
  const [row] = await c.rows(`SELECT ${columns} FROM (${namedQuery("worker")}) AS record`, params);
  if (row) return row;
  const { workerId, rosterYear } = params;
  const roster = typeof rosterYear === "number" ? rosterYear : undefined;
  throw new AppError(
    "not-found",
    roster === undefined
      ? { zh: `名册中没有人员 ${workerId}`, en: `no worker ${workerId} on any roster` }
      : { zh: `${roster} 年度名册中没有人员 ${workerId}`, en: `no worker ${workerId} on the roster of ${roster}` },
    { property: "workerId", value: workerId },
  );
}

/** Everything known of a worker on the roster of an exam year, or on the newest one. Throws not-found. */
export async function workerRecord(
  c: Connection,
  workerId: string,
  examYear: number | undefined,
  scope: Scope,
): Promise<WorkerRecord> {
  const params = parameters(workerId, examYear, scope);
  const worker = await one(c, rosterColumns, params);
  const facts = decodeFacts(await one(c, decodableColumns, params));
  const ofWorker = { workerId, scope: scopeParameter(scope) };
  const history = await c.rows(namedQuery("worker-history"), ofWorker);
  const applications = await c.rows(namedQuery("worker-applications"), ofWorker);
  return { worker, facts, history, applications };
}

/** The explained decision for every level the district's rulebooks cover, or for one. Throws not-found. */
export async function workerEvaluations(
  c: Connection,
  library: RulebookLibrary,
  workerId: string,
  asked: { readonly year?: number | undefined; readonly level?: TargetLevel | undefined },
  scope: Scope,
): Promise<EvaluationResult[]> {
  const params = parameters(workerId, asked.year, scope);
  const { rosterYear, district } = await one(c, '"rosterYear", district', params);
  const facts = decodeFacts(await one(c, decodableColumns, params));
  const examYear = asked.year ?? Number(rosterYear) + 1;
  const levels = asked.level ? [asked.level] : targetLevels;
  return levels.flatMap((level) => {
    const served = jurisdiction(library, String(district), level, examYear);
    return served ? [evaluate(served.rulebook, level, examYear, facts, { detail: true })] : [];
  });
}
