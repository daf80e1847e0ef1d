/** POST /imports/preview: what a roster file holds, before it is imported. */
import { Router } from "express";
import { z } from "zod";
import { loadPlaceNames, previewRoster, rememberedHeadings } from "../rosters/index.ts";
import { fullCaller } from "./caller.ts";
import { mappingField, rosterKinds, uploadField } from "./imports.ts";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { clearing, fileField, formWithFile, useFile } from "./uploads.ts";

const fields = z.strictObject({
  kind: z.enum(rosterKinds),
  upload: uploadField,
  sheet: z.string().optional(),
  mapping: mappingField,
});
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
      suggestedUnit: z.string().nullable(),
      suggestedDistrict: z.string().nullable().describe("code"),
    }),
  ),
  sheet: z.string().nullable(),
  titles: z.array(z.string()),
  suggestedUnit: z.string().nullable(),
  suggestedDistrict: z.string().nullable().describe("code"),
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
  fields: z.array(
    z.object({
      name: z.string(),
      label: message,
      required: z.boolean(),
      orElse: z.string().nullable(),
      yearly: z.boolean(),
    }),
  ),
});

const district = z.object({ code: z.string(), name: z.string(), parent: z.string().nullable(), tier: z.string() });

export const previewOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/districts",
    summary: "Every district that rosters may name, also those without rows",
    answers: { "application/json": z.array(district) },
  },
  {
    method: "post",
    path: "/imports/preview",
    summary: "Sheets, heading and columns of a roster file, with suggestions for unknown columns; nothing is imported",
    body: {
      type: "multipart/form-data",
      schema: fields.extend({ file: fileField.optional() }),
    },
    answers: { "application/json": answer },
  },
];

export function previewRoutes(parts: Parts): Router {
  const { store, uploads, uploadLimitBytes: limitBytes } = parts;
  const router = Router();
  router.get("/districts", async (_request, response) => {
    fullCaller(response, "导入名册", "importing rosters");
    response.json(await store.read((c) => c.rows("SELECT code, name, parent, tier FROM districts ORDER BY code")));
  });
  router.post("/imports/preview", formWithFile(parts), async (request, response) => {
    const preview = await clearing(request, async () => {
      fullCaller(response, "导入名册", "importing rosters");
      const input: unknown = { ...request.body };
      const { upload, ...options } = parseInput(fields, input);
      return useFile(uploads, request, upload, async ({ path }) => {
        const [remembered, names] = await store.read(async (c) => [
          await rememberedHeadings(c, options.kind),
          await loadPlaceNames(c),
        ]);
        return previewRoster(path, { ...options, remembered, names, limitBytes });
      });
    });
    response.json(preview);
  });
  return router;
}
