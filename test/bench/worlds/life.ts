/** The rest of a year: who leaves, who finishes college, whose appraisal falls short, who is taken on. */
import { normal, purpose, share } from "./chance.ts";
import type { Ground } from "./ground.ts";
import type { WorldKind } from "./kinds.ts";
import { type Hiring, hire, type People, school } from "./people.ts";

/** Oldest age, years, at which people still finish a college. */
const oldestPupil = 46;

/** Until this year many are taken on, and grow old together: so many for each who leaves. */
const boomEnd = 1998;
const boom = 3;

/** Lives through a year after its exams. What is left is the roster of 31 December. */
export function liveYear(people: People, ground: Ground, kind: WorldKind, when: Hiring): void {
  const { seed, leaving, schooling, lapse } = kind;
  const { year, replicate } = when;
  let left = 0;
  const before = people.count;
  for (let person = 0; person < before; person++) {
    if (people.present[person] !== 1) continue;
    if (
      (people.retireMonth[person] ?? 0) < (year + 1) * 12 ||
      share(seed, purpose.leave, person, year, replicate) < leaving
    ) {
      people.present[person] = 0;
      left++;
      continue;
    }
    if (share(seed, purpose.lapse, person, year, replicate) < lapse) people.lapsed[person] = year;
    const young = year * 12 - (people.birthMonth[person] ?? 0) < oldestPupil * 12;
    if (
      young &&
      people.school[person] !== school.college &&
      share(seed, purpose.school, person, year, replicate) < schooling
    ) {
      people.school[person] = school.college;
    }
  }
  const usual = kind.workers * kind.hiring * Math.exp(0.1 * normal(seed, purpose.hires, 1, year, replicate));
  const wanted = year < boomEnd ? left * boom : usual;
  const hires = Math.floor(wanted + share(seed, purpose.hires, 0, year, replicate));
  for (let one = 0; one < hires; one++) hire(people, ground, seed, when);
}
