/** GET /forecast: the coming exam years, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import { dataVersion, type Store } from "../store/index.ts";
import { deskAnswer, type ForecastRequest, forecastStatement, parseBy } from "../tables.ts";
import { goneSignal, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { scenarioForecast, type VersionedAnswer } from "./scenario-forecast.ts";
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

/** Answers kept while the data stays the same: the newest few, of not too many rows together. */
const keptAnswers = 32;
const keptRows = 200_000;
const caches = new WeakMap<Store, Map<string, VersionedAnswer>>();

function cacheOf(store: Store): Map<string, VersionedAnswer> {
  const cache = caches.get(store) ?? new Map<string, VersionedAnswer>();
  caches.set(store, cache);
  return cache;
}

function keep(cache: Map<string, VersionedAnswer>, key: string, answer: VersionedAnswer): void {
  cache.delete(key);
  cache.set(key, answer);
  let rows = [...cache.values()].reduce((sum, one) => sum + one.rows.length, 0);
  for (const [oldest, { rows: gone }] of [...cache]) {
    if (oldest === key || (cache.size <= keptAnswers && rows <= keptRows)) break;
    cache.delete(oldest);
    rows -= gone.length;
  }
}

/** From the cache where the same was asked of the same data, else from the kept forecast. */
async function answered(
  { store, forecasts }: Parts,
  request: ForecastRequest,
  signal: AbortSignal,
): Promise<VersionedAnswer> {
  const cache = cacheOf(store);
  const keyOf = (version: number) => JSON.stringify([version, request]);
  const { version } = await store.read(dataVersion, { signal });
  const known = cache.get(keyOf(version));
  const answer =
    known ??
    (await forecasts.with({ origin: request.origin, signal }, async (c, desk) => ({
      ...(await deskAnswer(c, desk, request)),
      dataVersion: desk.dataVersion,
    })));
  keep(cache, keyOf(answer.dataVersion), answer);
  return answer;
}

export function forecastRoutes(parts: Parts): Router {
  const router = Router();
  router.get("/forecast", async (request, response) => {
    const { scenario, format: wanted, by: grouping, ...asked } = parseInput(query, request.query);
    const question = { ...asked, by: parseBy(grouping), scope: scopeOf(response) };
    const signal = goneSignal(response);
    const answer =
      scenario === undefined
        ? await answered(parts, question, signal)
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
