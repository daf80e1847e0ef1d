/** POST /imports (a roster file), GET /templates/{kind}.xlsx. */
import { mkdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type RequestHandler, Router } from "express";
import multer from "multer";
import { z } from "zod";
import { AppError, badInput } from "../errors.ts";
import { importRoster, type RosterKind, templateWorkbook } from "../rosters/index.ts";
import { attachment, goneSignal } from "./answer.ts";
import { fullCaller } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

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

const fields = z.strictObject({
  kind: z.enum(rosterKinds),
  year: yearText.optional(),
  sheet: z.string().optional(),
  mapping: mappingField,
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
});
const file = z.string().meta({ format: "binary" });
const report = z.record(z.string(), z.unknown());

export const importOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/imports",
    summary: "Load a roster (.xlsx, .csv, .parquet); the answer is the import report",
    body: { type: "multipart/form-data", schema: fields.extend({ file }) },
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

/** Takes the form apart: the file goes to `folder` under a random name, never into memory. */
export function uploadOf(folder: string, limitBytes: number): RequestHandler {
  // what a crash left behind
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const form = multer({
    dest: folder,
    // without it Chinese file names arrive as Latin-1
    defParamCharset: "utf8",
    limits: { fileSize: limitBytes, files: 1, fields: 10, fieldSize: 10_000, parts: 12 },
  }).single("file");
  return (request, response, next) => {
    if (!request.is("multipart/form-data")) {
      throw badInput(
        "上传应为 multipart/form-data 表单，含 file 与 kind",
        "expected a multipart/form-data upload with file and kind",
      );
    }
    form(request, response, next);
  };
}

const templateNames: Record<RosterKind, string> = { workers: "人员名册模板", applications: "申报与考评名册模板" };

export function importRoutes({ store, library, uploadLimitBytes }: Parts): Router {
  const router = Router();
  router.post("/imports", uploadOf(join(store.dataDir, "uploads"), uploadLimitBytes), async (request, response) => {
    const uploaded = request.file;
    try {
      const { name: who } = fullCaller(response, "导入名册", "importing rosters");
      const input: unknown = { ...request.body };
      const { kind, year, sheet, mapping, dryRun } = parseInput(fields, input);
      if (!uploaded) {
        throw badInput("缺少文件（表单字段 file）", "file is required (form field file)", { property: "file" });
      }
      const done = await importRoster(store, library, uploaded.path, {
        kind,
        dryRun,
        sheet,
        mapping,
        limitBytes: uploadLimitBytes,
        fileName: uploaded.originalname,
        who,
        signal: goneSignal(response),
        ...(year === undefined ? {} : { year }),
      });
      response.set("x-data-version", String(done.version)).json(done);
    } finally {
      if (uploaded) await rm(uploaded.path, { force: true });
    }
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
