/** What the forecast tells of bottlenecks: groups that stand out, the coming quota, and who waits; on a small country and by hand. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import type { Desk } from "../../server/forecast/desk-types.ts";
import { fitForecast, forecastRows, simulate } from "../../server/forecast/index.ts";
import { Scratch } from "../../server/forecast/scratch.ts";
import { transferable } from "../../server/statistics/wait.ts";
import type { Connection } from "../../server/store/index.ts";
import { expectedParts } from "../../server/tables/expected.ts";
import {
  bottleneckTable,
  type ModelledKind,
  modelledOrigin,
  modelledTable,
  type TableRequest,
  workersList,
} from "../../server/tables.ts";
import { lastRoster, makeWorld, type World } from "../forecast/world.ts";
import { temporaryStore } from "../store/store.ts";

type Row = Record<string, string | number | boolean | null>;
const year = lastRoster + 1;
/** A unit where nobody passes any more. */
const off = "第3单位";

/** A general trade that nobody has. */
const strange = "讲解员";

let world: World;
beforeAll(async () => {
  world = await makeWorld({ people: 700 });
  await world.store.transaction(async (c) => {
    await c.run(`UPDATE applications SET result = 'failed', "comprehensiveReview" = NULL
      WHERE unit = '${off}' AND "examYear" > ${lastRoster - 3}`);
    // who could come forward next year came this year, and there was no place
    await c.run(`INSERT INTO applications BY NAME
      SELECT ${lastRoster}::SMALLINT AS "examYear", w."workerId", w.district, w.unit, w.trade, 'seniorTechnician' AS "targetLevel",
        'passed' AS "unitReview", 'returned' AS result, 1 AS "importId", 1 AS "sourceRow", '' AS "rowHash"
      FROM eligibility e JOIN workers w ON w."rosterRow" = e."rosterRow"
      WHERE e."examYear" = ${year} AND e."targetLevel" = 'seniorTechnician' AND e."planningDecision" = 'eligible'
        AND NOT EXISTS (FROM applications a WHERE a."workerId" = w."workerId" AND a."examYear" = ${lastRoster})
      ORDER BY w."workerId" LIMIT 14`);
    // one of them in a trade in which his unit has nobody: there will be no place, and he waits all the same
    await c.run(`UPDATE applications SET trade = '${strange}' WHERE "examYear" = ${lastRoster} AND result = 'returned'
      AND "workerId" = (SELECT min("workerId") FROM applications WHERE "examYear" = ${lastRoster} AND result = 'returned')`);
  });
  told = await world.store.read(
    async (c) => {
      const origin = await modelledOrigin(c, { year, scope: fullScope });
      const fit = await fitForecast(c, { origin, library: world.library });
      const base = await simulate(c, fit, { people: true });
      return tablesOf(c, { origin, dataVersion: 1, fit, base });
    },
    { timeoutMs: 300_000 },
  );
}, 120_000);
afterAll(() => world.remove());

let told: Awaited<ReturnType<typeof tablesOf>>;

/** Several tables of one forecast. */
async function tablesOf(c: Connection, desk: Desk) {
  const outliers = await rowsOf(c, desk, "outliers", { by: ["unit"] });
  return {
    outliers,
    origin: desk.origin,
    ofOne: await rowsOf(c, desk, "outliers", { by: ["unit"], unit: String(outliers[0]?.unit) }),
    scoped: await rowsOf(c, desk, "outliers", { by: ["district", "unit"], scope: { districts: ["320613"] } }),
    trades: await rowsOf(c, desk, "outliers", { by: ["trade"], level: "senior" }),
    wrong: await Promise.allSettled([
      rowsOf(c, desk, "outliers", { by: ["level"] }),
      rowsOf(c, desk, "queue", { by: ["unit"] }),
    ]),
    finest: await rowsOf(c, desk, "outlook", { by: ["unit", "trade", "level"] }),
    whole: (await rowsOf(c, desk, "outlook", {}))[0],
    forecast: await forecastRows(c, desk.base, { by: ["unit", "trade", "level"] }),
    queue: await rowsOf(c, desk, "queue", {}),
    pressure: await pressureOf(c, ["district", "unit", "trade", "level"]),
    districts: await pressureOf(c, ["district"]),
    listed: await workersList(c, world.library, {
      ...{ year, scope: fullScope, measure: "queued", limit: 1000, offset: 0 },
    }),
  };
}

