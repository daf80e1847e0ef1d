/** GET /forecast/status, POST and DELETE /forecast/prepare: whether the forecast of the present data is computed, and how far it is. */
import { Router } from "express";
import { z } from "zod";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const message = z.object({ zh: z.string(), en: z.string() });
/** How far a computation in the background is. */
export const statusShape = {
  state: z
    .enum(["absent", "running", "ready", "failed", "cancelled"])
    .describe("failed: problem says why; cancelled: begun again only when it is asked for"),
  origin: z.int().describe("roster year; 0 where there is none"),
  dataVersion: z.int().nonnegative(),
  phase: z.enum(["learn", "year", "rows"]).nullable(),
  examYear: z.int().nullable().describe("the exam year that is being computed"),
  share: z.number().min(0).max(1),
  secondsLeft: z.int().nonnegative().nullable(),
  problem: message.nullable(),
  basis: z.array(z.object({ code: z.string(), text: message })).describe("what the forecast leans on"),
};
const status = z.object(statusShape);
/** Which computation is meant, in an address and in a body. */
export const originQuery = z.strictObject({
  origin: expecting(yearText, "人员名册年度", "a roster year; default: the newest").optional(),
});
export const originBody = z.strictObject({
  origin: expecting(z.int().min(1900).max(2200), "人员名册年度", "a roster year; default: the newest").optional(),
});

export const forecastStatusOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/forecast/status",
    summary: "Whether the forecast is computed, how far it is, and what it leans on",
    query: originQuery,
    answers: { "application/json": status },
  },
  {
    method: "post",
    path: "/forecast/prepare",
    summary: "Begins to compute the forecast unless that is done; answers at once",
    body: { type: "application/json", schema: originBody },
    status: 202,
    answers: { "application/json": status },
  },
  {
    method: "delete",
    path: "/forecast/prepare",
    summary: "Stops the computation of the forecast; one that is ready stays. Who waits for it is told 499",
    query: originQuery,
    answers: { "application/json": status },
  },
];

export function forecastStatusRoutes({ forecasts }: Parts): Router {
  const router = Router();
  router.get("/forecast/status", async (request, response) => {
    const { origin } = parseInput(originQuery, request.query);
    response.json(await forecasts.status(origin));
  });
  router.post("/forecast/prepare", async (request, response) => {
    const { origin } = parseInput(originBody, request.body ?? {});
    response.status(202).json(await forecasts.prepare(origin));
  });
  router.delete("/forecast/prepare", async (request, response) => {
    const { origin } = parseInput(originQuery, request.query);
    response.json(await forecasts.cancel(origin));
  });
  return router;
}
