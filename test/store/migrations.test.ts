import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { openStore } from "../../server/store/index.ts";
import { migrate } from "../../server/store/migrations.ts";
import { temporaryFolder, temporaryStore } from "./store.ts";

const applied = "SELECT number, name FROM migrations ORDER BY number";

test("each migration is applied once, however often the database is opened", async () => {
  const folder = await temporaryFolder();
  const names = (await readdir(new URL("../../server/store/migrations/", import.meta.url))).sort();
  for (let time = 0; time < 2; time++) {
    const store = await openStore(folder);
    const rows = await store.read((c) => c.rows(applied));
    await store.close();
    expect(rows).toEqual(names.map((file, index) => ({ number: index + 1, name: file.replace(".sql", "") })));
  }
});

test("a migration that fails half-way leaves nothing", async () => {
  const store = await temporaryStore();
  const before = await store.read((c) => c.rows(applied));
  const folder = await temporaryFolder();
  const named = (n: number, name: string) => join(folder, `${String(n).padStart(4, "0")}-${name}.sql`);
  for (let n = 1; n <= before.length; n++) await writeFile(named(n, "old"), "SELECT 1;");
  await writeFile(named(before.length + 1, "bad"), "CREATE TABLE early (n INTEGER); SELECT * FROM nowhere;");
  await expect(migrate(store, pathToFileURL(`${folder}/`))).rejects.toThrow(/nowhere/);
  expect(await store.read((c) => c.rows(applied))).toEqual(before);
  expect(await store.read((c) => c.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'early'"))).toEqual([]);
});

test("a database of a newer program is refused with a clear sentence", async () => {
  const folder = await temporaryFolder();
  const store = await openStore(folder);
  await store.transaction((c) => c.run("INSERT INTO migrations VALUES (9000, '9000-future', now()::TIMESTAMP)"));
  await store.close();
  await expect(openStore(folder)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("newer program (schema 9000"),
    text: { zh: expect.stringContaining("请升级程序") },
  });
});

test("a file that is no database is refused with its name", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "gongkao.duckdb"), "this is not a database".repeat(1000));
  await expect(openStore(folder)).rejects.toMatchObject({
    code: "internal",
    message: expect.stringContaining("gongkao.duckdb"),
  });
});
