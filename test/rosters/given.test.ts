import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { loadPlaceNames, markedWorkbook, previewRoster } from "../../server/rosters/index.ts";
import { codes, ground, roster } from "./ground.ts";
import { checked, listIn, openWorkbook } from "./marked-ground.ts";

/** A sheet for each unit; nothing but the titles says which, nor where it is. */
async function unitBook(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [sheet, unit] of [
    ["表一", "填报单位：示例一中（盖章）  填报日期：2023年1月"],
    ["表二", "单位（盖章）：示例二中"],
  ] as const) {
    book
      .addWorksheet(sheet)
      .addRows([
        ["2022年度工勤人员名册"],
        [unit, null, "地区：江都区"],
        ["人员编号", "姓名", "出生日期"],
        [`${sheet}1`, "示例甲", "1980-01-02"],
        [`${sheet}2`, "示例乙", "1980-13-02"],
      ]);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe("unit and district given with the import", () => {
  it("stand for all rows of a sheet that names neither; said once, and its problems name sheet and row", async () => {
    const place = await ground();
    const path = join(place.folder, "units.xlsx");
    await writeFile(path, await unitBook());
    const options = { kind: "workers", year: 2022, sheet: "表二", fileName: "单位.xlsx" } as const;
    await expect(place.load(path, options)).rejects.toMatchObject({
      details: { reason: "columns-missing", columns: ["地区 district", "单位名称 unit"] },
      text: { zh: expect.stringContaining("（地区、单位也可以在导入时指定）") },
    });
    const given = { ...options, unit: " 示例 二中 ", district: "江都区" };
    const { report, found } = await checked(place, path, "workers", "单位.xlsx", given);
    expect(report).toMatchObject({ rowsRead: 2, rowsLoaded: 1, rowsRejected: 1, dryRun: true });
    expect(report.problems.filter(({ code }) => code.endsWith("-given"))).toMatchObject([
      { code: "unit-given", severity: "warning", cells: 2, taken: "示例二中", column: "单位名称" },
      { code: "district-given", severity: "warning", cells: 2, taken: "321012 扬州市江都区", column: "地区" },
    ]);
    expect(found.problems.filter(({ code }) => code === "unit-given")).toHaveLength(1);
    expect(report.problems.find(({ code }) => code === "date-invalid")).toMatchObject({ row: 5, unit: "示例二中" });
    const pieces: Buffer[] = [];
    for await (const piece of markedWorkbook({ path, limitBytes: 1e8, report, found })) pieces.push(piece);
    const out = join(place.folder, "marked.xlsx");
    await writeFile(out, Buffer.concat(pieces));
    const list = listIn(await openWorkbook(out));
    expect(JSON.stringify(list)).toContain("表二");
    await place.load(path, given);
    expect(await place.rows("workers")).toMatchObject([{ unit: "示例二中", district: "321012", rosterYear: 2022 }]);
  });

  it("stand for the first row as for the others, also where no column speaks of places", async () => {
    const place = await ground();
    const path = join(place.folder, "registration.csv");
    await writeFile(path, "人员编号,申报工种,申报等级\nA1,电工,高级工\nA2,电工,高级工");
    const options = { kind: "applications", year: 2023, unit: "示例一中", district: "江都区" } as const;
    expect(await place.load(path, options)).toMatchObject({ rowsRead: 2, rowsLoaded: 2, rowsRejected: 0 });
    expect(await place.load(path, { kind: "applications", year: 2022 })).toMatchObject({
      rowsLoaded: 0,
      problems: [
        { row: 2, column: "district", value: null, code: "required-missing" },
        { row: 3, column: "district", value: null, code: "required-missing" },
      ],
    });
  });

  it("leave rows alone that name their own, and cells that cannot be read", async () => {
    const { loadContent, rows } = await ground();
    const lines = ["2022,A1,江都区,甲", "2022,A2,,", "2022,A3,无此地区,乙"];
    const report = await loadContent(roster(lines), { unit: "丙", district: "320000" });
    expect(codes(report).sort()).toEqual(["3:district-given", "3:unit-given", "4:district-unknown"]);
    expect(report.problems.find(({ code }) => code === "unit-given")).toMatchObject({ cell: "D3", taken: "丙" });
    expect((await rows("workers")).map(({ unit, district }) => [unit, district])).toEqual([
      ["甲", "321012"],
      ["丙", "320000"],
    ]);
  });

  it("are refused where they mean nothing", async () => {
    const { loadContent } = await ground();
    const content = roster(["2022,A1,江都区,甲"]);
    for (const given of [{ district: "无此地区" }, { unit: " " }])
      await expect(loadContent(content, given)).rejects.toMatchObject({
        code: "bad-input",
        details: { property: Object.keys(given)[0] },
      });
  });
});

describe("what titles and sheet names say", () => {
  it("is suggested for each sheet", async () => {
    const { store, folder } = await ground();
    const path = join(folder, "units.xlsx");
    await writeFile(path, await unitBook());
    const names = await store.read(loadPlaceNames);
    const found = await previewRoster(path, { kind: "workers", names });
    expect(found.sheets.map((sheet) => [sheet.suggestedUnit, sheet.suggestedDistrict])).toEqual([
      ["示例一中", "321012"],
      ["示例二中", "321012"],
    ]);
    expect(found).toMatchObject({ suggestedUnit: "示例一中", suggestedDistrict: "321012" });
  });

  it.each([
    ["填报单位", "示例局机关", "x", "示例局机关", null],
    ["单位名称：示例 一中", "", "Sheet1", "示例一中", null],
    ["单位：________", "", "示例第二小学", "示例第二小学", null],
    ["单位（公章）：", "填表日期：2023-01-01", "人员名册", null, null],
    ["单位性质：全额", "", "江都", null, "321012"],
    ["2023年度扬州市江都区事业单位工勤人员名册", "", "表一", null, "321012"],
    ["江都区人员名册（2023年）", "", "Sheet1", null, "321012"],
    ["2023年度工勤人员名册", "南通市崇川区、扬州市江都区", "x", null, null],
    ["地区:321012 江都区", "主管单位：示例局", "说明", null, "321012"],
    ["填报单位：张三999999198507060016", "", "x", "张三999999********0016", null],
  ])("%s | %s | sheet %s", async (first, second, sheet, unit, district) => {
    const { store, folder } = await ground();
    const path = join(folder, "one.xlsx");
    const book = new ExcelJS.Workbook();
    book.addWorksheet(sheet).addRows([
      [first, second],
      ["年度", "人员编号", "姓名"],
      [2022, "A1", "示例甲"],
    ]);
    await writeFile(path, new Uint8Array(await book.xlsx.writeBuffer()));
    const found = await previewRoster(path, { kind: "workers", names: await store.read(loadPlaceNames) });
    expect([found.suggestedUnit, found.suggestedDistrict]).toEqual([unit, district]);
  });
});
