/** Which rulebook decides where in which coming year, as far as rulebooks are known, and people of many years decided together. */
import { jurisdiction } from "../eligibility/jurisdiction.ts";
import { bindLevel } from "../rules/bind.ts";
import { lastStorableYear } from "../rules/columns.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";
import { yearlyMasks } from "../rules/sql-years.ts";
import { quote } from "../rules/term.ts";
import { targetNumber } from "./cells.ts";
import { type ComingFacts, comingFacts, factsThen } from "./coming-facts.ts";

export interface KnownRulebooks {
  readonly library: RulebookLibrary;
  /** Rulebooks that take effect later are not known. */
  readonly until: number;
}

/** The rulebook of a district and level; undefined where none covers it. */
export const servingBook = (
  { library, until }: KnownRulebooks,
  district: string,
  level: TargetLevel,
  year: number,
): Rulebook | undefined => jurisdiction(library, district, level, Math.min(year, until))?.rulebook;

/** Districts in which a rulebook decides the same levels in the same years. */
interface Area {
  readonly districts: string[];
  /** Exam year → levels. */
  readonly levels: ReadonlyMap<number, readonly TargetLevel[]>;
}

/** Whether the decisions of a rulebook at a level are asked for. */
export type Wanted = (book: Rulebook, level: TargetLevel) => boolean;

/** Rulebook → the areas it decides in. */
function areasOf(
  known: KnownRulebooks,
  districts: readonly string[],
  years: readonly number[],
  wanted: Wanted,
): Map<Rulebook, Area[]> {
  const found = new Map<Rulebook, Map<string, Area>>();
  for (const district of districts) {
    const books = new Map<Rulebook, Map<number, TargetLevel[]>>();
    for (const year of years) {
      for (const level of targetLevels) {
        const book = servingBook(known, district, level, year);
        if (!book || !wanted(book, level)) continue;
        const levels = books.get(book) ?? new Map<number, TargetLevel[]>();
        books.set(book, levels.set(year, [...(levels.get(year) ?? []), level]));
      }
    }
    for (const [book, levels] of books) {
      const areas = found.get(book) ?? new Map<string, Area>();
      found.set(book, areas);
      const key = JSON.stringify([...levels]);
      const area = areas.get(key) ?? { districts: [], levels };
      areas.set(key, area);
      area.districts.push(district);
    }
  }
  return new Map([...found].map(([book, areas]) => [book, [...areas.values()]]));
}

export interface Decided {
  /** Id. */
  readonly rulebook: string;
  /** SELECT of person, since, held, exam, and the state of the person then. */
  readonly standing: string;
  /** Given the name of a relation of such rows: SELECT of their states, target (1 … 5), planning, module, blocking (rules/sql.ts). */
  decided(standing: string): string;
  /** Joins `p`, rows of standing, with `d`, what is decided of their states. */
  readonly on: string;
  /** Columns of the state. */
  readonly states: readonly string[];
}

/** A few statements for each rulebook that decides somebody, as a rule one. */
export function decisions(
  known: KnownRulebooks,
  people: ComingFacts,
  districts: readonly string[],
  years: readonly number[],
  wanted: Wanted = () => true,
): Decided[] {
  return [...areasOf(known, districts, years, wanted)].flatMap(([book, areas]) => {
    const levels = targetLevels.filter((level) =>
      areas.some((area) => [...area.levels.values()].flat().includes(level)),
    );
    return timesOf(areas).flatMap(({ back, exams }) => {
      const bound = new Map(exams.map((exam) => [exam, levels.map((level) => bindLevel(book, level, exam - back))]));
      return yearlyMasks(bound).map((masks): Decided => {
        const standing = masks.sums({
          relation: comingFacts(
            { ...people, rows: `SELECT *, ${areaOf(areas)} AS area FROM (${people.rows}) WHERE area IS NOT NULL` },
            back,
          ),
          keys: ["person", "since", "held", "area"],
          yearly: factsThen(people, back),
          more:
            people.raised === undefined
              ? undefined
              : {
                  columns: ["since", "held"],
                  join: `JOIN (${people.raised}) r ON r.person = p.person`,
                },
          equal: ["p.area", people.raised ? "r.since" : "p.seen"],
          times: areas.flatMap(({ levels }, area) =>
            masks.years.flatMap((exam) =>
              levels.has(exam) ? people.before(exam).map((year) => [exam, area, year] as const) : [],
            ),
          ),
        });
        const target = `(CASE level ${levels.map((level, index) => `WHEN ${index} THEN ${targetNumber(level)}`).join(" ")} END)::TINYINT`;
        return {
          rulebook: book.id,
          standing,
          states: masks.states,
          decided: (from) =>
            `SELECT ${masks.states.join(", ")}, ${target} AS target, planning, module, blocking
             FROM (${masks.decided(`(SELECT DISTINCT ${masks.states.join(", ")} FROM ${from})`)})`,
          on: [...masks.states.map((name) => `d.${name} = p.${name}`), atLevels(areas, masks.years, levels)].join(
            " AND ",
          ),
        };
      });
    });
  });
}

/**
 * Years after the last one that records can be kept for are decided as earlier ones, on facts moved back in time: by an even number of
 * years, for there are exams every other year.
 */
function timesOf(areas: readonly Area[]): { readonly back: number; readonly exams: number[] }[] {
  const times = new Map<number, number[]>();
  for (const exam of new Set(areas.flatMap(({ levels }) => [...levels.keys()]))) {
    const back = 2 * Math.max(0, Math.ceil((exam - lastStorableYear - 1) / 2));
    times.set(back, [...(times.get(back) ?? []), exam]);
  }
  return [...times].map(([back, exams]) => ({ back, exams }));
}

/** Number of a row's area, null where the rulebook decides nothing. */
const areaOf = (areas: readonly Area[]) =>
  `(CASE ${areas.map(({ districts }, index) => `WHEN district IN (${districts.map(quote).join(", ")}) THEN ${index}`).join(" ")} END)::TINYINT`;

const anyOf = (tests: readonly string[]) => (tests.includes("true") ? "true" : `(${tests.join(" OR ")})`);

/** Whether a level is decided in an area and year. */
function atLevels(areas: readonly Area[], years: readonly number[], all: readonly TargetLevel[]): string {
  const own = areas.flatMap(({ levels }, index) =>
    years.map((year) => ({ index, year, levels: levels.get(year) ?? [] })),
  );
  if (own.every(({ levels }) => levels.length === all.length)) return "true";
  const byLevels = new Map<string, string[]>();
  for (const { index, year, levels } of own) {
    const key = levels.map(targetNumber).join(", ");
    if (key !== "") byLevels.set(key, [...(byLevels.get(key) ?? []), `(p.area = ${index} AND p.exam = ${year})`]);
  }
  return anyOf([...byLevels].map(([list, places]) => `(d.target IN (${list}) AND ${anyOf(places)})`));
}
