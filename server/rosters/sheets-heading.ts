/**
 * Finds the heading of a table below its titles: one row, or up to three where groups stand over their columns ("年度考核" over
 * "2019", "2020"; "申报" over "工种", "等级").
 */
import type { Message } from "../errors.ts";
import { fieldsOf, yearField } from "./fields.ts";
import { type MatchedHeading, type Matcher, matchHeading, type Target } from "./match.ts";
import type { SourceRow } from "./read.ts";
import type { RosterKind } from "./report.ts";

/** How many known columns make a heading. */
export const fewestHeadings = 3;
const mostRows = 3;

export interface HeadingOptions {
  readonly kind: RosterKind;
  readonly match: Matcher;
  /** The import names the year, so the column may be absent. */
  readonly yearGiven: boolean;
  /** Other columns whose values the import names, so they may be absent. */
  readonly given?: readonly string[] | undefined;
}

/** A column of a group that was recognised by its own words, not by those of group and column together. */
export interface ColumnByPart {
  readonly index: number;
  /** Group and column together. */
  readonly full: string;
  readonly part: string;
}

export interface FoundHeading {
  readonly heading: MatchedHeading;
  /** The rows it takes. */
  readonly rows: readonly SourceRow[];
  /** Required columns that it lacks. */
  readonly missing: readonly string[];
  readonly byPart: readonly ColumnByPart[];
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === "";

/**
 * Groups whose columns are about something else than the roster: 申报 | 工种 is not the trade a worker is in, 原持证 | 工种 not the
 * one that is applied for.
 */
const elsewhere: Readonly<Record<RosterKind, RegExp>> = {
  workers: /申报|报考|拟|晋升|新|曾|往|前/,
  applications: /原|现|曾|往|前|上[一年次]/,
};

const yearAlone = /^((?:19|20)\d\d)(?:年|年度)?$/;

/** "年度考核" over "2019", and "2019年" over "考核": the heading of one year. */
function yearHeading(upper: string, lower: string): string | undefined {
  const [a, b] = [upper, lower].map((text) => text.normalize("NFKC").replace(/\s+/g, ""));
  const year = yearAlone.exec(b ?? "")?.[1] ?? yearAlone.exec(a ?? "")?.[1];
  if (year === undefined) return undefined;
  const topic = `${a}${b}`;
  if (topic.includes("考核")) return `${year}年度考核`;
  return topic.includes("继续教育") ? `${year}年继续教育` : undefined;
}

interface ComposedColumn {
  readonly text: string;
  /** Recognised only by its last part. */
  readonly part?: string;
  /** Something stands under a heading that is complete without it: a row of data. */
  readonly overData?: boolean;
}

const keyOf = (target: Target) => `${target.field.name}${target.year ?? ""}`;

function composeColumn(parts: readonly string[], { match, kind }: HeadingOptions): ComposedColumn {
  const lower = parts.at(-1) ?? "";
  const upper = parts.slice(0, -1).join("");
  if (upper === "") return { text: lower };
  const full = upper + lower;
  if (match(full)) return { text: full };
  const year = yearHeading(upper, lower);
  if (year !== undefined && match(year)) return { text: year };
  const [above, below] = [match(upper), match(lower)];
  // The same heading in two languages.
  if (above && below && keyOf(above) === keyOf(below)) return { text: upper };
  if (above) return { text: upper, overData: true };
  return below && !elsewhere[kind].test(upper) ? { text: full, part: lower } : { text: full };
}

/** The texts of the rows, column by column. A cell merged from the left belongs to its group, but is no heading of its own. */
function columnParts(rows: readonly SourceRow[]): string[][] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const groups: string[] = rows.map(() => "");
  return Array.from({ length: width }, (_, index) => {
    const parts: string[] = [];
    rows.forEach(({ cells, across }, level) => {
      const text = (cells[index] ?? "").replace(/\s+/g, " ").trim();
      const last = level === rows.length - 1;
      if (last && across?.includes(index)) return;
      if (text !== "") groups[level] = text;
      // Without merged cells (in text tables) the name of a group stands over its first column only.
      const under = rows.slice(level + 1).some((row) => !isBlank(row.cells[index]));
      const meant = text === "" && !last && under ? (groups[level] ?? "") : text;
      if (meant !== "" && parts.at(-1) !== meant) parts.push(meant);
    });
    return parts;
  });
}

interface Composed {
  readonly cells: readonly string[];
  readonly byPart: readonly ColumnByPart[];
  readonly overData: boolean;
}

