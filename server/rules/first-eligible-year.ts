/** The first coming exam year in which planning finds a pathway met, if nothing but time changed. */
import { type BoundLevel, type BoundPathway, bindLevel, lastExamYear } from "./bind.ts";
import { met, type Outcome } from "./kleene.ts";
import { comes, type Person } from "./person.ts";

/** Years looked ahead, the exam year itself included in addition. */
const horizon = 15;

interface LookAhead {
  /** By bit: whether a condition may come out otherwise in a coming year. */
  readonly changing: readonly boolean[];
  /** The level in each coming year, the next one first, as far as they were needed. */
  readonly years: BoundLevel[];
  /** How many coming years there are. */
  readonly count: number;
}

const lookAheads = new WeakMap<BoundLevel, LookAhead>();

function lookAhead(bound: BoundLevel): LookAhead {
  const known = lookAheads.get(bound);
  if (known) return known;
  const made = {
    changing: bound.conditions.map(({ term, lasts }) => !lasts || term.facts.some(comes)),
    years: [],
    count: Math.min(horizon, lastExamYear - bound.year),
  };
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
  const { changing, years, count } = lookAhead(bound);
  const open: number[] = [];
  for (const [index, pathway] of bound.pathways.entries()) {
    if (canCome(pathway, changing, plans, person)) open.push(index);
  }
  if (open.length === 0) return null;
  const later = person.later(bound.year);
  for (let ahead = 0; ahead < count; ahead++) {
    const coming = years[ahead] ?? bindLevel(bound.book, bound.target, bound.year + ahead + 1);
    years[ahead] = coming;
    for (const index of open) {
      const pathway = coming.pathways[index];
      if (pathway && hasCome(pathway, changing, later)) return coming.year;
    }
  }
  return null;
}
