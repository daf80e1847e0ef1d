/** GET /bottlenecks: which conditions, stages and quotas stop how many workers, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { targetLevels } from "../rules/facts.ts";
import { bottleneckKinds, bottleneckTable, curabilities, parseBy, pools, stages } from "../tables.ts";
import { readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, by, filterShape, format, groupShape, parseYearQuery } from "./tables.ts";

const query = z.strictObject({
  ...filterShape,
  of: z
    .enum(bottleneckKinds)
    .default("conditions")
    .describe("conditions, sets of conditions, stages of the exam, or quota; each has its own columns"),
  rulebook: expecting(
    z.string(),
    "规则库，用于 conditions 和 sets",
    "the id of a rulebook; only workers decided by it; for conditions and sets",
  ).optional(),
  pool: z.enum(pools).optional().describe("near: only who holds the level right below; for conditions and sets"),
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
  shapley: z
    .number()
    .nonnegative()
    .describe("blocked, each worker shared alike by the conditions that block him; adds up to ineligible"),
  oneShort: count.describe("ineligible, and unmet alone on some pathway: it would do"),
  curability: z.enum(curabilities),
  curabilityZh: z.string(),
  curabilityEn: z.string(),
});
const setRow = z.object({
  ...groupShape,
  rulebook: z.string(),
  targetLevel: z.enum(targetLevels),
  conditions: z.string().describe("ids joined by commas"),
  size: count,
  blocked: count.describe("blocked by exactly these"),
  share: z.number().min(0).max(1).describe("blocked / ineligible"),
  ineligible: count,
  conditionsZh: z.string(),
  conditionsEn: z.string(),
});
const share = z.number().min(0).max(1).nullable();
const stageRow = z.object({
  ...groupShape,
  targetLevel: z.enum(targetLevels),
  stage: z.enum(stages),
  blocked: count.describe("stopped by the stage"),
  soleBlocker: count.describe("stopped by it, and nothing else on record is against them"),
  unknown: count.describe("the outcome of the stage is still to come"),
  share: share.describe("of the loss: ln(1/conversion) / sum over the stages; null where a stage lets nobody through"),
  before: count,
  after: count,
  took: count.describe("with something on record at the stage"),
  conversion: share.describe("after / before"),
  low95: share.describe("Wilson interval of the conversion"),
  high95: share,
  closed: z.boolean().describe("the stage lets nobody through"),
});
const quotaRow = z.object({
  ...groupShape,
  windowFrom: z.int().describe("the exam years that are taken together"),
  windowTo: z.int(),
  places: count,
  candidates: count.describe("take a place, or would, had there been one"),
  used: count,
  overSubscription: z.number().nonnegative().nullable(),
  candidatesWithoutPlace: count.describe("of units and trades without any place"),
  idleWithoutCandidates: count,
  idleWithCandidates: count,
  withheld: count.describe("places kept back because one was used the year before"),
  blockedByAlternation: count.describe("candidates of such years without a place"),
  queue: count.describe("waiting at the end of the window and still expected to be able to come forward"),
  few: z.boolean().describe("fewer than five candidates: no chance is told"),
  chance: share.describe("used / candidates"),
  expectedWait: z.number().nonnegative().nullable().describe("years, 1 / chance"),
  yearsLeft: count.nullable().describe("until retirement, of the middle one of the queue"),
  selectedBeforeRetirement: share,
  oneMore: count.describe("who would have had a place with one more a year"),
  assumed: z.boolean(),
});

const chinese = { conditions: "申报障碍", sets: "申报障碍组合", stages: "环节损失", quota: "指标瓶颈" } as const;

export const bottleneckOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/bottlenecks",
    summary: "Which conditions, stages and quotas stop how many workers",
    query,
    answers: answers(z.union([row, setRow, stageRow, quotaRow])),
  },
];

export function bottleneckRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/bottlenecks", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const { of, ...asked } = await parseYearQuery(c, query, request);
      const statement = await bottleneckTable(c, library, of, {
        ...asked,
        by: parseBy(asked.by),
        scope: scopeOf(response),
      });
      const plain = of === "conditions" ? "bottlenecks" : `bottlenecks-${of}`;
      const name = { plain: `${plain}-${asked.year}`, full: `${chinese[of]}-${asked.year}` };
      await sendTable(c, request, response, statement, { format: asked.format, name });
    }),
  );
  return router;
}