function compose(rows: readonly SourceRow[], options: HeadingOptions): Composed {
  const { match } = options;
  const columns = columnParts(rows).map((parts) => composeColumn(parts, options));
  const counts = new Map<string, number>();
  for (const { text, part } of columns) {
    const target = match(part ?? text);
    if (target) counts.set(keyOf(target), (counts.get(keyOf(target)) ?? 0) + 1);
  }
  const byPart: ColumnByPart[] = [];
  const cells = columns.map(({ text, part }, index) => {
    if (part === undefined) return text;
    const target = match(part);
    // Two groups with the same column: neither can be told from its own words.
    if (!target || (counts.get(keyOf(target)) ?? 0) > 1) return text;
    if (target.year === undefined) byPart.push({ index, full: text, part });
    return part;
  });
  return { cells, byPart, overData: columns.some(({ overData }) => overData) };
}

function missingColumns(heading: MatchedHeading, { kind, yearGiven, given = [] }: HeadingOptions): string[] {
  const present = new Set(heading.columns.map(({ target }) => target.field.name));
  return fieldsOf(kind)
    .filter(({ name, required, orElse }) => required && !present.has(name) && !present.has(orElse ?? name))
    .filter(({ name }) => !(yearGiven && name === yearField[kind]) && !given.includes(name))
    .map(({ name, label }) => `${label.zh} ${name}`);
}

/** Cells merged with the row above: only parts of one heading are. */
const hangsOn = (row: SourceRow) => (row.filled ?? []).some((index) => !row.across?.includes(index));

const distinctTexts = ({ cells }: SourceRow) => new Set(cells.filter((cell) => !isBlank(cell))).size;

/** The heading that begins with the first of the rows. */
function headingAt(rows: readonly SourceRow[], options: HeadingOptions): FoundHeading | undefined {
  const [first] = rows;
  // A title, however wide it was merged.
  if (!first || distinctTexts(first) < 2) return undefined;
  let best: FoundHeading | undefined;
  for (let depth = 1; depth <= Math.min(mostRows, rows.length); depth++) {
    const taken = rows.slice(0, depth);
    const { cells, byPart, overData } = compose(taken, options);
    if (overData) break;
    const heading = matchHeading(cells, options.match);
    const gain = heading.columns.length - (best?.heading.columns.length ?? 0);
    const belongs = depth > 1 && hangsOn(rows[depth - 1] ?? first);
    if (best && gain < (belongs ? 0 : 1)) continue;
    best = { heading, rows: taken, byPart, missing: missingColumns(heading, options) };
  }
  return best && best.heading.columns.length >= fewestHeadings ? best : undefined;
}

/**
 * The heading among the first rows of a sheet: the one that names the most columns, of those that lack none of the required if
 * there are such. Undefined when no row names three columns.
 */
export function findHeading(rows: readonly SourceRow[], options: HeadingOptions): FoundHeading | undefined {
  let best: FoundHeading | undefined;
  const better = (a: FoundHeading, b: FoundHeading) =>
    Number(b.missing.length > 0) - Number(a.missing.length > 0) ||
    a.heading.columns.length - b.heading.columns.length ||
    b.byPart.length - a.byPart.length ||
    b.rows.length - a.rows.length;
  rows.forEach((_, index) => {
    const found = headingAt(rows.slice(index, index + mostRows), options);
    if (found && (!best || better(found, best) > 0)) best = found;
  });
  return best;
}

/** What may be said of a whole file instead of in a column. */
const givable = [
  { column: /Year$/, zh: "年度", en: "year" },
  { column: / district$/, zh: "地区", en: "district" },
  { column: / unit$/, zh: "单位", en: "unit" },
] as const;

/** "第 4 行的表头缺少必需的列：…" */
export function missingText({ missing, rows }: FoundHeading, sheet: string | null): Message {
  const row = rows.at(-1)?.row ?? 1;
  const place: Message = {
    zh: sheet === null ? `第 ${row} 行的表头` : `工作表“${sheet}”第 ${row} 行的表头`,
    en: sheet === null ? `the heading in row ${row}` : `the heading in row ${row} of sheet "${sheet}"`,
  };
  const given = givable.filter(({ column }) => missing.some((name) => column.test(name)));
  const zh = given.map((one) => one.zh).join("、");
  const en = given.map((one) => one.en).join(", ");
  return {
    zh: `${place.zh}缺少必需的列：${missing.join("、")}${zh === "" ? "" : `（${zh}也可以在导入时指定）`}`,
    en: `${place.en} lacks required columns: ${missing.join(", ")}${en === "" ? "" : ` (the ${en} may also be given with the import)`}`,
  };
}
