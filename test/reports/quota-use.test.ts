import ExcelJS from "exceljs";
import { expect, test } from "vitest";
import { type QuotaRow, type QuotaUseData, quotaUseWorkbook } from "../../server/reports/quota-use.ts";
import type { QuotaRule } from "../../server/rules/quota.ts";

const figureColumns = {
  technicians: 5,
  quota: 6,
  appliedLastYear: 7,
  planningEligible: 8,
  applications: 9,
  exempt: 10,
  used: 11,
  left: 12,
  over: 13,
} as const;

function quotaRow(part: Partial<QuotaRow> = {}): QuotaRow {
  return {
    district: "320613",
    districtName: "崇川区",
    unit: "某中学",
    unitName: "某中学",
    trade: "烹饪",
    generalTrade: true,
    assumed: true,
    technicians: 6,
    quota: 1,
    appliedLastYear: 0,
    planningEligible: 2,
    applications: 3,
    exempt: 1,
    used: 2,
    left: 0,
    over: 1,
    ...part,
  };
}

const none = { quota: null, left: null, over: null, generalTrade: false } as const;

const rows: readonly QuotaRow[] = [
  quotaRow(),
  quotaRow({ trade: "电工", technicians: 12, quota: 2, used: 0, left: 2, over: 0 }),
  quotaRow({ unit: "某医院", unitName: "某医院", trade: "计算机信息处理", ...none }),
  quotaRow({
    district: "320612",
    districtName: "通州区",
    unitName: "=1+1",
    trade: "@SUM(A1)",
    technicians: 0,
    quota: 0,
    over: 2,
  }),
  quotaRow({
    district: "320612",
    districtName: "通州区",
    unitName: "+空单位",
    technicians: 0,
    applications: 0,
    planningEligible: 0,
  }),
  quotaRow({
    district: "320681",
    districtName: "启东市",
    unitName: "某站",
    trade: null,
    ...none,
    generalTrade: null,
    assumed: false,
  }),
];

const listed = rows.filter(({ unitName }) => unitName !== "+空单位");

const bands: QuotaRule = {
  level: "seniorTechnician",
  bands: [
    { from: 5, places: 2, alternateYears: false },
    { from: 2, places: 1, alternateYears: true },
    { from: 1, places: 0, alternateYears: false },
  ],
  citation: { document: "通人社考〔2023〕5号", clause: "五(二)" },
};

const data: QuotaUseData = {
  year: 2024,
  rosterYear: 2023,
  districtName: "南通市",
  rows,
  dataVersion: 7,
  publishedAt: "2024-03-01T04:00:00.000Z",
  rulebooks: [{ id: "nantong-2023", title: "南通市2023年工勤技能岗位技术等级考评", quota: bands }],
  demo: false,
  now: new Date("2024-04-15T04:00:00Z"),
};

async function reopened(part: Partial<QuotaUseData> = {}) {
  const bytes = await quotaUseWorkbook({ ...data, ...part });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes.slice().buffer);
  const [table, long] = workbook.worksheets;
  if (!table || !long) throw new Error("expected two sheets");
  return { table, long };
}

const texts = (sheet: ExcelJS.Worksheet): string[] => {
  const found: string[] = [];
  sheet.eachRow((row) => row.eachCell((cell) => void found.push(cell.text)));
  return found;
};

/** Rows whose cell in `column` holds `text`. */
function rowsWith(sheet: ExcelJS.Worksheet, column: number, text: string): number[] {
  const found: number[] = [];
  sheet.eachRow((row, number) => {
    if (row.getCell(column).text === text) found.push(number);
  });
  return found;
}

// Not `value.result`: that getter of exceljs loses a zero.
const formula = (sheet: ExcelJS.Worksheet, row: number, column: number) => {
  const { formula, result } = sheet.getCell(row, column);
  return { formula, result };
};

const sum = (items: readonly QuotaRow[], name: keyof typeof figureColumns) =>
  items.reduce((total, item) => total + (item[name] ?? 0), 0);

