/** How the test cases of a rulebook are written, in the same file as the rules. */
import { z } from "zod";
import { targetLevels } from "./facts.ts";

const decision = z.enum(["eligible", "ineligible", "undetermined"]);
const outcome = z.enum(["met", "unmet", "unknown", "waived"]);

const expectationSchema = z.strictObject({
  decision,
  planningDecision: decision.optional(),
  modules: z.array(z.string()).optional(),
  blocking: z.array(z.string()).optional(),
  assumed: z.array(z.string()).optional(),
  missing: z.array(z.string()).optional(),
  remarks: z.array(z.string()).optional(),
  selectionExam: z.enum(["required", "exempt"]).nullable().optional(),
  firstEligibleYear: z.int().nullable().optional(),
  /** Outcomes of pathways by id. */
  pathways: z.record(z.string(), outcome).optional(),
  /** Outcomes of conditions by pathway and id; null: not listed. */
  conditions: z.record(z.string(), z.record(z.string(), outcome.nullable())).optional(),
});

export const caseSchema = z.strictObject({
  name: z.string(),
  level: z.enum(targetLevels),
  year: z.int().optional(),
  /** Laid over the level's `person`; null makes a fact unknown. */
  facts: z.record(z.string(), z.unknown()).optional(),
  expect: expectationSchema,
});

/** By level: a person who is eligible, from whom each case departs. */
export const peopleSchema = z.partialRecord(z.enum(targetLevels), z.record(z.string(), z.unknown()));

export type Expectation = z.infer<typeof expectationSchema>;
export type RulebookCase = z.infer<typeof caseSchema>;
export type CasePeople = z.infer<typeof peopleSchema>;
