import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { openStore } from "../../server/store/index.ts";
import { fillWorld, lastRoster } from "../forecast/world.ts";
import { run } from "./run.ts";

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "gongkao-forecast-"));
  const store = await openStore(data, { memoryLimit: "512MB" });
  await store.transaction(async (c) => {
    await loadReference(c);
    await fillWorld(c, { people: 120 }, await loadLibrary());
  });
  await store.close();
}, 400_000);
afterAll(() => rm(data, { recursive: true, force: true }));

test("the coming years as JSON and CSV, what they lean on beside it", async () => {
  const args = ["forecast", "--data", data, "--to", String(lastRoster + 2), "--by", "level"];
  const json = await run(args);
  expect(json.code).toBe(0);
  const rows = JSON.parse(json.out) as Record<string, unknown>[];
  expect(new Set(rows.map(({ examYear }) => examYear))).toEqual(new Set([lastRoster + 1, lastRoster + 2]));
  expect(json.errors.join()).toContain("learned from");
  const csv = await run([...args, "--origin", String(lastRoster - 1), "--format", "csv"]);
  expect(csv.out).toMatch(/^\uFEFFtargetLevel,examYear,workers,planningEligible,/);
}, 400_000);

test("an origin there is not is one line", async () => {
  const { code, out, errors } = await run(["forecast", "--data", data, "--origin", "1999"]);
  expect([code, out, errors.length]).toEqual([2, "", 1]);
  expect(errors[0]).toContain("no roster of 1999");
}, 400_000);

test("a scenario in a file stands beside the base, its changes told; a change that cannot be is one line", async () => {
  const file = join(data, "changes.json");
  const change = { kind: "threshold", rulebook: "jiangsu-2020", level: "senior", condition: "service" };
  await writeFile(file, JSON.stringify([{ ...change, parameter: "date.yearAtMost", value: 18 }]));
  const args = ["scenarios", "--data", data, "--scenario", file, "--by", "level"];
  const json = await run(args);
  expect(json.code).toBe(0);
  const rows = JSON.parse(json.out) as Record<string, number | string | null>[];
  const senior = rows.find(({ targetLevel, examYear }) => targetLevel === "senior" && examYear === lastRoster + 1);
  expect(Number(senior?.planningEligibleDifference)).toBeGreaterThan(0);
  expect(Number(senior?.planningEligibleScenario)).toBeGreaterThan(Number(senior?.planningEligibleBase));
  expect(json.errors.join()).toContain("工作年限 20年 → 18年");
  await writeFile(file, JSON.stringify([{ ...change, parameter: "years", value: 18 }]));
  const faulty = await run(args);
  expect([faulty.code, faulty.out]).toEqual([2, ""]);
  expect(faulty.errors.at(-1)).toContain("date.yearAtMost");
}, 400_000);

test("what an exam year weighs is set and taken back", async () => {
  const year = ["forecast-years", "--data", data, "--year", "2022"];
  const set = await run([...year, "--weight", "0.5", "--reason", "疫情"]);
  const of2022 = (out: string) =>
    (JSON.parse(out) as Record<string, unknown>[]).find(({ examYear }) => examYear === 2022);
  expect(of2022(set.out)).toMatchObject({ weight: 0.5, reason: "疫情" });
  const reset = await run([...year, "--reset"]);
  expect(of2022(reset.out)).toMatchObject({ weight: 1, reason: null });
  const faulty = await run([...year, "--weight", "2"]);
  expect([faulty.code, faulty.out, faulty.errors.length]).toEqual([2, "", 1]);
}, 60_000);
