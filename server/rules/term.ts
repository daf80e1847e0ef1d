/** What an operator becomes once it is bound to an exam year and a level: two back ends and an explanation. */
import type { z } from "zod";
import type { Message } from "../errors.ts";
import { type DateInterval, dayOf, daysInMonth, parseDate } from "./dates.ts";
import type { TargetLevel } from "./facts.ts";
import { type Field, type Found, factField, showAll } from "./found.ts";
import { met, type Outcome, unknown, unmet } from "./kleene.ts";
import { valueLabel } from "./operators/labels.ts";
import { statementFound } from "./operators/statements.ts";
import type { Facts } from "./parse-facts.ts";
import type { Person } from "./person.ts";

/** How a term comes out for a worker. */
export interface Judgement {
  readonly outcome: Outcome;
  /** For planning: alternatives marked X that are unknown count as unmet, parts marked P as met. */
  readonly plan: Outcome;
  /** Ids of alternatives marked X that are unknown; "" for a part marked P that stays unknown. */
  readonly assumed: readonly string[];
}

export interface Term {
  judge(person: Person): Judgement;
  /** The outcome alone. */
  evaluate(person: Person): Outcome;
  /** The planning outcome alone. */
  plan(person: Person): Outcome;
  /** SQL expressions over the fact columns, 0 unmet, 1 unknown, 2 met, never null. */
  readonly sql: string;
  readonly planSql: string;
  /** Where planning is nothing but this mark put on the outcome. */
  readonly planMark?: TermSpec["planning"];
  /** Where `sql` is a plain `CASE`: its alternatives, for a caller that wants other numbers than 0, 1, 2. */
  readonly cases?: OutcomeCases | undefined;
  /** What the worker has. */
  found(person: Person): Found;
  /** The same for a group that shows several terms together. */
  readonly fields: readonly Field[];
  /** The threshold, machine-readable. */
  readonly required: unknown;
  /** What is asked, as a sentence. */
  readonly sentence: Message;
  /** How far short, when that can be said. Asked only of a term that is unmet. */
  shortfall(person: Person): Message | undefined;
  /** Facts that are unknown (or known only in part) and leave this term unknown. */
  missing(person: Person): readonly string[];
  readonly facts: readonly string[];
  /** What a term that joins others, or offers several, is made of. */
  readonly parts?: readonly TermPart[] | undefined;
  /** Patches of facts at and around every threshold of the term; null makes a fact unknown. Tens, not thousands. */
  probes(): readonly Facts[];
}

/** A term inside another one. */
export interface TermPart {
  /** Its own id, or the first fact it asks about. */
  readonly id: string;
  readonly term: Term;
  readonly planning: TermSpec["planning"];
}

/** What the bound text of a rulebook level is relative to. */
export interface BindContext {
  readonly year: number;
  readonly target: TargetLevel;
  /** Named dates of the level: "window.from", "window.to", "cutOff". */
  readonly dates: ReadonlyMap<string, DateInterval>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Binds a nested part. */
  bind(part: TermSpec, path: string): Term;
}

/** One part of a condition: exactly one operator key, and what marks it as an alternative. */
export interface TermSpec {
  readonly id?: string | undefined;
  /** P: an unknown is taken as met in planning. X: as unmet. */
  readonly planning?: "assume" | "exclude" | undefined;
  readonly [operator: string]: unknown;
}

export interface Operator<Spec = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Spec>;
  /** Whether it asks otherwise in another exam year; `ofPart` answers for nested parts. */
  changesWithYear(spec: Spec, ofPart: (part: TermSpec) => boolean): boolean;
  bind(spec: Spec, context: BindContext): Term;
}

/** The first test that holds decides; a test that is null does not hold; otherwise unknown. */
export type OutcomeCases = readonly (readonly [test: string, outcome: Outcome])[];

type LeafParts = Pick<Term, "evaluate" | "required" | "sentence" | "facts" | "probes"> &
  Partial<Pick<Term, "shortfall" | "missing">> &
  ({ readonly sql: string } | { readonly cases: OutcomeCases }) &
  /** What the worker has of the first fact, or fields when that is more than one thing. */
  ({ readonly found: (person: Person) => unknown } | { readonly fields: readonly Field[] });

