/** One worker → the decision with every condition of every pathway explained. Never short-circuits what is shown. */
import type { Message } from "../errors.ts";
import { type BoundCondition, type BoundLevel, bindLevel, lastExamYear, openFacts, pathwayOutcome } from "./bind.ts";
import type { AppraisalGrade, TargetLevel } from "./facts.ts";
import { any, met, type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
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
const decisionOf = (outcome: Outcome): Decision => decisions[outcome];

/** Years looked ahead for `firstEligibleYear`, the exam year itself included in addition. */
const horizon = 15;

function planOutcome(bound: BoundLevel, person: Person): Outcome {
  const cache: Outcome[] = [];
  return any(
    bound.pathways.map((pathway) =>
      pathwayOutcome(
        pathway,
        (item) => {
          cache[item.bit] ??= item.term.plan(person);
          return cache[item.bit] ?? unknown;
        },
        person,
      ),
    ),
  );
}

type Years<T> = Readonly<Record<string, T>>;

/** What the coming years from Y on are taken to bring, where nothing is recorded: appraisal qualified, training passed. */
const comingYears = new Map<
  number,
  { readonly appraisals: Years<AppraisalGrade>; readonly training: Years<boolean> }
>();

function coming(from: number) {
  const cached = comingYears.get(from);
  if (cached) return cached;
  const years = Array.from({ length: horizon }, (_, index) => String(from + index));
  const made = {
    appraisals: Object.fromEntries(years.map((year) => [year, "qualified" as const])),
    training: Object.fromEntries(years.map((year) => [year, true])),
  };
  comingYears.set(from, made);
  return made;
}

/** The record, with the coming years behind it as its prototype: copying them for every worker would cost more than deciding. */
function before<T>(recorded: Readonly<Record<string, T | null>> | null | undefined, behind: Years<T>): Years<T> {
  const years: Record<string, T> = Object.create(behind);
  for (const [year, found] of Object.entries(recorded ?? {})) if (found !== null) years[year] = found;
  return years;
}

function withComingYears(facts: Facts, from: number): Facts {
  const { appraisals, training } = coming(from);
  return {
    ...facts,
    appraisals: before(facts.appraisals, appraisals),
    continuingEducation: before(facts.continuingEducation, training),
  };
}

function firstEligibleYear(book: Rulebook, target: TargetLevel, year: number, facts: Facts): number | null {
  const person = new Person(withComingYears(facts, year));
  for (let later = year + 1; later <= Math.min(year + horizon, lastExamYear); later++) {
    if (planOutcome(bindLevel(book, target, later), person) === met) return later;
  }
  return null;
}

/**
 * Evaluates one worker for one level. `year` defaults to the rulebook's own year.
 * Throws bad-input for a level the rulebook does not cover or an impossible year.
 */
export function evaluate(book: Rulebook, target: string, year: number | undefined, facts: Facts): EvaluationResult {
  const bound = bindLevel(book, target, year);
  const person = new Person(facts);
  const outcomes = bound.conditions.map((item) => item.term.evaluate(person));
  const plans = bound.conditions.map((item) => item.term.plan(person));
  const outcomeOf = (item: BoundCondition): Outcome => outcomes[item.bit] ?? unknown;
  const results = new Map<BoundCondition, ConditionResult>();
  const explain = (item: BoundCondition, waived: boolean): ConditionResult => {
    const explained = results.get(item) ?? explainCondition(item, outcomeOf(item), person);
    results.set(item, explained);
    return waived ? { ...explained, outcome: "waived" } : explained;
  };

  const pathways = bound.pathways.map((pathway) => {
    const outcome = pathwayOutcome(pathway, outcomeOf, person);
    const plan = pathwayOutcome(pathway, (item) => plans[item.bit] ?? unknown, person);
    const listed = pathway.conditions.filter((item) => item.applies(person));
    const counted = listed.filter((item) => !item.condition.advisory && !pathway.waived.has(item.condition.id));
    return { pathway, outcome, plan, listed, counted };
  });
  const decision = any(pathways.map(({ outcome }) => outcome));
  const planning = any(pathways.map(({ plan }) => plan));

  const assumed = pathways.flatMap(({ counted }) =>
    counted.flatMap((item) =>
      item.term
        .assumed(person)
        .map((alternative) => (alternative ? `${item.condition.id}.${alternative}` : item.condition.id)),
    ),
  );
  const metModules = new Set(pathways.filter(({ outcome }) => outcome === met).map(({ pathway }) => pathway.module));

  let blocking: string[] = [];
  if (decision === unmet) {
    const open = pathways.filter(({ pathway }) => !pathway.door || outcomeOf(pathway.door) !== unmet);
    const candidates = (open.length > 0 ? open : pathways).map(({ counted }) =>
      counted.filter((item) => outcomeOf(item) === unmet).map((item) => item.condition.id),
    );
    blocking = candidates.reduce((best, one) => (one.length < best.length ? one : best));
  }

  return {
    rulebook: book.id,
    examYear: bound.year,
    projected: bound.year !== book.year,
    targetLevel: bound.target,
    workerId: facts.workerId ?? null,
    decision: decisionOf(decision),
    planningDecision: decisionOf(planning),
    assumed: [...new Set(assumed)],
    modules: modules.filter((module) => metModules.has(module)),
    remarks: bound.remarks.filter(({ term }) => term.evaluate(person) === met).map(({ id }) => id),
    selectionExam: bound.selectionExemption
      ? bound.selectionExemption.evaluate(person) === met
        ? "exempt"
        : "required"
      : null,
    firstEligibleYear: planning === met ? bound.year : firstEligibleYear(book, bound.target, bound.year, facts),
    missing: decision === unknown ? [...new Set(bound.pathways.flatMap((pathway) => openFacts(pathway, person)))] : [],
    blocking,
    pathways: pathways.map(({ pathway, outcome, plan, listed }) => ({
      id: pathway.id,
      module: pathway.module,
      outcome: outcomeName(outcome),
      planningOutcome: outcomeName(plan),
      conditions: listed.map((item) => explain(item, pathway.waived.has(item.condition.id))),
    })),
  };
}

function explainCondition(item: BoundCondition, outcome: Outcome, person: Person): ConditionResult {
  const { condition, term } = item;
  const found = term.found(person);
  const asked = condition.label ?? term.sentence;
  const shown = foundLabel(term.facts, found);
  const short = outcome === unmet ? term.shortfall(person) : undefined;
  const text: Message = term.facts.length
    ? {
        zh: `${asked.zh}；现为：${shown.zh}${short ? `，${short.zh}` : ""}`,
        en: `${asked.en}; found: ${shown.en}${short ? ` (${short.en})` : ""}`,
      }
    : { zh: `${asked.zh}${short ? `；${short.zh}` : ""}`, en: `${asked.en}${short ? ` (${short.en})` : ""}` };
  return {
    id: condition.id,
    outcome: outcomeName(outcome),
    found,
    required: term.required,
    text,
    citation: condition.citation,
    derived: condition.derived,
    ...(condition.inheritedFrom === undefined ? {} : { inheritedFrom: condition.inheritedFrom }),
    ...(condition.advisory ? { advisory: true } : {}),
  };
}
