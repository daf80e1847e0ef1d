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
  plainly,
  quote,
  shownFields,
  type Term,
  type TermSpec,
} from "../term.ts";
import { vocabulary } from "./fields.ts";

/** A nested part; its operator is checked where it is bound. */
export const part = z
  .looseObject({ id: z.string().optional(), planning: z.enum(["assume", "exclude"]).optional() })
  .register(vocabulary, { ref: "part" });
const namedPart = part.extend({ id: z.string() }).register(vocabulary, { ref: "namedPart" });

interface Part {
  readonly term: Term;
  readonly name: string;
  readonly mark: TermSpec["planning"];
}

/** Applies a planning mark: P takes an unknown as met, X as unmet. */
export function markedPlan(mark: TermSpec["planning"], outcome: Outcome): Outcome {
  return outcome === unknown && mark ? (mark === "assume" ? met : unmet) : outcome;
}

export function markedPlanSql(mark: TermSpec["planning"], sql: string): string {
  if (!mark) return sql;
  return mark === "assume" ? `CASE ${sql} WHEN 0 THEN 0 ELSE 2 END` : `CASE ${sql} WHEN 2 THEN 2 ELSE 0 END`;
}

function bindParts(specs: readonly TermSpec[], context: BindContext): Part[] {
  return specs.map((spec, index) => {
    const term = context.bind(spec, String(index));
    return { term, name: spec.id ?? term.facts[0] ?? "", mark: spec.planning };
  });
}

function combine(parts: readonly Part[], kind: "all" | "any", wrap: (part: Part) => Part = (one) => one): Term {
  const wrapped = parts.map(wrap);
  const stronger = (one: Outcome, other: Outcome) => ((kind === "all" ? one < other : one > other) ? one : other);
  const judge = (person: Person): Judgement => {
    let outcome: Outcome = kind === "all" ? met : unmet;
    let plan: Outcome = outcome;
    let assumed: string[] = [];
    for (const { term, name, mark } of wrapped) {
      const part = term.judge(person);
      outcome = stronger(part.outcome, outcome);
      plan = stronger(markedPlan(mark, part.plan), plan);
      if (mark === "exclude") {
        if (part.outcome === unknown) assumed.push(name);
      } else if (mark === "assume") {
        if (part.plan === unknown) assumed.push("");
      } else assumed.push(...part.assumed);
    }
    // A part marked P is named by its condition, and only while that rests on it.
    if (outcome !== unknown && assumed.length > 0) assumed = assumed.filter((one) => one !== "");
    return { outcome, plan, assumed };
  };
  const sqlFold = (texts: readonly string[]) =>
    texts.length === 1 ? (texts[0] ?? "") : `${kind === "all" ? "least" : "greatest"}(${texts.join(", ")})`;
  const names = [...new Set(wrapped.flatMap(({ term }) => term.facts))];
  const join = { zh: kind === "all" ? "，且" : "；或", en: kind === "all" ? ", and " : "; or " };
  return {
    ...judged(judge),
    sql: sqlFold(wrapped.map(({ term }) => term.sql)),
    planSql: sqlFold(wrapped.map(({ term, mark }) => markedPlanSql(mark, term.planSql))),
    cases: undefined,
    ...shownFields(joinFields(wrapped.flatMap(({ term }) => term.fields))),
    required: { [kind]: wrapped.map(({ name, term }) => ({ id: name, required: term.required })) },
    sentence: {
      zh: wrapped.map(({ term }) => term.sentence.zh).join(join.zh),
      en: wrapped.map(({ term }) => term.sentence.en).join(join.en),
    },
    shortfall(person) {
      for (const { term } of wrapped) {
        // Where any part would do, all of them are unmet.
        const short = kind === "any" || term.evaluate(person) === unmet ? term.shortfall(person) : undefined;
        if (short) return short;
      }
      return undefined;
    },
    missing: (person) =>
      judge(person).outcome === unknown ? [...new Set(wrapped.flatMap(({ term }) => term.missing(person)))] : [],
    facts: names,
    probes: () =>
      combined(
        wrapped.map(({ term }) => term),
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
  bind: (specs, context) =>
    combine(bindParts(specs, context), "any", (one) => ({
      ...one,
      term: unused(one.name, one.term),
    })),
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
        ? { zh: `该破格条件（${id}）已使用过`, en: `condition ${id} was used before` }
        : term.shortfall(person),
  };
}
