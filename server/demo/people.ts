/** Hiring: who is taken on when, how old, how educated, and when he or she leaves again. */
import { dayOf, isoDate, monthOf, yearOf } from "../rules/dates.ts";
import { type RetirementTrack, retirementMonth } from "../rules/retirement.ts";
import { drawName, IdentityNumbers } from "./identity.ts";
import { firstRecordedYear, type ListItem, type Person } from "./person.ts";
import { hash32, Lottery, type Random } from "./random.ts";
import type { Unit } from "./units.ts";

export const firstHireYear = 1976;
export const firstRosterYear = 2016;
export const lastRosterYear = 2024;

/** Relative number of people taken on by year: broad in the 1980s and 1990s, narrow since. */
const hiring: readonly (readonly [from: number, weight: number])[] = [
  [1976, 0.9],
  [1980, 1.5],
  [1985, 1.9],
  [1993, 1.6],
  [1998, 1.0],
  [2003, 0.75],
  [2009, 0.7],
  [2015, 0.65],
  [2020, 0.55],
];

type Schooling = Readonly<Record<string, number>>;
const schooling: readonly (readonly [from: number, shares: Schooling])[] = [
  [
    1976,
    {
      primary: 7,
      juniorSecondary: 46,
      seniorSecondary: 36,
      vocationalHigh: 2,
      technicalSchool: 6,
      secondarySpecialised: 3,
    },
  ],
  [
    1985,
    {
      juniorSecondary: 31,
      seniorSecondary: 36,
      vocationalHigh: 8,
      technicalSchool: 14,
      secondarySpecialised: 9,
      college: 2,
    },
  ],
  [
    1995,
    {
      juniorSecondary: 8,
      seniorSecondary: 27,
      vocationalHigh: 13,
      technicalSchool: 20,
      secondarySpecialised: 18,
      advancedTechnicalSchool: 2,
      college: 11,
      bachelor: 1,
    },
  ],
  [
    2005,
    {
      seniorSecondary: 10,
      vocationalHigh: 6,
      technicalSchool: 10,
      advancedTechnicalSchool: 6,
      technicianCollege: 4,
      secondarySpecialised: 14,
      college: 35,
      bachelor: 15,
    },
  ],
  [
    2015,
    { advancedTechnicalSchool: 8, technicianCollege: 7, secondarySpecialised: 5, college: 45, bachelor: 34, master: 1 },
  ],
];

/** Share of men by trade; most others are men's trades, too. */
const maleShare: Readonly<Record<string, number>> = {
  汽车驾驶与管理: 0.97,
  行政事务: 0.42,
  烹饪: 0.62,
  收银审核: 0.2,
  讲解员: 0.15,
  酒店服务: 0.25,
  商品营销: 0.45,
  计算机信息处理: 0.4,
  图书档案管理: 0.3,
  教学科研实验: 0.5,
  药剂: 0.35,
  护理保健: 0.1,
  卫生防疫: 0.55,
  保育: 0.04,
  医学检查: 0.35,
  花卉园艺: 0.6,
  质量检验: 0.55,
  印刷技术: 0.6,
};

const lastUpTo = <T>(table: readonly (readonly [number, T])[], year: number): T | undefined =>
  table.findLast(([from]) => from <= year)?.[1];

const schoolingLotteries = schooling.map(([from, shares]) => [from, new Lottery(Object.entries(shares))] as const);

const hireYears = new Lottery(
  Array.from({ length: lastRosterYear - firstHireYear + 1 }, (_, index) => {
    const year = firstHireYear + index;
    return [year, lastUpTo(hiring, year) ?? 0] as const;
  }),
);

const chanceOfLicence = new Lottery([
  ["A1", 14],
  ["A2", 16],
  ["A3", 6],
  ["B1", 20],
  ["B2", 24],
  ["C1", 20],
] as const);

interface Service {
  readonly enlisted: number;
  readonly resettled: number;
  readonly honours: readonly ListItem[];
}

/** Soldiers resettled by the state: two to five years of service, or a professional soldier's twelve to twenty-two. */
function drawService(random: Random, hireYear: number): Service | undefined {
  if (!random.chance(hireYear >= 2000 ? 0.11 : 0.05)) return undefined;
  const years = random.chance(0.6) ? random.between(12, 22) : random.between(2, 8);
  const start = hireYear - years;
  const honours: ListItem[] = [];
  for (let year = start + 1; year < hireYear; year++) {
    if (random.chance(0.16)) honours.push({ kind: "excellentSoldier", year });
    if (random.chance(0.02)) honours.push({ kind: "thirdClassMerit", year });
    if (random.chance(0.002)) honours.push({ kind: "secondClassMerit", year });
  }
  const enlisted = random.chance(0.5)
    ? dayOf(start, 12, random.between(1, 20))
    : dayOf(start, 9, random.between(1, 25));
  return { enlisted, resettled: dayOf(hireYear, random.between(5, 11), random.between(1, 28)), honours };
}

