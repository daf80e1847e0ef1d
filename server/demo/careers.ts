/** What a year brings to a worker besides exams: appraisal, training, schooling, appointment, papers, honours, a change of trade. */

import { dayOf, isoDate } from "../rules/dates.ts";
import type { AppraisalGrade } from "../rules/facts.ts";
import { isCollege } from "./eligible.ts";
import { isOpen } from "./openings.ts";
import { firstRecordedYear, type Person } from "./person.ts";
import { hashShare, type Random } from "./random.ts";

const dateIn = (random: Random, year: number, from = 1, to = 12): number =>
  dayOf(year, random.between(from, to), random.between(1, 28));

/** About 12 % excellent, more often the same people; the first year is often without a grade. */
function drawGrade(random: Random, person: Person, year: number): AppraisalGrade {
  if (year === person.hireYear && random.chance(0.6)) return "ungraded";
  const excellent = 0.12 * Math.max(0.15, 1 + 0.55 * person.drive + 0.35 * person.talent);
  const drawn = random.share();
  if (drawn < excellent) return "excellent";
  if (drawn > 0.9985) return "unqualified";
  if (drawn > 0.9945) return "ungraded";
  return drawn > 0.987 ? "basicallyQualified" : "qualified";
}

function learn(random: Random, person: Person, year: number): void {
  const age = year - person.birthYear;
  if (age > 46 || year < 1990) return;
  const eager = Math.max(0.2, 1 + 0.5 * person.drive);
  if (isCollege(person.education)) {
    if (person.education === "college" && random.chance(0.006 * eager)) person.education = "bachelor";
    return;
  }
  const unschooled = person.education === "primary" || person.education === "juniorSecondary";
  if (!random.chance((unschooled ? 0.006 : year < 1998 ? 0.018 : 0.034) * eager)) return;
  person.education = unschooled && random.chance(0.6) ? "secondarySpecialised" : "college";
  person.educationInTrade = random.chance(0.6);
}

/** Honours and inventions: few people, named by rank and year. */
function excel(random: Random, person: Person, year: number): void {
  const gift = person.talent + person.drive;
  if (gift < 1 || year < firstRecordedYear) return;
  const awardedOn = () => isoDate(dateIn(random, year, 4, 11));
  if (random.chance(0.012)) {
    const rank = random.pick(["county", "county", "municipal", "municipal", "provincial"]);
    const kind = random.pick([
      "advancedWorker",
      "technicalExpert",
      "technicalPacesetter",
      "commendation",
      "labourMedal",
      "modelWorker",
    ]);
    person.honours = [
      ...person.honours,
      { kind, rank, awardedOn: awardedOn(), retained: true, matter: `${year}年度评选` },
    ];
  }
  if (random.chance(0.006)) {
    const kind = random.pick(["invention", "utilityModel", "utilityModel", "utilityModel", "design"]);
    const position = random.between(1, 6);
    person.patents = [...person.patents, { kind, inTrade: random.chance(0.8), position, grantedOn: awardedOn() }];
  }
  if (random.chance(0.003)) {
    const rank = random.pick(["municipal", "municipal", "provincial"]);
    const award = { rank, grade: random.between(1, 3), principal: random.chance(0.6), awardedOn: awardedOn() };
    person.techAwards = [...person.techAwards, award];
  }
  if (random.chance(0.009)) {
    const tier = random.pick([
      "county",
      "municipal",
      "municipal",
      "provincial2",
      "provincial1",
      "national2",
      "national1",
    ]);
    const place = random.between(1, 12);
    const title = place <= 3 && tier.startsWith("provincial") ? { title: "technicalExpert" } : {};
    const prize = place <= 8 ? { prize: place <= 2 ? 1 : place <= 5 ? 2 : 3 } : {};
    person.competitions = [...person.competitions, { tier, place, ...prize, ...title, heldOn: awardedOn() }];
  }
  if (person.level >= 4 && random.chance(0.02)) person.mentees++;
  if (person.title === "none" && isCollege(person.education) && random.chance(0.01)) {
    person.title = random.pick(["assistant", "intermediate"]);
    person.titleInTrade = random.chance(0.7);
  }
}

/** Papers, recommendations and posts that the two highest levels ask for. */
function prepare(random: Random, person: Person): void {
  const eager = Math.max(0.15, 1 + 0.5 * person.drive);
  if (person.level === 3) {
    if (!person.thesis && random.chance(0.34 * eager)) person.thesis = true;
  } else if (person.level === 4) {
    if (random.chance(0.45 * eager)) person.papers++;
    if (random.chance(0.45 * eager)) person.recommendations = 2;
    if (person.trade.name === "汽车驾驶与管理" && random.chance(0.34)) person.fleetCaptain = true;
  }
}

/** Trades that need licences of their own are not taken up in mid-career here. */
const licensed: ReadonlySet<string> = new Set(["汽车驾驶与管理", "电工", "锅炉操作"]);

function changeTrade(random: Random, person: Person, year: number): void {
  if (year < 2012 || person.transferred || person.arrived || person.level < 1 || person.level > 3) return;
  if (!random.chance(0.0028)) return;
  const { level, unit } = person;
  const others = unit.tradeList.filter(
    (trade) => trade !== person.trade && !licensed.has(trade.name) && isOpen(unit.place, trade.name, level),
  );
  if (others.length === 0) return;
  person.trade = random.pick(others);
  person.tradeSince = dateIn(random, year, 2, 11);
  person.transferred = true;
  person.transferredOn = person.tradeSince;
}

/** Lives through one year (after its exams). */
export function liveYear(random: Random, person: Person, year: number): void {
  if (year >= firstRecordedYear) {
    const index = year - firstRecordedYear;
    person.appraisals[index] = drawGrade(random, person, year);
    // Units train unequally: some let a few more gaps arise.
    const gap = 0.03 + 0.06 * hashShare(person.unit.index, 5) - 0.01 * person.drive;
    person.training[index] = !random.chance(gap);
  }
  learn(random, person, year);
  prepare(random, person);
  excel(random, person, year);
  if (person.trade.name === "汽车驾驶与管理") person.safeYears = random.chance(0.015) ? 0 : person.safeYears + 1;
  if (person.level >= 4 && person.appointed === 0 && random.chance(0.55)) {
    person.appointed = Math.max(person.obtained, dateIn(random, year));
  }
  if (random.chance(0.0002)) person.fraudOn = dateIn(random, year, 6, 11);
  changeTrade(random, person, year);
}