/** Completes a leaf: no planning of its own, every open fact of it is missing while it is unknown. */
export function leaf(parts: LeafParts): Term {
  const { evaluate, facts } = parts;
  const sql = "sql" in parts ? parts.sql : outcomeSql(...parts.cases);
  const shown = "fields" in parts ? shownFields(parts.fields) : shownFact(facts[0] ?? "", parts.found);
  return {
    judge: (person) => plainly(evaluate(person)),
    evaluate,
    plan: evaluate,
    sql,
    planSql: sql,
    cases: "cases" in parts ? parts.cases : undefined,
    ...shown,
    required: parts.required,
    sentence: parts.sentence,
    shortfall: parts.shortfall ?? (() => undefined),
    missing:
      parts.missing ?? ((person) => (evaluate(person) === unknown ? facts.filter((name) => person.isOpen(name)) : [])),
    facts,
    probes: parts.probes,
  };
}

export function shownFields(fields: readonly Field[]): Pick<Term, "found" | "fields"> {
  return { found: (person) => showAll(fields, person), fields };
}

function shownFact(fact: string, read: (person: Person) => unknown): Pick<Term, "found" | "fields"> {
  return {
    found(person) {
      const value = read(person);
      const label = valueLabel(fact, value);
      const said = typeof value === "boolean" ? statementFound(fact, value) : undefined;
      return { value, words: said === undefined ? label : { zh: said, en: label.en } };
    },
    fields: [factField(fact, read)],
  };
}

const plain = ([unmet, unknown, met] as const).map(
  (outcome): Judgement => ({ outcome, plan: outcome, assumed: [] }),
) as readonly Judgement[] as readonly [Judgement, Judgement, Judgement];

/** An outcome that planning sees no other way. */
export const plainly = (outcome: Outcome): Judgement => plain[outcome];

/** The ways to ask a term that more than its outcome is to be told of. */
export function judged(judge: Term["judge"]): Pick<Term, "judge" | "evaluate" | "plan"> {
  return { judge, evaluate: (person) => judge(person).outcome, plan: (person) => judge(person).plan };
}

export const capitalise = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

export const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const column = (name: string) => `"${name.replaceAll('"', '""')}"`;
/** A part of an expression that is worth computing once per row: where it occurs more than once, `hoist` gives it a column. */
export const perRow = (sql: string) => `${perRowBegins}${sql}${perRowEnds}`;
/** Comments, so that the expression is good as it stands. */
export const perRowBegins = "(/*per row*/";
export const perRowEnds = "/*per row*/)";
export const sqlDay = (iso: string) => `DATE '${iso}'`;

/** `CASE` with the first alternative that holds; conditions that are null do not hold. */
export function outcomeSql(...cases: OutcomeCases): string {
  return `CASE ${cases.map(([when, outcome]) => `WHEN ${when} THEN ${outcome}`).join(" ")} ELSE ${unknown} END`;
}

/** Outcome of a comparison of an interval, when the whole interval must agree. */
export function ordered(surely: boolean, impossible: boolean): Outcome {
  return surely ? met : impossible ? unmet : unknown;
}

/** Dates a level gives names to. */
export const namedDates: readonly string[] = ["window.from", "window.to", "cutOff"];

const dateTemplate = /^(?:Y|\(Y([+-]\d+)\))-(\d{2})(?:-(\d{2}))?$/;

/** Whether a text is a date a rulebook may write: `Y-08-31`, `(Y+1)-05`, `window.to`, or a plain date. */
export function isDateTemplate(text: string): boolean {
  return namedDates.includes(text) || isOwnDate(text);
}

/** A date that does not stand on another of the level: `Y-08-31`, `(Y+1)-05`, or a plain date. 29 February is the last of it. */
export function isOwnDate(text: string): boolean {
  const match = dateTemplate.exec(text);
  if (!match) return !!parseDate(text);
  const month = Number(match[2]);
  const leapYear = 2000;
  return (
    month >= 1 && month <= 12 && Number(match[3] ?? 1) >= 1 && Number(match[3] ?? 1) <= daysInMonth(leapYear, month)
  );
}

/** A date of the rulebook in an exam year. Throws when the level has no such named date. */
export function bindDate(text: string, context: Pick<BindContext, "year" | "dates">): DateInterval {
  const named = context.dates.get(text);
  if (named) return named;
  const match = dateTemplate.exec(text);
  if (match) {
    const year = context.year + Number(match[1] ?? 0);
    const month = Number(match[2]);
    if (match[3] === undefined)
      return { from: dayOf(year, month, 1), to: dayOf(year, month, daysInMonth(year, month)) };
    const day = dayOf(year, month, Math.min(Number(match[3]), daysInMonth(year, month)));
    return { from: day, to: day };
  }
  const fixed = parseDate(text);
  if (!fixed) throw new Error(`no date "${text}" at this level`);
  return fixed;
}
