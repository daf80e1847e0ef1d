/** POST /evaluations: one worker's facts, or up to 10,000 at once, decided. */
import { Router } from "express";
import { z } from "zod";
import { evaluation } from "../evaluations.ts";
import { citation, factsBody, oneOrMany, parseBody, sendAnswers, text } from "./facts.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const outcome = z.enum(["met", "unmet", "unknown"]);
const decision = z.enum(["eligible", "ineligible", "undetermined"]);

const planning = z.enum(["assume", "exclude"]).nullable();

/** One of the parts of a condition, however nested. */
const alternative = z
  .object({
    id: z.string(),
    outcome,
    asked: text,
    text,
    found: z.unknown(),
    foundText: text.nullable(),
    required: z.unknown(),
    shortfall: text.optional(),
    planning,
    assumed: z.boolean(),
    get alternatives() {
      return z.array(alternative).optional();
    },
  })
  .meta({ id: "Alternative" });

/**
 * The evaluation result of the interface. What a condition says beside `text` (`asked`, `exactly`, `foundText`, `shortfall`,
 * `alternatives`) comes with one worker, not with a list.
 */
export const evaluationResult = z.object({
  rulebook: z.string(),
  examYear: z.int(),
  projected: z.boolean(),
  targetLevel: z.string(),
  workerId: z.string().nullable(),
  decision,
  planningDecision: decision,
  assumed: z.array(z.string()),
  modules: z.array(z.string()),
  remarks: z.array(z.string()),
  selectionExam: z.enum(["required", "exempt"]).nullable(),
  firstEligibleYear: z.int().nullable(),
  missing: z.array(z.string()),
  blocking: z.array(z.string()),
  pathways: z.array(
    z.object({
      id: z.string(),
      module: z.string(),
      label: text.optional(),
      outcome,
      planningOutcome: outcome,
      conditions: z.array(
        z.object({
          id: z.string(),
          outcome: z.enum(["met", "unmet", "unknown", "waived"]),
          found: z.unknown(),
          required: z.unknown(),
          text,
          citation,
          derived: z.boolean(),
          inheritedFrom: z.string().optional(),
          advisory: z.literal(true).optional(),
          planning,
          assumed: z.boolean(),
          asked: text.optional(),
          exactly: text.optional(),
          foundText: text.nullable().optional(),
          shortfall: text.optional(),
          alternatives: z.array(alternative).optional(),
        }),
      ),
    }),
  ),
});

export const evaluationOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/evaluations",
    summary: "Decide one worker, or a list: a faulty item of a list gets its error in its place",
    body: { type: "application/json", schema: factsBody },
    answers: { "application/json": oneOrMany(evaluationResult) },
  },
];

export function evaluationRoutes({ library }: Parts): Router {
  const router = Router();
  router.post("/evaluations", async (request, response) => {
    const { facts, ...asked } = parseBody(factsBody, request);
    await sendAnswers(response, evaluation(library, asked), facts);
  });
  return router;
}
