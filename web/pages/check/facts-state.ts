/** Pure: facts of the roster and what a reader changed → facts to evaluate. Unknown is the absence of a property. */
import type { Facts } from "../../api/types.ts";

/** `undefined` as a value: made unknown by the reader. */
export type Edits = ReadonlyMap<string, unknown>;

const isUnknown = (value: unknown): boolean => value === null || value === undefined;

export function applyEdits(base: Facts, edits: Edits): Facts {
  const facts: Record<string, unknown> = { ...base };
  for (const [name, value] of edits) facts[name] = value;
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => !isUnknown(value)));
}

/** Adds an edit; a value back at the roster's is no edit. */
export function edit(base: Facts, edits: Edits, name: string, value: unknown): Edits {
  const next = new Map(edits);
  const isSame =
    (isUnknown(value) && isUnknown(base[name])) || JSON.stringify(value ?? null) === JSON.stringify(base[name] ?? null);
  if (isSame) next.delete(name);
  else next.set(name, value);
  return next;
}

type YearMap = Readonly<Record<string, unknown>>;

export const asYearMap = (value: unknown): YearMap =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as YearMap) : {};

/** A map by year with one year changed; unknown leaves the map, an empty map is unknown. */
export function setYear(map: unknown, year: number, value: unknown): YearMap | undefined {
  const next: Record<string, unknown> = { ...asYearMap(map) };
  if (isUnknown(value)) delete next[String(year)];
  else next[String(year)] = value;
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The years a form asks about: the five before the exam year, and whatever the facts hold. Newest first. */
export function gridYears(examYear: number, maps: readonly unknown[]): readonly number[] {
  const years = new Set(Array.from({ length: 5 }, (_, index) => examYear - 1 - index));
  for (const map of maps) for (const year of Object.keys(asYearMap(map))) years.add(Number(year));
  return [...years].sort((a, b) => b - a);
}
