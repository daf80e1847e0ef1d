import { expect, test } from "vitest";
import { dataVersion, publish, QueryError } from "../../server/store/index.ts";
import { slowQuery, temporaryStore } from "./store.ts";

test("versions count up from nothing", async () => {
  const store = await temporaryStore();
  expect(await store.read(dataVersion)).toEqual({ version: 0, publishedAt: null });
  const now = new Date("2024-04-15T08:30:00.250Z");
  expect(await store.transaction((c) => publish(c, "import 1", now))).toBe(1);
  expect(await store.transaction((c) => publish(c, "import 2", now))).toBe(2);
  expect(await store.read(dataVersion)).toEqual({ version: 2, publishedAt: "2024-04-15T08:30:00.250Z" });
});

test("a transaction that throws leaves nothing", async () => {
  const store = await temporaryStore();
  const failing = store.transaction(async (c) => {
    await c.run("CREATE TABLE half (n INTEGER)");
    await publish(c, "half");
    throw new Error("the file ends here");
  });
  await expect(failing).rejects.toThrow("the file ends here");
  expect(await store.read(dataVersion)).toEqual({ version: 0, publishedAt: null });
  expect(await store.read((c) => c.rows("SELECT * FROM duckdb_tables() WHERE table_name = 'half'"))).toEqual([]);
});

test("a cancelled transaction leaves nothing and the next one works", async () => {
  const store = await temporaryStore();
  const controller = new AbortController();
  const cancelled = store.transaction(
    async (c) => {
      await publish(c, "cancelled");
      controller.abort();
      await c.rows(slowQuery);
    },
    { signal: controller.signal },
  );
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  expect(await store.transaction((c) => publish(c, "next"))).toBe(1);
});

test("a read sees one snapshot while a publication happens", async () => {
  const store = await temporaryStore();
  const versions = await store.read(async (c) => {
    const before = await dataVersion(c);
    await store.transaction((writer) => publish(writer, "meanwhile"));
    return [before.version, (await dataVersion(c)).version];
  });
  expect(versions).toEqual([0, 0]);
  expect((await store.read(dataVersion)).version).toBe(1);
});

test("a failing query carries its cause and its SQL, and only for the log", async () => {
  const store = await temporaryStore();
  const error = await store.read((c) => c.rows("SELECT nothing FROM nowhere")).catch((e: unknown) => e);
  if (!(error instanceof QueryError)) throw new Error("expected a QueryError");
  expect(error.sql).toBe("SELECT nothing FROM nowhere");
  expect(error.cause).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: "internal", status: 500, details: {} });
});
