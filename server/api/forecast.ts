/** GET /forecast: the coming exam years, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { forecastStatement, parseBy } from "../tables.ts";
import { goneSignal, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { keptAnswer } from "./forecast-answers.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { scenarioForecast } from "./scenario-forecast.ts";
import { answers, by, filterShape, format, groupShape } from "./tables.ts";

const { year: _, ...filters } = filterShape;
const query = z.strictObject({
  from: yearText.optional(),
  to: yearText.optional(),
  origin: expecting(yearText, "人员名册年度", "a roster year; later data is left out of account").optional(),
  scenario: expecting(
    z.string(),
    "已保存的政策推演编号",
    "id of a saved scenario; its rows in place of the base",
  ).optional(),
  ...filters,
  by,
  format,
});

const mean = z.number().nonnegative();
const end = z.int().nonnegative();
const ends = (measure: string, schema: z.ZodType) =>
  Object.fromEntries(["Low80", "High80", "Low95", "High95"].map((bound) => [`${measure}${bound}`, schema]));
const row = z.object({
  ...groupShape,
  targetLevel: z
    .string()
    .nullable()
    .optional()
    .describe("null: people at the highest level, or whose level is not known"),
  workers: mean.describe("on the roster of 31 December before; each once, at the level above the present one"),
  planningEligible: mean,
  ...ends("planningEligible", end),
  applicants: mean.nullable().describe("null where there is no history to learn from, like passes and quotaUsed"),
  ...ends("applicants", end.nullable()),
  quota: mean.nullable().describe("null where no quota holds"),
  quotaUsed: mean.nullable(),
  ...ends("quotaUsed", end.nullable()),
  passes: mean.nullable(),
  ...ends("passes", end.nullable()),
  passRate: z.number().min(0).max(1).nullable(),
  retirements: mean,
  ...Object.fromEntries(
    [0, 1, 2, 3].map((n) => [
      `quotaUsed${n}`,
      z
        .number()
        .min(0)
        .max(1)
        .nullable()
        .describe(`probability that ${n === 3 ? "3 or more" : n} places of the unit are used`),
    ]),
  ),
});

export const forecastOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/forecast",
    summary:
      "Means and 80 % and 95 % intervals of the coming exam years; what they lean on in the header x-forecast-basis",
    query,
    answers: answers(row),
  },
];

export function forecastRoutes(parts: Parts): Router {
  const router = Router();
  router.get("/forecast", async (request, response) => {
    const { scenario, format: wanted, by: grouping, ...asked } = parseInput(query, request.query);
    const question = { ...asked, by: parseBy(grouping), scope: scopeOf(response) };
    const signal = goneSignal(response);
    const answer =
      scenario === undefined
        ? await keptAnswer(parts, question, signal)
        : await scenarioForecast(parts, scenario, question, signal);
    response.set("x-data-version", String(answer.dataVersion));
    response.set("x-forecast-basis", answer.basis.map(({ code }) => code).join(","));
    const name = { plain: `forecast-${answer.origin}`, full: `预测-${answer.origin}` };
    await parts.store.read(
      async (c) => sendTable(c, request, response, await forecastStatement(c, answer), { format: wanted, name }),
      { signal },
    );
  });
  return router;
}
