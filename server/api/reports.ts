/** GET /reports/{name}.xlsx. */
import { Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { findReport } from "../reports/index.ts";
import { attachment, readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { filterShape, parseYearQuery } from "./tables.ts";

const { level: _everyReportHasItsOwn, ...filters } = filterShape;
const query = z.strictObject(filters);

export const reportOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/reports/{name}.xlsx",
    summary: "A report as an Excel workbook",
    pathParameters: { name: "the name of a report: quota-use" },
    query,
    answers: { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": null },
  },
];

export function reportRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/reports/:file", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { file } = request.params;
      const name = file.replace(/\.xlsx$/, "");
      const report = findReport(name);
      if (name === file) {
        throw new AppError("not-found", { zh: `报表地址为 ${name}.xlsx`, en: `the report is at ${name}.xlsx` });
      }
      const asked = await parseYearQuery(c, query, request);
      const workbook = await report.build(c, library, { ...asked, scope: scopeOf(response) });
      attachment(response, `${name}-${asked.year}.xlsx`, `${report.fileName}-${asked.year}.xlsx`);
      response.type("xlsx").send(Buffer.from(workbook));
    }),
  );
  return router;
}
