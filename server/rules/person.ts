import { type DateInterval, parseDate } from "./dates.ts";
import { findFact } from "./facts.ts";
import type { FactItem, Facts } from "./parse-facts.ts";
import { type MonthInterval, type RetirementTrack, retirementMonths } from "./retirement.ts";

/** Facts with what is derived from them, worked out once per worker. */
export class Person {
  readonly #intervals = new Map<string, DateInterval | undefined>();

  constructor(readonly facts: Facts) {}

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

  /** A date fact as an interval; undefined when absent. */
  date(name: string): DateInterval | undefined {
    if (!this.#intervals.has(name)) {
      const text = this.facts[name as keyof Facts];
      this.#intervals.set(name, typeof text === "string" ? parseDate(text) : undefined);
    }
    return this.#intervals.get(name);
  }

  get track(): RetirementTrack | undefined {
    const { retirementTrack, sex } = this.facts;
    if (retirementTrack) return retirementTrack;
    if (!sex) return undefined;
    return sex === "male" ? "male60" : "female50";
  }

  get retirement(): MonthInterval | undefined {
    return retirementMonths(this.date("birthDate"), this.track, this.date("retirementDate"));
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
