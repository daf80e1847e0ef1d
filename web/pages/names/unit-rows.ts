/** Pure: which units a form offers, and how many rows follow a change. */
import type { RosterUnit } from "./api.ts";

export const rowsOf = (unit: RosterUnit | undefined, since = 0): number =>
  (unit?.years ?? []).reduce((sum, { year, rows }) => (year >= since ? sum + rows : sum), 0);

/** First and last exam year of a unit: "2019–2024", or one year. */
export function yearsOf({ years }: RosterUnit): string {
  const [first, last] = [years[0]?.year, years.at(-1)?.year];
  return first === last ? String(first ?? "") : `${first}–${last}`;
}

/** Names of units are no keys: two districts may have one of the same name. */
export const unitKey = ({ district, unit }: Pick<RosterUnit, "district" | "unit">): string => `${district}|${unit}`;
