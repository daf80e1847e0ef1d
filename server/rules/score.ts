/** The quantified score (量化考评) of one worker, every item explained. */
import { badInput, type Message } from "../errors.ts";
import { bindLevel } from "./bind.ts";
import { isoDate } from "./dates.ts";
import { decimal, least, product, rounded, sum, toNumber } from "./decimal.ts";
import type { TargetLevel } from "./facts.ts";
import { factLabel } from "./operators/labels.ts";
import { type Facts, FactsError } from "./parse-facts.ts";
import type { Citation, Rulebook } from "./rulebook.ts";
import { type Candidate, candidatesOf, type Period } from "./score-items.ts";
import type { ScorePart, ScoreRule } from "./score-rule.ts";
import type { Reading } from "./score-text.ts";
import { bindDate } from "./term.ts";

export interface ScoredItem {
  /** Null where it is not known. */
  readonly year: number | null;
  /** The rule's name. */
  readonly item: string;
  /** What the rule gives; `counted` says whether it does. */
  readonly points: number;
  readonly counted: boolean;
  readonly label: Message;
  /** As exact as it is known; null for what is recorded by the year only. */
  readonly date: string | null;
  readonly matter: string | null;
  /** Why it does not count. */
  readonly reason: Message | null;
  readonly citation: Citation;
  readonly derived: boolean;
}

interface PartHead {
  readonly label: Message;
  readonly cap: number;
  readonly citation: Citation;
  readonly derived: boolean;
}

export interface PartScore extends PartHead {
  readonly points: number;
  /** The counted items before the cap. */
  readonly raw: number;
  /** By year; those without one last. */
  readonly items: readonly ScoredItem[];
}

export interface AbilityScore extends PartHead {
  /** Not rounded. */
  readonly points: number;
  readonly marks: readonly {
    readonly mark: string;
    readonly label: Message;
    readonly value: number;
    readonly weight: number;
    readonly points: number;
  }[];
}

export interface ScoreResult {
  readonly rulebook: string;
  readonly examYear: number;
  readonly projected: boolean;
  readonly targetLevel: TargetLevel;
  readonly workerId: string | null;
  /** From when through when dailies and honours count. */
  readonly period: { readonly since: string; readonly through: string; readonly citation: Citation };
  readonly daily: PartScore;
  readonly honours: PartScore & { readonly reading: Reading };
  readonly continuingEducation: PartScore;
  /** Null unless all marks are there. */
  readonly ability: AbilityScore | null;
  /** Of the parts there are, rounded half up to two decimals. */
  readonly total: number;
  /** The most that these parts can give. */
  readonly cap: number;
  /** Facts that are not known and could still add points. */
  readonly missing: readonly string[];
}

const add = (points: readonly number[]): number => toNumber(sum(points.map(decimal)));

const onceAYear: Message = { zh: "同一年度只计一次", en: "counts once a year" };
const sameMatter: Message = {
  zh: "同一年度同一事项按最高分项计分",
  en: "of the same matter in the same year only the highest counts",
};
const notHighest: Readonly<Record<Exclude<Reading, "sum">, Message>> = {
  single: { zh: "只按最高分项计分，不重复计分", en: "only the single highest counts" },
  topTier: { zh: "只计最高一档", en: "only the highest tier counts" },
};

const text = (value: string | number | null): string => (value === null ? "\uffff" : String(value));

/** Most points first; of equals those first that stand in the way of fewest others. */
function byPreference(a: Candidate, b: Candidate): number {
  return (
    b.rule.points - a.rule.points ||
    Number(isOnceAYear(a)) - Number(isOnceAYear(b)) ||
    Number(a.matter !== null) - Number(b.matter !== null) ||
    byYear(a, b)
  );
}

/** Items that come out equal are so in all that the result tells of them. */
function byYear(a: Candidate, b: Candidate): number {
  const keys = ({ year, rule, date, matter, reason }: Candidate) => [
    text(year),
    rule.item,
    text(date),
    text(matter),
    reason?.en ?? "",
  ];
  const [first, second] = [keys(a), keys(b)];
  const place = first.findIndex((key, index) => key !== second[index]);
  return place < 0 ? 0 : (first[place] ?? "") < (second[place] ?? "") ? -1 : 1;
}

const isOnceAYear = ({ rule }: Candidate): boolean => rule.years !== undefined && rule.list !== undefined;

/** Settles which of the candidates count together; the others get their reason. */
function settle(candidates: readonly Candidate[], reading: Reading): Candidate[] {
  const matters = new Set<string>();
  const years = new Set<string>();
  const rejection = (one: Candidate): Message | null => {
    const { rule, year, matter } = one;
    const matterKey = `${year} ${matter}`;
    const yearKey = `${year} ${rule.item}`;
    if (isOnceAYear(one) && years.has(yearKey)) return onceAYear;
    if (matter !== null && matters.has(matterKey)) return sameMatter;
    years.add(yearKey);
    if (matter !== null) matters.add(matterKey);
    return null;
  };
  const settled = [...candidates]
    .sort(byPreference)
    .map((one) => (one.reason ? one : { ...one, reason: rejection(one) }));
  if (reading === "sum") return settled;
  const best = settled.find(({ reason }) => reason === null);
  return settled.map((one) => {
    if (one.reason || one === best) return one;
    const isTop = reading === "topTier" && one.rule.points === best?.rule.points;
    return isTop ? one : { ...one, reason: notHighest[reading] };
  });
}

const scoredItem = ({ rule, year, date, matter, reason }: Candidate): ScoredItem => ({
  year,
  item: rule.item,
  points: rule.points,
  counted: reason === null,
  label: rule.label,
  date,
  matter,
  reason,
  citation: rule.citation,
  derived: rule.derived,
});