test("title block, line and merged heads", async () => {
  const { table } = await reopened();
  expect(table.getCell("A1").text).toBe("附件3");
  expect(table.getCell("A2").text).toBe("南通市2024年度高级技师申报指标使用情况表");
  expect(table.getCell("A2").alignment.horizontal).toBe("center");
  expect(texts(table)).toEqual(expect.arrayContaining(["制表单位：", "制表日期：2024年4月15日", "单位：人"]));
  const merges: readonly string[] = table.model.merges;
  expect(merges).toEqual(expect.arrayContaining(["A2:M2", "A4:A5", "D4:D5", "E4:F4", "G4:I4", "J4:M4"]));
  const heads = Array.from({ length: 13 }, (_, index) => table.getCell(5, index + 1).text.replace("\n", ""));
  expect(heads).toEqual([
    ..."序号,地区,单位,工种,现有技师数,应有指标,上年申报,符合条件人数,本年申报,不占指标,占用,剩余,超出".split(","),
  ]);
});

test("rows stand by district, with totals as formulas that carry their values", async () => {
  const { table } = await reopened();
  const subtotals = rowsWith(table, 3, "小计");
  const [total = 0] = rowsWith(table, 1, "合计");
  expect(subtotals).toEqual([9, 11, 13]);
  expect(total).toBe(14);
  for (const [name, column] of Object.entries(figureColumns) as [keyof typeof figureColumns, number][]) {
    const letter = table.getColumn(column).letter;
    expect(formula(table, 9, column)).toEqual({
      formula: `SUM(${letter}6:${letter}8)`,
      result: sum(listed.slice(0, 3), name),
    });
    const parts = formula(table, total, column);
    expect(parts).toEqual({ formula: `SUM(${letter}9,${letter}11,${letter}13)`, result: sum(listed, name) });
  }
  expect(Array.from({ length: 3 }, (_, index) => table.getCell(6 + index, 1).value)).toEqual([1, 2, 3]);
});

test("a trade without quota shows a dash, and so does the subtotal of a district that has none", async () => {
  const { table } = await reopened();
  for (const column of [figureColumns.quota, figureColumns.left, figureColumns.over]) {
    expect(table.getCell(8, column).value).toBe("—");
    expect(table.getCell(13, column).value).toBe("—");
  }
  expect(table.getCell(8, figureColumns.used).value).toBe(2);
  expect(table.getCell(12, 4).text).toBe("（工种未匹配）");
});

test("text that looks like a formula stays text", async () => {
  const { table, long } = await reopened();
  for (const [sheet, column] of [
    [table, 3],
    [long, 5],
  ] as const) {
    const [row = 0] = rowsWith(sheet, column, "=1+1");
    expect(sheet.getCell(row, column)).toMatchObject({ value: "=1+1", formula: undefined, numFmt: "@" });
    expect(sheet.getCell(row, column + 1).value).toBe("@SUM(A1)");
  }
});

test("a row without technician, application or eligible person is left out", async () => {
  const { table, long } = await reopened();
  expect(texts(table)).not.toContain("+空单位");
  expect(long.rowCount).toBe(1 + listed.length);
});

test("notes say what the figures mean and what they rest on; then the signatures", async () => {
  const { table } = await reopened();
  const all = texts(table).join("\n");
  for (const part of [
    "注：1．",
    "2023年12月31日",
    "第7版，2024年3月1日发布",
    "（nantong-2023）",
    "“—”表示不适用",
    "暂定",
  ]) {
    expect(all).toContain(part);
  }
  for (const label of ["单位负责人（盖章）：", "审核人：", "制表人：", "联系电话："]) expect(all).toContain(label);
  expect(all).not.toContain("全部工种");
  const byShare = await reopened({
    rows: [...rows, quotaRow({ trade: "全部工种", generalTrade: null, assumed: false })],
  });
  expect(texts(byShare.table).join("\n")).toContain("工种为“全部工种”的单位，按所在地规定以岗位数的一定比例核定");
  const confirmed = await reopened({ rows: rows.map((row) => ({ ...row, assumed: false })) });
  expect(texts(confirmed.table).join("\n")).not.toContain("暂定");
});

