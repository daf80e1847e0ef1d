import { z } from "zod";
import { columnsOf, yearBits } from "../columns.ts";
import { appraisalGrades, findFact } from "../facts.ts";
import { fromBoolean } from "../kleene.ts";
import { patches } from "../probes.ts";
import { column, leaf, type Operator } from "../term.ts";
import { factName } from "./fields.ts";
import { factLabel } from "./labels.ts";

const schema = z.strictObject({ fact: factName("date").describe("已登记的日期 · a date that is on record") });

/** A date is given at all; absence is an answer (not a veteran, …), so this is never unknown. */
export const present: Operator<z.infer<typeof schema>> = {
  name: "present",
  schema,
  changesWithYear: () => false,
  bind({ fact }, { year }) {
    return leaf({
      evaluate: (person) => fromBoolean(person.date(fact) !== undefined),
      sql: `CASE WHEN ${column(`${fact}From`)} IS NULL THEN 0 ELSE 2 END`,
      found: (person) => person.dateText(fact),
      required: true,
      sentence: { zh: `应已登记${factLabel(fact).zh}`, en: `${factLabel(fact).en} must be on record` },
      facts: [fact],
      probes: () => patches(fact, [`${year - 1}-12-31`, `${year - 1}-12`, String(year - 1), null]),
    });
  },
};

const unrecordedSchema = z.strictObject({
  fact: factName("grades", "flags"),
  year: z.int().describe("没有记录的年度 Y + n · the year without record, relative to Y"),
});

/** A map of years has no record of year Y + n; for remarks such as "this appraisal may follow". Never unknown. */
export const unrecorded: Operator<z.infer<typeof unrecordedSchema>> = {
  name: "unrecorded",
  schema: unrecordedSchema,
  changesWithYear: () => true,
  bind({ fact, year }, context) {
    const definition = findFact(fact);
    if (definition?.type.kind !== "grades" && definition?.type.kind !== "flags") {
      throw new Error(`fact "${fact}" is no map of years`);
    }
    const wanted = context.year + year;
    const known = columnsOf(definition)
      .map(({ name }) => `coalesce(${column(name)}, 0::UBIGINT)`)
      .join(" | ");
    return leaf({
      evaluate: (person) => fromBoolean(person.entry(fact, wanted) === null),
      sql: `CASE WHEN ((${known}) & ${yearBits([wanted])}::UBIGINT) = 0 THEN 2 ELSE 0 END`,
      found: () => wanted,
      required: wanted,
      sentence: {
        zh: `${wanted}年${factLabel(fact).zh}尚无记录`,
        en: `no ${factLabel(fact).en} of ${wanted} on record`,
      },
      facts: [fact],
      probes() {
        const entries = [...(definition.type.kind === "flags" ? [true, false] : appraisalGrades), null];
        return patches(fact, [...entries.map((entry) => ({ [wanted]: entry })), {}, null]);
      },
    });
  },
};
