/** How a rulebook is written: the schema of its YAML. */
import { z } from "zod";
import { balanceSchema } from "./balance.ts";
import { firstExamYear, lastExamYear } from "./bind.ts";
import { caseSchema, peopleSchema } from "./case-schema.ts";
import { citation, message } from "./citation-text.ts";
import { targetLevels } from "./facts.ts";
import { vocabulary } from "./operators/fields.ts";
import { publicitySchema } from "./publicity.ts";
import { quotaSchema } from "./quota.ts";
import { modules } from "./rulebook.ts";
import { scoreCaseSchema, scoresSchema } from "./score-text.ts";
import { refuse, shown } from "./spec-fault.ts";
import { isOwnDate } from "./term.ts";

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
const levelName = z.enum(targetLevels).register(vocabulary, { ref: "levelName" });
const moduleName = z.enum(modules).register(vocabulary, { ref: "moduleName" });
const conditionName = z.string().describe("条件名 · name of a condition");

export const conditionSchema = z
  .looseObject({
    id: z.string().optional().describe("结果中的编号，默认为条件名 · id in results, the name unless given"),
    label: message.optional().describe("自拟的说明，代替自动生成的 · words of your own in place of generated ones"),
    cite: citation.optional().describe("依据条款 · the clause it rests on"),
    derived: z.boolean().optional().describe("通知本身没写，取自同系统的通知 · not in the notice itself"),
    planning: z
      .enum(["assume", "exclude"])
      .optional()
      .describe("规划中未知时：assume 视为会有，exclude 视为没有 · an unknown in planning: taken as met, as unmet"),
    advisory: z.boolean().optional().describe("只列出，不决定 · listed, decides nothing"),
    trades: z.array(z.string()).min(1).optional().describe("只适用的工种 · only for these trades"),
    noneMet: moduleName.optional().describe("该类别的途径都不符合 · no pathway of the module is met"),
  })
  .register(vocabulary, { ref: "condition" });

const pathwaySchema = z.strictObject({
  id: z.string().describe("途径编号 · id of the pathway"),
  module: moduleName.describe("申报类别 · module"),
  label: message.optional().describe("名称 · label"),
  door: conditionName.optional().describe("走这条途径的前提，排在最后 · what says whether one is on it, listed last"),
  omit: z.array(z.string()).optional().describe("略去的条件编号 · ids of conditions left out"),
  waive: z.array(z.string()).optional().describe("免除的条件编号，仍列出 · ids of conditions waived but listed"),
  relieve: z
    .array(z.string())
    .optional()
    .describe("放宽的条件编号，不符合时待核 · ids of conditions that are unknown when unmet"),
  replace: z.record(z.string(), conditionName).optional().describe("替换：条件编号 → 条件名 · condition id → name"),
  add: z.array(conditionName).optional().describe("增加的条件 · conditions added"),
});

export const levelSchema = z
  .strictObject({
    window: z
      .strictObject({
        from: ownDate.describe("起日 · first day"),
        to: ownDate.describe("止日 · last day"),
        cite: citation.optional().describe("依据条款 · clause"),
        derived: z
          .array(z.enum(["from", "to"]))
          .optional()
          .describe("通知没写的一端 · ends the notice does not state"),
      })
      .optional()
      .describe("申报期 · window"),
    cutOff: ownDate.optional().describe("在职截止月 · month through which one must be in service"),
    conditions: z.array(conditionName).optional().describe("条件，按顺序 · conditions, in order"),
    pathways: z
      .array(z.union([z.string().describe("所继承的途径编号 · id of an inherited pathway"), pathwaySchema]))
      .min(1)
      .optional()
      .describe("途径，按顺序 · pathways, in order"),
    selectionExemption: conditionName.optional().describe("免选拔考试的条件 · exempts from the selection exam"),
    remarks: z.array(conditionName).optional().describe("备注：符合则提示 · remarks, shown when met"),
  })
  .register(vocabulary, { ref: "level" });

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
  id: bookId.describe("名称-年度，如 nantong-2023 · name-year"),
  title: message.describe("名称 · title"),
  document: z.string().describe("通知文号 · the notice"),
  extends: z.string().optional().describe("所继承的规则库 · the rulebook it extends"),
  covers: z.array(levelName).min(1).optional().describe("只管这些等级 · the levels it decides"),
  lists: z
    .record(z.string(), z.array(z.string()).min(1))
    .optional()
    .describe("取值列表：名称 → 值 · lists of values by name"),
  conditions: z.record(z.string(), conditionSchema).optional().describe("条件：名称 → 条件 · conditions by name"),
  shared: z.array(conditionName).optional().describe("各等级共同的条件 · conditions of every level"),
  levels: z.partialRecord(levelName, levelSchema).optional().describe("各等级 · levels"),
  quota: quotaSchema.optional(),
  balance: balanceSchema.optional(),
  publicity: publicitySchema.optional(),
  people: peopleSchema.optional().describe("各等级案例的本人 · by level: the person of the cases"),
  cases: z.array(caseSchema).optional().describe("案例 · test cases"),
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
