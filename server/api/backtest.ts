/** GET /backtest: how far the forecasts of earlier years were off, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { longestHorizon } from "../forecast/backtest.ts";
import { cellGroupings } from "../forecast/backtest-score.ts";
import { keepBacktest } from "../forecast/backtest-store.ts";
import { backtestTable } from "../forecast/backtest-table.ts";
import { baselines } from "../forecast/baselines.ts";
import { measures } from "../forecast/types.ts";
import { targetLevels } from "../rules/facts.ts";
import { readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, wholeText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, format } from "./tables.ts";

const query = z.strictObject({
  origins: expecting(
    z
      .string()
      .regex(/^\d{4}(,\d{4})*$/)
      .transform((text) => text.split(",").map(Number)),
    "以逗号分隔的四位年度",
    "four-digit roster years separated by commas",
  ).optional(),
  horizon: wholeText(1, longestHorizon).optional(),
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

export const backtestOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/backtest",
    summary: "Forecasts of earlier years, with what was known then, against what became of them",
    query,
    answers: answers(row),
  },
];

export function backtestRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/backtest", async (request, response) => {
    const { origins, horizon, measure, grouping, level, format: wanted } = parseInput(query, request.query);
    const scope = scopeOf(response);
    const { run } = await keepBacktest(store, library, { origins, horizon });
    await readSnapshot(store, response, (c) =>
      sendTable(c, request, response, backtestTable({ run, measure, grouping, level, scope }), {
        format: wanted,
        name: { plain: "backtest", full: "预测检验" },
      }),
    );
  });
  return router;
}
