/**
 * Probes: patches of facts at and around the thresholds of a term. Laid over a person they show where an outcome changes; tests of
 * boundaries, the coverage report and the check for contradictions use them.
 */
import { type Day, isoDate } from "./dates.ts";
import { findFact } from "./facts.ts";
import { met, type Outcome, unmet } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import type { Term } from "./term.ts";

/** Facts by name as a patch; null makes a fact unknown. */
export const patch = (values: Readonly<Record<string, unknown>>): Facts => values as Facts;

/** One fact with each of some values, each once. */
export const patches = (fact: string, values: Iterable<unknown>): Facts[] =>
  [...new Set(values)].map((value) => patch({ [fact]: value }));

/** A day before, at and after `limit`, the months and years these lie in, and no date. */
export function aroundDay(fact: string, limit: Day): Facts[] {
  const days = [limit - 1, limit, limit + 1].map(isoDate);
  return patches(fact, [...days, ...days.map((day) => day.slice(0, 7)), ...days.map((day) => day.slice(0, 4)), null]);
}

/** Text no list of the rulebooks contains. */
const stranger = "无此项目";

/** Every value of an enumeration or a yes-no fact; of free text the first and last accepted one and a strange one; and none. */
export function everyValue(fact: string, accepted: readonly unknown[] = []): Facts[] {
  const type = findFact(fact)?.type;
  switch (type?.kind) {
    case "enum":
      return patches(fact, [...type.values.map(({ code }) => code), null]);
    case "boolean":
      return patches(fact, [true, false, null]);
    default:
      return patches(fact, [accepted[0] ?? null, accepted.at(-1) ?? null, stranger, null]);
  }
}

/** Every patch of the first list with every one of the second laid over it. */
export const crossed = (bases: readonly Facts[], others: readonly Facts[]): Facts[] =>
  bases.flatMap((base) => others.map((other) => ({ ...base, ...other })));

/** Leaves out repetitions. */
export const distinct = (probes: readonly Facts[]): Facts[] => [
  ...new Map(probes.map((probe) => [JSON.stringify(probe), probe])).values(),
];

/** The first probe that alone, with nothing else known, gives the outcome. */
export const sample = (term: Pick<Term, "evaluate" | "probes">, outcome: Outcome): Facts | undefined =>
  term.probes().find((probe) => term.evaluate(new Person(probe)) === outcome);

/**
 * Probes of terms that are joined: each term's own, alone and over facts under which the other terms leave the decision to it
 * (met for "all", unmet for "any").
 */
export function combined(terms: readonly Pick<Term, "evaluate" | "probes">[], kind: "all" | "any"): Facts[] {
  const samples = terms.map((term) => sample(term, kind === "all" ? met : unmet) ?? {});
  return distinct(
    terms.flatMap((term, index) => {
      const others: Facts = Object.assign({}, ...samples.filter((_, position) => position !== index));
      const probes = term.probes();
      return [...probes, ...crossed([others], probes)];
    }),
  );
}
