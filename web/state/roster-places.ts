/** Pure: rows of a table of rosters by district or unit → the places a reader compares. */
import type { PlaceColumns } from "../api/roster-types.ts";
import type { District } from "../api/types.ts";
import { groupByTier } from "./districts.ts";
import type { PlaceBy, RosterPlace } from "./roster-search.ts";

export interface Place<Counts> {
  readonly key: string;
  readonly name: string;
  /** What a click narrows the page to; undefined where no filter can name it. */
  readonly district: string | undefined;
  readonly unit: string | undefined;
  readonly counts: Counts;
}

/** Nothing lies below it. */
const isLeaf = (districts: readonly District[], code: string): boolean =>
  !districts.some(({ parent }) => parent === code);

/** By units within a district that has none below it, else by district. */
export function placeBy(place: RosterPlace, districts: readonly District[]): PlaceBy {
  if (place.unit !== undefined) return "unit";
  return place.by ?? (place.district !== undefined && isLeaf(districts, place.district) ? "unit" : "district");
}

/** One place a unit, or one a district of the tier below the chosen one; `add` makes the sums of a place out of its rows. */
export function placesOf<Row extends PlaceColumns, Counts>(
  rows: readonly Row[],
  {
    by,
    districts,
    district,
    add,
    ownOffice,
    inDistrict,
    noUnit,
  }: {
    readonly by: PlaceBy;
    readonly districts: readonly District[];
    readonly district: string | undefined;
    readonly add: (rows: readonly Row[]) => Counts;
    /** Name of a district's own office beside the districts in it. */
    readonly ownOffice: (name: string) => string;
    /** Behind the name of a unit where several are called so. */
    readonly inDistrict: (name: string) => string;
    readonly noUnit: string;
  },
): readonly Place<Counts>[] {
  if (by === "unit") {
    const named = new Map<string | undefined, number>();
    for (const { unitName } of rows) named.set(unitName, (named.get(unitName) ?? 0) + 1);
    return rows.map((row) => ({
      key: `${row.district}|${row.unit}`,
      name: `${row.unitName || noUnit}${(named.get(row.unitName) ?? 0) > 1 ? inDistrict(row.districtName ?? "") : ""}`,
      district: row.district,
      unit: row.unit || undefined,
      counts: add([row]),
    }));
  }
  const groups = groupByTier(rows, districts, district);
  return groups.map((group) => {
    const isOwn = group.own && groups.length > 1;
    return {
      key: isOwn ? "own" : group.code,
      name: isOwn ? ownOffice(group.name) : group.name,
      district: isOwn ? undefined : group.code,
      unit: undefined,
      counts: add(group.rows),
    };
  });
}

export type SortOrder = "ascend" | "descend";

/** Sorted by a number, those without one last whatever the order; equal ones stay as they are. */
export function sortPlaces<Counts>(
  places: readonly Place<Counts>[],
  value: (place: Place<Counts>) => number | null,
  order: SortOrder,
): readonly Place<Counts>[] {
  const sign = order === "ascend" ? 1 : -1;
  return [...places].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x - y) * sign;
  });
}
