import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backtest } from "../../server/forecast/backtest.ts";
import { type BacktestRow, type CellGrouping, cellGroupings } from "../../server/forecast/backtest-score.ts";
import { keepBacktest } from "../../server/forecast/backtest-store.ts";
import {
  type ForecastRow,
  fitForecast,
  forecastRows,
  type Measure,
  measures,
  simulate,
} from "../../server/forecast/index.ts";
import { loadLibrary, type RulebookLibrary } from "../../server/library.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { publish } from "../../server/store/index.ts";
import { problem, startServer, type TestServer } from "../api/server.ts";
import { cellNames, counted } from "../bench/worlds/judge.ts";
import { type WorldKind, worldKinds } from "../bench/worlds/kinds.ts";
import { fillWorld } from "../bench/worlds/store.ts";
import { makeWorld, type World } from "../bench/worlds/world.ts";

const kind: WorldKind = { ...(worldKinds[0] as WorldKind), workers: 1_200, units: 25, seed: 12 };
const origins = [2021, 2022];
let server: TestServer;
let library: RulebookLibrary;
let world: World;
let rows: BacktestRow[];
beforeAll(async () => {
  library = await loadLibrary();
  world = await makeWorld(kind);
  server = await startServer({ fill: (c) => fillWorld(c, library, world) });
  rows = await server.store.read((c) => backtest(c, library, { origins, horizon: 2 }), { timeoutMs: 600_000 });
}, 240_000);
afterAll(() => server.close());

const line = (origin: number | null, horizon: number, measure: Measure, grouping: CellGrouping) =>
  rows.find(
    (row) =>
      row.origin === origin &&
      row.horizon === horizon &&
      row.measure === measure &&
      row.grouping === grouping &&
      !row.level,
  );

/** Actual and last year's counts of the cells with anybody in either. */
function pairs(origin: number, horizon: number, measure: Measure, grouping: "unit" | "trade" | "district" | "total") {
  const position = measures.indexOf(measure);
  return cellNames(world, grouping).map((name, cell) => ({
    name,
    actual: counted(world, origin + horizon, grouping, cell, position),
    last: counted(world, origin, grouping, cell, position),
  }));
}

test.each(["unit", "trade", "district", "total"] as const)("last year's error by hand: %s", (grouping) => {
  for (const measure of measures) {
    for (const [origin, horizon] of [
      [2021, 1],
      [2021, 2],
      [2022, 1],
    ] as const) {
      const cells = pairs(origin, horizon, measure, grouping);
      const people = cells.reduce((sum, { actual }) => sum + actual, 0);
      const off = cells.reduce((sum, { actual, last }) => sum + Math.abs(actual - last), 0);
      const found = line(origin, horizon, measure, grouping);
      expect(found?.actual ?? 0).toBe(people);
      if (people > 0) expect(found?.naiveWape).toBeCloseTo(off / people, 12);
    }
  }
});

test("the model's error by hand, and that of both origins together", async () => {
  const off = new Map<number, number>();
  for (const origin of origins) {
    const forecast = await server.store.read(async (c) => {
      const fit = await fitForecast(c, { origin, library, rulebooksUntil: origin });
      return forecastRows(c, await simulate(c, fit, { to: origin + 1 }), { by: ["unit"] });
    });
    const said = new Map(forecast.map((row: ForecastRow) => [row.unit, row.applicants ?? 0]));
    const cells = pairs(origin, 1, "applicants", "unit");
    off.set(
      origin,
      cells.reduce((sum, { name, actual }) => sum + Math.abs((said.get(name) ?? 0) - actual), 0),
    );
    const found = line(origin, 1, "applicants", "unit");
    expect(found?.wape).toBeCloseTo((off.get(origin) ?? 0) / (found?.actual ?? 1), 9);
    expect(found?.ratio).toBeCloseTo((found?.wape ?? 0) / (found?.naiveWape ?? 1), 9);
  }
  const both = line(null, 1, "applicants", "unit");
  const people = origins.reduce((sum, origin) => sum + (line(origin, 1, "applicants", "unit")?.actual ?? 0), 0);
  expect(both?.actual).toBe(people);
  expect(both?.wape).toBeCloseTo([...off.values()].reduce((sum, one) => sum + one, 0) / people, 9);
  // two exam years ahead are known from the first origin alone
  expect(line(null, 2, "passes", "trade")).toEqual({ ...line(2021, 2, "passes", "trade"), origin: null });
});

