/** The workbook people fill in: headings, notes, validations, an example row, and a sheet that explains every column. */
import type ExcelJS from "exceljs";
import { gradeValues } from "../rules/facts.ts";
import { type CellKind, fieldsOf, type RosterField } from "./fields.ts";
import type { RosterKind } from "./report.ts";

interface TemplateColumn {
  readonly field: RosterField;
  readonly heading: string;
  readonly english: string;
  readonly year?: number;
}

/** Years back of appraisals and training that the rules look at. */
const yearsBack = 5;

/** Facts that few rosters carry may be added by their English name; the sheet itself keeps to the usual columns. */
const usual: Readonly<Record<RosterKind, (field: RosterField) => boolean>> = {
  workers: ({ name }) => workerColumns.has(name) || name === "appraisals" || name === "continuingEducation",
  applications: () => true,
};

const workerColumns = new Set(
  (
    "rosterYear workerId name idNumber sex birthDate district department unit unitNature employment onPost trade tradeSince level " +
    "levelObtainedOn levelSource appointedOn workStartedOn regularisedOn education educationInTrade " +
    "adultHigherEducationCertificate retirementTrack retirementDate transferred resettledOn militaryServiceStartedOn"
  ).split(" "),
);

function templateColumns(kind: RosterKind, lastYear: number): TemplateColumn[] {
  return fieldsOf(kind)
    .filter(usual[kind])
    .flatMap((field): TemplateColumn[] => {
      const years = Array.from({ length: yearsBack }, (_, index) => lastYear - yearsBack + 1 + index);
      const yearly = (suffix: string, prefix: string) =>
        years.map((year) => ({ field, year, heading: `${year}年${suffix}`, english: `${prefix}${year}` }));
      if (field.name === "appraisals") return yearly("度考核", "appraisal");
      if (field.name === "continuingEducation") return yearly("继续教育", "training");
      return [{ field, heading: field.headings[0] ?? field.name, english: field.name }];
    });
}

/** Words a cell may hold, where they are few. */
function wordsOf({ field, year }: TemplateColumn): readonly string[] | undefined {
  const { cell } = field;
  const words = (values: readonly { code: string; zh: readonly string[] }[]) =>
    values.map(({ zh, code }) => zh[0] ?? code);
  if (year !== undefined) return field.name === "appraisals" ? words(gradeValues) : ["合格", "不合格"];
  if (cell.kind === "choice") return words(cell.values);
  if (cell.kind === "boolean" || (cell.kind === "fact" && cell.type.kind === "boolean")) return ["是", "否"];
  return cell.kind === "fact" && cell.type.kind === "enum" ? words(cell.type.values) : undefined;
}

const isDate = (cell: CellKind) => cell.kind === "day" || (cell.kind === "fact" && cell.type.kind === "date");

function explanation(column: TemplateColumn): string {
  const { cell, name } = column.field;
  const words = wordsOf(column);
  if (words) return `可填：${words.join("、")}`;
  if (isDate(cell)) return "日期，如 2015-07-01；只知道年月可填 2015-07，只知道年份可填 2015";
  switch (cell.kind) {
    case "year":
      return name === "rosterYear" ? "四位年份：名册反映该年 12 月 31 日的情况" : "四位年份：考评年度";
    case "id":
      return "同一人各年度保持不变的编号；不要使用身份证号。以“示例”开头的行不会导入";
    case "idNumber":
      return cell.kept
        ? "18 位（或旧 15 位）；系统只保存加密摘要和末四位"
        : "没有人员编号时填写，用来在人员名册中找到此人；系统不保存";
    case "district":
      return "县（市、区）名称或行政区划代码；重名的请写全称，如 福州市鼓楼区";
    case "trade":
      return "工种目录中的名称；旧名称按对照表转换并在导入报告中列出";
    case "mark":
      return "0–100 的分数";
    default:
      return name === "unit" ? "单位全称，各年度写法一致" : "文字";
  }
}

const exampleOf: Readonly<Record<string, string>> = {
  workerId: "示例001",
  name: "示例（请勿导入）",
  district: "江都区",
  department: "示例主管部门",
  unit: "示例单位",
  unitNature: "公益一类",
  trade: "汽车驾驶与管理",
  birthDate: "1975-07-01",
  tradeSince: "1996-08-01",
  levelObtainedOn: "2018-11",
  appointedOn: "2019-01-01",
  workStartedOn: "1995-12-01",
  regularisedOn: "1996-12-01",
  retirementDate: "",
  resettledOn: "",
  militaryServiceStartedOn: "",
  level: "技师",
  education: "大专",
  targetLevel: "高级技师",
  certificateDate: "",
  transferred: "否",
  adultHigherEducationCertificate: "否",
  idNumber: "",
};

function exampleText(column: TemplateColumn, lastYear: number): string {
  const { name, cell } = column.field;
  if (cell.kind === "year") return String(name === "rosterYear" ? lastYear : lastYear + 1);
  const given = column.year === undefined ? exampleOf[name] : undefined;
  if (given !== undefined) return given;
  if (cell.kind === "mark") return "80";
  return wordsOf(column)?.[column.field.name === "appraisals" ? 1 : 0] ?? "";
}

const line = { style: "thin", color: { argb: "FFBFBFBF" } } as const;
const border = { top: line, bottom: line, left: line, right: line };
const fill = (argb: string) => ({ type: "pattern", pattern: "solid", fgColor: { argb } }) as const;
const font = "微软雅黑";

