/** POST /scores: one worker's facts, or up to 10,000 at once, scored. */
import { Router } from "express";
import { z } from "zod";
import { scoring } from "../evaluations.ts";
import { readings } from "../rules/score-text.ts";
import { citation, factsBody, oneOrMany, parseBody, sendAnswers, text } from "./facts.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const body = factsBody.extend({ reading: z.enum(readings).optional() });

const partHead = { points: z.number(), cap: z.number(), label: text, citation, derived: z.boolean() };
const part = z.object({
  ...partHead,
  raw: z.number(),
  items: z.array(
    z.object({
      year: z.int().nullable(),
      item: z.string(),
      points: z.number(),
      counted: z.boolean(),
      label: text,
      date: z.string().nullable(),
      matter: z.string().nullable(),
      reason: text.nullable(),
      citation,
      derived: z.boolean(),
    }),
  ),
});

/** The score of the interface, every item explained. */
const scoreResult = z.object({
  rulebook: z.string(),
  examYear: z.int(),
  projected: z.boolean(),
  targetLevel: z.string(),
  workerId: z.string().nullable(),
  period: z.object({ since: z.string(), through: z.string(), citation }),
  daily: part,
  honours: part.extend({ reading: z.enum(readings) }),
  continuingEducation: part,
  ability: z
    .object({
      ...partHead,
      marks: z.array(
        z.object({ mark: z.string(), label: text, value: z.number(), weight: z.number(), points: z.number() }),
      ),
    })
    .nullable(),
  total: z.number(),
  cap: z.number(),
  missing: z.array(z.string()),
});

export const scoreOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/scores",
    summary: "The quantified score of one worker, or of a list: a faulty item of a list gets its error in its place",
    body: { type: "application/json", schema: body },
    answers: { "application/json": oneOrMany(scoreResult) },
  },
];

export function scoreRoutes({ library }: Parts): Router {
  const router = Router();
  router.post("/scores", async (request, response) => {
    const { facts, ...asked } = parseBody(body, request);
    await sendAnswers(response, scoring(library, asked), facts);
  });
  return router;
}
