import { expect, test } from "vitest";
import { progressLine } from "../../server/commands/progress.ts";
import { run } from "./run.ts";

test.each([
  [["bogus"], "没有命令 bogus"],
  [["rulebooks", "--bogus"], "没有选项 --bogus"],
  [["quota"], "缺少选项 --year <year>"],
  [["quota", "--year"], "选项 --year <year> 缺少值"],
  [["quota", "--year", "20233"], "选项 --year <year> 的值 20233 无效：年度应为四位数字"],
  [["quota", "--year", "2024", "--format", "xml"], "选项 --format <format> 的值 xml 无效（可用：json, csv, arrow）"],
  [["import", "x.csv", "--kind", "foo"], "选项 --kind <kind> 的值 foo 无效（可用：workers, applications）"],
  [["import", "--kind", "workers"], "缺少参数 file"],
  [["token", "create", "x"], "参数过多"],
])("%o: one line that says it in both languages", async (args, chinese) => {
  const { code, out, errors } = await run(args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors).toEqual([expect.stringMatching(/^用法有误：.+ · error: [ -~]+$/)]);
  expect(errors[0]).toContain(chinese);
});

test("progress of an import: one line of a terminal, written over and taken away; nothing anywhere else", () => {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  const terminal = progressLine("名册.csv", { isTTY: true, write });
  terminal.show({ phase: "read", rows: 8192 });
  terminal.show({ phase: "decide", rows: 3 });
  terminal.clear();
  terminal.clear();
  expect(written).toEqual([
    "\r\u001b[K名册.csv 读取 reading 8,192",
    "\r\u001b[K名册.csv 核验 deciding 3",
    "\r\u001b[K",
  ]);
  written.length = 0;
  const file = progressLine("名册.csv", { isTTY: false, write });
  file.show({ phase: "read", rows: 1 });
  file.clear();
  expect(written).toEqual([]);
});