async function pressureOf(c: Connection, by: TableRequest["by"]): Promise<Row[]> {
  const { sql, params } = await bottleneckTable(c, world.library, "quota", { year, by, scope: fullScope });
  return c.rows<Row>(sql, params);
}

async function rowsOf(c: Connection, desk: Desk, of: ModelledKind, request: Partial<TableRequest>): Promise<Row[]> {
  const asked = { year, by: [], scope: fullScope, ...request };
  const { sql, params, columns } = await modelledTable(c, desk, of, asked);
  const rows = await c.rows<Row>(sql, params);
  for (const row of rows) expect(Object.keys(row)).toEqual(columns);
  return rows;
}
const sum = (rows: readonly Row[], name: string) => rows.reduce((all, row) => all + Number(row[name]), 0);

test("a unit where nobody passes stands out, and only it; filters choose rows and change no judgement", () => {
  const { outliers, ofOne, scoped, trades, wrong } = told;
  expect(told.origin).toBe(lastRoster);
  for (const measure of ["applicants", "passes"]) {
    const own = outliers.filter((row) => row.measure === measure);
    expect(own).toHaveLength(12);
    expect(Math.abs(sum(own, "expected") - sum(own, "observed"))).toBeLessThan(0.05);
    for (const row of own) expect([row.windowFrom, row.windowTo]).toEqual([lastRoster - 2, lastRoster]);
  }
  const out = outliers.filter(({ signal }) => signal === "above" || signal === "below");
  expect(out.map(({ unitName, measure, signal, observed }) => [unitName, measure, signal, observed])).toEqual([
    [off, "passes", "below", 0],
  ]);
  expect(Number(out[0]?.expected)).toBeGreaterThan(3);
  expect(Number(out[0]?.shrunk)).toBeGreaterThan(0);
  expect(Number(out[0]?.falseDiscovery)).toBeLessThan(0.05);
  expect(ofOne).toEqual(outliers.filter((row) => row.unit === outliers[0]?.unit));
  // a caller sees, and is compared with, his own districts
  expect(new Set(scoped.map(({ district }) => district))).toEqual(new Set(["320613"]));
  expect(sum(trades, "observed")).toBeGreaterThan(0);
  expect(wrong.map((one) => (one.status === "rejected" ? String(one.reason) : ""))).toEqual([
    expect.stringMatching(/needs by with unit, trade/),
    expect.stringMatching(/cannot be grouped/),
  ]);
});

test("the coming quota is the forecast's; who waits are the people of the list, each with chance and turn", () => {
  const { finest, whole, queue, listed } = told;
  const forecast = told.forecast.filter((row) => row.examYear === year && (row.quota ?? 0) > 0);
  expect(forecast.length).toBeGreaterThan(10);
  for (const row of forecast) {
    const found = finest.find(
      (one) => one.unit === row.unit && one.trade === row.trade && one.targetLevel === row.targetLevel,
    );
    expect(found).toMatchObject({
      comingYear: year,
      quota: expect.closeTo(Number(row.quota), 6),
      quotaUsed: expect.closeTo(Number(row.quotaUsed), 6),
      quotaUsed1: expect.closeTo(Number(row.quotaUsed1), 6),
    });
    expect(Number(found?.oneMore)).toBeLessThanOrEqual(1);
  }
  for (const name of ["quota", "candidates", "quotaUsed", "oneMore", "queue"])
    expect(sum(finest, name)).toBeCloseTo(Number(whole?.[name]), 6);

  expect(queue.length).toBeGreaterThan(5);
  expect(queue.map(({ workerId }) => workerId).sort()).toEqual(listed.rows.map(({ workerId }) => workerId).sort());
  expect(whole?.queue).toBe(queue.length);
  const waits = queue.map(({ expectedWait }) => Number(expectedWait ?? Number.POSITIVE_INFINITY)).sort((a, b) => a - b);
  expect(whole?.expectedWait ?? Number.POSITIVE_INFINITY).toBe(waits[Math.floor((waits.length - 1) / 2)]);
  // whoever waits began to; few waits are no ground for a median
  expect(Number(whole?.waited)).toBeGreaterThanOrEqual(queue.length);
  expect(Number(whole?.waitEnded)).toBeLessThanOrEqual(Number(whole?.waited) - queue.length);
  for (const { waited, observedWait } of finest) if (Number(waited) < 10) expect(observedWait).toBeNull();
  for (const row of queue) {
    const chance = Number(row.selectedBeforeRetirement);
    if (row.yearsLeft === 0) expect(chance).toBe(0);
    expect(chance).toBeGreaterThanOrEqual(0);
    expect(chance).toBeLessThanOrEqual(1);
    expect(Number(row.timesWithoutPlace)).toBeLessThanOrEqual(lastRoster - Number(row.waitingSince) + 1);
  }
  expect(queue.filter(({ trade }) => trade === strange).map((row) => [row.expectedWait, row.chance])).toEqual([
    [null, null],
  ]);
  // within a unit and trade, who has waited longer stands before
  for (const a of queue)
    for (const b of queue)
      if (a.unit === b.unit && a.trade === b.trade && Number(a.waitingSince) < Number(b.waitingSince))
        expect(Number(a.queuePosition)).toBeLessThan(Number(b.queuePosition));
});

