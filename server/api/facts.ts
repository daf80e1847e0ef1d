/** POST with the facts of one worker, or of up to 10,000 at once: what evaluations and scores share. */
import { setImmediate } from "node:timers/promises";
import type { Request, Response } from "express";
import { z } from "zod";
import { AppError, badInput } from "../errors.ts";
import { type Answer, answerItem, itemsOf } from "../evaluations.ts";
import { drained } from "./answer.ts";
import { expecting, parseInput } from "./input.ts";

const batchLimit = 10_000;

/** What is asked of whom. */
export const factsBody = z.strictObject({
  rulebook: expecting(z.string().max(100), "规则库的代码", "the id of a rulebook"),
  level: expecting(z.string().max(100), "该规则库的一个申报等级", "a target level that the rulebook covers"),
  year: expecting(z.int(), "整数，考评年度", "a whole number, the exam year").optional(),
  facts: expecting(
    z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
    "一个对象，或至多 10,000 个对象的列表",
    "an object, or a list of at most 10,000 objects",
  ),
});

export const text = z.object({ zh: z.string(), en: z.string() });
export const citation = z.object({ document: z.string(), clause: z.string() });

const itemError = z.object({
  line: z.int(),
  workerId: z.string().nullable(),
  error: z.object({ code: z.string(), property: z.string().nullable(), value: z.unknown(), message: text }),
});

/** One result, or a list with errors in the places of faulty items. */
export const oneOrMany = (result: z.ZodType) => z.union([result, z.array(z.union([result, itemError]))]);

/** The body of a request, checked. */
export function parseBody<S extends z.ZodObject>(schema: S, { body }: Request): z.output<S> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return parseInput(schema, body);
  const shape = Object.entries(schema.shape).map(([name, field]) => (isOptional(field) ? `${name}?` : name));
  throw badInput(
    `请求内容应为 JSON 对象 {${shape.join(", ")}}（Content-Type: application/json）`,
    `the body must be a JSON object {${shape.join(", ")}} (Content-Type: application/json)`,
  );
}

const isOptional = (field: unknown): boolean => field instanceof z.ZodOptional;

/** Items answered before others get their turn, about 10 ms. */
const turn = 20;

/** Answers and sends a list piece by piece: a long one holds up nobody, fills no memory, and ends when the caller goes away. */
async function sendBatch<Result>(response: Response, answer: Answer<Result>, facts: readonly unknown[]): Promise<void> {
  const items = itemsOf(facts);
  response.type("json");
  for (let from = 0; from < items.length && !response.destroyed; from += turn) {
    const texts = items.slice(from, from + turn).map((item) => JSON.stringify(answerItem(answer, item)));
    if (!response.write(`${from === 0 ? "[" : ","}${texts.join(",")}`)) await drained(response);
    await setImmediate();
  }
  response.end(items.length === 0 ? "[]" : "]");
}

/** Sends the answer to one worker's facts, or to each of a list. */
export async function sendAnswers<Result>(response: Response, answer: Answer<Result>, facts: unknown): Promise<void> {
  if (!Array.isArray(facts)) {
    response.json(answer(facts, true));
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
  if (facts.length === 1) response.json([answer(facts[0], true)]);
  else await sendBatch(response, answer, facts);
}
