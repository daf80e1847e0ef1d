import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { factColumns } from "../../server/rules/columns.ts";
import type { ColumnValue } from "../../server/store/index.ts";
import { temporaryStore } from "./store.ts";

const columns = [
  { name: "text", type: "VARCHAR" },
  { name: "flag", type: "BOOLEAN" },
  { name: "small", type: "SMALLINT" },
  { name: "number", type: "INTEGER" },
  { name: "wide", type: "BIGINT" },
  { name: "bits", type: "UBIGINT" },
  { name: "share", type: "DOUBLE" },
  { name: "day", type: "DATE" },
];

const createTable = `CREATE TABLE kinds (${columns.map(({ name, type }) => `"${name}" ${type}`).join(", ")}, later VARCHAR)`;

/** How the same value looks when it is read. */
const asRead = (value: ColumnValue) =>
  typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;

test("every type comes back as it went in, nulls included, over several chunks", async () => {
  const store = await temporaryStore();
  const row = (n: number): ColumnValue[] =>
    n % 5 === 0
      ? columns.map(() => null)
      : [
          n % 2 ? `短${n}` : `一段超过十二个字节的文字 ${n}`,
          n % 3 === 0,
          n % 1000,
          -n,
          BigInt(n) * 1_000_000_007n,
          1n << BigInt(n % 64),
          n / 8,
          new Date(Date.UTC(1950, 0, 1 + n)).toISOString().slice(0, 10),
        ];
  const rows = Array.from({ length: 5000 }, (_, n) => row(n));
  await store.transaction(async (c) => {
    await c.run(createTable);
    expect(await c.append("kinds", columns, rows)).toBe(5000);
  });
  const found = await store.read((c) => c.rows<Record<string, ColumnValue>>("SELECT * FROM kinds ORDER BY rowid"));
  expect(found.map((item) => columns.map(({ name }) => item[name]))).toEqual(rows.map((cells) => cells.map(asRead)));
  expect(new Set(found.map((item) => item.later))).toEqual(new Set([null]));
});

test("random rows round-trip", async () => {
  const store = await temporaryStore();
  const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
  const day = fc
    .date({ min: new Date("1900-01-01"), max: new Date("2100-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const rowArbitrary = fc.tuple(
    // DuckDB refuses text with a lone surrogate or a zero byte, as any UTF-8 store does.
    nullable(fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"))),
    nullable(fc.boolean()),
    nullable(fc.integer({ min: -32_768, max: 32_767 })),
    nullable(fc.integer()),
    nullable(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    nullable(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
    nullable(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
    nullable(day),
  );
  await store.transaction((c) => c.run(createTable));
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { maxLength: 70 }), async (rows) => {
      const found = await store.transaction(async (c) => {
        await c.run("DELETE FROM kinds");
        await c.append("kinds", columns, rows);
        return c.rows<Record<string, ColumnValue>>("SELECT * FROM kinds ORDER BY rowid");
      });
      expect(found.map((item) => columns.map(({ name }) => item[name]))).toEqual(
        rows.map((cells) => cells.map(asRead)),
      );
    }),
    { numRuns: 40 },
  );
});

test.each([
  ["day", "2023-02-29"],
  ["day", "2023-2-1"],
  ["number", 1.5],
  ["number", 2_147_483_648],
  ["small", 40_000],
  ["bits", -1n],
  ["flag", 1],
  ["text", 5],
])("a value that does not fit column %s (%s) names its place and stores nothing", async (name, value) => {
  const store = await temporaryStore();
  await store.transaction((c) => c.run(createTable));
  const good = columns.map(() => null);
  const bad = columns.map((column) => (column.name === name ? value : null));
  const rows = [...Array.from({ length: 3000 }, () => good), bad];
  await expect(store.transaction((c) => c.append("kinds", columns, rows))).rejects.toThrow(
    `kinds, column "${name}", row 3001: value does not fit: ${value}`,
  );
  expect(await store.read((c) => c.rows("SELECT count(*) AS n FROM kinds"))).toEqual([{ n: 0 }]);
});

test("a column that the table lacks, or a type that cannot be appended, is an error", async () => {
  const store = await temporaryStore();
  await store.transaction((c) => c.run(createTable));
  const append = (name: string, type: string) =>
    store.transaction((c) => c.append("kinds", [{ name, type }], [[null]]));
  await expect(append("colour", "VARCHAR")).rejects.toThrow('no column "colour"');
  await expect(append("text", "VARCHAR[]")).rejects.toThrow("cannot append type VARCHAR[]");
});

test("a staging table of every fact column takes rows and casts its lists", async () => {
  const store = await temporaryStore();
  const stage = factColumns.map(({ name, stageType }) => ({ name, type: stageType }));
  const cells = new Map<string, ColumnValue>([
    ["exceptionalConditionsUsed", '["a","b"]'],
    ["birthDateFrom", "1970-01-01"],
    ["commendedYears", 1n << 63n],
  ]);
  const found = await store.transaction(async (c) => {
    await c.run(`CREATE TEMP TABLE stage (${stage.map(({ name, type }) => `"${name}" ${type}`).join(", ")})`);
    await c.append("stage", stage, [stage.map(({ name }) => cells.get(name) ?? null)]);
    return c.rows(
      `SELECT "exceptionalConditionsUsed"::JSON::VARCHAR[] AS used, "birthDateFrom", "commendedYears" FROM stage`,
    );
  });
  expect(found).toEqual([{ used: ["a", "b"], birthDateFrom: "1970-01-01", commendedYears: 1n << 63n }]);
});

test("the schema's fact columns are those of the catalogue", async () => {
  const sql = await readFile(new URL("../../server/store/migrations/0001-foundation.sql", import.meta.url), "utf8");
  const store = await temporaryStore();
  const found = await store.read((c) =>
    c.rows<{ name: string; type: string }>(
      "SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = 'workers'",
    ),
  );
  const types = new Map(found.map(({ name, type }) => [name, type.replaceAll('"', "")]));
  for (const { name, type } of factColumns) expect(types.get(name), name).toBe(type.replaceAll('"', ""));
  expect(sql).toContain("CREATE TABLE workers");
});
