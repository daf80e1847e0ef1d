/** The sheets in front of a marked workbook: every problem with a link to its cell, and how many there are of each kind. */
import { fieldsOf } from "./fields.ts";
import { mostComments } from "./marked-comments.ts";
import { quotedSheet } from "./marked-package.ts";
import { fills, type StyleBook } from "./marked-styles.ts";
import { problemName } from "./problem-names.ts";
import { cellAddress, columnOf } from "./read-address.ts";
import type { FoundProblem, ImportReport, RosterKind } from "./report.ts";
import { numberCell, textCell, xmlText } from "./xml-text.ts";

export interface ListInput {
  readonly fileName: string;
  readonly report: Pick<
    ImportReport,
    "kind" | "dryRun" | "rowsRead" | "rowsLoaded" | "rowsUpdated" | "rowsUnchanged" | "rowsRejected" | "counts"
  >;
  /** In the order of the file. */
  readonly problems: readonly FoundProblem[];
  readonly notKept: number;
  /** Sheet of problems that name none. */
  readonly sheet: string | undefined;
  /** Names of the sheets as links need them, by how problems name them. */
  readonly linkNames?: ReadonlyMap<string, string>;
  /** Cells that are coloured but have no comment. */
  readonly withoutComment: number;
  /** What a clerk should know besides. */
  readonly remarks: readonly string[];
  readonly now: Date;
}

export const listName = "问题清单";
export const countsName = "问题汇总";
export const kindName: Readonly<Record<RosterKind, string>> = { workers: "人员名册", applications: "申报与考评名册" };

/** Links a sheet can have; problems beyond name their cell without one. */
const mostLinks = 60_000;
const headingRow = 5;

const columns = [
  ["序号", 7],
  ["工作表", 14],
  ["单元格", 9],
  ["列", 16],
  ["级别", 7],
  ["值", 24],
  ["问题", 56],
  ["采用的值", 16],
  ["人员编号", 14],
  ["单位", 24],
] as const;
const countColumns = [
  ["序号", 7],
  ["问题", 36],
  ["代码", 26],
  ["级别", 10],
  ["个数", 12],
] as const;

type Columns = readonly (readonly [string, number])[];

/** Formats of the front sheets, added to the styles of the workbook. */
export class ListStyles {
  readonly title: number;
  readonly info: number;
  readonly head: number;
  readonly text: number;
  readonly count: number;
  readonly link: number;
  readonly error: number;
  readonly warning: number;

  constructor(styles: StyleBook) {
    const font = (size: number, more = "") =>
      styles.add(
        "fonts",
        `<font>${more}<sz val="${size}"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`,
      );
    const fill = (argb: string) =>
      styles.add(
        "fills",
        `<fill><patternFill patternType="solid"><fgColor rgb="${argb}"/><bgColor indexed="64"/></patternFill></fill>`,
      );
    const side = (name: string) => `<${name} style="thin"><color rgb="FFBFBFBF"/></${name}>`;
    const box = styles.add(
      "borders",
      `<border>${["left", "right", "top", "bottom"].map(side).join("")}<diagonal/></border>`,
    );
    const format = (fontId: number, fillId: number, borderId: number, horizontal: string, numFmtId = 49) =>
      styles.add(
        "cellXfs",
        `<xf numFmtId="${numFmtId}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" applyNumberFormat="1" applyFont="1" ` +
          `applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`,
      );
    const body = font(10);
    const bold = font(10, "<b/>");
    this.title = format(font(16, "<b/>"), 0, 0, "center");
    this.info = format(body, 0, 0, "left");
    this.head = format(bold, fill("FFE7E6E6"), box, "center");
    this.text = format(body, 0, box, "left");
    this.count = format(body, 0, box, "right", 3);
    this.link = format(
      styles.add(
        "fonts",
        '<font><u/><sz val="10"/><color rgb="FF0563C1"/><name val="宋体"/><family val="3"/><charset val="134"/></font>',
      ),
      0,
      box,
      "left",
    );
    this.error = format(body, fill(fills.error), box, "center");
    this.warning = format(body, fill(fills.warning), box, "center");
  }
}

