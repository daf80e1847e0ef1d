/**
 * 高级技师申报指标使用情况表: places for senior technicians and their use, unit by unit and trade by trade, by the quota rules of
 * the rulebooks. The exemption after a failed provincial review: 苏人社函〔2020〕139号, annex 1.
 */
import type { QuotaRule } from "../rules/quota.ts";
import { quotaSentence } from "../rules/quota-text.ts";
import { allTrades } from "../tables.ts";
import {
  centred,
  headFont,
  newWorkbook,
  noFigure,
  type Sheet,
  setUpPrint,
  subtotalFill,
  sumOf,
  type TableValue,
  totalFill,
  workbookBytes,
  writeHeads,
  writeLongSheet,
  writeParagraphs,
  writeRow,
  writeSignature,
  writeTitleBlock,
} from "./workbook.ts";

/** A row of the quota table grouped by district, unit and trade. */
export interface QuotaRow {
  readonly district: string;
  readonly districtName: string;
  readonly unit: string;
  readonly unitName: string;
  /** Null: the trade of the roster could not be matched. */
  readonly trade: string | null;
  readonly generalTrade: boolean | null;
  /** The general flag of the trade is not confirmed yet. */
  readonly assumed: boolean;
  readonly technicians: number;
  /** Null, like `left` and `over`: no quota holds for this trade or district. */
  readonly quota: number | null;
  readonly appliedLastYear: number;
  readonly planningEligible: number;
  readonly applications: number;
  readonly exempt: number;
  readonly used: number;
  readonly left: number | null;
  readonly over: number | null;
}

export interface QuotaUseData {
  /** Exam year. */
  readonly year: number;
  /** Year of the roster the figures rest on. */
  readonly rosterYear: number;
  /** Name of the district filtered to; null: everything the reader may see. */
  readonly districtName: string | null;
  readonly rows: readonly QuotaRow[];
  readonly dataVersion: number;
  /** ISO instant. */
  readonly publishedAt: string | null;
  /** Those that decided senior technicians; `quota`: their rule for senior technicians, null where they have none. */
  readonly rulebooks: readonly { readonly id: string; readonly title: string; readonly quota: QuotaRule | null }[];
  /** The database holds invented people. */
  readonly demo: boolean;
  readonly now: Date;
}

type Figure =
  | "technicians"
  | "quota"
  | "appliedLastYear"
  | "planningEligible"
  | "applications"
  | "exempt"
  | "used"
  | "left"
  | "over";

const figures: readonly { readonly name: Figure; readonly head: string }[] = [
  { name: "technicians", head: "现有\n技师数" },
  { name: "quota", head: "应有\n指标" },
  { name: "appliedLastYear", head: "上年\n申报" },
  { name: "planningEligible", head: "符合条\n件人数" },
  { name: "applications", head: "本年\n申报" },
  { name: "exempt", head: "不占\n指标" },
  { name: "used", head: "占用" },
  { name: "left", head: "剩余" },
  { name: "over", head: "超出" },
];

const columnCount = 4 + figures.length;
const unmatchedTrade = "（工种未匹配）";
const columnLetter = (column: number) => String.fromCharCode(64 + column);
const chineseDate = (date: Date) => `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`;

function hasAnybody(row: QuotaRow): boolean {
  return row.technicians + row.appliedLastYear + row.planningEligible + row.applications > 0;
}

function byDistrict(rows: readonly QuotaRow[]): readonly (readonly QuotaRow[])[] {
  const groups = new Map<string, QuotaRow[]>();
  for (const row of rows) {
    const group = groups.get(row.district);
    if (group) group.push(row);
    else groups.set(row.district, [row]);
  }
  return [...groups.values()];
}

/** The sum of a figure, null when no row has one. */
function totalOf(rows: readonly QuotaRow[], name: Figure): number | null {
  return rows.reduce<number | null>((sum, row) => (row[name] === null ? sum : (sum ?? 0) + row[name]), null);
}

/** The totals of some rows as formulas over the given references of each column. */
function totals(rows: readonly QuotaRow[], references: (letter: string) => readonly string[]): TableValue[] {
  return figures.map(({ name }, index) => {
    const total = totalOf(rows, name);
    return total === null ? null : sumOf(references(columnLetter(5 + index)), total);
  });
}

