import { z } from "zod";
import { isoDate, minusYears } from "../dates.ts";
import { facts, findFact } from "../facts.ts";
import { met } from "../kleene.ts";
import { aroundDay } from "../probes.ts";
import { refuse } from "../spec-fault.ts";
import { bindDate, column, leaf, type Operator, ordered, sqlDay } from "../term.ts";
import { monthsShort } from "./date.ts";
import { dateText, factName } from "./fields.ts";
import { eventLabel, factLabel } from "./labels.ts";

/** Dates of which absence means that there is none. */
const records = facts.filter(({ type, absent }) => type.kind === "date" && absent === "none").map(({ name }) => name);

const schema = z.strictObject({
  fact: factName("date")
    .superRefine((name, context) => {
      // of any other date absence says nothing: taken as met it would decide for those who are not recorded
      if (!findFact(name) || records.includes(name)) return;
      refuse(context, {
        name: "unfitFact",
        message: {
          zh: `信息 ${name}（${factLabel(name).zh}）未登记不等于没有，不能用 lapsed`,
          en: `that "${name}" is not recorded does not mean that there is none: lapsed cannot ask about it`,
        },
        suggestion: { zh: `此写法可用：${records.join("、")}`, en: `fit here: ${records.join(", ")}` },
      });
    })
    .describe("记录日期；未登记视为没有记录 · date of the record; absence is none"),
  years: z.int().min(0).describe("满几年后不再计 · years after which it no longer counts"),
  by: dateText.describe("到哪一天 · the day"),
});

/** A record that no longer counts: it is so many years old by a day, or there is none. */
export const lapsed: Operator<z.infer<typeof schema>> = {
  name: "lapsed",
  schema,
  changesWithYear: () => true,
  bind({ fact, years, by }, context) {
    const day = bindDate(by, context).from;
    const limit = minusYears(day, years);
    const bound = sqlDay(isoDate(limit));
    const noun = factLabel(fact).en.replace(/^date of (the )?/, "");
    return leaf({
      evaluate(person) {
        const interval = person.date(fact);
        return interval ? ordered(interval.to <= limit, interval.from > limit) : met;
      },
      cases: [
        [`${column(`${fact}From`)} IS NULL OR ${column(`${fact}To`)} <= ${bound}`, 2],
        [`${column(`${fact}From`)} > ${bound}`, 0],
      ],
      found: (person) => person.dateText(fact),
      required: isoDate(limit),
      sentence: {
        zh: `应无${eventLabel(fact)}，或该记录至${isoDate(day)}已满${years}年`,
        en: `no ${noun}, or one made at least ${years} years before ${isoDate(day)}`,
      },
      shortfall(person) {
        const interval = person.date(fact);
        return interval && interval.from > limit ? monthsShort(limit, interval.from) : undefined;
      },
      facts: [fact],
      probes: () => aroundDay(fact, limit),
    });
  },
};
