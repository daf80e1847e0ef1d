/** What in a worker's facts a part of the quantified score speaks of: each thing once, and why it cannot count where it cannot. */
import type { Message } from "../errors.ts";
import { findFact } from "./facts.ts";
import { met, unmet } from "./kleene.ts";
import { bindTest } from "./operators/items.ts";
import { factLabel } from "./operators/labels.ts";
import type { FactItem, Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import type { ScoreItem } from "./score-rule.ts";

/** Both ends included. `since` is as exact as it is known: a day, a month or a year; `through` is a day. */
export interface Period {
  readonly sinceFact: string;
  readonly since: string;
  readonly through: string;
}

/** Something that may score. */
export interface Candidate {
  readonly rule: ScoreItem;
  readonly year: number | null;
  /** As exact as it is known; null for what is recorded by the year only, and where it is not known. */
  readonly date: string | null;
  readonly matter: string | null;
  /** Why it does not count; null when nothing in itself speaks against it. */
  readonly reason: Message | null;
}

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Facts that are not known and might hold more. */
  readonly gaps: readonly string[];
}

interface Asked {
  readonly examYear: number;
  readonly period: Period | undefined;
}

/** −1, 0 or 1: a before, the same as, or after b, at the coarser precision of the two. */
function compareDates(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  const [first, second] = [a.slice(0, length), b.slice(0, length)];
  return first < second ? -1 : first > second ? 1 : 0;
}

const yearIn = (date: string): number => Number(date.slice(0, 4));

const outside = ({ sinceFact, since, through }: Period, early: boolean): Message => {
  const { zh, en } = factLabel(sinceFact);
  return early
    ? { zh: `早于${zh}（${since}）`, en: `too early: ${en} ${since}` }
    : { zh: `晚于计分截止日期（${through}）`, en: `too late: counts through ${through}` };
};

function dateFault(date: string, period: Period | undefined): Message | null {
  if (!period) return null;
  if (compareDates(date, period.since) < 0) return outside(period, true);
  return compareDates(date, period.through) > 0 ? outside(period, false) : null;
}

function yearFault(year: number, period: Period | undefined): Message | null {
  if (!period) return null;
  if (year < yearIn(period.since)) return outside(period, true);
  return year > yearIn(period.through) ? outside(period, false) : null;
}

const none = { candidates: [], gaps: [], years: new Set<number>() };
const notDated: Message = { zh: "没有日期，不计分", en: "has no date" };

/** `years`: those in which an item surely is what the rule means, whether or not it counts. */
function listItems(rule: ScoreItem, facts: Facts, { period }: Asked): Found & { readonly years: ReadonlySet<number> } {
  if (!rule.list) return none;
  const { fact, where } = rule.list;
  const type = findFact(fact)?.type;
  const fields = type?.kind === "list" ? type.fields : [];
  const dateField = fields.find(({ kind }) => kind === "date")?.name ?? "";
  const tests = fields.flatMap((field) => {
    const test = where[field.name];
    return test === undefined ? [] : [{ field, ...bindTest(field, test) }];
  });
  const list = facts[fact as keyof Facts] as readonly FactItem[] | null | undefined;
  if (!list) return { ...none, gaps: [fact] };
  const person = new Person(facts);
  const gaps = new Set<string>();
  const years = new Set<number>();
  const candidates = list.flatMap((item): Candidate[] => {
    const outcomes = tests.map(({ field, evaluate }) => ({ field, outcome: evaluate(item, person) }));
    if (outcomes.some(({ outcome }) => outcome === unmet)) return [];
    const text = item[dateField];
    const date = typeof text === "string" ? text : null;
    const open = outcomes.find(({ outcome }) => outcome !== met)?.field;
    const untimely = date === null ? null : dateFault(date, period);
    const unknown = open && { zh: `${open.label.zh}未知，不计分`, en: `${open.label.en} is not known` };
    if (!untimely && (open || date === null)) gaps.add(fact);
    if (!open && date !== null) years.add(yearIn(date));
    const matter = typeof item.matter === "string" ? item.matter.trim() : "";
    return [
      {
        rule,
        year: date === null ? null : yearIn(date),
        date,
        matter: matter === "" ? null : matter,
        reason: untimely ?? unknown ?? (date === null ? notDated : null),
      },
    ];
  });
  return { candidates, gaps: [...gaps], years };
}

/** A year of a map or list: true counts, false does not, undefined is not recorded. */
type YearRecord = (year: number) => boolean | undefined;

function readYears(fact: string, grades: readonly string[] | undefined, facts: Facts) {
  const found: unknown = facts[fact as keyof Facts];
  if (Array.isArray(found)) {
    const record: YearRecord = (year) => found.includes(year);
    return { record, years: [...new Set<number>(found)] };
  }
  if (typeof found !== "object" || found === null) return undefined;
  const map = found as Readonly<Record<string, unknown>>;
  const record: YearRecord = (year) => {
    const value = map[String(year)] ?? undefined;
    return value === undefined ? undefined : grades ? grades.includes(String(value)) : value === true;
  };
  return { record, years: Object.keys(map).map(Number) };
}

const span = (from: number, through: number): number[] =>
  Array.from({ length: Math.max(0, through - from + 1) }, (_, step) => from + step);

const notRecorded: Message = { zh: "无记录，不计分", en: "not recorded" };
const notGood: Message = { zh: "未达到计分要求", en: "not good enough to count" };

function yearItems(rule: ScoreItem, facts: Facts, { examYear, period }: Asked, taken: ReadonlySet<number>): Found {
  if (!rule.years) return none;
  const { fact, in: grades, from, through } = rule.years;
  const source = readYears(fact, grades, facts);
  if (!source) return { ...none, gaps: [fact] };
  const { record, years } = source;
  const first = from === undefined ? undefined : examYear + from;
  const last = through === undefined ? undefined : examYear + through;
  const bounded = first !== undefined && last !== undefined;
  const reasonFor = (year: number): Message | null => {
    if (first !== undefined && year < first) return { zh: `${first}年度起计分`, en: `counts from ${first} on` };
    if (last !== undefined && year > last) return { zh: `只计至${last}年度`, en: `counts through ${last} only` };
    const recorded = record(year);
    if (!recorded) return recorded === undefined ? notRecorded : notGood;
    return yearFault(year, period);
  };
  // a window is told year by year, otherwise what is good enough to be looked at
  const told = bounded ? span(first, last) : years.filter((year) => record(year));
  const candidates = told
    .filter((year) => !taken.has(year))
    .map((year) => ({ rule, year, date: null, matter: null, reason: reasonFor(year) }));
  const low = Math.max(first ?? Number.NEGATIVE_INFINITY, period ? yearIn(period.since) : Number.NEGATIVE_INFINITY);
  const high = Math.min(last ?? Number.POSITIVE_INFINITY, period ? yearIn(period.through) : Number.POSITIVE_INFINITY);
  const counted = Number.isFinite(low) && Number.isFinite(high) ? span(low, high) : [];
  return { candidates, gaps: counted.some((year) => record(year) === undefined) ? [fact] : [] };
}

/** What the facts hold for one rule. Of two records of the same thing the list is the more exact: its years are told by it alone. */
export function candidatesOf(rule: ScoreItem, facts: Facts, asked: Asked): Found {
  const listed = listItems(rule, facts, asked);
  const yearly = yearItems(rule, facts, asked, listed.years);
  return { candidates: [...listed.candidates, ...yearly.candidates], gaps: [...listed.gaps, ...yearly.gaps] };
}
