/** Runs the test cases that stand beside the rules. */
import type { Expectation, RulebookCase } from "./case-schema.ts";
import { type EvaluationResult, evaluate } from "./evaluate.ts";
import { type Facts, parseFacts } from "./parse-facts.ts";
import type { Rulebook } from "./rulebook.ts";
import type { Path } from "./yaml-text.ts";

/** Something a case expects and the evaluator says otherwise. */
export interface CaseDifference {
  /** Of the expectation, inside `expect`. */
  readonly path: Path;
  readonly expected: unknown;
  readonly found: unknown;
}

/** The facts of a case. Throws FactsError when the file states impossible ones. */
export function caseFacts(book: Rulebook, one: RulebookCase): Facts {
  return parseFacts({ ...book.people[one.level], ...one.facts });
}

/** What of a case does not hold; empty when all of it does. */
export function caseDifferences(book: Rulebook, one: RulebookCase, facts: Facts): CaseDifference[] {
  const lookAhead = one.expect.firstEligibleYear !== undefined;
  return differences(evaluate(book, one.level, one.year, facts, { explained: false, lookAhead }), one.expect);
}

/** The same in words. Throws FactsError when the file states impossible facts. */
export function checkCase(book: Rulebook, one: RulebookCase): string[] {
  return caseDifferences(book, one, caseFacts(book, one)).map(differenceText);
}

export const differenceText = ({ path, expected, found }: CaseDifference): string =>
  `${path.join(".")}: expected ${JSON.stringify(expected) ?? "nothing"}, found ${JSON.stringify(found) ?? "nothing"}`;

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const sorted = (list: unknown) => (Array.isArray(list) ? [...list].sort() : list);

function differences(result: EvaluationResult, wanted: Expectation): CaseDifference[] {
  const { pathways, conditions, ...plain } = wanted;
  const pathway = (id: string) => result.pathways.find((one) => one.id === id);
  const compared: CaseDifference[] = [
    ...Object.entries(plain).map(([key, expected]) => ({
      path: [key],
      expected: sorted(expected),
      found: sorted(result[key as keyof EvaluationResult]),
    })),
    ...Object.entries(pathways ?? {}).map(([id, expected]) => ({
      path: ["pathways", id],
      expected,
      found: pathway(id)?.outcome ?? null,
    })),
    ...Object.entries(conditions ?? {}).flatMap(([id, outcomes]) =>
      Object.entries(outcomes).map(([condition, expected]) => ({
        path: ["conditions", id, condition],
        expected,
        found: pathway(id)?.conditions.find((one) => one.id === condition)?.outcome ?? null,
      })),
    ),
  ];
  return compared.filter(({ expected, found }) => !same(found, expected));
}
