/** Headings → columns. */
import type { Message } from "../errors.ts";
import { fieldsOf, type RosterField } from "./fields.ts";
import { headingForms, longestHeading, normaliseHeading } from "./headings.ts";
import { maskIdentities } from "./identity.ts";
import type { RosterKind } from "./report.ts";
import { isYearly, yearTarget } from "./year-headings.ts";
import { type Span, spanIn } from "./year-words.ts";

export { normaliseHeading } from "./headings.ts";

/** What a column of the file means: a field, or one year of a map of years, or several years of it in one cell. */
export interface Target {
  readonly field: RosterField;
  readonly year?: number;
  /** Years the heading speaks of, where the cells hold several. */
  readonly span?: Span;
  /** How near the heading is to the preferred name of the field: 0 is the preferred one, less than that was said with the import. */
  readonly rank?: number;
  /** Taken from memory: gives way to a column that is named so itself. Holds what the heading means without. */
  readonly remembered?: { readonly otherwise: Target | undefined };
}

/** Said with this import: goes before a column of the preferred name. */
export const saidRank = -1;

/** In a mapping, instead of a column: the heading is not imported. */
export const leftOut = "";

/** Null: left out by hand. */
export type Matcher = (heading: string) => Target | null | undefined;

interface Named {
  readonly field: RosterField;
  readonly rank: number;
}

function namesOf(kind: RosterKind): ReadonlyMap<string, Named> {
  const named = new Map<string, Named>();
  for (const field of fieldsOf(kind)) {
    [field.name, ...field.headings].forEach((heading, index) => {
      const key = normaliseHeading(heading);
      if (!named.has(key)) named.set(key, { field, rank: Math.max(0, index - 1) });
    });
  }
  return named;
}

const chinese = /\p{Script=Han}/u;

/**
 * Understands the headings of a kind of roster. `mapping`: heading as in the file → English name of a column, or `leftOut`; goes
 * before everything else (checked by the caller).
 */
export function matcher(kind: RosterKind, mapping: Readonly<Record<string, string>> = {}): Matcher {
  const named = namesOf(kind);
  const fieldOf = (name: string) => named.get(name.toLowerCase())?.field;
  const understand = (heading: string): Target | undefined => {
    const found = named.get(heading);
    return found ?? yearTarget(heading, fieldOf);
  };
  const mapped = new Map(Object.entries(mapping).map(([heading, name]) => [normaliseHeading(heading), name]));
  return (raw) => {
    if (raw.length > longestHeading) return undefined;
    const heading = normaliseHeading(raw);
    if (heading === "") return undefined;
    const name = mapped.get(heading);
    if (name === leftOut) return null;
    if (name !== undefined) {
      const understood = understand(normaliseHeading(name));
      const target = understood && { ...understood, rank: saidRank };
      const span = target?.year === undefined ? spanIn(heading)?.span : undefined;
      return target && span && isYearly(target.field) ? { ...target, span } : target;
    }
    const exact = understand(heading);
    // Worker numbers come here too, row by row: only Chinese is worth a closer look.
    if (exact || !chinese.test(heading)) return exact;
    for (const form of headingForms(raw)) {
      const target = understand(form);
      if (target) return target;
    }
    return undefined;
  };
}

/** Tells the columns of one heading apart. */
export function keyOf({ field, year, span }: Target): string {
  const years =
    span === undefined ? "" : "years" in span ? `${span.years[0]}-${span.years.at(-1)}` : `last${span.last}`;
  return `${field.name}${year ?? ""}${years}`;
}

/** How many different columns a row of cells names; a row that names three or more is the heading. */
export function headingsIn(cells: readonly string[], match: Matcher): number {
  const found = new Set<string>();
  for (const cell of cells) {
    const target = cell === undefined || cell.length > 60 ? undefined : match(cell);
    if (target) found.add(keyOf(target));
  }
  return found.size;
}

export interface MatchedColumn {
  readonly index: number;
  readonly heading: string;
  readonly target: Target;
}

export interface RepeatedColumn {
  readonly index: number;
  readonly heading: string;
  /** Heading of the column that counts instead. */
  readonly counts: string;
}

/** A column that an earlier import taught, in a file that has the true one. */
export interface IgnoredMemory {
  readonly index: number;
  readonly heading: string;
  /** What the heading was remembered as. */
  readonly target: Target;
  /** Heading of the column that is named so. */
  readonly counts: string;
}

export interface UnknownColumn {
  readonly index: number;
  readonly heading: string;
  /** By hand: nothing needs to be said of it. */
  readonly leftOut?: true;
}

export interface MatchedHeading {
  readonly columns: readonly MatchedColumn[];
  readonly unknown: readonly UnknownColumn[];
  /** Columns that mean what another column means already; the one with the preferred heading counts, else the first. */
  readonly repeated: readonly RepeatedColumn[];
  /** Columns whose remembered meaning was not applied; each is among the others too, with its own meaning or as unknown. */
  readonly ignored: readonly IgnoredMemory[];
  /** Number of columns up to the last one with a heading. */
  readonly width: number;
}

/** What a column means, for people. */
export const describeTarget = ({ field, year }: Target): Message =>
  year === undefined ? field.label : { zh: `${year} 年${field.label.zh}`, en: `${field.label.en} of ${year}` };

/** As shown and remembered: no identity number stays in it. */
const plainHeading = (cell: string): string => maskIdentities(cell.replace(/\s+/g, " ").trim());

/** Understands a row of headings. */
export function matchHeading(cells: readonly string[], match: Matcher): MatchedHeading {
  const taken = new Map<string, MatchedColumn>();
  const unknown: UnknownColumn[] = [];
  const ignored: IgnoredMemory[] = [];
  const repeated: { index: number; heading: string; key: string }[] = [];
  let width = 0;
  const meant = cells.map((cell) => match(cell));
  const named = new Map<string, string>();
  meant.forEach((target, index) => {
    if (target && !target.remembered) named.set(keyOf(target), plainHeading(cells[index] ?? ""));
  });
  cells.forEach((cell, index) => {
    const heading = plainHeading(cell);
    if (heading === "") return;
    width = index + 1;
    let target = meant[index];
    const counts = target?.remembered ? named.get(keyOf(target)) : undefined;
    if (target?.remembered && counts !== undefined) {
      ignored.push({ index, heading, target, counts });
      target = target.remembered.otherwise;
    }
    if (!target) {
      unknown.push({ index, heading, ...(target === null ? { leftOut: true } : {}) });
      return;
    }
    const column = { index, heading, target };
    const earlier = taken.get(keyOf(target));
    const better = earlier === undefined || (target.rank ?? 0) < (earlier.target.rank ?? 0);
    if (better) taken.set(keyOf(target), column);
    const left = better ? earlier : column;
    if (left) repeated.push({ index: left.index, heading: left.heading, key: keyOf(target) });
  });
  const byIndex = (a: { index: number }, b: { index: number }) => a.index - b.index;
  return {
    columns: [...taken.values()].sort(byIndex),
    unknown,
    repeated: repeated
      .map(({ index, heading, key }) => ({ index, heading, counts: taken.get(key)?.heading ?? heading }))
      .sort(byIndex),
    ignored,
    width,
  };
}
