/** GET /backtest: how far the forecasts of earlier years were off, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { longestHorizon } from "../forecast/backtest.ts";
import { cellGroupings } from "../forecast/backtest-score.ts";
import { backtestTable } from "../forecast/backtest-table.ts";
import { baselines } from "../forecast/baselines.ts";
import { measures } from "../forecast/types.ts";
import { targetLevels } from "../rules/facts.ts";
import { readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { statusShape } from "./forecast-status.ts";
import { expecting, parseInput, wholeText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, format } from "./tables.ts";

const asked = {
  origins: expecting(
    z
      .string()
      .regex(/^\d{4}(,\d{4})*$/)
      .transform((text) => text.split(",").map(Number)),
    "以逗号分隔的四位年度",
    "four-digit roster years separated by commas",
  ).optional(),
  horizon: wholeText(1, longestHorizon).optional(),
};
const statusQuery = z.strictObject(asked);
const prepareBody = z.strictObject({
  origins: expecting(
    z.array(z.int().min(1900).max(2200)).min(1).max(50),
    "人员名册年度的列表",
    "a list of roster years; default: every one there can be",
  ).optional(),
  horizon: expecting(
    z.int().min(1).max(longestHorizon),
    `整数 1…${longestHorizon}`,
    `a whole number 1…${longestHorizon}`,
  ).optional(),
});
const query = z.strictObject({
  ...asked,
  pooled: z.enum(["true", "false"]).optional().describe("true: only the lines of all origins together"),
  measure: z.enum(measures).optional(),
  grouping: z.enum(cellGroupings).optional(),
  level: z.enum(targetLevels).optional(),
  format,
});

const share = z.number().min(0).max(1).nullable();
const error = z.number().nonnegative().nullable();
const row = z.object({
  origin: z.int().nullable().describe("roster year forecast from; null: all of them together"),
  horizon: z.int().describe("exam years ahead"),
  measure: z.enum(measures),
  grouping: z.enum(cellGroupings).describe("what the cells are"),
  targetLevel: z.enum(targetLevels).nullable().describe("null: all levels together"),
  wape: error.describe("sum of absolute errors over people counted; null where nobody was"),
  naiveWape: error.describe("the same of last year's value"),
  ratio: error.describe("wape / naiveWape"),
  basis: z.enum(["wape", "rmse"]).describe("the error compared with the baselines; rmse for small cells"),
  error,
  best: z.enum(baselines).nullable().describe("the best of the simple baselines"),
  bestError: error,
  bestRatio: error,
  worse: z.boolean().describe("the model was worse than the best baseline by more than 5 %"),
  bias: z.number().nullable(),
  coverage80: share,
  coverage95: share,
  pinball: error,
  cells: z.int().nonnegative(),
  actual: z.int().nonnegative().describe("people counted"),
});

const status = z.object({
  ...statusShape,
  examYear: z.int().nullable().describe("first exam year forecast from the origin at hand"),
  origins: z.array(z.int()),
  horizon: z.int(),
});

export const backtestOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/backtest",
    summary: "Forecasts of earlier years, with what was known then, against what became of them",
    query,
    answers: answers(row),
  },
  {
    method: "get",
    path: "/backtest/status",
    summary: "Whether the backtest of the present data is made, and how far it is",
    query: statusQuery,
    answers: { "application/json": status },
  },
  {
    method: "post",
    path: "/backtest/prepare",
    summary: "Begins to make the backtest in the background unless it is on file; answers at once",
    body: { type: "application/json", schema: prepareBody },
    status: 202,
    answers: { "application/json": status },
  },
  {
    method: "delete",
    path: "/backtest/prepare",
    summary: "Stops the backtest; nothing of it is kept. One that is on file stays. Who waits for it is told 499",
    query: statusQuery,
    answers: { "application/json": status },
  },
];

export function backtestRoutes({ store, backtests }: Parts): Router {
  const router = Router();
  router.get("/backtest", async (request, response) => {
    const { origins, horizon, pooled, measure, grouping, level, format: wanted } = parseInput(query, request.query);
    const scope = scopeOf(response);
    const { run } = await backtests.keep({ origins, horizon });
    const table = backtestTable({ run, measure, grouping, level, scope, pooled: pooled === "true" });
    await readSnapshot(store, response, (c) =>
      sendTable(c, request, response, table, { format: wanted, name: { plain: "backtest", full: "预测检验" } }),
    );
  });
  router.get("/backtest/status", async (request, response) => {
    response.json(await backtests.status(parseInput(statusQuery, request.query)));
  });
  router.post("/backtest/prepare", async (request, response) => {
    response.status(202).json(await backtests.prepare(parseInput(prepareBody, request.body ?? {})));
  });
  router.delete("/backtest/prepare", async (request, response) => {
    response.json(await backtests.cancel(parseInput(statusQuery, request.query)));
  });
  return router;
}
