/** One exam year: who comes forward, what the unit and the office say, who gets a quota place, how the exam ends. */
import { type Application, newApplication, settle, sitExam } from "./applications.ts";
import { firstExamYear, isOnPost, type Way, wayFor } from "./eligible.ts";
import type { LevelNumber, Person } from "./person.ts";
import type { Propensity } from "./propensity.ts";
import type { Random } from "./random.ts";

/** Unit and trade, where quota places are given. */
const groupOf = (person: Person): string => `${person.unit.index}/${person.trade.index}`;

/** Places by the number of technicians on post in unit and trade; four or fewer may come forward every other year. */
export function quotaPlaces(technicians: number, usedLastYear: boolean): number {
  if (technicians >= 20) return 3;
  if (technicians >= 10) return 2;
  if (technicians >= 5) return 1;
  return technicians >= 1 && !usedLastYear ? 1 : 0;
}

const hasQuota = ({ person, way }: Application): boolean =>
  way.target === 5 &&
  person.trade.general &&
  person.unit.place.regime !== "jiaozuo" &&
  person.unit.place.regime !== "fujian";

/** How the unit ranks those who come forward. */
const merit = ({ person }: Application): number =>
  person.talent + 0.5 * person.drive + (person.last === "queued" ? 0.8 : 0) + person.papers * 0.2;

/** Hands out the quota places of one unit and trade; the rest goes back to the people. */
function handOut(random: Random, group: readonly Application[], places: number): void {
  const [exempt, rest] = [group.filter((one) => one.reviewedBefore), group.filter((one) => !one.reviewedBefore)];
  for (const application of exempt) application.usesQuota = random.chance(0.7) ? false : undefined;
  const forwarded = rest.filter((one) => one.unitReview !== false).sort((a, b) => merit(b) - merit(a));
  for (const application of rest) if (application.unitReview === false) application.usesQuota = false;
  // Now and then a unit forwards one too many, and the office has to see it.
  const given = places + (forwarded.length > places && random.chance(0.15) ? 1 : 0);
  for (const [order, application] of forwarded.entries()) {
    if (order < given) {
      application.usesQuota = order < places && random.chance(0.7) ? true : undefined;
      if (order >= places && random.chance(0.5)) application.officeReview = false;
    } else {
      application.usesQuota = false;
      application.result = "returned";
    }
  }
}

/** Reviews by the unit and the office, before the exam. */
function review(random: Random, application: Application, entitled: boolean): void {
  application.unitReview = entitled ? !random.chance(0.012) : random.chance(0.45);
}

function officeReview(random: Random, application: Application, entitled: boolean): void {
  if (application.unitReview === false) {
    application.result = "failed";
    return;
  }
  application.officeReview ??= entitled && !random.chance(0.01);
  if (!application.officeReview) application.result = "failed";
}

/** Somebody who comes forward without being entitled to; the reviews find it out. */
function misguided(random: Random, person: Person, year: number): Way | undefined {
  const tooLate = person.retireMonth < year * 12 + 24;
  if (year < firstExamYear || person.level === 5 || tooLate || person.obtainedYear > year - 3) return undefined;
  const grades = person.level < 3 && person.unit.place.regime === "changzhou" && year % 2 === 1;
  if (grades || person.transferred || person.arrived || !random.chance(0.004)) return undefined;
  return { target: (person.level + 1) as LevelNumber, module: "normal" };
}

/** What the quota remembers from one year to the next: the groups that used places. */
export type QuotaMemory = ReadonlySet<string>;

export interface ExamYear {
  readonly applications: readonly Application[];
  readonly used: QuotaMemory;
}

/**
 * Runs one exam year on the people of the roster before it and changes them accordingly. `lastYear` holds the groups that used
 * quota places the year before.
 */
export function runExams(
  random: Random,
  propensity: Propensity,
  people: readonly Person[],
  year: number,
  lastYear: QuotaMemory,
): ExamYear {
  const applications: Application[] = [];
  const entitled = new Set<Application>();
  const technicians = new Map<string, number>();
  for (const person of people) {
    if (person.level === 4 && isOnPost(person, year - 1)) {
      technicians.set(groupOf(person), (technicians.get(groupOf(person)) ?? 0) + 1);
    }
    const way = wayFor(person, year);
    // Those who leave in the middle of the year seldom come forward.
    const leaving = person.leaveMonth < Math.min(person.retireMonth, year * 12 + 12) && !random.chance(0.3);
    if (leaving) continue;
    if (way && random.chance(propensity(person, way, year))) {
      const application = newApplication(person, way, year);
      entitled.add(application);
      applications.push(application);
      continue;
    }
    if (way) person.skipped++;
    const error = way ? undefined : misguided(random, person, year);
    if (error) applications.push(newApplication(person, error, year));
  }
  for (const application of applications) review(random, application, entitled.has(application));
  const groups = new Map<string, Application[]>();
  if (year >= firstExamYear) {
    for (const application of applications.filter(hasQuota)) {
      const key = groupOf(application.person);
      groups.set(key, [...(groups.get(key) ?? []), application]);
    }
  }
  const used = new Set<string>();
  for (const [key, group] of groups) {
    handOut(random, group, quotaPlaces(technicians.get(key) ?? 0, lastYear.has(key)));
    const takes = (one: Application) => one.result !== "returned" && one.usesQuota !== false && !one.reviewedBefore;
    if (group.some(takes)) used.add(key);
  }
  for (const application of applications) {
    if (application.result === undefined) officeReview(random, application, entitled.has(application));
    if (application.result === undefined) sitExam(random, application);
    settle(application);
  }
  return { applications, used };
}
