import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { dataVersion, publish } from "../../server/store/index.ts";
import { slowQuery, temporaryStore } from "./store.ts";

const count = "SELECT count(*)::INTEGER AS n FROM learned";

test("what was made stays from use to use, each use sees the newest data, and failing leaves it as before", async () => {
  const store = await temporaryStore();
  const held = await store.hold();
  await held.use((c) => c.run("CREATE TEMP TABLE learned AS SELECT range AS n FROM range(7)"));
  expect(await held.use((c) => c.rows(count))).toEqual([{ n: 7 }]);
  await store.transaction((c) => publish(c, "meanwhile"));
  expect((await held.use(dataVersion)).version).toBe(1);
  const failing = held.use(async (c) => {
    await c.run("DROP TABLE learned; CREATE TEMP TABLE half AS SELECT 1");
    throw new Error("half way");
  });
  await expect(failing).rejects.toThrow("half way");
  expect(await held.use((c) => c.rows(count))).toEqual([{ n: 7 }]);
  await expect(held.use((c) => c.rows("SELECT * FROM half"))).rejects.toThrow(/half/);
  await expect(held.use((c) => publish(c, "not here"))).rejects.toThrow(/read-only/i);
  // Nobody else sees it, and it keeps nobody from writing.
  await expect(store.read((c) => c.rows(count))).rejects.toThrow(/learned/);
});

test("uses stand in line, one snapshot each; one is cancelled while others go on", async () => {
  const store = await temporaryStore({ maxQueries: 1 });
  const held = await store.hold();
  const order: string[] = [];
  const controller = new AbortController();
  const first = held.use(async (c) => {
    const before = await dataVersion(c);
    // Neither readers nor writers wait for a hold.
    await store.read((other) => other.rows("SELECT 1"));
    await store.transaction((other) => publish(other, "meanwhile"));
    order.push("first");
    return [before.version, (await dataVersion(c)).version];
  });
  const waiting = held.use(async () => order.push("never"), { signal: controller.signal });
  const third = held.use(async (c) => order.push(`third ${(await dataVersion(c)).version}`));
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  expect(await first).toEqual([0, 0]);
  await third;
  expect(order).toEqual(["first", "third 1"]);
  await expect(held.use((c) => c.rows(slowQuery), { timeoutMs: 50 })).rejects.toMatchObject({ code: "timeout" });
  expect(await held.use((c) => c.rows("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
});

test("releasing, and closing the store, stop what runs and refuse what comes", async () => {
  const store = await temporaryStore();
  const [one, other] = [await store.hold(), await store.hold()];
  const outcomes = [one, other].map((held) =>
    expect(held.use((c) => c.rows(slowQuery))).rejects.toMatchObject({ code: "busy" }),
  );
  await delay(30);
  await one.release();
  await one.release();
  await expect(one.use((c) => c.rows("SELECT 1"))).rejects.toMatchObject({ code: "busy" });
  await store.close();
  await Promise.all(outcomes);
  await expect(other.use((c) => c.rows("SELECT 1"))).rejects.toMatchObject({ code: "busy" });
  await expect(store.hold()).rejects.toMatchObject({ code: "busy" });
});

test("a listener hears of every committed write, until it is taken away", async () => {
  const store = await temporaryStore();
  let heard = 0;
  const silence = store.onWrite(() => heard++);
  await store.transaction((c) => publish(c, "one"));
  await store.transaction(async () => Promise.reject(new Error("undone"))).catch(() => undefined);
  await store.read(dataVersion);
  expect([heard, store.isStaging]).toEqual([1, false]);
  await store.staged(
    async () => expect(store.isStaging).toBe(true),
    async () => 1,
    { readOnly: true },
  );
  expect([heard, store.isStaging]).toEqual([1, false]);
  silence();
  await store.transaction((c) => publish(c, "two"));
  expect(heard).toBe(1);
});
