import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { slowQuery, temporaryStore } from "./store.ts";

test("a cancelled read is interrupted within a second and the store stays usable", async () => {
  const store = await temporaryStore();
  const controller = new AbortController();
  const started = Date.now();
  const read = store.read((c) => c.rows(slowQuery), { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(read).rejects.toMatchObject({ code: "cancelled", status: 499 });
  expect(Date.now() - started).toBeLessThan(1000);
  expect(await store.read((c) => c.rows("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
});

test("a signal that is aborted already runs nothing", async () => {
  const store = await temporaryStore();
  let called = false;
  const work = async () => {
    called = true;
  };
  const read = store.read(work, { signal: AbortSignal.abort() });
  await expect(read).rejects.toMatchObject({ code: "cancelled" });
  expect(called).toBe(false);
});

test("a read that takes too long is stopped", async () => {
  const store = await temporaryStore();
  await expect(store.read((c) => c.rows(slowQuery), { timeoutMs: 100 })).rejects.toMatchObject({
    code: "timeout",
    status: 504,
    text: { zh: expect.stringContaining("0.1 秒") },
  });
});

test("the time limit ends a lease whose work waits for something else", async () => {
  const store = await temporaryStore({ maxQueries: 1 });
  const never = new Promise<never>(() => undefined);
  await expect(store.read(() => never, { timeoutMs: 50 })).rejects.toMatchObject({ code: "timeout" });
  expect(await store.read((c) => c.rows("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
});

test("reads beyond the queue are told to come back, those in line are served", async () => {
  const store = await temporaryStore({ maxQueries: 1, maxQueue: 2 });
  const reads = Array.from({ length: 5 }, (_, n) =>
    store.read(async (c) => {
      await delay(50);
      return c.rows<{ n: number }>("SELECT $n::INTEGER AS n", { n });
    }),
  );
  const settled = await Promise.allSettled(reads);
  expect(settled.map((result) => (result.status === "fulfilled" ? result.value[0]?.n : result.reason.code))).toEqual([
    0,
    1,
    2,
    "busy",
    "busy",
  ]);
});

test("a read that gives up in line leaves its place", async () => {
  const store = await temporaryStore({ maxQueries: 1, maxQueue: 1 });
  const first = store.read(() => delay(150));
  await expect(store.read(async () => 1, { timeoutMs: 30 })).rejects.toMatchObject({ code: "timeout" });
  await expect(store.read(async () => 2)).resolves.toBe(2);
  await first;
});

test("writers wait for each other", async () => {
  const store = await temporaryStore();
  const order: string[] = [];
  await Promise.all(
    ["a", "b", "c"].map((name) =>
      store.transaction(async () => {
        order.push(`${name} in`);
        await delay(20);
        order.push(`${name} out`);
      }),
    ),
  );
  expect(order).toEqual(["a in", "a out", "b in", "b out", "c in", "c out"]);
});

test("queries made at the same time on one connection run one after the other", async () => {
  const store = await temporaryStore();
  const sizes = await store.read(async (c) => {
    const results = await Promise.all([10_000, 20_000, 30_000].map((n) => c.rows(`SELECT range FROM range(${n})`)));
    return results.map((rows) => rows.length);
  });
  expect(sizes).toEqual([10_000, 20_000, 30_000]);
});

test("a query while a stream is read on the same connection is an error, not a short result", async () => {
  const store = await temporaryStore();
  await expect(
    store.read(async (c) => {
      for await (const _ of c.arrow("SELECT range::INTEGER AS n FROM range(100000)")) await c.rows("SELECT 1");
    }),
  ).rejects.toThrow(/streaming/);
});

test("a connection kept beyond its lease refuses to work", async () => {
  const store = await temporaryStore();
  const kept = await store.read(async (c) => ({ c }));
  await expect(kept.c.rows("SELECT 1")).rejects.toThrow(/given back/);
});

test("closing stops what runs and refuses what comes", async () => {
  const store = await temporaryStore();
  const running = store.read((c) => c.rows(slowQuery));
  const outcome = expect(running).rejects.toMatchObject({ code: "busy" });
  await delay(30);
  await store.close();
  await store.close();
  await outcome;
  await expect(store.read(async () => 1)).rejects.toMatchObject({ code: "busy" });
});
