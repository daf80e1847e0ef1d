import { z } from "zod";
import { monthOf } from "../dates.ts";
import { met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { Facts } from "../parse-facts.ts";
import type { Person } from "../person.ts";
import { crossed, distinct, patch, patches } from "../probes.ts";
import {
  formatMonth,
  type MonthInterval,
  type RetirementTrack,
  retirementMonth,
  retiresFromSql,
} from "../retirement.ts";
import { bindDate, leaf, type Operator, type OutcomeCases } from "../term.ts";
import { dateText, exactlyOne } from "./fields.ts";
import { several } from "./labels.ts";

const schema = z
  .strictObject({
    after: dateText
      .optional()
      .describe("退休晚于该月，恰为该月待核 · retires after this month; in the same month it cannot be told"),
    notBefore: dateText.optional().describe("退休不早于该月 · retires in this month or later"),
    within: z
      .strictObject({ from: dateText, to: dateText })
      .optional()
      .describe("在两月之间退休（含） · surely retires between these months, both included"),
  })
  .superRefine(exactlyOne("after", "notBefore", "within"));

const chineseMonth = (number: number) => `${Math.floor(number / 12)}年${(number % 12) + 1}月`;

const tracks: readonly (readonly [track: RetirementTrack, given: Facts])[] = [
  ["male60", { sex: "male", retirementTrack: null }],
  ["female50", { sex: "female", retirementTrack: null }],
  ["female55", { sex: "female", retirementTrack: "female55" }],
  ["male60", { sex: null, retirementTrack: "male60" }],
];

/** Birth dates whose month of retirement lies around a month, for every track; without one; and dates given outright. */
function aroundRetirement(limit: number): Facts[] {
  const born = tracks.flatMap(([track, given]) => {
    // The latest birth month that retires before a month; the schedule leaves no gap wider than two.
    const lastBefore = (month: number) => {
      let birth = month - 49 * 12;
      while (retirementMonth(track, birth) >= month) birth--;
      return birth;
    };
    const births = [limit, limit + 1].map(lastBefore).flatMap((birth) => [birth, birth + 1]);
    const texts = births.map(formatMonth);
    return crossed(
      [{ ...given, retirementDate: null }],
      patches("birthDate", [
        ...texts.map((month) => `${month}-01`),
        ...texts,
        ...texts.map((month) => month.slice(0, 4)),
      ]),
    );
  });
  const months = [limit - 1, limit, limit + 1].map(formatMonth);
  const birthDate = formatMonth(limit - 60 * 12);
  return [
    ...born,
    ...patches("retirementDate", [
      ...months.map((month) => `${month}-01`),
      ...months,
      ...months.map((month) => month.slice(0, 4)),
    ]),
    patch({ birthDate: null, retirementDate: null }),
    patch({ birthDate, sex: null, retirementTrack: null, retirementDate: null }),
  ];
}

/** The month of statutory retirement against a month of the rulebook. */
export const retirement: Operator<z.infer<typeof schema>> = {
  name: "retirement",
  schema,
  changesWithYear: () => true,
  bind(spec, context) {
    const months = (text: string) => monthOf(bindDate(text, context).from);
    const build = (
      decide: (found: MonthInterval) => Outcome,
      cases: OutcomeCases,
      required: unknown,
      sentence: { zh: string; en: string },
      first: number,
      /** Months of retirement at which the outcome changes. */
      limits: readonly number[],
    ) => {
      const evaluate = (person: Person): Outcome => {
        const found = person.retirement;
        return found ? decide(found) : unknown;
      };
      return leaf({
        evaluate,
        cases,
        found(person) {
          const found = person.retirement;
          if (!found) return null;
          return found.from === found.to
            ? formatMonth(found.from)
            : `${formatMonth(found.from)}/${formatMonth(found.to)}`;
        },
        required,
        sentence,
        shortfall(person) {
          const found = person.retirement;
          if (!found || evaluate(person) !== unmet || found.to >= first) return undefined;
          return {
            zh: `退休早 ${first - found.to} 个月`,
            en: `retires ${several(first - found.to, "month")} too early`,
          };
        },
        // Sex and track give the schedule; a retirement date given outright makes both unnecessary.
        missing(person) {
          if (evaluate(person) !== unknown) return [];
          if (person.facts.retirementDate) return person.isOpen("retirementDate") ? ["retirementDate"] : [];
          const open: string[] = person.isOpen("birthDate") ? ["birthDate"] : [];
          return person.track ? open : [...open, "sex", "retirementTrack"];
        },
        facts: ["birthDate", "sex", "retirementTrack", "retirementDate"],
        probes: () => distinct(limits.flatMap(aroundRetirement)),
      });
    };
    if (spec.after !== undefined) {
      const limit = months(spec.after);
      return build(
        (found) => (found.from > limit ? met : found.to < limit ? unmet : unknown),
        [
          [retiresFromSql("From", limit + 1), 2],
          [`NOT ${retiresFromSql("To", limit)}`, 0],
        ],
        formatMonth(limit),
        {
          zh: `${chineseMonth(limit)}底应仍在职（退休月份晚于该月）`,
          en: `must still be in service at the end of ${formatMonth(limit)} (retires in a later month)`,
        },
        limit + 1,
        [limit],
      );
    }
    if (spec.notBefore !== undefined) {
      const limit = months(spec.notBefore);
      return build(
        (found) => (found.from >= limit ? met : found.to < limit ? unmet : unknown),
        [
          [retiresFromSql("From", limit), 2],
          [`NOT ${retiresFromSql("To", limit)}`, 0],
        ],
        formatMonth(limit),
        { zh: `退休月份应不早于${chineseMonth(limit)}`, en: `must retire in ${formatMonth(limit)} or later` },
        limit,
        [limit],
      );
    }
    const first = months(spec.within?.from ?? "");
    const last = months(spec.within?.to ?? "");
    return build(
      (found) =>
        found.from >= first && found.to <= last ? met : found.to < first || found.from > last ? unmet : unknown,
      [
        [`${retiresFromSql("From", first)} AND NOT ${retiresFromSql("To", last + 1)}`, 2],
        [`NOT ${retiresFromSql("To", first)} OR ${retiresFromSql("From", last + 1)}`, 0],
      ],
      { from: formatMonth(first), to: formatMonth(last) },
      {
        zh: `在${chineseMonth(first)}至${chineseMonth(last)}间退休`,
        en: `retires between ${formatMonth(first)} and ${formatMonth(last)}`,
      },
      first,
      [first, last],
    );
  },
};
