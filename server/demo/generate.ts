/** The demonstration rosters: a seeded world of support-staff workers, lived year by year and written as CSV files. */
import { join } from "node:path";
import { badInput, type Message } from "../errors.ts";
import { applicationCells, applicationHeadings } from "./application-rows.ts";
import { promote } from "./applications.ts";
import { liveYear } from "./careers.ts";
import { writeCsv } from "./csv-file.ts";
import { firstExamYear } from "./eligible.ts";
import { type QuotaMemory, runExams } from "./exams.ts";
import { firstHireYear, firstRosterYear, hirePeople, lastRosterYear } from "./people.ts";
import type { Person } from "./person.ts";
import { readPlaces, readTrades } from "./places.ts";
import { makePropensity } from "./propensity.ts";
import { Random } from "./random.ts";
import { demoMark, makeUnits } from "./units.ts";
import { workerCells, workerHeadings } from "./worker-rows.ts";

export interface DemonstrationOptions {
  /** Same seed, same bytes. Default 2024. */
  readonly seed?: number;
  /** Workers on the newest roster. Default 30,000. */
  readonly workers?: number;
  /** An existing folder. */
  readonly outDir: string;
  onProgress?(text: Message): void;
}

/** A roster file and the year it is of. */
export interface RosterFile {
  readonly year: number;
  readonly file: string;
}

export interface Demonstration {
  /** One per roster year 2016–2024. */
  readonly workers: readonly RosterFile[];
  /** One per exam year 2017–2024. */
  readonly applications: readonly RosterFile[];
}

export const defaultSeed = 2024;
export const defaultWorkers = 30_000;
/** The identity numbers of the area 999999 do not reach further. */
const mostWorkers = 1_000_000;

const isPresent = (person: Person, year: number): boolean =>
  person.hireYear <= year && person.leaveMonth >= year * 12 + 12;

function checkCount(workers: number): void {
  if (Number.isInteger(workers) && workers >= 1 && workers <= mostWorkers) return;
  throw badInput(
    `演示人数 ${workers} 无效：应为 1…${mostWorkers} 的整数`,
    `invalid number of demonstration workers: ${workers} (expected an integer 1…${mostWorkers})`,
    { property: "workers", value: workers },
  );
}

/**
 * Writes the demonstration rosters into `outDir`: one workers file per roster year, one applications file per exam year (CSV, UTF-8
 * with BOM, Chinese headings). Nobody in them exists. Throws AppError bad-input for an impossible number of workers.
 */
export async function generateDemonstration(options: DemonstrationOptions): Promise<Demonstration> {
  const { seed = defaultSeed, workers = defaultWorkers, outDir, onProgress } = options;
  checkCount(workers);
  const [places, trades] = await Promise.all([readPlaces(), readTrades()]);
  const units = makeUnits(new Random(seed, 1), places, trades, workers);
  const people = [...hirePeople(new Random(seed, 2), units, workers)];
  const examChance = new Random(seed, 3);
  const lifeChance = new Random(seed, 4);
  const propensity = makePropensity(seed);
  const workerFiles: RosterFile[] = [];
  const applicationFiles: RosterFile[] = [];
  let quota: QuotaMemory = new Set();

  for (let year = firstHireYear + 1; year <= lastRosterYear; year++) {
    const certified = people.filter((person) => person.pending > 0);
    const { applications, used } = runExams(
      examChance,
      propensity,
      people.filter((person) => isPresent(person, year - 1)),
      year,
      quota,
    );
    quota = used;
    for (const person of certified) promote(person, person.pending, person.pendingDay, false);
    const present = people.filter((person) => isPresent(person, year));
    for (const person of present) liveYear(lifeChance, person, year);
    if (year >= firstExamYear) {
      const file = join(outDir, `${demoMark}-申报与考评名册-${year}.csv`);
      await writeCsv(file, applicationHeadings, applications.map(applicationCells));
      applicationFiles.push({ year, file });
    }
    if (year < firstRosterYear) continue;
    const file = join(outDir, `${demoMark}-人员名册-${year}.csv`);
    const rows = (function* () {
      for (const person of present) yield workerCells(person, year);
    })();
    const count = await writeCsv(file, workerHeadings(year), rows);
    workerFiles.push({ year, file });
    onProgress?.({
      zh: `生成演示名册 ${year} 年：${count} 人`,
      en: `generating the demonstration roster of ${year}: ${count} workers`,
    });
  }
  return { workers: workerFiles, applications: applicationFiles };
}
