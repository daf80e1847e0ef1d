/**
 * The quota in the coming exam years, by the base run of the forecast, and what it means for those who wait (`waiting.ts`). Figures are
 * of unit × trade and added up; those of the people are of the middle one of those who wait in the group.
 *
 *   comingYear               the first exam year after the newest with applications; quota, candidates, quotaUsed and oneMore are its means
 *   quotaUsed0 … 3           probabilities of 0, 1, 2, 3 or more places used, where the row is one unit
 *   oneMore                  places more that would be used, were there one more in each unit and trade
 *   chance                   used ÷ candidates of the two coming years, as every other one may be without a place
 *   expectedWait             years until the turn of the middle one, were places given to who has waited longest; null: never
 *   newcomerWait             of who joins the end of the queue, where the row is one unit, trade and level
 *   observedWait             years after which half of those who began to wait had a place, by Kaplan and Meier; of `waited` people, `waitEnded` of
 *                            them with one. Null under five (ten where the row is one unit), or where more than half are still without
 *   yearlyLoss               share of those waiting who leave in a year, where the row is of one level
 */

import { badInput } from "../errors.ts";
import type { Desk } from "../forecast/desk-types.ts";
import { addUp } from "../forecast/places.ts";
import { lowerMedian, medianWait, type Spell } from "../statistics/wait.ts";
import type { Connection, Row } from "../store/index.ts";
import { type ComingPlaces, type ComingYear, chanceOf } from "./coming-places.ts";
import { groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { sortedBy } from "./sorted.ts";
import type { Statement, TableRequest } from "./tables.ts";
import { keyOf, nearYears, type Outlook, outlookOf, roundsTo, type Waiting } from "./waiting.ts";

const figures = {
  comingYear: "INTEGER",
  quota: "DOUBLE",
  candidates: "DOUBLE",
  quotaUsed: "DOUBLE",
  quotaUsed0: "DOUBLE",
  quotaUsed1: "DOUBLE",
  quotaUsed2: "DOUBLE",
  quotaUsed3: "DOUBLE",
  oneMore: "DOUBLE",
  chance: "DOUBLE",
  queue: "INTEGER",
  expectedWait: "DOUBLE",
  newcomerWait: "DOUBLE",
  observedWait: "INTEGER",
  waited: "INTEGER",
  waitEnded: "INTEGER",
  yearlyLoss: "DOUBLE",
  yearsLeft: "INTEGER",
  selectedBeforeRetirement: "DOUBLE",
} as const satisfies Record<string, ColumnType>;

const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/** A row for each group with a quota in the coming year. Without a history there are the places and nothing else. */
export async function outlookTable(c: Connection, desk: Desk, request: TableRequest): Promise<Statement> {
  const { by, year } = request;
  const outlook = await outlookOf(c, desk, request);
  const names = groupColumns(by);
  const groups = new Map<string, { keys: Row; places: ComingPlaces[]; waiting: Waiting[]; spells: Spell[] }>();
  const codes = names.filter((name) => !name.endsWith("Name"));
  const groupOf = (place: ComingPlaces) => {
    const all: Row = { ...place, years: null, ancestors: null };
    const keys = Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
    const key = JSON.stringify(codes.map((name) => keys[name]));
    const group = groups.get(key) ?? { keys, places: [], waiting: [], spells: [] };
    groups.set(key, group);
    return group;
  };
  for (const place of outlook.places) groupOf(place).places.push(place);
  for (const one of outlook.waiting) groupOf(one.place).waiting.push(one);
  for (const one of outlook.spells) {
    const all: Row = { ...one };
    groups.get(JSON.stringify(codes.map((name) => all[name] ?? null)))?.spells.push(one);
  }
  const rows = [...groups.values()].map(({ keys, ...group }) => ({
    ...keys,
    examYear: year,
    ...figuresOf({ ...group, outlook, oneUnit: by.includes("unit"), tells: desk.fit.hasHistory }),
  }));
  const columns = Object.fromEntries(names.map((key): [string, ColumnType] => [key, "VARCHAR"]));
  return madeTable({ ...columns, examYear: "INTEGER", ...figures }, sortedBy(rows, by));
}

/** Waits below which no median is told. */
const fewest = 5;
const fewestOfUnit = 10;

type Used = ComingYear["places"];

interface Group {
  readonly places: readonly ComingPlaces[];
  readonly waiting: readonly Waiting[];
  readonly spells: readonly Spell[];
  readonly outlook: Outlook;
  readonly oneUnit: boolean;
  readonly tells: boolean;
}

function figuresOf({
  places,
  waiting,
  spells,
  outlook,
  oneUnit,
  tells,
}: Group): Partial<Record<keyof typeof figures, number | null>> {
  const first = places.flatMap(({ years }) => years.slice(0, 1));
  const comingYear = first[0]?.examYear ?? null;
  const sum = (name: "quota" | "candidates" | "used" | "oneMore") => first.reduce((all, year) => all + year[name], 0);
  const basic = { comingYear, quota: sum("quota") };
  if (!tells) return basic;
  const used = oneUnit ? first.reduce<Used>((all, year) => addUp(all, year.places), [1, 0, 0, 0]) : undefined;
  const [only] = places.length === 1 ? places : [];
  const levels = new Set(places.map(({ targetLevel }) => targetLevel));
  const loss = levels.size === 1 ? places.map(({ targetLevel }) => outlook.losses.get(targetLevel))[0] : undefined;
  return {
    ...basic,
    candidates: sum("candidates"),
    quotaUsed: sum("used"),
    quotaUsed0: used?.[0] ?? null,
    quotaUsed1: used?.[1] ?? null,
    quotaUsed2: used?.[2] ?? null,
    quotaUsed3: used?.[3] ?? null,
    oneMore: sum("oneMore"),
    chance: chanceOf(places.flatMap(({ years }) => years.slice(0, nearYears))),
    queue: waiting.length,
    expectedWait: finite(lowerMedian(waiting.map(({ wait }) => wait))),
    newcomerWait: only ? finite(roundsTo(waiting.length + 1, only, loss)) : null,
    observedWait: spells.length < (oneUnit ? fewestOfUnit : fewest) ? null : (medianWait(spells) ?? null),
    waited: spells.length,
    waitEnded: spells.filter(({ chosen }) => chosen).length,
    yearlyLoss: loss ?? null,
    yearsLeft: lowerMedian(waiting.flatMap(({ yearsLeft }) => (yearsLeft === null ? [] : [yearsLeft]))) ?? null,
    selectedBeforeRetirement:
      lowerMedian(waiting.flatMap(({ selectedBeforeRetirement: chance }) => (chance === null ? [] : [chance]))) ?? null,
  };
}

const person = {
  district: "VARCHAR",
  districtName: "VARCHAR",
  unit: "VARCHAR",
  unitName: "VARCHAR",
  trade: "VARCHAR",
  targetLevel: "VARCHAR",
  examYear: "INTEGER",
  workerId: "VARCHAR",
  name: "VARCHAR",
  waitingSince: "INTEGER",
  timesWithoutPlace: "INTEGER",
  queuePosition: "DOUBLE",
  retiresOn: "VARCHAR",
  yearsLeft: "INTEGER",
  chance: "DOUBLE",
  expectedWait: "DOUBLE",
  selectedBeforeRetirement: "DOUBLE",
} as const satisfies Record<string, ColumnType>;

/** A row for each person who waits, least likely to be chosen before retirement first. Throws bad-input where it is to be grouped. */
export async function queueTable(c: Connection, desk: Desk, request: TableRequest): Promise<Statement> {
  const { by, year } = request;
  if (by.length > 0) {
    const value = by.join(",");
    throw badInput("of=queue 逐人列出，不能用分组 by", "of=queue lists people one by one and cannot be grouped", {
      property: "by",
      value,
    });
  }
  const { waiting } = await outlookOf(c, desk, request);
  const names = await namesOf(c, desk.origin, waiting);
  const rows = waiting.map(({ place, ...one }) => ({
    ...{ district: place.district, districtName: place.districtName, unit: place.unit, unitName: place.unitName },
    ...{ trade: place.trade, targetLevel: place.targetLevel, examYear: year, workerId: one.workerId },
    name: names.get(one.workerId) ?? null,
    waitingSince: one.since,
    timesWithoutPlace: one.times,
    queuePosition: one.position,
    retiresOn: one.retires === null ? null : monthText(one.retires),
    yearsLeft: one.yearsLeft,
    chance: chanceOf(place.years.slice(0, nearYears)),
    expectedWait: finite(one.wait),
    selectedBeforeRetirement: one.selectedBeforeRetirement,
  }));
  const order = (row: { readonly selectedBeforeRetirement: number | null }) => row.selectedBeforeRetirement ?? 2;
  rows.sort(
    (a, b) =>
      order(a) - order(b) ||
      compare(keyOf(a), keyOf(b)) ||
      a.queuePosition - b.queuePosition ||
      compare(a.workerId, b.workerId),
  );
  return madeTable(person, rows);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const monthText = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

async function namesOf(c: Connection, rosterYear: number, waiting: readonly Waiting[]) {
  const rows = await c.rows<{ workerId: string; name: string | null }>(
    `SELECT "workerId", any_value(name ORDER BY "rosterYear" DESC) AS name FROM workers
     WHERE "rosterYear" <= $rosterYear::INTEGER AND list_contains($ids::VARCHAR[], "workerId") GROUP BY "workerId"`,
    { rosterYear, ids: waiting.map(({ workerId }) => workerId) },
  );
  return new Map(rows.map(({ workerId, name }) => [workerId, name]));
}
