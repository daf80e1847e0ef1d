import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import { findImport, listImports } from "../../server/rosters/history.ts";
import { keptImports } from "../../server/rosters/images.ts";
import { importRoster, undoImport } from "../../server/rosters/index.ts";
import type { RosterKind } from "../../server/rosters/report.ts";
import { undoRows } from "../../server/rosters/undo.ts";
import { dataVersion, type Row } from "../../server/store/index.ts";
import { exampleTables, toCsv, toXlsx } from "../fixtures/make-rosters.ts";
import { type Ground, ground, roster } from "./ground.ts";

const who = "测试";
/** Undoes without the decisions; notes the years that would be decided. */
const undo = ({ store, decided }: Ground, which: number | RosterKind) =>
  undoRows(store, which, async (_c, years) => void decided.push(...years), { who });
const history = ({ store }: Ground) => store.read((c) => listImports(c, fullScope));

/** Every column of every row, order apart. */
async function images(at: Ground): Promise<string[]> {
  const text = (row: Row) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return [...(await at.rows("workers")), ...(await at.rows("applications"))].map(text).sort();
}

describe("undo", () => {
  it("takes new rows out, puts replaced rows back, and is recorded", async () => {
    const at = await ground();
    await at.loadContent(roster(["2022,A1,江都,甲", "2022,A2,江都,甲"]), { who: "王", fileName: "一.csv" });
    const before = await images(at);
    const second = roster(["2022,A1,江都,甲", "2022,A2,江都,乙", "2023,A3,江都,甲"]);
    await at.loadContent(second, { who: "李", fileName: "二.csv" });
    const after = await images(at);
    at.decided.length = 0;
    expect(await undo(at, "workers")).toEqual({
      importId: 3,
      undoes: 2,
      file: "二.csv",
      kind: "workers",
      rowsRemoved: 1,
      rowsRestored: 1,
      years: [2022, 2023],
      version: 3,
      versionBefore: 2,
    });
    expect(await images(at)).toEqual(before);
    expect(at.decided).toEqual([2022, 2023]);
    expect(await at.store.read(dataVersion)).toMatchObject({ version: 3 });
    const entries = await history(at);
    expect(
      entries.map(({ id, action, who, file, undoes, undoneBy, undoable, version, versionBefore, years }) => [
        ...[id, action, who, file, undoes, undoneBy, undoable, version, versionBefore, years],
      ]),
    ).toEqual([
      [3, "undo", who, "二.csv", 2, null, false, 3, 2, [2022, 2023]],
      [2, "import", "李", "二.csv", null, 3, false, 2, 1, [2022, 2023]],
      [1, "import", "王", "一.csv", null, null, true, 1, 0, [2022]],
    ]);
    expect(entries.map(({ sha256 }) => sha256.length)).toEqual([64, 64, 64]);
    expect(entries[0]?.report).toMatchObject({ rowsRemoved: 1, rowsRestored: 1, rowsLoaded: 0, importId: 3 });

    const again = await at.loadContent(second, { fileName: "二.csv" });
    expect(again).toMatchObject({ rowsLoaded: 1, rowsUpdated: 1, rowsUnchanged: 1, version: 4, importId: 4 });
    const own = (rows: readonly string[]) => rows.map((row) => row.replace(/"(importId|rosterRow)":\d+/g, "")).sort();
    expect(own(await images(at))).toEqual(own(after));
    expect(await undo(at, 4)).toMatchObject({ undoes: 4 });
    expect(await undo(at, 1)).toMatchObject({ undoes: 1, rowsRemoved: 2, rowsRestored: 0 });
    expect(await images(at)).toEqual([]);
  });

  it("is refused with the reason where it cannot be done, and then changes nothing", async () => {
    const at = await ground();
    await expect(undo(at, "workers")).rejects.toMatchObject({ code: "not-found" });
    await at.loadContent(roster(["2022,A1,江都,甲"]));
    await at.loadContent(roster(["2022,A1,江都,乙"]));
    await at.loadContent("考评年度,人员编号,申报等级\n2023,A1,技师\n", { kind: "applications" });
    const before = [await images(at), await history(at)];
    const refused = (which: number, details: object) =>
      expect(undo(at, which)).rejects.toMatchObject({ code: "conflict", details });
    await refused(1, { reason: "not-newest", newest: 2 });
    await expect(undo(at, 9)).rejects.toMatchObject({ code: "not-found", details: { value: 9 } });
    expect([await images(at), await history(at)]).toEqual(before);
    // the newest of its kind, whatever came of another kind since
    expect(await undo(at, 2)).toMatchObject({ importId: 4 });
    await refused(2, { reason: "undone" });
    await refused(4, { reason: "is-undo" });
    expect(await undo(at, "applications")).toMatchObject({ undoes: 3, kind: "applications", rowsRemoved: 1 });
    expect(await undo(at, "workers")).toMatchObject({ undoes: 1 });
    await expect(undo(at, "workers")).rejects.toMatchObject({ code: "not-found" });
  });

  it("reaches back as far as replaced rows are kept", async () => {
    const at = await ground();
    const imports = keptImports + 2;
    for (let n = 0; n < imports; n++) await at.loadContent(roster([`2022,A1,江都,单位${n}`]));
    const kept = await at.store.read((c) =>
      c.rows<{ first: number; rows: number }>(
        'SELECT min("replacedBy") AS first, count(*) AS rows FROM workers_replaced',
      ),
    );
    expect(kept).toEqual([{ first: 3, rows: keptImports }]);
    for (let n = imports; n > 2; n--) {
      await undo(at, "workers");
      expect((await at.rows("workers")).map(({ unit }) => unit)).toEqual([`单位${n - 2}`]);
    }
    await expect(undo(at, "workers")).rejects.toMatchObject({ code: "conflict", details: { reason: "too-old" } });
    expect((await history(at)).some(({ undoable }) => undoable)).toBe(false);
  });

  it("brings any sequence of imports and undos back to where it was, row for row", async () => {
    const line = fc
      .record({
        year: fc.constantFrom(2021, 2022, 2023),
        id: fc.integer({ min: 1, max: 6 }),
        unit: fc.constantFrom("甲", "乙", "丙"),
        trade: fc.constantFrom("电工", "司机", "飞行员", ""),
        papers: fc.constantFrom("", "1", "2"),
        honours: fc.constantFrom("", '"[{""kind"":""modelWorker"",""rank"":""national""}]"'),
      })
      .map(({ year, id, unit, trade, papers, honours }) => `${year},A${id},江都,${unit},${trade},${papers},${honours}`);
    const workers = fc.record({
      kind: fc.constant("workers" as const),
      text: fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => roster(lines, ",工种,papersInTrade,honours")),
    });
    const applications = fc.record({
      kind: fc.constant("applications" as const),
      text: fc
        .array(
          fc.tuple(fc.constantFrom(2022, 2023), fc.integer({ min: 1, max: 6 }), fc.constantFrom("", "合格", "缺考")),
          {
            minLength: 1,
            maxLength: 5,
          },
        )
        .map((rows) =>
          [
            "考评年度,人员编号,申报等级,单位名称,地区,结果",
            ...rows.map(([year, id, result]) => `${year},A${id},技师,甲,江都,${result}`),
          ].join("\n"),
        ),
    });
    const step = fc.oneof(workers, applications, fc.constantFrom<RosterKind>("workers", "applications"));
    const at = await ground();
    const stacks: Record<RosterKind, string[][]> = { workers: [], applications: [] };
    const of = async (kind: RosterKind) =>
      (await at.rows(kind)).map((row) => JSON.stringify(row, (_, v) => (typeof v === "bigint" ? String(v) : v))).sort();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        for (const one of steps) {
          if (typeof one !== "string") {
            const before = await of(one.kind);
            const report = await at.loadContent(one.text, { kind: one.kind });
            if (report.importId !== null) stacks[one.kind].push(before);
            else expect(await of(one.kind)).toEqual(before);
          } else {
            const expected = stacks[one].slice(-keptImports).length > 0 ? stacks[one].pop() : undefined;
            if (!expected) continue;
            await undo(at, one);
            expect(await of(one)).toEqual(expected);
          }
          if (stacks.workers.length >= keptImports || stacks.applications.length >= keptImports) {
            // no deeper than rows are kept
            for (const kind of ["workers", "applications"] as const)
              while (stacks[kind].length > 0) {
                await undo(at, kind);
                expect(await of(kind)).toEqual(stacks[kind].pop());
              }
          }
        }
      }),
      { numRuns: 3 },
    );
  }, 240_000);

  it("makes the decisions and quotas of the touched years anew", async () => {
    const { store, folder, ...rest } = await ground();
    const at = { store, folder, ...rest };
    const library = await loadLibrary();
    const { workers } = exampleTables();
    const all = async () =>
      JSON.stringify(
        await store.read(async (c) => [
          await c.rows(`SELECT * FROM eligibility ORDER BY ALL`),
          await c.rows(`SELECT * FROM evaluated ORDER BY ALL`),
          await c.rows(`SELECT * FROM quota_levels ORDER BY ALL`),
          await c.rows(`SELECT * FROM quota_bands ORDER BY ALL`),
        ]),
        (_, value) => (typeof value === "bigint" ? String(value) : value),
      );
    const { writeFile } = await import("node:fs/promises");
    const path = `${folder}/roster`;
    const load = async (table: readonly (readonly unknown[])[]) => {
      await writeFile(path, toCsv(table as (typeof workers)[number][]));
      return importRoster(store, library, path, { kind: "workers", fileName: "a.csv" });
    };
    await load(workers);
    const before = await all();
    expect(before.length).toBeGreaterThan(10_000);
    const heading = workers[0] ?? [];
    const column = (name: string) => heading.indexOf(name);
    const changed = workers.map((row, index) =>
      index === 0 || index > 30
        ? row
        : row.map((cell, at) =>
            at === column("现技术等级") ? "初级工" : at === column("年度") && index > 20 ? 2023 : cell,
          ),
    );
    await load(changed);
    expect(await all()).not.toBe(before);
    await undoImport(store, library, "workers", { who });
    expect(await all()).toBe(before);
    expect(at.decided).toEqual([]);
  });
});

