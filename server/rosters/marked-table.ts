/** A text or Parquet table as a workbook of its rows, every cell as text, with its faulty cells marked. */
import { commented, newBoxes, newComments } from "./marked-comments.ts";
import {
  countsFilter,
  countsHeading,
  countsName,
  countsSheet,
  type ListInput,
  ListStyles,
  listFilter,
  listHeading,
  listName,
  listSheet,
} from "./marked-list.ts";
import { type CellMark, marksOf } from "./marked-marks.ts";
import { freeName, quotedSheet, withFrontSheets } from "./marked-package.ts";
import { plainStyles, StyleBook } from "./marked-styles.ts";
import { commentsType, stylesType, vmlType, worksheetType } from "./marked-workbook.ts";
import type { SourceRow, SourceSheet } from "./read.ts";
import { cellAddress } from "./read-address.ts";
import { tooManyRows } from "./sheets.ts";
import { textCell, xmlText } from "./xml-text.ts";
import { ZipStream } from "./zip-stream.ts";

export interface TableInput extends Omit<ListInput, "withoutComment" | "sheet"> {
  /** Row of the heading, from 1; undefined where none was found. */
  readonly heading: number | undefined;
  /** The first rows, for the width of the columns. */
  readonly first: readonly SourceRow[];
}

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** The last row and column a worksheet can have. */
const lastRow = 1_048_576;
const lastColumn = 16_384;

/** A file name as the name of a sheet: 31 characters, none of them special. */
export function sheetNameOf(fileName: string): string {
  const plain = fileName
    .replace(/\.[^.]*$/, "")
    .replace(/[\\/?*[\]:\p{Cc}]/gu, " ")
    .replace(/^'+|'+$/g, "")
    .trim();
  return freeName([listName, countsName, "History"], [...plain].slice(0, 26).join("").trim() || "名册");
}

/** Chinese characters are twice as wide. */
const widthOf = (text: string) => [...text].reduce((width, one) => width + (one > "\u2000" ? 2 : 1), 0);

function columnWidths(first: readonly SourceRow[]): string {
  const widths: number[] = [];
  for (const { cells } of first)
    cells.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, Math.min(40, widthOf(cell) + 2));
    });
  const cols = [...widths]
    .slice(0, lastColumn)
    .map(
      (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${Math.max(8, width)}" customWidth="1"/>`,
    );
  return cols.length === 0 ? "" : `<cols>${cols.join("")}</cols>`;
}

interface Formats {
  readonly text: number;
  readonly head: number;
}

async function* rowTexts(
  sheet: SourceSheet,
  { heading, first }: TableInput,
  marks: readonly CellMark[],
  styles: StyleBook,
  formats: Formats,
): AsyncGenerator<string> {
  const pane =
    heading === undefined
      ? ""
      : `<pane ySplit="${heading}" topLeftCell="A${heading + 1}" activePane="bottomLeft" state="frozen"/>`;
  yield `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`;
  yield `<sheetFormatPr defaultRowHeight="15"/>${columnWidths(first)}<sheetData>`;
  let next = 0;
  for await (const rows of sheet.rows()) {
    let text = "";
    for (const { row, cells } of rows) {
      if (row > lastRow) throw tooManyRows(lastRow);
      const own = row === heading ? formats.head : formats.text;
      let line = "";
      const width = Math.min(cells.length, lastColumn);
      for (let column = 0; column < width || marks[next]?.row === row; column++) {
        const cell = cells[column] ?? "";
        const mark = marks[next];
        const marked = mark?.row === row && mark.column === column;
        if (marked) next++;
        if (!marked && cell === "") continue;
        line += textCell(cellAddress(column, row), marked ? styles.marked(own, mark.look) : own, cell);
      }
      text += `<row r="${row}">${line}</row>`;
    }
    yield text;
  }
  yield '</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>';
  yield '<pageSetup paperSize="9" orientation="landscape"/>';
  yield marks.length > 0 ? '<legacyDrawing r:id="rId1"/></worksheet>' : "</worksheet>";
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) if (text !== "") yield Buffer.from(text);
}

