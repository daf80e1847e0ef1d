/** The rows of an .xlsx workbook, streamed. Every cell comes as text: dates as YYYY-MM-DD, booleans as true/false. */
import { posix } from "node:path";
import { SaxesParser } from "saxes";
import { AppError } from "../errors.ts";
import type { SourceRow } from "./read.ts";
import { serialDate } from "./values.ts";
import { entryBytes, readDirectory, type ZipEntry } from "./zip.ts";

const broken = (part: string, cause?: unknown) =>
  new AppError(
    "bad-input",
    {
      zh: `Excel 文件内容有误（${part}），请用 Excel 或 WPS 重新保存后再导入`,
      en: `the Excel file is malformed (${part})`,
    },
    { reason: "xlsx-malformed" },
    { cause },
  );

/** Names may carry a namespace prefix: `x:row` is `row`. */
const local = (name: string) => name.slice(name.indexOf(":") + 1);
type Attributes = Readonly<Record<string, string>>;
const attribute = (attributes: Attributes, name: string) => attributes[name];

interface Handler {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Feeds an XML part to the handler; after each piece of input the generator gives the caller a turn. */
async function* parsePart(file: Buffer, entry: ZipEntry, handler: Handler): AsyncGenerator<void> {
  const parser = new SaxesParser({ fileName: entry.name, xmlns: false });
  parser.on("opentag", (tag) => handler.open?.(local(tag.name), tag.attributes));
  parser.on("closetag", (tag) => handler.close?.(local(tag.name)));
  parser.on("text", (text) => handler.text?.(text));
  parser.on("cdata", (text) => handler.text?.(text));
  parser.on("doctype", () => {
    throw broken(`${entry.name}: DOCTYPE`);
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of entryBytes(file, entry)) {
      parser.write(decoder.decode(bytes, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw error instanceof AppError ? error : broken(entry.name, error);
  }
  yield;
}

async function parseWhole(file: Buffer, entry: ZipEntry | undefined, handler: Handler): Promise<void> {
  if (!entry) return;
  for await (const _ of parsePart(file, entry, handler));
}

interface Sheet {
  readonly name: string;
  readonly entry: ZipEntry;
}

/** Visible worksheets in the order of the tabs. */
async function readWorkbook(file: Buffer, entries: ReadonlyMap<string, ZipEntry>) {
  const workbook = entries.get("xl/workbook.xml");
  if (!workbook) {
    throw new AppError(
      "bad-input",
      { zh: "这是压缩文件，但不是 Excel 工作簿（.xlsx）", en: "a zip file, but not an Excel workbook (.xlsx)" },
      { reason: "not-a-workbook" },
    );
  }
  const targets = new Map<string, string>();
  await parseWhole(file, entries.get("xl/_rels/workbook.xml.rels"), {
    open(name, attributes) {
      const id = attribute(attributes, "Id");
      const target = attribute(attributes, "Target");
      if (name === "Relationship" && id && target) targets.set(id, posix.join("/xl", target.replace(/^\/xl\//, "")));
    },
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  await parseWhole(file, workbook, {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(attribute(attributes, "date1904") ?? "");
      if (name !== "sheet" || (attribute(attributes, "state") ?? "visible") !== "visible") return;
      const relation = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
      const entry = entries.get((targets.get(relation ?? "") ?? "").slice(1));
      if (!entry) throw broken(`worksheet ${attribute(attributes, "name") ?? ""}`);
      sheets.push({ name: attribute(attributes, "name") ?? "", entry });
    },
  });
  return { sheets, from1904 };
}

/** Bytes; they are held in memory, unlike the rows. */
const sharedStringsLimit = 300_000_000;

/** Texts shared by the cells; phonetic hints (rPh) are left out. */
async function readSharedStrings(file: Buffer, entry: ZipEntry | undefined): Promise<string[]> {
  if (entry && entry.size > sharedStringsLimit) {
    throw new AppError("too-large", { zh: "Excel 文件中的文字过多", en: "the Excel file holds too much text" });
  }
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let phonetic = 0;
  await parseWhole(file, entry, {
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
  return strings;
}

/** Excel writes control characters as _x000D_. */
const plainText = (text: string) =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

type NumberStyle = "date" | "twoDecimals" | "plain";

function styleOf(id: number, code: string | undefined): NumberStyle {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
  if (id === 2 || code === "0.00" || code === "0.00_ " || code === "0.00_);[Red]\\(0.00\\)") return "twoDecimals";
  // Letters inside quotes, brackets and after a backslash are literal.
  const letters = (code ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
  return /[yd]/i.test(letters) || /年|月.*日/.test(code ?? "") ? "date" : "plain";
}

async function readStyles(file: Buffer, entry: ZipEntry | undefined): Promise<NumberStyle[]> {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let inCells = false;
  await parseWhole(file, entry, {
    open(name, attributes) {
      const id = Number(attribute(attributes, "numFmtId") ?? 0);
      if (name === "numFmt") codes.set(id, attribute(attributes, "formatCode") ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(styleOf(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** "BC12" → 54, counted from 0; undefined when the cell has no reference (legal: it then follows the cell before). */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Beyond it there is nothing a roster could mean; keeps one stray cell in column XFD from making long rows. */
const lastColumn = 1_000;

function numberText(raw: string, style: NumberStyle, from1904: boolean): string {
  const number = Number(raw);
  if (raw === "" || !Number.isFinite(number)) return raw;
  if (style === "date") return serialDate(number, from1904) ?? String(number);
  // 1985.10 typed as a number is stored as 1985.1; its format tells what the typist saw.
  if (style === "twoDecimals" && !Number.isInteger(number)) return number.toFixed(2);
  if (Number.isInteger(number) && Math.abs(number) >= 1e15) return BigInt(number).toString();
  return String(number);
}

async function* sheetRows(
  file: Buffer,
  sheet: Sheet,
  strings: readonly string[],
  styles: readonly NumberStyle[],
  from1904: boolean,
): AsyncGenerator<SourceRow> {
  let ready: SourceRow[] = [];
  let row = 0;
  let column = -1;
  let cells: string[] = [];
  let imprecise: number[] = [];
  const epoch = from1904 ? { from1904 } : {};
  let type = "n";
  let style: NumberStyle = "plain";
  let content = "";
  let reading = false;
  const put = () => {
    if (content === "" || column > lastColumn) return;
    const text =
      type === "s"
        ? strings[Number(content)]
        : type === "b"
          ? content === "1"
            ? "true"
            : "false"
          : type === "n"
            ? numberText(content, style, from1904)
            : plainText(content);
    if (text === undefined) throw broken(`${sheet.name}: row ${row}: shared string ${content}`);
    while (cells.length < column) cells.push("");
    cells[column] = text;
    if (type === "n" && text.length > 15 && Math.abs(Number(content)) >= 1e15) imprecise.push(column);
  };
  const pieces = parsePart(file, sheet.entry, {
    open(name, attributes) {
      if (name === "row") {
        row = Number(attribute(attributes, "r") ?? row + 1);
        if (!Number.isInteger(row) || row < 1) throw broken(`${sheet.name}: row number`);
        column = -1;
        cells = [];
        imprecise = [];
      } else if (name === "c") {
        column = columnOf(attribute(attributes, "r")) ?? column + 1;
        type = attribute(attributes, "t") ?? "n";
        style = styles[Number(attribute(attributes, "s") ?? 0)] ?? "plain";
        content = "";
      } else if (name === "v" || name === "t") reading = true;
      else if (name === "rPh") type = "phonetic";
    },
    close(name) {
      if (name === "v" || name === "t") reading = false;
      else if (name === "rPh") type = "inlineStr";
      else if (name === "c") put();
      else if (name === "row") {
        ready.push({ sheet: sheet.name, row, cells, ...epoch, ...(imprecise.length > 0 ? { imprecise } : {}) });
      }
    },
    text(text) {
      if (reading && type !== "phonetic") content += text;
    },
  });
  for await (const _ of pieces) {
    if (ready.length === 0) continue;
    const batch = ready;
    ready = [];
    yield* batch;
  }
}

/** The rows of every visible worksheet, sheet after sheet. Throws AppError (bad-input, too-large) naming the part at fault. */
export async function* xlsxRows(file: Buffer): AsyncGenerator<SourceRow> {
  const entries = readDirectory(file);
  const { sheets, from1904 } = await readWorkbook(file, entries);
  const strings = await readSharedStrings(file, entries.get("xl/sharedStrings.xml"));
  const styles = await readStyles(file, entries.get("xl/styles.xml"));
  for (const sheet of sheets) yield* sheetRows(file, sheet, strings, styles, from1904);
}
