/** Which rulebook decides where in which coming year, as far as rulebooks are known, and people of many years decided together. */
import { jurisdiction } from "../eligibility/jurisdiction.ts";
import { bindLevel } from "../rules/bind.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { maskSelects } from "../rules/sql.ts";
import { quote } from "../rules/term.ts";
import { targetNumber } from "./cells.ts";
import { type ComingFacts, comingFacts } from "./coming-facts.ts";

export interface KnownRulebooks {
  readonly library: RulebookLibrary;
  /** Rulebooks that take effect later are not known. */
  readonly until: number;
}

/** The rulebook of a district and level; undefined where none covers it. */
export const servingBook = ({ library, until }: KnownRulebooks, district: string, level: TargetLevel, year: number) =>
  jurisdiction(library, district, level, Math.min(year, until))?.rulebook;

/** Exam years and districts whose levels a rulebook decides in one statement. */
interface Served {
  readonly book: Rulebook;
  readonly levels: readonly TargetLevel[];
  /** Exam year → districts. */
  readonly places: ReadonlyMap<number, readonly string[]>;
}

/** A rulebook that counts cycles of years is not the same when dates are moved by an odd number of years. */
const countsCycles = (book: Rulebook) =>
  [...book.levels.values()].some(({ pathways, added }) => JSON.stringify([pathways, added]).includes('"cycle":'));

function servedBy(known: KnownRulebooks, districts: readonly string[], years: readonly number[]): Served[] {
  const found = new Map<string, { book: Rulebook; levels: TargetLevel[]; places: Map<number, readonly string[]> }>();
  for (const year of years) {
    const byBook = new Map<Rulebook, Map<string, TargetLevel[]>>();
    for (const district of districts) {
      for (const level of targetLevels) {
        const book = servingBook(known, district, level, year);
        if (!book) continue;
        const ofBook = byBook.get(book) ?? new Map<string, TargetLevel[]>();
        byBook.set(book, ofBook);
        ofBook.set(district, [...(ofBook.get(district) ?? []), level]);
      }
    }
    for (const [book, ofBook] of byBook) {
      for (const [district, levels] of ofBook) {
        const key = `${book.id} ${levels.join(" ")} ${countsCycles(book) ? year % 2 : ""}`;
        const served = found.get(key) ?? { book, levels, places: new Map<number, readonly string[]>() };
        found.set(key, served);
        served.places.set(year, [...(served.places.get(year) ?? []), district]);
      }
    }
  }
  return [...found.values()];
}

/** WHERE of the rows a rulebook decides. */
function where(places: Served["places"]): string {
  const byDistricts = new Map<string, number[]>();
  for (const [year, districts] of places) {
    const list = districts.map(quote).join(", ");
    byDistricts.set(list, [...(byDistricts.get(list) ?? []), year]);
  }
  return [...byDistricts]
    .map(([list, years]) => `(exam IN (${years.join(", ")}) AND district IN (${list}))`)
    .join(" OR ");
}

export interface Decided {
  /** Id. */
  readonly rulebook: string;
  /** SELECT of person, since, held, exam, target (1 … 5), module (position in `modules`, or null), planning (0, 1, 2), blocking. */
  readonly sql: string;
}

/** A statement for each rulebook (and, where it counts cycles, each parity of years) that decides somebody. */
export function decisions(
  known: KnownRulebooks,
  people: ComingFacts,
  districts: readonly string[],
  years: readonly number[],
): Decided[] {
  return servedBy(known, districts, years).map(({ book, levels, places }) => {
    const baseYear = Math.min(...places.keys());
    const relation = comingFacts(
      { ...people, rows: `SELECT * FROM (${people.rows}) WHERE ${where(places)}` },
      baseYear,
    );
    const bound = levels.map((level) => bindLevel(book, level, baseYear));
    const target = `(CASE level ${levels.map((level, index) => `WHEN ${index} THEN ${targetNumber(level)}`).join(" ")} END)::TINYINT`;
    return {
      rulebook: book.id,
      sql: `SELECT person, since, held, exam, ${target} AS target, module, planning, blocking
        FROM (${maskSelects(bound, relation, ["person", "since", "held", "exam"])})`,
    };
  });
}
