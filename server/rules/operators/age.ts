import { z } from "zod";
import { isoDate, minusYears } from "../dates.ts";
import { factField } from "../found.ts";
import { all, any, fromBoolean, type Outcome, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { aroundDay, crossed, distinct, everyValue } from "../probes.ts";
import { bindDate, column, leaf, type Operator, ordered, outcomeSql, sqlDay } from "../term.ts";
import { dateText, exactlyOne, together } from "./fields.ts";

const schema = z
  .strictObject({
    on: dateText.describe("到哪一天 · the day"),
    atLeast: z.int().min(0).optional().describe("周岁 · years of age"),
    male: z.int().min(0).optional().describe("男，周岁 · years of age, men"),
    female: z.int().min(0).optional().describe("女，周岁 · years of age, women"),
  })
  .superRefine(exactlyOne("atLeast", "male"))
  .superRefine(together("male", "female"));

/** Age in whole years on a day, the same for all or by sex. By sex it is decided part by part. */
export const age: Operator<z.infer<typeof schema>> = {
  name: "age",
  schema,
  changesWithYear: () => true,
  bind(spec, context) {
    const day = bindDate(spec.on, context).to;
    const reached = (years: number) => {
      const limit = minusYears(day, years);
      return {
        evaluate(person: Person): Outcome {
          const birth = person.date("birthDate");
          return birth ? ordered(birth.to <= limit, birth.from > limit) : unknown;
        },
        sql: outcomeSql(
          [`"birthDateTo" <= ${sqlDay(isoDate(limit))}`, 2],
          [`"birthDateFrom" > ${sqlDay(isoDate(limit))}`, 0],
        ),
      };
    };
    const found = (person: Person) => person.dateText("birthDate");
    if (spec.atLeast !== undefined) {
      return leaf({
        ...reached(spec.atLeast),
        found,
        required: spec.atLeast,
        sentence: {
          zh: `至${isoDate(day)}应年满${spec.atLeast}周岁`,
          en: `must be at least ${spec.atLeast} on ${isoDate(day)}`,
        },
        facts: ["birthDate"],
        probes: () => aroundDay("birthDate", minusYears(day, spec.atLeast ?? 0)),
      });
    }
    const limits = { male: spec.male ?? 0, female: spec.female ?? 0 };
    const parts = (["male", "female"] as const).map((sex) => {
      const old = reached(limits[sex]);
      const isSex = (person: Person): Outcome => (person.facts.sex ? fromBoolean(person.facts.sex === sex) : unknown);
      return {
        evaluate: (person: Person) => all([isSex(person), old.evaluate(person)]),
        sql: `least(${outcomeSql([`${column("sex")} = '${sex}'`, 2], [`${column("sex")} IS NOT NULL`, 0])}, ${old.sql})`,
      };
    });
    return leaf({
      evaluate: (person) => any(parts.map((part) => part.evaluate(person))),
      sql: `greatest(${parts.map((part) => part.sql).join(", ")})`,
      fields: [factField("sex", (person) => person.facts.sex ?? null), factField("birthDate", found)],
      required: limits,
      sentence: {
        zh: `至${isoDate(day)}男应年满${limits.male}周岁、女应年满${limits.female}周岁`,
        en: `must be at least ${limits.male} (men) or ${limits.female} (women) on ${isoDate(day)}`,
      },
      facts: ["sex", "birthDate"],
      probes: () =>
        crossed(
          everyValue("sex"),
          distinct(Object.values(limits).flatMap((years) => aroundDay("birthDate", minusYears(day, years)))),
        ),
    });
  },
};
