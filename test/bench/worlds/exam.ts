/** One exam year of a world: who could come forward, who does, reviews, quota places, the stages, promotion. */
import { logistic, purpose, share } from "./chance.ts";
import type { YearEffects } from "./effects.ts";
import { type Ground, steps } from "./ground.ts";
import { last, type People } from "./people.ts";
import { openStep } from "./rules.ts";
import { at, count, type Tally } from "./tally.ts";

export interface Application {
  readonly examYear: number;
  readonly person: number;
  readonly step: number;
  readonly usesQuota: boolean;
  readonly unitReview: boolean;
  officeReview: boolean | undefined;
  selection: boolean | undefined;
  theory: boolean | undefined;
  skills: boolean | undefined;
  comprehensive: boolean | undefined;
  result: "passed" | "failed" | "absent" | "returned";
}

/** What goes on from year to year. `usedPlace`: by unit · trades + trade, 1 where a place was used the year before. */
export interface State {
  readonly people: People;
  readonly usedPlace: Uint8Array;
}

export interface ExamYear {
  readonly ground: Ground;
  readonly effects: YearEffects;
  readonly seed: number;
  readonly year: number;
  readonly replicate: number;
}

const base = [0, 1.1, 0.1, -0.3, -0.35, 0.45];
const stages = {
  selection: [0, 0, 0, 0, 1.6, 0],
  theory: [0, 2.2, 1.9, 1.6, 1.5, 1.6],
  skills: [0, 2.8, 2.5, 2.3, 2.2, 2.3],
  comprehensive: [0, 0, 0, 0, 1.5, 0.1],
} as const;

/** Logit of coming forward from what a person's past says. */
export function ownPropensity(people: People, person: number, step: number, year: number): number {
  const skipped = people.skipped[person] ?? 0;
  let logit = base[step] ?? 0;
  if (skipped > 0) logit -= skipped <= 3 ? 0.15 : skipped <= 6 ? 0.6 : 1.1;
  else {
    const before = people.last[person];
    logit += before === last.failed ? 0.7 : before === last.queued ? 1.3 : 0.25;
  }
  if ((people.retireMonth[person] ?? 0) - year * 12 < 36) logit -= 1;
  return logit;
}

/** Places of a unit and trade by its technicians; four or fewer every other year. */
export const placesFor = (technicians: number, usedLastYear: boolean): number =>
  technicians >= 20 ? 3 : technicians >= 10 ? 2 : technicians >= 5 || (technicians >= 1 && !usedLastYear) ? 1 : 0;

/** Runs an exam year on the people present and changes them; counts into `tally`. With `list`, every application is put there. */
export function runExams(
  { people, usedPlace }: State,
  exam: ExamYear,
  tally: Tally,
  list: Application[] | undefined,
): void {
  const { ground, effects, seed, year, replicate } = exam;
  const trades = ground.trades.length;
  const technicians = new Int32Array(usedPlace.length);
  const waiting = new Map<number, number[]>();
  const admitted: number[] = [];
  const luck = { seed, year, replicate };
  const settle = (application: Application) => list?.push(application);
  for (let person = 0; person < people.count; person++) {
    if (people.present[person] !== 1) continue;
    const unit = people.unit[person] ?? 0;
    const trade = people.trade[person] ?? 0;
    const place = unit * trades + trade;
    if (people.level[person] === 4) technicians[place] = (technicians[place] ?? 0) + 1;
    const step = openStep(people, ground, person, year);
    if (step === 0) continue;
    count(tally, ground, people, person, at.planningEligible, step);
    const logit =
      ownPropensity(people, person, step, year) +
      (effects.unit[unit] ?? 0) +
      (effects.trade[trade * steps + step - 1] ?? 0);
    if (draw(luck, purpose.apply, person) >= logistic(logit)) {
      if ((people.skipped[person] ?? 0) < 255) people.skipped[person] = (people.skipped[person] ?? 0) + 1;
      continue;
    }
    count(tally, ground, people, person, at.applicants, step);
    people.skipped[person] = 0;
    if (draw(luck, purpose.unitReview, person) >= logistic(3.2 + (effects.review[unit] ?? 0))) {
      people.last[person] = last.failed;
      settle({ ...blank(exam, person, step, false), unitReview: false, result: "failed" });
    } else if (step === 5 && ground.general[trade] === 1 && people.reviewed[person] !== 1) {
      const others = waiting.get(place);
      if (others) others.push(person);
      else waiting.set(place, [person]);
    } else admitted.push(person);
  }
  const usedBefore = usedPlace.slice();
  usedPlace.fill(0);
  for (const person of admitted) sit(people, exam, tally, person, false, settle);
  for (const [place, group] of waiting) {
    const places = placesFor(technicians[place] ?? 0, usedBefore[place] === 1);
    // Who was sent back last time goes first, then the unit's own order.
    const rank = (person: number) => draw(luck, purpose.rank, person) + (people.last[person] === last.queued ? 0.5 : 0);
    group.sort((a, b) => rank(b) - rank(a) || a - b);
    for (const [order, person] of group.entries()) {
      if (order < places) {
        usedPlace[place] = 1;
        count(tally, ground, people, person, at.quotaUsed, 5);
        sit(people, exam, tally, person, true, settle);
      } else {
        people.last[person] = last.queued;
        settle({ ...blank(exam, person, 5, false), result: "returned" });
      }
    }
  }
}

