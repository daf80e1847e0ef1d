import { type DateInterval, parseDate } from "./dates.ts";
import { findFact } from "./facts.ts";
import type { FactItem, Facts } from "./parse-facts.ts";
import { type MonthInterval, type RetirementTrack, retirementMonths } from "./retirement.ts";

/** What a coming year is taken to bring where nothing is recorded: appraisal qualified, training passed. */
const coming: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["appraisals", "qualified"],
  ["continuingEducation", true],
]);

/** Whether the coming years bring entries of a fact. */
export const comes = (name: string): boolean => coming.has(name);

/** Facts with what is derived from them, worked out once per worker. */
export class Person {
  #dates = new Map<string, DateInterval | null>();
  #retirement: MonthInterval | null | undefined;
  #years: Map<string, readonly number[]> | undefined;

  /** `comingFrom`: the first of the coming years; without it there are none. */
  constructor(
    readonly facts: Facts,
    readonly comingFrom: number = Number.POSITIVE_INFINITY,
  ) {}

  /** The same person, seen from after the coming years. */
  later(comingFrom: number): Person {
    const later = new Person(this.facts, comingFrom);
    later.#dates = this.#dates;
    later.#retirement = this.#retirement;
    return later;
  }

  /** The fact, with absence read as the catalogue says; null is unknown. */
  value(name: string): unknown {
    const found = this.facts[name as keyof Facts];
    if (found !== null && found !== undefined) return found;
    const absent = findFact(name)?.absent;
    return typeof absent === "boolean" ? absent : null;
  }

  items(name: string): readonly FactItem[] | null {
    return (this.facts[name as keyof Facts] as readonly FactItem[] | null | undefined) ?? null;
  }

  /** Whether a fact by year is known at all. */
  hasEntries(name: string): boolean {
    return this.#record(name) !== null || (this.comingFrom < Number.POSITIVE_INFINITY && comes(name));
  }

  /** The entry of a fact by year, recorded or to come; null is unknown. */
  entry(name: string, year: number): unknown {
    return this.#record(name)?.[year] ?? (year >= this.comingFrom ? (coming.get(name) ?? null) : null);
  }

  /** The years a fact by year has entries of. */
  recordedYears(name: string): readonly number[] {
    let years = this.#years?.get(name);
    if (!years) {
      years = Object.keys(this.#record(name) ?? {}).map(Number);
      this.#years ??= new Map();
      this.#years.set(name, years);
    }
    return years;
  }

  #record(name: string): Readonly<Record<string, unknown>> | null {
    return (this.facts[name as keyof Facts] as Readonly<Record<string, unknown>> | null | undefined) ?? null;
  }

  /** A date fact as an interval; undefined when absent. */
  date(name: string): DateInterval | undefined {
    let found = this.#dates.get(name);
    if (found === undefined) {
      const text = this.facts[name as keyof Facts];
      found = (typeof text === "string" && parseDate(text)) || null;
      this.#dates.set(name, found);
    }
    return found ?? undefined;
  }

  /** A date fact as it is written; null when absent. */
  dateText(name: string): string | null {
    return this.date(name) ? String(this.facts[name as keyof Facts]) : null;
  }

  get track(): RetirementTrack | undefined {
    const { retirementTrack, sex } = this.facts;
    if (retirementTrack) return retirementTrack;
    if (!sex) return undefined;
    return sex === "male" ? "male60" : "female50";
  }

  get retirement(): MonthInterval | undefined {
    this.#retirement ??= retirementMonths(this.date("birthDate"), this.track, this.date("retirementDate")) ?? null;
    return this.#retirement ?? undefined;
  }

  /** A fact that is absent, or a date known only in part, and so may still change an outcome; never one whose absence means none. */
  isOpen(name: string): boolean {
    const definition = findFact(name);
    if (definition?.absent !== undefined) return false;
    if (definition?.type.kind !== "date") return this.value(name) === null;
    const interval = this.date(name);
    return !interval || interval.from !== interval.to;
  }
}
