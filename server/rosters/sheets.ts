/** Rows of text → rows of data: finds the heading of each sheet below its title rows, leaves out what is no data. */
import { type AppError, badInput, type Message } from "../errors.ts";
import { fieldsOf, yearField } from "./fields.ts";
import { headingsIn, type MatchedHeading, type Matcher, matchHeading } from "./match.ts";
import type { SourceRow } from "./read.ts";
import type { RosterKind } from "./report.ts";

/** How far down a heading is looked for, and how many known columns make one. */
const searchedRows = 20;
const fewestHeadings = 3;

export type Piece =
  | { readonly kind: "heading"; readonly sheet: string | null; readonly row: number; readonly heading: MatchedHeading }
  | { readonly kind: "row"; readonly source: SourceRow }
  /** Left out, and the report says so: a total or signature row, a sheet without a heading. */
  | { readonly kind: "ignored"; readonly sheet: string | null; readonly row: number | null; readonly text: string };

export interface SheetOptions {
  readonly kind: RosterKind;
  readonly match: Matcher;
  /** The import names the year, so the column may be absent. */
  readonly yearGiven: boolean;
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell === undefined || cell.trim() === "");
const firstText = (cells: readonly string[]) => cells.find((cell) => cell?.trim())?.trim() ?? "";

/** Sheets that explain a template. */
const notesSheet = /说明|示例|字典|代码|notes|readme/i;
const footRow =
  /^(合\s*计|总\s*计|小\s*计|共\s*计|填[表报](说明|人|单位)|审核|制表|复核人|单位负责人|(备注|说明|注)\s*[:：])/;

function missingColumns(heading: MatchedHeading, { kind, yearGiven }: SheetOptions): string[] {
  const present = new Set(heading.columns.map(({ target }) => target.field.name));
  return fieldsOf(kind)
    .filter(({ name, required }) => required && !present.has(name) && !(yearGiven && name === yearField[kind]))
    .map(({ name, label }) => `${label.zh} ${name}`);
}

function missingError(missing: readonly string[], row: number, sheet: string | null): AppError {
  const place: Message = {
    zh: sheet === null ? `第 ${row} 行的表头` : `工作表“${sheet}”第 ${row} 行的表头`,
    en: sheet === null ? `the heading in row ${row}` : `the heading in row ${row} of sheet "${sheet}"`,
  };
  const year = missing.some((name) => name.endsWith("Year"));
  return badInput(
    `${place.zh}缺少必需的列：${missing.join("、")}${year ? "（年度也可以在导入时指定）" : ""}`,
    `${place.en} lacks required columns: ${missing.join(", ")}${year ? " (the year may also be given with the import)" : ""}`,
    { reason: "columns-missing", row, sheet, columns: missing },
  );
}

function noHeading(kind: RosterKind, seen: SourceRow | undefined): AppError {
  if (!seen) return badInput("文件里没有数据", "the file holds no data", { reason: "empty-file" });
  const examples = fieldsOf(kind)
    .filter(({ required }) => required)
    .map(({ label }) => label.zh)
    .join("、");
  const found = seen.cells.filter((cell) => cell?.trim()).slice(0, 5);
  return badInput(
    `前 ${searchedRows} 行中没有找到表头（应有${examples}等列）；第 ${seen.row} 行是：${found.join("、").slice(0, 120)}`,
    `no heading among the first ${searchedRows} rows (expected columns such as ${examples}); row ${seen.row} holds: ${found.join(", ").slice(0, 120)}`,
    { reason: "no-heading", row: seen.row },
  );
}

/** State of the sheet being read. */
interface Position {
  sheet: string | null;
  heading: MatchedHeading | undefined;
  /** Column of the worker number. */
  key: number;
  searched: number;
  skipped: boolean;
}

/**
 * Throws AppError bad-input naming the place when the file is empty, no sheet has a heading, or the heading lacks a required column.
 * Rows that repeat the heading, empty rows and example rows (worker number 示例…) are left out silently.
 */
export async function* dataRows(rows: AsyncIterable<SourceRow>, options: SheetOptions): AsyncGenerator<Piece> {
  let at: Position | undefined;
  let first: SourceRow | undefined;
  let headings = 0;
  let data = 0;
  for await (const source of rows) {
    const { sheet, row, cells } = source;
    if (isBlank(cells)) continue;
    first ??= source;
    if (!at || at.sheet !== sheet) at = { sheet, heading: undefined, key: -1, searched: 0, skipped: false };
    if (at.skipped) continue;
    if (!at.heading) {
      at.searched++;
      if (headingsIn(cells, options.match) >= fewestHeadings) {
        const heading = matchHeading(cells, options.match);
        const missing = missingColumns(heading, options);
        if (missing.length > 0 && headings === 0) throw missingError(missing, row, sheet);
        if (missing.length === 0) {
          at.heading = heading;
          at.key = heading.columns.find(({ target }) => target.field.name === "workerId")?.index ?? -1;
          headings++;
          yield { kind: "heading", sheet, row, heading };
          continue;
        }
      }
      if (at.searched >= searchedRows || row > 200) {
        at.skipped = true;
        if (sheet !== null && !notesSheet.test(sheet)) yield { kind: "ignored", sheet, row: null, text: sheet };
      }
      continue;
    }
    const key = cells[at.key]?.trim() ?? "";
    if (key.startsWith("示例") || options.match(key)?.field.name === "workerId") continue;
    if (key === "" && footRow.test(firstText(cells))) {
      yield { kind: "ignored", sheet, row, text: firstText(cells) };
      continue;
    }
    data++;
    yield { kind: "row", source };
  }
  if (headings === 0) throw noHeading(options.kind, first);
  if (data === 0)
    throw badInput("表头下面没有数据行", "there is no row of data below the heading", { reason: "no-rows" });
}