test("idle places that could move: district by district what the units of each trade could exchange", () => {
  const { pressure, districts, queue } = told;
  expect(sum(districts, "queue")).toBe(queue.length);
  expect(sum(districts, "transferPotential")).toBeGreaterThan(0);
  for (const row of districts) {
    const own = pressure.filter(({ district }) => district === row.district);
    const markets = new Set(own.map(({ trade, targetLevel }) => `${trade} ${targetLevel}`));
    const most = [...markets].map((market) =>
      transferable(
        own
          .filter(({ trade, targetLevel }) => `${trade} ${targetLevel}` === market)
          .map((unit) => ({ idle: Number(unit.idleWithoutCandidates), waiting: Number(unit.queue) })),
      ),
    );
    expect(row.transferPotential).toBe(most.reduce((all, one) => all + one, 0));
  }
  for (const unit of pressure) {
    const elsewhere = pressure.filter(
      (one) => one.district === unit.district && one.trade === unit.trade && one.unit !== unit.unit,
    );
    const idle = sum(elsewhere, "idleWithoutCandidates");
    expect(unit.transferPotential).toBe(Math.min(Number(unit.queue), idle));
  }
});

describe("expectations by hand", () => {
  test("base rate, district and the shift of the year; never the unit's own effect", async () => {
    const store = await temporaryStore();
    await store.read(async (c) => {
      const scratch = new Scratch(c, "9");
      await scratch.make("forecast_weights", `SELECT 2023 AS year, 1.0 AS weight`);
      // p = 1/2 in unit 1, and σ(ln 3) = 3/4 in the district of unit 2: 20 + 15 expected, 35 came, so no shift
      const trials = `SELECT 2023 AS year, d AS "districtId", u AS "unitId", 1 AS "tradeId", 3::TINYINT AS target, 0 AS cell, n, y
        FROM (VALUES (1, 1, 40, 26), (2, 2, 20, 9)) v(d, u, n, y)`;
      await scratch.make("forecast_apply", trials);
      await scratch.make("forecast_apply_cells", `SELECT 3::TINYINT AS target, 0 AS cell, 0.0::DOUBLE AS logit`);
      const none = `SELECT -1::BIGINT AS key, 0.0::DOUBLE AS effect`;
      for (const name of ["districtstep", "trade", "tradestep"]) await scratch.make(`forecast_apply_${name}`, none);
      await scratch.make("forecast_apply_district", `SELECT 2::BIGINT AS key, ln(3)::DOUBLE AS effect`);
      await scratch.make("forecast_apply_unit", `SELECT 1::BIGINT AS key, 5.0::DOUBLE AS effect`);
      const fit = { hasHistory: true, suffix: "9" } as Desk["fit"];
      const asked = { measure: "applicants", from: 2021, to: 2023 } as const;
      const parts = await expectedParts(c, fit, { by: ["unit"], ...asked });
      expect(parts).toEqual([
        { unitId: 1, tradeId: 1, target: 3, people: 40, observed: 26, expected: 20, variance: 10 },
        { unitId: 2, tradeId: 1, target: 3, people: 20, observed: 9, expected: 15, variance: 3.75 },
      ]);
      // without the district's effect either, both have the rate of the year: 35 of 60
      const alike = await expectedParts(c, fit, { by: ["district"], ...asked });
      expect(alike.map(({ expected }) => expected)).toEqual([
        expect.closeTo((40 * 35) / 60, 6),
        expect.closeTo((20 * 35) / 60, 6),
      ]);
      expect(await expectedParts(c, { ...fit, hasHistory: false }, { by: ["unit"], ...asked })).toEqual([]);
    });
  });
});
