/**
 * A person as a row of the workers roster. Everything a row says is true of the person; what it leaves out is unknown to the
 * office: papers nobody has handed in yet, and the gaps every roster has.
 */
import { isoDate } from "../rules/dates.ts";
import { facts, findFact, gradeValues, levelValues } from "../rules/facts.ts";
import { formatMonth } from "../rules/retirement.ts";
import { isClean, isCollege, isOnPost } from "./eligible.ts";
import { gradeOf, type ListItem, type Person, trainedIn } from "./person.ts";
import { at, hash32, hashShare } from "./random.ts";

type Cell = string;
type Write = (person: Person, year: number) => Cell;

const iso = new Map<number, string>();
/** ISO text of a day; empty for never. Remembered, since the same few thousand days return in every file. */
function day(number: number): Cell {
  if (number === 0) return "";
  let text = iso.get(number);
  if (text === undefined) {
    text = isoDate(number);
    iso.set(number, text);
  }
  return text;
}

const yesNo = (value: boolean): Cell => (value ? "是" : "否");
const json = (value: unknown): Cell => JSON.stringify(value);

/** The Chinese word of an enumeration's code, as the fact catalogue has it. */
function wordsOf(name: string): ReadonlyMap<string, string> {
  const type = findFact(name)?.type;
  if (type?.kind !== "enum") throw new Error(`${name} is no enumeration`);
  return new Map(type.values.map(({ code, zh }) => [code, zh[0] ?? code]));
}
const word = (name: string) => {
  const words = wordsOf(name);
  return (code: string): Cell => words.get(code) ?? "";
};
const levelWords = levelValues.map(({ zh }) => zh[0] ?? "");
const gradeWords = new Map(gradeValues.map(({ code, zh }) => [code, zh[0] ?? ""]));
const sexWord = word("sex");
const trackWord = word("retirementTrack");
const employmentWord = word("employment");
const educationWord = word("education");
const titleWord = word("professionalTitle");

/** Whether the office knows something of this person: the same answer every year. */
const knows = (person: Person, salt: number, share: number): boolean => hashShare(person.key, salt) < share;

/** A gap in the roster that lasts until somebody fills it in. */
const gap = (person: Person, year: number, salt: number, share: number): boolean =>
  !knows(person, salt, 1 - share) && year < 2017 + (hash32(person.key, salt, 1) % 12);

const unless = (missing: boolean, text: Cell): Cell => (missing ? "" : text);
const when = (known: boolean, text: () => Cell): Cell => (known ? text() : "");

/** A date of which older files know the month only. */
const oldDate = (person: Person, salt: number, number: number, before: number): Cell => {
  const text = day(number);
  return text !== "" && Number(text.slice(0, 4)) < before && knows(person, salt, 0.06) ? text.slice(0, 7) : text;
};

/** A list of honours and the like: mostly on file when there are any, surely none for a few, else unknown. */
const list =
  (salt: number, items: (person: Person) => readonly ListItem[]): Write =>
  (person) => {
    const found = items(person);
    if (found.length > 0) return when(knows(person, salt, 0.85), () => json(found));
    return when(knows(person, salt, 0.12), () => "[]");
  };

/** End of a licence that is renewed every six years in the autumn; valid through the windows of the coming exam year. */
function licenceEnd(person: Person, year: number, salt: number): Cell {
  const phase = hash32(person.key, salt) % 6;
  let end = year + 1;
  while (end % 6 !== phase) end++;
  return `${end}-${String(9 + (hash32(person.key, salt, 2) % 4)).padStart(2, "0")}-15`;
}

const isDriver = (person: Person): boolean => person.trade.name === "汽车驾驶与管理";
const needsPostLicence = (person: Person): boolean => person.trade.name === "电工" || person.trade.name === "锅炉操作";

