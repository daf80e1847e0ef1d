/** POST /imports/preview: what a roster file holds, before it is imported. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Router } from "express";
import { z } from "zod";
import { badInput } from "../errors.ts";
import { previewRoster, rememberedHeadings } from "../rosters/index.ts";
import { fullCaller } from "./caller.ts";
import { mappingField, rosterKinds, uploadOf } from "./imports.ts";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const fields = z.strictObject({ kind: z.enum(rosterKinds), sheet: z.string().optional(), mapping: mappingField });
const message = z.object({ zh: z.string(), en: z.string() });
const answer = z.object({
  format: z.enum(["xlsx", "csv", "parquet"]),
  sha256: z.string(),
  sheets: z.array(
    z.object({
      name: z.string().nullable(),
      hidden: z.boolean(),
      rows: z.int().nullable(),
      headingRow: z.int().nullable(),
      recognised: z.int(),
      missing: z.array(z.string()),
      otherKind: z.boolean(),
    }),
  ),
  sheet: z.string().nullable(),
  titles: z.array(z.string()),
  columns: z.array(
    z.object({
      index: z.int(),
      letter: z.string(),
      heading: z.string(),
      target: z.string().nullable(),
      remembered: z.object({ who: z.string(), changedAt: z.string() }).nullable(),
      leftOut: z.boolean(),
      repeated: z.boolean(),
      samples: z.array(z.string()),
      suggestions: z.array(z.object({ name: z.string(), label: message, score: z.number() })),
    }),
  ),
  fields: z.array(z.object({ name: z.string(), label: message, required: z.boolean(), yearly: z.boolean() })),
});

export const previewOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/imports/preview",
    summary: "Sheets, heading and columns of a roster file, with suggestions for unknown columns; nothing is imported",
    body: {
      type: "multipart/form-data",
      schema: fields.extend({ file: z.string().meta({ format: "binary" }) }),
    },
    answers: { "application/json": answer },
  },
];

export function previewRoutes({ store, uploadLimitBytes }: Parts): Router {
  const router = Router();
  const upload = uploadOf(join(store.dataDir, "previews"), uploadLimitBytes);
  router.post("/imports/preview", upload, async (request, response) => {
    const uploaded = request.file;
    const look = async () => {
      fullCaller(response, "导入名册", "importing rosters");
      const input: unknown = { ...request.body };
      const { kind, sheet, mapping } = parseInput(fields, input);
      if (!uploaded) {
        throw badInput("缺少文件（表单字段 file）", "file is required (form field file)", { property: "file" });
      }
      const remembered = await store.read((c) => rememberedHeadings(c, kind));
      return previewRoster(uploaded.path, { kind, sheet, mapping, remembered, limitBytes: uploadLimitBytes });
    };
    // The file is gone before anybody learns what it held.
    const preview = await look().finally(() => (uploaded ? rm(uploaded.path, { force: true }) : undefined));
    response.json(preview);
  });
  return router;
}
