/** GET /eligibility, /quota and /pass-rates: one table each, as JSON, CSV or Arrow. */
import { type Request, type RequestHandler, Router } from "express";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { targetLevels } from "../rules/facts.ts";
import type { Connection } from "../store/index.ts";
import {
  eligibilityColumns,
  eligibilityTable,
  examYears,
  parseBy,
  passRatesTable,
  quotaColumns,
  quotaTable,
  type Statement,
  type TableRequest,
} from "../tables.ts";
import { arrowType, formats, readSnapshot, sendTable } from "./answer.ts";
import { scopeOf } from "./caller.ts";
import { expecting, parseInput, yearText } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

/** Filters that every question about a roster shares. */
export const filterShape = {
  year: yearText,
  level: z.enum(targetLevels).optional(),
  district: expecting(
    z.string(),
    "地区代码，省、市代码包括其下各地",
    "a district code; a city or province stands for everything below it",
  ).optional(),
  trade: expecting(z.string(), "工种名称，或 unknown", 'the name of a trade, or "unknown"').optional(),
  unit: expecting(z.string(), "单位代码", "the code of a unit").optional(),
};
export const by = expecting(
  z.string(),
  "以逗号分隔的 district、trade、unit、level",
  "a comma-separated list of district, trade, unit, level",
).default("");
export const format = z.enum(formats).optional().describe("goes before the Accept header");
const tableQuery = z.strictObject({ ...filterShape, by, format });

/** Like `parseInput`; a year that is missing or malformed is answered with the exam years there are. */
export async function parseYearQuery<S extends z.ZodObject>(
  c: Connection,
  schema: S,
  request: Request,
): Promise<z.output<S>> {
  try {
    return parseInput(schema, request.query);
  } catch (error) {
    if (!(error instanceof AppError) || error.details.property !== "year") throw error;
    const allowed = await examYears(c);
    const list = allowed.join(", ");
    throw new AppError(
      error.code,
      { zh: `${error.text.zh}；可用的考评年度：${list}`, en: `${error.text.en}; exam years: ${list}` },
      { ...error.details, allowed },
    );
  }
}

const count = z.int().nonnegative();
export const groupShape = {
  district: z.string().optional(),
  districtName: z.string().optional(),
  trade: z.string().nullable().optional(),
  unit: z.string().optional(),
  unitName: z.string().optional(),
  targetLevel: z.string().optional(),
  examYear: z.int(),
};
const eligibilityRow = z.object({
  ...groupShape,
  ...Object.fromEntries(eligibilityColumns.map((name) => [name, count])),
});
const quotaRow = z.object({
  ...groupShape,
  ...Object.fromEntries(quotaColumns.map((name) => [name, count])),
  generalTrade: z.boolean().nullable(),
  posts: count.nullable(),
  holders: count.nullable(),
  quota: count.nullable(),
  left: count.nullable(),
  over: count.nullable(),
  assumed: z.boolean(),
});
const rate = z.number().min(0).max(1).nullable();
const passRateRow = z.object({
  ...groupShape,
  applications: count,
  examined: count.describe("admitted and judged: neither turned down before, nor absent, nor deferred"),
  passed: count,
  passRate: rate.describe("passed / examined"),
  low95: rate.describe("Wilson interval"),
  high95: rate,
  signal: z
    .enum(["above", "below", "inside", "few"])
    .describe("against what is expected of these levels, first and again; few: fewer than five examined"),
  again: count.describe("of examined: had applied for the level before"),
  expected: z.number().nonnegative().describe("passes expected"),
  expectedRate: rate,
  limitLow: rate.describe("limits of the rate for so many people, chance and the usual difference between groups"),
  limitHigh: rate,
  falseDiscovery: rate.describe("Benjamini–Hochberg q"),
  between: z.number().nonnegative().describe("variance between the groups besides chance"),
});
export const answers = (row: z.ZodType) => ({ "application/json": z.array(row), "text/csv": null, [arrowType]: null });

export const tableOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/eligibility",
    summary: "Counts of workers who could come forward, by district, trade, unit and level",
    query: tableQuery,
    answers: answers(eligibilityRow),
  },
  {
    method: "get",
    path: "/quota",
    summary: "Places by unit and trade, or by unit where they are a share of its posts, and their use",
    query: tableQuery,
    answers: answers(quotaRow),
  },
  {
    method: "get",
    path: "/pass-rates",
    summary: "Who applied, was examined and passed, and which groups are off what would be expected",
    query: tableQuery,
    answers: answers(passRateRow),
  },
];

type Query = z.output<typeof tableQuery>;

export function tableRoutes({ store }: Parts): Router {
  const table =
    (
      name: string,
      chinese: string,
      ask: (c: Connection, request: TableRequest) => Promise<Statement>,
    ): RequestHandler =>
    (request, response) =>
      readSnapshot(store, response, async (c) => {
        const query: Query = await parseYearQuery(c, tableQuery, request);
        const statement = await ask(c, { ...query, by: parseBy(query.by), scope: scopeOf(response) });
        const names = { plain: `${name}-${query.year}`, full: `${chinese}-${query.year}` };
        await sendTable(c, request, response, statement, { format: query.format, name: names });
      });
  const router = Router();
  router.get("/eligibility", table("eligibility", "资格统计", eligibilityTable));
  router.get("/quota", table("quota", "指标使用情况", quotaTable));
  router.get("/pass-rates", table("pass-rates", "合格率", passRatesTable));
  return router;
}
