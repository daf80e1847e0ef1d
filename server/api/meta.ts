/** GET /meta (what the filters of the dashboard offer) and /facts (the catalogue behind the fact form). */
import { Router } from "express";
import { z } from "zod";
import { scopeParameter } from "../access/scope.ts";
import { rulebookSummary } from "../rules/document.ts";
import { type FactKind, facts, type ItemField, levelValues } from "../rules/facts.ts";
import { quotaSentence } from "../rules/quota-text.ts";
import type { Rulebook } from "../rules/rulebook.ts";
import { dataVersion, namedQuery } from "../store/index.ts";
import { rulebooksInUse } from "../tables/rulebooks-in-use.ts";
import { examYears } from "../tables.ts";
import { readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { quotaSchema } from "./rulebooks-schemas.ts";

const label = z.object({ zh: z.string(), en: z.string() });
const meta = z.object({
  dataVersion: z.int(),
  publishedAt: z.string().nullable(),
  demo: z.boolean(),
  rosterYears: z.array(z.int()),
  examYears: z.array(z.int()),
  newestExamYear: z.int().nullable(),
  rulebooks: z.array(
    z.object({
      id: z.string(),
      title: label,
      year: z.int(),
      levels: z.array(z.string()),
      hash: z.string(),
      quota: quotaSchema.and(z.object({ sentence: label })).nullable(),
    }),
  ),
  districts: z.array(z.object({ code: z.string(), name: z.string(), parent: z.string().nullable(), tier: z.string() })),
  trades: z.array(
    z.object({ name: z.string(), category: z.string(), general: z.boolean(), generalAssumed: z.boolean() }),
  ),
  levels: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  rulebooksInUse: z.array(
    z.object({
      rulebook: z.string(),
      district: z.string(),
      level: z.string(),
      examYear: z.int(),
      projected: z.boolean(),
    }),
  ),
});
const fact = z.object({
  name: z.string(),
  type: z.string(),
  label,
  values: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })).optional(),
  fields: z.array(z.record(z.string(), z.unknown())).optional(),
});

export const metaOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/meta",
    summary: "Years, districts, trades and rulebooks there are",
    answers: { "application/json": meta },
  },
  { method: "get", path: "/facts", summary: "The catalogue of facts", answers: { "application/json": z.array(fact) } },
];

const valuesOf = (type: FactKind) =>
  type.kind === "enum" ? { values: type.values.map(({ code, zh, en }) => ({ code, zh: zh[0] ?? code, en })) } : {};

const boundsOf = (type: FactKind) =>
  type.kind === "integer" || type.kind === "number"
    ? { ...(type.min === undefined ? {} : { min: type.min }), ...(type.max === undefined ? {} : { max: type.max }) }
    : {};

const fieldOf = (field: ItemField) => ({
  name: field.name,
  type: field.kind,
  label: field.label,
  required: field.required === true,
  ...valuesOf(field),
  ...boundsOf(field),
});

/** The catalogue as the fact form reads it. */
export const factCatalogue = facts.map(({ name, type, label: words, absent }) => ({
  name,
  type: type.kind,
  label: words,
  ...valuesOf(type),
  ...boundsOf(type),
  ...(type.kind === "list" ? { fields: type.fields.map(fieldOf) } : {}),
  ...(type.kind === "marks"
    ? { fields: type.fields.map((field) => ({ name: field, type: "number", min: 0, max: 100 })) }
    : {}),
  ...(absent === undefined ? {} : { absent }),
}));

/** The rulebook as the filters and the quota page need it. */
const offered = (book: Rulebook) => ({
  ...rulebookSummary(book),
  quota: book.quota ? { ...book.quota, sentence: quotaSentence(book.quota) } : null,
});

export function metaRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/facts", (_request, response) => {
    response.json(factCatalogue);
  });
  router.get("/meta", (_request, response) =>
    readSnapshot(store, response, async (c) => {
      const scope = scopeParameter(scopeOf(response));
      const years = await examYears(c);
      const { version, publishedAt } = await dataVersion(c);
      const [demonstration] = await c.rows<{ demo: boolean }>(namedQuery("meta-demo"));
      response.json({
        dataVersion: version,
        publishedAt,
        demo: demonstration?.demo === true,
        rosterYears: years.map((year) => year - 1),
        examYears: years,
        newestExamYear: years.at(-1) ?? null,
        rulebooks: [...library.books.values()].map(offered),
        districts: await c.rows(namedQuery("meta-districts"), { scope }),
        trades: await c.rows(namedQuery("meta-trades"), { scope }),
        levels: levelValues.map(({ code, zh, en }) => ({ code, zh: zh[0] ?? code, en })),
        rulebooksInUse: await rulebooksInUse(c, library, scopeOf(response)),
      });
    }),
  );
  return router;
}
