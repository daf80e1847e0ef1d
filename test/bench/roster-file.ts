/** Large clean rosters for the import benchmark: people who do not exist, the same rows from the same seed in each format. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import ExcelJS from "exceljs";
import { IdentityNumbers } from "../../server/demo/identity.ts";
import { randomNumbers } from "../rules/people.ts";

export const rosterYear = 2023;

export const heading: readonly string[] = [
  ..."年度 人员编号 姓名 身份证号 性别 出生日期 地区 主管部门 单位名称 单位性质 用工性质 在岗 工种 从事本工种时间 现技术等级".split(
    " ",
  ),
  ..."取得现等级时间 取得方式 聘任时间 参加工作时间 转正定级时间 学历 专业与工种相关 退休类别 已转岗".split(" "),
  ...[2020, 2021, 2022, 2023].map((year) => `${year}年度考核`),
  ...[2022, 2023].map((year) => `${year}年继续教育`),
];

/** Columns that an Excel roster holds as dates. */
const dateColumns = new Set(
  ["出生日期", "取得现等级时间", "聘任时间", "参加工作时间", "转正定级时间"].map((name) => heading.indexOf(name)),
);

const districts = ["320612", "320602", "320402", "320411", "江都区", "321002", "410802", "410822", "350102", "350203"];
const trades = ["汽车驾驶与管理", "收银审核", "电工", "烹饪", "水产养殖", "行政事务", "讲解员", "酒店服务"];
const levels = ["初级工", "中级工", "高级工", "高级工", "技师", "高级技师"];
const schools = ["大专", "中专", "高中", "本科", "技校", "初中"];
const surnames = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"];
const given = [..."国建志明德永福新文军伟平强华海林生荣勇成秀英兰芳玲珍红梅凤霞"];

const two = (number: number) => String(number).padStart(2, "0");

/** The rows, one worker each, dates as YYYY-MM-DD. */
export function* rosterRows(count: number, seed = 4): Generator<string[]> {
  const next = randomNumbers(seed);
  const identities = new IdentityNumbers();
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = (list: readonly string[]) => list[below(list.length)] ?? "";
  const date = (from: number, years: number) => `${from + below(years)}-${two(1 + below(12))}-${two(1 + below(28))}`;
  for (let index = 0; index < count; index++) {
    const born = 1964 + below(36);
    const birth = `${born}-${two(1 + below(12))}-${two(1 + below(28))}`;
    const male = next() < 0.7;
    const unit = below(3_000);
    yield [
      String(rosterYear),
      `W${String(index + 1).padStart(7, "0")}`,
      pick(surnames) + pick(given) + (next() < 0.6 ? pick(given) : ""),
      identities.next(birth, male ? "male" : "female"),
      male ? "男" : "女",
      birth,
      districts[unit % districts.length] ?? "",
      `第${unit % 60}主管部门`,
      `第${unit}事业单位服务中心`,
      pick(["公益一类", "公益二类", "机关"]),
      next() < 0.9 ? "在编" : "聘用",
      next() < 0.97 ? "是" : "否",
      pick(trades),
      String(born + 20 + below(5)),
      pick(levels),
      date(Math.max(1990, born + 24), 10),
      next() < 0.95 ? "考核" : "复核",
      next() < 0.5 ? date(Math.max(1992, born + 25), 10) : "",
      `${born + 19}-${two(1 + below(12))}-01`,
      `${born + 20}-${two(1 + below(12))}-01`,
      pick(schools),
      next() < 0.5 ? "是" : "否",
      male ? "男60" : "女50",
      "否",
      ...Array.from({ length: 4 }, () => (next() < 0.12 ? "优秀" : "合格")),
      ...Array.from({ length: 2 }, () => (next() < 0.95 ? "合格" : "不合格")),
    ];
  }
}

export async function writeCsv(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`\ufeff${heading.join(",")}\r\n`);
  let text = "";
  for (const row of rosterRows(count)) {
    text += `${row.join(",")}\r\n`;
    if (text.length < 1_000_000) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "finish");
}

/** As a spreadsheet program writes it: shared texts, dates as days with a date format, the year as a number. */
export async function writeXlsx(path: string, count: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true, useStyles: true });
  const sheet = workbook.addWorksheet("人员名册");
  for (const column of dateColumns) sheet.getColumn(column + 1).numFmt = "yyyy-mm-dd";
  sheet.addRow([...heading]).commit();
  let written = 0;
  for (const row of rosterRows(count)) {
    sheet
      .addRow(
        row.map((text, at) =>
          text === "" ? null : at === 0 ? Number(text) : dateColumns.has(at) ? new Date(text) : text,
        ),
      )
      .commit();
    if (++written % 2_000 === 0) await new Promise(setImmediate);
  }
  sheet.commit();
  await workbook.commit();
}
