import { expect, test } from "vitest";
import { clip, quotable, tooDeep } from "../server/json-bounds.ts";

const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

test("input of any sane depth passes, and depth without end is seen without recursion", () => {
  expect(tooDeep({ honours: [{ kind: "modelWorker", rank: "municipal" }] })).toBe(false);
  expect(tooDeep(nested(20))).toBe(false);
  expect(tooDeep(nested(100))).toBe(true);
  expect(tooDeep({ a: [1, { b: nested(500_000) }] })).toBe(true);
  for (const value of [null, 7, "x", true, undefined]) expect(tooDeep(value)).toBe(false);
});

test("what is quoted back stays short", () => {
  expect(clip("短")).toBe("短");
  expect(quotable("x".repeat(5_000))).toHaveLength(200);
  expect(quotable(Array.from({ length: 1_000 }, (_, index) => index))).toHaveLength(200);
  expect(quotable(nested(500_000))).toBe("…");
  for (const value of [null, 7, false, [1, 2], { a: "b" }]) expect(quotable(value)).toEqual(value);
});