/** Body of the table from `row` on. Returns the first free row. */
function writeBody(sheet: Sheet, start: number, rows: readonly QuotaRow[]): number {
  let row = start;
  let number = 0;
  const subtotalRows: number[] = [];
  for (const group of byDistrict(rows)) {
    const first = row;
    for (const item of group) {
      const values = figures.map(({ name }) => item[name]);
      const over = (item.over ?? 0) > 0;
      number++;
      writeRow(sheet, row, [number, item.districtName, item.unitName, item.trade ?? unmatchedTrade, ...values]);
      sheet.getCell(row, 1).alignment = centred;
      if (over) sheet.getCell(row, columnCount).font = headFont;
      row++;
    }
    const sums = totals(group, (letter) => [`${letter}${first}:${letter}${row - 1}`]);
    writeRow(sheet, row, ["", group[0]?.districtName ?? "", "小计", "", ...sums], { bold: true, fill: subtotalFill });
    sheet.mergeCells(row, 3, row, 4);
    sheet.getCell(row, 3).alignment = centred;
    subtotalRows.push(row);
    row++;
  }
  const sums = totals(rows, (letter) => subtotalRows.map((subtotal) => `${letter}${subtotal}`));
  writeRow(sheet, row, ["合计", "", "", "", ...sums], { bold: true, fill: totalFill });
  sheet.mergeCells(row, 1, row, 4);
  sheet.getCell(row, 1).alignment = centred;
  return row + 1;
}

function writeEmptyBody(sheet: Sheet, row: number): number {
  writeRow(sheet, row, [
    "所选范围内没有技师、高级技师申报或符合条件的人员。",
    ...Array.from({ length: columnCount - 1 }, () => ""),
  ]);
  sheet.mergeCells(row, 1, row, columnCount);
  sheet.getCell(row, 1).alignment = centred;
  sheet.getRow(row).height = 40;
  return row + 1;
}

/** The quota rules in force, the same rule once, with every notice that states it. */
function quotaRules(rulebooks: QuotaUseData["rulebooks"]): string {
  const bySentence = new Map<string, Set<string>>();
  for (const { quota } of rulebooks) {
    if (!quota) continue;
    const sentence = quotaSentence(quota).zh;
    const { document, clause } = quota.citation;
    bySentence.set(sentence, (bySentence.get(sentence) ?? new Set()).add(`${document} ${clause}`));
  }
  if (bySentence.size === 0) return "所用规则库没有高级技师指标的规定。";
  return [...bySentence].map(([sentence, sources]) => `${sentence}依据：${[...sources].join("、")}。`).join("");
}

function notes({ year, rosterYear, rows, dataVersion, publishedAt, rulebooks }: QuotaUseData): string[] {
  const published = publishedAt === null ? "" : `，${chineseDate(new Date(publishedAt))}发布`;
  const books = rulebooks.map(({ id, title }) => `${title}（${id}）`).join("；");
  const paragraphs = [
    `口径：现有技师数为截至${rosterYear}年12月31日名册中在岗、现技术等级为技师的人数，按单位、工种统计。`,
    `应有指标按所在地规则库核定。${quotaRules(rulebooks)}`,
    `上年申报为${year - 1}年度占用指标的高级技师申报人数；符合条件人数按规则计划口径统计（名册未载而届时可由本人补交的材料视为具备，罕见的破格证明视为不具备），本年申报为${year}年度全部高级技师申报人数，其中不占指标为往年未通过省综合评审而再次申报的人数；退回的申报不占指标，延期的占指标。占用含非通用工种。`,
    `剩余、超出逐单位逐工种计算后相加，一个单位的剩余不抵另一单位的超出。“${noFigure}”表示不适用：非通用工种，或没有指标规定的地区，没有指标、剩余和超出。`,
    `数据截止：${rosterYear}年12月31日名册；数据版本：第${dataVersion}版${published}。`,
    `适用规则库：${books || "无"}。`,
  ];
  if (rows.some(({ trade }) => trade === allTrades)) {
    paragraphs.push(
      `工种为“${allTrades}”的单位，按所在地规定以岗位数的一定比例核定，不分工种：应有指标为在岗人数乘以比例取整后，减去在岗人员中已取得高级技师的人数；各项人数为单位内全部工种之和，往年未通过省综合评审的同样占指标。`,
    );
  }
  if (rows.some(({ assumed }) => assumed)) {
    paragraphs.push(
      "通用工种范围尚未经主管部门确认，本表按暂定范围（服务类、机电类及汽车驾驶与管理、汽车修理、图书档案管理）统计，全部指标数均为暂定，确认后以确认结果为准。",
    );
  }
  return paragraphs.map((text, index) => `${index === 0 ? "注：" : "　　"}${index + 1}．${text}`);
}

