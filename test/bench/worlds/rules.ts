/**
 * The target level a person of a world may apply for: the Jiangsu and Nantong rulebooks on what can differ between these people
 * (trade, retirement, years of work and of the level, schooling, appraisals). A test holds it against the evaluator.
 */
import { type Ground, steps } from "./ground.ts";
import { type People, school } from "./people.ts";

/** 1 junior … 5 senior technician; 0 when there is none. Decided on the roster of the year before `year`. */
export function openStep(people: People, ground: Ground, person: number, year: number): number {
  const level = people.level[person] ?? 0;
  if (level === 5) return 0;
  const step = level + 1;
  const district = ground.districtOf[people.unit[person] ?? 0] ?? 0;
  const place = (district * ground.trades.length + (people.trade[person] ?? 0)) * (steps + 1) + step;
  if (ground.open[place] !== 1) return 0;
  // Retirement in the month of the cut-off itself is undetermined, so nothing to plan with.
  const cutOff = step === 5 ? (year + 1) * 12 + 4 : year * 12 + 11;
  if ((people.retireMonth[person] ?? 0) <= cutOff) return 0;
  const hireMonth = people.hireMonth[person] ?? 0;
  const workYear = Math.floor(hireMonth / 12);
  // A year of probation, from the first of the month after; regularised by the end of August.
  if (step === 1) return workYear <= year - 1 && hireMonth + 13 <= year * 12 + 7 ? 1 : 0;
  const obtained = people.obtained[person] ?? 0;
  if (step < 4) return obtained <= year - 5 && workYear <= year - (step === 2 ? 9 : 19) ? step : 0;
  const lapsed = people.lapsed[person] ?? 0;
  const schooled = (people.school[person] ?? 0) >= (step === 4 ? school.specialised : school.college);
  return obtained <= year - 4 && schooled && lapsed < year - 5 ? step : 0;
}
