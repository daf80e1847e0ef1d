/** One worker → the decision with every condition of every pathway explained. Never short-circuits what is shown. */
import type { Message } from "../errors.ts";
import { type BoundCondition, type BoundLevel, type BoundPathway, bindLevel } from "./bind.ts";
import { type AlternativeResult, alternativesOf, foundText, type Planning, planningOf, tell } from "./explain.ts";
import type { TargetLevel } from "./facts.ts";
import { firstEligibleYear } from "./first-eligible-year.ts";
import { met, type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import { type Citation, type Module, modules, type Rulebook } from "./rulebook.ts";
import { type Judgement, plainly } from "./term.ts";

export type Decision = "eligible" | "ineligible" | "undetermined";

export interface ConditionResult {
  readonly id: string;
  readonly outcome: OutcomeName | "waived";
  readonly found: unknown;
  readonly required: unknown;
  readonly text: Message;
  readonly citation: Citation;
  readonly derived: boolean;
  readonly inheritedFrom?: string;
  readonly advisory?: true;
  /** What planning takes it as while it is unknown. */
  readonly planning: Planning;
  /** Planning rests on an assumption about it, or about one of its parts; `assumed` of the evaluation names them. */
  readonly assumed: boolean;
  /** In detail: what is asked, without what was found. */
  readonly asked?: Message;
  /** In detail: the same with the dates and numbers of the exam year, where `asked` has the rulebook's own words. */
  readonly exactly?: Message;
  /** In detail: what was found, in words; null where nothing is looked for. */
  readonly foundText?: Message | null;
  /** In detail: how far short, when that can be said. */
  readonly shortfall?: Message;
  /** In detail: the parts of a condition that joins several, or offers several ways to meet it. */
  readonly alternatives?: readonly AlternativeResult[];
}

export interface PathwayResult {
  readonly id: string;
  readonly module: Module;
  /** In detail: the rulebook's own name of it. */
  readonly label?: Message;
  readonly outcome: OutcomeName;
  readonly planningOutcome: OutcomeName;
  readonly conditions: readonly ConditionResult[];
}

export interface EvaluationResult {
  readonly rulebook: string;
  readonly examYear: number;
  readonly projected: boolean;
  readonly targetLevel: TargetLevel;
  readonly workerId: string | null;
  readonly decision: Decision;
  readonly planningDecision: Decision;
  readonly assumed: readonly string[];
  readonly modules: readonly Module[];
  readonly remarks: readonly string[];
  readonly selectionExam: "required" | "exempt" | null;
  readonly firstEligibleYear: number | null;
  readonly missing: readonly string[];
  readonly blocking: readonly string[];
  readonly pathways: readonly PathwayResult[];
}

const decisions = ["ineligible", "undetermined", "eligible"] as const;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface EvaluateOptions {
  /** Says of every condition also what is asked, how far short it is and what its parts come to; takes several times as long. */
  readonly detail?: boolean | undefined;
  /** False: outcomes only, for those who compare them: neither what was found nor sentences. */
  readonly explained?: boolean;
  /** False: does not look for the first eligible year, which is null then unless it is the exam year. */
  readonly lookAhead?: boolean;
}

/**
 * Evaluates one worker for one level. `year` defaults to the rulebook's own year.
 * Throws bad-input for a level the rulebook does not cover or an impossible year.
 */
export function evaluate(
  book: Rulebook,
  target: string,
  year: number | undefined,
  facts: Facts,
  { detail = false, explained: isExplained = true, lookAhead = true }: EvaluateOptions = {},
): EvaluationResult {
  const bound = bindLevel(book, target, year);
  const person = new Person(facts);
  // By bit. A condition for other trades is not explained and stands in nobody's way.
  const outcomes: Outcome[] = [];
  const plans: Outcome[] = [];
  const assumed: (readonly string[])[] = [];
  const explained: (ConditionResult | undefined)[] = [];
  for (const item of bound.conditions) {
    const applies = item.applies(person);
    const judgement = applies ? item.term.judge(person) : plainly(met);
    outcomes.push(judgement.outcome);
    plans.push(judgement.plan);
    assumed.push(judgement.assumed);
    explained.push(
      applies ? (isExplained ? explain(item, judgement, person, detail) : judged(item, judgement)) : undefined,
    );
  }
  const pathways: PathwayResult[] = [];
  let decision: Outcome = unmet;
  let planning: Outcome = unmet;
  for (const pathway of bound.pathways) {
    const outcome = least(pathway.counted, outcomes);
    const plan = least(pathway.counted, plans);
    if (outcome > decision) decision = outcome;
    if (plan > planning) planning = plan;
    pathways.push({
      id: pathway.id,
      module: pathway.module,
      ...(detail && pathway.label && { label: pathway.label }),
      outcome: outcomeName(outcome),
      planningOutcome: outcomeName(plan),
      conditions: listed(pathway, explained),
    });
  }
  return {
    rulebook: book.id,
    examYear: bound.year,
    projected: bound.year !== book.year,
    targetLevel: bound.target,
    workerId: facts.workerId ?? null,
    decision: decisions[decision],
    planningDecision: decisions[planning],
    assumed: assumptions(bound, assumed),
    modules: modules.filter((module) => pathways.some((one) => one.module === module && one.outcome === "met")),
    remarks: bound.remarks.filter(({ term }) => term.evaluate(person) === met).map(({ id }) => id),
    selectionExam: bound.selectionExemption
      ? bound.selectionExemption.evaluate(person) === met
        ? "exempt"
        : "required"
      : null,
    firstEligibleYear: planning === met ? bound.year : lookAhead ? firstEligibleYear(bound, plans, person) : null,
    missing: decision === unknown ? openFacts(bound, outcomes, person) : [],
    blocking: decision === unmet ? nearestMiss(bound, outcomes) : [],
    pathways,
  };
}

/** What all of some conditions come to. */
function least(items: readonly BoundCondition[], outcomes: readonly Outcome[]): Outcome {
  let lowest: Outcome = met;
  for (const { bit } of items) {
    const outcome = outcomes[bit] ?? unknown;
    if (outcome < lowest) lowest = outcome;
  }
  return lowest;
}

/** The conditions of a pathway that apply to the worker, those it waives marked. */
function listed({ conditions, waived }: BoundPathway, explained: readonly (ConditionResult | undefined)[]) {
  const results: ConditionResult[] = [];
  for (const { bit } of conditions) {
    const result = explained[bit];
    if (result) results.push(waived.has(result.id) ? dispensed(result) : result);
  }
  return results;
}

/** A condition the pathway dispenses with: nothing about it needs to be assumed. */
function dispensed(result: ConditionResult): ConditionResult {
  const open: Mutable<ConditionResult> = { ...result, outcome: "waived", assumed: false };
  if (result.alternatives) open.alternatives = result.alternatives.map(withoutAssumptions);
  return open;
}

function withoutAssumptions(result: AlternativeResult): AlternativeResult {
  const { alternatives } = result;
  const open = { ...result, assumed: false };
  return alternatives ? { ...open, alternatives: alternatives.map(withoutAssumptions) } : open;
}

/** What planning assumes, as `condition` or `condition.alternative`, each once. */
function assumptions(bound: BoundLevel, assumed: readonly (readonly string[])[]): string[] {
  const names = new Set<string>();
  for (const { counted } of bound.pathways) {
    for (const { bit, condition } of counted) {
      for (const alternative of assumed[bit] ?? []) {
        names.add(alternative ? `${condition.id}.${alternative}` : condition.id);
      }
    }
  }
  return [...names];
}

/** The facts that leave an undetermined decision open. */
function openFacts(bound: BoundLevel, outcomes: readonly Outcome[], person: Person): string[] {
  const names = new Set<string>();
  for (const { counted } of bound.pathways) {
    if (least(counted, outcomes) !== unknown) continue;
    for (const { bit, term } of counted) {
      if (outcomes[bit] === unknown) for (const name of term.missing(person)) names.add(name);
    }
  }
  return [...names];
}

/** The unmet conditions of the pathway with the fewest, among those whose door is open; if none is, among all. */
function nearestMiss(bound: BoundLevel, outcomes: readonly Outcome[]): string[] {
  const open = bound.pathways.filter(({ door }) => !door || outcomes[door.bit] !== unmet);
  let nearest: readonly BoundCondition[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const { counted } of open.length > 0 ? open : bound.pathways) {
    let misses = 0;
    for (const { bit } of counted) if (outcomes[bit] === unmet) misses++;
    if (misses < fewest) [nearest, fewest] = [counted, misses];
  }
  return nearest.filter(({ bit }) => outcomes[bit] === unmet).map(({ condition }) => condition.id);
}

/** A condition without explanation. */
function judged({ condition, term }: BoundCondition, { outcome, assumed }: Judgement): Mutable<ConditionResult> {
  const { id, citation, derived, inheritedFrom, advisory } = condition;
  const result: Mutable<ConditionResult> = {
    id,
    outcome: outcomeName(outcome),
    found: null,
    required: term.required,
    text: untold,
    citation,
    derived,
    planning: planningOf(condition),
    // What decides nothing is not planned with.
    assumed: !advisory && assumed.length > 0,
  };
  if (inheritedFrom !== undefined) result.inheritedFrom = inheritedFrom;
  if (advisory) result.advisory = true;
  return result;
}

const untold: Message = { zh: "", en: "" };

function explain(item: BoundCondition, judgement: Judgement, person: Person, detail: boolean): ConditionResult {
  const { condition, term } = item;
  const { found, words, text, shortfall } = tell(item.asked, term, judgement.outcome, person);
  const result = judged(item, judgement);
  result.found = found;
  result.text = text;
  if (!detail) return result;
  const named = condition.advisory ? [] : judgement.assumed;
  result.asked = condition.label ?? term.sentence;
  if (condition.label && !term.parts) result.exactly = term.sentence;
  result.foundText = foundText(term, found, words);
  if (shortfall) result.shortfall = shortfall;
  const alternatives = alternativesOf(term, named, person);
  if (alternatives) result.alternatives = alternatives;
  return result;
}
