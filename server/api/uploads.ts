/** POST /uploads (a roster file, once), GET and DELETE /uploads/{id}. */
import { mkdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Request, type RequestHandler, type Response, Router } from "express";
import multer from "multer";
import { z } from "zod";
import { AppError, badInput } from "../errors.ts";
import type { UploadedFile, Uploads } from "../rosters/index.ts";
import { fullCaller } from "./caller.ts";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const answer = z.object({
  upload: z.string().describe("its id"),
  fileName: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  expiresAt: z.iso.datetime().describe("a day after its last use"),
});
export const fileField = z.string().meta({ format: "binary" });
const uploadId = { id: "the id of an upload" };

export const uploadOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/uploads",
    summary: "Sends a roster file once; previews, checks and imports name it by its id",
    body: { type: "multipart/form-data", schema: z.strictObject({ file: fileField }) },
    status: 201,
    answers: { "application/json": answer },
  },
  {
    method: "get",
    path: "/uploads/{id}",
    summary: "What is known of an uploaded file",
    pathParameters: uploadId,
    answers: { "application/json": answer },
  },
  {
    method: "delete",
    path: "/uploads/{id}",
    summary: "Clears an uploaded file",
    pathParameters: uploadId,
    answers: {},
  },
];

/** What the parser of forms throws without a mark of its own is a form that is written wrong; a disk that fails is not. */
function formFault(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof AppError || thrown instanceof multer.MulterError) return thrown;
  if ("syscall" in thrown || "status" in thrown || /^request aborted$/i.test(thrown.message)) return thrown;
  return badInput(
    `上传的表单格式不对，无法读取（${thrown.message}）：请检查文件名是否含有特殊字符，改名后重新上传`,
    `the uploaded form cannot be read (${thrown.message}): does the name of the file hold special characters?`,
    { property: "file" },
  );
}

/** Takes a form with a file apart: the file goes to `<data>/incoming` under a random name, never into memory. */
export function formWithFile({ store, uploadLimitBytes }: Parts): RequestHandler {
  const folder = join(store.dataDir, "incoming");
  // what a crash left behind
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const form = multer({
    dest: folder,
    // without it Chinese file names arrive as Latin-1
    defParamCharset: "utf8",
    limits: { fileSize: uploadLimitBytes, files: 1, fields: 10, fieldSize: 10_000, parts: 12 },
  }).single("file");
  return (request, response, next) => {
    if (!request.is("multipart/form-data")) {
      throw badInput("上传应为 multipart/form-data 表单，含 file", "expected a multipart/form-data upload with a file");
    }
    form(request, response, (thrown: unknown) => next(thrown === undefined ? undefined : formFault(thrown)));
  };
}

/** Handles a request; the file that came with its form, if it is still there, is gone before the answer. */
export async function clearing<T>({ file }: Request, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (file) await rm(file.path, { force: true });
  }
}

/** Calls `work` with the file of a form: the one sent with it, or one uploaded before; throws bad-input unless there is one of them. */
export async function useFile<T>(
  uploads: Uploads,
  { file }: Request,
  upload: string | undefined,
  work: (file: Pick<UploadedFile, "path" | "fileName">) => Promise<T>,
): Promise<T> {
  if (file && upload !== undefined) {
    throw badInput("file 与 upload 只能给出一个", "give either file or upload, not both", { property: "upload" });
  }
  if (upload !== undefined) return uploads.use(upload, work);
  if (file) return work({ path: file.path, fileName: file.originalname });
  throw badInput(
    "缺少文件（表单字段 file，或已上传文件的编号 upload）",
    "file is required (form field file, or upload with the id of an uploaded file)",
    { property: "file" },
  );
}

export function uploadRoutes(parts: Parts): Router {
  const { uploads } = parts;
  const router = Router();
  const caller = (response: Response) => fullCaller(response, "上传名册", "uploading rosters");
  router.post("/uploads", formWithFile(parts), async (request, response) => {
    const kept = await clearing(request, async () => {
      caller(response);
      parseInput(z.strictObject({}), { ...request.body });
      return useFile(uploads, request, undefined, ({ path, fileName }) => uploads.keep(path, fileName));
    });
    response.status(201).json(kept);
  });
  router.get("/uploads/:id", async (request, response) => {
    caller(response);
    const { path: _, ...upload } = await uploads.find(request.params.id);
    response.json(upload);
  });
  router.delete("/uploads/:id", async (request, response) => {
    caller(response);
    await uploads.remove(request.params.id);
    response.status(204).end();
  });
  return router;
}
