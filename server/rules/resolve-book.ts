/** A merged rulebook text → the rulebook: names resolved, every fault of reference reported where it is written. */
import { createHash } from "node:crypto";
import { balanceRule } from "./balance.ts";
import { firstExamYear, lastExamYear } from "./bind.ts";
import type { TargetLevel } from "./facts.ts";
import type { MergedBook } from "./merge-book.ts";
import { publicityRule } from "./publicity.ts";
import { quotaRule } from "./quota.ts";
import { ConditionResolver } from "./resolve-conditions.ts";
import { resolveLevel } from "./resolve-level.ts";
import type { Rulebook, RulebookLevel } from "./rulebook.ts";
import { resolveScores, scoreFaults } from "./score-rule.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";

/** To be raised when the same text comes to be read otherwise, so that stored decisions are made anew. */
const evaluatorVersion = 1;

export interface ResolvedBook {
  readonly merged: MergedBook;
  /** Without conditions and pathways that are at fault. */
  readonly book: Rulebook;
  /** By level: ids of pathways that are left out, or of which a condition is. */
  readonly doubtful: ReadonlyMap<TargetLevel, ReadonlySet<string>>;
  readonly conditions: ConditionResolver;
}

export function resolveBook(merged: MergedBook): ResolvedBook {
  const { parsed } = merged;
  const { text } = parsed;
  const conditions = new ConditionResolver(merged);
  conditions.checkOwn();
  const resolved = [...merged.levels.keys()].map((target) => resolveLevel(merged, target, conditions));
  const levels = new Map(resolved.map(({ level }) => [level.target, level]));
  checkLevelNames(merged, levels);
  const { quota, balance, publicity, scores } = merged;
  const book: Rulebook = {
    id: text.id,
    year: yearOf(text.id),
    title: text.title,
    document: text.document,
    extends: text.extends,
    lists: new Map([...merged.lists].map(([name, { entries }]) => [name, entries])),
    levels,
    quota: quota && quotaRule(quota.text, quota.document),
    quotaCases: text.quota?.cases ?? [],
    balance: balance && balanceRule(balance.text, balance.document),
    publicity: publicity && publicityRule(publicity.text, publicity.document),
    people: text.people ?? {},
    cases: text.cases ?? [],
    scores: scores && resolveScores(scores.text, scores.document),
    scoreCases: text.scoreCases ?? [],
    hash: hashOf(merged),
  };
  const doubtful = new Map(resolved.map((one) => [one.level.target, one.doubtful]));
  return { merged, book, doubtful, conditions };
}

/** The year an id ends in; any where the id is at fault. */
function yearOf(id: string): number {
  const year = Number(/\d{4}$/.exec(id)?.[0]);
  return year >= firstExamYear && year <= lastExamYear ? year : firstExamYear;
}

// Scores, balance and publicity decide nobody's eligibility: with them in the hash a new label would make all stored
// decisions outdated.
function hashOf({ parsed, conditions, lists, shared, levels, quota }: MergedBook): string {
  const content = JSON.stringify([
    evaluatorVersion,
    parsed.text.id,
    [...conditions].map(([key, { text }]) => [key, text]),
    [...lists].map(([name, { entries }]) => [name, entries]),
    shared,
    [...levels].map(([target, { text, pathways }]) => [
      target,
      { ...text, resolved: pathways.map((pathway) => pathway.text) },
    ]),
    quota && { ...quota, text: { ...quota.text, cases: undefined } },
  ]);
  return createHash("sha256").update(content).digest("hex");
}

/** Levels that quota, balance and scores name. */
function checkLevelNames(merged: MergedBook, levels: ReadonlyMap<TargetLevel, RulebookLevel>): void {
  const { parsed } = merged;
  const { text, report } = parsed;
  if (merged.mayHoldMore("levels") || report.isFaulty(["levels"]) || report.isFaulty(["covers"])) return;
  for (const part of ["quota", "balance"] as const) {
    const target = text[part]?.level;
    if (target && !levels.has(target)) report.add([part, "level"], notCovered(target, [...levels.keys()]));
  }
  for (const { path, fault } of text.scores ? scoreFaults(text.scores, levels) : [])
    report.add(["scores", ...path], fault);
}

export const notCovered = (target: string, covered: readonly string[]): SpecFault => ({
  name: "unknownLevel",
  message: { zh: `规则库没有等级 ${target}`, en: `the rulebook does not cover level ${target}` },
  suggestion: didYouMean(target, covered),
});