function blank({ year }: ExamYear, person: number, step: number, usesQuota: boolean): Application {
  return {
    examYear: year,
    person,
    step,
    usesQuota,
    unitReview: true,
    officeReview: undefined,
    selection: undefined,
    theory: undefined,
    skills: undefined,
    comprehensive: undefined,
    result: "failed",
  };
}

/** The office's review, the stages one after the other, and what the outcome means for the person. */
function sit(
  people: People,
  exam: ExamYear,
  tally: Tally,
  person: number,
  usesQuota: boolean,
  settle: (application: Application) => void,
): void {
  const { ground, effects, seed, year, replicate } = exam;
  const step = (people.level[person] ?? 0) + 1;
  const application = blank(exam, person, step, usesQuota);
  const district = ground.districtOf[people.unit[person] ?? 0] ?? 0;
  const own =
    (effects.exam[(people.trade[person] ?? 0) * steps + step - 1] ?? 0) +
    (effects.examDistrict[district] ?? 0) +
    (people.last[person] === last.failed ? 0.3 : 0);
  const luck = { seed, year, replicate };
  application.officeReview = draw(luck, purpose.officeReview, person) < 0.985;
  if (application.officeReview) {
    if (draw(luck, purpose.absent, person) < 0.02) application.result = "absent";
    else if (passStages(application, people.reviewed[person] === 1, luck, own)) application.result = "passed";
  }
  if (application.comprehensive === false) people.reviewed[person] = 1;
  if (application.result === "passed") {
    count(tally, ground, people, person, at.passes, step);
    people.level[person] = step;
    people.obtained[person] = year;
    people.last[person] = last.none;
    people.reviewed[person] = 0;
  } else people.last[person] = last.failed;
  settle(application);
}

/** Whose luck it is. Inner functions with names cost more than what they do here, so it is handed on. */
interface Luck {
  readonly seed: number;
  readonly year: number;
  readonly replicate: number;
}

const draw = ({ seed, year, replicate }: Luck, what: number, person: number) =>
  share(seed, what, person, year, replicate);

type Stage = keyof typeof stages;

const passesStage = (stage: Stage, { person, step }: Application, luck: Luck, own: number) =>
  draw(luck, purpose[stage], person) < logistic((stages[stage][step] ?? 0) + own);

function passStages(application: Application, exempt: boolean, luck: Luck, own: number): boolean {
  const { step } = application;
  if (step === 4 && !exempt) {
    application.selection = passesStage("selection", application, luck, own);
    if (!application.selection) return false;
  }
  application.theory = passesStage("theory", application, luck, own);
  application.skills = passesStage("skills", application, luck, own);
  if (!application.theory || !application.skills) return false;
  if (step < 4) return true;
  application.comprehensive = passesStage("comprehensive", application, luck, own);
  return application.comprehensive;
}
