/** GET /rulebooks, /rulebooks/{id} and /rulebooks/{a}/diff/{b}: which there are, one in words, two compared. */
import { Router } from "express";
import { z } from "zod";
import { comparePopulation } from "../eligibility/index.ts";
import { workingDays } from "../reference/working-days.ts";
import { diffRulebooks } from "../rules/diff.ts";
import { rulebookDocument, rulebookSummary } from "../rules/document.ts";
import { examYearOrNewest } from "../tables.ts";
import { readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { diffSchema } from "./rulebooks-diff-schema.ts";
import { documentSchema, summarySchema } from "./rulebooks-schemas.ts";

const documentQuery = z.strictObject({
  year: yearText.optional().describe("exam year; the rulebook's own unless given"),
});
const diffQuery = z.strictObject({
  year: yearText
    .optional()
    .describe("exam year of both; each rulebook's own unless given. With population, the newest roster's"),
  population: z.enum(["true", "false"]).default("false").describe("count the workers whose decision changes"),
});

export const rulebookOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/rulebooks",
    summary: "All rulebooks",
    answers: { "application/json": z.array(summarySchema) },
  },
  {
    method: "get",
    path: "/rulebooks/{id}",
    summary: "One rulebook in words, its dates and thresholds those of an exam year",
    pathParameters: { id: "the id of a rulebook" },
    query: documentQuery,
    answers: { "application/json": documentSchema },
  },
  {
    method: "get",
    path: "/rulebooks/{a}/diff/{b}",
    summary: "What two rulebooks ask differently, and how many workers it concerns",
    pathParameters: { a: "the id of a rulebook", b: "the id of the other" },
    query: diffQuery,
    answers: { "application/json": diffSchema },
  },
];

export function rulebookRoutes({ library, store }: Parts): Router {
  const router = Router();
  router.get("/rulebooks", (_request, response) => {
    response.json([...library.books.values()].map(rulebookSummary));
  });
  router.get("/rulebooks/:id", (request, response) => {
    const { year } = parseInput(documentQuery, request.query);
    response.json(rulebookDocument(library.get(request.params.id), year, workingDays));
  });
  router.get("/rulebooks/:a/diff/:b", async (request, response) => {
    const query = parseInput(diffQuery, request.query);
    const a = library.get(request.params.a);
    const b = library.get(request.params.b);
    const diff = diffRulebooks(a, b, query.year, workingDays);
    if (query.population === "false") {
      response.json({ ...diff, population: null });
      return;
    }
    await readSnapshot(store, response, async (c) => {
      const examYear = await examYearOrNewest(c, query.year);
      response.json({ ...diff, population: await comparePopulation(c, a, b, { examYear, scope: scopeOf(response) }) });
    });
  });
  return router;
}
