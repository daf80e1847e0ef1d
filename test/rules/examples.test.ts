import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AppError } from "../../server/errors.ts";
import { loadLibrary } from "../../server/library.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { FactsError, parseFacts } from "../../server/rules/parse-facts.ts";

interface Expectation {
  decision?: string;
  planningDecision?: string;
  modules?: string[];
  blocking?: string[];
  assumed?: string[];
  assumedMay?: string[];
  remarks?: string[];
  selectionExam?: string | null;
  firstEligibleYear?: number | null;
  projected?: boolean;
  missing?: "some" | "empty";
  pathways?: Record<string, string>;
  pathwayOrder?: string[];
  conditions?: Record<string, Record<string, string | null>>;
  ids?: Record<string, string[]>;
  error?: { property?: string; mentions: string[] };
  items?: Expectation[];
}

interface Example {
  id: string;
  rulebook: string;
  level: string;
  year?: number;
  facts?: unknown;
  batch?: unknown[];
  expect: Expectation;
  why: string;
}

const examples = readFileSync(new URL("./examples.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Example);
const library = await loadLibrary();

function check(result: EvaluationResult, wanted: Expectation): void {
  const outcomes = (id: string) => {
    const pathway = result.pathways.find((one) => one.id === id);
    return Object.fromEntries(pathway?.conditions.map((one) => [one.id, one.outcome]) ?? []);
  };
  for (const key of ["decision", "planningDecision", "modules", "blocking", "projected", "remarks"] as const) {
    if (wanted[key] !== undefined) expect(result[key], key).toEqual(wanted[key]);
  }
  if (wanted.selectionExam !== undefined) expect(result.selectionExam).toBe(wanted.selectionExam);
  if (wanted.firstEligibleYear !== undefined) expect(result.firstEligibleYear).toBe(wanted.firstEligibleYear);
  if (wanted.assumed) {
    const may = new Set(wanted.assumedMay ?? []);
    expect(result.assumed.filter((one) => !may.has(one)).sort()).toEqual([...wanted.assumed].sort());
  }
  if (wanted.missing) expect(result.missing.length > 0 ? "some" : "empty").toBe(wanted.missing);
  if (wanted.pathwayOrder) expect(result.pathways.map(({ id }) => id)).toEqual(wanted.pathwayOrder);
  for (const [id, outcome] of Object.entries(wanted.pathways ?? {})) {
    expect(result.pathways.find((one) => one.id === id)?.outcome, id).toBe(outcome);
  }
  for (const [id, conditions] of Object.entries(wanted.conditions ?? {})) {
    for (const [condition, outcome] of Object.entries(conditions)) {
      expect(outcomes(id)[condition] ?? null, `${id}.${condition}`).toBe(outcome);
    }
  }
  for (const [id, ids] of Object.entries(wanted.ids ?? {})) {
    expect(result.pathways.find((one) => one.id === id)?.conditions.map((one) => one.id)).toEqual(ids);
  }
}

function checkError(run: () => unknown, wanted: { property?: string; mentions: string[] }): void {
  let error: unknown;
  try {
    run();
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(AppError);
  if (wanted.property && error instanceof FactsError) expect(error.property).toBe(wanted.property);
  for (const word of wanted.mentions) expect(error instanceof AppError && error.text.en).toContain(word);
}

describe("worked examples", () => {
  it.each(examples.map((example) => [example.id, example] as const))("%s", (_, example) => {
    const run = (facts: unknown) =>
      evaluate(library.get(example.rulebook), example.level, example.year, parseFacts(facts));
    const { error, items } = example.expect;
    if (error) return checkError(() => run(example.facts), error);
    if (!items) return check(run(example.facts), example.expect);
    const batch = example.batch ?? [];
    expect(batch).toHaveLength(items.length);
    for (const [index, item] of items.entries()) {
      if (item.error) checkError(() => run(batch[index]), item.error);
      else check(run(batch[index]), item);
    }
  });
});
