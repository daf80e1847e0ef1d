/** A small country written straight into a database: some hundred workers, rosters and exams of a few years, decided by the rulebooks. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideRosters } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import { type Connection, openStore, publish, type Store, type StoreOptions } from "../../server/store/index.ts";

export const firstRoster = 2018;
export const lastRoster = 2023;

export interface Country {
  readonly people: number;
  /** Names of workers and the order of their rows. */
  readonly disguise?: boolean;
  /** The whole country once more, under other names. */
  readonly twice?: boolean;
  /** Exam years with applications. */
  readonly exams?: readonly number[];
  readonly rosters?: readonly number[];
  /** District of a unit; two districts otherwise. */
  readonly district?: (unit: number) => string;
}

export interface World {
  readonly store: Store;
  readonly library: RulebookLibrary;
  remove(): Promise<void>;
}

/** 0…1, belonging to its parts. */
function share(...parts: readonly number[]): number {
  let state = 0x811c9dc5;
  for (const part of parts) {
    state = Math.imul(state ^ part, 0x01000193);
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state ^= state >>> 12;
  }
  return (state >>> 0) / 0x1_0000_0000;
}

const levels = ["none", "junior", "intermediate", "senior", "technician", "seniorTechnician"];
const trades = ["电工", "烹饪", "汽车修理", "殡葬服务"];
const bitsOf = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => 1n << BigInt(from + index - 1970)).reduce(
    (sum, bit) => sum | bit,
    0n,
  );

const workerColumns = [
  ["rosterRow", "BIGINT"],
  ["rosterYear", "SMALLINT"],
  ["workerId", "VARCHAR"],
  ["district", "VARCHAR"],
  ["unit", "VARCHAR"],
  ["trade", "VARCHAR"],
  ["sex", "VARCHAR"],
  ["birthDateFrom", "DATE"],
  ["birthDateTo", "DATE"],
  ["onPost", "BOOLEAN"],
  ["employment", "VARCHAR"],
  ["level", "VARCHAR"],
  ["levelObtainedOnFrom", "DATE"],
  ["levelObtainedOnTo", "DATE"],
  ["workStartedOnFrom", "DATE"],
  ["workStartedOnTo", "DATE"],
  ["regularisedOnFrom", "DATE"],
  ["regularisedOnTo", "DATE"],
  ["education", "VARCHAR"],
  ["educationInTrade", "BOOLEAN"],
  ["appraisalsExcellent", "UBIGINT"],
  ["appraisalsQualified", "UBIGINT"],
  ["continuingEducationPassed", "UBIGINT"],
  ["transferred", "BOOLEAN"],
  ["importId", "INTEGER"],
  ["sourceRow", "INTEGER"],
  ["rowHash", "VARCHAR"],
] as const;

const applicationColumns = [
  ["examYear", "SMALLINT"],
  ["workerId", "VARCHAR"],
  ["district", "VARCHAR"],
  ["unit", "VARCHAR"],
  ["trade", "VARCHAR"],
  ["targetLevel", "VARCHAR"],
  ["unitReview", "VARCHAR"],
  ["officeReview", "VARCHAR"],
  ["comprehensiveReview", "VARCHAR"],
  ["result", "VARCHAR"],
  ["importId", "INTEGER"],
  ["sourceRow", "INTEGER"],
  ["rowHash", "VARCHAR"],
] as const;

type Cell = string | number | boolean | bigint | null;

