import { type Table, tableFromIPC } from "apache-arrow";
import { expect, test } from "vitest";
import type { Connection, Plain } from "../../server/store/index.ts";
import { temporaryStore } from "./store.ts";

async function arrowTable(c: Connection, sql: string): Promise<Table> {
  const pieces: Uint8Array[] = [];
  for await (const piece of c.arrow(sql)) pieces.push(piece);
  return tableFromIPC(Buffer.concat(pieces));
}

/** Arrow's values in the form of `rows`: days and instants are milliseconds there, nested values are JSON. */
function asPlain(name: string, value: unknown): unknown {
  if (value === null) return null;
  if (name === "day") return new Date(Number(value)).toISOString().slice(0, 10);
  if (name === "instant" || name === "zoned") return new Date(Number(value)).toISOString();
  if (name === "list" || name === "record") return JSON.parse(String(value));
  return value;
}

const kinds = (n: string) => `
  (${n} % 2 = 0) AS flag, (${n} % 100)::TINYINT AS tiny, (${n} % 1000)::SMALLINT AS small, (-${n})::INTEGER AS number,
  (${n} % 200)::UTINYINT AS utiny, (${n} % 60000)::USMALLINT AS usmall, ${n}::UINTEGER AS unumber, (${n} * 1000003)::BIGINT AS wide,
  (${n})::UBIGINT AS bits, (${n} * 3)::HUGEINT AS huge, (${n} / 4)::FLOAT AS single, (${n} / 8)::DOUBLE AS share,
  (${n} * 0.01)::DECIMAL(9, 2) AS price, (DATE '1940-06-30' + (${n} % 40000)::INTEGER) AS day,
  (TIMESTAMP '1999-12-31 23:59:59.125' + to_seconds(${n})) AS instant,
  (TIMESTAMPTZ '2020-01-01 00:00:00+08' + to_hours(${n} % 900)) AS zoned,
  (CASE ${n} % 3 WHEN 0 THEN '短' WHEN 1 THEN '十二字节内外的一段文字' ELSE '' END) AS text,
  (CASE WHEN ${n} % 2 = 0 THEN 'technician' ELSE 'junior' END)::ENUM ('junior', 'technician', 'never') AS word,
  [${n}::INTEGER, NULL] AS list, {'a': ${n}::INTEGER, 'b': '文'} AS record`;

/** Some rows all null, so that every column has nulls, and the rest as above. */
const withNulls = (rows: number) =>
  `SELECT COLUMNS(k.*) FROM (SELECT i, ${kinds("i")} FROM (SELECT range AS i FROM range(${rows}))) k ORDER BY i`;

async function bothWays(sql: string) {
  const store = await temporaryStore();
  return store.read(async (c) => ({ rows: await c.rows<Record<string, Plain>>(sql), table: await arrowTable(c, sql) }));
}

function expectSame(rows: readonly Record<string, Plain>[], table: Table) {
  expect(table.numRows).toBe(rows.length);
  for (const { name } of table.schema.fields) {
    const column = table.getChild(name);
    const found = Array.from({ length: rows.length }, (_, row) => asPlain(name, column?.get(row)));
    expect(found, name).toEqual(rows.map((row) => row[name]));
  }
}

test.each([1, 7, 2048, 5000])("%i rows of every type equal the JSON rows", async (count) => {
  const { rows, table } = await bothWays(withNulls(count));
  expect(table.schema.fields.map(({ name }) => name)).toEqual(Object.keys(rows[0] ?? {}));
  expectSame(rows, table);
});

test("nulls of every type, at every place of the mask", async () => {
  const columns = kinds("i");
  const { rows, table } = await bothWays(
    `SELECT r AS place, l.* EXCLUDE (i) FROM (SELECT range AS r FROM range(4100)) LEFT JOIN (SELECT range AS i, ${columns} FROM range(4100)) l
     ON l.i = r AND r % 3 = 1 ORDER BY r`,
  );
  expect(rows[0]?.text).toBeNull();
  expect(rows[1]?.text).not.toBeNull();
  expectSame(rows, table);
});

test("an empty result still has its schema", async () => {
  const { rows, table } = await bothWays(`${withNulls(3).replace("ORDER BY", "WHERE i < 0 ORDER BY")}`);
  expect(rows).toEqual([]);
  expect(table.numRows).toBe(0);
  expect(table.schema.fields.map(({ name }) => name)).toContain("word");
  expect(table.schema.fields.find(({ name }) => name === "number")?.type.toString()).toBe("Int32");
  expect(table.schema.fields.find(({ name }) => name === "word")?.type.toString()).toBe("Dictionary<Uint8, Utf8>");
});

test("bytes under a null are cleared, so nothing left over from other rows leaves the server", async () => {
  const store = await temporaryStore();
  const table = await store.read((c) =>
    arrowTable(c, "SELECT CASE WHEN range % 2 = 0 THEN (range + 77)::INTEGER END AS n FROM range(100)"),
  );
  const values = table.getChild("n")?.data[0]?.values;
  expect([...values].filter((_, row) => row % 2 === 1)).toEqual(Array.from({ length: 50 }, () => 0));
});

test("an integer that no double holds is an error, never rounded", async () => {
  const store = await temporaryStore();
  await expect(store.read((c) => arrowTable(c, "SELECT (2::UBIGINT << 60) + 1 AS bits"))).rejects.toThrow(
    /cast it to VARCHAR/,
  );
});

test("an abandoned stream gives its connection back", async () => {
  const store = await temporaryStore({ maxQueries: 1 });
  await store.read(async (c) => {
    for await (const _ of c.arrow("SELECT range::INTEGER AS n FROM range(1000000)")) break;
    expect(await c.rows("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
  expect(await store.read((c) => c.rows("SELECT 2 AS two"))).toEqual([{ two: 2 }]);
});
