/** The people behind the figures: the list, one worker's record, and the decisions on them. */
import { Router } from "express";
import { z } from "zod";
import { targetLevels } from "../rules/facts.ts";
import { workerEvaluations, workerRecord } from "../tables/worker.ts";
import { measures, pools, stages, workersList } from "../tables.ts";
import { readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { evaluationResult } from "./evaluations.ts";
import { expecting, parseInput, wholeText, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { filterShape, parseYearQuery } from "./tables.ts";

const listQuery = z.strictObject({
  ...filterShape,
  measure: z.enum(measures).default("workers"),
  rulebook: expecting(
    z.string(),
    "规则库，与 condition 同用",
    "the id of a rulebook, with condition: a row of /bottlenecks",
  ).optional(),
  condition: expecting(
    z.string(),
    "条件，与 rulebook、level 同用",
    "a condition of the rulebook at the level, for the measures of /bottlenecks; for together several, joined by commas",
  ).optional(),
  pool: z.enum(pools).optional().describe("as in /bottlenecks, for its measures"),
  stage: z.enum(stages).optional().describe("a stage of /bottlenecks?of=stages, for its measures"),
  q: expecting(
    z.string().max(100),
    "姓名、人员编号或单位的一部分，至多 100 字",
    "part of a name, a worker number or a unit, at most 100 characters",
  ).optional(),
  limit: wholeText(1, 1000).default(100),
  offset: wholeText(0, 100_000_000).default(0),
});
const recordQuery = z.strictObject({ year: yearText.optional() });
const evaluationsQuery = z.strictObject({ year: yearText.optional(), level: z.enum(targetLevels).optional() });
const anyObject = z.record(z.string(), z.unknown());
const workerId = { workerId: "the worker's number (人员编号)" };

export const workerOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/workers",
    summary: "The people behind a figure of a table with the same filters",
    query: listQuery,
    answers: { "application/json": z.object({ total: z.int(), rows: z.array(anyObject) }) },
  },
  {
    method: "get",
    path: "/workers/{workerId}",
    summary: "One worker's roster row, facts, history and applications",
    pathParameters: workerId,
    query: recordQuery,
    answers: {
      "application/json": z.object({
        worker: anyObject,
        facts: anyObject,
        history: z.array(anyObject),
        applications: z.array(anyObject),
      }),
    },
  },
  {
    method: "get",
    path: "/workers/{workerId}/evaluations",
    summary: "The decision on one worker for every level that the rulebooks of the district cover",
    pathParameters: workerId,
    query: evaluationsQuery,
    answers: { "application/json": z.array(evaluationResult) },
  },
];

export function workerRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/workers", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const query = await parseYearQuery(c, listQuery, request);
      response.json(await workersList(c, library, { ...query, scope: scopeOf(response) }));
    }),
  );
  router.get("/workers/:workerId", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { year } = parseInput(recordQuery, request.query);
      response.json(await workerRecord(c, request.params.workerId, year, scopeOf(response)));
    }),
  );
  router.get("/workers/:workerId/evaluations", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { year, level } = parseInput(evaluationsQuery, request.query);
      response.json(await workerEvaluations(c, library, request.params.workerId, { year, level }, scopeOf(response)));
    }),
  );
  return router;
}
