import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run.ts";

let folder: string;
let data: string;
const heading = "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间,学历";
const line = (year: number, id: string, unit: string, since = "2015-12") =>
  `${year},${id},李四,女,1985-03-02,崇川区,${unit},是,电工,技师,${since},2005-07-01,大专`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-cli-"));
  data = join(folder, "data");
  const file = join(folder, "workers.csv");
  const rows = [line(2022, "A1", "甲"), line(2022, "A2", "甲"), line(2023, "A1", "乙"), line(2023, "A3", "甲", "2001")];
  await writeFile(file, [heading, ...rows, ""].join("\n"));
  expect(await run(["import", file, "--kind", "workers", "--data", data])).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("roster-changes: the table in every format, and the people behind a count", async () => {
  const asked = ["roster-changes", "--data", data, "--from", "2022", "--to", "2023"];
  const { out, errors } = await run([...asked, "--by", "unit"]);
  expect(errors).toEqual([]);
  const table = JSON.parse(out) as Record<string, unknown>[];
  expect(table).toMatchObject([
    { unit: "乙", workersFrom: 0, workersTo: 1, movedIn: 1 },
    { unit: "甲", workersFrom: 2, workersTo: 1, joined: 1, left: 1, movedOut: 1 },
  ]);
  const csv = await run([...asked, "--by", "unit", "--format", "csv"]);
  const texts = table.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, String(v ?? "")])));
  expect(parse(csv.stdout, { columns: true, bom: true })).toEqual(texts);
  const people = await run([...asked, "--kind", "left"]);
  expect(JSON.parse(people.out)).toMatchObject([{ workerId: "A2", fromUnit: "甲", toUnit: null }]);
});

test("quality: the trend, one year by unit, and the findings", async () => {
  const trend = await run(["quality", "--data", data]);
  expect(trend).toMatchObject({ code: 0, errors: [] });
  expect(JSON.parse(trend.out)).toMatchObject([
    { rosterYear: 2022, workers: 2, score: 1 },
    { rosterYear: 2023, workers: 2, errorRows: 1, score: 0.7 },
  ]);
  const units = await run(["quality", "--data", data, "--year", "2023", "--by", "unit"]);
  expect(JSON.parse(units.out)).toMatchObject([
    { unit: "乙", score: 1 },
    { unit: "甲", score: 0.4 },
  ]);
  const findings = await run(["quality", "--data", data, "--findings", "--severity", "error"]);
  expect(JSON.parse(findings.out)).toMatchObject([
    { code: "certificate-before-work", workerId: "A3", file: "workers.csv", sourceRow: 5 },
  ]);
  const csv = await run(["quality", "--data", data, "--code", "certificate-before-work", "--format", "csv"]);
  expect(csv.out).toContain("技师证书时间 2001 早于参加工作时间 2005-07-01");
});

test("unit-changes, trades, trade-aliases: what units and trades count as, as JSON and CSV", async () => {
  expect(await run(["unit-changes", "--data", data])).toMatchObject({ code: 0, out: "[]\n" });
  const trades = JSON.parse((await run(["trades", "--data", data])).out) as Record<string, unknown>[];
  expect(trades.find(({ name }) => name === "电工")).toMatchObject({ general: true, generalAssumed: true, workers: 2 });
  const { stdout } = await run(["trade-aliases", "--data", data, "--format", "csv"]);
  const aliases = parse(stdout, { columns: true, bom: true }) as Record<string, string>[];
  expect(aliases.find(({ alias }) => alias === "司机")).toMatchObject({ trade: "汽车驾驶与管理", who: "", rows: "0" });
});

test.each([
  [["roster-changes", "--from", "2022"], /--to/],
  [["roster-changes", "--from", "2022", "--to", "2030"], /2023/],
  [["roster-changes", "--from", "2023", "--to", "2022"], /早于/],
  [["roster-changes", "--from", "2022", "--to", "2023", "--kind", "gone"], /joined/],
  [["quality", "--year", "1999"], /2022/],
  [["quality", "--by", "trade"], /district/],
  [["quality", "--code", "nothing"], /level-fell/],
  [["undo-import"], /--kind/],
])("%o: one line, exit 2", async (args, message) => {
  const ended = await run([...args, "--data", data]);
  expect({ code: ended.code, out: ended.out }).toEqual({ code: 2, out: "" });
  expect(ended.errors).toHaveLength(1);
  expect(ended.errors[0]).toMatch(message);
});
