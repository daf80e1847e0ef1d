/** GET /rulebooks and /rulebooks/{id}: which rulebooks there are, and one with every pathway, condition and citation. */
import { Router } from "express";
import { z } from "zod";
import { rulebookDocument, rulebookSummary } from "../rules/document.ts";
import { parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { documentSchema, summarySchema } from "./rulebooks-schemas.ts";

const documentQuery = z.strictObject({
  year: yearText.optional().describe("exam year; the rulebook's own unless given"),
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
];

export function rulebookRoutes({ library }: Parts): Router {
  const router = Router();
  router.get("/rulebooks", (_request, response) => {
    response.json([...library.books.values()].map(rulebookSummary));
  });
  router.get("/rulebooks/:id", (request, response) => {
    const { year } = parseInput(documentQuery, request.query);
    response.json(rulebookDocument(library.get(request.params.id), year));
  });
  return router;
}
