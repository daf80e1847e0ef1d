/**
 * Whether rulebooks make sense and do what their cases say: windows, quota, conditions nobody can meet or that contradict each
 * other, pathways nobody can reach, names for nothing, and every case on the evaluator.
 */
import type { ReadLibrary } from "./build-library.ts";
import { type CaseFailure, caseCount, checkCaseTexts, type RunnableCase, runCases } from "./check-cases.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkNames } from "./check-names.ts";
import { checkQuota } from "./check-quota.ts";
import { checkTrades, type KnownTrades } from "./check-trades.ts";
import { checkWindows } from "./check-windows.ts";
import type { MergedBook } from "./merge-book.ts";
import type { ResolvedBook } from "./resolve-book.ts";

/** A rulebook whose rules, and those it extends, have no error: its cases have been run. */
export interface SoundBook {
  readonly resolved: ResolvedBook;
  readonly cases: readonly RunnableCase[];
}

export interface CheckedLibrary {
  readonly sound: readonly SoundBook[];
  /** Files looked at, and cases run. */
  readonly rulebooks: number;
  readonly cases: number;
  readonly failures: readonly CaseFailure[];
}

/** Adds every finding to the reports of the files. `trades`: those the product knows. */
export function checkLibrary(
  { books, parsed }: ReadLibrary,
  trades: KnownTrades = { names: [], aliases: [] },
): CheckedLibrary {
  const checked = books.map((resolved) => ({ resolved, cases: checkCaseTexts(resolved) }));
  for (const { resolved, cases } of checked) {
    checkWindows(resolved);
    checkQuota(resolved);
    checkConditions(resolved, cases);
    checkTrades(resolved, trades);
  }
  checkNames(
    books,
    parsed.every(({ isUnreadable }) => !isUnreadable),
  );
  const sound = checked.filter(({ resolved }) => hasSoundRules(resolved.merged));
  const failures = sound.flatMap(({ resolved, cases }) => runCases(resolved, cases));
  return {
    sound,
    rulebooks: parsed.length,
    cases: sound.reduce((sum, { resolved }) => sum + caseCount(resolved), 0),
    failures,
  };
}

const hasSoundRules = ({ parsed, parent }: MergedBook): boolean =>
  !parsed.report.hasErrorsOutside(caseSections) && (parent === undefined || hasSoundRules(parent));

/** What of a file says nothing about its rules. */
const caseSections = ["people", "cases", "scoreCases"];