test("the places are explained by the rules in force, each once with its notices", async () => {
  const said = async (rulebooks: QuotaUseData["rulebooks"]) => texts((await reopened({ rulebooks })).table).join("\n");
  const [nantong] = data.rulebooks;
  if (!nantong) throw new Error("no rulebook");
  const byBands =
    "高级技师指标：每单位每个通用工种，按上年末在岗技师人数，5 人及以上 2 名，2–4 人 1 名（上年已占用的为 0），1 人 0 名。";
  expect(await said([nantong])).toContain(`${byBands}依据：通人社考〔2023〕5号 五(二)。`);
  const same = { ...nantong, id: "b", quota: { ...bands, citation: { document: "甲〔2024〕1号", clause: "二" } } };
  const share: QuotaRule = {
    level: "seniorTechnician",
    share: { of: "posts", atMost: 0.07 },
    citation: { document: "乙〔2024〕2号", clause: "三" },
  };
  const all = await said([nantong, same, nantong, { ...nantong, id: "c", quota: share }]);
  expect(all).toContain(`${byBands}依据：通人社考〔2023〕5号 五(二)、甲〔2024〕1号 二。高级技师指标：每单位`);
  expect(all).toContain("不超过在岗人数的 7%（取整），减去在岗的现有高级技师，不分工种。依据：乙〔2024〕2号 三。");
  expect(await said([{ ...nantong, quota: null }])).toContain("没有高级技师指标的规定");
});

test("prints on A4 landscape, one page wide, with repeated heads and page numbers", async () => {
  const { table, long } = await reopened();
  for (const [sheet, headRows] of [
    [table, "4:5"],
    [long, "1:1"],
  ] as const) {
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: headRows,
    });
    expect(sheet.pageSetup.margins?.left).toBeCloseTo(0.787, 3);
    expect(sheet.headerFooter.oddFooter).toBe("&L数据版本：第7版&C第&P页 共&N页");
  }
  expect(table.views[0]).toMatchObject({ state: "frozen", xSplit: 4, ySplit: 5 });
});

test("the long sheet has one row per unit and trade, no merged cells, and empty cells where no quota holds", async () => {
  const { long } = await reopened();
  expect(long.model.merges).toEqual([]);
  expect(long.getRow(1).values).toContain("通用工种暂定");
  expect(Array.from({ length: 17 }, (_, index) => long.getCell(2, index + 1).value)).toEqual([
    ...[2024, "320613", "崇川区", "某中学", "某中学", "烹饪", "是", "是"],
    ...[6, 1, 0, 2, 3, 1, 2, 0, 1],
  ]);
  expect(long.getCell(4, 10).value).toBeNull();
});

test("demonstration data say so on the sheet and on each page", async () => {
  const { table, long } = await reopened({ demo: true });
  expect(table.getCell("A4").text).toContain("演示数据");
  expect(table.getCell("A5").text).toBe("序号");
  expect(table.pageSetup.printTitlesRow).toBe("5:6");
  for (const sheet of [table, long]) expect(sheet.headerFooter.oddHeader).toBe("&R演示数据");
});

test("nobody to list: a whole workbook that says so", async () => {
  const { table, long } = await reopened({ rows: [], districtName: null, rulebooks: [], publishedAt: null });
  expect(table.getCell("A2").text).toBe("2024年度高级技师申报指标使用情况表");
  expect(table.getCell("A6").text).toContain("没有技师");
  expect(rowsWith(table, 1, "合计")).toEqual([]);
  expect(texts(table).join("\n")).toContain("制表人：");
  expect(long.rowCount).toBe(1);
});

test("more districts than a formula takes arguments still have a total", async () => {
  const many = Array.from({ length: 450 }, (_, n) =>
    quotaRow({ district: `d${n}`, districtName: `区${n}`, technicians: n }),
  );
  const { table } = await reopened({ rows: many });
  const [total = 0] = rowsWith(table, 1, "合计");
  const { formula: text, result } = formula(table, total, figureColumns.technicians);
  expect(result).toBe((449 * 450) / 2);
  expect(text.split("+")).toHaveLength(3);
});
