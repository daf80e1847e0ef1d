/** One worker → the decision with every condition of every pathway explained. Never short-circuits what is shown. */
import type { Message } from "../errors.ts";
import {
  type BoundCondition,
  type BoundLevel,
  type BoundPathway,
  bindLevel,
  openFacts,
  pathwayOutcome,
} from "./bind.ts";
import type { TargetLevel } from "./facts.ts";
import { firstEligibleYear } from "./first-eligible-year.ts";
import { met, type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
import { foundLabel } from "./operators/labels.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import { type Citation, type Module, modules, type Rulebook } from "./rulebook.ts";

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
}

export interface PathwayResult {
  readonly id: string;
  readonly module: Module;
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

/**
 * Evaluates one worker for one level. `year` defaults to the rulebook's own year.
 * Throws bad-input for a level the rulebook does not cover or an impossible year.
 */
export function evaluate(book: Rulebook, target: string, year: number | undefined, facts: Facts): EvaluationResult {
  const bound = bindLevel(book, target, year);
  const person = new Person(facts);
  const outcomes: Outcome[] = [];
  const plans: Outcome[] = [];
  const explained: ConditionResult[] = [];
  for (const item of bound.conditions) {
    const { term } = item;
    const outcome = term.evaluate(person);
    outcomes.push(outcome);
    plans.push(term.plan === term.evaluate ? outcome : term.plan(person));
    explained.push(explain(item, outcome, person));
  }
  const pathways: PathwayResult[] = [];
  let decision: Outcome = unmet;
  let planning: Outcome = unmet;
  for (const pathway of bound.pathways) {
    const outcome = pathwayOutcome(pathway, (item) => outcomes[item.bit] ?? unknown, person);
    const plan = pathwayOutcome(pathway, (item) => plans[item.bit] ?? unknown, person);
    if (outcome > decision) decision = outcome;
    if (plan > planning) planning = plan;
    pathways.push({
      id: pathway.id,
      module: pathway.module,
      outcome: outcomeName(outcome),
      planningOutcome: outcomeName(plan),
      conditions: listed(pathway, explained, person),
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
    assumed: assumptions(bound, person),
    modules: modules.filter((module) => pathways.some((one) => one.module === module && one.outcome === "met")),
    remarks: bound.remarks.filter(({ term }) => term.evaluate(person) === met).map(({ id }) => id),
    selectionExam: bound.selectionExemption
      ? bound.selectionExemption.evaluate(person) === met
        ? "exempt"
        : "required"
      : null,
    firstEligibleYear: planning === met ? bound.year : firstEligibleYear(bound, plans, person),
    missing: decision === unknown ? [...new Set(bound.pathways.flatMap((pathway) => openFacts(pathway, person)))] : [],
    blocking: decision === unmet ? nearestMiss(bound, outcomes, person) : [],
    pathways,
  };
}

/** The conditions of a pathway that concern the worker, those it waives marked. */
function listed({ conditions, waived }: BoundPathway, explained: readonly ConditionResult[], person: Person) {
  const results: ConditionResult[] = [];
  for (const item of conditions) {
    const result = explained[item.bit];
    if (!result || !item.applies(person)) continue;
    results.push(waived.has(result.id) ? { ...result, outcome: "waived" } : result);
  }
  return results;
}

/** What planning assumes, as `condition` or `condition.alternative`, each once. */
function assumptions(bound: BoundLevel, person: Person): string[] {
  const found = bound.conditions.map(({ term }) => term.assumed(person));
  const names = new Set<string>();
  for (const { counted } of bound.pathways) {
    for (const item of counted) {
      const alternatives = found[item.bit] ?? [];
      if (alternatives.length === 0 || !item.applies(person)) continue;
      const { id } = item.condition;
      for (const alternative of alternatives) names.add(alternative ? `${id}.${alternative}` : id);
    }
  }
  return [...names];
}

/** The unmet conditions of the pathway with the fewest, among those whose door is open; if none is, among all. */
function nearestMiss(bound: BoundLevel, outcomes: readonly Outcome[], person: Person): string[] {
  const open = bound.pathways.filter(({ door }) => !door || outcomes[door.bit] !== unmet);
  let nearest: BoundCondition[] | undefined;
  for (const { counted } of open.length > 0 ? open : bound.pathways) {
    const misses = counted.filter((item) => outcomes[item.bit] === unmet && item.applies(person));
    if (!nearest || misses.length < nearest.length) nearest = misses;
  }
  return (nearest ?? []).map(({ condition }) => condition.id);
}

function explain({ condition, term }: BoundCondition, outcome: Outcome, person: Person): ConditionResult {
  const found = term.found(person);
  const asked = condition.label ?? term.sentence;
  const short = outcome === unmet ? term.shortfall(person) : undefined;
  const result: Mutable<ConditionResult> = {
    id: condition.id,
    outcome: outcomeName(outcome),
    found,
    required: term.required,
    text: term.facts.length > 0 ? withFound(asked, foundLabel(term.facts, found), short) : withShortfall(asked, short),
    citation: condition.citation,
    derived: condition.derived,
  };
  if (condition.inheritedFrom !== undefined) result.inheritedFrom = condition.inheritedFrom;
  if (condition.advisory) result.advisory = true;
  return result;
}

function withFound(asked: Message, found: Message, short: Message | undefined): Message {
  return short
    ? { zh: `${asked.zh}；现为：${found.zh}，${short.zh}`, en: `${asked.en}; found: ${found.en} (${short.en})` }
    : { zh: `${asked.zh}；现为：${found.zh}`, en: `${asked.en}; found: ${found.en}` };
}

function withShortfall(asked: Message, short: Message | undefined): Message {
  return short ? { zh: `${asked.zh}；${short.zh}`, en: `${asked.en} (${short.en})` } : asked;
}
