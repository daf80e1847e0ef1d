/**
 * How official tables look, once for all reports: title block, merged heads, totals as formulas with cached values, notes,
 * signature line, A4 print set-up. Small designed sheets in memory only; long lists must be streamed instead.
 *
 * Fonts are those of every Chinese office machine; the character set makes a machine without them choose another Chinese
 * font. Nothing is told by colour alone: the tables are printed in black and white.
 */
import type ExcelJS from "exceljs";

export type Sheet = ExcelJS.Worksheet;

const chinese = { charset: 134 };
export const titleFont = { name: "方正小标宋简体", size: 22, family: 1, ...chinese };
export const headFont = { name: "黑体", size: 11, bold: true, family: 2, ...chinese };
export const bodyFont = { name: "仿宋", size: 11, family: 3, ...chinese };
const annexFont = { name: "黑体", size: 16, family: 2, ...chinese };

export const countFormat = "#,##0";
/** Keeps text that begins with = + - or @ text, also after it is edited. */
export const textFormat = "@";
/** What stands where a figure does not exist. */
export const noFigure = "—";

const thin: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF000000" } };
const box: Partial<ExcelJS.Borders> = { top: thin, left: thin, bottom: thin, right: thin };
const shade = (argb: string): ExcelJS.Fill => ({ type: "pattern", pattern: "solid", fgColor: { argb } });
export const headFill = shade("FFE7E6E6");
export const subtotalFill = shade("FFF2F2F2");
export const totalFill = shade("FFD9D9D9");

export const centred = { horizontal: "center", vertical: "middle" } as const;

const centimetre = 1 / 2.54;

/** An empty workbook; `now` is the date of making, for reproducible files. */
export async function newWorkbook(title: string, now: Date): Promise<ExcelJS.Workbook> {
  const { default: excel } = await import("exceljs");
  const workbook = new excel.Workbook();
  workbook.creator = "Gongkao";
  workbook.title = title;
  workbook.created = now;
  workbook.modified = now;
  return workbook;
}

