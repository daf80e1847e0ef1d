import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { type DeskRequest, ForecastDesks, type ForecastProgress } from "../../server/forecast/desk.ts";
import { ForecastBackground } from "../../server/forecast/desk-background.ts";
import { Backtests } from "../../server/forecast/desk-backtests.ts";
import { type Connection, publish } from "../../server/store/index.ts";
import { deskAnswer, type ForecastRequest, forecastAnswer } from "../../server/tables.ts";
import { temporaryStore } from "../store/store.ts";
import { lastRoster, makeWorld, type World } from "./world.ts";

let world: World;
let desks: ForecastDesks;
const failures: unknown[] = [];
beforeAll(async () => {
  // Exams of three years: one origin that a backtest can start from.
  world = await makeWorld({ people: 90, exams: [2021, 2022, 2023] });
  const { store, library } = world;
  desks = new ForecastDesks({ store, library, onFailure: (error) => failures.push(error) });
}, 240_000);
afterAll(async () => {
  await desks.close();
  await world.remove();
});

const kept = (request: ForecastRequest) =>
  desks.with({ origin: request.origin }, (c, desk) => deskAnswer(c, desk, request));
test("the same rows as computed anew: years that are kept, and beyond them", async () => {
  const request: ForecastRequest = { by: ["unit", "trade"], scope: fullScope, level: "senior", district: "320612" };
  const beyond = { ...request, to: lastRoster + 6 };
  const computed = await world.store.read((c) => forecastAnswer(c, world.library, beyond), { timeoutMs: 600_000 });
  expect(await kept(beyond)).toEqual(computed);
  const within = (from: number, to: number) => ({
    ...computed,
    rows: computed.rows.filter(({ examYear }) => examYear >= from && examYear <= to),
  });
  expect(await kept(request)).toEqual(within(lastRoster + 1, lastRoster + 5));
  const some = within(lastRoster + 2, lastRoster + 3);
  expect(some.rows.length).toBeGreaterThan(5);
  expect(await kept({ ...request, from: lastRoster + 2, to: lastRoster + 3 })).toEqual(some);
}, 240_000);

test("computed once for all who ask at the same time, with progress up to the last year; what is made on it stays", async () => {
  await world.store.transaction((c) => publish(c, "something"));
  expect((await desks.status()).state).toBe("absent");
  const seen: ForecastProgress[] = [];
  const ask = (onProgress?: DeskRequest["onProgress"]) =>
    desks.with({ onProgress }, async (_c, { base, dataVersion }) => [base.cells, base.people, dataVersion]);
  const [one, other] = await Promise.all([ask((progress) => seen.push(progress)), ask()]);
  expect(one).toEqual(other);
  expect(one?.[1]).toMatch(/^run_people/);
  expect(seen[0]).toMatchObject({ phase: "learn", share: 0 });
  expect(new Set(seen.filter(({ phase }) => phase === "year").map(({ examYear }) => examYear))).toEqual(
    new Set([1, 2, 3, 4, 5].map((ahead) => lastRoster + ahead)),
  );
  expect(seen.map(({ share }) => share)).toEqual(seen.map(({ share }) => share).sort((a, b) => a - b));
  const status = await desks.status();
  expect(status).toMatchObject({ state: "ready", origin: lastRoster, share: 1, problem: null, secondsLeft: null });
  expect(status.basis.map(({ code }) => code)).toContain("years");
  await desks.with({}, (c) => c.run("CREATE TEMP TABLE mine AS SELECT 5 AS n"));
  const failing = desks.with({}, async (c) => {
    await c.run("DROP TABLE mine");
    throw new Error("half way");
  });
  await expect(failing).rejects.toThrow("half way");
  expect(await desks.with({}, (c) => c.rows("SELECT n FROM mine"))).toEqual([{ n: 5 }]);
}, 240_000);

