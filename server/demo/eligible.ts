/**
 * Who may come forward, by which module: the demonstration's own short reading of the rulebooks, on what is true of a person at
 * the end of the year before the exam. It is deliberately apart from the evaluator: tests hold the one against the other.
 */
import { dayOf, minusYears } from "../rules/dates.ts";
import { isOpen } from "./openings.ts";
import { gradeOf, type LevelNumber, type Person, trainedIn } from "./person.ts";
import { at, hashShare } from "./random.ts";

export type Module = "normal" | "early" | "exceptional" | "transfer" | "reverification" | "direct";

/** A way open to somebody: the level applied for, the module, and the exceptional condition it rests on. */
export interface Way {
  readonly target: LevelNumber;
  readonly module: Module;
  readonly condition?: string;
}

/** Before this exam year careers are only sketched: no trade lists, no papers, no appraisals. */
export const firstExamYear = 2017;

const collegeUp: ReadonlySet<string> = new Set(["college", "bachelor", "master", "doctor"]);
const upperSecondaryUp: ReadonlySet<string> = new Set([
  "seniorSecondary",
  "vocationalHigh",
  "technicalSchool",
  "secondarySpecialised",
  "advancedTechnicalSchool",
  "technicianCollege",
  ...collegeUp,
]);
const specialised: ReadonlySet<string> = new Set([
  "advancedTechnicalSchool",
  "technicianCollege",
  "secondarySpecialised",
]);

export const isCollege = (education: string): boolean => collegeUp.has(education);

/** On long leave for a spell of two years; technicians and above stay on post. */
export function isOnPost(person: Person, year: number): boolean {
  return person.level >= 4 || hashShare(person.key, year >> 1, 77) >= 0.008;
}

/** A sanction that is still on record. */
export function isClean(person: Person, year: number): boolean {
  return hashShare(person.key, Math.floor(year / 3), 78) >= 0.006;
}

/** Whole years from a day through 31 December of `year` are at least `years`. */
const yearsBy = (start: number, year: number, years: number): boolean =>
  start > 0 && start <= dayOf(year + 1 - years, 1, 1);

/** Age on a day, whole years. */
const isAged = (person: Person, day: number, years: number): boolean => person.birth <= minusYears(day, years);

const appraised = (person: Person, year: number): boolean => {
  for (let past = year - 5; past < year; past++) {
    const grade = gradeOf(person, past);
    if (grade !== "excellent" && grade !== "qualified") return false;
  }
  return true;
};

const excellentYears = (person: Person, year: number): number => {
  let count = 0;
  for (let past = year - 5; past < year; past++) if (gradeOf(person, past) === "excellent") count++;
  return count;
};

const twoYearsExcellent = (person: Person, year: number): boolean => {
  for (let past = year - 4; past < year; past++) {
    if (gradeOf(person, past) === "excellent" && gradeOf(person, past - 1) === "excellent") return true;
  }
  return false;
};

const banned = (person: Person, years: number, firstDay: number): boolean =>
  person.fraudOn > 0 && person.fraudOn > minusYears(firstDay, years);

const aboveMunicipal: ReadonlySet<unknown> = new Set(["municipal", "provincial", "national"]);
const aboveProvincial: ReadonlySet<unknown> = new Set(["provincial", "national"]);
const merited: ReadonlySet<unknown> = new Set([
  "modelWorker",
  "advancedWorker",
  "technicalExpert",
  "technicalPacesetter",
]);

/** An exceptional condition of the Jiangsu notices that holds and was not used before. */
function exceptionalCondition(person: Person, year: number): { id: string; seniority: boolean } | undefined {
  const unused = (id: string) => !person.used.includes(id);
  const honour = (ranks: ReadonlySet<unknown>) =>
    person.honours.some(({ kind, rank }) => merited.has(kind) && ranks.has(rank));
  if (unused("provincial-honour") && honour(aboveProvincial)) return { id: "provincial-honour", seniority: true };
  if (
    unused("provincial-award") &&
    person.techAwards.some(({ rank, principal }) => aboveProvincial.has(rank) && principal === true)
  ) {
    return { id: "provincial-award", seniority: true };
  }
  if (unused("municipal-honour") && honour(aboveMunicipal)) return { id: "municipal-honour", seniority: false };
  if (unused("professional-title") && person.title !== "none" && person.title !== "assistant" && person.titleInTrade) {
    return { id: "professional-title", seniority: false };
  }
  const experienced =
    person.tradeSince > 0 && person.tradeSince < dayOf(year - 23, 1, 1) && person.birthYear + 46 <= year;
  return unused("mentorship") && experienced && person.mentees >= 3
    ? { id: "mentorship", seniority: false }
    : undefined;
}

