/** GET /import-jobs/{id}/marked.xlsx (the file with its problems marked), GET /import-jobs/{id}/units.zip (a list for each unit). */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Response, Router } from "express";
import { markedName, markedWorkbook, unitLists, unitListsName } from "../rosters/index.ts";
import { attachment } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const jobId = { id: "the id of an import job that is done" };

export const markedOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/import-jobs/{id}/marked.xlsx",
    summary: "The job's file with every faulty cell coloured and commented, and a list of all problems in front",
    pathParameters: jobId,
    answers: { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": null },
  },
  {
    method: "get",
    path: "/import-jobs/{id}/units.zip",
    summary: "A workbook for each unit with what it has to correct, and a summary",
    pathParameters: jobId,
    answers: { "application/zip": null },
  },
];

/** The same pieces; the first is made before anything is sent, so that what is wrong with the file is still a proper answer. */
async function begun(pieces: AsyncGenerator<Buffer>): Promise<Readable> {
  const first = await pieces.next();
  async function* all() {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  }
  return Readable.from(all(), { objectMode: false });
}

async function send(response: Response, pieces: Readable): Promise<void> {
  try {
    await pipeline(pieces, response);
  } catch (error) {
    // The caller is gone: nobody is left to tell.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

export function markedRoutes({ jobs, uploadLimitBytes }: Parts): Router {
  const router = Router();
  const caller = (response: Response) => fullCaller(response, "导入名册", "importing rosters").name;
  router.get("/import-jobs/:id/marked.xlsx", (request, response) =>
    jobs.withProblems(request.params.id, caller(response), async (done) => {
      const pieces = await begun(markedWorkbook({ ...done, limitBytes: uploadLimitBytes, now: new Date(jobs.now()) }));
      attachment(response, "marked.xlsx", markedName(done.report.file));
      response.type("xlsx");
      await send(response, pieces);
    }),
  );
  router.get("/import-jobs/:id/units.zip", (request, response) =>
    jobs.withProblems(request.params.id, caller(response), async ({ report, found }) => {
      const pieces = await begun(unitLists({ report, ...found, now: new Date(jobs.now()) }));
      attachment(response, "units.zip", unitListsName(report.file));
      response.type("zip");
      await send(response, pieces);
    }),
  );
  return router;
}