test("a forecast that nobody waits for any more is stopped; one that is prepared goes on", async () => {
  const { store, library } = world;
  const own = new ForecastDesks({ store, library });
  const controller = new AbortController();
  let called = false;
  const work = async () => {
    called = true;
  };
  const waiting = own.with({ signal: controller.signal, onProgress: () => controller.abort() }, work);
  await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  expect([called, (await own.status()).state]).toEqual([false, "absent"]);
  expect((await own.prepare()).state).toBe("running");
  const later = new AbortController();
  const second = own.with({ signal: later.signal }, work);
  later.abort();
  await expect(second).rejects.toMatchObject({ code: "cancelled" });
  expect((await own.status()).state).toBe("running");
  // Cancelled, it stops for everybody who waits, and stays so until somebody asks for it.
  const third = own.with({ onProgress: () => void own.cancel() }, work);
  await expect(third).rejects.toMatchObject({ code: "cancelled" });
  expect(await own.status()).toMatchObject({ state: "cancelled", share: 0, problem: null });
  await own.idle();
  expect((await own.status()).state).toBe("cancelled");
  expect((await own.prepare()).state).toBe("running");
  await own.idle();
  expect((await own.cancel()).state).toBe("ready");
  await own.close();
  await expect(own.with({}, work)).rejects.toMatchObject({ code: "busy" });
}, 240_000);

test("data that changes while the work waits: the work sees the newer data", async () => {
  const { store } = world;
  const version = (c: Connection) =>
    c.rows<{ version: number }>("SELECT max(version)::INTEGER AS version FROM publications");
  const first = desks.with({ origin: lastRoster - 2 }, async (c, desk) => [
    desk.dataVersion,
    (await version(c))[0]?.version,
  ]);
  const published = await store.transaction((c) => publish(c, "meanwhile"));
  expect(await first).toEqual([published, published]);
  expect((await desks.status()).dataVersion).toBe(published);
}, 240_000);

test("in the background: the newest data is forecast and its backtest made without anybody asking", async () => {
  const { store, library } = world;
  const backtests = new Backtests({ store, library, idle: () => desks.idle() });
  const background = new ForecastBackground({
    store,
    desks,
    backtests,
    onFailure: (error) => failures.push(error),
    forecastDelayMs: 20,
    backtestDelayMs: 20,
  });
  // Cancelled, nothing of a backtest is kept, and the background does not begin it again.
  const kept = async () => (await store.read((c) => c.rows("SELECT count(*)::INTEGER AS n FROM backtest_runs")))[0];
  const before = await kept();
  const waiting = expect(backtests.keep({ horizon: 1 })).rejects.toMatchObject({ code: "cancelled" });
  // Asked for again, it is the one under way that is told of.
  await expect.poll(async () => (await backtests.status({ horizon: 1 })).state, { interval: 5 }).toBe("running");
  expect((await backtests.prepare({ horizon: 1 })).state).toBe("running");
  expect(await backtests.cancel({ horizon: 1 })).toMatchObject({ state: "cancelled", share: 0, problem: null });
  await waiting;
  expect([(await backtests.status({ horizon: 1 })).state, await kept()]).toEqual(["cancelled", before]);
  background.start();
  const version = await store.transaction((c) => publish(c, "an import"));
  const state = async () => {
    const [forecast, backtest] = [await desks.status(), await backtests.status()];
    return [forecast.state, forecast.dataVersion, backtest.state, backtest.dataVersion];
  };
  await expect.poll(state, { timeout: 120_000 }).toEqual(["ready", version, "ready", version]);
  const { origins, horizon } = await backtests.status();
  expect([origins, horizon]).toEqual([[2022], 5]);
  // Stopped, it follows nothing.
  background.stop();
  await store.transaction((c) => publish(c, "another"));
  await new Promise((done) => setTimeout(done, 100));
  expect((await desks.status()).state).toBe("absent");
  await backtests.close();
}, 240_000);

test("without a roster, and with another origin than there are, it says so", async () => {
  await expect(desks.with({ origin: 1999 }, async () => 1)).rejects.toMatchObject({
    code: "bad-input",
    details: { property: "origin", value: 1999 },
  });
  await expect(desks.status(1999)).rejects.toMatchObject({ code: "bad-input" });
  const empty = new ForecastDesks({ store: await temporaryStore(), library: world.library });
  await expect(empty.with({}, async () => 1)).rejects.toMatchObject({ text: { zh: "尚未导入人员名册" } });
  const status = await empty.prepare();
  expect(status).toMatchObject({ state: "failed", origin: 0, problem: { zh: "尚未导入人员名册" } });
  expect(failures).toEqual([]);
}, 60_000);
