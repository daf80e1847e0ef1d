/** Addresses of the people behind a number and of one person's decision. */
import type { Measure } from "../api/types.ts";
import { type FilterChange, type Filters, filterNames } from "./filters.ts";

export const origins = ["overview", "quota"] as const;
export type Origin = (typeof origins)[number];

/** Where an origin's page is. */
export const originPath: Record<Origin, string> = { overview: "/", quota: "/quota" };

/** Stands for "no known trade" in filters; tables show null. */
export const unknownTrade = "unknown";

function search(filters: Filters, change: FilterChange, more: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  const merged: FilterChange = { ...filters, ...change };
  for (const name of filterNames) {
    const value = merged[name];
    if (value !== undefined) params.set(name, String(value));
  }
  for (const [name, value] of Object.entries(more)) if (value !== undefined) params.set(name, value);
  return params.toString();
}

/** The list behind one number: the page's filters, narrowed to the cell. */
export const peopleAddress = (measure: Measure, filters: Filters, cell: FilterChange, from: Origin): string =>
  `/people?${search(filters, cell, { measure, from })}`;

export const checkAddress = (worker: string, filters: Filters, cell: FilterChange = {}): string =>
  `/check?${search({}, { year: filters.year, level: filters.level, ...cell }, { worker })}`;
