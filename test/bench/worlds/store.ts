/** A world → a database: rosters and applications as the import would have left them, decided by the product's own rules. */
import { decideRosters } from "../../../server/eligibility/index.ts";
import { loadReference } from "../../../server/reference/load.ts";
import { yearBits } from "../../../server/rules/columns.ts";
import { levelValues, targetLevels } from "../../../server/rules/facts.ts";
import { formatMonth } from "../../../server/rules/retirement.ts";
import type { RulebookLibrary } from "../../../server/rules/rulebook.ts";
import { type Connection, publish, type Store } from "../../../server/store/index.ts";
import type { Application } from "./exam.ts";
import { school, tracks } from "./people.ts";
import type { World } from "./world.ts";

const column = (type: string) => (name: string) => ({ name, type });
const workerColumns = [
  column("BIGINT")("rosterRow"),
  column("SMALLINT")("rosterYear"),
  ...["workerId", "district", "unit", "trade", "tradeRaw", "sex", "retirementTrack", "employment", "level"].map(
    column("VARCHAR"),
  ),
  ...["levelSource", "education"].map(column("VARCHAR")),
  ...["onPost", "transferred", "arrivedFromOtherProvince", "educationInTrade", "adultHigherEducationCertificate"].map(
    column("BOOLEAN"),
  ),
  ...["birthDate", "levelObtainedOn", "workStartedOn", "regularisedOn"].flatMap((name) =>
    ["From", "To"].map((end) => column("DATE")(name + end)),
  ),
  ...["appraisalsQualified", "appraisalsBasicallyQualified"].map(column("UBIGINT")),
  ...["importId", "sourceRow"].map(column("INTEGER")),
  column("VARCHAR")("rowHash"),
];

export const workerId = (person: number): string => `W${String(person).padStart(7, "0")}`;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** The first day of a month; `day` of it. */
const dayIn = (month: number, day: number): string => `${formatMonth(month)}-${String(day).padStart(2, "0")}`;
/** Years of appraisals that a roster shows. */
const shownYears = 7;

function* workerRows({ rosters, ground }: World, year: number, firstRow: number) {
  const people = rosters.get(year);
  if (!people) return;
  const levels = levelValues.map(({ code }) => code);
  const shown = range(year - shownYears + 1, year);
  const good = yearBits(shown);
  for (let person = 0, row = firstRow; person < people.count; person++) {
    if (people.present[person] !== 1) continue;
    const unit = ground.units[people.unit[person] ?? 0];
    const trade = ground.trades[people.trade[person] ?? 0] ?? "";
    const level = people.level[person] ?? 0;
    const lapsed = people.lapsed[person] ?? 0;
    const bad = shown.includes(lapsed) ? yearBits([lapsed]) : 0n;
    const track = tracks[people.track[person] ?? 0] ?? "male60";
    const schooling = people.school[person];
    const birth = dayIn(people.birthMonth[person] ?? 0, 1 + (person % 28));
    const obtained = level === 0 ? null : `${people.obtained[person]}-11-20`;
    const hired = dayIn(people.hireMonth[person] ?? 0, 10);
    const regularised = dayIn((people.hireMonth[person] ?? 0) + 13, 1);
    yield [
      row++,
      year,
      workerId(person),
      ground.districts[unit?.district ?? 0]?.code ?? "",
      unit?.name ?? "",
      trade,
      trade,
      track === "male60" ? "male" : "female",
      track,
      "established",
      levels[level] ?? null,
      level === 0 ? null : "assessment",
      schooling === school.college
        ? "college"
        : schooling === school.specialised
          ? "secondarySpecialised"
          : "seniorSecondary",
      true,
      false,
      false,
      schooling === school.specialised,
      false,
      birth,
      birth,
      obtained,
      obtained,
      hired,
      hired,
      regularised,
      regularised,
      good & ~bad,
      bad,
      1,
      person + 2,
      "",
    ] as const;
  }
}

const applicationColumns = [
  column("SMALLINT")("examYear"),
  ...["workerId", "district", "unit", "trade", "tradeRaw", "targetLevel", "module"].map(column("VARCHAR")),
  column("BOOLEAN")("usesQuota"),
  ...["unitReview", "officeReview", "selectionPassed", "comprehensiveReview", "result"].map(column("VARCHAR")),
  ...["selectionScore", "theory", "skills"].map(column("DOUBLE")),
  column("DATE")("certificateDate"),
  ...["importId", "sourceRow"].map(column("INTEGER")),
  column("VARCHAR")("rowHash"),
];

const word = (passed: boolean | undefined) => (passed === undefined ? null : passed ? "passed" : "failed");
const mark = (passed: boolean | undefined) => (passed === undefined ? null : passed ? 75 : 50);

function* applicationRows({ applications, rosters, ground }: World) {
  for (const [index, one] of applications.entries()) {
    const people = rosters.get(one.examYear - 1);
    const unit = ground.units[people?.unit[one.person] ?? 0];
    const trade = ground.trades[people?.trade[one.person] ?? 0] ?? "";
    yield [
      one.examYear,
      workerId(one.person),
      ground.districts[unit?.district ?? 0]?.code ?? "",
      unit?.name ?? "",
      trade,
      trade,
      targetLevels[one.step - 1] ?? null,
      "normal",
      one.step === 5 ? one.usesQuota : null,
      word(one.unitReview),
      word(one.officeReview),
      word(one.selection),
      word(one.comprehensive),
      one.result,
      mark(one.selection),
      mark(one.theory),
      mark(one.skills),
      certificate(one),
      2,
      index + 2,
      "",
    ] as const;
  }
}

const certificate = ({ result, examYear }: Application) => (result === "passed" ? `${examYear}-11-20` : null);

/** Writes everything and decides every roster; the store is a new one. */
export const fillStore = (store: Store, library: RulebookLibrary, world: World): Promise<void> =>
  store.transaction((c) => fillWorld(c, library, world));

/** The same, inside a transaction. The year that everybody knows to be out of the ordinary weighs nothing. */
export async function fillWorld(c: Connection, library: RulebookLibrary, world: World): Promise<void> {
  await loadReference(c);
  await fillRosters(c, world);
  await c.append("applications", applicationColumns, applicationRows(world));
  for (const year of Object.keys(world.kind.anomalies)) {
    await c.run(`INSERT INTO forecast_years VALUES (${Number(year)}, 0, '特殊年份', 'world', TIMESTAMP '2024-01-01')`);
  }
  await decideRosters(c, library);
  await publish(c, `world ${world.kind.name}`, new Date(0));
}

async function fillRosters(c: Connection, world: World): Promise<void> {
  let rows = 1;
  for (const year of world.rosters.keys())
    rows += await c.append("workers", workerColumns, workerRows(world, year, rows));
  // Rows imported later must not take the numbers of these.
  await c.rows(`SELECT max(nextval('roster_rows')) AS last FROM range(${rows})`);
}
