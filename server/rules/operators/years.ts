import { z } from "zod";
import { firstStorableYear, lastStorableYear, yearBits } from "../columns.ts";
import { appraisalGrades, findFact } from "../facts.ts";
import { any, fromBoolean, met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { Person } from "../person.ts";
import { capitalise, column, leaf, type Operator, outcomeSql, quote } from "../term.ts";
import { yearProbes } from "../year-probes.ts";
import { factLabel, valueLabel } from "./labels.ts";

const source = z.strictObject({
  fact: z.string(),
  /** Grades of a map of grades, or kinds of a list with years, that count. */
  in: z.array(z.string()).min(1).optional(),
  /** An alternative that is taken as absent in planning while it is unknown. */
  planning: z.literal("exclude").optional(),
  /** In planning a missing year Y + n is taken as not counting. */
  missingYear: z.int().optional(),
});

const schema = z
  .strictObject({
    of: z.array(source).min(1),
    /** First and last year, relative to Y; without them every year on record. */
    from: z.int().optional(),
    through: z.int().optional(),
    every: z.literal(true).optional(),
    atLeast: z.int().min(1).optional(),
    consecutive: z.int().min(2).optional(),
    /** Once all sources are given, a year without record counts as not good. */
    recordsAreComplete: z.boolean().optional(),
  })
  .refine(
    (spec) => [spec.every, spec.atLeast, spec.consecutive].filter((one) => one !== undefined).length === 1,
    "give exactly one of every, atLeast, consecutive",
  )
  .refine((spec) => (spec.from === undefined) === (spec.through === undefined), "give from and through together")
  .refine((spec) => spec.from !== undefined || spec.every === undefined, "`every` needs from and through");

type Source = z.infer<typeof source>;

interface SourceYears {
  /** A map of years, which may have gaps, rather than a list, which is whole once given. */
  readonly isMap: boolean;
  readonly given: (person: Person) => boolean;
  readonly year: (person: Person, year: number) => Outcome;
  /** Years on record, for requirements without a window. */
  readonly recorded: (person: Person) => number[];
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
  const map = (person: Person) =>
    (person.facts[fact as keyof typeof person.facts] ?? null) as Readonly<Record<string, unknown>> | null;
  return {
    isMap: true,
    given: (person) => map(person) !== null,
    year(person, year) {
      const found = map(person)?.[String(year)];
      return found === null || found === undefined ? unknown : fromBoolean(accepted.includes(found));
    },
    recorded: (person) => Object.keys(map(person) ?? {}).map(Number),
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
        recorded: (person) => list(person) ?? [],
        good: `coalesce(${column(fact)}, ${noBit})`,
        known: none ? everyBit : `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${everyBit} END`,
        isGiven: none ? "true" : `${column(fact)} IS NOT NULL`,
      };
    }
    case "list": {
      const kinds = accepted ?? [];
      const bits = `list_reduce(list_transform(${column(fact)}, lambda x: CASE WHEN x.kind IN (${kinds.map(quote).join(", ")}) AND x.year BETWEEN ${firstStorableYear} AND ${lastStorableYear} THEN (1::UBIGINT << (x.year - ${firstStorableYear})::UBIGINT) ELSE ${noBit} END), lambda a, b: a | b, ${noBit})`;
      const years = (person: Person) =>
        (person.items(fact) ?? []).filter((item) => kinds.includes(String(item.kind))).map((item) => Number(item.year));
      return {
        isMap: false,
        given: (person) => person.items(fact) !== null,
        year: (person, year) => (person.items(fact) ? fromBoolean(years(person).includes(year)) : unknown),
        recorded: years,
        good: `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${bits} END`,
        known: `CASE WHEN ${column(fact)} IS NULL THEN ${noBit} ELSE ${everyBit} END`,
        isGiven: `${column(fact)} IS NOT NULL`,
      };
    }
    default:
      throw new Error(`fact "${fact}" has no years`);
  }
}

/** Whether `count` neighbouring years satisfy the test. */
function hasRun(years: readonly number[], count: number, test: (year: number) => boolean): boolean {
  return years.some((year) => Array.from({ length: count }, (_, step) => year + step).every(test));
}

const runSql = (bits: string, count: number) =>
  `(${Array.from({ length: count }, (_, step) => (step === 0 ? bits : `(${bits} >> ${step})`)).join(" & ")})`;