function writeTable(sheet: Sheet, data: QuotaUseData, title: string, rows: readonly QuotaRow[]): void {
  const widths = [6, 20, 32, 18, ...figures.map(() => 8.5)];
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const headRow = writeTitleBlock(sheet, columnCount, {
    annex: "附件3",
    title,
    line: ["制表单位：", `制表日期：${chineseDate(data.now)}`, "单位：人"],
    warning: data.demo ? "演示数据：人员与单位均为虚构，不得用于实际工作" : undefined,
  });
  const provisional = rows.some(({ assumed }) => assumed);
  const head = (name: Figure) => figures.filter((figure) => figure.name === name).map((figure) => figure.head)[0] ?? "";
  writeHeads(sheet, headRow, [
    { text: "序号" },
    { text: "地区" },
    { text: "单位" },
    { text: "工种" },
    { text: provisional ? "指标核定（暂定）" : "指标核定", parts: [head("technicians"), head("quota")] },
    { text: "申报情况", parts: [head("appliedLastYear"), head("planningEligible"), head("applications")] },
    { text: "指标使用", parts: [head("exempt"), head("used"), head("left"), head("over")] },
  ]);
  const body = headRow + 2;
  const afterBody = rows.length > 0 ? writeBody(sheet, body, rows) : writeEmptyBody(sheet, body);
  const afterNotes = writeParagraphs(sheet, afterBody + 1, columnCount, notes({ ...data, rows }));
  writeSignature(sheet, afterNotes + 1, columnCount);
  setUpPrint(sheet, {
    headRows: [headRow, headRow + 1],
    frozenColumns: 4,
    footerLeft: `数据版本：第${data.dataVersion}版`,
    ...(data.demo && { headerRight: "演示数据" }),
  });
}

const longColumns = [
  { head: "考评年度", width: 10 },
  { head: "地区代码", width: 11 },
  { head: "地区", width: 20 },
  { head: "单位代码", width: 30 },
  { head: "单位", width: 30 },
  { head: "工种", width: 18 },
  { head: "通用工种", width: 10 },
  { head: "通用工种暂定", width: 10 },
  ...figures.map(({ head }) => ({ head: head.replaceAll("\n", ""), width: 11 })),
] as const;

const yesNo = (value: boolean | null) => (value === null ? null : value ? "是" : "否");

function longRow(year: number, row: QuotaRow): (string | number | null)[] {
  return [
    year,
    row.district,
    row.districtName,
    row.unit,
    row.unitName,
    row.trade,
    yesNo(row.generalTrade),
    yesNo(row.assumed),
    ...figures.map(({ name }) => row[name]),
  ];
}

/**
 * The report as an .xlsx file: the table to print, and 明细数据, the same rows one by one without merged cells. Unit × trade
 * rows without any technician, application or eligible person are left out; without any row the workbook says so.
 */
export async function quotaUseWorkbook(data: QuotaUseData): Promise<Uint8Array> {
  const title = `${data.districtName ?? ""}${data.year}年度高级技师申报指标使用情况表`;
  const rows = data.rows.filter(hasAnybody);
  const workbook = await newWorkbook(title, data.now);
  writeTable(workbook.addWorksheet("指标使用情况"), data, title, rows);
  const long = workbook.addWorksheet("明细数据");
  writeLongSheet(
    long,
    longColumns,
    rows.map((row) => longRow(data.year, row)),
  );
  setUpPrint(long, {
    headRows: [1, 1],
    footerLeft: `数据版本：第${data.dataVersion}版`,
    ...(data.demo && { headerRight: "演示数据" }),
    gridLines: true,
  });
  return workbookBytes(workbook);
}