/** The month from which somebody is gone before retirement (death, resignation, moving away), if that comes first. */
function drawLeaving(random: Random, hireMonth: number, retireMonth: number): number {
  for (let month = hireMonth + 12; month < retireMonth; month += 12) {
    if (random.chance(0.0045)) return month + random.between(0, 11);
  }
  return retireMonth;
}

/** Takes people on, one after the other, until `workers` of them are on the newest roster; leaves out who left before the first. */
export function* hirePeople(random: Random, units: readonly Unit[], workers: number): Generator<Person> {
  const unitLottery = new Lottery(units.map((unit) => [unit, unit.size] as const));
  const identities = new IdentityNumbers();
  const firstMonth = firstRosterYear * 12 + 12;
  const lastMonth = lastRosterYear * 12 + 12;
  for (let number = 1, present = 0; present < workers; ) {
    const unit = unitLottery.draw(random);
    const trade = unit.trades.draw(random);
    const hireYear = hireYears.draw(random);
    const service = drawService(random, hireYear);
    const sex = service
      ? random.chance(0.96)
        ? "male"
        : "female"
      : random.chance(maleShare[trade.name] ?? 0.86)
        ? "male"
        : "female";
    const hired = service ? service.resettled : dayOf(hireYear, random.between(1, 12), random.between(1, 28));
    const workStart = service ? service.enlisted : hired;
    const age = service
      ? random.between(18, 20)
      : Math.min(38, (hireYear < 1995 ? 17 : hireYear < 2010 ? 19 : 20) + Math.floor(random.share() ** 1.7 * 14));
    const workStartYear = yearOf(workStart);
    const birthYear = workStartYear - age;
    const birth = dayOf(birthYear, random.between(1, 12), random.between(1, 28));
    const track: RetirementTrack = sex === "male" ? "male60" : random.chance(0.15) ? "female55" : "female50";
    const retireMonth = retirementMonth(track, monthOf(birth));
    const leaveMonth = drawLeaving(random, monthOf(hired), retireMonth);
    const education = lastUpTo(schoolingLotteries, hireYear)?.draw(random) ?? "seniorSecondary";
    const arrived = !service && hireYear >= 2010 && hireYear <= 2023 && random.chance(0.02);
    const employment = random.share();
    if (leaveMonth < firstMonth) continue;
    const birthDate = isoDate(birth);
    const driver = trade.name === "汽车驾驶与管理";
    // Somebody who comes from another province brings a level and years of work along.
    const arrivedLevel = arrived ? (random.between(1, 3) as 1 | 2 | 3) : 0;
    const earlier = arrived ? dayOf(Math.max(hireYear - arrivedLevel * 6, birthYear + 18), 7, 1) : workStart;
    const obtained = arrived ? dayOf(hireYear - random.between(1, 4), 11, 30) : 0;
    yield {
      key: hash32(Math.floor(random.share() * 0x1_0000_0000), number),
      workerId: `YS${String(number).padStart(6, "0")}`,
      name: drawName(random, sex, birthYear),
      idNumber: identities.next(birthDate, sex),
      sex,
      birth,
      birthYear,
      track,
      retireMonth,
      leaveMonth,
      hireYear,
      workStart: earlier,
      workStartYear: yearOf(earlier),
      regularised: service || arrived ? hired : dayOf(hireYear + 1, (monthOf(hired) % 12) + 1, 1),
      employment: employment < 0.88 ? "established" : employment < 0.98 ? "contract" : "other",
      unit,
      enlisted: service?.enlisted ?? 0,
      resettled: service?.resettled ?? 0,
      militaryHonours: service?.honours ?? [],
      talent: random.normal(),
      drive: random.normal(),
      trade,
      tradeSince: hired,
      transferred: false,
      transferredOn: 0,
      arrived,
      level: arrivedLevel,
      obtained,
      obtainedYear: obtained ? yearOf(obtained) : 0,
      reverified: false,
      promotedSinceReverification: false,
      appointed: 0,
      education,
      educationInTrade: random.chance(0.55),
      appraisals: Array(lastRosterYear - firstRecordedYear + 1).fill(undefined),
      training: Array(lastRosterYear - firstRecordedYear + 1).fill(undefined),
      fraudOn: 0,
      papers: 0,
      thesis: false,
      recommendations: 0,
      mentees: 0,
      licence: driver ? chanceOfLicence.draw(random) : "",
      safeYears: driver ? random.between(0, 6) : 0,
      fleetCaptain: false,
      financeExperience: trade.name === "收银审核" && random.chance(0.6),
      title: "none",
      titleInTrade: false,
      honours: [],
      techAwards: [],
      patents: [],
      competitions: [],
      used: [],
      failedReviews: [],
      last: "none",
      skipped: 0,
      pending: 0,
      pendingDay: 0,
    };
    number++;
    if (leaveMonth >= lastMonth) present++;
  }
}
