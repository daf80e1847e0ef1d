/** What a workbook says of itself: its worksheets, the texts its cells share, and how numbers are shown. */
import { posix } from "node:path";
import { AppError, badInput } from "../errors.ts";
import type { RosterFile } from "./read-file.ts";
import { broken, parsePart, parseWhole } from "./xlsx-part.ts";
import type { ZipEntry } from "./zip.ts";

export interface WorkbookSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

export interface WorkbookIndex {
  /** Worksheets in the order of the tabs; chart sheets are left out. */
  readonly sheets: readonly WorkbookSheet[];
  /** Dates count from 1904, as in workbooks of old Macintosh Excel. */
  readonly from1904: boolean;
  readonly strings: ZipEntry | undefined;
  readonly styles: ZipEntry | undefined;
}

type Entries = ReadonlyMap<string, ZipEntry>;

const has = (entries: Entries, pattern: RegExp) => [...entries.keys()].some((name) => pattern.test(name));

const zipped = (zh: string, en: string, reason: string) => badInput(zh, en, { reason });

/** Zip files that are no .xlsx: other programs' documents, or the roster packed once more. */
function refuse(entries: Entries): never {
  if (entries.has("xl/workbook.bin")) {
    throw zipped(
      "这是二进制 Excel 工作簿（.xlsb）：请另存为“Excel 工作簿（*.xlsx）”后再导入",
      "a binary Excel workbook (.xlsb): save it as an Excel workbook (*.xlsx)",
      "xlsb",
    );
  }
  if (entries.has("content.xml") && entries.has("mimetype")) {
    throw zipped(
      "这是 OpenDocument 表格（.ods）：请在 Excel、WPS 或 LibreOffice 中打开，另存为“Excel 工作簿（*.xlsx）”后再导入",
      "an OpenDocument file (.ods): open it in Excel, WPS or LibreOffice and save it as an Excel workbook (*.xlsx)",
      "opendocument",
    );
  }
  if (has(entries, /^Index\/.*\.iwa$/) || entries.has("Index.zip")) {
    throw zipped(
      "这是 Numbers 表格：请导出为 Excel（*.xlsx）后再导入",
      "a Numbers file: export it to Excel (*.xlsx)",
      "numbers",
    );
  }
  if (has(entries, /^(word|ppt)\//)) {
    throw zipped(
      "这是 Word 或 PowerPoint 文件，不是名册：请使用 .xlsx 或 .csv",
      "a Word or PowerPoint file, not a roster: use .xlsx or .csv",
      "not-a-workbook",
    );
  }
  const packed = [...entries.keys()].find((name) => /\.(xlsx?|xlsm|csv|txt|parquet|et)$/i.test(name));
  if (packed !== undefined) {
    throw zipped(
      `这是压缩包：请解压后导入其中的“${posix.basename(packed)}”`,
      `a zip file: unpack it and import "${posix.basename(packed)}" from it`,
      "packed",
    );
  }
  throw zipped(
    "这是压缩文件，但不是 Excel 工作簿（.xlsx）",
    "a zip file, but not an Excel workbook (.xlsx)",
    "not-a-workbook",
  );
}

/** Whether the workbook carries macros; they are never run. */
export const hasMacros = (entries: Entries): boolean => has(entries, /(^|\/)vbaProject\.bin$/i);

/** Whether the workbook names other workbooks; they are never opened. */
export const hasExternalLinks = (entries: Entries): boolean => has(entries, /(^|\/)externalLinks\/[^/]+\.xml$/i);

/** Where the main part is: in nearly every file xl/workbook.xml, but the package may say otherwise. */
export async function mainPart(file: RosterFile, entries: Entries): Promise<ZipEntry> {
  let target: string | undefined;
  await parseWhole(file, entries.get("_rels/.rels"), {
    open(name, { Type, Target }) {
      if (name === "Relationship" && Type?.endsWith("/officeDocument")) target = Target?.replace(/^\//, "");
    },
  });
  const found = entries.get(target ?? "") ?? entries.get("xl/workbook.xml");
  return found?.name.endsWith(".xml") && !/^(word|ppt)\//.test(found.name) ? found : refuse(entries);
}

export async function readWorkbook(file: RosterFile, entries: Entries): Promise<WorkbookIndex> {
  const main = await mainPart(file, entries);
  const folder = posix.dirname(`/${main.name}`);
  const targets = new Map<string, { readonly part: string; readonly type: string }>();
  await parseWhole(file, entries.get(`${folder}/_rels/${posix.basename(main.name)}.rels`.slice(1)), {
    open(name, { Id, Target, Type }) {
      if (name !== "Relationship" || !Id || !Target) return;
      const part = posix.resolve(folder, Target).slice(1);
      targets.set(Id, { part, type: posix.basename(Type ?? "worksheet") });
    },
  });
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await parseWhole(file, main, {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const relation = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
      const target = targets.get(relation ?? "");
      if (target && target.type !== "worksheet") return;
      const entry = entries.get(target?.part ?? "");
      if (!entry) throw broken(`worksheet ${attributes.name ?? ""}`);
      sheets.push({ name: attributes.name ?? "", hidden: (attributes.state ?? "visible") !== "visible", entry });
    },
  });
  const partOf = (type: string) => {
    const target = [...targets.values()].find((one) => one.type === type);
    return entries.get(target?.part ?? `${folder}/${type}.xml`.slice(1));
  };
  return { sheets, from1904, strings: partOf("sharedStrings"), styles: partOf("styles") };
}

/** Bytes; they are held in memory, unlike the rows. */
const sharedStringsLimit = 300_000_000;

/** Excel writes control characters as _x000D_. */
export const plainText = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** Texts shared by the cells; phonetic hints (rPh) are left out. */
export async function readSharedStrings(file: RosterFile, entry: ZipEntry | undefined): Promise<string[]> {
  if (entry && entry.size > sharedStringsLimit) {
    throw new AppError(
      "too-large",
      { zh: "Excel 文件中的文字过多", en: "the Excel file holds too much text" },
      { reason: "too-much-text" },
    );
  }
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = 0;
  if (!entry) return strings;
  const pieces = parsePart(file, entry, {
    open(name) {
      if (name === "si") current = "";
      else if (name === "rPh") phonetic++;
      else if (name === "t") inText = phonetic === 0;
    },
    close(name) {
      if (name === "si") strings.push(plainText(current));
      else if (name === "rPh") phonetic--;
      else if (name === "t") inText = false;
    },
    text(text) {
      if (inText) current += text;
    },
  });
  for await (const _ of pieces);
  return strings;
}

/** How a number is shown: what it means depends on it. */
export type NumberStyle = "day" | "month" | "year" | "twoDecimals" | "plain";

function styleOf(id: number, code: string | undefined): NumberStyle {
  if ((id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "day";
  if (id === 17) return "month";
  if (id === 2 || code === "0.00" || code === "0.00_ " || code === "0.00_);[Red]\\(0.00\\)") return "twoDecimals";
  // Letters inside quotes, brackets and after a backslash are literal; e is the year of Chinese and Japanese formats.
  const letters = (code ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "").replace(/general/gi, "");
  if (/d/i.test(letters) || /月.*日/.test(code ?? "")) return "day";
  if (/y.*m|e[^0-9+-]*m/i.test(letters) || /年.*月/.test(code ?? "")) return "month";
  return /y/i.test(letters) ? "year" : "plain";
}

/** Styles of numbers by the number that cells give (attribute s). */
export async function readStyles(file: RosterFile, entry: ZipEntry | undefined): Promise<NumberStyle[]> {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  await parseWhole(file, entry, {
    open(name, { numFmtId, formatCode }) {
      const id = Number(numFmtId ?? 0);
      if (name === "numFmt") codes.set(id, formatCode ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(styleOf(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}
