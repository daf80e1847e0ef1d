/** GET /publicity: until when a recommendation must hang out. */
import { Router } from "express";
import { z } from "zod";
import { publicity } from "../publicity.ts";
import { expecting, parseInput, wholeText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { citation } from "./rulebooks-schemas.ts";

const query = z.strictObject({
  rulebook: expecting(z.string(), "规则库", "the id of a rulebook"),
  from: expecting(z.string(), "YYYY-MM-DD", "the first day, YYYY-MM-DD"),
  days: wholeText(1, 366).optional(),
});

const period = z.object({
  rulebook: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  workingDays: z.int(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      working: z.boolean(),
      kind: z.enum(["weekday", "weekend", "holiday", "makeUp"]),
      name: z.string().nullable(),
    }),
  ),
  rule: z.object({ workingDays: z.int(), citation }).nullable(),
});

export const publicityOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/publicity",
    summary: "The days of a publicity by the working-day calendar; its first day counts",
    query,
    answers: { "application/json": period },
  },
];

export function publicityRoutes({ library }: Parts): Router {
  const router = Router();
  router.get("/publicity", (request, response) => {
    response.json(publicity(library, parseInput(query, request.query)));
  });
  return router;
}
