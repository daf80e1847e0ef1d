/** Runs the score cases that stand beside the rules. */
import type { CaseDifference } from "./cases.ts";
import { FactsError, parseFacts } from "./parse-facts.ts";
import type { Rulebook } from "./rulebook.ts";
import { type ScoreResult, score } from "./score.ts";
import type { ScoreCase, ScoreExpectation } from "./score-text.ts";

/** What the case can be compared with. */
const shown = ({ daily, honours, continuingEducation, ability, total, missing }: ScoreResult): ScoreExpectation => ({
  daily: daily.points,
  raw: daily.raw,
  honours: honours.points,
  continuingEducation: continuingEducation.points,
  ability: ability?.points ?? null,
  total,
  missing: [...missing].sort(),
});

function scoreOf(book: Rulebook, { level, year, facts, reading }: ScoreCase): ScoreExpectation {
  try {
    return shown(score(book, level, year, parseFacts(facts), { reading }));
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    return { fault: error.property ?? "" };
  }
}

/** Differences between what a score case expects and what is scored; empty when it holds. Throws bad-input for a level without score. */
export function checkScoreCase(book: Rulebook, one: ScoreCase): CaseDifference[] {
  const found = scoreOf(book, one);
  const { missing, ...rest } = one.expect;
  const wanted: ScoreExpectation = missing ? { ...rest, missing: [...missing].sort() } : rest;
  const keys = [...new Set([...Object.keys(wanted), ...(found.fault === undefined ? [] : ["fault"])])];
  return keys.flatMap((key) => {
    const [expected, actual] = [wanted, found].map((side) => side[key as keyof ScoreExpectation]);
    return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ path: [key], expected, found: actual }];
  });
}