function tradeExtras(person: Person, target: LevelNumber): boolean {
  if (person.trade.name === "汽车驾驶与管理") {
    const licensed = person.unit.place.regime !== "changzhou" || person.licence !== "C1";
    return person.safeYears >= 5 && licensed && (target === 4 || person.fleetCaptain);
  }
  return person.trade.name !== "收银审核" || target === 4 || person.financeExperience;
}

const papers = (person: Person, target: LevelNumber): boolean =>
  target === 4 ? person.thesis : person.papers >= 1 && person.recommendations >= 2;

/** Continuing education of the last two years where it is a bar (Jiangdu); a year before hiring is no record, not a failure. */
const trainedLately = (person: Person, year: number): boolean =>
  person.unit.place.regime !== "jiangdu" ||
  (trainedIn(person, year - 1) !== false && trainedIn(person, year - 2) !== false);

function reverification(person: Person, year: number): Way | undefined {
  if (person.resettled === 0 || person.reverified) return undefined;
  const from = Math.min(person.enlisted, person.workStart);
  const served =
    new Date(person.resettled * 86_400_000).getUTCFullYear() - new Date(from * 86_400_000).getUTCFullYear() + 1;
  const target: LevelNumber = served >= 20 ? 3 : served >= 10 ? 2 : 1;
  // Only in the first years after resettlement do people ask for it.
  return person.level < target && year - person.hireYear <= 4 ? { target, module: "reverification" } : undefined;
}

function jiangsuWay(person: Person, year: number): Way | undefined {
  const { regime } = person.unit.place;
  const changzhou = regime === "changzhou";
  const target = Math.min(5, person.level + 1) as LevelNumber;
  const even = year % 2 === 0;
  const firstDay = changzhou ? dayOf(year, 3, 1) : dayOf(year, 6, 1);
  if (person.level === 5 || !isOnPost(person, year - 1) || banned(person, 3, firstDay)) return undefined;
  if (!trainedLately(person, year)) return undefined;
  if (person.retireMonth <= year * 12 + 11) return undefined;
  const gradeWorkers = !changzhou || even;
  if (person.transferred) {
    const open =
      person.level >= 1 &&
      person.level <= 3 &&
      gradeWorkers &&
      isOpen(person.unit.place, person.trade.name, person.level);
    return open ? { target: person.level, module: "transfer" } : undefined;
  }
  if (person.arrived) {
    const open = person.level >= 2 && gradeWorkers && isOpen(person.unit.place, person.trade.name, person.level);
    return open ? { target: person.level, module: "reverification" } : undefined;
  }
  const again = gradeWorkers ? reverification(person, year) : undefined;
  if (again && isOpen(person.unit.place, person.trade.name, again.target)) return again;
  if (!isOpen(person.unit.place, person.trade.name, target)) return undefined;
  if (target <= 3) {
    if (!gradeWorkers) return undefined;
    if (target === 1) {
      const windowEnd = changzhou ? dayOf(year, 4, 15) : dayOf(year, 8, 31);
      return person.workStartYear <= year - 1 && person.regularised <= windowEnd
        ? { target, module: "normal" }
        : undefined;
    }
    const needed = target === 2 ? 9 : 19;
    const service = person.workStartYear <= year - needed;
    if (service && person.obtainedYear <= year - 5) return { target, module: "normal" };
    if (!changzhou) return undefined;
    const first = person.reverified && !person.promotedSinceReverification;
    if (service && first) return { target, module: "normal" };
    if (person.workStartYear <= year - needed + 1 && person.obtainedYear <= year - 4)
      return { target, module: "early" };
    // How many years the exceptional classes relax is not written; the demonstration lets two go.
    const near = person.workStartYear <= year - needed + 2 && person.obtainedYear <= year - 3;
    if (!near) return undefined;
    if (!person.used.includes("two-years-excellent") && twoYearsExcellent(person, year)) {
      return { target, module: "exceptional", condition: "two-years-excellent" };
    }
    return !person.used.includes("college-in-trade") && isCollege(person.education) && person.educationInTrade
      ? { target, module: "exceptional", condition: "college-in-trade" }
      : undefined;
  }
  if (target === 5 && person.retireMonth <= (year + 1) * 12 + 4) return undefined;
  if (!appraised(person, year) || !isClean(person, year) || !papers(person, target) || !tradeExtras(person, target)) {
    return undefined;
  }
  const schooled =
    isCollege(person.education) || (target === 4 && specialised.has(person.education) && person.educationInTrade);
  const seniority = person.obtainedYear <= year - 4;
  if (schooled && seniority) return { target, module: "normal" };
  const exceptional = exceptionalCondition(person, year);
  return exceptional && (exceptional.seniority || seniority)
    ? { target, module: "exceptional", condition: exceptional.id }
    : undefined;
}

