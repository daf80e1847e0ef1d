/** How a rulebook writes its quantified score (量化考评) and the cases of it: YAML schema, checked against the catalogue of facts. */
import { z } from "zod";
import { citation, message } from "./citation-text.ts";
import { appraisalGrades, type FactKind, facts, findFact, type ItemField, targetLevels } from "./facts.ts";
import { itemTest } from "./operators/items.ts";
import { nearest } from "./parse-facts.ts";
import { isDateTemplate } from "./term.ts";

/** Which of several honours count: the single highest, all of them, or all of the highest tier. */
export const readings = ["single", "sum", "topTier"] as const;
export type Reading = (typeof readings)[number];

type Fault = (path: readonly (string | number)[], text: string) => void;

const suggestion = (name: string, known: readonly string[]): string => {
  const hint = nearest(name, known);
  return hint ? ` (did you mean "${hint}"?)` : ` (expected one of ${known.join(", ")})`;
};

/** The type of a fact, if it is one of the kinds. Tells a fault otherwise. */
function typeOf<K extends FactKind["kind"]>(
  name: string,
  kinds: readonly K[],
  what: string,
  fault: Fault,
): Extract<FactKind, { kind: K }> | undefined {
  const fitting = facts.filter(({ type }) => (kinds as readonly string[]).includes(type.kind));
  const found = fitting.find((one) => one.name === name);
  if (found) return found.type as Extract<FactKind, { kind: K }>;
  const state = findFact(name) ? `fact "${name}" is no ${what}` : `unknown fact "${name}"`;
  const names = fitting.map((one) => one.name);
  fault(["fact"], `${state}${suggestion(name, names)}`);
  return undefined;
}

function checkCodes(codes: readonly (string | number | undefined)[], known: readonly string[], fault: Fault): void {
  for (const code of codes) {
    if (code !== undefined && !known.includes(String(code)))
      fault([], `unknown value "${code}"${suggestion(String(code), known)}`);
  }
}

function checkTest(field: ItemField, test: z.infer<typeof itemTest>, fault: Fault): void {
  if (typeof test === "boolean") {
    if (field.kind !== "boolean") fault([], `"${field.name}" is neither true nor false`);
    return;
  }
  if (Array.isArray(test)) {
    if (field.kind === "enum")
      checkCodes(
        test,
        field.values.map(({ code }) => code),
        fault,
      );
    else fault([], `"${field.name}" has no list of values`);
    return;
  }
  if (field.kind === "enum")
    checkCodes(
      [test.atLeast, test.atMost],
      field.values.map(({ code }) => code),
      fault,
    );
}

const yearsSource = z
  .strictObject({
    fact: z.string().describe("a map of years or a list of years"),
    in: z.array(z.string()).min(1).optional().describe("grades that count, for a map of grades"),
    from: z.int().optional().describe("first year, relative to Y"),
    through: z.int().optional().describe("last year, relative to Y"),
  })
  .superRefine(({ fact, in: grades, from, through }, context) => {
    const fault: Fault = (path, text) => context.addIssue({ code: "custom", path: [...path], message: text });
    const type = typeOf(fact, ["grades", "flags", "years"], "map or list of years", fault);
    if (type?.kind === "grades" && !grades) fault(["fact"], `say which grades of "${fact}" count (in)`);
    if (type && type.kind !== "grades" && grades) fault(["in"], `"${fact}" has no grades`);
    if (type?.kind === "grades" && grades)
      checkCodes(grades, appraisalGrades, (path, text) => fault(["in", ...path], text));
    if (from !== undefined && through !== undefined && from > through)
      fault(["through"], "the last year is before the first");
  });

const listSource = z
  .strictObject({
    fact: z.string().describe("a list whose items have dates"),
    where: z
      .record(z.string(), itemTest)
      .describe("by field: accepted codes, true/false, or a range; unknown does not count"),
  })
  .superRefine(({ fact, where }, context) => {
    const fault: Fault = (path, text) => context.addIssue({ code: "custom", path: [...path], message: text });
    const type = typeOf(fact, ["list"], "list", fault);
    if (!type) return;
    if (!type.fields.some(({ kind }) => kind === "date")) fault(["fact"], `items of "${fact}" have no date`);
    const names = type.fields.map(({ name }) => name);
    for (const [name, test] of Object.entries(where)) {
      const field = type.fields.find((one) => one.name === name);
      if (field) checkTest(field, test, (path, text) => fault(["where", name, ...path], text));
      else fault(["where", name], `items of "${fact}" have no "${name}"${suggestion(name, names)}`);
    }
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
  .refine(({ years, list }) => years || list, "an item needs years, a list, or both");

const partHead = { label: message, cap: z.number().min(0), ...cited };
const partSchema = z.strictObject({ ...partHead, items: z.array(itemSchema) });

export const scoresSchema = z
  .strictObject({
    levels: z.array(z.enum(targetLevels)).min(1),
    document: z.string().optional().describe("the document that citations mean, where it is not the rulebook's own"),
    derived: z.boolean().optional().describe("the whole is taken from another notice"),
    period: z
      .strictObject({
        since: z.string().describe("a date of the worker: items before it do not count"),
        through: z.string().refine(isDateTemplate, "expected a date such as window.to or Y-06-30"),
        ...cited,
      })
      .describe("of daily and honours, both ends included; compared at the coarser precision")
      .superRefine(({ since }, context) => {
        typeOf(since, ["date"], "date", (_, text) =>
          context.addIssue({ code: "custom", path: ["since"], message: text }),
        );
      }),
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
  .superRefine(({ ability, daily, honours, continuingEducation }, context) => {
    const fault: Fault = (path, text) => context.addIssue({ code: "custom", path: [...path], message: text });
    const type = findFact("marks")?.type;
    const marks = type?.kind === "marks" ? type.fields : [];
    ability.marks.forEach(({ mark }, index) => {
      if (!marks.includes(mark))
        fault(["ability", "marks", index, "mark"], `unknown mark "${mark}"${suggestion(mark, marks)}`);
    });
    const seen = new Set<string>();
    for (const [part, { items }] of Object.entries({ daily, honours, continuingEducation })) {
      items.forEach(({ item }, index) => {
        if (seen.has(item)) fault([part, "items", index, "item"], `item "${item}" stands twice`);
        seen.add(item);
      });
    }
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
