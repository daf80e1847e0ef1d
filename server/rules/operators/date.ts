import { z } from "zod";
import type { Message } from "../../errors.ts";
import { dayOf, isoDate, yearOf } from "../dates.ts";
import { findFact } from "../facts.ts";
import { met, type Outcome, unknown } from "../kleene.ts";
import type { Person } from "../person.ts";
import { aroundDay } from "../probes.ts";
import { bindDate, column, leaf, type Operator, ordered, sqlDay } from "../term.ts";
import { dateText, exactlyOne, factName } from "./fields.ts";
import { factLabel, several } from "./labels.ts";

const schema = z
  .strictObject({
    fact: factName("date"),
    yearAtMost: z.int().optional().describe("Y + n 年或更早，只比年份 · in calendar year Y + n or earlier"),
    notAfter: dateText.optional().describe("不晚于 · that day or earlier"),
    notBefore: dateText.optional().describe("不早于 · that day or later"),
  })
  .superRefine(exactlyOne("yearAtMost", "notAfter", "notBefore"));

/** A date on one side of a threshold. */
export const date: Operator<z.infer<typeof schema>> = {
  name: "date",
  schema,
  changesWithYear: () => true,
  bind({ fact, yearAtMost, notAfter, notBefore }, context) {
    const label = factLabel(fact);
    const isValidity = label.zh.endsWith("有效期至");
    const absentIsMet = findFact(fact)?.absent === "none";
    const from = column(`${fact}From`);
    const to = column(`${fact}To`);
    const found = (person: Person) => person.dateText(fact);
    const absent: Outcome = absentIsMet ? met : unknown;
    if (notBefore !== undefined) {
      const limit = bindDate(notBefore, context).from;
      const day = sqlDay(isoDate(limit));
      return leaf({
        evaluate(person) {
          const interval = person.date(fact);
          return interval ? ordered(interval.from >= limit, interval.to < limit) : absent;
        },
        cases: [
          ...(absentIsMet ? [[`${from} IS NULL`, met] as const] : []),
          [`${from} >= ${day}`, 2],
          [`${to} < ${day}`, 0],
        ],
        found,
        required: isoDate(limit),
        sentence: {
          zh: isValidity
            ? `${label.zh.replace(/至$/, "")}应至少到${isoDate(limit)}`
            : `${label.zh}应不早于${isoDate(limit)}`,
          en: isValidity
            ? `${label.en.replace(/ valid until$/, "")} must be valid until ${isoDate(limit)} or later`
            : `${label.en} must be ${isoDate(limit)} or later`,
        },
        facts: [fact],
        probes: () => aroundDay(fact, limit),
      });
    }
    const byYear = yearAtMost !== undefined;
    const limit = byYear ? dayOf(context.year + yearAtMost, 12, 31) : bindDate(notAfter ?? "", context).to;
    const day = sqlDay(isoDate(limit));
    return leaf({
      evaluate(person) {
        const interval = person.date(fact);
        return interval ? ordered(interval.to <= limit, interval.from > limit) : absent;
      },
      cases: [
        ...(absentIsMet ? [[`${from} IS NULL`, met] as const] : []),
        [`${to} <= ${day}`, 2],
        [`${from} > ${day}`, 0],
      ],
      found,
      required: byYear ? yearOf(limit) : isoDate(limit),
      sentence: byYear
        ? {
            zh: `${label.zh}应在${yearOf(limit)}年底前`,
            en: `${label.en} must be in ${yearOf(limit)} or earlier`,
          }
        : { zh: `${label.zh}应不晚于${isoDate(limit)}`, en: `${label.en} must be ${isoDate(limit)} or earlier` },
      shortfall(person) {
        const interval = person.date(fact);
        if (!interval || interval.from <= limit) return undefined;
        return byYear
          ? yearsShort(yearOf(interval.from) - yearOf(limit))
          : { zh: `晚 ${interval.from - limit} 天`, en: `${several(interval.from - limit, "day")} late` };
      },
      facts: [fact],
      probes: () => aroundDay(fact, limit),
    });
  },
};

export function yearsShort(years: number): Message {
  return { zh: `还差 ${years} 年`, en: `${several(years, "year")} short` };
}

/** Months between two days, rounded up, as text: "还差 7 个月". */
export function monthsShort(from: number, to: number): Message {
  const months = Math.max(1, Math.ceil((to - from) / 30.4375));
  const years = Math.floor(months / 12);
  if (months % 12 === 0) return yearsShort(years);
  return {
    zh: `还差 ${years > 0 ? `${years} 年 ` : ""}${months % 12} 个月`,
    en: `${years > 0 ? `${several(years, "year")} ` : ""}${several(months % 12, "month")} short`,
  };
}
