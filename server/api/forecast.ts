/** GET /forecast: the coming exam years, as JSON, CSV or Arrow. */
import { Router } from "express";
import { z } from "zod";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { dataVersion, type Store } from "../store/index.ts";
import {
  type ForecastAnswer,
  type ForecastRequest,
  forecastAnswer,
  forecastStatement,
  forecastTimeoutMs,
  parseBy,
} from "../tables.ts";
import { goneSignal, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { answers, by, filterShape, format, groupShape } from "./tables.ts";

const { year: _, ...filters } = filterShape;
const query = z.strictObject({
  from: yearText.optional(),
  to: yearText.optional(),
  origin: expecting(yearText, "人员名册年度", "a roster year; later data is left out of account").optional(),
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

/** Answers kept while the data stays the same: the newest few, for a forecast takes seconds. */
const kept = 32;
const caches = new WeakMap<Store, Map<string, ForecastAnswer>>();

function cacheOf(store: Store): Map<string, ForecastAnswer> {
  const cache = caches.get(store) ?? new Map<string, ForecastAnswer>();
  caches.set(store, cache);
  return cache;
}

/** From the cache where the same was asked of the same data. */
async function answered(
  store: Store,
  library: RulebookLibrary,
  request: ForecastRequest,
  c: Parameters<typeof forecastAnswer>[0],
  version: number,
): Promise<ForecastAnswer> {
  const cache = cacheOf(store);
  const key = JSON.stringify([version, request]);
  const known = cache.get(key);
  const answer = known ?? (await forecastAnswer(c, library, request));
  cache.delete(key);
  cache.set(key, answer);
  for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - kept))) cache.delete(oldest);
  return answer;
}

export function forecastRoutes({ store, library }: Parts): Router {
  const router = Router();
  router.get("/forecast", async (request, response) => {
    const asked = parseInput(query, request.query);
    const wanted = { ...asked, by: parseBy(asked.by), scope: scopeOf(response) };
    await store.read(
      async (c) => {
        const { version } = await dataVersion(c);
        response.set("x-data-version", String(version));
        const answer = await answered(store, library, wanted, c, version);
        response.set("x-forecast-basis", answer.basis.map(({ code }) => code).join(","));
        const name = { plain: `forecast-${answer.origin}`, full: `预测-${answer.origin}` };
        await sendTable(c, request, response, await forecastStatement(c, answer), { format: asked.format, name });
      },
      { signal: goneSignal(response), timeoutMs: forecastTimeoutMs },
    );
  });
  return router;
}
