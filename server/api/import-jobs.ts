/** POST /import-jobs (an import that goes on by itself), GET /import-jobs, GET and DELETE /import-jobs/{id}. */
import { type Response, Router } from "express";
import { z } from "zod";
import { type ImportJob, secondsLeft, shortReport } from "../rosters/index.ts";
import { fullCaller } from "./caller.ts";
import { rosterKinds } from "./imports.ts";
import { expecting, parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { problemOf, toAppError } from "./problem.ts";

const body = z.strictObject({
  upload: expecting(z.string(), "已上传文件的编号", "the id of an uploaded file"),
  kind: z.enum(rosterKinds),
  year: expecting(z.int().min(1990).max(2100), "年份 1990…2100", "a year 1990…2100").optional(),
  unit: expecting(z.string(), "单位名称", "the name of a unit").optional(),
  district: expecting(z.string(), "地区名称或代码", "name or code of a district").optional(),
  sheet: expecting(z.string(), "工作表名称", "the name of a worksheet").optional(),
  mapping: expecting(
    z.record(z.string(), z.string()),
    "对象：文件中的列名 → 标准英文列名",
    "an object: heading as in the file to the English name of the column",
  ).optional(),
  dryRun: expecting(z.boolean(), "true 或 false", "true or false").default(false),
});

const anything = z.record(z.string(), z.unknown());
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const answer = z.object({
  id: z.string(),
  upload: z.string(),
  fileName: z.string(),
  kind: z.enum(rosterKinds),
  year: z.int().nullable(),
  unit: z.string().nullable(),
  district: z.string().nullable(),
  sheet: z.string().nullable(),
  mapping: z.record(z.string(), z.string()),
  dryRun: z.boolean(),
  state: z.enum(["waiting", "running", "done", "failed", "cancelled"]),
  phase: z.enum(["read", "load", "decide"]).nullable(),
  rows: count.describe("rows read so far"),
  rowsExpected: count.nullable().describe("how many rows the file seems to hold, blank ones included"),
  secondsLeft: count.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  cancellable: z.boolean(),
  report: anything.nullable().describe("the import report of a job that is done"),
  problem: anything.nullable().describe("problem details of one that failed"),
});
const jobId = { id: "the id of an import job" };

export const jobOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/import-jobs",
    summary: "Imports an uploaded file by and by; jobs run one after the other",
    body: { type: "application/json", schema: body },
    status: 202,
    answers: { "application/json": answer },
  },
  {
    method: "get",
    path: "/import-jobs",
    summary: "The caller's jobs, newest first, a day from their end; at most 100 problems of each",
    answers: { "application/json": z.array(answer) },
  },
  {
    method: "get",
    path: "/import-jobs/{id}",
    summary: "How far a job has come, and its report",
    pathParameters: jobId,
    answers: { "application/json": answer },
  },
  {
    method: "delete",
    path: "/import-jobs/{id}",
    summary: "Cancels a job that waits or runs: nothing is written; one that is over stays as it is",
    pathParameters: jobId,
    answers: { "application/json": answer },
  },
];

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A job as the API shows it. */
function shown(job: ImportJob, now: number): z.input<typeof answer> {
  const { id, upload, fileName, kind, year, unit, district, sheet, mapping, dryRun, state, phase, rows, rowsExpected } =
    job;
  return {
    id,
    upload,
    fileName,
    kind,
    year: year ?? null,
    unit: unit ?? null,
    district: district ?? null,
    sheet: sheet ?? null,
    mapping: mapping ?? {},
    dryRun,
    state,
    phase,
    rows,
    rowsExpected,
    secondsLeft: secondsLeft(job, now),
    createdAt: new Date(job.createdAt).toISOString(),
    startedAt: time(job.startedAt),
    endedAt: time(job.endedAt),
    cancellable: state === "waiting" || state === "running",
    report: job.report && { ...job.report },
    problem: state === "failed" ? problemOf(toAppError(job.error)) : null,
  };
}

export function jobRoutes({ jobs }: Parts): Router {
  const router = Router();
  const caller = (response: Response) => fullCaller(response, "导入名册", "importing rosters").name;
  router.post("/import-jobs", async (request, response) => {
    const who = caller(response);
    const job = await jobs.start(parseInput(body, request.body ?? {}), who);
    response.status(202).location(`${request.baseUrl}/import-jobs/${job.id}`).json(shown(job, jobs.now()));
  });
  router.get("/import-jobs", (_request, response) => {
    const list = jobs.list(caller(response));
    response.json(list.map((job) => shown({ ...job, report: job.report && shortReport(job.report) }, jobs.now())));
  });
  router.get("/import-jobs/:id", (request, response) => {
    response.json(shown(jobs.find(request.params.id, caller(response)), jobs.now()));
  });
  router.delete("/import-jobs/:id", async (request, response) => {
    response.json(shown(await jobs.cancel(request.params.id, caller(response)), jobs.now()));
  });
  return router;
}