export async function workbookBytes(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

export interface PrintSetup {
  /** First and last head row, repeated on each page. */
  readonly headRows: readonly [number, number];
  /** Columns that stay in sight while scrolling sideways. */
  readonly frozenColumns?: number;
  /** Stands at the foot of each page, left of the page number, for instance the data version. */
  readonly footerLeft?: string;
  /** Stands at the head of each page on the right, for instance a warning. */
  readonly headerRight?: string;
  /** For sheets without borders of their own. */
  readonly gridLines?: boolean;
}

/** A4 landscape, one page wide, margins of 2 cm, repeated heads, page numbers; heads and first columns frozen. */
export function setUpPrint(
  sheet: Sheet,
  { headRows, frozenColumns = 0, footerLeft, headerRight, gridLines = false }: PrintSetup,
): void {
  Object.assign(sheet.pageSetup, {
    paperSize: 9,
    orientation: "landscape",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: {
      left: 2 * centimetre,
      right: 2 * centimetre,
      top: 2 * centimetre,
      bottom: 2 * centimetre,
      header: centimetre,
      footer: centimetre,
    },
    printTitlesRow: `${headRows[0]}:${headRows[1]}`,
  } satisfies Partial<ExcelJS.PageSetup>);
  // An ampersand of the text would begin a code of its own.
  const plain = (text: string) => text.replaceAll("&", "&&");
  sheet.headerFooter.oddFooter = `${footerLeft ? `&L${plain(footerLeft)}` : ""}&C第&P页 共&N页`;
  if (headerRight) sheet.headerFooter.oddHeader = `&R${plain(headerRight)}`;
  sheet.views = [{ state: "frozen", xSplit: frozenColumns, ySplit: headRows[1], showGridLines: gridLines }];
}

/** Writes into the merged cells of one row, from column to column. */
export function writeAcross(
  sheet: Sheet,
  row: number,
  [from, to]: readonly [number, number],
  value: string,
  style: Partial<ExcelJS.Style>,
): void {
  if (to > from) sheet.mergeCells(row, from, row, to);
  const cell = sheet.getCell(row, from);
  cell.value = value;
  Object.assign(cell, style);
}

export interface TitleBlock {
  /** For instance 附件3. */
  readonly annex: string;
  readonly title: string;
  /** The line under the title: left, middle, right. */
  readonly line: readonly [string, string, string];
  /** A sentence under that line which must not be overlooked. */
  readonly warning?: string | undefined;
}

/** Annex number, title, line with maker, date and unit of measure. Returns the first free row. */
export function writeTitleBlock(sheet: Sheet, columns: number, block: TitleBlock): number {
  writeAcross(sheet, 1, [1, Math.min(3, columns)], block.annex, { font: annexFont, alignment: { vertical: "middle" } });
  sheet.getRow(1).height = 24;
  writeAcross(sheet, 2, [1, columns], block.title, {
    font: titleFont,
    alignment: { horizontal: "center", vertical: "middle", wrapText: true },
  });
  sheet.getRow(2).height = 40;
  const third = Math.floor(columns / 3);
  const parts = [
    { range: [1, third], horizontal: "left" },
    { range: [third + 1, columns - third], horizontal: "center" },
    { range: [columns - third + 1, columns], horizontal: "right" },
  ] as const;
  parts.forEach(({ range, horizontal }, index) => {
    writeAcross(sheet, 3, range, block.line[index] ?? "", {
      font: bodyFont,
      alignment: { horizontal, vertical: "middle" },
    });
  });
  sheet.getRow(3).height = 20;
  if (!block.warning) return 4;
  writeAcross(sheet, 4, [1, columns], block.warning, {
    font: headFont,
    alignment: { horizontal: "center", vertical: "middle", wrapText: true },
    border: box,
  });
  sheet.getRow(4).height = 20;
  return 5;
}

/** One heading: alone it spans both head rows, with `parts` it stands over them. */
export interface Head {
  readonly text: string;
  readonly parts?: readonly string[];
}

/** A cell of a heading. */
export const headStyle = {
  font: headFont,
  fill: headFill,
  border: box,
  alignment: { horizontal: "center", vertical: "middle", wrapText: true },
} as const;

/** Two head rows with merged cells, beginning at `row`. */
export function writeHeads(sheet: Sheet, row: number, heads: readonly Head[]): void {
  let column = 1;
  for (const { text, parts } of heads) {
    const width = parts?.length ?? 1;
    for (let offset = 0; offset < width; offset++) {
      for (const line of [row, row + 1]) Object.assign(sheet.getCell(line, column + offset), headStyle);
    }
    if (parts) {
      sheet.mergeCells(row, column, row, column + width - 1);
      parts.forEach((part, offset) => {
        sheet.getCell(row + 1, column + offset).value = part;
      });
    } else {
      sheet.mergeCells(row, column, row + 1, column);
    }
    sheet.getCell(row, column).value = text;
    column += width;
  }
  sheet.getRow(row).height = 22;
  sheet.getRow(row + 1).height = 34;
}

/** A cell of a table: text stays text, a count stands on the right, null is "—". */
export type TableValue = string | number | null | ExcelJS.CellFormulaValue;

export interface RowLook {
  readonly bold?: boolean;
  readonly fill?: ExcelJS.Fill;
}

/** Writes one row of the table with borders; wrapped texts get the height they need. */
export function writeRow(
  sheet: Sheet,
  row: number,
  values: readonly TableValue[],
  { bold = false, fill }: RowLook = {},
): void {
  const font = bold ? { ...bodyFont, bold } : bodyFont;
  let lines = 1;
  values.forEach((value, index) => {
    const cell = sheet.getCell(row, index + 1);
    const isText = typeof value === "string";
    cell.value = value ?? noFigure;
    cell.font = font;
    cell.border = box;
    cell.numFmt = isText || value === null ? textFormat : countFormat;
    if (isText) cell.alignment = { horizontal: "left", vertical: "middle", wrapText: true };
    else if (value === null) cell.alignment = centred;
    else cell.alignment = { horizontal: "right", vertical: "middle", indent: 1 };
    if (fill) cell.fill = fill;
    if (isText) lines = Math.max(lines, linesOf(value, sheet.getColumn(index + 1).width ?? 9));
  });
  sheet.getRow(row).height = 4 + 15 * lines;
}

/** Characters of text in units of column width: a Chinese character takes two. */
export function textWidth(text: string): number {
  return [...text].reduce((width, character) => width + ((character.codePointAt(0) ?? 0) > 0x2000 ? 2 : 1), 0);
}

/** Lines a wrapped text takes in a column; a little is lost to the cell's margins. */
export function linesOf(text: string, columnWidth: number): number {
  return text
    .split("\n")
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(textWidth(line) / (columnWidth - 1))), 0);
}

