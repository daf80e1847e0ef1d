/**
 * Where the quota is the bottleneck: the two newest exam years with applications up to the one asked for, taken together, because a
 * unit whose turn comes every other year has no rate in one. Figures are of unit × trade and summed up over the grouping.
 *
 *   places, used, candidates   of the window; candidates take a place, or would, had there been one
 *   overSubscription           candidates ÷ places, of the units and trades that had a place in the window; the candidates of the
 *                              others are candidatesWithoutPlace
 *   idleWithoutCandidates      places nobody asked for
 *   idleWithCandidates         places left empty although somebody without a place had asked for one
 *   withheld                   places kept back because one was used the year before; blockedByAlternation: candidates of those years without one
 *   queue                      waiting at the end of the window: newest application without a place, still expected to be able to
 *   chance                     φ, used ÷ candidates in a year; expectedWait 1/φ years; null under five candidates (`few`) or where φ is 0
 *   selectedBeforeRetirement   1 − (1 − φ)^years left to the median of the queue
 *   oneMore                    how many more would have had a place with one more each year in every unit × trade with a quota
 */
import { retirementSchedules } from "../rules/retirement.ts";
import { transferable } from "../statistics/wait.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { allTrades, checkQuotaLevel, examYears, type Filters, filterParameters } from "./filters.ts";
import { groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { sortedBy } from "./sorted.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** Exam years, both counted. */
export interface QuotaWindow {
  readonly from: number;
  readonly to: number;
}

/** Columns with a list of people behind them, and the measure of the list. */
export const windowMeasures = ["windowCandidates", "windowUsed", "queued"] as const;

const windowYears = 2;
const few = 5;

const figures = {
  windowFrom: "INTEGER",
  windowTo: "INTEGER",
  places: "INTEGER",
  candidates: "INTEGER",
  used: "INTEGER",
  overSubscription: "DOUBLE",
  candidatesWithoutPlace: "INTEGER",
  idleWithoutCandidates: "INTEGER",
  idleWithCandidates: "INTEGER",
  withheld: "INTEGER",
  blockedByAlternation: "INTEGER",
  queue: "INTEGER",
  few: "BOOLEAN",
  chance: "DOUBLE",
  expectedWait: "DOUBLE",
  yearsLeft: "INTEGER",
  selectedBeforeRetirement: "DOUBLE",
  oneMore: "INTEGER",
  transferPotential: "INTEGER",
  assumed: "BOOLEAN",
} as const satisfies Record<string, ColumnType>;

interface Place extends Row {
  readonly district: string;
  readonly districtName: string;
  readonly unit: string;
  readonly unitName: string;
  readonly trade: string;
  readonly targetLevel: string;
  readonly quota: number;
  readonly used: number;
  readonly candidates: number;
  readonly withheld: number;
  readonly assumed: boolean;
}

interface Waiting extends Row {
  readonly district: string;
  readonly unit: string;
  readonly trade: string;
  readonly targetLevel: string;
  readonly retires: number | null;
}

/** What a unit × trade, or a group of them, comes to in the window. */
interface Pressure {
  readonly keys: Row;
  places: number;
  candidates: number;
  used: number;
  candidatesWithoutPlace: number;
  idleWithoutCandidates: number;
  idleWithCandidates: number;
  withheld: number;
  blockedByAlternation: number;
  oneMore: number;
  transferPotential: number;
  assumed: boolean;
  readonly retirements: (number | null)[];
}

/** The window of an exam year: the newest years with applications up to it; the year itself where there is none. */
export async function quotaWindow(
  c: Connection,
  { year, scope }: Pick<Filters, "year"> & { scope: Params[string] },
): Promise<QuotaWindow> {
  const rows = await c.rows<{ examYear: number }>(namedQuery("quota-years"), { examYear: year, scope });
  const years = rows.map(({ examYear }) => examYear);
  const to = years[0] ?? year;
  // years further back are another time
  return { from: Math.min(...years.filter((one) => one > to - windowYears), to), to };
}

/** The newest exam year with applications up to one, wherever they are; the year itself where there is none. */
export async function newestApplications(c: Connection, year: number): Promise<number> {
  return (await quotaWindow(c, { year, scope: ["*"] })).to;
}

/** What `quota-candidates.sql` is asked with, and the window. Throws bad-input on a filter. */
export async function candidateParameters(c: Connection, filters: Filters): Promise<Params> {
  const shared = await filterParameters(c, filters, [allTrades]);
  if (filters.level !== undefined) await checkQuotaLevel(c, filters.year, filters.level);
  const { from, to } = await quotaWindow(c, { year: filters.year, scope: shared.scope ?? [] });
  return { ...shared, level: filters.level ?? null, windowFrom: from, windowTo: to };
}

/** A row per group; without a grouping one row, or none where no quota holds. Throws bad-input on a filter. */
export async function quotaPressureTable(c: Connection, request: TableRequest): Promise<Statement> {
  const { by, year, unit } = request;
  const params = await candidateParameters(c, request);
  const window = { from: Number(params.windowFrom), to: Number(params.windowTo) };
  const decided = await examYears(c);
  const rows: Place[] = [];
  for (let examYear = window.from; examYear <= window.to; examYear++) {
    if (!decided.includes(examYear)) continue;
    const { windowFrom: _from, windowTo: _to, ...shared } = params;
    const asked = { ...shared, examYear, unit: null, shownYear: year, shownUnit: unit ?? null };
    rows.push(...(await c.rows<Place>(namedQuery("quota-pressure"), asked)));
  }
  const waiting = await c.rows<Waiting>(namedQuery("quota-queue"), {
    ...params,
    schedules: JSON.stringify(retirementSchedules),
  });
  const names = groupColumns(by);
  const parts = pressures(rows, waiting);
  const groups = summed(parts, names);
  if (by.includes("unit")) receive(groups, parts, names);
  else exchange(groups, parts, names);
  const shaped = groups.map((group) => rowOf(group, year, window));
  return madeTable(
    {
      ...Object.fromEntries(names.map((key): [string, ColumnType] => [key, "VARCHAR"])),
      examYear: "INTEGER",
      ...figures,
    },
    sortedBy(shaped, by),
  );
}

const keyOf = ({ district, unit, trade, targetLevel }: Place | Waiting) =>
  JSON.stringify([district, unit, trade, targetLevel]);

const nothing = () => ({
  ...{ places: 0, candidates: 0, used: 0, candidatesWithoutPlace: 0, idleWithoutCandidates: 0, idleWithCandidates: 0 },
  ...{ withheld: 0, blockedByAlternation: 0, oneMore: 0, transferPotential: 0, assumed: false },
  retirements: [] as (number | null)[],
});

/** The years of each unit × trade added up. */
function pressures(rows: readonly Place[], waiting: readonly Waiting[]): Pressure[] {
  const found = new Map<string, Pressure>();
  for (const row of rows) {
    const { district, districtName, unit, unitName, trade, targetLevel, quota, used, candidates } = row;
    const keys = { district, districtName, unit, unitName, trade, targetLevel };
    const sum = found.get(keyOf(row)) ?? { keys, ...nothing() };
    found.set(keyOf(row), sum);
    const without = candidates - used;
    const idle = Math.max(0, quota - used);
    sum.places += quota;
    sum.candidates += candidates;
    sum.used += used;
    sum.idleWithCandidates += Math.min(idle, without);
    sum.idleWithoutCandidates += idle - Math.min(idle, without);
    sum.withheld += row.withheld;
    if (row.withheld > 0) sum.blockedByAlternation += without;
    if (candidates > Math.max(quota, used)) sum.oneMore += 1;
    sum.assumed ||= row.assumed;
  }
  for (const person of waiting) found.get(keyOf(person))?.retirements.push(person.retires);
  for (const sum of found.values()) if (sum.places === 0) sum.candidatesWithoutPlace = sum.candidates;
  return [...found.values()];
}

/** Places may move between units of one district, trade and level. */
const marketOf = ({ keys: { district, trade, targetLevel } }: Pressure) =>
  JSON.stringify([district, trade, targetLevel]);

const groupKey = (keys: Row, names: readonly string[]) => JSON.stringify(names.map((name) => keys[name] ?? null));

function grouped<T>(all: readonly T[], keyOfOne: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOfOne(one));
    if (group) group.push(one);
    else groups.set(keyOfOne(one), [one]);
  }
  return groups;
}

