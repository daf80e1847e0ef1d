/** GET /imports (what was imported and undone), GET /imports/{id}, POST /imports/{id}/undo. */
import { Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { findImport, listImports, undoImport } from "../rosters/index.ts";
import { readSnapshot } from "./answer.ts";
import { fullCaller, scopeOf } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const count = z.int().nonnegative();
const kind = z.enum(["workers", "applications"]);
const entry = z.object({
  id: z.int(),
  action: z.enum(["import", "undo"]),
  kind,
  file: z.string(),
  sha256: z.string(),
  who: z.string(),
  importedAt: z.string(),
  version: z.int(),
  versionBefore: z.int(),
  years: z.array(z.int()),
  undoes: z.int().nullable(),
  undoneBy: z.int().nullable(),
  undoable: z.boolean().describe("the newest import of its kind that stands, and its old rows are kept"),
  report: z.record(z.string(), z.unknown()),
});
const undone = z.object({
  importId: z.int().describe("number of the undo in the history"),
  undoes: z.int(),
  file: z.string(),
  kind,
  rowsRemoved: count,
  rowsRestored: count,
  years: z.array(z.int()),
  version: z.int(),
  versionBefore: z.int(),
});
const importNumber = { id: "the number of an import" };

export const historyOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/imports",
    summary: "What was imported and undone, the newest first; at most 100 problems of each",
    answers: { "application/json": z.array(entry) },
  },
  {
    method: "get",
    path: "/imports/{id}",
    summary: "One import with all its problems",
    pathParameters: importNumber,
    answers: { "application/json": entry },
  },
  {
    method: "post",
    path: "/imports/{id}/undo",
    summary: "Takes the newest import of its kind back; its rows become what they were",
    pathParameters: importNumber,
    answers: { "application/json": undone },
  },
];

/** The number of an import in a path; what is no number is no import. */
export function importIdOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError(
    "not-found",
    { zh: `没有编号为 ${text} 的导入`, en: `no import ${text}` },
    { property: "id", value: text },
  );
}

export function historyRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/imports", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await listImports(c, scopeOf(response)));
    }),
  );
  router.get("/imports/:id", (request, response) =>
    readSnapshot(store, response, async (c) => {
      response.json(await findImport(c, importIdOf(request.params.id), scopeOf(response)));
    }),
  );
  router.post("/imports/:id/undo", async (request, response) => {
    const { name: who } = fullCaller(response, "撤销导入", "undoing imports");
    const done = await undoImport(store, library, importIdOf(request.params.id), { who });
    response.set("x-data-version", String(done.version)).json(done);
  });
  return router;
}
