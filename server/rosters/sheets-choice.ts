/** Which worksheets of a file hold the roster, and where their headings are. */
import { type AppError, badInput, type Message } from "../errors.ts";
import { fieldsOf } from "./fields.ts";
import { maskIdentities } from "./identity.ts";
import { matcher } from "./match.ts";
import type { Source, SourceRow, SourceSheet } from "./read.ts";
import type { Problem, RosterKind } from "./report.ts";
import { type FoundHeading, findHeading, type HeadingOptions, isBlank, missingText } from "./sheets-heading.ts";

/** How far down a heading is looked for: rows that hold anything, and rows at all. */
const searchedRows = 20;
const lastSearched = 200;

export interface PeekedSheet {
  readonly sheet: SourceSheet;
  /** The first rows that hold anything. */
  readonly first: readonly SourceRow[];
  /** The best heading, complete or not. */
  readonly found: FoundHeading | undefined;
  /** The columns name the other kind of roster better. */
  readonly otherKind: boolean;
}

export interface SheetChoice {
  /** To be read, each with a complete heading. */
  readonly chosen: readonly (PeekedSheet & { readonly found: FoundHeading })[];
  /** Why the others are not. */
  readonly problems: readonly Problem[];
}

/** Sheets that explain a template, and those in front of a marked workbook. */
const notesSheet = /说明|示例|字典|代码|问题清单|问题汇总|notes|readme/i;
const otherKinds: Readonly<Record<RosterKind, RosterKind>> = { workers: "applications", applications: "workers" };
const kindNames: Readonly<Record<RosterKind, Message>> = {
  workers: { zh: "人员名册", en: "a roster of workers" },
  applications: { zh: "申报与考评名册", en: "a roster of applications" },
};

/** Reads the beginning of a sheet and looks for the heading there. */
export async function peekSheet(sheet: SourceSheet, options: HeadingOptions): Promise<PeekedSheet> {
  const first: SourceRow[] = [];
  for await (const rows of sheet.rows()) {
    first.push(...rows.filter(({ row, cells }) => row <= lastSearched && !cells.every(isBlank)));
    if (first.length >= searchedRows + 2 || (rows.at(-1)?.row ?? 0) > lastSearched) break;
  }
  first.length = Math.min(first.length, searchedRows + 2);
  const found = findHeading(first, options);
  const other = otherKinds[options.kind];
  const elsewhere = findHeading(first, { ...options, kind: other, match: matcher(other) });
  const otherKind = (elsewhere?.heading.columns.length ?? 0) > (found?.heading.columns.length ?? 0);
  return { sheet, first, found, otherKind };
}

const warning = (
  sheet: string | null,
  code: string,
  message: Message,
  severity: Problem["severity"] = "warning",
): Problem => ({
  row: null,
  column: null,
  value: sheet,
  code,
  message,
  severity,
  ...(sheet === null ? {} : { sheet }),
});

const hiddenSheet = (name: string | null) =>
  warning(name, "sheet-hidden", {
    zh: `工作表“${name}”是隐藏的，未读取（需要时请取消隐藏，或指定读取该工作表）`,
    en: `sheet "${name}" is hidden and was not read (unhide it, or choose it)`,
  });

const otherSheet = (name: string | null, kind: RosterKind) => {
  const other = kindNames[otherKinds[kind]];
  return warning(name, "sheet-other-kind", {
    zh: `工作表“${name}”像是${other.zh}，未读取`,
    en: `sheet "${name}" looks like ${other.en} and was not read`,
  });
};

function unreadSheet({ sheet: { name }, found }: PeekedSheet): Problem {
  if (!found) {
    return warning(name, "sheet-ignored", {
      zh: `工作表“${name}”没有可识别的表头，未读取`,
      en: `sheet "${name}" has no heading and was not read`,
    });
  }
  const text = missingText(found, name);
  const message = { zh: `${text.zh}，该工作表未读取`, en: `${text.en}; the sheet was not read` };
  // People are listed there: leaving them out is no small matter.
  const people = found.heading.columns.some(({ target }) => target.field.name === "workerId");
  return warning(name, people ? "sheet-columns-missing" : "sheet-ignored", message, people ? "error" : "warning");
}

