/** Which outcomes of every condition the cases of a rulebook show, and which conditions decide a case alone. */
import { type BoundCondition, type BoundLevel, type BoundPathway, bindLevel, pathwayOutcome } from "./bind.ts";
import { caseFacts } from "./cases.ts";
import type { TargetLevel } from "./facts.ts";
import { any, met, type Outcome, type OutcomeName, outcomeName, unknown, unmet } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import { sample } from "./probes.ts";
import type { Condition, Rulebook } from "./rulebook.ts";
import type { Term } from "./term.ts";

/** Advisory conditions, remarks and the exemption from the selection exam are listed and decide nothing. */
export type CoverageRole = "condition" | "advisory" | "remark" | "selectionExemption";

/** What a case can show of a condition. `decides`: the worker is not eligible and would be, were it alone met. */
export type CoverageMark = OutcomeName | "decides";

export interface CoverageRow {
  readonly level: TargetLevel;
  readonly id: string;
  /** Name inside the rulebook; several may share an id. */
  readonly key: string;
  readonly role: CoverageRole;
  /** The pathways it stands in, and those of them that waive it. */
  readonly pathways: readonly string[];
  readonly waivedIn: readonly string[];
  /** Cases of the level. */
  readonly cases: number;
  /** Cases that show it so. A case in which it is for another trade shows nothing. */
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly decides: number;
  /** What its probes can show: a record whose absence means none is never unknown. */
  readonly possible: readonly CoverageMark[];
  /** What is possible and no case shows. */
  readonly gaps: readonly CoverageMark[];
}

/** A condition as far as its outcomes go. */
interface Probed {
  readonly term: Pick<Term, "evaluate" | "probes">;
  applies(person: Person): boolean;
}

/** A condition of a level in a given year, wherever it stands. */
interface Listed extends Probed {
  readonly id: string;
  readonly key: string;
  readonly role: CoverageRole;
  /** Undefined for what stands in no pathway. */
  readonly item: BoundCondition | undefined;
}

/** In the same order in every year. */
function listed(bound: BoundLevel): Listed[] {
  const { level } = bound;
  const aside = (role: CoverageRole, { id, key }: Condition, term: Term | undefined): Listed[] =>
    term ? [{ id, key, role, term, applies: () => true, item: undefined }] : [];
  return [
    ...bound.conditions.map((item): Listed => {
      const { id, key, advisory } = item.condition;
      return {
        id,
        key,
        role: advisory ? "advisory" : "condition",
        term: item.term,
        applies: (person) => item.applies(person),
        item,
      };
    }),
    ...(level.selectionExemption
      ? aside("selectionExemption", level.selectionExemption, bound.selectionExemption)
      : []),
    ...level.remarks.flatMap((remark, index) => aside("remark", remark, bound.remarks[index]?.term)),
  ];
}

/** The decision, with one condition taken as met if one is given. */
function decide(bound: BoundLevel, person: Person, takenAsMet?: BoundCondition): Outcome {
  const read = (item: BoundCondition) => (item === takenAsMet ? met : item.term.evaluate(person));
  return any(bound.pathways.map((pathway) => pathwayOutcome(pathway, read, person)));
}

const decides = (bound: BoundLevel, item: BoundCondition, person: Person) =>
  item.term.evaluate(person) !== met && decide(bound, person) !== met && decide(bound, person, item) === met;

/** Outcomes that the probes of a condition give over each of some people; where it is not listed it has none. */
export function possibleOutcomes(condition: Probed, people: readonly Facts[]): Set<Outcome> {
  const probed = people.flatMap((base) => condition.term.probes().map((probe) => new Person({ ...base, ...probe })));
  return new Set(probed.filter((one) => condition.applies(one)).map((one) => condition.term.evaluate(one)));
}

/** Facts that meet a pathway and, as far as its own conditions leave room, no other. */
function meeting(bound: BoundLevel, { conditions, waived }: BoundPathway): Facts {
  const counts = (item: BoundCondition) => conditions.includes(item) && !waived.has(item.condition.id);
  return Object.assign(
    {},
    ...bound.conditions.filter((item) => !counts(item)).map(({ term }) => sample(term, unmet)),
    // That no pathway of a module is met follows from the others.
    ...conditions.filter((item) => counts(item) && !item.noneMet).map(({ term }) => sample(term, met)),
  );
}

/** Whether a probe of the condition leaves the decision to it, over the people or over such as meet one of its pathways. */
function canDecide(bound: BoundLevel, item: BoundCondition, people: readonly Facts[]): boolean {
  return bound.pathways
    .filter(({ conditions, waived }) => conditions.includes(item) && !waived.has(item.condition.id))
    .some((pathway) => {
      const others = meeting(bound, pathway);
      const grounds = people.flatMap((base) => [base, { ...base, ...others }]);
      return grounds.some((ground) =>
        item.term.probes().some((probe) => {
          const person = new Person({ ...ground, ...probe });
          return item.applies(person) && decides(bound, item, person);
        }),
      );
    });
}

/** What a condition can show, in the order of a row. */
function possibleMarks(years: readonly BoundLevel[], position: number, people: readonly Facts[]): CoverageMark[] {
  const conditions = years.flatMap((bound) => {
    const condition = listed(bound)[position];
    return condition ? [{ bound, condition }] : [];
  });
  const outcomes = new Set(conditions.flatMap(({ condition }) => [...possibleOutcomes(condition, people)]));
  const decisive = conditions.some(
    ({ bound, condition: { role, item } }) => role === "condition" && item && canDecide(bound, item, people),
  );
  return [
    ...([met, unmet, unknown] as const).filter((one) => outcomes.has(one)).map(outcomeName),
    ...(decisive ? (["decides"] as const) : []),
  ];
}

function levelCoverage(book: Rulebook, target: TargetLevel): CoverageRow[] {
  const own = bindLevel(book, target);
  // The year after as well, because a cycle shuts every other one.
  const years = [own, bindLevel(book, target, book.year + 1)];
  const people = [{}, book.people[target] ?? {}];
  const cases = book.cases
    .filter((one) => one.level === target)
    .map((one) => {
      const bound = bindLevel(book, target, one.year);
      return { bound, conditions: listed(bound), person: new Person(caseFacts(book, one)) };
    });
  return listed(own).map(({ id, key, role, item }, position): CoverageRow => {
    const shown = { met: 0, unmet: 0, unknown: 0, decides: 0 };
    for (const { bound, conditions, person } of cases) {
      const condition = conditions[position];
      if (!condition?.applies(person)) continue;
      shown[outcomeName(condition.term.evaluate(person))]++;
      if (role === "condition" && condition.item && decides(bound, condition.item, person)) shown.decides++;
    }
    const possible = possibleMarks(years, position, people);
    const pathways = own.pathways.filter(({ conditions }) => conditions.some(({ bit }) => bit === item?.bit));
    return {
      level: target,
      id,
      key,
      role,
      pathways: pathways.map((pathway) => pathway.id),
      waivedIn: pathways.filter(({ waived }) => waived.has(id)).map((pathway) => pathway.id),
      cases: cases.length,
      ...shown,
      possible,
      gaps: possible.filter((mark) => shown[mark] === 0),
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
