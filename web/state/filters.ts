/** Filters ⇄ the search part of the address. The address holds what the user chose, and nothing that is a default. */
import { type LevelCode, levelCodes } from "../api/types.ts";

export interface Filters {
  readonly year?: number;
  readonly level?: LevelCode;
  /** Code of a district, city or province. */
  readonly district?: string;
  readonly trade?: string;
  /** Code of a unit; set by drilling down. */
  readonly unit?: string;
}

export const filterNames = ["year", "level", "district", "trade", "unit"] as const;

const isLevel = (text: string): text is LevelCode => levelCodes.some((code) => code === text);

/** Reads the filters; values that cannot be are left out, as if not chosen. */
export function readFilters(search: URLSearchParams): Filters {
  const year = search.get("year") ?? "";
  const level = search.get("level") ?? "";
  const text = (name: "district" | "trade" | "unit"): Partial<Record<typeof name, string>> => {
    const value = search.get(name)?.trim() ?? "";
    return value === "" ? {} : { [name]: value };
  };
  return {
    ...(/^\d{4}$/.test(year) ? { year: Number(year) } : {}),
    ...(isLevel(level) ? { level } : {}),
    ...text("district"),
    ...text("trade"),
    ...text("unit"),
  };
}

/** What to change: a value sets, `undefined` clears, an absent name leaves as it is. */
export type FilterChange = { readonly [Name in keyof Filters]?: Filters[Name] | undefined };

/** A condition is of one level of one rulebook. */
const conditionNames = ["rulebook", "condition"] as const;

/**
 * The search with the change made; parameters that are not filters stay, but the place in a list is lost, and with another
 * level the condition that was asked about.
 */
export function changeFilters(search: URLSearchParams, change: FilterChange): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of filterNames) {
    if (!(name in change)) continue;
    const value = change[name];
    if (value === undefined) next.delete(name);
    else next.set(name, String(value));
  }
  next.delete("page");
  if ("level" in change) for (const name of conditionNames) next.delete(name);
  return next;
}

/** Only the filters of a search: what goes along from page to page. */
export function filterSearch(filters: Filters): string {
  const text = changeFilters(new URLSearchParams(), filters).toString();
  return text === "" ? "" : `?${text}`;
}
