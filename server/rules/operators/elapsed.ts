import { z } from "zod";
import { type DateInterval, type Day, dayOf, formatInterval, isoDate, minusYears, yearOf } from "../dates.ts";
import { factField } from "../found.ts";
import { met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { Facts } from "../parse-facts.ts";
import type { Person } from "../person.ts";
import { aroundDay, crossed, distinct, patch } from "../probes.ts";
import { addFault } from "../spec-fault.ts";
import { bindDate, column, leaf, type Operator, type OutcomeCases, ordered, sqlDay } from "../term.ts";
import { monthsShort, yearsShort } from "./date.ts";
import { dateText, exactlyOne, factName } from "./fields.ts";
import { eventLabel, factLabel } from "./labels.ts";

const schema = z
  .strictObject({
    from: z
      .union([factName("date"), z.array(factName("date")).min(1)])
      .describe("起点；几项取登记了的最早者 · the start: the earliest of these facts that is given"),
    count: z
      .enum(["calendar", "day"])
      .describe(
        "calendar 止年−起年+1，day 满整年、止日计入 · year of the end − year of the start + 1, or whole years to the day after the end",
      ),
    through: dateText.optional().describe("止于规则库的日期 · the end: a date of the rulebook"),
    throughFact: factName("date").optional().describe("止于本人的日期，只能按年度计 · the end: a fact, calendar only"),
    atLeast: z.int().min(0).optional().describe("满几年 · years, at least"),
    lessThan: z.int().min(1).optional().describe("不满几年 · years, fewer than"),
  })
  .superRefine(exactlyOne("through", "throughFact"))
  .superRefine(exactlyOne("atLeast", "lessThan"))
  .superRefine((spec, context) => {
    if (spec.throughFact === undefined || spec.count === "calendar") return;
    addFault(context, ["count"], {
      name: "wrongValue",
      message: { zh: "throughFact 只能按年度计", en: "throughFact counts by calendar years only" },
      suggestion: { zh: "请写 count: calendar", en: "write count: calendar" },
    });
  });

function earliest(person: Person, names: readonly string[]): DateInterval | undefined {
  let start: DateInterval | undefined;
  for (const name of names) {
    const date = person.date(name);
    if (!start) start = date;
    else if (date) start = { from: Math.min(start.from, date.from), to: Math.min(start.to, date.to) };
  }
  return start;
}

const sameInterval = (one: DateInterval | undefined, other: DateInterval) =>
  one?.from === other.from && one.to === other.to;

// least() leaves nulls out, which is what "of those given" asks.
const earliestSql = (names: readonly string[], end: "From" | "To") =>
  names.length === 1
    ? column(`${names[0]}${end}`)
    : `least(${names.map((name) => column(`${name}${end}`)).join(", ")})`;

/** Each start around the limit with no other start, and the first with the others before or after it. */
function startsAround(names: readonly string[], limit: Day): Facts[] {
  const none = Object.fromEntries(names.map((name) => [name, null]));
  const alone = names.flatMap((name) => crossed([patch(none)], aroundDay(name, limit)));
  if (names.length === 1) return alone;
  const [first, ...others] = names;
  const together = [limit, limit + 1, null].flatMap((start) =>
    [limit - 1, limit + 1].map((other) =>
      patch({
        [first ?? ""]: start === null ? null : isoDate(start),
        ...Object.fromEntries(others.map((name) => [name, isoDate(other)])),
      }),
    ),
  );
  return distinct([...alone, ...together]);
}

/** A number of years from a date to another. */
export const elapsed: Operator<z.infer<typeof schema>> = {
  name: "elapsed",
  schema,
  changesWithYear: ({ through }) => through !== undefined,
  bind(spec, context) {
    const names = typeof spec.from === "string" ? [spec.from] : spec.from;
    const years = spec.atLeast ?? spec.lessThan ?? 0;
    const below = spec.lessThan !== undefined;
    const direct = (reached: Outcome): Outcome => (below ? ((2 - reached) as Outcome) : reached);
    const directCases = (reached: string, failed: string): OutcomeCases => [
      [reached, direct(met)],
      [failed, direct(unmet)],
    ];
    const starts =
      names.length === 1
        ? { zh: names.map(eventLabel).join(), en: `the ${factLabel(names[0] ?? "").en}` }
        : {
            zh: `${names.map(eventLabel).join("或")}（取早者）`,
            en: `the ${names.map((name) => factLabel(name).en).join(" or ")}, whichever is earlier,`,
          };
    const by =
      spec.count === "calendar"
        ? { zh: "按年度计", en: "counted by calendar years" }
        : { zh: "按日计", en: "counted by day" };
    const found = (person: Person) => {
      const start = earliest(person, names);
      if (!start) return null;
      const name = names.find((one) => sameInterval(person.date(one), start));
      return name === undefined ? formatInterval(start) : person.dateText(name);
    };
    const sentence = (end: { zh: string; en: string }) => ({
      zh: `自${starts.zh}起至${end.zh}应${below ? "不满" : "满"}${years}年（${by.zh}）`,
      en: `${below ? "fewer than" : "at least"} ${years} years from ${starts.en} to ${end.en} (${by.en})`,
    });

    if (spec.throughFact !== undefined) {
      const end = spec.throughFact;
      const evaluate = (person: Person): Outcome => {
        const start = earliest(person, names);
        const last = person.date(end);
        if (!start || !last) return unknown;
        const sure = yearOf(last.from) - yearOf(start.to) + 1;
        const most = yearOf(last.to) - yearOf(start.from) + 1;
        return direct(ordered(sure >= years, most < years));
      };
      const sure = `year(${column(`${end}From`)}) - year(${earliestSql(names, "To")}) + 1`;
      const most = `year(${column(`${end}To`)}) - year(${earliestSql(names, "From")}) + 1`;
      return leaf({
        evaluate,
        cases: directCases(`${sure} >= ${years}`, `${most} < ${years}`),
        fields: [factField(names[0] ?? "", found), factField(end, (person) => person.dateText(end))],
        required: years,
        sentence: sentence({ zh: eventLabel(end), en: `the ${factLabel(end).en}` }),
        shortfall(person) {
          const start = earliest(person, names);
          const last = person.date(end);
          if (below || !start || !last) return undefined;
          const most = yearOf(last.to) - yearOf(start.from) + 1;
          return most < years ? yearsShort(years - most) : undefined;
        },
        missing: (person) =>
          evaluate(person) === unknown ? [...names, end].filter((name) => person.isOpen(name)) : [],
        facts: [...names, end],
        probes() {
          // Ends on both edges of a year, in all of it, and unknown; starts around the threshold of that year.
          const year = context.year - 1;
          const ends = [`${year}-01-01`, `${year}-12-31`, `${year}-06`, String(year), null];
          const limit = dayOf(year + 1 - years, 12, 31);
          return crossed(
            ends.map((given) => patch({ [end]: given })),
            startsAround(names, limit),
          );
        },
      });
    }

    const through = bindDate(spec.through ?? "", context).to;
    // The latest start that reaches the years.
    const limit =
      spec.count === "day"
        ? minusYears(through + 1, years)
        : bindDate("Y-12-31", { year: yearOf(through) + 1 - years, dates: context.dates }).to;
    const day = sqlDay(isoDate(limit));
    return leaf({
      evaluate(person) {
        const start = earliest(person, names);
        return start ? direct(ordered(start.to <= limit, start.from > limit)) : unknown;
      },
      cases: directCases(`${earliestSql(names, "To")} <= ${day}`, `${earliestSql(names, "From")} > ${day}`),
      found,
      required: years,
      sentence: sentence({ zh: isoDate(through), en: isoDate(through) }),
      shortfall(person) {
        const start = earliest(person, names);
        if (below || !start || start.from <= limit) return undefined;
        return spec.count === "calendar"
          ? yearsShort(yearOf(start.from) - yearOf(limit))
          : monthsShort(limit, start.from);
      },
      facts: names,
      probes: () => startsAround(names, limit),
    });
  },
};
