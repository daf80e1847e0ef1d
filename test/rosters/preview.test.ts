import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { expect, it } from "vitest";
import { type PreviewOptions, previewRoster } from "../../server/rosters/index.ts";
import { fixture, ground } from "./ground.ts";

async function preview(content: string | Uint8Array, options: Partial<PreviewOptions> = {}) {
  const { folder } = await ground();
  const path = join(folder, "upload");
  await writeFile(path, content);
  return previewRoster(path, { kind: "workers", ...options });
}

async function workbook(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet("说明").addRow(["请填写"]);
  book
    .addWorksheet("江都")
    .addRows([
      ["2022年工勤人员名册"],
      ["年度", "人员编号", "身份证号", "所在的单位", "所属地区", "姓名", "取得等级的时间", "备注一"],
      [2022, "A1", "999999198507060016", "甲", "江都", "张三", new Date("2015-07-01"), "号 999999198507060016"],
      [2022, "A2", "９９９９９９１９８５０７０６００１６", "甲", "江都", "李四", new Date("2016-07-01"), null],
    ]);
  book.addWorksheet("旧", { state: "hidden" }).addRow(["年度", "人员编号"]);
  book.addWorksheet("申报").addRows([["考评年度", "人员编号", "地区", "单位名称", "申报工种", "申报等级", "理论成绩"]]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

it("shows the sheets, the heading, what columns are taken for, masked samples and suggestions", async () => {
  const found = await preview(await workbook());
  expect(found).toMatchObject({
    format: "xlsx",
    sheet: "江都",
    titles: ["2022年工勤人员名册"],
    sheets: [
      { name: "说明", hidden: false, headingRow: null },
      { name: "江都", rows: 4, headingRow: 2, missing: ["单位名称 unit"], otherKind: false },
      { name: "旧", hidden: true, rows: null },
      { name: "申报", headingRow: 1, otherKind: true },
    ],
  });
  const columns = Object.fromEntries(found.columns.map((column) => [column.letter, column]));
  expect(columns.B).toMatchObject({
    index: 1,
    heading: "人员编号",
    target: "workerId",
    samples: ["A1", "A2"],
    suggestions: [],
  });
  expect(columns.C).toMatchObject({ target: "idNumber", samples: ["********0016"] });
  expect(columns.D).toMatchObject({ heading: "所在的单位", target: null });
  expect(columns.D?.suggestions[0]?.name).toBe("unit");
  expect(columns.H).toMatchObject({ target: null, samples: ["号 999999********0016"] });
  expect(JSON.stringify(found)).not.toMatch(/\d{15}/);
});

it("follows the sheet and the mapping that are given", async () => {
  const file = await workbook();
  const mapped = await preview(file, { sheet: "江都", mapping: { 所在的单位: "unit" } });
  expect(mapped.sheets[1]).toMatchObject({ missing: [] });
  expect(mapped.columns[3]).toMatchObject({ target: "unit", suggestions: [] });
  const other = await preview(file, { kind: "applications" });
  expect(other.sheet).toBe("申报");
  await expect(preview(file, { sheet: "x" })).rejects.toMatchObject({ details: { reason: "sheet-unknown" } });
});

it("offers the likeliest row where nothing is recognised", async () => {
  const found = await preview("一览,,\n编码,名称,所在的县区,2021年考评等次\nA1,张三,江都,优秀\nA2,李四,江都,合格\n");
  expect(found).toMatchObject({
    format: "csv",
    sheet: null,
    sheets: [{ name: null, headingRow: null, rows: 4 }],
    titles: ["一览"],
  });
  expect(found.columns.map(({ heading }) => heading)).toEqual(["编码", "名称", "所在的县区", "2021年考评等次"]);
  expect(found.columns.at(-1)?.samples).toEqual(["优秀", "合格"]);
});

it("reads any roster that can be imported, and refuses what cannot", async () => {
  const found = await previewRoster(fixture("workers-2022.xlsx"), { kind: "workers" });
  expect(found.columns.every(({ target }) => target !== null)).toBe(true);
  expect(found.columns.some(({ target }) => target === "appraisal2021")).toBe(true);
  await expect(preview("")).rejects.toMatchObject({ details: { reason: "empty-file" } });
  await expect(preview("%PDF-1.7")).rejects.toMatchObject({ details: { reason: "not-a-roster" } });
});