const severityWords = { error: "错误", warning: "警告" } as const;

/** Heading as in the file; columns that are missing from it by their Chinese name. */
export function columnLabels(kind: RosterKind): (column: string | null) => string {
  const labels = new Map(fieldsOf(kind).map(({ name, label }) => [name, label.zh]));
  return (column) => (column === null ? "" : (labels.get(column) ?? column));
}

const time = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });

/** The lines under the title. */
function about(input: ListInput): readonly [string, string, string] {
  const { report, fileName, now, notKept, withoutComment, remarks } = input;
  const { rowsRead, rowsLoaded, rowsUpdated, rowsUnchanged, rowsRejected, counts } = report;
  const places = (severity: FoundProblem["severity"]) =>
    counts.reduce((sum, one) => (one.severity === severity ? sum + one.count : sum), 0);
  const would = report.dryRun ? "将" : "已";
  const notes = [
    "浅红色单元格有错误，深红色标出未录入的行（每行第一格），浅黄色为警告：已录入，请核对",
    "在原表中改正后重新导入即可",
    ...(withoutComment > 0 ? [`批注每个工作表最多 ${mostComments} 个，另有 ${withoutComment} 格只着色`] : []),
    ...(notKept > 0 ? [`另有 ${notKept} 处过多，未逐条列出和标记`] : []),
    ...remarks,
  ];
  return [
    `文件：${fileName}　　种类：${kindName[report.kind]}　　${report.dryRun ? "检查" : "导入"}时间：${time.format(now)}`,
    `共读取 ${rowsRead} 行：${would}新增 ${rowsLoaded} 行、更新 ${rowsUpdated} 行，未变 ${rowsUnchanged} 行，拒收 ${rowsRejected} 行；错误 ${places("error")} 处，警告 ${places("warning")} 处`,
    `${notes.join("；")}。`,
  ];
}

const opening = (columnWidths: Columns, frozen: number, selected: boolean) =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
  `<sheetViews><sheetView showGridLines="0"${selected ? ' tabSelected="1"' : ""} workbookViewId="0">` +
  `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>` +
  `<selection pane="bottomLeft" activeCell="A${frozen + 1}" sqref="A${frozen + 1}"/></sheetView></sheetViews>` +
  '<sheetFormatPr defaultRowHeight="15"/>' +
  `<cols>${columnWidths.map(([, width], index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join("")}</cols><sheetData>`;

const closing =
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
  "<headerFooter><oddFooter>&amp;C第&amp;P页 共&amp;N页</oddFooter></headerFooter></worksheet>";

const rowOf = (row: number, cells: string, height?: number) =>
  `<row r="${row}"${height === undefined ? "" : ` ht="${height}" customHeight="1"`}>${cells}</row>`;

const wide = /[^ -\u02ff]/g;
/** Points of a line of the body font, and the room around it. */
const [lineHeight, rowPadding] = [13.5, 5];
/** What a spreadsheet allows; points. */
const highestRow = 409;

/**
 * Height of a row in which every text can be read, points: programs do not all work it out for themselves, and for merged cells none
 * does. A Chinese character takes two units of a column's width; a line breaks a little before it is full.
 */
function heightOf(texts: readonly (readonly [text: string, width: number])[]): number {
  const lines = texts.map(([text, width]) =>
    text.split("\n").reduce((sum, line) => {
      const units = line.length + (line.match(wide)?.length ?? 0);
      return sum + Math.max(1, Math.ceil(units / Math.max(1, width - 2)));
    }, 0),
  );
  return Math.min(highestRow, Math.max(...lines) * lineHeight + rowPadding);
}

const headRow = (row: number, heads: Columns, style: number) =>
  rowOf(row, heads.map(([text], index) => textCell(cellAddress(index, row), style, text)).join(""), 24);

export const listFilter = (problems: number): string => `$A$${headingRow}:$J$${headingRow + Math.max(1, problems)}`;
export const listHeading = headingRow;
export const countsFilter = (counts: number): string => `$A$2:$E$${2 + Math.max(1, counts)}`;
export const countsHeading = 2;

const piece = 65_536;

