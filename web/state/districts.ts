/** Districts as a tree, and rows by district gathered to the tier a reader compares. */
import type { District } from "../api/types.ts";

export interface DistrictNode {
  readonly value: string;
  readonly title: string;
  readonly children: readonly DistrictNode[];
}

/** Provinces → cities → districts, in the order of their codes; a district whose parent is not listed stands at the top. */
export function districtTree(districts: readonly District[]): readonly DistrictNode[] {
  const known = new Set(districts.map(({ code }) => code));
  const sorted = [...districts].sort((a, b) => (a.code < b.code ? -1 : 1));
  const under = (parent: string | null): readonly DistrictNode[] =>
    sorted
      .filter(
        (district) => (district.parent !== null && known.has(district.parent) ? district.parent : null) === parent,
      )
      .map(({ code, name }) => ({ value: code, title: name, children: under(code) }));
  return under(null);
}

/** From the province down to the district itself; empty for an unknown code. */
export function districtPath(districts: readonly District[], code: string | undefined): readonly District[] {
  const byCode = new Map(districts.map((district) => [district.code, district]));
  const path: District[] = [];
  for (let at = code === undefined ? undefined : byCode.get(code); at && !path.includes(at); ) {
    path.unshift(at);
    at = at.parent === null ? undefined : byCode.get(at.parent);
  }
  return path;
}

export interface DistrictGroup<Row> {
  readonly code: string;
  readonly name: string;
  /** The group is the chosen district's own office, not all that lies in it. */
  readonly own: boolean;
  readonly rows: readonly Row[];
}

/**
 * Gathers rows by the tier below the chosen district: cities when nothing or a province is chosen, districts within a city.
 * Counts of people by district add up, so the sum of a group is the number of the place.
 */
export function groupByTier<Row extends { readonly district?: string; readonly districtName?: string }>(
  rows: readonly Row[],
  districts: readonly District[],
  chosen: string | undefined,
): readonly DistrictGroup<Row>[] {
  const depth = districtPath(districts, chosen).length;
  const groups = new Map<string, { name: string; own: boolean; rows: Row[] }>();
  for (const row of rows) {
    const code = row.district ?? "";
    const path = districtPath(districts, code);
    const at = path[depth === 0 ? 1 : depth] ?? path.at(-1);
    const key = at?.code ?? code;
    const group = groups.get(key) ?? { name: at?.name ?? row.districtName ?? code, own: key === chosen, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups].map(([code, group]) => ({ code, ...group })).sort((a, b) => (a.code < b.code ? -1 : 1));
}
