import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, temporaryStore } from "./store.ts";

test("no way leads from SQL to other files, extensions or settings", async () => {
  const store = await temporaryStore();
  const folder = await temporaryFolder();
  const file = join(folder, "secret.csv");
  await writeFile(file, "a,b\n1,2\n");
  const attempts = [
    `SELECT * FROM read_csv('${file}')`,
    `SELECT * FROM read_text('${file}')`,
    `SELECT * FROM '${file}'`,
    `SELECT * FROM glob('${folder}/*')`,
    `ATTACH '${join(folder, "other.duckdb")}'`,
    `COPY districts TO '${join(folder, "out.csv")}'`,
    `COPY districts FROM '${file}'`,
    `EXPORT DATABASE '${folder}'`,
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET GLOBAL lock_configuration = false",
    "SET TimeZone = 'Asia/Shanghai'",
    "SET memory_limit = '64GB'",
  ];
  for (const sql of attempts) {
    await expect(
      store.transaction((c) => c.run(sql)),
      sql,
    ).rejects.toThrow(/Permission Error|locked|does not exist/);
  }
});

test("a read changes nothing", async () => {
  const store = await temporaryStore();
  for (const sql of ["INSERT INTO publications VALUES (9, now()::TIMESTAMP, 'x')", "DROP TABLE districts"]) {
    await expect(store.read((c) => c.run(sql))).rejects.toThrow(/read-only/);
    await expect(store.read((c) => c.rows(sql))).rejects.toThrow(/expected a SELECT/);
  }
});

test("rows and streams take exactly one statement", async () => {
  const store = await temporaryStore();
  await expect(store.read((c) => c.rows("SELECT 1; SELECT 2"))).rejects.toThrow("expected one statement, found 2");
  await expect(
    store.read(async (c) => {
      for await (const _ of c.arrow("SELECT 1; DROP TABLE districts"));
    }),
  ).rejects.toThrow("expected one statement, found 2");
});

test("times are UTC whatever the machine's zone", async () => {
  const store = await temporaryStore();
  expect(await store.read((c) => c.rows("SELECT current_setting('TimeZone') AS zone"))).toEqual([{ zone: "UTC" }]);
});
