/** Evaluating or scoring one worker or a batch, with the same errors from the command line and over HTTP. */
import type { Message } from "./errors.ts";
import { clip, clipMessage, quotable, tooDeep } from "./json-bounds.ts";
import { bindLevel } from "./rules/bind.ts";
import { type EvaluationResult, evaluate } from "./rules/evaluate.ts";
import { FactsError, parseFacts } from "./rules/parse-facts.ts";
import type { RulebookLibrary } from "./rules/rulebook.ts";
import { bindScore, checkScored, type ScoreResult } from "./rules/score.ts";
import type { Reading } from "./rules/score-text.ts";

/** One thing to answer and its place: the line of an NDJSON file or the position from 1. */
export interface Item {
  readonly line: number;
  /** The JSON value, or the fault that kept it from being one. */
  readonly content: { readonly json: unknown } | { readonly fault: FactsError };
}

/** Stands in the place of a result that could not be given. */
export interface ItemError {
  readonly line: number;
  readonly workerId: string | null;
  readonly error: {
    readonly code: string;
    readonly property: string | null;
    readonly value: unknown;
    readonly message: Message;
  };
}

/**
 * Answers one worker's facts as they came in. `alone`: nobody else is asked about, so that there is room for detail.
 * Throws FactsError for facts that cannot be taken.
 */
export type Answer<Result> = (facts: unknown, alone?: boolean) => Result;

/** What the facts of a worker, or of each of a batch, are held against. */
export interface Question {
  readonly rulebook: string;
  readonly level: string;
  readonly year?: number | undefined;
}

function takeFacts(json: unknown) {
  if (tooDeep(json)) throw new FactsError(null, null, { zh: "信息嵌套过深", en: "the facts are nested too deeply" });
  return parseFacts(json);
}

/** Throws for an unknown rulebook, a level it does not cover, or an impossible year — before any worker is looked at. */
export function evaluation(library: RulebookLibrary, { rulebook, level, year }: Question): Answer<EvaluationResult> {
  const book = library.get(rulebook);
  bindLevel(book, level, year);
  return (facts, alone) => evaluate(book, level, year, takeFacts(facts), { detail: alone });
}

/** Throws like `evaluation`, and for a level without a quantified score. */
export function scoring(
  library: RulebookLibrary,
  { rulebook, level, year, reading }: Question & { readonly reading?: Reading | undefined },
): Answer<ScoreResult> {
  const book = library.get(rulebook);
  checkScored(book, level, library.books.values());
  const scoreOf = bindScore(book, level, year, reading);
  return (facts) => scoreOf(takeFacts(facts));
}

/** The number of a worker whose facts may be faulty. */
function workerIdOf(json: unknown): string | null {
  const id = typeof json === "object" && json !== null ? Reflect.get(json, "workerId") : undefined;
  return typeof id === "string" ? id : null;
}

export const isItemError = (result: object): result is ItemError => "error" in result;

/** One item of a batch: its result, or the error in its place. */
export function answerItem<Result>(answer: Answer<Result>, { line, content }: Item): Result | ItemError {
  try {
    if ("fault" in content) throw content.fault;
    return answer(content.json);
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    const { code, property, value, text } = error;
    const workerId = "json" in content ? workerIdOf(content.json) : null;
    return {
      line,
      workerId,
      error: { code, property: property && clip(property), value: quotable(value) ?? null, message: clipMessage(text) },
    };
  }
}

/** A list as a batch; positions from 1. */
export const itemsOf = (list: readonly unknown[]): Item[] =>
  list.map((json, index) => ({ line: index + 1, content: { json } }));
