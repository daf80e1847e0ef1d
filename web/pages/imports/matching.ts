/** Pure: what each column of a file is taken for, as the server found it and the clerk said. */
import type { PreviewColumn, PreviewField, RosterKind, RosterPreview } from "../../api/import-types.ts";

export type Mapping = Readonly<Record<string, string>>;

/** In a mapping, instead of a column: not imported. */
export const leftOut = "";

export interface Matched {
  readonly column: PreviewColumn;
  /** English name; null when it is not imported. */
  readonly target: string | null;
  /** Why: its heading, an earlier import, the clerk, left out by the clerk, another column means the same, or nobody knows it. */
  readonly by: "heading" | "memory" | "clerk" | "leftOut" | "repeated" | "unknown";
  /** Another column has the very same heading, so that nothing can be said about this one alone. */
  readonly sameHeading: boolean;
}

/** The column of the roster a target belongs to: appraisal2020 → appraisals. */
export function fieldName(target: string): string {
  if (/^appraisal\d{4}$/.test(target)) return "appraisals";
  return /^training\d{4}$/.test(target) ? "continuingEducation" : target;
}

/** The year a target speaks of, if it is one of a year. */
export const targetYear = (target: string): number | undefined => {
  const year = /^(?:appraisal|training)(\d{4})$/.exec(target)?.[1];
  return year === undefined ? undefined : Number(year);
};

function matchedBy(column: PreviewColumn, said: string | undefined): Matched["by"] {
  if (said === leftOut || (said === undefined && column.leftOut)) return "leftOut";
  if (said !== undefined) return "clerk";
  if (column.repeated) return "repeated";
  if (column.target === null) return "unknown";
  return column.remembered ? "memory" : "heading";
}

/** What the clerk said goes before what the server found, so that a choice shows at once. */
export function matchedColumns({ columns }: Pick<RosterPreview, "columns">, mapping: Mapping): Matched[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    const said = Object.hasOwn(mapping, column.heading) ? mapping[column.heading] : undefined;
    const sameHeading = seen.has(column.heading);
    seen.add(column.heading);
    const by = sameHeading ? "repeated" : matchedBy(column, said);
    const target = by === "leftOut" || by === "repeated" ? null : (said ?? column.target);
    return { column, target, by, sameHeading };
  });
}

export interface Choice {
  readonly mapping: Mapping;
  /** Columns that stood for the same until now, and do no more. */
  readonly displaced: readonly PreviewColumn[];
}

/** One column stands for a target: another that did is left out. Several columns of one map of years may stand beside each other. */
export function chooseTarget(
  matched: readonly Matched[],
  mapping: Mapping,
  chosen: PreviewColumn,
  target: string,
): Choice {
  const displaced =
    target === leftOut
      ? []
      : matched
          .filter((one) => one.target === target && one.column.heading !== chosen.heading)
          .map(({ column }) => column);
  return {
    mapping: {
      ...mapping,
      ...Object.fromEntries(displaced.map(({ heading }) => [heading, leftOut])),
      [chosen.heading]: target,
    },
    displaced,
  };
}

/** Back to what the server finds by itself. */
export const withoutChoice = (mapping: Mapping, heading: string): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([own]) => own !== heading));

export const yearFieldOf = { workers: "rosterYear", applications: "examYear" } as const satisfies Record<
  RosterKind,
  string
>;

/** Required columns that no column of the file stands for. The year, and what `given` names, is given instead. */
export function missingFields(
  fields: readonly PreviewField[],
  matched: readonly Matched[],
  kind: RosterKind,
  year: number | null,
  given: readonly string[] = [],
): PreviewField[] {
  const present = new Set([...given, ...matched.flatMap(({ target }) => (target === null ? [] : [fieldName(target)]))]);
  if (year !== null) present.add(yearFieldOf[kind]);
  return fields.filter(({ name, required, orElse }) => required && !present.has(name) && !present.has(orElse ?? name));
}

/** Columns whose values may be given for all rows. */
export type GivenField = "unit" | "district";

/** Whether a roster of this kind needs a column that the file has not. */
export const lacks = (fields: readonly PreviewField[], matched: readonly Matched[], field: GivenField): boolean =>
  fields.some(({ name, required }) => name === field && required) && !matched.some(({ target }) => target === field);

/** Whether the file says the years of its rows itself. */
export const hasYear = (matched: readonly Matched[], kind: RosterKind): boolean =>
  matched.some(({ target }) => target === yearFieldOf[kind]);

/** The sheets hold rather the other kind of roster. */
export const looksOther = ({ sheets, sheet }: RosterPreview): boolean =>
  sheets.find(({ name }) => name === sheet)?.otherKind ?? false;

const yearInText = /(?<!\d)((?:19|20)\d\d)(?=\d{4}(?!\d)|\d{2}(?!\d)|(?!\d))/;

export interface YearGuess {
  readonly year: number;
  readonly from: "title" | "sheet" | "file";
}

const yearIn = (text: string): number | undefined => {
  const year = Number(yearInText.exec(text.normalize("NFKC"))?.[1] ?? 0);
  return year >= 1990 && year <= 2100 ? year : undefined;
};

export interface SheetYear {
  readonly sheet: string;
  readonly year: number;
}

/** Sheets without a column for the year that are named by different years: one year given for all of them would be wrong. */
export function sheetsByYear({ sheets }: Pick<RosterPreview, "sheets">, kind: RosterKind): readonly SheetYear[] {
  const named = sheets.flatMap(({ name, headingRow, otherKind, missing }) => {
    const lacksYear = missing.some((column) => column.endsWith(yearFieldOf[kind]));
    const year = name !== null && headingRow !== null && !otherKind && lacksYear ? yearIn(name) : undefined;
    return name !== null && year !== undefined ? [{ sheet: name, year }] : [];
  });
  return new Set(named.map(({ year }) => year)).size > 1 ? named : [];
}

export interface SheetUnit {
  readonly sheet: string;
  readonly unit: string;
  /** Code. */
  readonly district: string | null;
}

/** Sheets without a column for the unit that speak of different units. */
export function sheetsByUnit({ sheets }: Pick<RosterPreview, "sheets">): readonly SheetUnit[] {
  const named = sheets.flatMap(({ name, headingRow, otherKind, missing, suggestedUnit, suggestedDistrict }) => {
    const lacksUnit = headingRow !== null && !otherKind && missing.some((column) => column.endsWith(" unit"));
    return name !== null && lacksUnit && suggestedUnit !== null
      ? [{ sheet: name, unit: suggestedUnit, district: suggestedDistrict }]
      : [];
  });
  return new Set(named.map(({ unit }) => unit)).size > 1 ? named : [];
}

/** The year that the titles, the sheet's name or else the file's name speak of. */
export function guessYear(
  { titles, sheet }: Pick<RosterPreview, "titles" | "sheet">,
  fileName: string,
): YearGuess | undefined {
  const places = [
    ...titles.map((text) => ["title", text] as const),
    ["sheet", sheet ?? ""] as const,
    ["file", fileName] as const,
  ];
  for (const [from, text] of places) {
    const year = yearIn(text);
    if (year !== undefined) return { year, from };
  }
  return undefined;
}
