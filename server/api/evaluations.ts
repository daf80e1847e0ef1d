/** POST /evaluations: one worker's facts, or up to 10,000 at once. */
import { setImmediate } from "node:timers/promises";
import { type Response, Router } from "express";
import { z } from "zod";
import { AppError, badInput } from "../errors.ts";
import { evaluateItem, evaluateOne, itemsOf, type Question, question } from "../evaluations.ts";
import { drained } from "./answer.ts";
import { expecting, parseInput } from "./input.ts";
import type { Operation } from "./operation.ts";
import type { Parts } from "./parts.ts";

const batchLimit = 10_000;

const body = z.strictObject({
  rulebook: expecting(z.string().max(100), "规则库的代码", "the id of a rulebook"),
  level: expecting(z.string().max(100), "该规则库的一个申报等级", "a target level that the rulebook covers"),
  year: expecting(z.int(), "整数，考评年度", "a whole number, the exam year").optional(),
  facts: expecting(
    z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
    "一个对象，或至多 10,000 个对象的列表",
    "an object, or a list of at most 10,000 objects",
  ),
});

const text = z.object({ zh: z.string(), en: z.string() });
const outcome = z.enum(["met", "unmet", "unknown"]);
const decision = z.enum(["eligible", "ineligible", "undetermined"]);

/** The evaluation result of the interface. */
export const evaluationResult = z.object({
  rulebook: z.string(),
  examYear: z.int(),
  projected: z.boolean(),
  targetLevel: z.string(),
  workerId: z.string().nullable(),
  decision,
  planningDecision: decision,
  assumed: z.array(z.string()),
  modules: z.array(z.string()),
  remarks: z.array(z.string()),
  selectionExam: z.enum(["required", "exempt"]).nullable(),
  firstEligibleYear: z.int().nullable(),
  missing: z.array(z.string()),
  blocking: z.array(z.string()),
  pathways: z.array(
    z.object({
      id: z.string(),
      module: z.string(),
      outcome,
      conditions: z.array(
        z.object({
          id: z.string(),
          outcome: z.enum(["met", "unmet", "unknown", "waived"]),
          found: z.unknown(),
          required: z.unknown(),
          text,
          citation: z.object({ document: z.string(), clause: z.string() }),
          derived: z.boolean(),
        }),
      ),
    }),
  ),
});

const itemError = z.object({
  line: z.int(),
  workerId: z.string().nullable(),
  error: z.object({ code: z.string(), property: z.string().nullable(), value: z.unknown(), message: text }),
});

export const evaluationOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/evaluations",
    summary: "Decide one worker, or a list: a faulty item of a list gets its error in its place",
    body: { type: "application/json", schema: body },
    answers: {
      "application/json": z.union([evaluationResult, z.array(z.union([evaluationResult, itemError]))]),
    },
  },
];

/** Items decided before others get their turn, about 10 ms. */
const turn = 20;

/** Decides and sends a list piece by piece: a long one holds up nobody, fills no memory, and ends when the caller goes away. */
async function sendBatch(response: Response, asked: Question, facts: readonly unknown[]): Promise<void> {
  const items = itemsOf(facts);
  response.type("json");
  for (let from = 0; from < items.length && !response.destroyed; from += turn) {
    const texts = items.slice(from, from + turn).map((item) => JSON.stringify(evaluateItem(asked, item)));
    if (!response.write(`${from === 0 ? "[" : ","}${texts.join(",")}`)) await drained(response);
    await setImmediate();
  }
  response.end(items.length === 0 ? "[]" : "]");
}

export function evaluationRoutes({ library }: Parts): Router {
  const router = Router();
  router.post("/evaluations", async (request, response) => {
    const input: unknown = request.body;
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      throw badInput(
        "请求内容应为 JSON 对象 {rulebook, level, year?, facts}（Content-Type: application/json）",
        "the body must be a JSON object {rulebook, level, year?, facts} (Content-Type: application/json)",
      );
    }
    const { rulebook, level, year, facts } = parseInput(body, input);
    const asked = question(library, rulebook, level, year);
    if (!Array.isArray(facts)) {
      response.json(evaluateOne(asked, facts));
      return;
    }
    if (facts.length > batchLimit) {
      throw new AppError(
        "too-large",
        {
          zh: `一次最多 ${batchLimit} 人，收到 ${facts.length} 人`,
          en: `at most ${batchLimit} items, got ${facts.length}`,
        },
        { property: "facts", limit: batchLimit },
      );
    }
    // one item alone is answered, or refused, like a single worker
    const [only] = facts;
    if (facts.length === 1) response.json([evaluateOne(asked, only)]);
    else await sendBatch(response, asked, facts);
  });
  return router;
}
