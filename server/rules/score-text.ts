/** How a rulebook writes its quantified score (量化考评) and the cases of it: YAML schema, checked against the catalogue of facts. */
import { z } from "zod";
import { citation, message } from "./citation-text.ts";
import { appraisalGrades, findFact, targetLevels } from "./facts.ts";
import { checkCodes, dateText, factName, unknownCode } from "./operators/fields.ts";
import { checkItemTests, itemTest } from "./operators/item-test.ts";
import { needsCodes, takesNoCodes } from "./operators/years.ts";
import { addFault, type SpecFault } from "./spec-fault.ts";

/** Which of several honours count: the single highest, all of them, or all of the highest tier. */
export const readings = ["single", "sum", "topTier"] as const;
export type Reading = (typeof readings)[number];

const yearsSource = z
  .strictObject({
    fact: factName("grades", "flags", "years").describe("a map of years or a list of years"),
    in: z.array(z.string()).min(1).optional().describe("grades that count, for a map of grades"),
    from: z.int().optional().describe("first year, relative to Y"),
    through: z.int().optional().describe("last year, relative to Y"),
  })
  .superRefine(({ fact, in: grades, from, through }, context) => {
    const kind = findFact(fact)?.type.kind;
    if (kind === "grades" && !grades) addFault(context, [], needsCodes(fact, appraisalGrades));
    else if (kind === "grades" && grades) checkCodes(grades, appraisalGrades, context, (index) => ["in", index]);
    else if (kind && grades) addFault(context, ["in"], takesNoCodes(fact));
    if (from === undefined || through === undefined || from <= through) return;
    addFault(context, ["through"], {
      name: "wrongValue",
      message: { zh: `末年 ${through} 早于首年 ${from}`, en: `the last year ${through} is before the first ${from}` },
      suggestion: { zh: "请对调 from 与 through", en: "exchange from and through" },
    });
  });

const listSource = z
  .strictObject({
    fact: factName("list").describe("a list whose records have dates"),
    where: z
      .record(z.string(), itemTest)
      .describe("by field: accepted codes, true/false, or a range; what is unknown does not count"),
  })
  .superRefine(({ fact, where }, context) => {
    const type = findFact(fact)?.type;
    if (type?.kind !== "list") return;
    checkItemTests(type.fields, where, context, ["where"]);
    if (type.fields.some(({ kind }) => kind === "date")) return;
    addFault(context, ["fact"], {
      name: "unfitFact",
      message: { zh: `信息 ${fact} 的记录没有日期`, en: `records of "${fact}" have no date` },
      suggestion: { zh: "计分的记录须有日期", en: "records that score need a date" },
    });
  });

const cited = { cite: citation, derived: z.boolean().optional() };
const points = z.number().positive();

const itemSchema = z
  .strictObject({
    item: z.string().describe("name of the item in results, unique in the rulebook"),
    label: message,
    points: points.describe("for each year or item of the list"),
    years: yearsSource.optional(),
    list: listSource.optional(),
    ...cited,
  })
  .describe(
    "With years and list both are records of the same thing: it counts once a year, with the list's date and matter.",
  )
  .superRefine(({ item, years, list }, context) => {
    if (years || list) return;
    addFault(context, [], {
      name: "missingKey",
      message: { zh: `计分项 ${item} 没有写 years 或 list`, en: `item "${item}" has neither years nor list` },
      suggestion: { zh: "请补上 years、list 或两者", en: "add years, list or both" },
    });
  });

const partHead = { label: message, cap: z.number().min(0), ...cited };
const partSchema = z.strictObject({ ...partHead, items: z.array(itemSchema) });

export const scoresSchema = z
  .strictObject({
    levels: z.array(z.enum(targetLevels)).min(1),
    document: z.string().optional().describe("the document that citations mean, where it is not the rulebook's own"),
    derived: z.boolean().optional().describe("the whole is taken from another notice"),
    period: z
      .strictObject({
        since: factName("date").describe("a date of the worker"),
        through: dateText,
        ...cited,
      })
      .describe("when dailies and honours count: both ends included, compared at the coarser precision"),
    daily: partSchema,
    honours: partSchema.extend({ reading: z.enum(readings).describe("unless asked otherwise") }),
    continuingEducation: partSchema,
    ability: z.strictObject({
      ...partHead,
      marks: z.array(
        z.strictObject({ mark: z.string(), label: message, points: points.describe("for a mark of 100") }),
      ),
    }),
  })
  .superRefine(({ ability, ...parts }, context) => {
    const type = findFact("marks")?.type;
    const marks = type?.kind === "marks" ? type.fields : [];
    for (const [index, { mark }] of ability.marks.entries()) {
      if (!marks.includes(mark)) addFault(context, ["ability", "marks", index, "mark"], unknownCode(mark, marks));
    }
    const seen = new Set<string>();
    for (const part of ["daily", "honours", "continuingEducation"] as const) {
      for (const [index, { item }] of parts[part].items.entries()) {
        if (seen.has(item)) addFault(context, [part, "items", index, "item"], standsTwice(item));
        seen.add(item);
      }
    }
  });

const standsTwice = (item: string): SpecFault => ({
  name: "duplicateId",
  message: { zh: `计分项 ${item} 重复`, en: `item "${item}" stands twice` },
  suggestion: { zh: "请改用别的名称", en: "give it another name" },
});

const scoreExpectation = z.strictObject({
  daily: z.number().optional(),
  /** Of the daily part, before the cap. */
  raw: z.number().optional(),
  honours: z.number().optional(),
  continuingEducation: z.number().optional(),
  ability: z.number().nullable().optional(),
  total: z.number().optional(),
  missing: z.array(z.string()).optional(),
  /** The property of facts that cannot be scored. */
  fault: z.string().optional(),
});

/** A case states all its facts; it departs from nobody. */
export const scoreCaseSchema = z.strictObject({
  name: z.string(),
  level: z.enum(targetLevels),
  year: z.int().optional(),
  reading: z.enum(readings).optional(),
  facts: z.record(z.string(), z.unknown()),
  expect: scoreExpectation.refine((wanted) => Object.keys(wanted).length > 0, "a case expects something"),
});

export type ScoresText = z.infer<typeof scoresSchema>;
export type ScoreItemText = z.infer<typeof itemSchema>;
export type ScoreCase = z.infer<typeof scoreCaseSchema>;
export type ScoreExpectation = z.infer<typeof scoreExpectation>;
