/** What /rulebooks/{a}/diff/{b} answers, for openapi.json. */
import { z } from "zod";
import type { Population } from "../eligibility/population.ts";
import type { RulebookDiff } from "../rules/diff.ts";
import { targetLevels } from "../rules/facts.ts";
import { modules } from "../rules/rulebook.ts";
import {
  balanceSchema,
  citation,
  message,
  publicitySchema,
  quotaSchema,
  scoresSchema,
  summarySchema,
  windowSchema,
} from "./rulebooks-schemas.ts";

const level = z.enum(targetLevels);
const side = z.enum(["both", "a", "b"]);
const pair = <T extends z.ZodType>(value: T) => z.object({ a: value, b: value });
const compared = <T extends z.ZodType>(value: T) => z.object({ a: value, b: value, changed: z.boolean() });

const conditionSide = z
  .object({
    sentence: message,
    required: z.unknown(),
    citation,
    derived: z.boolean(),
    inheritedFrom: z.string().nullable(),
    planning: z.enum(["assume", "exclude"]).nullable(),
    advisory: z.boolean(),
    trades: z.array(z.string()).nullable(),
  })
  .nullable();

const conditionChange = z.object({
  id: z.string(),
  role: z.enum(["condition", "remark", "selectionExemption"]),
  pathways: z.array(z.string()),
  change: z.enum(["added", "removed", "changed"]),
  through: z.array(z.string()).describe("lists and dates that alone make the difference"),
  a: conditionSide,
  b: conditionSide,
});

const levelDiff = z.object({
  level,
  in: side,
  window: compared(windowSchema.nullable()),
  cutOff: compared(z.string().nullable()),
  pathways: z.array(
    z.object({
      id: z.string(),
      in: side,
      label: pair(message.nullable()),
      module: pair(z.enum(modules).nullable()),
      waived: pair(z.array(z.string())),
      relieved: pair(z.array(z.string())),
      changed: z.boolean(),
    }),
  ),
  conditions: z.array(conditionChange),
});

const decision = z.enum(["ineligible", "undetermined", "eligible"]);
const changes = z.array(z.object({ from: decision, to: decision, workers: z.int() }));
const population = z.object({
  rosterYear: z.int(),
  examYear: z.int(),
  levels: z.array(z.object({ level, workers: z.int(), changes, planningChanges: changes })),
});

export const diffSchema = z.object({
  a: summarySchema,
  b: summarySchema,
  year: pair(z.int()),
  same: z.boolean(),
  levels: z.array(levelDiff),
  lists: z.array(z.object({ name: z.string(), in: side, added: z.array(z.string()), removed: z.array(z.string()) })),
  quota: compared(quotaSchema.nullable()),
  scores: compared(scoresSchema.nullable()),
  publicity: compared(publicitySchema.nullable()),
  balance: compared(balanceSchema.nullable()),
  population: population.nullable(),
}) satisfies z.ZodType<Omit<RulebookDiff, "scores"> & { readonly population: Population | null }>;