function jiaozuoWay(person: Person, year: number): Way | undefined {
  const { level } = person;
  if (level === 5 || person.employment === "other" || !isOnPost(person, year - 1)) return undefined;
  if (person.retireMonth < year * 12 + 2 || banned(person, 2, dayOf(year, 3, 10))) return undefined;
  if (person.transferred) return level >= 1 ? { target: level, module: "transfer" } : undefined;
  const seniority = yearsBy(person.obtained, year, 5);
  const service = (years: number) => yearsBy(person.workStart, year, years);
  const normal = (target: LevelNumber): Way => ({ target, module: "normal" });
  if (level < 3 && service(18)) return normal(3);
  if (level < 2 && service(10)) return normal(2);
  if (level === 0) return person.regularised <= dayOf(year, 9, 30) && !service(10) ? normal(1) : undefined;
  if (level < 3) return seniority ? normal((level + 1) as LevelNumber) : undefined;
  if (level === 3) return seniority && upperSecondaryUp.has(person.education) ? normal(4) : undefined;
  if (!seniority || !service(25) || person.appointed === 0) return undefined;
  if (upperSecondaryUp.has(person.education) && appraised(person, year) && excellentYears(person, year) >= 2)
    return normal(5);
  const honoured = person.honours.some(
    ({ kind, rank, awardedOn }) =>
      aboveMunicipal.has(rank) &&
      ["commendation", "modelWorker", "advancedWorker", "technicalExpert"].includes(String(kind)) &&
      Date.parse(String(awardedOn)) / 86_400_000 >= person.obtained,
  );
  return honoured ? { target: 5, module: "exceptional", condition: "commended" } : undefined;
}

function fujianWay(person: Person, year: number): Way | undefined {
  const { level } = person;
  if (level === 5 || !isOnPost(person, year - 1) || person.transferred) return undefined;
  const target = (level + 1) as LevelNumber;
  const service = (years: number) => yearsBy(person.workStart, year, years);
  const seniority = yearsBy(person.obtained, year, 5);
  const normal: Way = { target, module: "normal" };
  if (person.retireMonth < year * 12) return undefined;
  if (level === 0) return person.regularised <= dayOf(year, 8, 31) ? normal : undefined;
  if (level === 1) return seniority || service(10) ? normal : undefined;
  if (level === 2) return seniority || service(20) ? normal : undefined;
  if (level === 3) return seniority && (isCollege(person.education) || service(25)) ? normal : undefined;
  if (person.employment !== "established") return undefined;
  const champion = person.competitions.some(({ tier, place }) => tier === "national1" && Number(place) <= 3);
  if (champion) return { target, module: "direct", condition: "champion" };
  for (let past = year - 5; past < year; past++) if (trainedIn(person, past) === false) return undefined;
  if (!appraised(person, year) || person.papers < 1) return undefined;
  const tenure = yearsBy(person.appointed, year, 5) || (service(30) && yearsBy(person.appointed, year, 3));
  const schooled = isCollege(person.education);
  if (tenure && schooled) return normal;
  if (person.mentees >= 1) return { target, module: "exceptional", condition: "mentorship" };
  const elder =
    isAged(person, dayOf(year, 12, 31), person.sex === "male" ? 58 : 48) && excellentYears(person, year) >= 3;
  return schooled && elder ? { target, module: "exceptional", condition: "senior-excellent" } : undefined;
}

/** Careers before the rosters begin: years of level and of work alone. */
function earlyWay(person: Person, year: number): Way | undefined {
  const { level } = person;
  const target = (level + 1) as LevelNumber;
  if (level === 5 || (level >= 3 && year < 1998) || (level >= 4 && year < 2006)) return undefined;
  if (level === 0) {
    const veteran = reverification(person, year);
    return veteran ?? (year > person.hireYear ? { target, module: "normal" } : undefined);
  }
  const rested = person.obtainedYear <= year - 5;
  const worked = person.workStartYear <= year - at([0, 0, 9, 19, 20, 24], target);
  const schooled = target < 4 || upperSecondaryUp.has(person.education);
  return rested && worked && schooled ? { target, module: "normal" } : undefined;
}

/** The way open to a person in an exam year, by the state at the end of the year before; undefined when none is. */
export function wayFor(person: Person, year: number): Way | undefined {
  if (year < firstExamYear) return earlyWay(person, year);
  switch (person.unit.place.regime) {
    case "jiaozuo":
      return jiaozuoWay(person, year);
    case "fujian":
      return fujianWay(person, year);
    default:
      return jiangsuWay(person, year);
  }
}