/** Years that count: all of a window, at least n of them, or n in a row; missing years are bounded both ways. */
export const years: Operator<z.infer<typeof schema>> = {
  name: "years",
  schema,
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

    const yearOutcome = (person: Person, year: number, planning: boolean): Outcome => {
      const outcome = any(
        sources.map((one) => {
          const found = one.year(person, year);
          if (found !== unknown || !planning) return found;
          return one.planning === "exclude" || one.missingYear === year - examYear ? unmet : unknown;
        }),
      );
      return outcome === unknown && complete(person) ? unmet : outcome;
    };

    const decide =
      (planning: boolean) =>
      (person: Person): Outcome => {
        const candidates = window ?? [...new Set(sources.flatMap((one) => one.recorded(person)))].sort((a, b) => a - b);
        const outcome = (year: number): Outcome =>
          window && (year < (first ?? 0) || year > (last ?? 0)) ? unmet : yearOutcome(person, year, planning);
        // Outside a window any year may still turn up while a source is missing.
        const open = !window && !complete(person);
        if (spec.every) {
          const outcomes = candidates.map(outcome);
          return outcomes.includes(unmet) ? unmet : outcomes.includes(unknown) ? unknown : met;
        }
        if (spec.atLeast !== undefined) {
          const sure = candidates.filter((year) => outcome(year) === met).length;
          const possible = candidates.filter((year) => outcome(year) !== unmet).length;
          return sure >= spec.atLeast ? met : possible < spec.atLeast && !open ? unmet : unknown;
        }
        const run = spec.consecutive ?? 2;
        if (hasRun(candidates, run, (year) => outcome(year) === met)) return met;
        return open || hasRun(candidates, run, (year) => outcome(year) !== unmet) ? unknown : unmet;
      };

    const sqlFor = (planning: boolean): string => {
      const good = `(${sources.map((one) => one.good).join(" | ")})`;
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
        ? `(CASE WHEN ${allGiven} THEN ${everyBit} ELSE ${known} END)`
        : `(${known})`;
      const mask = window ? `${yearBits(window)}::UBIGINT` : everyBit;
      const outside = window ? window.filter((one) => one < firstStorableYear || one > lastStorableYear).length : 0;
      const sure = `(${good} & ${mask})`;
      const possible = `((${good} | ~${settled}) & ${mask})`;
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

    const span = window
      ? first === last
        ? { zh: `${first}年`, en: String(first) }
        : { zh: `${first}—${last}年`, en: `${first}–${last}` }
      : { zh: "任意年度", en: "any years" };
    const what = spec.of.map((one) => ({
      zh: `${factLabel(one.fact).zh}${one.in ? `为${one.in.map((code) => gradeLabel(one.fact, code).zh).join("或")}` : one.fact === "continuingEducation" ? "合格" : ""}`,
      en: `${factLabel(one.fact).en}${one.in ? ` ${one.in.map((code) => gradeLabel(one.fact, code).en).join(" or ")}` : one.fact === "continuingEducation" ? " passed" : ""}`,
    }));
    const amount = spec.every
      ? { zh: first === last ? "" : "每年", en: "in every year" }
      : spec.atLeast !== undefined
        ? { zh: `至少${spec.atLeast}年`, en: `in at least ${spec.atLeast} years` }
        : { zh: `连续${spec.consecutive}年`, en: `in ${spec.consecutive} consecutive years` };
    const evaluate = decide(false);
    const base = leaf({
      evaluate,
      sql: sqlFor(false),
      found(person) {
        const shown = window ?? [...new Set(sources.flatMap((one) => one.recorded(person)))].sort((a, b) => a - b);
        return Object.fromEntries(
          shown.map((year) => [
            String(year),
            sources.map((one) => rawYear(person, one, year)).find((one) => one !== null) ?? null,
          ]),
        );
      },
      required: {
        years: window ? [first, last] : null,
        ...(spec.every
          ? { every: true }
          : spec.atLeast !== undefined
            ? { atLeast: spec.atLeast }
            : { consecutive: spec.consecutive }),
      },
      sentence: {
        zh: `${span.zh}${amount.zh}${what.map(({ zh }) => zh).join("或")}`,
        en: `${what.map(({ en }) => en).join(" or ")} ${amount.en} of ${span.en}`,
      },
      shortfall(person) {
        if (!window || evaluate(person) !== unmet) return undefined;
        const outcomes = window.map((year) => ({ year, outcome: yearOutcome(person, year, false) }));
        if (spec.every) {
          const bad = outcomes.filter(({ outcome }) => outcome === unmet).map(({ year }) => year);
          return { zh: `${bad.join("、")}年不符合`, en: `not in ${bad.join(", ")}` };
        }
        if (spec.atLeast === undefined) return undefined;
        const short = spec.atLeast - outcomes.filter(({ outcome }) => outcome !== unmet).length;
        return { zh: `还差 ${short} 年`, en: `${short} more years needed` };
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
    return {
      ...base,
      plan: decide(true),
      planSql: sqlFor(true),
      assumed: (person) =>
        sources.filter((one) => one.planning === "exclude" && !one.given(person)).map((one) => one.fact),
    };
  },
};

function rawYear(person: Person, { fact, in: accepted }: Source, year: number): unknown {
  const found = person.facts[fact as keyof typeof person.facts] as unknown;
  if (Array.isArray(found)) {
    if (found.includes(year)) return true;
    const item = found.find(
      (one: unknown) => typeof one === "object" && one !== null && "year" in one && one.year === year,
    );
    return item && accepted?.includes(item.kind) ? item.kind : null;
  }
  return (found as Record<string, unknown> | null | undefined)?.[String(year)] ?? null;
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
