import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run.ts";

let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-places-"));
  data = join(folder, "data");
  const file = join(folder, "workers.csv");
  const heading = "年度,人员编号,姓名,地区,单位名称,在岗,工种,现技术等级";
  const districts = ["鼓楼区", "鼓楼区", "思明区"];
  const rows = districts.map((district, n) => `2023,F${n},李四,${district},某单位${n},是,电工,技师`);
  await writeFile(file, [heading, ...rows, ""].join("\n"));
  expect(await run(["init", "--data", data])).toMatchObject({ code: 0 });
  expect(await run(["import", file, "--kind", "workers", "--data", data])).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("publicity: what the notice asks for, from a day on", async () => {
  const { code, out } = await run(["publicity", "--rulebook", "nantong-2023", "--from", "2023-06-19"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ from: "2023-06-19", workingDays: 5, until: "2023-06-26" });
});

test.each([
  [["--from", "2026-12-31"], /2020–2026/],
  [["--from", "19 June"], /19 June/],
  [["--from", "2023-06-19", "--days", "none"], /1…366/],
  [[], /--from/],
])("publicity %j: one line, exit code 2", async (options, text) => {
  const { code, out, errors } = await run(["publicity", "--rulebook", "nantong-2023", ...options]);
  expect({ code, out, lines: errors.length }).toEqual({ code: 2, out: "", lines: 1 });
  expect(errors[0]).toMatch(text);
});

test("places: the balance as the API answers it", async () => {
  const asked = ["places", "--data", data, "--rulebook", "fujian-2020", "--year", "2024"];
  const { code, out } = await run([...asked, "--total", "10"]);
  expect(code).toBe(0);
  const { regions, ...head } = JSON.parse(out) as { regions: { district: string; places: number }[] };
  expect(head).toMatchObject({ rulebook: "fujian-2020", examYear: 2024, total: 10, tradeCap: 1, workers: 3 });
  const given = regions.filter(({ places }) => places > 0);
  expect(given).toMatchObject([
    { district: "350100", workers: 2, places: 7 },
    { district: "350200", workers: 1, places: 3 },
  ]);
  const none = await run([...asked, "--total", "0"]);
  expect(none).toMatchObject({ code: 2, out: "" });
  expect(none.errors).toHaveLength(1);
});
