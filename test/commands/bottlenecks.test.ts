import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadReference } from "../../server/reference/load.ts";
import { openStore } from "../../server/store/index.ts";
import { fillRoster } from "../eligibility/roster.ts";
import { run } from "./run.ts";

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "gongkao-bottlenecks-"));
  const store = await openStore(data, { memoryLimit: "512MB" });
  await store.transaction(async (c) => {
    await loadReference(c);
    await fillRoster(c, { count: 100, rosterYear: 2023, districts: ["320612", "320411"], seed: 4 });
  });
  await store.close();
});
afterAll(() => rm(data, { recursive: true, force: true }));

test("the table as JSON and CSV, of one rulebook", async () => {
  const args = ["bottlenecks", "--year", "2024", "--rulebook", "changzhou-2024", "--level", "senior", "--data", data];
  const json = await run(args);
  expect(json.code).toBe(0);
  const rows = JSON.parse(json.out) as Record<string, unknown>[];
  expect(rows.map(({ condition }) => condition)).toContain("cycle-year");
  for (const row of rows) expect(row).toMatchObject({ examYear: 2024, rulebook: "changzhou-2024", workers: 50 });
  const csv = await run([...args, "--by", "unit", "--format", "csv"]);
  expect(csv.out).toMatch(
    /^\uFEFFunit,unitName,examYear,rulebook,targetLevel,condition,blocked,soleBlocker,unknown,share/,
  );
});

test("a rulebook there is not is one line with the nearest", async () => {
  const { code, out, errors } = await run([
    "bottlenecks",
    "--year",
    "2024",
    "--rulebook",
    "changzou-2024",
    "--data",
    data,
  ]);
  expect([code, out, errors.length]).toEqual([2, "", 1]);
  expect(errors[0]).toContain("did you mean changzhou-2024?");
});
