import { expect, test } from "vitest";
import { createLog } from "../server/log.ts";

function logged(json: boolean): string[] {
  const lines: string[] = [];
  const log = createLog({ json, sink: { write: (line) => void lines.push(line) } });
  log.info({ rows: 3, file: "名册.xlsx" }, "imported");
  log.error({ err: new Error("no place left") }, "failed");
  return lines;
}

test("lines for people carry time, message and members, an error its stack", () => {
  const [info, error] = logged(false);
  expect(info).toMatch(/^\d\d:\d\d:\d\d imported rows=3 file=名册.xlsx\n$/);
  expect(error).toMatch(/^\d\d:\d\d:\d\d error failed\nError: no place left\n {4}at /);
});

test("lines for machines are JSON", () => {
  const records = logged(true).map((line) => JSON.parse(line));
  expect(records[0]).toMatchObject({ level: 30, msg: "imported", rows: 3, file: "名册.xlsx" });
  expect(records[1]).toMatchObject({ level: 50, err: { message: "no place left" } });
});
