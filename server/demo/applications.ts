/** One application as it is written to the roster, and how a person passes through the stages of an exam. */
import { dayOf } from "../rules/dates.ts";
import { firstExamYear, type Way } from "./eligible.ts";
import type { LevelNumber, Person } from "./person.ts";
import { hash32, type Random } from "./random.ts";

export type Result = "passed" | "failed" | "absent" | "misconduct" | "deferred" | "returned";

export interface Application {
  readonly examYear: number;
  readonly person: Person;
  readonly tradeName: string;
  readonly way: Way;
  /** Failed the comprehensive review before: uses no quota, and spares a technician the selection exam. */
  readonly reviewedBefore: boolean;
  usesQuota: boolean | undefined;
  unitReview: boolean | undefined;
  officeReview: boolean | undefined;
  selectionScore: number | undefined;
  selectionPassed: boolean | undefined;
  theory: number | undefined;
  skills: number | undefined;
  defence: number | undefined;
  lecture: number | undefined;
  comprehensiveReview: boolean | undefined;
  result: Result | undefined;
  certificate: number;
}

export function newApplication(person: Person, way: Way, examYear: number): Application {
  return {
    examYear,
    person,
    tradeName: person.trade.name,
    way,
    reviewedBefore: way.target >= 4 && person.failedReviews.length > 0,
    usesQuota: undefined,
    unitReview: undefined,
    officeReview: undefined,
    selectionScore: undefined,
    selectionPassed: undefined,
    theory: undefined,
    skills: undefined,
    defence: undefined,
    lecture: undefined,
    comprehensiveReview: undefined,
    result: undefined,
    certificate: 0,
  };
}

/** Certificates of a city, a year and a level bear one date, late in the year; early ones the spring after. */
export function certificateDay(application: Application): number {
  const { person, way, examYear } = application;
  const chosen = hash32(Number(person.unit.place.city), examYear, way.target);
  if (way.module === "early") return dayOf(examYear + 1, 1 + (chosen % 4), 10 + (chosen % 15));
  return dayOf(examYear, way.target >= 4 ? 12 : 10 + (chosen % 3), 5 + (chosen % 24));
}

const mark = (random: Random, mean: number, spread: number): number =>
  Math.round(Math.min(98, Math.max(18, mean + spread * random.normal())) * 2) / 2;

/** Difficulty of a trade's papers in a year, marks. */
const difficulty = (application: Application): number => {
  const { person, examYear, way } = application;
  const share = (salt: number, ...parts: number[]) => hash32(salt, ...parts) / 0x1_0000_0000 - 0.5;
  return (
    5 * share(21, person.trade.index) +
    3 * share(22, person.trade.index, examYear) +
    3 * share(23, examYear, way.target)
  );
};

/** The paths where a committee or a file decides, without written papers. */
const byFile = ({ way }: Application): boolean => way.module === "reverification" || way.module === "direct";

/** Lets an admitted application pass the exam stages of its place and level; sets marks, result and certificate. */
export function sitExam(random: Random, application: Application): void {
  const { person, way, examYear } = application;
  const { regime } = person.unit.place;
  const { target } = way;
  const pass = () => {
    application.result = "passed";
    application.certificate = certificateDay(application);
  };
  const fail = () => {
    application.result = "failed";
  };
  if (byFile(application)) {
    pass();
    return;
  }
  const chance = random.share();
  const epidemic = examYear === 2020 || examYear === 2022;
  if (chance < 0.018) {
    application.result = "absent";
    return;
  }
  if (chance < (epidemic ? 0.034 : 0.021)) {
    application.result = "deferred";
    return;
  }
  if (chance > 0.9992) {
    application.result = "misconduct";
    return;
  }
  const sketch = examYear < firstExamYear;
  const mean = 73 + 5 * person.talent - difficulty(application) + (person.last === "failed" ? 2 : 0);
  const jiangsu = regime !== "jiaozuo" && regime !== "fujian";
  if (target === 4 && jiangsu && !application.reviewedBefore && !sketch) {
    application.selectionScore = mark(random, mean - 1, 7);
    application.selectionPassed = application.selectionScore >= 66;
    if (!application.selectionPassed) {
      fail();
      return;
    }
  }
  if (!(regime === "fujian" && target === 5)) {
    application.theory = mark(random, mean + (target >= 4 ? 1 : 0), 8);
    if (!(regime === "jiaozuo" && target === 5)) application.skills = mark(random, mean + 4, 7);
    if (application.theory < 60 || (application.skills ?? 60) < 60) {
      fail();
      return;
    }
  }
  if (target === 5 || (target === 4 && regime === "fujian")) {
    if (regime !== "jiaozuo") application.defence = mark(random, mean + 3, 7);
    if (jiangsu) application.lecture = mark(random, mean + 3, 7);
  }
  if (target === 5 || (target === 4 && jiangsu)) {
    const merit = 0.35 * person.talent + 0.25 * person.drive + (person.failedReviews.length > 0 ? 0.3 : 0);
    application.comprehensiveReview = random.chance(1 / (1 + Math.exp(-(target === 5 ? 0.05 : 1.5) - merit)));
    if (!application.comprehensiveReview) {
      fail();
      return;
    }
  }
  pass();
}

/** What the outcome means for the person. */
export function settle(application: Application): void {
  const { person, way, examYear, result } = application;
  person.skipped = 0;
  person.last =
    result === "passed" ? "none" : result === "returned" ? "queued" : result === "deferred" ? "deferred" : "failed";
  if (application.comprehensiveReview === false) person.failedReviews = [...person.failedReviews, examYear];
  if (result === "misconduct") person.fraudOn = dayOf(examYear, 11, 15);
  if (result !== "passed") return;
  if (way.condition && way.module === "exceptional") person.used = [...person.used, way.condition];
  if (way.module === "early") {
    person.pending = way.target;
    person.pendingDay = application.certificate;
    return;
  }
  if (way.module === "transfer") {
    person.transferred = false;
    return;
  }
  if (way.target === person.level) {
    // An arrival's level is confirmed; the certificate is that of the re-verification.
    person.arrived = false;
    person.reverified = true;
    return;
  }
  promote(person, way.target, application.certificate, way.module === "reverification");
}

/** Gives a person a level as of a day. */
export function promote(person: Person, level: LevelNumber, day: number, reverified: boolean): void {
  if (person.reverified) person.promotedSinceReverification = true;
  if (reverified) person.reverified = true;
  person.level = level;
  person.obtained = day;
  person.obtainedYear = new Date(day * 86_400_000).getUTCFullYear();
  person.appointed = level >= 4 ? 0 : day + 3;
  person.papers = 0;
  person.recommendations = 0;
  person.failedReviews = [];
  person.pending = 0;
}
