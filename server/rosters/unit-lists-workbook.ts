/** The list one unit gets: what to correct, with room for the reply. */
import {
  bodyFont,
  headStyle,
  newWorkbook,
  setUpPrint,
  titleFont,
  workbookBytes,
  writeAcross,
  writeRow,
  writeSignature,
} from "../reports/workbook.ts";
import { columnLabels, kindName } from "./marked-list.ts";
import type { FoundProblem, ImportReport } from "./report.ts";
import type { UnitProblems } from "./unit-groups.ts";

/** What the lists say of the import. */
export type ListsAbout = Pick<ImportReport, "file" | "kind">;

/** Rows of one list; a unit with more has another problem than single cells. */
const mostRows = 5_000;

const columns = [
  ["序号", 6],
  ["人员编号", 14],
  ["姓名", 10],
  ["表中位置", 16],
  ["列", 14],
  ["原内容", 20],
  ["问题", 44],
  ["处理情况", 18],
  ["更正内容", 24],
] as const;

const placeOf = ({ sheet, cell, row }: FoundProblem): string =>
  [sheet, cell ?? (row === null ? "" : `第 ${row} 行`)].filter(Boolean).join(" ");

/** Warnings after which the cell itself is not kept, and what it holds. */
const notKept: Readonly<Record<string, string>> = {
  "id-number-invalid": "身份证号",
  "id-number-precision": "身份证号",
  "word-not-kept": "该项",
  "date-incomplete": "日期",
  "mark-word": "分数",
};

const stateOf = ({ severity, taken, code }: FoundProblem): string => {
  if (severity === "error") return "未录入，须更正";
  const lost = notKept[code];
  if (lost !== undefined) return `行已录入，${lost}未保存，请核对`;
  return taken === undefined ? "已录入，请核对" : `已按“${taken}”录入，请核对`;
};

/** As the bytes of an .xlsx file. */
export async function unitWorkbook(
  { unit, problems }: UnitProblems,
  { report, now }: { readonly report: ListsAbout; readonly now: Date },
): Promise<Uint8Array> {
  const name = unit ?? "未写明单位的行";
  const workbook = await newWorkbook(`${name}：名册更正清单`, now);
  const sheet = workbook.addWorksheet("更正清单");
  columns.forEach(([, width], index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const all = [1, columns.length] as const;
  const line = { font: bodyFont, alignment: { horizontal: "left", vertical: "middle", wrapText: true } } as const;
  writeAcross(sheet, 1, all, `${kindName[report.kind]}更正清单`, {
    font: titleFont,
    alignment: { horizontal: "center", vertical: "middle" },
  });
  sheet.getRow(1).height = 36;
  writeAcross(sheet, 2, all, `单位：${name}`, { ...line, font: { ...bodyFont, size: 13, bold: true } });
  const errors = problems.filter(({ severity }) => severity === "error").length;
  writeAcross(
    sheet,
    3,
    all,
    `《${report.file}》中有 ${errors} 处错误须更正，${problems.length - errors} 处请核对。请在“更正内容”栏填写正确内容（无误的填“无误”），于　　　年　　月　　日前盖章退回。`,
    line,
  );
  sheet.getRow(2).height = 24;
  sheet.getRow(3).height = 34;
  columns.forEach(([text], index) => {
    Object.assign(sheet.getCell(4, index + 1), { value: text, ...headStyle });
  });
  sheet.getRow(4).height = 24;
  const label = columnLabels(report.kind);
  const shown = problems.slice(0, mostRows);
  shown.forEach((problem, index) => {
    writeRow(sheet, index + 5, [
      index + 1,
      problem.workerId ?? "",
      problem.name ?? "",
      placeOf(problem),
      label(problem.column),
      problem.value ?? "",
      problem.message.zh,
      stateOf(problem),
      "",
    ]);
  });
  let next = shown.length + 5;
  if (problems.length > shown.length)
    writeAcross(sheet, next++, all, `另有 ${problems.length - shown.length} 处，未逐条列出`, line);
  writeSignature(sheet, next + 1, columns.length);
  setUpPrint(sheet, { headRows: [4, 4], footerLeft: name });
  sheet.views = [{ state: "frozen", ySplit: 4, showGridLines: false }];
  return workbookBytes(workbook);
}
