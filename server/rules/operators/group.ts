import { z } from "zod";
import { joinFields } from "../found.ts";
import { met, type Outcome, unknown, unmet } from "../kleene.ts";
import type { Person } from "../person.ts";
import { combined, crossed, patches, sample } from "../probes.ts";
import {
  type BindContext,
  type Judgement,
  judged,
  type Operator,
  perRow,
  plainly,
  quote,
  shownFields,
  type Term,
  type TermPart,
  type TermSpec,
} from "../term.ts";
import { vocabulary } from "./fields.ts";

/** A nested part; its operator is checked where it is bound. */
export const part = z
  .looseObject({ id: z.string().optional(), planning: z.enum(["assume", "exclude"]).optional() })
  .register(vocabulary, { ref: "part" });
const namedPart = part.extend({ id: z.string() }).register(vocabulary, { ref: "namedPart" });

/** Applies a planning mark: P takes an unknown as met, X as unmet. */
export function markedPlan(mark: TermSpec["planning"], outcome: Outcome): Outcome {
  return outcome === unknown && mark ? (mark === "assume" ? met : unmet) : outcome;
}

export function markedPlanSql(mark: TermSpec["planning"], sql: string): string {
  if (!mark) return sql;
  return mark === "assume" ? `CASE ${sql} WHEN 0 THEN 0 ELSE 2 END` : `CASE ${sql} WHEN 2 THEN 2 ELSE 0 END`;
}

/** The mark that planning of a marked term comes to, when it comes to a mark put on its outcome. */
export function planMarkOf(mark: TermSpec["planning"], term: Term): TermSpec["planning"] {
  // What a term has planned for itself leaves its mark nothing unknown.
  return term.planMark ?? (term.planSql === term.sql ? mark : undefined);
}

function bindParts(specs: readonly TermSpec[], context: BindContext): TermPart[] {
  return specs.map((spec, index) => {
    const bound = context.bind(spec, String(index));
    const sql = perRow(bound.sql);
    const term = { ...bound, sql, planSql: bound.planSql === bound.sql ? sql : perRow(bound.planSql) };
    return { id: spec.id ?? term.facts[0] ?? "", term, planning: spec.planning };
  });
}

function combine(parts: readonly TermPart[], kind: "all" | "any"): Term {
  const stronger = (one: Outcome, other: Outcome) => ((kind === "all" ? one < other : one > other) ? one : other);
  const judge = (person: Person): Judgement => {
    let outcome: Outcome = kind === "all" ? met : unmet;
    let plan: Outcome = outcome;
    let assumed: string[] = [];
    for (const { term, id, planning } of parts) {
      const part = term.judge(person);
      outcome = stronger(part.outcome, outcome);
      plan = stronger(markedPlan(planning, part.plan), plan);
      if (planning === "exclude") {
        if (part.outcome === unknown) assumed.push(id);
      } else if (planning === "assume") {
        if (part.plan === unknown) assumed.push("");
      } else assumed.push(...part.assumed);
    }
    // A part marked P is named by its condition, and only while that rests on it.
    if (outcome !== unknown && assumed.length > 0) assumed = assumed.filter((one) => one !== "");
    return { outcome, plan, assumed };
  };
  const sqlFold = (texts: readonly string[]) =>
    texts.length === 1 ? (texts[0] ?? "") : `${kind === "all" ? "least" : "greatest"}(${texts.join(", ")})`;
  const planMarks = new Set(parts.map(({ term, planning }) => planMarkOf(planning, term)));
  const names = [...new Set(parts.flatMap(({ term }) => term.facts))];
  const join = { zh: kind === "all" ? "，且" : "；或", en: kind === "all" ? ", and " : "; or " };
  return {
    ...judged(judge),
    sql: sqlFold(parts.map(({ term }) => term.sql)),
    planSql: sqlFold(parts.map(({ term, planning }) => markedPlanSql(planning, term.planSql))),
    // Marks keep the order of outcomes, so one that all parts bear can as well be put on the whole.
    planMark: planMarks.size === 1 ? [...planMarks][0] : undefined,
    cases: undefined,
    ...shownFields(joinFields(parts.flatMap(({ term }) => term.fields))),
    required: { [kind]: parts.map(({ id, term }) => ({ id, required: term.required })) },
    sentence: {
      zh: parts.map(({ term }) => term.sentence.zh).join(join.zh),
      en: parts.map(({ term }) => term.sentence.en).join(join.en),
    },
    shortfall(person) {
      for (const { term } of parts) {
        // Where any part would do, all of them are unmet.
        const short = kind === "any" || term.evaluate(person) === unmet ? term.shortfall(person) : undefined;
        if (short) return short;
      }
      return undefined;
    },
    missing: (person) =>
      judge(person).outcome === unknown ? [...new Set(parts.flatMap(({ term }) => term.missing(person)))] : [],
    facts: names,
    parts,
    probes: () =>
      combined(
        parts.map(({ term }) => term),
        kind,
      ),
  };
}

/** Every part. */
export const all: Operator<TermSpec[]> = {
  name: "all",
  schema: z.array(part).min(1),
  changesWithYear: (parts, ofPart) => parts.some(ofPart),
  bind: (specs, context) => combine(bindParts(specs, context), "all"),
};

/** At least one part. */
export const any: Operator<TermSpec[]> = {
  name: "any",
  schema: z.array(part).min(1),
  changesWithYear: (parts, ofPart) => parts.some(ofPart),
  bind: (specs, context) => combine(bindParts(specs, context), "any"),
};

/** At least one part whose id has not been used for an earlier promotion (每类破格条件只能使用一次). */
export const anyUnused: Operator<TermSpec[]> = {
  name: "anyUnused",
  schema: z.array(namedPart).min(1),
  changesWithYear: (parts, ofPart) => parts.some(ofPart),
  bind(specs, context) {
    const parts = bindParts(specs, context);
    const guarded = combine(
      parts.map((one) => ({ ...one, term: unused(one.id, one.term) })),
      "any",
    );
    const plain = combine(parts, "any");
    // Hardly anybody has used one before: only for those every part is guarded.
    const choose = (some: string, none: string) =>
      `CASE WHEN len("exceptionalConditionsUsed") > 0 THEN ${some} ELSE ${none} END`;
    return {
      ...guarded,
      sql: choose(guarded.sql, plain.sql),
      planSql: choose(guarded.planSql, plain.planSql),
    };
  },
};

function unused(id: string, term: Term): Term {
  const used = (person: Person) => person.facts.exceptionalConditionsUsed?.includes(id) ?? false;
  const guard = (sql: string) =>
    `CASE WHEN list_contains("exceptionalConditionsUsed", ${quote(id)}) THEN 0 ELSE ${sql} END`;
  return {
    ...term,
    ...judged((person) => (used(person) ? plainly(unmet) : term.judge(person))),
    sql: guard(term.sql),
    planSql: guard(term.planSql),
    cases: undefined,
    missing: (person) => (used(person) ? [] : term.missing(person)),
    probes: () => [
      ...term.probes(),
      ...crossed([sample(term, met) ?? {}], patches("exceptionalConditionsUsed", [[id], [`not-${id}`], [], null])),
    ],
    shortfall: (person) =>
      used(person)
        ? { zh: "该项此前已使用过，不得再用", en: "used before, and each counts only once" }
        : term.shortfall(person),
  };
}
