/** POST /imports (a roster file), GET /templates/{kind}.xlsx. */
import { Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { importRoster, type RosterKind, templateWorkbook } from "../rosters/index.ts";
import { attachment, goneSignal } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { clearing, fileField, formWithFile, useFile } from "./uploads.ts";

export const rosterKinds = ["workers", "applications"] as const satisfies readonly RosterKind[];

/** JSON text of an object: heading as in the file → English name of the column. */
export const mappingField = expecting(
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(z.record(z.string(), z.string())),
  "JSON 对象：文件中的列名 → 标准英文列名",
  "a JSON object: heading as in the file to the English name of the column",
).optional();

export const uploadField = z.string().optional().describe("the id of an uploaded file, instead of file");

const fields = z.strictObject({
  kind: z.enum(rosterKinds),
  upload: uploadField,
  year: yearText.optional(),
  unit: z.string().optional().describe("unit of rows that name none"),
  district: z.string().optional().describe("name or code of the district of rows that name none"),
  sheet: z.string().optional(),
  mapping: mappingField,
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
});
const report = z.record(z.string(), z.unknown());

export const importOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/imports",
    summary: "Load a roster (.xlsx, .csv, .parquet); the answer is the import report",
    body: { type: "multipart/form-data", schema: fields.extend({ file: fileField.optional() }) },
    answers: { "application/json": report },
  },
  {
    method: "get",
    path: "/templates/{kind}.xlsx",
    summary: "An empty roster workbook to fill in",
    pathParameters: { kind: "workers or applications" },
    answers: { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": null },
  },
];

const templateNames: Record<RosterKind, string> = { workers: "人员名册模板", applications: "申报与考评名册模板" };

export function importRoutes(parts: Parts): Router {
  const { store, library, uploads, uploadLimitBytes } = parts;
  const router = Router();
  router.post("/imports", formWithFile(parts), async (request, response) => {
    const done = await clearing(request, async () => {
      const { name: who } = fullCaller(response, "导入名册", "importing rosters");
      const input: unknown = { ...request.body };
      const { upload, ...options } = parseInput(fields, input);
      const signal = goneSignal(response);
      return useFile(uploads, request, upload, ({ path, fileName }) =>
        importRoster(store, library, path, { ...options, limitBytes: uploadLimitBytes, fileName, who, signal }),
      );
    });
    response.set("x-data-version", String(done.version)).json(done);
  });
  router.get("/templates/:name", async (request, response) => {
    const kind = rosterKinds.find((one) => request.params.name === `${one}.xlsx`);
    if (!kind) {
      const allowed = rosterKinds.map((one) => `${one}.xlsx`);
      throw new AppError(
        "not-found",
        { zh: `没有此模板；可用：${allowed.join("、")}`, en: `no such template; available: ${allowed.join(", ")}` },
        { allowed },
      );
    }
    const workbook = await templateWorkbook(kind);
    attachment(response, `template-${kind}.xlsx`, `${templateNames[kind]}.xlsx`);
    response.type("xlsx").send(Buffer.from(workbook));
  });
  return router;
}
