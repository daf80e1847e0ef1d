import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diffSchema } from "../../server/api/rulebooks-diff-schema.ts";
import { loadReference } from "../../server/reference/load.ts";
import { openStore } from "../../server/store/index.ts";
import { fillRoster } from "../eligibility/roster.ts";
import { run } from "./run.ts";

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "gongkao-diff-"));
  const store = await openStore(data, { memoryLimit: "512MB" });
  await store.transaction(async (c) => {
    await loadReference(c);
    await fillRoster(c, { count: 200, rosterYear: 2023, districts: ["320612", "320411"], seed: 3 });
  });
  await store.close();
});
afterAll(() => rm(data, { recursive: true, force: true }));

const diff = (...args: string[]) => run(["rulebooks", "diff", ...args]);

test("a rulebook of a folder elsewhere and one of the product", async () => {
  const { code, out } = await diff("yunlingsheng-2026", "jiangsu-2020", "--rulebooks", "test/rulebooks");
  expect(code).toBe(0);
  expect(out.split("\n")[0]).toBe("yunlingsheng-2026 (2026) → jiangsu-2020 (2020)");
});

test("a line for each condition, with both citations, Chinese first", async () => {
  const { code, out, errors } = await diff("nantong-2023", "changzhou-2024");
  expect([code, errors]).toEqual([0, []]);
  const lines = out.trimEnd().split("\n");
  expect(lines[0]).toBe("nantong-2023 (2023) → changzhou-2024 (2024)");
  expect(lines).toContain("[初级工 · junior] 仅 changzhou-2024 有 · only in changzhou-2024");
  expect(lines.find((line) => line.includes("window"))).toMatch(
    /申报时间 window：2023-06-13—2023-06-27 \(通人社考〔2023〕5号 .+\) → 2024-06-01—2024-07-05 \(2024年常州市.+\)$/,
  );
  expect(lines.find((line) => line.includes("条件 trade-open"))).toMatch(
    /：.+ · .+ \(通人社考〔2023〕5号 二\) → 无 · none$/,
  );
  expect(lines.find((line) => line.includes("条件 fraud-ban"))).toMatch(/ ← 申报首日 · window\.from$/);
  expect(out).not.toContain("条件 seniority");
  expect(out).not.toMatch(/undefined|null|\[object/);
});

test("the same rulebook twice has no difference", async () => {
  const { code, out } = await diff("fujian-2020", "fujian-2020");
  expect(code).toBe(0);
  expect(out.trimEnd().split("\n").slice(2)).toEqual(["规则没有差异 · no difference in the rules"]);
});

test("--json, --year and --population: the answer of the API", async () => {
  const { code, out } = await diff(
    "jiangsu-2020",
    "jiangdu-2020",
    "--json",
    "--year",
    "2024",
    "--population",
    "--data",
    data,
  );
  expect(code).toBe(0);
  const answer: unknown = JSON.parse(out);
  expect(diffSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({
    a: { id: "jiangsu-2020" },
    year: { a: 2024, b: 2024 },
    same: false,
    population: { rosterYear: 2023, examYear: 2024 },
  });
});

test("--population in words, by default of the newest roster", async () => {
  const { code, out } = await diff("jiangsu-2020", "jiangdu-2020", "--population", "--data", data);
  expect(code).toBe(0);
  expect(out).toContain("2023 年度名册按 2024 年核验 · the roster of 2023 decided for 2024");
  expect(out).toMatch(/\[中级工 · intermediate\] 200 人 · workers\n {4}资格结论 decision：.+ · .+ → .+ · .+ \d+/);
});

test("what cannot be compared is told in one line", async () => {
  for (const [args, reason] of [
    [["nantong-2024", "changzhou-2024"], "did you mean nantong-2023"],
    [["nantong-2023", "changzou-2024"], "did you mean changzhou-2024"],
    [["nantong-2023"], "missing required argument"],
    [["nantong-2023", "changzhou-2024", "--year", "1990"], "invalid year: 1990"],
    [["nantong-2023", "changzhou-2024", "--year", "2030", "--population", "--data", data], "invalid year: 2030"],
    [["nantong-2023", "changzhou-2024", "--population", "--data", "/nonexistent"], "no database in /nonexistent"],
  ] as const) {
    const { code, out, errors } = await diff(...args);
    expect([code, out, errors.length], reason).toEqual([2, "", 1]);
    expect(errors[0]).toContain(reason);
    expect(errors[0]).toMatch(/^[^·]*\p{Script=Han}[^·]* · /u);
  }
});
