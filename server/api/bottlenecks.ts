/** GET /bottlenecks: which conditions, stages and quotas stop how many workers, and what stands out, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { targetLevels } from "../rules/facts.ts";
import type { Connection } from "../store/index.ts";
import {
  actionEffects,
  actionsTable,
  bottleneckKinds,
  bottleneckTable,
  curabilities,
  isModelled,
  modelledOrigin,
  modelledTable,
  outlierMeasures,
  parseBy,
  pools,
  type Statement,
  stages,
} from "../tables.ts";
import { goneSignal, readSnapshot, sendTable } from "./answer.ts";
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
    .describe(
      "conditions, sets of conditions, stages of the exam, quota; by the forecast: outliers (by unit, trade or district), outlook of the quota, queue (person by person), actions (extra passes of three exam years were a condition met by all, or asked for one step less of); each has its own columns",
    ),
  rulebook: expecting(
    z.string(),
    "规则库，用于 conditions、sets 和 actions",
    "the id of a rulebook; only workers decided by it; for conditions, sets and actions",
  ).optional(),
  pool: z
    .enum(pools)
    .optional()
    .describe(
      "near: only who holds the level right below; for conditions and sets (default all) and the counts of actions (default near)",
    ),
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
  transferPotential: count.describe(
    "of the queue, who could have a place that stood idle in another unit of the same district, trade and level; of one unit its own queue",
  ),
  assumed: z.boolean(),
});
const mean = z.number().nonnegative().nullable();
const outlierRow = z.object({
  ...groupShape,
  windowFrom: z.int().describe("the exam years that are taken together"),
  windowTo: z.int(),
  measure: z.enum(outlierMeasures).describe("applicants of who could come forward; passes of who came to the exams"),
  people: count,
  observed: count,
  expected: z.number().nonnegative().describe("by the model of the forecast, without the effect of the group itself"),
  difference: z.number(),
  rate: share,
  expectedRate: share,
  shrunk: share.describe(
    "the expected rate and as much of the group's difference as the spread between groups bears out",
  ),
  signal: z.enum(["above", "below", "inside", "few"]).describe("few: fewer than five people, not compared"),
  z: z.number().nullable().describe("standard deviations, over-dispersion included"),
  falseDiscovery: share,
  limitLow: share.describe("of the rate, three standard deviations"),
  limitHigh: share,
  between: z.number().nonnegative().describe("variance of rates between groups besides chance"),
});
const outlookRow = z.object({
  ...groupShape,
  comingYear: z.int().nullable().describe("exam year the means are of: the first after the newest with applications"),
  quota: mean,
  candidates: mean,
  quotaUsed: mean,
  ...Object.fromEntries(
    [0, 1, 2, 3].map((n) => [
      `quotaUsed${n}`,
      share.describe(`probability of ${n === 3 ? "3 or more" : n} places used; where the row is one unit`),
    ]),
  ),
  oneMore: mean.describe(
    "places more that would be used with one more in each unit and trade: Pr(candidates > places)",
  ),
  chance: share.describe("used / candidates of the two coming years"),
  queue: count.nullable(),
  expectedWait: mean.describe("years until the turn of the middle one of the queue; null: never, or nobody waits"),
  newcomerWait: mean.describe("of who joins the queue; where the row is one unit, trade and level"),
  observedWait: count
    .nullable()
    .describe(
      "years after which half of those who began to wait had a place (Kaplan-Meier); null: too few, or not half yet",
    ),
  waited: count.nullable().describe("waits on file, by whom began to wait here"),
  waitEnded: count.nullable().describe("of them ended by a place"),
  yearlyLoss: share.describe("who leaves in a year; where the row is one level"),
  yearsLeft: count.nullable(),
  selectedBeforeRetirement: share.describe("of the middle one of the queue: 1 − Π(1 − chance of the year)"),
});
const queueRow = z.object({
  ...groupShape,
  workerId: z.string(),
  name: z.string().nullable(),
  waitingSince: z.int().describe("first exam year without a place since the last with one"),
  timesWithoutPlace: count,
  queuePosition: z.number().positive().describe("1: has waited longest; equals share the middle position"),
  retiresOn: z.string().nullable().describe("YYYY-MM"),
  yearsLeft: count.nullable(),
  chance: share,
  expectedWait: mean.describe("years; null: never"),
  selectedBeforeRetirement: share,
});

const ends = ["Low80", "High80", "Low95", "High95"].map((bound) => [`extraPasses${bound}`, z.int().nullable()]);
const actionRow = z.object({
  ...groupShape,
  rulebook: z.string(),
  targetLevel: z.enum(targetLevels),
  condition: z.string(),
  effect: z
    .enum(actionEffects)
    .nullable()
    .describe(
      "met: by everybody; relaxed: one year or piece less is asked for; null: neither time nor action helps, or nobody right below is blocked by it",
    ),
  effectZh: z.string().nullable(),
  effectEn: z.string().nullable(),
  fromYear: z.int().describe("first and last exam year of the extra passes"),
  toYear: z.int(),
  extraPasses: z
    .number()
    .nullable()
    .describe("of this and the higher levels, all exam years together; actions do not add up"),
  ...Object.fromEntries(ends),
  ...{ blocked: count, soleBlocker: count, share: row.shape.share, shapley: row.shape.shapley.nullable() },
  ...{ unmet: count, ineligible: count, curability: z.enum(curabilities) },
  ...{ curabilityZh: z.string(), curabilityEn: z.string(), conditionZh: z.string(), conditionEn: z.string() },
});

const chinese = {
  ...{ conditions: "申报障碍", sets: "申报障碍组合", stages: "环节损失", quota: "指标瓶颈" },
  ...{ outliers: "异常单位与工种", outlook: "今后指标", queue: "指标排队人员", actions: "办理成效" },
} as const;

export const bottleneckOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/bottlenecks",
    summary: "Which conditions, stages and quotas stop how many workers",
    query,
    answers: answers(z.union([row, setRow, stageRow, quotaRow, outlierRow, outlookRow, queueRow, actionRow])),
  },
];

export function bottleneckRoutes({ store, library, forecasts, actions }: Parts): Router {
  const router = Router();
  router.get("/bottlenecks", async (request, response) => {
    const scope = scopeOf(response);
    const parsed = async (c: Connection) => {
      const { of, format: wanted, ...asked } = await parseYearQuery(c, query, request);
      return { of, wanted, asked: { ...asked, by: parseBy(asked.by), scope } };
    };
    type Parsed = Awaited<ReturnType<typeof parsed>>;
    const send = (c: Connection, { of, wanted, asked }: Parsed, statement: Statement) => {
      const plain = of === "conditions" ? "bottlenecks" : `bottlenecks-${of}`;
      const name = { plain: `${plain}-${asked.year}`, full: `${chinese[of]}-${asked.year}` };
      return sendTable(c, request, response, statement, { format: wanted, name });
    };
    const rest = await readSnapshot(store, response, async (c) => {
      const all = await parsed(c);
      const { of, asked } = all;
      if (of === "actions" || isModelled(of)) return { all, of, origin: await modelledOrigin(c, asked) };
      await send(c, all, await bottleneckTable(c, library, of, asked));
      return undefined;
    });
    if (!rest) return;
    const { all, of, origin } = rest;
    const signal = goneSignal(response);
    const { statement, version } =
      of === "actions"
        ? await actions.with({ origin, signal }, async (c, desk, plan) => ({
            statement: await actionsTable(c, library, plan, all.asked),
            version: desk.dataVersion,
          }))
        : await forecasts.with({ origin, signal }, async (c, desk) => ({
            statement: await modelledTable(c, desk, of, all.asked),
            version: desk.dataVersion,
          }));
    response.set("x-data-version", String(version));
    await store.read((c) => send(c, all, statement), { signal });
  });
  return router;
}
