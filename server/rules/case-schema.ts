/** How the test cases of a rulebook are written, in the same file as the rules. */
import { z } from "zod";
import { targetLevels } from "./facts.ts";
import { vocabulary } from "./operators/fields.ts";

const decision = z.enum(["eligible", "ineligible", "undetermined"]);
const outcome = z.enum(["met", "unmet", "unknown", "waived"]);

const expectationSchema = z.strictObject({
  decision: decision.describe("结论 · decision"),
  planningDecision: decision.optional().describe("规划结论 · planning decision"),
  modules: z.array(z.string()).optional().describe("符合的申报类别 · modules of the met pathways"),
  blocking: z.array(z.string()).optional().describe("卡在哪些条件 · conditions that block"),
  assumed: z.array(z.string()).optional().describe("规划中的假定 · what planning assumes"),
  missing: z.array(z.string()).optional().describe("缺哪些信息 · facts that are missing"),
  remarks: z.array(z.string()).optional().describe("备注 · remarks"),
  selectionExam: z.enum(["required", "exempt"]).nullable().optional().describe("选拔考试 · selection exam"),
  firstEligibleYear: z.int().nullable().optional().describe("最早可申报年度 · first eligible year"),
  pathways: z.record(z.string(), outcome).optional().describe("途径编号 → 结果 · outcomes of pathways by id"),
  conditions: z
    .record(z.string(), z.record(z.string(), outcome.nullable()))
    .optional()
    .describe("途径 → 条件 → 结果，null 为未列出 · outcomes by pathway and condition; null: not listed"),
});

const statedFacts = z.record(z.string(), z.unknown()).register(vocabulary, { ref: "facts" });

export const caseSchema = z.strictObject({
  name: z.string().describe("案例名 · name"),
  level: z.enum(targetLevels).register(vocabulary, { ref: "levelName" }),
  year: z.int().optional().describe("考评年度，默认规则库的年度 · exam year, the rulebook's own unless given"),
  facts: statedFacts
    .optional()
    .describe("与该等级本人不同之处，null 为未知 · laid over the level's person; null makes a fact unknown"),
  expect: expectationSchema.describe("期望 · what is expected"),
});

const listKeys = ["modules", "blocking", "assumed", "missing", "remarks"];
const isOneOf = (known: readonly string[]) => (value: unknown) => known.includes(value as string);
const isDecision = isOneOf(decision.options);
const isOutcome = isOneOf(outcome.options);
const isText = (value: unknown) => typeof value === "string";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isRecordOf = (value: unknown, test: (inner: unknown) => boolean) =>
  isRecord(value) && Object.values(value).every(test);

function isPlainExpectation(key: string, value: unknown): boolean {
  if (key === "decision" || key === "planningDecision") return isDecision(value);
  if (listKeys.includes(key)) return Array.isArray(value) && value.every(isText);
  if (key === "firstEligibleYear") return value === null || Number.isSafeInteger(value);
  if (key === "selectionExam") return value === null || value === "required" || value === "exempt";
  if (key === "pathways") return isRecordOf(value, isOutcome);
  return (
    key === "conditions" && isRecordOf(value, (one) => isRecordOf(one, (inner) => inner === null || isOutcome(inner)))
  );
}

/**
 * Whether a case is surely as `caseSchema` asks. There are hundreds of cases, and the schema takes longer to find nothing; where
 * this says no, the schema says why.
 */
export function isPlainCase(one: unknown): boolean {
  if (!isRecord(one) || !isRecord(one.expect)) return false;
  const { name, level, year, facts, expect, ...strange } = one;
  for (const _key in strange) return false;
  return (
    isText(name) &&
    isOneOf(targetLevels)(level) &&
    (year === undefined || Number.isSafeInteger(year)) &&
    (facts === undefined || isRecord(facts)) &&
    isDecision(expect.decision) &&
    Object.entries(expect).every(([key, value]) => isPlainExpectation(key, value))
  );
}

/** By level: a person who is eligible, from whom each case departs. */
export const peopleSchema = z.partialRecord(z.enum(targetLevels), statedFacts);

export type Expectation = z.infer<typeof expectationSchema>;
export type RulebookCase = z.infer<typeof caseSchema>;
export type CasePeople = z.infer<typeof peopleSchema>;