/** Rows prepared with formats and validations; more may be filled in. */
const preparedRows = 2_000;

function addRoster(
  workbook: ExcelJS.Workbook,
  title: string,
  columns: readonly TemplateColumn[],
  lastYear: number,
): void {
  const sheet = workbook.addWorksheet(title, {
    views: [{ state: "frozen", xSplit: 3, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: "landscape", pageOrder: "overThenDown" },
  });
  // Too wide for one page: every page repeats the heading and whose row it is.
  sheet.pageSetup.printTitlesRow = "1:1";
  sheet.pageSetup.printTitlesColumn = "A:C";
  columns.forEach((column, index) => {
    const at = sheet.getColumn(index + 1);
    // Text, so that Excel turns no number of 18 digits into 1.2E+17 and no 1985.10 into 1985.1.
    at.numFmt = column.field.cell.kind === "mark" ? "General" : "@";
    at.width = Math.min(30, Math.max(11, column.heading.length * 2 + 3, exampleText(column, lastYear).length + 4));
    const head = sheet.getCell(1, index + 1);
    head.value = column.heading;
    head.font = { name: font, size: 10, bold: true, color: { argb: "FFFFFFFF" } };
    head.fill = fill(column.field.required ? "FFB03A2E" : "FF2F5D8A");
    head.alignment = { vertical: "middle", horizontal: "center", wrapText: true };
    head.border = border;
    head.note = `${column.english}${column.field.required ? "（必填）" : ""}\n${explanation(column)}`;
    const example = sheet.getCell(2, index + 1);
    const text = exampleText(column, lastYear);
    example.value = column.field.cell.kind === "mark" ? Number(text) : text;
    example.font = { name: font, size: 10, italic: true, color: { argb: "FF808080" } };
    example.fill = fill("FFF2F2F2");
    example.border = border;
    const words = wordsOf(column);
    if (!words) return;
    const letter = at.letter;
    validations(sheet).add(`${letter}2:${letter}${preparedRows}`, {
      type: "list",
      allowBlank: true,
      formulae: [`"${words.join(",")}"`],
      showErrorMessage: true,
      errorStyle: "warning",
      errorTitle: column.heading,
      error: `请从列表中选择：${words.join("、")}`.slice(0, 220),
    });
  });
  sheet.getRow(1).height = 32;
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
}

/** ExcelJS validates whole ranges, but its types know only single cells. */
interface RangeValidations {
  add(range: string, validation: ExcelJS.DataValidation): void;
}

function validations(sheet: ExcelJS.Worksheet): RangeValidations {
  if ("dataValidations" in sheet) return sheet.dataValidations as RangeValidations;
  throw new Error("this version of exceljs has no range validations");
}

function addExplanation(workbook: ExcelJS.Workbook, kind: RosterKind, columns: readonly TemplateColumn[]): void {
  const sheet = workbook.addWorksheet("填表说明", {
    views: [{ state: "frozen", ySplit: 4 }],
    pageSetup: { paperSize: 9, orientation: "portrait", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.pageSetup.printTitlesRow = "4:4";
  [18, 34, 8, 78].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const title = kind === "workers" ? "人员名册填表说明" : "申报与考评名册填表说明";
  sheet.mergeCells("A1:D1");
  sheet.getCell("A1").value = title;
  sheet.getCell("A1").font = { name: font, size: 16, bold: true };
  sheet.getCell("A1").alignment = { horizontal: "center" };
  sheet.mergeCells("A2:D2");
  sheet.getCell("A2").value =
    kind === "workers"
      ? "一行一人，反映名册年度 12 月 31 日的情况。列的顺序不限，可以删去不用的列，也可以增加其他年度的考核、继续教育列。"
      : "一行为一人在一个考评年度对一个等级的申报。地区、单位、工种留空时取本人最近一年的人员名册。";
  sheet.getCell("A2").alignment = { wrapText: true, vertical: "middle" };
  sheet.getRow(2).height = 34;
  const head = sheet.getRow(4);
  head.values = ["中文列名", "英文列名", "必填", "怎么填"];
  const rows = columns.map((column) => [
    column.heading,
    column.english,
    column.field.required ? "是" : "",
    explanation(column),
  ]);
  for (const row of rows) sheet.addRow(row);
  sheet.eachRow((row, number) => {
    if (number < 4) return;
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.border = border;
      cell.font = { name: font, size: 10, bold: number === 4 };
      cell.alignment = { vertical: "middle", wrapText: true };
      if (number === 4) cell.fill = fill("FFDCE6F1");
    });
  });
}

/**
 * An empty roster to fill in, as the bytes of an .xlsx file. Headings are Chinese with the English name and the explanation as a
 * note; row 2 is an example that the import leaves out. `now` decides which years of appraisals the sheet asks for.
 */
export async function templateWorkbook(kind: RosterKind, now: Date = new Date()): Promise<Uint8Array> {
  const lastYear = now.getFullYear() - 1;
  const columns = templateColumns(kind, lastYear);
  const { default: excel } = await import("exceljs");
  const workbook = new excel.Workbook();
  workbook.creator = "Gongkao";
  workbook.created = now;
  addRoster(workbook, kind === "workers" ? "人员名册" : "申报与考评名册", columns, lastYear);
  addExplanation(workbook, kind, columns);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
