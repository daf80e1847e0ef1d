/** The same roster in other spellings: order of columns and rows, words of the headings, styles of dates, widths of digits, kinds of files. */
import ExcelJS from "exceljs";
import fc from "fast-check";
import { matcher } from "../../server/rosters/match.ts";
import type { RosterKind } from "../../server/rosters/report.ts";
import { exampleTables } from "../fixtures/make-rosters.ts";
import { toGbk } from "./ground.ts";

type Cell = string | number | boolean | null;
/** What a cell of a spreadsheet holds; CSV has texts only. */
type Written = string | number | boolean | Date | null;

export const files = ["xlsx", "utf8", "bom", "gb18030"] as const;

/** How a table is spelt; numbers are taken modulo what there is to choose from. */
export interface Spelling {
  readonly file: (typeof files)[number];
  readonly delimiter: "," | "\t" | ";";
  readonly titles: number;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly headings: readonly number[];
  readonly cells: readonly number[];
}

const tables = exampleTables();

/** A spelling of one of the example rosters. */
export function spellings(kind: RosterKind): fc.Arbitrary<Spelling> {
  const [heading = [], ...rows] = tables[kind];
  const permutation = (length: number) => fc.shuffledSubarray([...Array(length).keys()], { minLength: length });
  return fc.record({
    file: fc.constantFrom(...files),
    delimiter: fc.constantFrom(",", "\t", ";"),
    titles: fc.nat(3),
    columns: permutation(heading.length),
    rows: permutation(rows.length),
    headings: fc.array(fc.nat(1_000), { minLength: heading.length, maxLength: heading.length }),
    cells: fc.array(fc.nat(10_000), { minLength: 61, maxLength: 61 }),
  });
}

const yearlyHeadings: Readonly<Record<string, (year: number) => readonly string[]>> = {
  appraisals: (year) => [
    `appraisal${year}`,
    `${year}年度考核`,
    `${year}年考核结果`,
    `考核等次（${year}年）`,
    `年度考核${year}`,
  ],
  continuingEducation: (year) => [`training${year}`, `${year}年继续教育`, `继续教育${year}`, `${year}年度继续教育情况`],
};

/** Every heading that means the same column. */
export function synonyms(kind: RosterKind, heading: string): readonly string[] {
  const target = matcher(kind)(heading);
  if (!target) throw new Error(`no column ${heading}`);
  const { field, year } = target;
  if (year !== undefined) return yearlyHeadings[field.name]?.(year) ?? [heading];
  // Another column may have taken one of the words.
  return [field.name, ...field.headings].filter((name) => matcher(kind)(name)?.field.name === field.name);
}

const choose = <T>(list: readonly T[], pick: number): T => {
  const found = list[pick % list.length];
  if (found === undefined) throw new Error("an empty list");
  return found;
};

const dateText = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const excelEpoch = Date.UTC(1899, 11, 30);
const msPerDay = 86_400_000;

/** A date of as many parts; `inSheet`: date cells and bare serial numbers as well. */
export function writtenDate(iso: string, pick: number, inSheet: boolean): Written {
  const [, year = "", month, day] = dateText.exec(iso) ?? [];
  if (month === undefined) return choose([iso, `${year}年`, `${year}-00-00`], pick);
  const m = String(Number(month));
  if (day === undefined)
    return choose([iso, `${year}.${month}`, `${year}${month}`, `${year}年${m}月`, `${year}/${m}`], pick);
  const d = String(Number(day));
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return choose<Written>(
    [
      iso,
      `${year}.${month}.${day}`,
      `${year}年${m}月${d}日`,
      `${year}${month}${day}`,
      `${year}/${m}/${d}`,
      ...(inSheet ? [new Date(at), (at - excelEpoch) / msPerDay] : []),
    ],
    pick,
  );
}

const wide = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** `dated`: texts like 2015-07 are dates there. */
function written(cell: Cell, pick: number, dated: boolean, inSheet: boolean): Written {
  if (cell === null) return null;
  if (typeof cell === "boolean")
    return inSheet && pick % 3 === 0 ? cell : choose(cell ? ["是", "true"] : ["否", "false"], pick);
  if (typeof cell === "number" && inSheet && pick % 2 === 0) return cell;
  const text = String(cell);
  // JSON is a language of its own
  if (text.startsWith("[")) return text;
  const style = dated && dateText.test(text) ? writtenDate(text, Math.floor(pick / 5), inSheet) : text;
  return typeof style === "string" && pick % 5 === 0 ? wide(style) : style;
}

const textOf = (cell: Written): string =>
  cell === null ? "" : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);

const titles = ["2022年度工勤人员名册", "填报单位（盖章）：示例人社局", "填报日期：2023年1月5日"];

function isDated(kind: RosterKind, heading: string): boolean {
  const cell = matcher(kind)(heading)?.field.cell;
  return cell?.kind === "day" || (cell?.kind === "fact" && cell.type.kind === "date");
}

async function workbookOf(lines: readonly (readonly Written[])[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("名册");
  for (const line of lines) sheet.addRow([...line]);
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = "yyyy/m/d";
    });
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The example roster in this spelling, as the bytes of a file. */
export async function spell(kind: RosterKind, spelling: Spelling): Promise<{ fileName: string; content: Uint8Array }> {
  const { file, delimiter, columns, headings, cells } = spelling;
  const inSheet = file === "xlsx";
  const [heading = [], ...rows] = tables[kind];
  const names = columns.map((at) => choose(synonyms(kind, String(heading[at])), headings[at] ?? 0));
  const body = spelling.rows.map((row) =>
    columns.map((at) =>
      written(
        rows[row]?.[at] ?? null,
        cells[(row * 7 + at) % cells.length] ?? 0,
        isDated(kind, String(heading[at])),
        inSheet,
      ),
    ),
  );
  const lines: (readonly Written[])[] = [...titles.slice(0, spelling.titles).map((title) => [title]), names, ...body];
  if (inSheet) return { fileName: `${kind}.xlsx`, content: await workbookOf(lines) };
  const quoted = (text: string) =>
    /["\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const text = lines.map((line) => `${line.map((cell) => quoted(textOf(cell))).join(delimiter)}\r\n`).join("");
  const content = file === "gb18030" ? toGbk(text) : Buffer.from(file === "bom" ? `\ufeff${text}` : text);
  return { fileName: `${kind}.csv`, content };
}
