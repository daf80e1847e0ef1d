/** GET /places: the balance of places of a proposed list between regions and trades. */
import { Router } from "express";
import { z } from "zod";
import { targetLevels } from "../rules/facts.ts";
import { placesBalance } from "../tables.ts";
import { readSnapshot } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, wholeText, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { citation } from "./rulebooks-schemas.ts";
import { parseYearQuery } from "./tables.ts";

const query = z.strictObject({
  rulebook: expecting(z.string(), "规则库", "the id of a rulebook"),
  year: yearText,
  total: wholeText(1, 1_000_000),
});

const balance = z.object({
  rulebook: z.string(),
  level: z.enum(targetLevels),
  examYear: z.int(),
  rosterYear: z.int(),
  projected: z.boolean(),
  advisory: z.literal(true),
  citation,
  total: z.int(),
  tradeCap: z.int(),
  workers: z.int(),
  compared: z.enum(["applications", "planningEligible"]),
  regions: z.array(
    z.object({
      district: z.string(),
      districtName: z.string(),
      workers: z.int(),
      share: z.number(),
      places: z.int(),
      exact: z.number(),
      deviation: z.number(),
    }),
  ),
  trades: z.array(
    z.object({
      trade: z.string().nullable(),
      applications: z.int(),
      planningEligible: z.int(),
      cap: z.int(),
      over: z.int(),
      deviation: z.int(),
    }),
  ),
});

export const placesOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/places",
    summary: "Balance of places of a proposed list of so many people, between regions and between trades",
    query,
    answers: { "application/json": balance },
  },
];

export function placesRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/places", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const asked = await parseYearQuery(c, query, request);
      response.json(await placesBalance(c, library, { ...asked, scope: scopeOf(response) }));
    }),
  );
  return router;
}
