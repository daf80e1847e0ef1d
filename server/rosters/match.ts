/** Headings → columns. */
import { firstStorableYear, lastStorableYear } from "../rules/columns.ts";
import { fieldsOf, type RosterField } from "./fields.ts";
import type { RosterKind } from "./report.ts";

/** What a column of the file means: a field, or one year of a map of years. */
export interface Target {
  readonly field: RosterField;
  readonly year?: number;
}

/** Full-width → half-width, no spaces or line breaks, lower case: 「 出 生 日 期\n」 and 「出生日期」 are one heading. */
export function normaliseHeading(heading: string): string {
  return heading
    .normalize("NFKC")
    .replace(/[\s\u200b\ufeff*:]+/g, "")
    .toLowerCase();
}

const withoutNote = (heading: string) => heading.replace(/\([^()]*\)$/, "");

const appraisal = /^(?:appraisals?_?(\d{4})|(\d{4})年?(?:年度|度)?考核(?:结果|等次)?)$/;
const training = /^(?:(?:training|continuingeducation)_?(\d{4})|(\d{4})年?(?:年度|度)?继续教育(?:结果)?)$/;

export type Matcher = (heading: string) => Target | undefined;

/**
 * Understands the headings of a kind of roster. `mapping`: heading as in the file → English name of a column, goes before
 * everything else (checked by the caller).
 */
export function matcher(kind: RosterKind, mapping: Readonly<Record<string, string>> = {}): Matcher {
  const fields = fieldsOf(kind);
  const named = new Map<string, RosterField>();
  for (const field of fields) {
    for (const heading of [field.name, ...field.headings]) {
      const key = normaliseHeading(heading);
      if (!named.has(key)) named.set(key, field);
    }
  }
  const yearly = (heading: string): Target | undefined => {
    for (const [pattern, name] of [
      [appraisal, "appraisals"],
      [training, "continuingEducation"],
    ] as const) {
      const match = pattern.exec(heading);
      const year = Number(match?.[1] ?? match?.[2]);
      const field = named.get(name.toLowerCase());
      if (match && field && year >= firstStorableYear && year <= lastStorableYear) return { field, year };
    }
    return undefined;
  };
  const understand = (heading: string): Target | undefined => {
    const field = named.get(heading);
    return field ? { field } : yearly(heading);
  };
  const mapped = new Map(Object.entries(mapping).map(([heading, name]) => [normaliseHeading(heading), name]));
  return (raw) => {
    const heading = normaliseHeading(raw);
    if (heading === "") return undefined;
    const name = mapped.get(heading);
    if (name !== undefined) return understand(normaliseHeading(name));
    return understand(heading) ?? understand(withoutNote(heading));
  };
}

/** How many different columns a row of cells names; a row that names three or more is the heading. */
export function headingsIn(cells: readonly string[], match: Matcher): number {
  const found = new Set<string>();
  for (const cell of cells) {
    const target = cell === undefined || cell.length > 60 ? undefined : match(cell);
    if (target) found.add(`${target.field.name}${target.year ?? ""}`);
  }
  return found.size;
}

export interface MatchedColumn {
  readonly index: number;
  readonly heading: string;
  readonly target: Target;
}

export interface MatchedHeading {
  readonly columns: readonly MatchedColumn[];
  readonly unknown: readonly { readonly index: number; readonly heading: string }[];
  /** Columns that mean what an earlier column already means; the earlier one counts. */
  readonly repeated: readonly { readonly index: number; readonly heading: string }[];
  /** Number of columns up to the last one with a heading. */
  readonly width: number;
}

export function matchHeading(cells: readonly string[], match: Matcher): MatchedHeading {
  const columns: MatchedColumn[] = [];
  const unknown: { index: number; heading: string }[] = [];
  const repeated: { index: number; heading: string }[] = [];
  const taken = new Set<string>();
  let width = 0;
  cells.forEach((cell, index) => {
    const heading = cell.replace(/\s+/g, " ").trim();
    if (heading === "") return;
    width = index + 1;
    const target = match(cell);
    const key = target && `${target.field.name}${target.year ?? ""}`;
    if (!target || key === undefined) unknown.push({ index, heading });
    else if (taken.has(key)) repeated.push({ index, heading });
    else {
      taken.add(key);
      columns.push({ index, heading, target });
    }
  });
  return { columns, unknown, repeated, width };
}
