/** What the rulebook routes answer, for openapi.json. */
import { z } from "zod";
import type { RulebookDocument, RulebookSummary } from "../rules/document.ts";
import { targetLevels } from "../rules/facts.ts";
import { modules } from "../rules/rulebook.ts";
import { readings } from "../rules/score-text.ts";

export const message = z.object({ zh: z.string(), en: z.string() });
export const citation = z.object({ document: z.string(), clause: z.string() });
const planning = z.enum(["assume", "exclude"]).nullable();
const level = z.enum(targetLevels);

export const summarySchema = z.object({
  id: z.string(),
  title: message,
  year: z.int(),
  document: z.string(),
  extends: z.string().nullable(),
  levels: z.array(level),
  hash: z.string(),
}) satisfies z.ZodType<RulebookSummary>;

const condition = z.object({
  id: z.string(),
  key: z.string().describe("name inside the rulebook"),
  sentence: message,
  required: z.unknown().describe("the threshold, of a shape of its own for each kind of condition"),
  facts: z.array(z.string()),
  citation,
  derived: z.boolean(),
  inheritedFrom: z.string().nullable(),
  planning,
  advisory: z.boolean(),
  waived: z.boolean(),
  relieved: z.boolean(),
  trades: z.array(z.string()).nullable(),
  alternatives: z.array(z.object({ id: z.string(), sentence: message, planning })).nullable(),
});

const pathway = z.object({
  id: z.string(),
  module: z.enum(modules),
  label: message.nullable(),
  door: z.string().nullable(),
  conditions: z.array(condition),
});

export const windowSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  citation: citation.nullable(),
  derived: z.array(z.string()),
  workingDays: z.int().nullable(),
  workingDaysReason: message.nullable(),
});

export const quotaSchema = z.union([
  z.object({
    level,
    bands: z.array(z.object({ from: z.int(), places: z.int(), alternateYears: z.boolean() })),
    citation,
  }),
  z.object({ level, share: z.object({ of: z.literal("posts"), atMost: z.number() }), citation }),
]);

const years = z.object({
  fact: z.string(),
  in: z.array(z.string()).optional(),
  from: z.int().optional().describe("relative to the exam year"),
  through: z.int().optional(),
});
const list = z.object({ fact: z.string(), where: z.record(z.string(), z.unknown()) });
const cited = { citation, derived: z.boolean() };
const scorePart = z.object({
  ...cited,
  label: message,
  cap: z.number(),
  items: z.array(
    z.object({
      ...cited,
      item: z.string(),
      label: message,
      points: z.number(),
      years: years.optional(),
      list: list.optional(),
    }),
  ),
});
export const scoresSchema = z.object({
  levels: z.array(level),
  period: z.object({ ...cited, since: z.string(), through: z.string() }),
  daily: scorePart,
  honours: scorePart.extend({ reading: z.enum(readings) }),
  continuingEducation: scorePart,
  ability: z.object({
    ...cited,
    label: message,
    cap: z.number(),
    marks: z.array(z.object({ mark: z.string(), label: message, points: z.number() })),
  }),
});

export const publicitySchema = z.object({ workingDays: z.int(), citation });

export const balanceSchema = z.object({
  level,
  trade: z.object({ atMost: z.number(), floor: z.int() }),
  region: z.object({ by: z.literal("workersOnPost") }),
  advisory: z.literal(true),
  citation,
});

export const documentSchema = z.object({
  id: z.string(),
  title: message,
  year: z.int(),
  projected: z.boolean(),
  document: z.string(),
  extends: z.string().nullable(),
  hash: z.string(),
  lists: z.record(z.string(), z.array(z.string())),
  levels: z.array(
    z.object({
      level,
      window: windowSchema.nullable(),
      cutOff: z.string().nullable(),
      selectionExemption: condition.nullable(),
      remarks: z.array(condition),
      pathways: z.array(pathway),
    }),
  ),
  quota: quotaSchema.nullable(),
  scores: scoresSchema.nullable(),
  publicity: publicitySchema.nullable(),
  balance: balanceSchema.nullable(),
}) satisfies z.ZodType<Omit<RulebookDocument, "scores">>;