/** The rows of one country; `copy` tells the second of two. */
function rowsOf(
  { people, disguise = false, district = (unit) => (unit % 2 === 0 ? "320612" : "320613") }: Country,
  copy: number,
) {
  const workers: Cell[][] = [];
  const applications: Cell[][] = [];
  for (let person = 0; person < people; person++) {
    const workerId = disguise ? `身份${(person * 7919) % 100_003}-${copy}` : `W${person}-${copy}`;
    const unit = Math.floor(share(person, 1) * 12);
    const unitName = `第${unit}单位${copy === 0 ? "" : "之二"}`;
    const place = district(unit);
    const trade = trades[Math.floor(share(person, 2) * trades.length)] ?? "电工";
    const sex = share(person, 3) < 0.6 ? "male" : "female";
    const born = 1962 + Math.floor(share(person, 4) * 34);
    const hired = Math.max(born + 20, share(person, 5) < 0.15 ? firstRoster + Math.floor(share(person, 6) * 6) : 0);
    const age = lastRoster - born;
    let level = age > 50 ? 4 : age > 42 ? 3 : age > 34 ? 2 : age > 28 ? 1 : 0;
    let obtained = Math.max(hired + 1, firstRoster - 8 + Math.floor(share(person, 7) * 8));
    const month = String(1 + Math.floor(share(person, 8) * 12)).padStart(2, "0");
    const birth = `${born}-${month}-05`;
    const excellent = bitsOf(2012, 2012 + Math.floor(share(person, 9) * 3));
    for (let year = firstRoster; year <= lastRoster; year++) {
      const retires = born + (sex === "male" ? 60 : 50);
      if (year < hired || year >= retires || share(person, year, 10) < 0.004) continue;
      if (
        year > firstRoster &&
        year - obtained >= 5 &&
        level < 5 &&
        year - hired >= ([1, 9, 19, 20, 24][level] ?? 99)
      ) {
        if (share(person, year, 11) < 0.45 + 0.2 * (share(unit, 12) - 0.5)) {
          const passed = share(person, year, 13) < 0.7;
          const target = levels[level + 1] ?? "junior";
          const review = level >= 3 && !passed ? "failed" : null;
          applications.push([
            year,
            workerId,
            place,
            unitName,
            trade,
            target,
            "passed",
            "passed",
            review,
            passed ? "passed" : "failed",
            1,
            1,
            "",
          ]);
          if (passed) {
            level++;
            obtained = year;
          }
        }
      }
      const qualified = bitsOf(2012, year) & ~excellent;
      workers.push([
        workers.length + 1 + copy * 1_000_000,
        year,
        workerId,
        place,
        unitName,
        trade,
        sex,
        birth,
        birth,
        true,
        "established",
        levels[level] ?? "none",
        level === 0 ? null : `${obtained}-10-15`,
        level === 0 ? null : `${obtained}-10-15`,
        `${hired}-07-01`,
        `${hired}-07-01`,
        `${hired + 1}-07-01`,
        `${hired + 1}-07-01`,
        share(person, 14) < 0.6 ? "college" : "seniorSecondary",
        true,
        excellent,
        qualified,
        bitsOf(2012, year),
        false,
        1,
        1,
        "",
      ]);
    }
  }
  return { workers, applications };
}

/** Writes the rosters and applications of the country, and decides them. */
export async function fillWorld(c: Connection, country: Country, library: RulebookLibrary): Promise<void> {
  const typed = (columns: readonly (readonly [string, string])[]) => columns.map(([name, type]) => ({ name, type }));
  const known = (list: readonly number[] | undefined, year: Cell | undefined) => !list || list.includes(Number(year));
  for (const copy of country.twice ? [0, 1] : [0]) {
    const { workers, applications } = rowsOf(country, copy);
    if (country.disguise) workers.reverse();
    const rosters = workers.filter((row) => known(country.rosters, row[1]));
    const exams = applications.filter((row) => known(country.exams, row[0]));
    await c.append("workers", typed(workerColumns), rosters);
    await c.append("applications", typed(applicationColumns), exams);
  }
  await decideRosters(c, library);
  await publish(c, "test");
}

/** Makes the country in a folder of its own; `remove` closes and deletes it. */
export async function makeWorld(country: Country, options: Partial<StoreOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-forecast-"));
  const store = await openStore(folder, { memoryLimit: "1GB", ...options });
  const library = await loadLibrary();
  await store.transaction(async (c) => {
    await loadReference(c);
    await fillWorld(c, country, library);
  });
  return {
    store,
    library,
    async remove() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
