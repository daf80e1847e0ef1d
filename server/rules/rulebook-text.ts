/** How a rulebook is written: the schema of its YAML. */
import { z } from "zod";
import { balanceSchema } from "./balance.ts";
import { firstExamYear, lastExamYear } from "./bind.ts";
import { caseSchema, peopleSchema } from "./case-schema.ts";
import { citation } from "./citation-text.ts";
import { targetLevels } from "./facts.ts";
import { vocabulary } from "./operators/fields.ts";
import { publicitySchema } from "./publicity.ts";
import { quotaSchema } from "./quota.ts";
import { modules } from "./rulebook.ts";
import { scoreCaseSchema, scoresSchema } from "./score-text.ts";
import { refuse, shown } from "./spec-fault.ts";
import { isOwnDate } from "./term.ts";

const message = z.strictObject({ zh: z.string(), en: z.string() });
/** A date of the level itself, on which others may stand. */
const ownDate = z
  .string()
  .superRefine((text, context) => {
    if (isOwnDate(text)) return;
    refuse(context, {
      name: "invalidDate",
      message: { zh: `${shown(text)} 不是日期`, en: `${shown(text)} is no date` },
      suggestion: {
        zh: "请写 Y-08-31、(Y+1)-05 或 2023-06-13",
        en: "write Y-08-31, (Y+1)-05 or 2023-06-13",
      },
    });
  })
  .register(vocabulary, { ref: "ownDate" });
const levelName = z.enum(targetLevels);
const moduleName = z.enum(modules);

const conditionSchema = z.looseObject({
  id: z.string().optional(),
  label: message.optional(),
  cite: citation.optional(),
  derived: z.boolean().optional(),
  planning: z.enum(["assume", "exclude"]).optional(),
  advisory: z.boolean().optional(),
  trades: z.array(z.string()).min(1).optional(),
  noneMet: moduleName.optional(),
});
const pathwaySchema = z.strictObject({
  id: z.string(),
  module: moduleName,
  label: message.optional(),
  door: z.string().optional(),
  omit: z.array(z.string()).optional(),
  waive: z.array(z.string()).optional(),
  relieve: z.array(z.string()).optional(),
  replace: z.record(z.string(), z.string()).optional(),
  add: z.array(z.string()).optional(),
});

const levelSchema = z.strictObject({
  window: z
    .strictObject({ from: ownDate, to: ownDate, cite: citation.optional(), derived: z.array(z.string()).optional() })
    .optional(),
  cutOff: ownDate.optional(),
  conditions: z.array(z.string()).optional(),
  pathways: z
    .array(z.union([z.string(), pathwaySchema]))
    .min(1)
    .optional(),
  selectionExemption: z.string().optional(),
  remarks: z.array(z.string()).optional(),
});

const bookId = z.string().superRefine((id, context) => {
  const [, year] = /^[a-z]+(?:-[a-z]+)*-(\d{4})$/.exec(id) ?? [];
  if (year !== undefined && Number(year) >= firstExamYear && Number(year) <= lastExamYear) return;
  refuse(context, {
    name: "invalidId",
    message:
      year === undefined
        ? { zh: `规则库编号 ${shown(id)} 不是“名称-年度”`, en: `rulebook id ${shown(id)} is not name-year` }
        : { zh: `规则库编号中的年度 ${year} 不对`, en: `the year ${year} of the rulebook id cannot be` },
    suggestion: {
      zh: `请写小写拼音加年度（${firstExamYear}…${lastExamYear}），如 nantong-2023`,
      en: `write small letters and the exam year (${firstExamYear}…${lastExamYear}), such as nantong-2023`,
    },
  });
});

export const bookSchema = z.strictObject({
  id: bookId,
  title: message,
  document: z.string(),
  extends: z.string().optional(),
  covers: z.array(levelName).min(1).optional(),
  lists: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  conditions: z.record(z.string(), conditionSchema).optional(),
  shared: z.array(z.string()).optional(),
  levels: z.partialRecord(levelName, levelSchema).optional(),
  quota: quotaSchema.optional(),
  balance: balanceSchema.optional(),
  publicity: publicitySchema.optional(),
  people: peopleSchema.optional(),
  cases: z.array(caseSchema).optional(),
  scores: scoresSchema.optional(),
  scoreCases: z.array(scoreCaseSchema).optional(),
});
export type BookText = z.infer<typeof bookSchema>;
export type LevelText = z.infer<typeof levelSchema>;
export type PathwayText = z.infer<typeof pathwaySchema>;
export type ConditionText = z.infer<typeof conditionSchema>;

export interface RulebookFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}
