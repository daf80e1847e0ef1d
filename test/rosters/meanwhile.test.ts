import { describe, expect, it } from "vitest";
import { putAlias } from "../../server/rosters/trades.ts";
import { type Ground, ground, roster } from "./ground.ts";

const lines = Array.from({ length: 6_000 }, (_, row) => `2022,A${row},江都,第${row % 40}单位,灯塔工`);
const edit = (at: Ground) =>
  putAlias(
    at.store,
    { alias: "灯塔工", trade: "电工", since: null, source: "苏人社发〔2020〕61号", confidence: "confirmed" },
    async () => {},
    { who: "测试" },
  );

/** Imports the rows; `work` begins when the first of them are read. */
async function during(at: Ground, work: () => Promise<unknown>, dryRun = false) {
  let other: Promise<unknown> | undefined;
  const report = await at.loadContent(roster(lines, ",工种"), {
    dryRun,
    onProgress: () => {
      other ??= work();
    },
  });
  await other;
  return report;
}

describe("while a file is read", () => {
  it("others write without waiting for it, and the rows know what was entered", async () => {
    const at = await ground();
    const report = await during(at, () => edit(at));
    // the edit has been published first
    expect(report).toMatchObject({ rowsLoaded: 6_000, version: 2 });
    const trades = await at.store.read((c) => c.rows("SELECT DISTINCT trade FROM workers"));
    expect(trades).toEqual([{ trade: "电工" }]);
  });

  it("a check waits for no writer", async () => {
    const at = await ground();
    let leave = () => {};
    const writer = at.store.transaction(() => new Promise<void>((done) => (leave = done)));
    const report = await during(at, async () => {}, true);
    expect(report).toMatchObject({ rowsLoaded: 6_000, dryRun: true });
    leave();
    await writer;
    expect(await at.rows("workers")).toEqual([]);
  });

  it("a second import waits for the first and sees its rows", async () => {
    const at = await ground();
    const both = await Promise.all([1, 2].map(() => at.loadContent(roster(lines, ",工种"))));
    expect(both.map(({ rowsLoaded }) => rowsLoaded).sort()).toEqual([0, 6_000]);
    expect(both.map(({ rowsUnchanged }) => rowsUnchanged).sort()).toEqual([0, 6_000]);
  });
});

describe("preparing a write", () => {
  it("what it finishes with is whole or not at all, and a check can change no table", async () => {
    const at = await ground();
    const prepare = (c: Parameters<Parameters<typeof at.store.staged>[0]>[0]) =>
      c.run("CREATE TEMP TABLE prepared AS SELECT 1 AS one");
    const wrong = at.store.staged(prepare, async (c) => {
      await c.run("INSERT INTO publications SELECT one, now()::TIMESTAMP, 'x' FROM prepared");
      throw new Error("no");
    });
    await expect(wrong).rejects.toThrow("no");
    const check = at.store.staged(
      prepare,
      (c) => c.run("INSERT INTO publications SELECT one, now()::TIMESTAMP, 'x' FROM prepared"),
      { readOnly: true },
    );
    await expect(check).rejects.toThrow(/read-only/i);
    const rows = await at.store.read((c) => c.rows("SELECT * FROM publications"));
    expect(rows).toEqual([]);
    await expect(at.store.read((c) => c.rows("SELECT * FROM prepared"))).rejects.toThrow();
  });
});
