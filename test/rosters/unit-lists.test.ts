import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { mostKept, ProblemFile, readProblems } from "../../server/rosters/problem-file.ts";
import type { FoundProblem } from "../../server/rosters/report.ts";
import { byUnit, safeFileName } from "../../server/rosters/unit-groups.ts";
import { unitListFiles, unitLists } from "../../server/rosters/unit-lists.ts";
import { ground, roster } from "./ground.ts";
import { checked, partsOf } from "./marked-ground.ts";

describe("file names", () => {
  it.each([
    ['甲/乙\\丙:丁*戊?己"庚<辛>壬|癸', "甲 乙 丙 丁 戊 己 庚 辛 壬 癸"],
    ["..", "_"],
    [" . 甲中学. ", "甲中学"],
    ["CON", "_CON"],
    ["com1", "_com1"],
    ["第\u0000一\n中\u202e学", "第 一 中 学"],
    ["", "_"],
    ["长".repeat(300), "长".repeat(60)],
    ["../../etc/passwd", "etc passwd"],
  ])("%j is safe", (unit, name) => {
    expect(safeFileName(unit)).toBe(name);
  });

  const problem = (unit: string | undefined, row: number | null = 2, code = "date-invalid"): FoundProblem => ({
    row,
    column: "出生日期",
    value: "x",
    code,
    message: { zh: "有误", en: "wrong" },
    severity: "error",
    ...(unit === undefined ? {} : { unit }),
  });

  it("are unlike each other, also where systems do not tell large from small letters", () => {
    const { units, ofFile } = byUnit(
      ["A单位", "a单位", "A/单位", "A:单位", "汇总", "未写明单位", undefined].map((unit) => problem(unit)),
    );
    const names = units.map(({ fileName }) => fileName.toLowerCase());
    expect(new Set(names).size).toBe(7);
    expect(names).not.toContain("汇总");
    expect(names.at(-1)).toBe("未写明单位");
    expect(ofFile).toEqual([]);
  });

  it("what is about the file or its headings is no unit's", () => {
    const { units, ofFile } = byUnit([problem(undefined, null), problem(undefined, 1, "column-unknown")]);
    expect(units).toEqual([]);
    expect(ofFile).toHaveLength(2);
  });
});

const text = async (bytes: Uint8Array): Promise<string> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const found: string[] = [];
  for (const sheet of workbook.worksheets) sheet.eachRow((row) => row.eachCell((cell) => found.push(cell.text)));
  return found.join("\n");
};

describe("lists for the units", () => {
  it("hold that unit's rows and no identity number", async () => {
    const place = await ground();
    const path = join(place.folder, "table.csv");
    const id = "320602198507011234";
    await writeFile(
      path,
      roster(
        [
          `2023,W1,江都区,甲中学,1985.13,${id},王一`,
          "2023,W2,江都区,乙中学,1985.14,,=HYPERLINK(1)",
          `2023,${id},火星,,,,王三`,
        ],
        ",出生日期,身份证号,姓名",
      ),
    );
    const { report, found } = await checked(place, path, "workers", "名册.csv");
    const files = new Map<string, string>();
    for await (const { name, bytes } of unitListFiles({ report, ...found })) files.set(name, await text(bytes));
    expect([...files.keys()]).toEqual(["汇总.xlsx", "甲中学.xlsx", "乙中学.xlsx", "未写明单位.xlsx"]);
    expect(files.get("甲中学.xlsx")).toContain("王一");
    expect(files.get("甲中学.xlsx")).not.toContain("W2");
    expect(files.get("乙中学.xlsx")).toContain("=HYPERLINK(1)");
    expect(files.get("未写明单位.xlsx")).toContain("缺少单位名称");
    for (const content of files.values()) expect(content).not.toContain(id);
    const pieces: Buffer[] = [];
    for await (const piece of unitLists({ report, ...found })) pieces.push(piece);
    const zip = join(place.folder, "units.zip");
    await writeFile(zip, Buffer.concat(pieces));
    expect([...(await partsOf(zip)).keys()]).toEqual([...files.keys()]);
    // bit 11: the names are UTF-8
    expect((await readFile(zip)).readUInt16LE(6) & 0x800).toBe(0x800);
  });
});

describe("the stream of problems", () => {
  it("names every cell, also of what the report says once", async () => {
    const place = await ground();
    const path = join(place.folder, "table.csv");
    await writeFile(
      path,
      roster(
        Array.from({ length: 700 }, (_, row) => `2023,W${row},江都区,甲中学,司机`),
        ",工种",
      ),
    );
    const { report, found } = await checked(place, path);
    const said = report.problems.filter(({ code }) => code === "trade-unmapped" || code.startsWith("trade-"));
    expect(said).toHaveLength(1);
    expect(said[0]?.cells).toBe(700);
    const streamed = found.problems.filter(({ code }) => code === said[0]?.code);
    expect(streamed.map(({ cell }) => cell)).toEqual(Array.from({ length: 700 }, (_, row) => `E${row + 2}`));
    expect(streamed[3]).toMatchObject({ workerId: "W3", unit: "甲中学" });
    for (const { code, count } of report.counts)
      expect(found.problems.filter((problem) => problem.code === code)).toHaveLength(count);
  });

  it("is kept up to a bound, errors apart from warnings", async () => {
    const place = await ground();
    const path = join(place.folder, "problems");
    const file = new ProblemFile(path);
    const base = { row: 1, column: null, value: null, code: "x", message: { zh: "错", en: "wrong" } };
    for (let count = 0; count < mostKept + 5; count++) file.add({ ...base, severity: "warning" });
    file.add({ ...base, severity: "error" });
    file.close();
    const { problems, notKept } = await readProblems(path);
    expect(problems).toHaveLength(mostKept + 1);
    expect(problems.at(-1)?.severity).toBe("error");
    expect(notKept).toBe(5);
  });
});

it("says of a number that was not kept that the row was, and names the sheet of a repeated row in words", async () => {
  const at = await ground();
  const book = new ExcelJS.Workbook();
  const heading = ["年度", "人员编号", "地区", "单位名称", "身份证号"];
  book.addWorksheet("名册").addRows([heading, [2022, "A1", "江都区", "甲", "999999198507060017"]]);
  book.addWorksheet("补充").addRows([heading, [2022, "A1", "江都区", "甲", null]]);
  const problems: FoundProblem[] = [];
  const report = await at.loadContent(new Uint8Array(await book.xlsx.writeBuffer()), {
    fileName: "名册.xlsx",
    onProblem: (problem) => problems.push(problem),
  });
  let lists = "";
  for await (const { bytes } of unitListFiles({ report, problems, notKept: 0 })) lists += await text(bytes);
  expect(lists).toContain("行已录入，身份证号未保存，请核对");
  expect(lists).toContain("人员编号 A1 与工作表“名册”第 2 行重复，只录入前一行");
});
