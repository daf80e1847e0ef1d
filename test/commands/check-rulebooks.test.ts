import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rulebookFolder } from "../../server/library.ts";
import { run } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-rulebooks-"));
  await cp(rulebookFolder, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const alter = async (name: string, from: string, to: string) => {
  const file = join(folder, name);
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
};

test("the product's own rulebooks are sound", async () => {
  const { code, out, errors } = await run(["rulebooks", "check"]);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  expect(out).toMatch(/^规则库 \d+ 个，案例 \d+ 个，全部通过 · \d+ rulebooks, \d+ cases, all hold\n$/);
});

test("a case that does not hold is named, exit 1", async () => {
  await alter("nantong-2023.yaml", "decision: eligible", "decision: ineligible");
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect({ code, errors }).toEqual({ code: 1, errors: [] });
  const [failure, summary] = out.trim().split("\n");
  expect(failure).toMatch(/^nantong-2023 seniorTechnician .+: decision: expected "ineligible", found "eligible"/);
  expect(summary).toMatch(/未通过 1 个 · .*, 1 failed$/);
  for (const args of [
    ["check", folder, "--json"],
    ["--json", "check", folder],
  ]) {
    const json = await run(["rulebooks", ...args]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      faults: [],
      rulebooks: expect.any(Number),
      cases: expect.any(Number),
      failures: [
        {
          rulebook: "nantong-2023",
          level: "seniorTechnician",
          case: expect.any(String),
          differences: [expect.stringContaining("decision")],
        },
      ],
    });
  }
});

test("a case with facts that there cannot be fails, and the others still run", async () => {
  await alter(
    "nantong-2023.yaml",
    "cases:\n",
    "cases:\n  - { name: no such fact, level: seniorTechnician, facts: { sexx: male }, expect: { decision: eligible } }\n",
  );
  const { code, out } = await run(["rulebooks", "check", folder]);
  expect(code).toBe(1);
  expect(out).toMatch(/no such fact: .*sexx.*\n规则库/);
});

test("a file that is no rulebook is told with its place, exit 2", async () => {
  await writeFile(join(folder, "broken.yaml"), "id: broken\nyear: [2024\n");
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors).toEqual([expect.stringMatching(/^broken\.yaml:\d+:\d+ 规则库有误 · ./)]);
  const json = await run(["rulebooks", "check", folder, "--json"]);
  expect(json.code).toBe(2);
  expect(JSON.parse(json.out)).toMatchObject({ faults: [{ file: "broken.yaml", line: expect.any(Number) }] });
  expect(await run(["rulebooks", "check", join(folder, "none")])).toMatchObject({ code: 2, out: "" });
});
