import { z } from "zod";
import type { Message } from "../../errors.ts";
import { firstStorableYear, lastStorableYear, yearBits } from "../columns.ts";
import { appraisalGrades, findFact } from "../facts.ts";
import type { Field } from "../found.ts";
import { fromBoolean, met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { FactItem } from "../parse-facts.ts";
import type { Person } from "../person.ts";
import { addFault, type SpecFault } from "../spec-fault.ts";
import { capitalise, column, judged, leaf, type Operator, outcomeSql, perRow, quote } from "../term.ts";
import { yearProbes } from "../year-probes.ts";
import { checkCodes, exactlyOne, factName, together } from "./fields.ts";
import { factLabel, noRecord, oneOf, several, valueLabel, yearLabel } from "./labels.ts";

const source = z
  .strictObject({
    fact: factName("grades", "flags", "years", "list"),
    in: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("算数的等次或奖励 · grades of a map of grades, or kinds of a list with years, that count"),
    planning: z
      .literal("exclude")
      .optional()
      .describe("整项未登记时规划中视为没有 · taken as absent in planning while it is unknown"),
    missingYear: z
      .int()
      .optional()
      .describe("Y + n 年未登记时规划中不算 · in planning a missing year Y + n is taken as not counting"),
  })
  .superRefine(({ fact, in: accepted }, context) => {
    const type = findFact(fact)?.type;
    const kind = type?.kind === "list" ? type.fields.find(({ name }) => name === "kind") : undefined;
    const codes =
      type?.kind === "grades"
        ? appraisalGrades
        : kind?.kind === "enum"
          ? kind.values.map(({ code }) => code)
          : undefined;
    if (type?.kind === "list" && !type.fields.some(({ name }) => name === "year"))
      addFault(context, ["fact"], noYears(fact));
    else if (codes && !accepted) addFault(context, [], needsCodes(fact, codes));
    else if (codes && accepted) checkCodes(accepted, codes, context, (index) => ["in", index]);
    else if (type && accepted) addFault(context, ["in"], takesNoCodes(fact));
  });

const noYears = (fact: string): SpecFault => ({
  name: "unfitFact",
  message: { zh: `信息 ${fact} 的记录没有年度`, en: `records of "${fact}" have no year` },
  suggestion: { zh: "有日期的记录请用 items", en: "use items for records with dates" },
});
export const needsCodes = (fact: string, codes: readonly string[]): SpecFault => ({
  name: "missingKey",
  message: { zh: `${fact} 没有写哪些算数（in）`, en: `say which of "${fact}" count (in)` },
  suggestion: {
    zh: `请写 in: [${codes[0]}]，可用：${codes.join("、")}`,
    en: `write in: [${codes[0]}]; known: ${codes.join(", ")}`,
  },
});
export const takesNoCodes = (fact: string): SpecFault => ({
  name: "wrongValue",
  message: { zh: `信息 ${fact} 只记年度，没有等次`, en: `"${fact}" has years only, no kinds` },
  suggestion: { zh: "请删去 in", en: "remove in" },
});

const schema = z
  .strictObject({
    of: z.array(source).min(1),
    from: z
      .int()
      .optional()
      .describe("起始年度 Y + n；起止都不写则不限 · first year, relative to Y; without both every year"),
    through: z.int().optional().describe("截止年度 Y + n · last year, relative to Y"),
    every: z.literal(true).optional().describe("每年 · in every year"),
    atLeast: z.int().min(1).optional().describe("至少几年 · in at least so many years"),
    consecutive: z.int().min(2).optional().describe("连续几年 · in so many years in a row"),
    recordsAreComplete: z
      .boolean()
      .optional()
      .describe(
        "各来源都有登记时，没有记录的年度不算数 · once all sources are given, a year without record counts as not good",
      ),
  })
  .superRefine(exactlyOne("every", "atLeast", "consecutive"))
  .superRefine(together("from", "through"))
  .superRefine(({ from, through, every }, context) => {
    if (every && from === undefined && through === undefined)
      addFault(context, ["every"], {
        name: "wrongValue",
        message: { zh: "every 需要起止年度", en: "every needs from and through" },
        suggestion: { zh: "请写 from: -5 与 through: -1", en: "write from: -5 and through: -1" },
      });
    if (from !== undefined && through !== undefined && from > through)
      addFault(context, ["through"], {
        name: "windowOrder",
        message: {
          zh: `截止年度 ${through} 早于起始年度 ${from}`,
          en: `the last year ${through} is before the first ${from}`,
        },
        suggestion: {
          zh: `请写 from: ${through} 与 through: ${from}`,
          en: `write from: ${through} and through: ${from}`,
        },
      });
  });

type Source = z.infer<typeof source>;

interface SourceYears {
  /** A map of years, which may have gaps, rather than a list, which is whole once given. */
  readonly isMap: boolean;
  readonly given: (person: Person) => boolean;
  readonly year: (person: Person, year: number) => Outcome;
  /** What is on record of a year, for the explanation; null when nothing is. */
  readonly entry: (person: Person, year: number) => unknown;
  /** Years on record, for requirements without a window. */
  readonly recorded: (person: Person) => readonly number[];
  readonly good: string;
  readonly known: string;
  readonly isGiven: string;
}

const everyBit = "18446744073709551615::UBIGINT";
const noBit = "0::UBIGINT";

function mapSource(
  fact: string,
  values: readonly string[],
  suffixes: readonly string[],
  accepted: readonly unknown[],
): SourceYears {
  const columns = (wanted: readonly string[]) =>
    wanted.map((suffix) => `coalesce(${column(`${fact}${suffix}`)}, ${noBit})`).join(" | ");
  return {
    isMap: true,
    given: (person) => person.hasEntries(fact),
    year(person, year) {
      const found = person.entry(fact, year);
      return found === null ? unknown : fromBoolean(accepted.includes(found));
    },
    entry: (person, year) => person.entry(fact, year),
    recorded: (person) => person.recordedYears(fact),
    good: `(${columns(values.map(capitalise))})`,
    known: `(${columns(suffixes.map(capitalise))})`,
    isGiven: `${column(`${fact}${capitalise(suffixes[0] ?? "")}`)} IS NOT NULL`,
  };
}

function bindSource({ fact, in: accepted }: Source): SourceYears {
  const type = findFact(fact)?.type;
  switch (type?.kind) {
    case "grades":
      return mapSource(fact, accepted ?? [], appraisalGrades, accepted ?? []);
    case "flags":
      return mapSource(fact, ["passed"], ["passed", "failed"], [true]);
    case "years": {
      const list = (person: Person) => (person.facts[fact as keyof typeof person.facts] ?? null) as number[] | null;
      const none = findFact(fact)?.absent === "none";
      return {
        isMap: false,
        given: (person) => none || list(person) !== null,
        year: (person, year) => {
          const years = list(person);
          return years ? fromBoolean(years.includes(year)) : none ? unmet : unknown;
        },
        entry: (person, year) => (list(person)?.includes(year) ? true : null),
        recorded: (person) => list(person) ?? [],
        good: `coalesce(${column(fact)}, ${noBit})`,
        known: none ? everyBit : `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${everyBit} END`,
        isGiven: none ? "true" : `${column(fact)} IS NOT NULL`,
      };
    }
    case "list": {
      const kinds = accepted ?? [];
      const bits = `list_reduce(list_transform(${column(fact)}, lambda x: CASE WHEN x.kind IN (${kinds.map(quote).join(", ")}) AND x.year BETWEEN ${firstStorableYear} AND ${lastStorableYear} THEN (1::UBIGINT << (x.year - ${firstStorableYear})::UBIGINT) ELSE ${noBit} END), lambda a, b: a | b, ${noBit})`;
      const counts = (item: FactItem) => kinds.includes(String(item.kind));
      return {
        isMap: false,
        given: (person) => person.items(fact) !== null,
        year(person, year) {
          const list = person.items(fact);
          return list ? fromBoolean(list.some((item) => item.year === year && counts(item))) : unknown;
        },
        entry(person, year) {
          const item = person.items(fact)?.find((one) => one.year === year);
          return item && counts(item) ? item.kind : null;
        },
        recorded: (person) => (person.items(fact) ?? []).filter(counts).map((item) => Number(item.year)),
        good: `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${bits} END`,
        known: `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${everyBit} END`,
        isGiven: `${column(fact)} IS NOT NULL`,
      };
    }
    default:
      throw new Error(`fact "${fact}" has no years`);
  }
}

const runSql = (bits: string, count: number) =>
  `(${Array.from({ length: count }, (_, step) => (step === 0 ? bits : `(${bits} >> ${step})`)).join(" & ")})`;

/** Years that count: all of a window, at least n of them, or n in a row; missing years are bounded both ways. */
export const years: Operator<z.infer<typeof schema>> = {
  name: "years",
  schema,
  changesWithYear: ({ of, from }) => from !== undefined || of.some(({ missingYear }) => missingYear !== undefined),
  bind(spec, { year: examYear }) {
    const sources = spec.of.map((one) => ({ ...one, ...bindSource(one) }));
    const first = spec.from === undefined ? undefined : examYear + spec.from;
    const last = spec.through === undefined ? undefined : examYear + spec.through;
    const window =
      first === undefined || last === undefined
        ? undefined
        : Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const facts = spec.of.map(({ fact }) => fact);
    const complete = (person: Person) => spec.recordsAreComplete === true && sources.every((one) => one.given(person));
    const recorded = (person: Person): number[] => {
      const found: number[] = [];
      for (const source of sources) {
        for (const year of source.recorded(person)) if (!found.includes(year)) found.push(year);
      }
      return found;
    };

    /** The best that any source says of a year. */
    const yearOutcome = (person: Person, year: number, planning: boolean, isComplete: boolean): Outcome => {
      let best: Outcome = unmet;
      for (const source of sources) {
        const found = source.year(person, year);
        const excluded = planning && (source.planning === "exclude" || source.missingYear === year - examYear);
        const outcome = found === unknown && excluded ? unmet : found;
        if (outcome > best) best = outcome;
        if (best === met) break;
      }
      return best === unknown && isComplete ? unmet : best;
    };

    const decide = (person: Person, planning: boolean): Outcome => {
      const isComplete = complete(person);
      // Outside a window any year may still turn up while a source is missing.
      const open = !window && !isComplete;
      const candidates = window ?? recorded(person);
      if (spec.consecutive !== undefined) {
        let best: Outcome = open ? unknown : unmet;
        for (const start of candidates) {
          let least: Outcome = met;
          for (let year = start; year < start + spec.consecutive && least > best; year++) {
            const outcome =
              last === undefined || year <= last ? yearOutcome(person, year, planning, isComplete) : unmet;
            if (outcome < least) least = outcome;
          }
          if (least > best) best = least;
        }
        return best;
      }
      const wanted = spec.atLeast ?? candidates.length;
      let sure = 0;
      let possible = 0;
      for (const year of candidates) {
        const outcome = yearOutcome(person, year, planning, isComplete);
        if (outcome === met) sure++;
        if (outcome !== unmet) possible++;
      }
      return sure >= wanted ? met : possible < wanted && !open ? unmet : unknown;
    };

    const sqlFor = (planning: boolean): string => {
      const good = perRow(sources.map((one) => one.good).join(" | "));
      const known = sources
        .map((one) => {
          if (!planning) return `(${one.known})`;
          if (one.planning === "exclude") return everyBit;
          if (one.missingYear === undefined) return `(${one.known})`;
          return `((${one.known}) | ${yearBits([examYear + one.missingYear])}::UBIGINT)`;
        })
        .join(" & ");
      const allGiven = sources.map((one) => one.isGiven).join(" AND ");
      const settled = spec.recordsAreComplete
        ? perRow(`CASE WHEN ${allGiven} THEN ${everyBit} ELSE ${known} END`)
        : perRow(known);
      const mask = window ? `${yearBits(window)}::UBIGINT` : everyBit;
      const outside = window ? window.filter((one) => one < firstStorableYear || one > lastStorableYear).length : 0;
      const sure = perRow(`${good} & ${mask}`);
      const possible = perRow(`(${good} | ~${settled}) & ${mask}`);
      if (spec.every) {
        return outcomeSql(
          [`(~${good} & ${settled} & ${mask}) <> 0`, unmet],
          [outside > 0 ? "false" : `${sure} = ${mask}`, met],
        );
      }
      const open = window || !spec.recordsAreComplete ? (window ? "false" : "true") : `NOT (${allGiven})`;
      if (spec.atLeast !== undefined) {
        return outcomeSql(
          [`bit_count(${sure}) >= ${spec.atLeast}`, met],
          [`bit_count(${possible}) + ${outside} < ${spec.atLeast} AND NOT (${open})`, unmet],
        );
      }
      const run = spec.consecutive ?? 2;
      return outcomeSql(
        [`${runSql(sure, run)} <> 0`, met],
        [`${runSql(possible, run)} = 0 AND NOT (${open})${outside > 0 ? " AND false" : ""}`, unmet],
      );
    };

    const sentence = sentenceOf(spec, first, last);
    const evaluate = (person: Person) => decide(person, false);
    const planned = sources.some((one) => one.planning !== undefined || one.missingYear !== undefined);
    const yearField = (year: number): Field => {
      const name = String(year);
      const label = { zh: `${year}年：`, en: `${year}: ` };
      return {
        name,
        show(person, record) {
          for (const { entry, fact } of sources) {
            const found = entry(person, year);
            if (found !== null) return record.add(name, label, found, yearLabel(fact, found));
          }
          record.add(name, label, null, noRecord);
        },
      };
    };
    const recordedField: Field = {
      name: undefined,
      show(person, record) {
        for (const year of recorded(person).sort((a, b) => a - b)) yearField(year).show(person, record);
      },
    };
    const base = leaf({
      evaluate,
      sql: sqlFor(false),
      fields: window ? window.map(yearField) : [recordedField],
      required: {
        years: window ? [first, last] : null,
        ...(spec.every
          ? { every: true }
          : spec.atLeast !== undefined
            ? { atLeast: spec.atLeast }
            : { consecutive: spec.consecutive }),
      },
      sentence,
      shortfall(person) {
        if (!window || spec.consecutive !== undefined) return undefined;
        const isComplete = complete(person);
        const outcomes = window.map((year) => ({ year, outcome: yearOutcome(person, year, false, isComplete) }));
        if (spec.every) {
          const bad = outcomes.filter(({ outcome }) => outcome === unmet).map(({ year }) => year);
          return { zh: `${bad.join("、")}年不符合`, en: `not in ${bad.join(", ")}` };
        }
        const short = (spec.atLeast ?? 0) - outcomes.filter(({ outcome }) => outcome !== unmet).length;
        return { zh: `还差 ${short} 年`, en: `${several(short, "more year")} needed` };
      },
      missing: (person) =>
        evaluate(person) === unknown
          ? sources
              .filter((one) => findFact(one.fact)?.absent === undefined)
              .filter(
                // Without a window a map always has gaps.
                (one) =>
                  !one.given(person) ||
                  (window ? window.some((year) => one.year(person, year) === unknown) : one.isMap),
              )
              .map(({ fact }) => fact)
          : [],
      facts,
      probes: () =>
        yearProbes({
          sources,
          // Without a window the years before the exam year serve as well as any.
          first: first ?? examYear - 6,
          last: last ?? examYear - 1,
          every: spec.every === true,
          count: spec.atLeast ?? spec.consecutive ?? 0,
        }),
    });
    if (!planned) return base;
    return {
      ...base,
      ...judged((person) => ({
        outcome: decide(person, false),
        plan: decide(person, true),
        assumed: sources.filter((one) => one.planning === "exclude" && !one.given(person)).map((one) => one.fact),
      })),
      planSql: sqlFor(true),
    };
  },
};

/** What counts of a source: "年度考核为优秀", "优秀共产党员". */
function countedText({ fact, in: accepted }: Source): Message {
  const { zh, en } = factLabel(fact);
  if (!accepted) return { zh: zh.replace(/年度$/, ""), en: en.replace(/ years$/, "") };
  const values = oneOf(accepted.map((code) => gradeLabel(fact, code)));
  return { zh: `${zh}为${values.zh}`, en: `${en} ${values.en}` };
}

/** The whole requirement; `first` and `last` year bound a window, where there is one. */
function sentenceOf(
  { of, every, atLeast, consecutive }: z.infer<typeof schema>,
  first: number | undefined,
  last: number | undefined,
): Message {
  const flags = of.some(({ fact }) => findFact(fact)?.type.kind === "flags");
  const parts = of.map(countedText);
  const what = {
    zh: parts.map(({ zh }) => zh).join("，或"),
    en: `${parts.map(({ en }) => en).join(", or ")}${flags ? " passed" : ""}`,
  };
  const passed = flags ? "合格" : "";
  const isOneYear = first === last;
  const zhSpan = first === undefined ? "" : isOneYear ? `${first}年` : `${first}—${last}年`;
  const enSpan = isOneYear ? String(first) : `${first}–${last}`;
  if (every) {
    const year = isOneYear ? zhSpan : `${zhSpan}每年`;
    return {
      zh: flags ? `${year}${what.zh}应合格` : `${year}${what.zh.replace("为", "应为")}`,
      en: `${what.en} in ${isOneYear ? "" : "every year "}${enSpan}`,
    };
  }
  const amount =
    atLeast === undefined
      ? { zh: `连续${consecutive}年`, en: `${consecutive} years in a row` }
      : { zh: `至少${atLeast}年`, en: `at least ${several(atLeast, "year")}` };
  if (isOneYear && first !== undefined) return { zh: `${first}年${what.zh}${passed}`, en: `${what.en} in ${first}` };
  return {
    zh: `${zhSpan}${zhSpan && "中"}应有${amount.zh}${what.zh}${passed}`,
    en: `${what.en} in ${amount.en}${first === undefined ? "" : ` within ${enSpan}`}`,
  };
}

function gradeLabel(fact: string, code: string): { zh: string; en: string } {
  const type = findFact(fact)?.type;
  if (type?.kind === "list") {
    const kind = type.fields.find(({ name }) => name === "kind");
    const entry = kind?.kind === "enum" ? kind.values.find((one) => one.code === code) : undefined;
    return entry ? { zh: entry.zh[0] ?? code, en: entry.en } : { zh: code, en: code };
  }
  return gradeWords[code] ?? valueLabel(fact, code);
}

const gradeWords: Readonly<Record<string, { zh: string; en: string }>> = {
  excellent: { zh: "优秀", en: "excellent" },
  qualified: { zh: "合格（称职）", en: "qualified" },
};
