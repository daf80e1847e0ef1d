/** The rest of a year: who leaves, who finishes college, whose appraisal falls short, who is taken on. */
import { purpose, share } from "./chance.ts";
import type { Ground } from "./ground.ts";
import type { WorldKind } from "./kinds.ts";
import { hire, type People, school } from "./people.ts";

/** Oldest age, years, at which people still finish a college. */
const oldestPupil = 46;

/** Lives through a year after its exams. What is left is the roster of 31 December. `replacement`: taken on for each who left. */
export function liveYear(
  people: People,
  ground: Ground,
  { seed, leaving, schooling, lapse }: WorldKind,
  { year, replicate, replacement }: { readonly year: number; readonly replicate: number; readonly replacement: number },
): void {
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
  const wanted = left * replacement;
  const hires = Math.floor(wanted + share(seed, purpose.hires, 0, year, replicate));
  for (let one = 0; one < hires; one++) hire(people, ground, seed, year, replicate);
}