function noHeading(kind: RosterKind, seen: SourceRow | undefined): AppError {
  if (!seen) return badInput("文件里没有数据", "the file holds no data", { reason: "empty-file" });
  const examples = fieldsOf(kind)
    .filter(({ required }) => required)
    .map(({ label }) => label.zh)
    .join("、");
  const found = seen.cells.filter((cell) => cell?.trim()).slice(0, 5);
  return badInput(
    `前 ${searchedRows} 行中没有找到表头（应有${examples}等列）；第 ${seen.row} 行是：${maskIdentities(found.join("、")).slice(0, 120)}`,
    `no heading among the first ${searchedRows} rows (expected columns such as ${examples}); row ${seen.row} holds: ${maskIdentities(found.join(", ")).slice(0, 120)}`,
    { reason: "no-heading", row: seen.row },
  );
}

function nothingToRead(kind: RosterKind, peeked: readonly PeekedSheet[]): AppError {
  const [best] = peeked
    .filter(({ found }) => found !== undefined)
    .sort((a, b) => (b.found?.heading.columns.length ?? 0) - (a.found?.heading.columns.length ?? 0));
  if (!best?.found) return noHeading(kind, peeked.find(({ first }) => first.length > 0)?.first[0]);
  const { found, sheet } = best;
  const { zh, en } = missingText(found, sheet.name);
  const row = found.rows.at(-1)?.row ?? 1;
  return badInput(zh, en, { reason: "columns-missing", row, sheet: sheet.name, columns: found.missing });
}

/** The worksheet of that name. Throws AppError bad-input that lists the worksheets. */
export function namedSheet(source: Source, given: string): SourceSheet {
  const name = maskIdentities(given);
  const found =
    source.sheets.find((sheet) => sheet.name === name) ??
    source.sheets.find((sheet) => sheet.name?.trim() === name.trim());
  if (found) return found;
  const sheets = source.sheets.flatMap((sheet) => (sheet.name === null ? [] : [sheet.name]));
  if (sheets.length === 0) {
    throw badInput("这个文件没有工作表，不能指定工作表", "the file has no worksheets to choose from", {
      reason: "sheet-unknown",
      sheet: name,
      sheets,
    });
  }
  throw badInput(
    `没有工作表“${name}”；文件中有：${sheets.join("、")}`,
    `no sheet "${name}"; the file has: ${sheets.join(", ")}`,
    { reason: "sheet-unknown", sheet: name, sheets },
  );
}

/**
 * The sheets that hold rows of the kind: all visible ones with a complete heading, without those that are rather of the other
 * kind as long as any is left; or the one named, hidden or not. Throws AppError bad-input when there is none.
 */
export async function chooseSheets(source: Source, options: HeadingOptions, name?: string): Promise<SheetChoice> {
  const candidates = name === undefined ? source.sheets.filter(({ hidden }) => !hidden) : [namedSheet(source, name)];
  const peeked: PeekedSheet[] = [];
  for (const sheet of candidates) peeked.push(await peekSheet(sheet, options));
  const complete = peeked.flatMap((one) => (one.found?.missing.length === 0 ? [{ ...one, found: one.found }] : []));
  if (complete.length === 0) throw nothingToRead(options.kind, peeked);
  const own = complete.filter(({ otherKind }) => !otherKind);
  const chosen = own.length > 0 ? own : complete;
  const problems: Problem[] = [];
  if (name === undefined) {
    for (const sheet of source.sheets) if (sheet.hidden) problems.push(hiddenSheet(sheet.name));
  }
  for (const one of peeked) {
    if (chosen.some(({ sheet }) => sheet === one.sheet) || one.first.length === 0) continue;
    const sheet = one.sheet.name;
    if (one.found?.missing.length === 0) problems.push(otherSheet(sheet, options.kind));
    else if (!notesSheet.test(sheet ?? "")) problems.push(unreadSheet(one));
  }
  return { chosen, problems };
}
