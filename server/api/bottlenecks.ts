/** GET /bottlenecks: which conditions stop how many workers, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { targetLevels } from "../rules/facts.ts";
import { bottlenecksTable, parseBy } from "../tables.ts";
import { readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, by, filterShape, format, groupShape, parseYearQuery } from "./tables.ts";

const query = z.strictObject({
  ...filterShape,
  rulebook: expecting(z.string(), "规则库", "the id of a rulebook; only workers decided by it").optional(),
  by,
  format,
});

const count = z.int().nonnegative();
const row = z.object({
  ...groupShape,
  rulebook: z.string(),
  targetLevel: z.enum(targetLevels),
  condition: z.string(),
  blocked: count.describe("ineligible, and unmet on the pathway nearest to being met"),
  soleBlocker: count.describe("blocked by nothing else"),
  unknown: count.describe("undetermined, and unknown on some pathway"),
  share: z.number().min(0).max(1).nullable().describe("blocked / ineligible; null where nobody is ineligible"),
  unmet: count.describe("unmet on some pathway, whatever the decision"),
  ineligible: count,
  undetermined: count,
  workers: count,
  advisory: z.boolean(),
  conditionZh: z.string(),
  conditionEn: z.string(),
});

export const bottleneckOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/bottlenecks",
    summary: "Which conditions stop how many workers, by rulebook and level",
    query,
    answers: answers(row),
  },
];

export function bottleneckRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/bottlenecks", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const asked = await parseYearQuery(c, query, request);
      const statement = await bottlenecksTable(c, library, {
        ...asked,
        by: parseBy(asked.by),
        scope: scopeOf(response),
      });
      const name = { plain: `bottlenecks-${asked.year}`, full: `申报障碍-${asked.year}` };
      await sendTable(c, request, response, statement, { format: asked.format, name });
    }),
  );
  return router;
}
