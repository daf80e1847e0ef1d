import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rulebookFolder } from "../../server/library.ts";
import { smallBook } from "../rules/small-book.ts";
import { run } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-rulebooks-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes a rulebook that is sound but for a change. */
async function put(from: string | RegExp, to: string, name = "meishan-2024.yaml"): Promise<void> {
  const text = smallBook.replace(from, to);
  expect(text).not.toBe(smallBook);
  await writeFile(join(folder, name), text);
}

test("the product's own rulebooks are sound, and their cases show all there is to show", async () => {
  const { code, out, errors } = await run(["rulebooks", "check", "--coverage", "--json"]);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  const { diagnostics, rulebooks, cases, failures, coverage } = JSON.parse(out);
  expect({ diagnostics, failures, rulebooks }).toEqual({ diagnostics: [], failures: [], rulebooks: 6 });
  expect(cases).toBeGreaterThan(600);
  expect(coverage.filter((row: { gaps: unknown[] }) => row.gaps.length > 0)).toEqual([]);
});

test("a sound folder elsewhere, which extends a rulebook of the product", async () => {
  await writeFile(join(folder, "meishan-2024.yaml"), smallBook);
  const nantong = (await readFile(join(rulebookFolder, "nantong-2023.yaml"), "utf8")).replaceAll(
    "nantong-2023",
    "wuxi-2023",
  );
  await writeFile(join(folder, "wuxi-2023.yaml"), nantong);
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  expect(out).toMatch(/^规则库 2 个，案例 \d+ 个，全部通过 · 2 rulebooks, \d+ cases, all hold\n$/);
  const table = await run(["rulebooks", "check", folder, "--coverage"]);
  expect(table.out).toMatch(/^meishan-2024\nlevel +condition +met +unmet +unknown +decides +gaps\njunior +on-post +\d/);
});

test("a case that does not hold is named at its place, exit 1", async () => {
  await put("expect: { decision: eligible }", "expect: { decision: ineligible }");
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect({ code, errors }).toEqual({ code: 1, errors: [] });
  const [failure, summary] = out.trim().split("\n");
  expect(failure).toMatch(
    /^meishan-2024\.yaml:\d+:\d+ RB041 .* · case ".+" does not hold: expected decision: "ineligible", /,
  );
  expect(summary).toMatch(/未通过 1 个 · .*, 1 failed$/);
  for (const args of [
    ["check", folder, "--json"],
    ["--json", "check", folder],
  ]) {
    const json = await run(["rulebooks", ...args]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      diagnostics: [{ code: "RB041", severity: "error", file: "meishan-2024.yaml", line: expect.any(Number) }],
      rulebooks: 1,
      failures: [{ rulebook: "meishan-2024", level: "junior", differences: [expect.stringContaining("decision")] }],
    });
  }
});

test("faults of every file are told with their places, exit 2; the cases of sound rulebooks still run", async () => {
  await put("fact: onPost", "fact: onPots");
  await put("id: meishan-2024", "id: leshan-2024", "leshan-2024.yaml");
  await writeFile(join(folder, "broken.yaml"), "id: broken\nyear: [2024\n");
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect(code).toBe(2);
  expect(out.trim().split("\n")).toEqual([
    expect.stringMatching(/^broken\.yaml:3:1 RB001 .+ · .+/),
    expect.stringMatching(
      /^meishan-2024\.yaml:\d+:\d+ RB012 没有信息 onPots；是否指 onPost？ · unknown fact "onPots"; did you mean "onPost"\?$/,
    ),
  ]);
  expect(errors).toEqual([
    expect.stringMatching(/^规则库 3 个，案例 [1-9]\d* 个，错误 2 处 · 3 rulebooks, \d+ cases, 2 errors$/),
  ]);
  const json = await run(["rulebooks", "check", folder, "--json"]);
  expect(json.code).toBe(2);
  expect(JSON.parse(json.out).diagnostics.map(({ code }: { code: string }) => code)).toEqual(["RB001", "RB012"]);
});

test("a warning does not fail the command", async () => {
  await put("lists:\n", "lists:\n  spare: [电工]\n");
  const { code, out, errors } = await run(["rulebooks", "check", folder]);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  expect(out).toMatch(/^meishan-2024\.yaml:\d+:3 RB036 .*\n.*，提醒 1 处，全部通过 · .*, 1 warning, all hold\n$/);
});

test("a folder that cannot be read is one line, exit 2", async () => {
  for (const dir of [join(folder, "none"), folder])
    expect(await run(["rulebooks", "check", dir])).toMatchObject({ code: 2, out: "", errors: [expect.any(String)] });
});

test("what cannot be served is named with how many more faults there are", async () => {
  await cp(rulebookFolder, folder, { recursive: true });
  await put(/fact: onPost|module: normal/g, "x: y");
  const { code, out, errors } = await run(
    ["evaluate", "--rulebook", "nantong-2023", "--level", "seniorTechnician", "--rulebooks", folder, "--facts", "-"],
    "{}",
  );
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors).toEqual([
    expect.stringMatching(/^规则库 meishan-2024\.yaml:\d+:\d+ 有误：.*；另有 \d+ 处错误 · .*; and \d+ more$/),
  ]);
});