// Excel takes at most 255 arguments.
const argumentsAtMost = 200;

/** A sum of cells or ranges with its value, so that programs which do not calculate show it too. */
export function sumOf(references: readonly string[], result: number): ExcelJS.CellFormulaValue {
  const sums: string[] = [];
  for (let start = 0; start < references.length; start += argumentsAtMost) {
    sums.push(`SUM(${references.slice(start, start + argumentsAtMost).join(",")})`);
  }
  return { formula: sums.join("+"), result };
}

/** Paragraphs over the whole width, each in merged cells of its own. Returns the first free row. */
export function writeParagraphs(sheet: Sheet, row: number, columns: number, paragraphs: readonly string[]): number {
  let width = 0;
  for (let column = 1; column <= columns; column++) width += sheet.getColumn(column).width ?? 9;
  paragraphs.forEach((text, index) => {
    writeAcross(sheet, row + index, [1, columns], text, {
      font: bodyFont,
      alignment: { horizontal: "left", vertical: "top", wrapText: true },
    });
    // Merged cells never grow by themselves.
    sheet.getRow(row + index).height = 3 + 15 * linesOf(text, width);
  });
  return row + paragraphs.length;
}

/** 单位负责人 … 联系电话 with room to sign. */
export function writeSignature(sheet: Sheet, row: number, columns: number): void {
  const labels = ["单位负责人（盖章）：", "审核人：", "制表人：", "联系电话："];
  labels.forEach((label, index) => {
    const from = Math.floor((columns * index) / labels.length) + 1;
    const to = Math.floor((columns * (index + 1)) / labels.length);
    writeAcross(sheet, row, [from, to], label, {
      font: bodyFont,
      alignment: { horizontal: "left", vertical: "middle" },
    });
  });
  sheet.getRow(row).height = 30;
}

/** A plain table for machines: one head row, no merged cells, filters, empty where there is no figure. */
export function writeLongSheet(
  sheet: Sheet,
  columns: readonly { readonly head: string; readonly width: number }[],
  rows: readonly (readonly (string | number | null)[])[],
): void {
  columns.forEach(({ head, width }, index) => {
    const cell = sheet.getCell(1, index + 1);
    cell.value = head;
    Object.assign(cell, headStyle);
    sheet.getColumn(index + 1).width = width;
  });
  rows.forEach((values, rowIndex) => {
    values.forEach((value, index) => {
      const cell = sheet.getCell(rowIndex + 2, index + 1);
      cell.value = value;
      cell.font = bodyFont;
      cell.border = box;
      cell.alignment = { vertical: "middle" };
      cell.numFmt = typeof value === "number" ? "0" : textFormat;
    });
    sheet.getRow(rowIndex + 2).height = 16;
  });
  sheet.getRow(1).height = 32;
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
}