const named: readonly (readonly [fact: string, write: Write])[] = [
  ["workerId", (p) => p.workerId],
  ["sex", (p) => sexWord(p.sex)],
  ["birthDate", (p) => day(p.birth)],
  ["district", (p) => p.unit.place.code],
  ["unit", (p) => p.unit.name],
  ["employment", (p, year) => unless(gap(p, year, 1, 0.01), employmentWord(p.employment))],
  ["onPost", (p, year) => unless(p.level < 4 && gap(p, year, 2, 0.004), yesNo(isOnPost(p, year)))],
  ["trade", (p) => p.trade.name],
  ["tradeSince", (p) => when(knows(p, 3, 0.75) || p.transferredOn > 0, () => day(p.tradeSince))],
  ["transferred", (p) => yesNo(p.transferred)],
  ["transferredOn", (p) => day(p.transferredOn)],
  ["level", (p, year) => unless(p.level < 4 && gap(p, year, 4, 0.003), at(levelWords, p.level))],
  ["levelObtainedOn", (p, year) => unless(gap(p, year, 5, 0.008), oldDate(p, 6, p.obtained, 2008))],
  [
    "levelSource",
    (p, year) =>
      unless(
        p.level === 0 || (!p.reverified && gap(p, year, 7, 0.1)),
        p.reverified && !p.promotedSinceReverification ? "复核" : "考核",
      ),
  ],
  ["promotedSinceReverification", (p) => when(p.reverified, () => yesNo(p.promotedSinceReverification))],
  ["appointedOn", (p, year) => unless(gap(p, year, 8, p.level >= 4 ? 0.06 : 0.3), day(p.appointed))],
  ["workStartedOn", (p, year) => unless(gap(p, year, 9, 0.008), oldDate(p, 10, p.workStart, 2000))],
  ["regularisedOn", (p, year) => unless(gap(p, year, 11, 0.06), day(p.regularised))],
  ["education", (p, year) => unless(gap(p, year, 12, 0.015), educationWord(p.education))],
  [
    "educationInTrade",
    (p, year) =>
      when(isCollege(p.education) || !gap(p, year, 13, 0.4), () =>
        unless(gap(p, year, 14, 0.1), yesNo(p.educationInTrade)),
      ),
  ],
  ["retirementTrack", (p, year) => unless(p.track !== "female55" && gap(p, year, 15, 0.12), trackWord(p.track))],
  ["retirementDate", (p) => when(knows(p, 16, 0.2), () => formatMonth(p.retireMonth))],
  ["militaryServiceStartedOn", (p) => day(p.enlisted)],
  ["resettledOn", (p) => day(p.resettled)],
  ["militaryHonours", (p) => when(p.resettled > 0 && knows(p, 17, 0.6), () => json(p.militaryHonours))],
  ["arrivedFromOtherProvince", (p) => (p.arrived ? "是" : "")],
  ["fraudRecordedOn", (p) => day(p.fraudOn)],
  ["disciplineClean", (p, year) => when(p.level >= 3 && knows(p, 18, 0.3), () => yesNo(isClean(p, year + 1)))],
  [
    "competenceAttested",
    (p) => when(p.level >= 3 && !p.unit.place.code.startsWith("32") && knows(p, 19, 0.3), () => "是"),
  ],
  ["thesisSubmitted", (p) => when(p.level === 3 && knows(p, 20, 0.22), () => yesNo(p.thesis))],
  ["papersInTrade", (p) => when(p.level === 4 && knows(p, 21, 0.35), () => String(p.papers))],
  ["expertRecommendations", (p) => when(p.level === 4 && knows(p, 22, 0.18), () => String(p.recommendations))],
  ["menteesInTopTen", (p) => when(p.level >= 4 && knows(p, 23, p.mentees > 0 ? 0.8 : 0.15), () => String(p.mentees))],
  ["honours", list(24, (p) => p.honours)],
  ["techAwards", list(25, (p) => p.techAwards)],
  ["patents", list(26, (p) => p.patents)],
  ["competitions", list(27, (p) => p.competitions)],
  ["professionalTitle", (p) => when(knows(p, 28, p.title === "none" ? 0.2 : 0.9), () => titleWord(p.title))],
  ["titleInTrade", (p) => when(p.title !== "none" && knows(p, 28, 0.9), () => yesNo(p.titleInTrade))],
  ["drivingLicence", (p) => when(isDriver(p) && knows(p, 29, 0.75), () => p.licence)],
  ["drivingLicenceValidUntil", (p, year) => when(isDriver(p) && knows(p, 29, 0.65), () => licenceEnd(p, year, 30))],
  ["safeDrivingYears", (p) => when(isDriver(p) && knows(p, 31, 0.6), () => String(p.safeYears))],
  ["fleetCaptain", (p) => when(isDriver(p) && p.level === 4 && knows(p, 32, 0.45), () => yesNo(p.fleetCaptain))],
  [
    "financeExperience",
    (p) => when(p.trade.name === "收银审核" && knows(p, 33, 0.6), () => yesNo(p.financeExperience)),
  ],
  ["postLicenceValidUntil", (p, year) => when(needsPostLicence(p) && knows(p, 34, 0.6), () => licenceEnd(p, year, 35))],
  ["exceptionalConditionsUsed", (p) => when(p.used.length > 0, () => json(p.used))],
  ["failedReviewYears", (p) => when(p.failedReviews.length > 0, () => json(p.failedReviews))],
];

/** Preferred Chinese heading of a fact, or its name where it has none. */
function headingOf(name: string): string {
  const definition = facts.find((fact) => fact.name === name);
  if (!definition) throw new Error(`unknown fact ${name}`);
  return definition.headings[0] ?? name;
}

/** Years of appraisals and of training that a roster shows, its own year last. */
const appraisalYears = 7;
const trainingYears = 5;

const years = (last: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => last - count + 1 + index);

/** Headings of the workers roster of a year. */
export function workerHeadings(year: number): string[] {
  return [
    "年度",
    "姓名",
    "身份证号",
    "主管部门",
    "单位性质",
    ...named.map(([name]) => headingOf(name)),
    ...years(year, appraisalYears).map((past) => `${past}年度考核`),
    ...years(year, trainingYears).map((past) => `${past}年继续教育`),
  ];
}

function appraisalCell(person: Person, past: number, year: number): Cell {
  const grade = gradeOf(person, past);
  // The newest grades are not all filed when the roster is closed.
  const missing = hashShare(person.key, 36, past) < (past === year ? 0.03 : 0.012);
  return grade === undefined || missing ? "" : (gradeWords.get(grade) ?? "");
}

function trainingCell(person: Person, past: number): Cell {
  const passed = trainedIn(person, past);
  if (passed === undefined || hashShare(person.key, 37, past) < 0.03) return "";
  return passed ? "合格" : "不合格";
}

/** Cells of one person on the roster of 31 December of a year, in the order of `workerHeadings`. */
export function workerCells(person: Person, year: number): Cell[] {
  const cells = [String(year), person.name, person.idNumber, person.unit.department, person.unit.nature];
  for (const [, write] of named) cells.push(write(person, year));
  for (let past = year - appraisalYears + 1; past <= year; past++) cells.push(appraisalCell(person, past, year));
  for (let past = year - trainingYears + 1; past <= year; past++) cells.push(trainingCell(person, past));
  return cells;
}
