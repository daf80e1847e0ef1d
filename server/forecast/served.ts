/** Which rulebook decides where in a coming year, as far as rulebooks are known. */
import { jurisdiction } from "../eligibility/jurisdiction.ts";
import { type BoundLevel, bindLevel } from "../rules/bind.ts";
import { type TargetLevel, targetLevels } from "../rules/facts.ts";
import type { Rulebook, RulebookLibrary } from "../rules/rulebook.ts";

export interface Served {
  readonly book: Rulebook;
  readonly levels: readonly TargetLevel[];
  readonly districts: readonly string[];
}

export interface KnownRulebooks {
  readonly library: RulebookLibrary;
  /** Rulebooks that take effect later are not known. */
  readonly until: number;
}

/** The rulebook of a district and level; undefined where none covers it. */
export const servingBook = ({ library, until }: KnownRulebooks, district: string, level: TargetLevel, year: number) =>
  jurisdiction(library, district, level, Math.min(year, until))?.rulebook;

/** Districts and levels that a rulebook decides together. */
export function servedBy(known: KnownRulebooks, districts: readonly string[], year: number): Served[] {
  const byLevel = new Map<Rulebook, Map<TargetLevel, string[]>>();
  for (const level of targetLevels) {
    for (const district of districts) {
      const book = servingBook(known, district, level, year);
      if (!book) continue;
      const levels = byLevel.get(book) ?? new Map<TargetLevel, string[]>();
      byLevel.set(book, levels);
      levels.set(level, [...(levels.get(level) ?? []), district]);
    }
  }
  return [...byLevel].flatMap(([book, levels]) => {
    const groups = new Map<string, { levels: TargetLevel[]; districts: string[] }>();
    for (const [level, codes] of levels) {
      const key = codes.join(" ");
      const group = groups.get(key) ?? { levels: [], districts: codes };
      groups.set(key, group);
      group.levels.push(level);
    }
    return [...groups.values()].map((group) => ({ book, ...group }));
  });
}

/** The levels bound to an exam year. */
export const boundLevels = ({ book, levels }: Served, year: number): BoundLevel[] =>
  levels.map((level) => bindLevel(book, level, year));
