/** GET /rulebooks and /rulebooks/{id}: which rulebooks there are, and one with every pathway, condition and citation. */
import { Router } from "express";
import { z } from "zod";
import type { Rulebook } from "../rules/rulebook.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const summary = z.object({
  id: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  year: z.int(),
  document: z.string(),
  extends: z.string().nullable(),
  levels: z.array(z.string()),
  hash: z.string(),
});

export const rulebookOperations: readonly Operation[] = [
  { method: "get", path: "/rulebooks", summary: "All rulebooks", answers: { "application/json": z.array(summary) } },
  {
    method: "get",
    path: "/rulebooks/{id}",
    summary: "One rulebook with its pathways, conditions and citations",
    pathParameters: { id: "the id of a rulebook" },
    answers: { "application/json": z.record(z.string(), z.unknown()) },
  },
];

/** The head of a rulebook, for lists. */
export function rulebookSummary(book: Rulebook): z.infer<typeof summary> {
  return {
    id: book.id,
    title: book.title,
    year: book.year,
    document: book.document,
    extends: book.extends ?? null,
    levels: [...book.levels.keys()],
    hash: book.hash,
  };
}

/** Maps as objects and sets as lists, however deep. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

export function rulebookRoutes({ library }: Parts): Router {
  const router = Router();
  router.get("/rulebooks", (_request, response) => {
    response.json([...library.books.values()].map(rulebookSummary));
  });
  router.get("/rulebooks/:id", (request, response) => {
    response.json(plain(library.get(request.params.id)));
  });
  return router;
}