/** Gathers small texts into larger bytes. */
export function* pieces(texts: Iterable<string>): Generator<Buffer> {
  let text = "";
  for (const next of texts) {
    text += next;
    if (text.length < piece) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text !== "") yield Buffer.from(text);
}

function* listTexts(input: ListInput, styles: ListStyles): Generator<string> {
  const label = columnLabels(input.report.kind);
  const last = cellAddress(columns.length - 1, 1).replace(/\d+/, "");
  yield opening(columns, headingRow, true);
  yield rowOf(1, textCell("A1", styles.title, "名册问题清单"), 30);
  for (const [index, text] of about(input).entries()) {
    const width = columns.reduce((sum, column) => sum + column[1], 0);
    yield rowOf(index + 2, textCell(`A${index + 2}`, styles.info, text), heightOf([[text, width]]));
  }
  yield headRow(headingRow, columns, styles.head);
  const links: string[] = [];
  for (const [index, problem] of input.problems.entries()) {
    const row = headingRow + 1 + index;
    const sheet = problem.sheet ?? input.sheet ?? "";
    const target = problem.row === null ? undefined : cellAddress(columnOf(problem.cell) ?? 0, problem.row);
    const linked = target !== undefined && sheet !== "" && links.length < mostLinks;
    if (linked)
      links.push(
        `<hyperlink ref="C${row}" location="${xmlText(quotedSheet(input.linkNames?.get(sheet) ?? sheet) + target)}"/>`,
      );
    const place = problem.cell ?? (problem.row === null ? "" : `第 ${problem.row} 行`);
    const shown: (readonly [string, number])[] = [];
    const at = (column: number, style: number, text: string) => {
      shown.push([text, columns[column]?.[1] ?? 1]);
      return textCell(cellAddress(column, row), style, text);
    };
    const cells =
      numberCell(`A${row}`, styles.count, index + 1) +
      at(1, styles.text, sheet) +
      at(2, linked ? styles.link : styles.text, place) +
      at(3, styles.text, label(problem.column)) +
      at(4, styles[problem.severity], severityWords[problem.severity]) +
      at(5, styles.text, problem.value ?? "") +
      at(6, styles.text, problem.message.zh) +
      at(7, styles.text, problem.taken ?? "") +
      at(8, styles.text, problem.workerId ?? "") +
      at(9, styles.text, problem.unit ?? "");
    yield rowOf(row, cells, heightOf(shown));
  }
  if (input.problems.length === 0)
    yield rowOf(headingRow + 1, textCell(`A${headingRow + 1}`, styles.info, "没有发现问题"));
  yield "</sheetData>";
  yield `<autoFilter ref="${listFilter(input.problems.length).replaceAll("$", "")}"/>`;
  yield `<mergeCells count="4">${[1, 2, 3, 4].map((row) => `<mergeCell ref="A${row}:${last}${row}"/>`).join("")}</mergeCells>`;
  if (links.length > 0) {
    yield "<hyperlinks>";
    yield* links;
    yield "</hyperlinks>";
  }
  yield closing;
}

/** The sheet 问题清单, as the bytes of its part. */
export const listSheet = (input: ListInput, styles: ListStyles): Generator<Buffer> => pieces(listTexts(input, styles));

/** The sheet 问题汇总. */
export function countsSheet({ report }: ListInput, styles: ListStyles): Buffer {
  const rows = report.counts.map(({ code, severity, count }, index) => {
    const row = countsHeading + 1 + index;
    return rowOf(
      row,
      numberCell(`A${row}`, styles.count, index + 1) +
        textCell(`B${row}`, styles.text, problemName(code)) +
        textCell(`C${row}`, styles.text, code) +
        textCell(`D${row}`, styles[severity], severityWords[severity]) +
        numberCell(`E${row}`, styles.count, count),
    );
  });
  return Buffer.from(
    opening(countColumns, countsHeading, false) +
      rowOf(1, textCell("A1", styles.title, "问题汇总（按种类）"), 30) +
      headRow(countsHeading, countColumns, styles.head) +
      rows.join("") +
      `</sheetData><autoFilter ref="${countsFilter(report.counts.length).replaceAll("$", "")}"/>` +
      `<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>${closing}`,
  );
}