const relationList = (list: readonly (readonly [string, string])[]) =>
  `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
  `${list.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`).join("")}</Relationships>`;

/** The bytes of the workbook. Throws AppError too-large for more rows than a sheet holds, and what the rows throw. */
export async function* markedTable(sheet: SourceSheet, input: TableInput): AsyncGenerator<Buffer> {
  const styles = new StyleBook(plainStyles);
  const listStyles = new ListStyles(styles);
  const cell = (fontXml: string, fillId: number) =>
    styles.add(
      "cellXfs",
      `<xf numFmtId="49" fontId="${styles.add("fonts", fontXml)}" fillId="${fillId}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
    );
  const font = '<sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/>';
  const formats: Formats = { text: cell(`<font>${font}</font>`, 0), head: cell(`<font><b/>${font}</font>`, 0) };
  const name = sheetNameOf(input.fileName);
  const marks = marksOf(input.problems, []);
  const noted = commented(marks);
  const list: ListInput = { ...input, sheet: name, withoutComment: marks.length - noted.length };
  const front = [
    { name: listName, relation: "rId1", heading: listHeading, filter: listFilter(input.problems.length) },
    { name: countsName, relation: "rId2", heading: countsHeading, filter: countsFilter(input.report.counts.length) },
  ];
  const printed =
    input.heading === undefined
      ? ""
      : `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${xmlText(quotedSheet(name))}$${input.heading}:$${input.heading}</definedName></definedNames>`;
  const own =
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView/></bookViews><sheets>` +
    `<sheet name="${xmlText(name)}" sheetId="1" r:id="rId3"/></sheets>${printed}</workbook>`;
  const override = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${type}"/>`;
  const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
  const contentTypes =
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="${vmlType}"/>` +
    override("xl/workbook.xml", workbookType) +
    [1, 2, 3].map((number) => override(`xl/worksheets/sheet${number}.xml`, worksheetType)).join("") +
    override("xl/styles.xml", stylesType) +
    (marks.length > 0 ? override("xl/comments1.xml", commentsType) : "") +
    "</Types>";
  const zip = new ZipStream(input.now);
  const whole = (text: string, encoding: BufferEncoding = "utf8") => [Buffer.from(text, encoding)];
  yield* zip.add("[Content_Types].xml", whole(contentTypes));
  yield* zip.add("_rels/.rels", whole(relationList([["officeDocument", "xl/workbook.xml"]])));
  // The functions for parts of other workbooks work on one character a byte.
  const bytes = Buffer.from(own).toString("latin1");
  yield* zip.add("xl/workbook.xml", whole(withFrontSheets(bytes, front, new Set()), "latin1"));
  const sheets = [1, 2, 3].map((number) => ["worksheet", `worksheets/sheet${number}.xml`] as const);
  yield* zip.add("xl/_rels/workbook.xml.rels", whole(relationList([...sheets, ["styles", "styles.xml"]])));
  yield* zip.add("xl/worksheets/sheet1.xml", listSheet(list, listStyles));
  yield* zip.add("xl/worksheets/sheet2.xml", [countsSheet(list, listStyles)]);
  yield* zip.add("xl/worksheets/sheet3.xml", encoded(rowTexts(sheet, input, marks, styles, formats)));
  if (marks.length > 0) {
    const parts = [
      ["vmlDrawing", "../drawings/vmlDrawing1.vml"],
      ["comments", "../comments1.xml"],
    ] as const;
    yield* zip.add("xl/worksheets/_rels/sheet3.xml.rels", whole(relationList(parts)));
    yield* zip.add("xl/comments1.xml", whole(newComments(noted), "latin1"));
    yield* zip.add("xl/drawings/vmlDrawing1.vml", whole(newBoxes(noted)));
  }
  yield* zip.add("xl/styles.xml", whole(styles.result(), "latin1"));
  yield zip.end();
}
