/** GET /quality: a score for each district and unit by roster year; /quality/codes: what is looked for; /quality/findings: what was found. */
import { Router } from "express";
import { z } from "zod";
import { findingCodes } from "../rosters/finding-codes.ts";
import { findingCounts, findingsList, findingsTable, qualityCounts, qualityTable } from "../rosters/quality.ts";
import { parseBy } from "../tables.ts";
import { arrowType, readSnapshot, sendTable, wantedType } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, wholeText, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";
import { placesBy, searchText } from "./roster-changes.ts";
import { answers, filterShape, format } from "./tables.ts";

const rosterYear = expecting(
  yearText,
  "四位数的名册年度；不填则为所有年度",
  "a four-digit roster year; without it every one",
).optional();
const shape = { year: rosterYear, district: filterShape.district, unit: filterShape.unit };
const tableQuery = z.strictObject({ ...shape, by: placesBy, format });
const codesQuery = z.strictObject(shape);
const findingsQuery = z.strictObject({
  ...shape,
  code: z.enum(findingCodes.map(({ code }) => code)).optional(),
  severity: z.enum(["error", "warning"]).optional(),
  q: searchText,
  limit: wholeText(1, 1000).default(100).describe("of JSON; CSV and Arrow have every row"),
  offset: wholeText(0, 100_000_000).default(0),
  format,
});

const count = z.int().nonnegative();
const text = z.object({ zh: z.string(), en: z.string() });
const severity = z.enum(["error", "warning"]);
const about = z.enum(["worker", "unit", "application"]);
const row = z.object({
  district: z.string().optional(),
  districtName: z.string().optional(),
  unit: z.string().optional(),
  unitName: z.string().optional(),
  rosterYear: z.int(),
  ...Object.fromEntries(qualityCounts.map((name) => [name, count])),
  score: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("0.6 × share of rows without an error + 0.4 × share of key facts known; null without workers"),
});
const code = text.extend({ code: z.string(), severity, about, explain: text, findings: count });
const finding = text.extend({
  rosterYear: z.int(),
  code: z.string(),
  severity,
  about,
  workerId: z.string().nullable(),
  name: z.string().nullable(),
  district: z.string(),
  districtName: z.string(),
  unit: z.string(),
  unitName: z.string(),
  trade: z.string().nullable(),
  level: z.string().nullable(),
  was: z.string().nullable(),
  now: z.string().nullable(),
  other: z.string().nullable(),
  importId: z.int().nullable(),
  file: z.string().nullable(),
  sheet: z.string().nullable(),
  sourceRow: z.int().nullable(),
});

export const qualityOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/quality",
    summary: "Data quality of the rosters by district and unit; without a year the trend",
    query: tableQuery,
    answers: answers(row),
  },
  {
    method: "get",
    path: "/quality/codes",
    summary: "What is looked for, and how often it was found",
    query: codesQuery,
    answers: { "application/json": z.array(code) },
  },
  {
    method: "get",
    path: "/quality/findings",
    summary: "What was found, each as a sentence with its place in the file",
    query: findingsQuery,
    answers: {
      "application/json": z.object({ total: z.int(), rows: z.array(finding) }),
      "text/csv": null,
      [arrowType]: null,
    },
  },
];

export function qualityRoutes({ store }: Parts): Router {
  const router = Router();
  router.get("/quality", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const query = parseInput(tableQuery, request.query);
      const statement = await qualityTable(c, { ...query, by: parseBy(query.by), scope: scopeOf(response) });
      const suffix = query.year === undefined ? "" : `-${query.year}`;
      const name = { plain: `quality${suffix}`, full: `数据质量${suffix}` };
      await sendTable(c, request, response, statement, { format: query.format, name });
    }),
  );
  router.get("/quality/codes", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const query = parseInput(codesQuery, request.query);
      response.json(await findingCounts(c, { ...query, scope: scopeOf(response) }));
    }),
  );
  router.get("/quality/findings", (request, response) =>
    readSnapshot(store, response, async (c) => {
      const query = { ...parseInput(findingsQuery, request.query), scope: scopeOf(response) };
      if (wantedType(request, query.format) === "application/json") {
        response.vary("Accept").json(await findingsList(c, query));
        return;
      }
      const suffix = query.year === undefined ? "" : `-${query.year}`;
      const name = { plain: `findings${suffix}`, full: `数据存疑${suffix}` };
      await sendTable(c, request, response, await findingsTable(c, query), { format: query.format, name });
    }),
  );
  return router;
}
