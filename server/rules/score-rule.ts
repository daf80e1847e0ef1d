/** The quantified score of a rulebook once it is read: immutable, every rule with its citation. */
import type { Message } from "../errors.ts";
import { type CitationText, citationOf } from "./citation-text.ts";
import type { TargetLevel } from "./facts.ts";
import type { Citation, RulebookLevel } from "./rulebook.ts";
import type { Reading, ScoreItemText, ScoresText } from "./score-text.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

interface Cited {
  readonly citation: Citation;
  /** Not in the notice itself but taken from a sister notice. */
  readonly derived: boolean;
}

export interface ScoreItem extends Cited {
  readonly item: string;
  readonly label: Message;
  /** For each year or item of the list. */
  readonly points: number;
  readonly years: ScoreItemText["years"];
  readonly list: ScoreItemText["list"];
}

interface PartHead extends Cited {
  readonly label: Message;
  /** Most points of the part. */
  readonly cap: number;
}

export interface ScorePart extends PartHead {
  readonly items: readonly ScoreItem[];
}

export interface ScoreRule {
  readonly levels: readonly TargetLevel[];
  /** Of the daily and honours parts: from a date of the worker through a date of the level. */
  readonly period: Cited & { readonly since: string; readonly through: string };
  readonly daily: ScorePart;
  readonly honours: ScorePart & { readonly reading: Reading };
  readonly continuingEducation: ScorePart;
  readonly ability: PartHead & {
    readonly marks: readonly { readonly mark: string; readonly label: Message; readonly points: number }[];
  };
}

/** What a score asks of the rulebook's levels and these do not have. */
export function scoreFaults(
  { levels: scored, period: { through } }: ScoresText,
  levels: ReadonlyMap<TargetLevel, RulebookLevel>,
): { readonly path: Path; readonly fault: SpecFault }[] {
  const isNamed = /^(?:window\.|cutOff)/.test(through);
  return scored.flatMap((target, index) => {
    const level = levels.get(target);
    if (!level) return [{ path: ["levels", index], fault: notCovered(target, [...levels.keys()]) }];
    return isNamed && !level.dates.has(through)
      ? [{ path: ["period", "through"], fault: noDate(target, through) }]
      : [];
  });
}

const notCovered = (target: TargetLevel, covered: readonly TargetLevel[]): SpecFault => ({
  name: "unknownLevel",
  message: { zh: `规则库没有等级 ${target}`, en: `the rulebook does not cover level ${target}` },
  suggestion: didYouMean(target, covered),
});
const noDate = (target: TargetLevel, date: string): SpecFault => ({
  name: "missingDate",
  message: { zh: `等级 ${target} 没有日期 ${date}`, en: `level ${target} has no date "${date}"` },
  suggestion: {
    zh: "请为该等级补上此日期，或写 Y-06-30 之类",
    en: "give the level this date, or write one such as Y-06-30",
  },
});

/** `document` is the one that a citation without a document means. */
export function resolveScores(text: ScoresText, document: string): ScoreRule {
  const cited = <T extends { readonly cite: CitationText; readonly derived?: boolean | undefined }>(one: T) => {
    const { cite, derived = text.derived ?? false, ...rest } = one;
    return { ...rest, citation: citationOf(cite, text.document ?? document), derived };
  };
  const item = (one: ScoreItemText): ScoreItem => ({ years: undefined, list: undefined, ...cited(one) });
  const part = (one: ScoresText["daily"]): ScorePart => ({ ...cited(one), items: one.items.map(item) });
  return {
    levels: text.levels,
    period: cited(text.period),
    daily: part(text.daily),
    honours: { ...part(text.honours), reading: text.honours.reading },
    continuingEducation: part(text.continuingEducation),
    ability: cited(text.ability),
  };
}
