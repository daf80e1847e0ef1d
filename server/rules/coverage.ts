/** Which outcomes of every condition the cases of a rulebook show, and which conditions decide a case alone. */
import { type BoundCondition, type BoundLevel, bindLevel, pathwayOutcome } from "./bind.ts";
import { caseFacts } from "./cases.ts";
import type { TargetLevel } from "./facts.ts";
import { any, met, type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import type { Rulebook } from "./rulebook.ts";
import type { Term } from "./term.ts";

/** Advisory conditions, remarks and the exemption from the selection exam are listed and decide nothing. */
export type CoverageRole = "condition" | "advisory" | "remark" | "selectionExemption";

export type CoverageGap = OutcomeName | "decides";

export interface CoverageRow {
  readonly level: TargetLevel;
  readonly id: string;
  /** Name inside the rulebook; several may share an id. */
  readonly key: string;
  readonly role: CoverageRole;
  /** The pathways it stands in. */
  readonly pathways: readonly string[];
  /** Cases of the level. */
  readonly cases: number;
  /** Cases that show it so. A case in which it is for another trade shows nothing. */
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  /** Of the pathways, those that waive it. */
  readonly waivedIn: readonly string[];
  /** Cases that are not eligible and would be, were this condition alone met. */
  readonly decides: number;
  /** Outcomes the condition can have, as its probes show: a veteran's record that is absent is none, never unknown. */
  readonly possible: readonly OutcomeName[];
  /** What the cases do not show and could. */
  readonly gaps: readonly CoverageGap[];
}

interface Listed {
  readonly id: string;
  readonly key: string;
  readonly role: CoverageRole;
  readonly pathways: readonly string[];
  readonly waivedIn: readonly string[];
  readonly bit: number | undefined;
}

/** A condition as far as its outcomes go. */
interface Probed {
  readonly term: Pick<Term, "evaluate" | "probes">;
  applies(person: Person): boolean;
}

function listed(bound: BoundLevel): Listed[] {
  const { level } = bound;
  const exemption = level.selectionExemption;
  return [
    ...bound.conditions.map((item): Listed => {
      const of = bound.pathways.filter((pathway) => pathway.conditions.includes(item));
      const { id, key, advisory } = item.condition;
      return {
        id,
        key,
        role: advisory ? "advisory" : "condition",
        pathways: of.map((pathway) => pathway.id),
        waivedIn: of.filter(({ waived }) => waived.has(id)).map((pathway) => pathway.id),
        bit: item.bit,
      };
    }),
    ...(exemption ? [{ ...exemption, role: "selectionExemption" as const }] : []),
    ...level.remarks.map((remark) => ({ ...remark, role: "remark" as const })),
  ].map((one) => ({ pathways: [], waivedIn: [], bit: undefined, ...one }));
}

/** The conditions of a bound level in the order of `listed`; that order is the same in every year. */
function probed(bound: BoundLevel): Probed[] {
  const always = (term: Term): Probed => ({ term, applies: () => true });
  return [
    ...bound.conditions,
    ...(bound.selectionExemption ? [always(bound.selectionExemption)] : []),
    ...bound.remarks.map(({ term }) => always(term)),
  ];
}

/** The decision with one condition taken as met. */
function decisionIfMet(bound: BoundLevel, bit: number, person: Person): Outcome {
  const read = (item: BoundCondition) => (item.bit === bit ? met : item.term.evaluate(person));
  return any(bound.pathways.map((pathway) => pathwayOutcome(pathway, read, person)));
}

/** Outcomes that the probes of a condition give over each of some people; where it is not listed it has none. */
export function possibleOutcomes(condition: Probed, people: readonly Facts[]): Set<Outcome> {
  const probed = people.flatMap((base) => condition.term.probes().map((probe) => new Person({ ...base, ...probe })));
  return new Set(probed.filter((one) => condition.applies(one)).map((one) => condition.term.evaluate(one)));
}

/** Coverage of one level by the rulebook's own cases. */
function levelCoverage(book: Rulebook, target: TargetLevel): CoverageRow[] {
  const cases = book.cases
    .filter((one) => one.level === target)
    .map((one) => {
      const bound = bindLevel(book, target, one.year);
      const person = new Person(caseFacts(book, one));
      const decision = any(
        bound.pathways.map((one) => pathwayOutcome(one, (item) => item.term.evaluate(person), person)),
      );
      return { bound, person, decision, conditions: probed(bound) };
    });
  return listed(bindLevel(book, target)).map(({ bit, ...rest }, position): CoverageRow => {
    const seen = cases.flatMap((one) => {
      const condition = one.conditions[position];
      return condition?.applies(one.person) ? [{ ...one, outcome: condition.term.evaluate(one.person) }] : [];
    });
    const count = (wanted: Outcome) => seen.filter(({ outcome }) => outcome === wanted).length;
    const decides =
      bit === undefined
        ? 0
        : seen.filter(
            ({ bound, person, decision, outcome }) =>
              decision !== met && outcome !== met && decisionIfMet(bound, bit, person) === met,
          ).length;
    const shown = { met: count(met), unmet: count(unmet), unknown: count(unknown) };
    // Two years, because a cycle shuts every other one.
    const outcomes = new Set(
      [book.year, book.year + 1].flatMap((year) => {
        const condition = probed(bindLevel(book, target, year))[position];
        return condition ? [...possibleOutcomes(condition, [{}, book.people[target] ?? {}])] : [];
      }),
    );
    const possible = ([met, unmet, unknown] as const).filter((one) => outcomes.has(one)).map(outcomeName);
    return {
      level: target,
      ...rest,
      cases: cases.length,
      ...shown,
      decides,
      possible,
      gaps: [
        ...possible.filter((one) => shown[one] === 0),
        ...(rest.role === "condition" && decides === 0 ? (["decides"] as const) : []),
      ],
    };
  });
}

/**
 * A row for every condition, remark and exemption of every level. Inherited levels count too: the cases are the rulebook's own.
 * Throws FactsError when a case states impossible facts.
 */
export function coverageOf(book: Rulebook): CoverageRow[] {
  return [...book.levels.keys()].flatMap((target) => levelCoverage(book, target));
}
