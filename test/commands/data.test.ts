import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../server/store/index.ts";
import { program, run } from "./run.ts";

let folder: string;
let data: string;
const heading = "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间,学历";
const rows = ["电工", "电工", "烹饪", "殡葬服务"].map(
  (trade, index) => `2023,C${index},李四,女,1985-03-02,崇川区,崇川小学,是,${trade},技师,2015-12-01,2005-07-01,大专`,
);
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-cli-"));
  data = join(folder, "data");
  file = join(folder, "workers.csv");
  await writeFile(file, [heading, ...rows, ""].join("\n"));
  expect(await run(["init", "--data", data])).toMatchObject({ code: 0 });
  const imported = await run(["import", file, "--kind", "workers", "--data", data, "--json"]);
  expect(imported).toMatchObject({ code: 0, errors: [] });
  expect(JSON.parse(imported.out)).toMatchObject({ file: "workers.csv", rowsRead: 4, rowsLoaded: 4, rowsRejected: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the table as JSON, CSV and Arrow says the same", async () => {
  const asked = ["eligibility", "--data", data, "--year", "2024", "--by", "trade,level", "--district", "320600"];
  const json = await run(asked);
  expect(json).toMatchObject({ code: 0, errors: [] });
  const table = JSON.parse(json.out) as Record<string, unknown>[];
  const electricians = table.filter(({ trade, targetLevel }) => trade === "电工" && targetLevel === "seniorTechnician");
  expect(electricians).toMatchObject([{ examYear: 2024, workers: 2 }]);
  const csv = await run([...asked, "--format", "csv"]);
  const texts = table.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, String(v ?? "")])));
  expect(parse(csv.stdout, { columns: true, bom: true })).toEqual(texts);
  const arrow = await run([...asked, "--format", "arrow"]);
  expect(
    tableFromIPC(arrow.stdout)
      .toArray()
      .map((row) => row.toJSON()),
  ).toEqual(table);
});

test("quota and its report", async () => {
  const { out } = await run(["quota", "--data", data, "--year", "2024", "--by", "unit,trade"]);
  expect(JSON.parse(out)).toMatchObject(
    [
      { unit: "崇川小学", trade: "殡葬服务", technicians: 1, quota: null },
      { unit: "崇川小学", trade: "烹饪", technicians: 1, quota: 1, left: 1 },
      { unit: "崇川小学", trade: "电工", technicians: 2, quota: 1, left: 1 },
    ].sort((a, b) => (a.trade < b.trade ? -1 : 1)),
  );
  const report = join(folder, "指标.xlsx");
  expect(await run(["report", "quota-use", "--data", data, "--year", "2024", "--out", report])).toMatchObject({
    code: 0,
  });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(report);
  expect(workbook.worksheets[0]?.getCell("A2").text).toContain("2024年度高级技师申报指标使用情况表");
});

test("a token works and only its hash is kept", async () => {
  const made = await run(["token", "create", "--data", data, "--name", "nightly"]);
  expect(made.code).toBe(0);
  expect(made.out).toMatch(/^gk_[\w-]{43}\n$/);
  expect((await readFile(join(data, "gongkao.duckdb"))).includes(made.out.trim())).toBe(false);
});

test.each([
  [["eligibility", "--year", "2030"], 2, /2024/],
  [["eligibility", "--year", "2024", "--by", "city"], 2, /district/],
  [["eligibility", "--year", "2024", "--level", "x"], 2, /seniorTechnician/],
  [["eligibility", "--year", "2024", "--district", "32"], 2, /320600/],
  [["report", "nothing", "--year", "2024", "--out", "x.xlsx"], 2, /quota-use/],
  [["report", "quota-use", "--year", "2024", "--out", "/nonexistent/x.xlsx"], 2, /nonexistent/],
  [["import", "/nonexistent.csv", "--kind", "workers"], 2, /nonexistent/],
  [["import", "x.csv", "--kind", "people"], 2, /applications/],
  [["report", "quota-use", "--year", "2024", "--out", "x.pdf"], 2, /\.xlsx.*x\.pdf/],
])("%o: one line, exit %i", async (args, code, message) => {
  const ended = await run([...args, "--data", data]);
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
  expect(ended.errors).toHaveLength(1);
  expect(ended.errors[0]).toMatch(message);
});

test("of several files the one that cannot be loaded is named", async () => {
  const empty = join(folder, "空.csv");
  await writeFile(empty, "");
  const ended = await run(["import", file, empty, "--kind", "workers", "--data", data]);
  expect(ended).toMatchObject({ code: 2, errors: ["空.csv：文件是空的 · 空.csv: the file is empty"] });
  expect(ended.out).toMatch(/^workers\.csv: 读取 4，新增 0，更新 0，未变 4/);
});

test("the command line keeps the limit of uploads", async () => {
  const large = join(folder, "large.csv");
  await writeFile(large, `${heading}\n${" ".repeat(1_100_000)}`);
  const ended = await run(["import", large, "--kind", "workers", "--data", data], "", { GONGKAO_UPLOAD_LIMIT_MB: "1" });
  expect(ended).toMatchObject({ code: 2, errors: [expect.stringMatching(/large\.csv.*上限 1 MB.*at most 1 MB/)] });
});

test("a full disk under standard output: one line, no stack", async () => {
  const full = openSync("/dev/full", "w");
  const args = [program, "quota", "--year", "2024", "--data", data];
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(/ENOSPC/)]);
});

test("a folder without a database is told, not made", async () => {
  const ended = await run(["quota", "--year", "2024", "--data", join(folder, "nothing")]);
  expect(ended).toMatchObject({ code: 2, errors: [expect.stringMatching(/gongkao init/)] });
});

test("an import is undone and the history says so", async () => {
  const more = join(folder, "更正.csv");
  await writeFile(more, [heading, rows[0]?.replace("电工", "烹饪"), ""].join("\n"));
  expect(await run(["import", more, "--kind", "workers", "--data", data])).toMatchObject({ code: 0 });
  const undone = await run(["undo-import", "--kind", "workers", "--data", data, "--json"]);
  expect(JSON.parse(undone.out)).toMatchObject({ undoes: 2, file: "更正.csv", rowsRemoved: 0, rowsRestored: 1 });
  const listed = await run(["imports", "--data", data, "--json"]);
  expect(JSON.parse(listed.out)).toMatchObject([
    { id: 3, action: "undo", undoes: 2, who: "命令行" },
    { id: 2, file: "更正.csv", undoneBy: 3, who: "命令行" },
    { id: 1, file: "workers.csv", undoable: true },
  ]);
  expect((await run(["imports", "--data", data])).out).toMatch(/更正\.csv.*undone by 3/);
  const nothing = await run(["undo-import", "--kind", "applications", "--data", data]);
  expect(nothing).toMatchObject({ code: 2, out: "", errors: [expect.stringMatching(/没有可撤销的/)] });
});

test("while another process holds the database the command says so and fails", async () => {
  const store = await openStore(data);
  try {
    const ended = await run(["quota", "--year", "2024", "--data", data]);
    expect(ended).toMatchObject({ code: 1, out: "", errors: [expect.stringMatching(/另一个进程.*another process/)] });
  } finally {
    await store.close();
  }
});