interface PartAsked {
  readonly examYear: number;
  readonly period: Period | undefined;
  readonly reading: Reading;
}

function scorePart(part: ScorePart, facts: Facts, { reading, ...asked }: PartAsked) {
  const found = part.items.map((rule) => ({ rule, ...candidatesOf(rule, facts, asked) }));
  const settled = settle(
    found.flatMap(({ candidates }) => candidates),
    reading,
  );
  const raw = add(settled.filter(({ reason }) => reason === null).map(({ rule }) => rule.points));
  const { label, cap, citation, derived } = part;
  const score: PartScore = {
    points: Math.min(raw, cap),
    raw,
    cap,
    label,
    citation,
    derived,
    items: settled.sort(byYear).map(scoredItem),
  };
  // what is not known matters only while it could add something
  const canAdd = (points: number) => raw < cap && (reading !== "single" || points > raw);
  return { score, gaps: found.flatMap(({ rule, gaps }) => (canAdd(rule.points) ? gaps : [])) };
}

function scoreAbility({ ability }: ScoreRule, facts: Facts) {
  const { marks, label, cap, citation, derived } = ability;
  const given = marks.flatMap(({ mark, label, points }) => {
    const value = facts.marks?.[mark];
    if (value === undefined) return [];
    const exact = product(product(decimal(value), decimal(points)), decimal(0.01));
    return [{ exact, line: { mark, label, value, weight: points, points: toNumber(exact) } }];
  });
  if (given.length < marks.length) return undefined;
  const exact = least(sum(given.map((one) => one.exact)), decimal(cap));
  const score: AbilityScore = {
    points: toNumber(exact),
    cap,
    label,
    citation,
    derived,
    marks: given.map(({ line }) => line),
  };
  return { exact, score };
}

/** Throws bad-input when the rulebook has no score for the level; says which of `books` have one. */
export function checkScored(book: Rulebook, target: string, books: Iterable<Rulebook> = [book]): ScoreRule {
  const { scores } = book;
  if (scores?.levels.some((level) => level === target)) return scores;
  const scored = [...books].flatMap(({ id, scores: rule }) => (rule ? [{ id, levels: rule.levels }] : []));
  const others = {
    zh: scored.map(({ id, levels }) => `${id}（${levels.join("、")}）`).join("、") || "无",
    en: scored.map(({ id, levels }) => `${id} (${levels.join(", ")})`).join(", ") || "none",
  };
  const where = scores
    ? { zh: `规则库 ${book.id} 的等级 ${target} `, en: `level ${target} of rulebook ${book.id}` }
    : { zh: `规则库 ${book.id} `, en: `rulebook ${book.id}` };
  throw badInput(
    `${where.zh}没有量化考评；有量化考评的：${others.zh}`,
    `${where.en} has no quantified score; those with one: ${others.en}`,
    scores
      ? { property: "level", value: target, allowed: scores.levels }
      : { property: "rulebook", value: book.id, allowed: scored.map(({ id }) => id) },
  );
}

function periodOf({ period }: ScoreRule, facts: Facts, through: string): Period {
  const sinceFact = period.since;
  const since = facts[sinceFact as keyof Facts];
  if (typeof since === "string") return { sinceFact, since, through };
  throw new FactsError(sinceFact, null, {
    zh: `${factLabel(sinceFact).zh}（${sinceFact}）未知，无法计分：日常表现和荣誉从该日期起算`,
    en: `${sinceFact} is not known, so no score can be given: dailies and honours count from that date on`,
  });
}

/**
 * The scorer of a rulebook level in an exam year. Throws bad-input for a level without a score or a year that cannot be; the scorer
 * throws FactsError when the date is unknown from which items count.
 */
export function bindScore(
  book: Rulebook,
  target: string,
  year?: number,
  reading?: Reading,
): (facts: Facts) => ScoreResult {
  const rule = checkScored(book, target);
  const { level, year: examYear, target: targetLevel } = bindLevel(book, target, year);
  const last = rule.period.through;
  const through = isoDate(bindDate(level.dates.get(last) ?? last, { year: examYear, dates: new Map() }).to);
  const honoursReading = reading ?? rule.honours.reading;
  return (facts) => {
    const period = periodOf(rule, facts, through);
    const daily = scorePart(rule.daily, facts, { examYear, period, reading: "sum" });
    const honours = scorePart(rule.honours, facts, { examYear, period, reading: honoursReading });
    const training = scorePart(rule.continuingEducation, facts, { examYear, period: undefined, reading: "sum" });
    const ability = scoreAbility(rule, facts);
    const parts = [daily, honours, training];
    const points = [...parts.map(({ score }) => decimal(score.points)), ...(ability ? [ability.exact] : [])];
    const caps = [...parts.map(({ score }) => score.cap), ...(ability ? [ability.score.cap] : [])];
    return {
      rulebook: book.id,
      examYear,
      projected: examYear !== book.year,
      targetLevel,
      workerId: facts.workerId ?? null,
      period: { since: period.since, through, citation: rule.period.citation },
      daily: daily.score,
      honours: { ...honours.score, reading: honoursReading },
      continuingEducation: training.score,
      ability: ability?.score ?? null,
      total: toNumber(rounded(sum(points), 2)),
      cap: add(caps),
      missing: [...new Set([...parts.flatMap(({ gaps }) => gaps), ...(ability ? [] : ["marks"])])],
    };
  };
}

/** One worker's score; `reading` replaces the rulebook's own for honours. Errors as `bindScore`. */
export const score = (
  book: Rulebook,
  target: string,
  year: number | undefined,
  facts: Facts,
  { reading }: { readonly reading?: Reading | undefined } = {},
): ScoreResult => bindScore(book, target, year, reading)(facts);
