/** Runs the test cases that stand beside the rules. */
import type { Expectation, RulebookCase } from "./case-schema.ts";
import { type EvaluationResult, evaluate } from "./evaluate.ts";
import { type Facts, parseFacts } from "./parse-facts.ts";
import type { Rulebook } from "./rulebook.ts";

/** The facts of a case. Throws FactsError when the file states impossible ones. */
export function caseFacts(book: Rulebook, one: RulebookCase): Facts {
  return parseFacts({ ...book.people[one.level], ...one.facts });
}

/** Differences between what a case expects and what the evaluator says; empty when it holds. */
export function checkCase(book: Rulebook, one: RulebookCase): string[] {
  return differences(evaluate(book, one.level, one.year, caseFacts(book, one)), one.expect);
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const sorted = (list: unknown) => (Array.isArray(list) ? [...list].sort() : list);

function differences(result: EvaluationResult, wanted: Expectation): string[] {
  const faults: string[] = [];
  const compare = (what: string, found: unknown, expected: unknown) => {
    if (!same(found, expected))
      faults.push(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  };
  const { pathways, conditions, ...plain } = wanted;
  for (const [key, expected] of Object.entries(plain)) {
    compare(key, sorted(result[key as keyof EvaluationResult]), sorted(expected));
  }
  for (const [id, expected] of Object.entries(pathways ?? {})) {
    compare(id, result.pathways.find((one) => one.id === id)?.outcome ?? null, expected);
  }
  for (const [id, outcomes] of Object.entries(conditions ?? {})) {
    const listed = result.pathways.find((one) => one.id === id)?.conditions ?? [];
    for (const [condition, expected] of Object.entries(outcomes)) {
      compare(`${id}.${condition}`, listed.find((one) => one.id === condition)?.outcome ?? null, expected);
    }
  }
  return faults;
}
