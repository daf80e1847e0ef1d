/**
 * A rulebook to be read: every level, pathway and condition in sentences, with its citation, the thresholds and dates those of
 * one exam year. Data only, ready to be sent as JSON.
 */
import type { Message } from "../errors.ts";
import type { BalanceRule } from "./balance.ts";
import { type BoundLevel, bindLevel } from "./bind.ts";
import type { WorkingDays } from "./calendar.ts";
import { formatInterval } from "./dates.ts";
import type { TargetLevel } from "./facts.ts";
import type { PublicityRule } from "./publicity.ts";
import type { QuotaRule } from "./quota.ts";
import type { Citation, Condition, Module, Pathway, Rulebook } from "./rulebook.ts";
import type { ScoreRule } from "./score-rule.ts";
import type { Term, TermSpec } from "./term.ts";

type Planning = "assume" | "exclude" | null;

/** The head of a rulebook, for lists. */
export interface RulebookSummary {
  readonly id: string;
  readonly title: Message;
  readonly year: number;
  readonly document: string;
  readonly extends: string | null;
  readonly levels: readonly TargetLevel[];
  readonly hash: string;
}

/** One of several ways to meet a condition. */
export interface AlternativeDocument {
  readonly id: string;
  readonly sentence: Message;
  /** P: an unknown is taken as met in planning. X: as unmet. */
  readonly planning: Planning;
}

export interface ConditionDocument {
  readonly id: string;
  /** Name inside the rulebook: the same key is the same text. */
  readonly key: string;
  readonly sentence: Message;
  /** The threshold as the evaluation result gives it. */
  readonly required: unknown;
  readonly facts: readonly string[];
  readonly citation: Citation;
  readonly derived: boolean;
  readonly inheritedFrom: string | null;
  readonly planning: Planning;
  readonly advisory: boolean;
  /** The pathway dispenses with it. */
  readonly waived: boolean;
  /** The pathway relaxes it by an amount the notice does not state. */
  readonly relieved: boolean;
  /** Only for these trades; null: for all. */
  readonly trades: readonly string[] | null;
  /** Null where there is one way only. */
  readonly alternatives: readonly AlternativeDocument[] | null;
}

export interface PathwayDocument {
  readonly id: string;
  readonly module: Module;
  readonly label: Message | null;
  /** Id of the condition that says whether somebody is on the pathway at all. */
  readonly door: string | null;
  /** In order; the door last. */
  readonly conditions: readonly ConditionDocument[];
}

export interface WindowDocument {
  /** First and last day, ISO. */
  readonly from: string;
  readonly to: string;
  readonly citation: Citation | null;
  /** Which of `from` and `to` the notice does not state itself. */
  readonly derived: readonly string[];
  /** Null where the calendar does not reach; then with the reason. */
  readonly workingDays: number | null;
  readonly workingDaysReason: Message | null;
}

export interface LevelDocument {
  readonly level: TargetLevel;
  readonly window: WindowDocument | null;
  /** The month through which one must stay in service. */
  readonly cutOff: string | null;
  /** Who meets it needs no selection exam; null: the level has none. */
  readonly selectionExemption: ConditionDocument | null;
  readonly remarks: readonly ConditionDocument[];
  readonly pathways: readonly PathwayDocument[];
}

export interface RulebookDocument {
  readonly id: string;
  readonly title: Message;
  /** The exam year whose thresholds and dates are shown. */
  readonly year: number;
  /** It is not the rulebook's own. */
  readonly projected: boolean;
  readonly document: string;
  readonly extends: string | null;
  readonly hash: string;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly levels: readonly LevelDocument[];
  readonly quota: QuotaRule | null;
  readonly scores: ScoreRule | null;
  readonly publicity: PublicityRule | null;
  readonly balance: BalanceRule | null;
}