/** Groups that hold whole markets or parts of them: what could be exchanged within each market, if the group holds of it what is asked. */
function exchange(groups: readonly Pressure[], parts: readonly Pressure[], names: readonly string[]): void {
  const byKey = new Map(groups.map((group) => [groupKey(group.keys, names), group]));
  for (const market of grouped(parts, marketOf).values()) {
    const [first] = market;
    const group = first && byKey.get(groupKey(first.keys, names));
    const units = market.map((one) => ({ idle: one.idleWithoutCandidates, waiting: one.retirements.length }));
    if (group) group.transferPotential += transferable(units);
  }
}

/** Groups of one unit: who of its own queue could have a place of another. */
function receive(groups: readonly Pressure[], parts: readonly Pressure[], names: readonly string[]): void {
  const byKey = new Map(groups.map((group) => [groupKey(group.keys, names), group]));
  for (const market of grouped(parts, marketOf).values()) {
    const idle = market.reduce((sum, one) => sum + one.idleWithoutCandidates, 0);
    for (const one of market) {
      const group = byKey.get(groupKey(one.keys, names));
      if (group) group.transferPotential += Math.min(one.retirements.length, idle - one.idleWithoutCandidates);
    }
  }
}

const added = [
  ...(["places", "candidates", "used", "candidatesWithoutPlace", "idleWithoutCandidates"] as const),
  ...(["idleWithCandidates", "withheld", "blockedByAlternation", "oneMore"] as const),
];

