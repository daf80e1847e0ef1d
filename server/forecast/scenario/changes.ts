/** What a scenario changes: a list, applied in order to the rulebooks in use and to what the forecast assumes. */
import { z } from "zod";
import { targetLevels } from "../../rules/facts.ts";

const level = z.enum(targetLevels);
const name = z.string().min(1).max(100);
const factor = z.number().min(0.01).max(100);
const share = z.number().min(0).max(1);
const months = z.int().min(1).max(36);

export const bandSchema = z.strictObject({
  from: z.int().min(1).max(100_000).describe("at least so many people on post at the level below"),
  places: z.int().min(0).max(1000),
  alternateYears: z.boolean().optional().describe("only when no place was used in the year before"),
});

export const changeSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("threshold"),
      rulebook: name,
      level,
      pathway: name.optional().describe("which text is meant where pathways ask differently; the first by default"),
      condition: name.describe("id or key of the condition"),
      parameter: name.describe("one of the parameters in /scenarios/options"),
      value: z.union([z.number(), z.string().min(1).max(40)]).describe("in the unit told by /scenarios/options"),
    })
    .describe("a threshold, wherever the level uses that text"),
  z
    .strictObject({ kind: z.literal("waive"), rulebook: name, level, condition: name, pathway: name.optional() })
    .describe("a condition that is no longer asked for"),
  z
    .strictObject({
      kind: z.literal("trade"),
      trade: name,
      open: z.boolean(),
      level: level.optional(),
      rulebook: name.optional(),
    })
    .describe("a trade closed or opened; without level and rulebook at all of them"),
  z
    .strictObject({ kind: z.literal("bands"), rulebook: name, level, bands: z.array(bandSchema).min(1).max(20) })
    .describe("the quota bands of the rulebook"),
  z
    .strictObject({ kind: z.literal("cycle"), rulebook: name, level, years: z.literal([1, 2]) })
    .describe("registration every year, or in even years only"),
  z
    .strictObject({ kind: z.literal("passing"), factor, level: level.optional() })
    .describe("factor on the odds of passing the exams"),
  z
    .strictObject({ kind: z.literal("propensity"), factor, level: level.optional() })
    .describe("factor on the odds of coming forward"),
  z
    .strictObject({ kind: z.literal("hiring"), factor: z.number().min(0).max(100) })
    .describe("hires against those of the last years"),
  z
    .strictObject({
      kind: z.literal("elastic"),
      earlyShare: share,
      earlyMonths: months,
      lateShare: share,
      lateMonths: months,
    })
    .refine(({ earlyShare, lateShare }) => earlyShare + lateShare <= 1, {
      message: "earlyShare and lateShare together are at most 1",
    })
    .describe("shares that retire early and late"),
]);

export type Change = z.infer<typeof changeSchema>;
export type ChangeOf<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;
/** Most changes of one scenario. */
export const mostChanges = 40;
export const changesSchema = z.array(changeSchema).max(mostChanges);

/** Those that change a rulebook. */
export type RuleChange = ChangeOf<"threshold" | "waive" | "trade" | "bands" | "cycle">;

export function isRuleChange(change: Change): change is RuleChange {
  return ["threshold", "waive", "trade", "bands", "cycle"].includes(change.kind);
}
