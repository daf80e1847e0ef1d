/** The address of the pages about rosters ⇄ what they show. It holds what the reader chose, and nothing that is a default. */

/** Grouping of the table of places. */
export type PlaceBy = "district" | "unit";

export interface RosterPlace {
  /** Code of a district, city or province. */
  readonly district: string | undefined;
  /** Code of a unit. */
  readonly unit: string | undefined;
  /** Undefined: what suits the place. */
  readonly by: PlaceBy | undefined;
}

const text = (search: URLSearchParams, name: string): string | undefined => search.get(name)?.trim() || undefined;

export function readPlace(search: URLSearchParams): RosterPlace {
  const by = search.get("by");
  return {
    district: text(search, "district"),
    unit: text(search, "unit"),
    by: by === "district" || by === "unit" ? by : undefined,
  };
}

/** A year that there is a roster of; undefined otherwise. */
export const readYear = (search: URLSearchParams, name: string, years: readonly number[]): number | undefined =>
  years.find((year) => String(year) === search.get(name));

/** The two years to compare: the chosen ones, else the newest with the one before it. Undefined with less than two rosters. */
export function readYears(
  search: URLSearchParams,
  years: readonly number[],
): { readonly from: number; readonly to: number } | undefined {
  const sorted = [...years].sort((a, b) => a - b);
  const [chosenFrom, chosenTo] = [readYear(search, "from", sorted), readYear(search, "to", sorted)];
  const newest = sorted.at(-1);
  if (newest === undefined || sorted.length < 2) return undefined;
  const before = (year: number): number | undefined => sorted.findLast((one) => one < year);
  const after = (year: number): number | undefined => sorted.find((one) => one > year);
  const to = chosenTo ?? (chosenFrom === undefined ? newest : (after(chosenFrom) ?? before(chosenFrom)));
  const from = chosenFrom ?? (to === undefined ? undefined : (before(to) ?? after(to)));
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/** A list of people or findings laid over the page, narrower than the page by `at` and `atUnit`. */
export interface AskedList {
  readonly kind: string | undefined;
  readonly code: string | undefined;
  readonly severity: string | undefined;
  readonly at: string | undefined;
  readonly atUnit: string | undefined;
  readonly q: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

export const listSize = 100;
const listNames = ["kind", "code", "severity", "at", "atUnit", "q", "page", "size"] as const;

const whole = (given: string | null, fallback: number, most: number): number =>
  given !== null && /^[1-9]\d{0,6}$/.test(given) ? Math.min(most, Number(given)) : fallback;

/** Undefined when no list is asked for. */
export function readList(search: URLSearchParams): AskedList | undefined {
  const [kind, code, severity] = [text(search, "kind"), text(search, "code"), text(search, "severity")];
  if (kind === undefined && code === undefined && severity === undefined) return undefined;
  return {
    ...{ kind, code, severity, at: text(search, "at"), atUnit: text(search, "atUnit"), q: text(search, "q") },
    page: whole(search.get("page"), 1, 1_000_000),
    size: whole(search.get("size"), listSize, 1000),
  };
}

export type SearchChange = Readonly<Record<string, string | number | undefined>>;

/** The search with the change made: a value sets, undefined clears. */
export function changeSearch(search: URLSearchParams, change: SearchChange): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, String(value));
  }
  return next;
}

/** The page without the list. */
export const closeList = (search: URLSearchParams): URLSearchParams =>
  changeSearch(search, Object.fromEntries(listNames.map((name) => [name, undefined])));

/** The page with a list over it, at its first page. */
export const openList = (
  search: URLSearchParams,
  list: Partial<Record<"kind" | "code" | "severity" | "at" | "atUnit", string | undefined>>,
): URLSearchParams => changeSearch(closeList(search), list);

/** Another place: a list that is open closes, the grouping is again what suits the place. */
export const goTo = (
  search: URLSearchParams,
  place: { readonly district?: string | undefined; readonly unit?: string | undefined },
): URLSearchParams => changeSearch(closeList(search), { by: undefined, ...place });