function summed(parts: readonly Pressure[], names: readonly string[]): Pressure[] {
  const groups = new Map<string, Pressure>();
  for (const part of parts) {
    const keys = Object.fromEntries(names.map((name) => [name, part.keys[name] ?? null]));
    const key = JSON.stringify(Object.values(keys));
    const group = groups.get(key) ?? { keys, ...nothing() };
    groups.set(key, group);
    for (const name of added) group[name] += part[name];
    group.assumed ||= part.assumed;
    group.retirements.push(...part.retirements);
  }
  return [...groups.values()];
}

/** Whole years from the end of an exam year to each retirement, the middle one; of an even number the shorter of the two. */
function medianYearsLeft(retirements: readonly (number | null)[], afterYear: number): number | null {
  const start = (afterYear + 1) * 12;
  const years = retirements
    .flatMap((month) => (month === null ? [] : [Math.max(0, Math.floor((month - start) / 12))]))
    .sort((a, b) => a - b);
  return years[Math.floor((years.length - 1) / 2)] ?? null;
}

function rowOf(group: Pressure, examYear: number, { from, to }: QuotaWindow): Row {
  const { keys, retirements, places, candidates, used, candidatesWithoutPlace, ...sums } = group;
  const isFew = candidates < few;
  const chance = isFew ? null : used / candidates;
  const yearsLeft = medianYearsLeft(retirements, to);
  return {
    ...keys,
    ...sums,
    examYear,
    windowFrom: from,
    windowTo: to,
    places,
    candidates,
    used,
    overSubscription: places === 0 ? null : (candidates - candidatesWithoutPlace) / places,
    candidatesWithoutPlace,
    queue: retirements.length,
    few: isFew,
    chance,
    expectedWait: chance === null || chance === 0 ? null : 1 / chance,
    yearsLeft,
    selectedBeforeRetirement: chance === null || yearsLeft === null ? null : 1 - (1 - chance) ** yearsLeft,
  };
}
