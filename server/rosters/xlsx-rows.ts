/** The rows of a worksheet, streamed. Every cell comes as text: dates as YYYY-MM-DD, booleans as true/false. */
import { serialDate } from "./date-text.ts";
import type { CellNote, SourceRow } from "./read.ts";
import { columnOf } from "./read-address.ts";
import type { RosterFile } from "./read-file.ts";
import { type Attributes, broken, type PartHandler, parsePart } from "./xlsx-part.ts";
import { type NumberStyle, plainText, type WorkbookSheet } from "./xlsx-workbook.ts";

/** What the cells of all worksheets share. */
export interface SharedParts {
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly from1904: boolean;
}

/** Beyond it there is nothing a roster could mean; keeps one stray cell in column XFD from making long rows. */
const lastColumn = 1_000;
/** The last row a worksheet can have. */
const lastRow = 1_048_576;

/** The text a spreadsheet would show, as far as its meaning goes. */
function dateText(serial: number, style: NumberStyle, from1904: boolean): string | undefined {
  const day = serialDate(serial, from1904);
  // "1985.07" is typed as a month and stored as its first day; any other day was known when it was typed.
  if (style === "month" && day?.endsWith("-01")) return day.slice(0, 7);
  if (style === "year" && day?.endsWith("-01-01")) return day.slice(0, 4);
  return day;
}

function numberText(raw: string, style: NumberStyle, from1904: boolean): string {
  const number = Number(raw);
  if (raw === "" || !Number.isFinite(number)) return raw;
  if (style === "day" || style === "month" || style === "year") {
    return dateText(number, style, from1904) ?? String(number);
  }
  // 1985.10 typed as a number is stored as 1985.1; its format tells what the typist saw.
  if (style === "twoDecimals" && !Number.isInteger(number)) return number.toFixed(2);
  if (Number.isInteger(number)) return Math.abs(number) >= 1e15 ? BigInt(number).toString() : String(number);
  // Spreadsheets show 15 digits; what lies beyond is an error of binary fractions.
  return String(Number(number.toPrecision(15)));
}

/** A reference to another workbook: [1]Sheet!A1, '[of 2023.xlsx]Sheet'!A1. */
const external = /\[(\d+|[^\]]*\.xls[a-z]?)\][^[\]]*!/i;

class RowHandler implements PartHandler {
  /** Rows that are complete and not yet taken. */
  ready: SourceRow[] = [];
  #row = 0;
  #hidden = false;
  #cells: string[] = [];
  #notes: CellNote[] = [];
  #column = -1;
  #type = "n";
  #style: NumberStyle = "plain";
  #content = "";
  #formula: string | undefined;
  #shared: string | undefined;
  /** Shared formulas that look into another workbook. */
  readonly #externals = new Set<string>();
  #reading: "value" | "formula" | undefined;
  #phonetic = 0;

  constructor(
    private readonly sheet: string,
    private readonly shared: SharedParts,
  ) {}

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case "row":
        this.#openRow(attributes);
        break;
      case "c":
        this.#column = columnOf(attributes.r) ?? this.#column + 1;
        this.#type = attributes.t ?? "n";
        this.#style = this.shared.styles[Number(attributes.s ?? 0)] ?? "plain";
        this.#content = "";
        this.#formula = undefined;
        break;
      case "f":
        this.#formula = "";
        this.#shared = attributes.t === "shared" ? attributes.si : undefined;
        this.#reading = "formula";
        break;
      case "v":
      case "t":
        this.#reading = this.#phonetic > 0 ? undefined : "value";
        break;
      case "rPh":
        this.#phonetic++;
    }
  }

  close(name: string): void {
    switch (name) {
      case "v":
      case "t":
      case "f":
        this.#reading = undefined;
        break;
      case "rPh":
        this.#phonetic--;
        break;
      case "c":
        this.#closeCell();
        break;
      case "row":
        this.ready.push(this.#closeRow());
    }
  }

  text(text: string): void {
    if (this.#reading === "value") this.#content += text;
    else if (this.#reading === "formula") this.#formula = (this.#formula ?? "") + text;
  }

  #openRow(attributes: Attributes): void {
    this.#row = Number(attributes.r ?? this.#row + 1);
    if (!Number.isInteger(this.#row) || this.#row < 1 || this.#row > lastRow) throw broken(`${this.sheet}: row number`);
    this.#hidden = /^(1|true)$/.test(attributes.hidden ?? "");
    this.#column = -1;
    this.#cells = [];
    this.#notes = [];
  }

  #closeRow(): SourceRow {
    return {
      sheet: this.sheet,
      row: this.#row,
      cells: this.#cells,
      ...(this.#hidden ? { hidden: true } : {}),
      ...(this.#notes.length > 0 ? { notes: this.#notes } : {}),
      ...(this.shared.from1904 ? { from1904: true } : {}),
    };
  }

  #closeCell(): void {
    const column = this.#column;
    if (column > lastColumn) return;
    if (this.#formula !== undefined) this.#noteFormula(column, this.#formula);
    if (this.#content === "") return;
    const text = this.#textOf();
    while (this.#cells.length < column) this.#cells.push("");
    this.#cells[column] = text;
    if (this.#type === "n" && text.length > 15 && Math.abs(Number(text)) >= 1e15) {
      this.#notes.push({ index: column, what: "imprecise", text: this.#content });
    }
  }

  #noteFormula(index: number, formula: string): void {
    // A formula that gives an empty text is of type str; without any result it was never calculated.
    if (this.#content === "" && this.#type !== "str")
      this.#notes.push({ index, what: "uncalculated", text: `=${formula}` });
    const looksOut = external.test(formula);
    if (looksOut && this.#shared !== undefined) this.#externals.add(this.#shared);
    if (looksOut || (formula === "" && this.#externals.has(this.#shared ?? ""))) {
      this.#notes.push({ index, what: "external", text: `=${formula}` });
    }
  }

  #textOf(): string {
    const content = this.#content;
    switch (this.#type) {
      case "s": {
        const text = this.shared.strings[Number(content)];
        if (text === undefined) throw broken(`${this.sheet}: row ${this.#row}: shared string ${content}`);
        return text;
      }
      case "b":
        return content === "1" ? "true" : "false";
      case "n":
        return numberText(content, this.#style, this.shared.from1904);
      default:
        return plainText(content);
    }
  }
}

/** @throws AppError (bad-input, too-large) naming the part at fault. */
export async function* sheetRows(
  file: RosterFile,
  sheet: WorkbookSheet,
  shared: SharedParts,
): AsyncGenerator<SourceRow[]> {
  const handler = new RowHandler(sheet.name, shared);
  for await (const _ of parsePart(file, sheet.entry, handler)) {
    if (handler.ready.length === 0) continue;
    const { ready } = handler;
    handler.ready = [];
    yield ready;
  }
}
