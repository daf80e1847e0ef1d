/** 汇总.xlsx: how many problems each unit has, of which kinds, and what is about the file as a whole. */
import { setImmediate } from "node:timers/promises";
import type ExcelJS from "exceljs";
import {
  headStyle,
  newWorkbook,
  setUpPrint,
  titleFont,
  workbookBytes,
  writeAcross,
  writeRow,
} from "../reports/workbook.ts";
import { columnLabels } from "./marked-list.ts";
import type { FoundProblem } from "./report.ts";
import { countsByCode, noUnit, type UnitProblems } from "./unit-groups.ts";
import type { ListsAbout } from "./unit-lists-workbook.ts";

export interface SummaryInput {
  readonly report: ListsAbout;
  /** Found, but too many to be listed. */
  readonly notKept: number;
  readonly now: Date;
  readonly units: readonly UnitProblems[];
  /** Problems that are no unit's. */
  readonly ofFile: readonly FoundProblem[];
}

/** Rows of a sheet; the rest is counted. */
const mostRows = 5_000;
/** Rows written before others get a turn. */
const rowsAtOnce = 200;
const severityWords = { error: "错误", warning: "警告" } as const;
type Value = string | number | null;

async function addTable(
  workbook: ExcelJS.Workbook,
  [name, title]: readonly [string, string],
  columns: readonly (readonly [string, number])[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const sheet = workbook.addWorksheet(name);
  columns.forEach(([, width], index) => {
    sheet.getColumn(index + 1).width = width;
  });
  writeAcross(sheet, 1, [1, columns.length], title, {
    font: { ...titleFont, size: 16 },
    alignment: { horizontal: "center", vertical: "middle", wrapText: true },
  });
  sheet.getRow(1).height = 32;
  columns.forEach(([text], index) => {
    Object.assign(sheet.getCell(2, index + 1), { value: text, ...headStyle });
  });
  sheet.getRow(2).height = 24;
  for (const [index, values] of rows.slice(0, mostRows).entries()) {
    if (index % rowsAtOnce === 0) await setImmediate();
    writeRow(sheet, index + 3, values);
  }
  if (rows.length > mostRows) sheet.getCell(mostRows + 3, 1).value = `另有 ${rows.length - mostRows} 行，未列出`;
  setUpPrint(sheet, { headRows: [2, 2], footerLeft: title });
  const last = 2 + Math.min(mostRows, Math.max(1, rows.length));
  sheet.autoFilter = { from: { row: 2, column: 1 }, to: { row: last, column: columns.length } };
}

/** As the bytes of an .xlsx file. */
export async function summaryWorkbook({ report, units, ofFile, notKept, now }: SummaryInput): Promise<Uint8Array> {
  const workbook = await newWorkbook(`${report.file}：各单位问题汇总`, now);
  const unitRows = units.map(({ unit, problems, fileName }, index) => {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const workers = new Set(problems.flatMap(({ workerId }) => workerId ?? [])).size;
    return [index + 1, unit ?? noUnit, workers, errors, problems.length - errors, problems.length, `${fileName}.xlsx`];
  });
  const more = notKept > 0 ? `（另有 ${notKept} 处过多，未计入）` : "";
  await addTable(
    workbook,
    ["各单位", `《${report.file}》各单位问题汇总${more}`],
    [
      ["序号", 7],
      ["单位", 40],
      ["涉及人数", 11],
      ["错误", 10],
      ["警告", 10],
      ["合计", 10],
      ["文件", 44],
    ],
    unitRows,
  );
  const detail = units.flatMap(({ unit, problems }) =>
    countsByCode(problems).map(({ code, name, severity, count }) => [
      unit ?? noUnit,
      name,
      code,
      severityWords[severity],
      count,
    ]),
  );
  await addTable(
    workbook,
    ["单位与种类", "各单位各种问题的个数"],
    [
      ["单位", 40],
      ["问题", 34],
      ["代码", 26],
      ["级别", 8],
      ["个数", 10],
    ],
    detail,
  );
  const counts = countsByCode([...units.flatMap(({ problems }) => problems), ...ofFile]);
  await addTable(
    workbook,
    ["种类", "各种问题的个数"],
    [
      ["问题", 34],
      ["代码", 26],
      ["级别", 8],
      ["个数", 10],
    ],
    counts.map(({ code, name, severity, count }) => [name, code, severityWords[severity], count]),
  );
  const label = columnLabels(report.kind);
  await addTable(
    workbook,
    ["文件整体", "与单位无关的问题（由工考部门处理）"],
    [
      ["工作表", 18],
      ["单元格", 10],
      ["列", 20],
      ["级别", 8],
      ["问题", 70],
    ],
    ofFile.map(({ sheet, cell, row, column, severity, message }) => [
      sheet ?? "",
      cell ?? (row === null ? "" : `第 ${row} 行`),
      label(column),
      severityWords[severity],
      message.zh,
    ]),
  );
  return workbookBytes(workbook);
}