it("every row remembers its import, sheet and row; a text table has no sheet", async () => {
  const at = await ground();
  const { workers } = exampleTables();
  await at.loadContent(await toXlsx(workers), { fileName: "a.xlsx" });
  const rows = await at.rows("workers");
  expect(rows[0]).toMatchObject({ importId: 1, sheet: expect.any(String) });
  expect(new Set(rows.map(({ sheet, sourceRow }) => `${sheet}!${sourceRow}`)).size).toBe(rows.length);
  expect(await at.loadContent(toCsv(workers))).toMatchObject({ rowsUnchanged: rows.length, importId: null });
  await at.loadContent(roster(["2030,A1,江都,甲"]));
  expect((await at.rows("workers")).at(-1)).toMatchObject({ sheet: null, sourceRow: 2, importId: 2 });
});

it("the tables of replaced rows have the columns of the tables, one for one", async () => {
  const { store } = await ground();
  for (const kind of ["workers", "applications"]) {
    const columns = (table: string) =>
      store.read((c) =>
        c.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $table ORDER BY ALL", { table }),
      );
    const kept = await columns(`${kind}_replaced`);
    expect(kept.filter((column) => column.column_name !== "replacedBy")).toEqual(await columns(kind));
  }
});

it("an entry has all its problems, the list a part of them", async () => {
  const at = await ground();
  const lines = Array.from({ length: 150 }, (_, n) => `2022,B${n},火星,甲`);
  await at.loadContent(roster([...lines, "2022,A1,江都,甲"]));
  const [listed] = await history(at);
  expect(listed?.report).toMatchObject({ errors: 150, problemsNotListed: 50 });
  expect(listed?.report.problems).toHaveLength(100);
  const whole = await at.store.read((c) => findImport(c, 1, fullScope));
  expect(whole.report.problems).toHaveLength(150);
  expect(await at.store.read((c) => listImports(c, { districts: ["321012"] }))).toEqual([]);
  await expect(at.store.read((c) => findImport(c, 1, { districts: [] }))).rejects.toMatchObject({ code: "not-found" });
});
