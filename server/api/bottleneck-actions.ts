/** /bottlenecks/actions: how far the extra passes of `of=actions` are; they are computed in the background, on the kept forecast. */
import { Router } from "express";
import { z } from "zod";
import { originBody as body, originQuery as query, statusShape } from "./forecast-status.ts";
import { parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const status = z.object(statusShape);

export const bottleneckActionOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/bottlenecks/actions/status",
    summary: "Whether it is computed what action would bring, and how far it is",
    query,
    answers: { "application/json": status },
  },
  {
    method: "post",
    path: "/bottlenecks/actions/prepare",
    summary: "Begins to compute it unless that is done; answers at once",
    body: { type: "application/json", schema: body },
    status: 202,
    answers: { "application/json": status },
  },
  {
    method: "delete",
    path: "/bottlenecks/actions/prepare",
    summary: "Stops it; nothing of it is kept, the forecast stays. Who waits for it is told 499",
    query,
    answers: { "application/json": status },
  },
];

export function bottleneckActionRoutes({ actions }: Parts): Router {
  const router = Router();
  router.get("/bottlenecks/actions/status", async (request, response) => {
    response.json(await actions.status(parseInput(query, request.query).origin));
  });
  router.post("/bottlenecks/actions/prepare", async (request, response) => {
    response.status(202).json(await actions.prepare(parseInput(body, request.body ?? {}).origin));
  });
  router.delete("/bottlenecks/actions/prepare", async (request, response) => {
    response.json(await actions.cancel(parseInput(query, request.query).origin));
  });
  return router;
}
