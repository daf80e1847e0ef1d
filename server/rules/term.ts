/** What an operator becomes once it is bound to an exam year and a level: two back ends and an explanation. */
import type { z } from "zod";
import type { Message } from "../errors.ts";
import { type DateInterval, dayOf, daysInMonth, parseDate } from "./dates.ts";
import type { TargetLevel } from "./facts.ts";
import { met, type Outcome, unknown, unmet } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import type { Person } from "./person.ts";

export interface Term {
  evaluate(person: Person): Outcome;
  /** Outcome for planning: alternatives marked X that are unknown count as unmet, parts marked P as met. */
  plan(person: Person): Outcome;
  /** SQL expressions over the fact columns, 0 unmet, 1 unknown, 2 met, never null. */
  readonly sql: string;
  readonly planSql: string;
  /** Where `sql` is a plain `CASE`: its alternatives, for a caller that wants other numbers than 0, 1, 2. */
  readonly cases?: OutcomeCases | undefined;
  /** What the worker has: text, number, boolean, or an object of facts; null when unknown. */
  found(person: Person): unknown;
  /** The threshold, machine-readable. */
  readonly required: unknown;
  /** What is asked, as a sentence. */
  readonly sentence: Message;
  /** How far short, when that can be said. */
  shortfall(person: Person): Message | undefined;
  /** Facts that are unknown (or known only in part) and leave this term unknown. */
  missing(person: Person): readonly string[];
  /** Ids of alternatives marked X that are unknown; "" for a part marked P that stays unknown. */
  assumed(person: Person): readonly string[];
  readonly facts: readonly string[];
  /** Patches of facts at and around every threshold of the term; null makes a fact unknown. Tens, not thousands. */
  probes(): readonly Facts[];
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
  bind(spec: Spec, context: BindContext): Term;
}

/** The first test that holds decides; a test that is null does not hold; otherwise unknown. */
export type OutcomeCases = readonly (readonly [test: string, outcome: Outcome])[];

/** Completes a leaf: no planning of its own, every open fact of it is missing while it is unknown. */
export function leaf(
  parts: Pick<Term, "evaluate" | "found" | "required" | "sentence" | "facts" | "probes"> &
    Partial<Pick<Term, "shortfall" | "missing">> &
    ({ readonly sql: string } | { readonly cases: OutcomeCases }),
): Term {
  const { evaluate, facts } = parts;
  const sql = "sql" in parts ? parts.sql : outcomeSql(...parts.cases);
  return {
    shortfall: () => undefined,
    missing: (person) => (evaluate(person) === unknown ? facts.filter((name) => person.isOpen(name)) : []),
    ...parts,
    sql,
    plan: evaluate,
    planSql: sql,
    assumed: () => [],
  };
}

export const capitalise = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

export const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const column = (name: string) => `"${name.replaceAll('"', '""')}"`;
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