export function rulebookSummary(book: Rulebook): RulebookSummary {
  return {
    id: book.id,
    title: book.title,
    year: book.year,
    document: book.document,
    extends: book.extends ?? null,
    levels: [...book.levels.keys()],
    hash: book.hash,
  };
}

/**
 * The whole rulebook in an exam year, its own unless another is given. `calendar`: to count the working days of windows.
 * Throws bad-input for an impossible year.
 */
export function rulebookDocument(
  book: Rulebook,
  year: number = book.year,
  calendar?: WorkingDays | undefined,
): RulebookDocument {
  return {
    id: book.id,
    title: book.title,
    year,
    projected: year !== book.year,
    document: book.document,
    extends: book.extends ?? null,
    hash: book.hash,
    lists: Object.fromEntries(book.lists),
    levels: [...book.levels.keys()].map((target) => levelDocument(bindLevel(book, target, year), calendar)),
    quota: book.quota ?? null,
    scores: book.scores ?? null,
    publicity: book.publicity ?? null,
    balance: book.balance ?? null,
  };
}

/** One level of it. */
export function levelDocument(bound: BoundLevel, calendar?: WorkingDays | undefined): LevelDocument {
  const { level } = bound;
  const exemption = level.selectionExemption;
  return {
    level: bound.target,
    window: windowDocument(bound, calendar),
    cutOff: dateText(bound, "cutOff"),
    selectionExemption: exemption ? conditionDocument(bound, exemption, bound.bind(exemption.part)) : null,
    remarks: level.remarks.map((condition) => conditionDocument(bound, condition, bound.bind(condition.part))),
    pathways: level.pathways.map((pathway, index) => pathwayDocument(bound, pathway, index)),
  };
}

function dateText({ dates }: BoundLevel, name: string): string | null {
  const interval = dates.get(name);
  return interval ? formatInterval(interval) : null;
}

function windowDocument(bound: BoundLevel, calendar: WorkingDays | undefined): WindowDocument | null {
  const first = bound.dates.get("window.from");
  const last = bound.dates.get("window.to");
  if (!first || !last) return null;
  const { windowCitation, windowDerived } = bound.level;
  return {
    from: formatInterval(first),
    to: formatInterval(last),
    citation: windowCitation ?? null,
    derived: windowDerived,
    ...(calendar?.windowDays(first.from, last.to) ?? { workingDays: null, workingDaysReason: null }),
  };
}

function pathwayDocument(bound: BoundLevel, pathway: Pathway, index: number): PathwayDocument {
  const terms = bound.pathways[index]?.conditions ?? [];
  return {
    id: pathway.id,
    module: pathway.module,
    label: pathway.label ?? null,
    door: pathway.door?.id ?? null,
    conditions: terms.map(({ condition, term }) => ({
      ...conditionDocument(bound, condition, term),
      waived: pathway.waived.has(condition.id),
      relieved: pathway.door !== undefined && pathway.relieved.has(condition.id),
    })),
  };
}

function conditionDocument(bound: BoundLevel, condition: Condition, term: Term): ConditionDocument {
  return {
    id: condition.id,
    key: condition.key,
    sentence: condition.label ?? term.sentence,
    required: term.required,
    facts: term.facts,
    citation: condition.citation,
    derived: condition.derived,
    inheritedFrom: condition.inheritedFrom ?? null,
    planning: condition.planning ?? null,
    advisory: condition.advisory,
    waived: false,
    relieved: false,
    trades: condition.trades ?? null,
    alternatives: alternativesOf(bound, condition.part),
  };
}

/** The ways to meet a condition that offers several. */
function alternativesOf(bound: BoundLevel, part: TermSpec): AlternativeDocument[] | null {
  const parts = part.any ?? part.anyUnused;
  if (!Array.isArray(parts)) return null;
  return parts.map((one: TermSpec) => {
    const term = bound.bind(one);
    return { id: one.id ?? term.facts[0] ?? "", sentence: term.sentence, planning: one.planning ?? null };
  });
}
