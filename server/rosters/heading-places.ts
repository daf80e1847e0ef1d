/** Where the columns of a person stand, so that what only the database knows of a row can still name its cell. */
import type { MatchedHeading } from "./match.ts";
import { cellAddress } from "./read-address.ts";

interface PlacedColumn {
  readonly index: number;
  readonly heading: string;
}

/** The columns from a row of a sheet on; plain data, it can go from one thread to another. */
export interface HeadingPlace {
  /** Null for text tables. */
  readonly sheet: string | null;
  readonly row: number;
  /** By the name of the field. */
  readonly columns: ReadonlyMap<string, PlacedColumn>;
}

const placed = new Set(["workerId", "idNumber", "name", "unit", "district"]);

/** Adds a heading, unless the one before it in the sheet says the same: headings may come again on every page. */
export function addPlace(places: HeadingPlace[], heading: MatchedHeading, sheet: string | null, row: number): void {
  const columns = new Map<string, PlacedColumn>();
  for (const { index, heading: text, target } of heading.columns) {
    if (placed.has(target.field.name)) columns.set(target.field.name, { index, heading: text });
  }
  const last = places.at(-1);
  const same =
    last?.sheet === sheet &&
    last.columns.size === columns.size &&
    [...columns].every(([name, { index }]) => last.columns.get(name)?.index === index);
  if (!same) places.push({ sheet, row, columns });
}

/** The cell of the first of the fields that the sheet has; without one the name of the first field. */
export function placeOf(
  places: readonly HeadingPlace[],
  { sheet, sourceRow }: { readonly sheet: string | null; readonly sourceRow: number },
  fields: readonly string[],
): { column: string | null; cell?: string } {
  const place = places.findLast((one) => one.sheet === sheet && one.row <= sourceRow);
  for (const name of fields) {
    const column = place?.columns.get(name);
    if (column) return { column: column.heading, cell: cellAddress(column.index, sourceRow) };
  }
  return { column: fields[0] ?? null };
}