test("every measure, grouping, level and horizon has its line; who is worse says so", () => {
  for (const measure of measures.filter((one) => one !== "quotaUsed")) {
    for (const grouping of cellGroupings) {
      const levels = rows
        .filter(
          (row) => row.origin === 2021 && row.horizon === 1 && row.measure === measure && row.grouping === grouping,
        )
        .map(({ level }) => level);
      expect(levels).toEqual(grouping === "level" ? [null] : [null, ...targetLevels]);
    }
  }
  for (const row of rows) {
    expect(row.worse).toBe((row.bestRatio ?? 0) > 1.05);
    if (row.bestRatio !== null && row.basis === "wape")
      expect(row.bestRatio).toBeGreaterThanOrEqual((row.ratio ?? 0) - 1e-9);
    for (const share of [row.coverage80, row.coverage95]) {
      if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
    }
  }
});

test("what is known later changes nothing that was said before", async () => {
  class Undone extends Error {
    constructor(readonly rows: readonly BacktestRow[]) {
      super("undone");
    }
  }
  // Without everything later than the exam year that it is held against; undone again.
  const without = server.store.transaction(async (c) => {
    await c.run(`DELETE FROM eligibility WHERE "examYear" > 2022; DELETE FROM workers WHERE "rosterYear" > 2021;
      DELETE FROM applications WHERE "examYear" > 2022`);
    throw new Undone(await backtest(c, library, { origins: [2021], horizon: 1 }));
  });
  const again = await without.catch((error: unknown) => (error instanceof Undone ? error.rows : Promise.reject(error)));
  const said = (found: readonly BacktestRow[]) =>
    found.filter(({ origin, horizon }) => origin === 2021 && horizon === 1);
  expect(said(again).length).toBeGreaterThan(50);
  expect(said(again)).toEqual(said(rows));
});

test("kept until the data changes, and then made anew", async () => {
  const asked = { origins: [2022], horizon: 1 };
  const [one, other] = await Promise.all([
    keepBacktest(server.store, library, asked),
    keepBacktest(server.store, library, asked),
  ]);
  expect(other).toEqual(one);
  expect(await keepBacktest(server.store, library, asked)).toEqual(one);
  await server.store.transaction((c) => publish(c, "something else"));
  const anew = await keepBacktest(server.store, library, asked);
  expect(anew.run).not.toBe(one.run);
  const kept = await server.store.read((c) => c.rows(`SELECT DISTINCT run FROM backtest_rows`));
  expect(kept).toEqual([{ run: anew.run }]);
});

test("the API answers with the same lines, as JSON and as CSV", async () => {
  const path = "/api/v1/backtest?origins=2021,2022&horizon=2";
  const response = await server.get(path);
  expect(response.status).toBe(200);
  const answered = (await response.json()) as Record<string, unknown>[];
  const expected = rows.map(({ level, ...row }) => ({ ...row, targetLevel: level }));
  expect(answered).toHaveLength(expected.length);
  expect(answered).toEqual(expected);
  expect(Object.keys(answered[0] ?? {}).slice(0, 3)).toEqual(["origin", "horizon", "measure"]);
  const some = await server.get(`${path}&measure=passes&grouping=unit&level=senior`, {
    headers: { accept: "text/csv", authorization: `Bearer ${server.token}` },
  });
  const lines: Record<string, string>[] = parse(Buffer.from(await some.arrayBuffer()), { columns: true, bom: true });
  expect(lines.map(({ origin, horizon }) => `${origin} ${horizon}`)).toEqual([
    " 1",
    " 2",
    "2021 1",
    "2021 2",
    "2022 1",
  ]);
});

test.each([
  ["origins=1999", "origins"],
  ["origins=20x", "origins"],
  ["horizon=6", "horizon"],
  ["measure=applicant", "measure"],
])("bad input is told: %s", async (query, property) => {
  const response = await server.get(`/api/v1/backtest?${query}`);
  expect(response.status).toBe(400);
  expect(await problem(response)).toMatchObject({ property });
});
