/** People as columns: one number per person in each, so that a future is a copy of a few arrays. Months count from year 0. */
import { type RetirementTrack, retirementMonth } from "../../../server/rules/retirement.ts";
import { purpose, share } from "./chance.ts";
import { type Ground, pick } from "./ground.ts";

/** How the last application ended. */
export const last = { none: 0, failed: 1, queued: 2 } as const;
/** Schooling as the rules see it: below, a specialised school in the trade, college. */
export const school = { low: 0, specialised: 1, college: 2 } as const;
export const tracks: readonly RetirementTrack[] = ["male60", "female50", "female55"];

export interface People {
  /** Everybody who ever was; who is gone stays in place with `present` 0. */
  count: number;
  readonly unit: Int32Array;
  readonly trade: Int32Array;
  readonly track: Uint8Array;
  readonly birthMonth: Int32Array;
  readonly retireMonth: Int32Array;
  readonly hireMonth: Int32Array;
  readonly present: Uint8Array;
  /** Level held, 0 none … 5 senior technician, and the year of its certificate. */
  readonly level: Uint8Array;
  readonly obtained: Int16Array;
  readonly school: Uint8Array;
  /** Last year whose appraisal was not good enough; 0 never. */
  readonly lapsed: Int16Array;
  /** Years in a row in which he or she could have come forward and did not. */
  readonly skipped: Uint8Array;
  readonly last: Uint8Array;
  /** 1 after a failed comprehensive review for the next level. */
  readonly reviewed: Uint8Array;
}

export function makePeople(capacity: number): People {
  return {
    count: 0,
    unit: new Int32Array(capacity),
    trade: new Int32Array(capacity),
    track: new Uint8Array(capacity),
    birthMonth: new Int32Array(capacity),
    retireMonth: new Int32Array(capacity),
    hireMonth: new Int32Array(capacity),
    present: new Uint8Array(capacity),
    level: new Uint8Array(capacity),
    obtained: new Int16Array(capacity),
    school: new Uint8Array(capacity),
    lapsed: new Int16Array(capacity),
    skipped: new Uint8Array(capacity),
    last: new Uint8Array(capacity),
    reviewed: new Uint8Array(capacity),
  };
}

const columns = [
  "unit",
  "trade",
  "track",
  "birthMonth",
  "retireMonth",
  "hireMonth",
  "present",
  "level",
  "obtained",
  "school",
  "lapsed",
  "skipped",
  "last",
  "reviewed",
] as const;

/** Makes `to` what `from` is; it must have room. */
export function copyPeople(from: People, to: People): void {
  to.count = from.count;
  for (const name of columns) to[name].set(from[name].subarray(0, from.count));
}

/** Those present, in new arrays with room for so many more. */
export function presentPeople(from: People, room: number): People {
  const kept: number[] = [];
  for (let person = 0; person < from.count; person++) if (from.present[person] === 1) kept.push(person);
  const to = makePeople(kept.length + room);
  to.count = kept.length;
  for (const name of columns) {
    for (const [index, person] of kept.entries()) to[name][index] = from[name][person] ?? 0;
  }
  return to;
}

/** Shares of low and of specialised schooling among those taken on from a year on; the rest went to college. */
const schooling: readonly (readonly [from: number, low: number, specialised: number])[] = [
  [0, 0.9, 0.07],
  [1985, 0.75, 0.16],
  [1995, 0.45, 0.28],
  [2005, 0.22, 0.26],
  [2015, 0.08, 0.2],
];

/** When somebody is taken on. `replicate`: 0 in the past, 1 … in futures; `wave`: the same of the units' waves of hiring. */
export interface Hiring {
  readonly year: number;
  readonly replicate: number;
  readonly wave: number;
}

/** Takes one person on. */
export function hire(people: People, ground: Ground, seed: number, { year, replicate, wave }: Hiring): void {
  const person = people.count++;
  const draw = (what: number) => share(seed, what, person, year, replicate);
  const unit = pick(ground.unitUpTo(year, wave), 0, ground.units.length, draw(purpose.hireUnit));
  const trades = ground.trades.length;
  const track = draw(purpose.hireTrack);
  const month = draw(purpose.hireMonth);
  const ageMonths = Math.floor((19 + 13 * draw(purpose.hireAge) ** 1.7) * 12);
  const learnt = draw(purpose.hireSchool);
  const [, low = 0, specialised = 0] = schooling.findLast(([from]) => from <= year) ?? [];
  people.unit[person] = unit;
  people.trade[person] = pick(ground.tradeUpTo, unit * trades, trades, draw(purpose.hireTrade));
  people.track[person] = track < 0.7 ? 0 : track < 0.95 ? 1 : 2;
  people.hireMonth[person] = year * 12 + Math.floor(month * 12);
  const birthMonth = year * 12 + Math.floor(month * 12) - ageMonths;
  people.birthMonth[person] = birthMonth;
  people.retireMonth[person] = retirementMonth(tracks[people.track[person] ?? 0] ?? "male60", birthMonth);
  people.present[person] = 1;
  people.school[person] = learnt < low ? school.low : learnt < low + specialised ? school.specialised : school.college;
  // A place may have been somebody else's in the future simulated before.
  people.level[person] = 0;
  people.obtained[person] = 0;
  people.lapsed[person] = 0;
  people.skipped[person] = 0;
  people.last[person] = last.none;
  people.reviewed[person] = 0;
}
