/** The first coming exam year in which planning finds a pathway met, if nothing but time changed. */
import { type BoundLevel, type BoundPathway, bindLevel, lastExamYear } from "./bind.ts";
import { met, type Outcome } from "./kleene.ts";
import { comes, type Person } from "./person.ts";

/** Years looked ahead, the exam year itself included in addition. */
const horizon = 15;

interface LookAhead {
  /** The level in each coming year, the next one first. */
  readonly years: readonly BoundLevel[];
  /** By bit: whether a condition may come out otherwise in a coming year. */
  readonly changing: readonly boolean[];
}

const lookAheads = new WeakMap<BoundLevel, LookAhead>();

/** Binds the coming years of a level, once. What asks the same of the table in every year does not change. */
function lookAhead(bound: BoundLevel): LookAhead {
  const known = lookAheads.get(bound);
  if (known) return known;
  const last = Math.min(bound.year + horizon, lastExamYear);
  const years = Array.from({ length: last - bound.year }, (_, index) =>
    bindLevel(bound.book, bound.target, bound.year + 1 + index),
  );
  const changing = bound.conditions.map(
    ({ term, noneMet }, bit) =>
      noneMet !== undefined ||
      term.facts.some(comes) ||
      years.some(({ conditions }) => conditions[bit]?.term.planSql !== term.planSql),
  );
  const made = { years, changing };
  lookAheads.set(bound, made);
  return made;
}

/** Whether what does not change leaves a pathway open in the coming years. */
function canCome({ counted }: BoundPathway, changing: readonly boolean[], plans: readonly Outcome[], person: Person) {
  for (const item of counted) {
    if (!changing[item.bit] && plans[item.bit] !== met && item.applies(person)) return false;
  }
  return true;
}

/** Whether planning finds a pathway met, as far as what changes decides it. */
function hasCome({ counted }: BoundPathway, changing: readonly boolean[], later: Person) {
  for (const item of counted) {
    if (changing[item.bit] && item.applies(later) && item.term.plan(later) !== met) return false;
  }
  return true;
}

/** `plans`: by bit, what planning finds in the exam year, in which no pathway is met. Null when no year is found. */
export function firstEligibleYear(bound: BoundLevel, plans: readonly Outcome[], person: Person): number | null {
  const { years, changing } = lookAhead(bound);
  const open: number[] = [];
  for (const [index, pathway] of bound.pathways.entries()) {
    if (canCome(pathway, changing, plans, person)) open.push(index);
  }
  if (open.length === 0) return null;
  const later = person.later(bound.year);
  for (const { year, pathways } of years) {
    for (const index of open) {
      const pathway = pathways[index];
      if (pathway && hasCome(pathway, changing, later)) return year;
    }
  }
  return null;
}
