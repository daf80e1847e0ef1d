/** A roster as offices send it: a title, a running number, a heading nobody expects, faulty cells, a total, a note, and a second sheet. */
import ExcelJS from "exceljs";

const title = "江都区2023年机关事业单位工勤人员名册（截至2023年12月31日）";
const heading = [
  "序号",
  "人员编号",
  "姓名",
  "单位名",
  "所属县区",
  "工种",
  "出生年月",
  "现技术等级",
  "取得等级时间",
  "处室",
];
const units = ["示例第一中学", "示例人民医院", "示例水利站"];

export interface DirtyOptions {
  /** Rows of people. */
  readonly people: number;
  /** What the office sends back after it was told of its faults. */
  readonly corrected?: boolean;
}

export interface FileOfBytes {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Faults of the first rows: a day that does not exist, a district nobody knows, no number, and two that are only doubtful. */
export async function dirtyWorkbook({ people, corrected = false }: DirtyOptions): Promise<FileOfBytes> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("江都");
  sheet.addRow([title]);
  sheet.mergeCells(1, 1, 1, heading.length);
  sheet.addRow(heading);
  for (let at = 1; at <= people; at++) {
    const person = [
      at,
      `D${String(at).padStart(4, "0")}`,
      `示例${at}`,
      units[at % units.length],
      "江都区",
      "汽车驾驶与管理",
      "1985.07",
      at % 2 === 0 ? "高级工" : "中级工",
      "2015-07-01",
      `处室${at}`,
    ];
    if (!corrected) {
      if (at === 1) person[6] = "1985-02-30";
      if (at === 2) person[4] = "无此县";
      if (at === 3) person[1] = "";
      if (at === 4) person[6] = "85.07";
      if (at === 5) person[5] = "纺纱";
    }
    sheet.addRow(person);
  }
  sheet.addRow(["合计", null, null, people]);
  sheet.addRow(["填表说明：出生年月按档案填写"]);
  book.addWorksheet("说明").addRow(["请按单位填写"]);
  return {
    name: corrected ? "江都名册（更正）.xlsx" : "江都名册.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(await book.xlsx.writeBuffer()),
  };
}
