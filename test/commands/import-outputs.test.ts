import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellsOf, marksIn, openWorkbook } from "../rosters/marked-ground.ts";
import { run } from "./run.ts";

let folder = "";
let data = "";
let file = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-outputs-"));
  data = join(folder, "data");
  file = join(folder, "名册.csv");
  await writeFile(
    file,
    "年度,人员编号,地区,单位名称,出生日期\n2023,W1,江都区,甲中学,1985.13\n2023,W2,江都区,乙中学,1985-07-01\n",
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const importing = (...more: string[]) => run(["import", file, "--kind", "workers", "--data", data, ...more]);

test.each([
  ["dry run", ["--dry-run"]],
  ["import", []],
])("import --marked --units: %s", async (_name, more) => {
  const [marked, units] = [join(folder, "出", "..", "标记.xlsx"), join(folder, "单位", "清单")];
  await rm(units, { recursive: true, force: true });
  expect(await importing(...more, "--marked", marked, "--units", units)).toMatchObject({ code: 0, errors: [] });
  const workbook = await openWorkbook(marked);
  expect([...marksIn(workbook, "名册").keys()]).toEqual(["A2", "E2"]);
  expect((await cellsOf(marked)).get("名册!3:1")).toBe("W2");
  expect((await readdir(units)).sort()).toEqual(["汇总.xlsx", "甲中学.xlsx"].sort());
  expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test.each([
  [["--marked", "out.csv"], /\.xlsx/],
  [["--marked", "a.xlsx", "other.csv"], /一次只能用于一个文件|other\.csv/],
  [["--marked", "/nowhere/at/all.xlsx"], /没有文件夹 \/nowhere\/at/],
])("import %j fails in one line", async (more, message) => {
  const { code, errors } = await importing("--dry-run", ...more);
  expect(code).toBe(2);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(message);
});

test("the roster itself is never overwritten", async () => {
  const own = join(folder, "名册.xlsx");
  await writeFile(own, "x");
  const { code, errors } = await run(["import", own, "--kind", "workers", "--data", data, "--marked", own]);
  expect(code).toBe(2);
  expect(errors[0]).toContain("--marked");
  expect(await readFile(own, "utf8")).toBe("x");
});
