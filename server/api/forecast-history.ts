/** GET /forecast/history and /forecast/baselines: what became of earlier exam years, and what they alone would say of the coming ones. */
import { Router } from "express";
import { z } from "zod";
import { baselines } from "../forecast/baselines.ts";
import { measures } from "../forecast/types.ts";
import { dataVersion } from "../store/index.ts";
import { baselineColumns, baselineRows, forecastHistoryTable, layOut, parseBy } from "../tables.ts";
import { goneSignal, readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { keptAnswer } from "./forecast-answers.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, by, filterShape, format, groupShape } from "./tables.ts";

const { year: _, ...filters } = filterShape;
const historyQuery = z.strictObject({ ...filters, by, format });
const baselinesQuery = z.strictObject({
  origin: expecting(yearText, "人员名册年度", "a roster year; default: the newest").optional(),
  measure: z.enum(measures).optional(),
  ...filters,
  by,
  format,
});

const count = z.int().nonnegative().nullable();
const historyRow = z.object({
  ...groupShape,
  planningEligible: count.describe("null where there is no roster of the year before"),
  applicants: count.describe("null where no applications are on file, like passes and quotaUsed"),
  quotaUsed: count.describe("null also where no quota held"),
  passes: count,
});
const baselineRow = z.object({
  ...groupShape,
  measure: z.enum(measures),
  baseline: z
    .enum(baselines)
    .describe(
      "lastYear: as in the year of the origin; yearBeforeLast: as an even number of years before; threeYearMean: mean of the last three; drift: the mean change goes on; ownRate: last share of those who could",
    ),
  value: z.number().nonnegative(),
});

export const forecastHistoryOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/forecast/history",
    summary: "Counts of the exam years on file in the groups of the forecast",
    query: historyQuery,
    answers: answers(historyRow),
  },
  {
    method: "get",
    path: "/forecast/baselines",
    summary:
      "What the simple baselines say of the five coming exam years; those the history is too short for are left out",
    query: baselinesQuery,
    answers: answers(baselineRow),
  },
];

const typeOf = (name: string) => (name === "value" ? "DOUBLE" : name === "examYear" ? "INTEGER" : "VARCHAR");
/** How often the baselines are put together anew because the data changed. */
const attempts = 3;

export function forecastHistoryRoutes({ store, forecasts }: Parts): Router {
  const router = Router();
  router.get("/forecast/history", async (request, response) => {
    const asked = parseInput(historyQuery, request.query);
    const wanted = { ...asked, by: parseBy(asked.by), scope: scopeOf(response) };
    await readSnapshot(store, response, async (c) =>
      sendTable(c, request, response, await forecastHistoryTable(c, wanted), {
        format: asked.format,
        name: { plain: "forecast-history", full: "预测-历年实际" },
      }),
    );
  });
  router.get("/forecast/baselines", async (request, response) => {
    const asked = parseInput(baselinesQuery, request.query);
    const signal = goneSignal(response);
    const { format: wanted, by: grouping, measure, ...filters } = asked;
    const question = { ...filters, by: parseBy(grouping), scope: scopeOf(response) };
    const columns = baselineColumns(question.by).map((name) => ({ name, type: typeOf(name) }));
    // The forecast and the history have to be of the same data; if it changes in between, both are asked for again.
    for (let attempt = 0; ; attempt++) {
      const forecast = await keptAnswer({ store, forecasts }, question, signal);
      const { origin } = forecast;
      const isSent = await store.read(
        async (c) => {
          const { version } = await dataVersion(c);
          if (version !== forecast.dataVersion && attempt < attempts) return false;
          response.set("x-data-version", String(version));
          const rows = await baselineRows(c, { ...question, measure, origin }, forecast.rows);
          const name = { plain: `forecast-baselines-${origin}`, full: `预测-简单基准-${origin}` };
          await sendTable(c, request, response, await layOut(c, columns, rows), { format: wanted, name });
          return true;
        },
        { signal },
      );
      if (isSent) return;
    }
  });
  return router;
}
