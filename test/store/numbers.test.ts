/** Results as arrays of numbers: more than one chunk, nothing but numbers. */
import { describe, expect, it } from "vitest";
import { temporaryStore } from "./store.ts";

describe("columns of numbers", () => {
  it("hold every row, in the order of the result", async () => {
    const store = await temporaryStore();
    const columns = await store.read((c) =>
      c.numbers(`SELECT range::INTEGER AS whole, range / 4 AS part FROM range(5000) ORDER BY range DESC`),
    );
    expect([...columns.keys()]).toEqual(["whole", "part"]);
    expect(columns.get("whole")).toEqual(Int32Array.from({ length: 5000 }, (_, index) => 4999 - index));
    expect(columns.get("part")).toEqual(Float64Array.from({ length: 5000 }, (_, index) => (4999 - index) / 4));
    const empty = await store.read((c) => c.numbers("SELECT 1 AS one WHERE false"));
    expect(empty.get("one")).toEqual(new Int32Array());
  });

  it("refuse nulls and what is no number", async () => {
    const store = await temporaryStore();
    const asked = (sql: string) => store.read((c) => c.numbers(sql));
    await expect(asked("SELECT nullif(range, 3000)::INTEGER AS n FROM range(5000)")).rejects.toThrow(/"n" holds nulls/);
    await expect(asked("SELECT 'a' AS text")).rejects.toThrow(/"text" is VARCHAR/);
    await expect(asked("CREATE TEMP TABLE t (i INTEGER)")).rejects.toThrow(/expected a SELECT/);
  });
});
