/** Effects drawn towards nothing: how far, is a matter of how much data there is. */
import { describe, expect, it } from "vitest";
import { fitGate, writeGate } from "../../server/forecast/effects.ts";
import { readTrials } from "../../server/forecast/gate-trials.ts";
import { weighYears } from "../../server/forecast/history.ts";
import { Scratch } from "../../server/forecast/scratch.ts";
import { temporaryStore } from "../store/store.ts";

interface Group {
  readonly unit: number;
  readonly n: number;
  readonly y: number;
}

/** Effects of units whose people came forward y of n times. */
async function effectsOf(groups: readonly Group[]) {
  const store = await temporaryStore();
  return store.read(async (c) => {
    const scratch = new Scratch(c, "0");
    const rows = groups.map(({ unit, n, y }) => `(${unit}, ${n}, ${y})`).join(", ");
    await scratch.make(
      "forecast_apply",
      `SELECT 2020 AS year, 1 AS "districtId", unit AS "unitId", 1 AS "tradeId", 3::TINYINT AS target, 0 AS cell, n, y
       FROM (VALUES ${rows}) v(unit, n, y)`,
    );
    await scratch.make("forecast_weights", "SELECT 2020 AS year, 1.0::DOUBLE AS weight");
    const gate = { name: "apply", factors: ["unit"] } as const;
    const fitted = await fitGate(gate, await readTrials(scratch, gate.name, gate.factors));
    await writeGate(scratch, gate, fitted);
    const effects = await scratch.rows<{ key: number; effect: number; variance: number }>(
      "SELECT key::INTEGER AS key, effect, variance FROM forecast_apply_unit ORDER BY key",
    );
    return { spread: fitted.effects.get("unit")?.tau ?? 0, effects };
  });
}

describe("effects of units", () => {
  it("are those of the data where there is much, and small where there is little", async () => {
    const { effects } = await effectsOf([
      { unit: 1, n: 1000, y: 800 },
      { unit: 2, n: 1000, y: 200 },
      { unit: 3, n: 4, y: 4 },
      { unit: 4, n: 1000, y: 500 },
    ]);
    const [much, little, few, middle] = effects;
    expect(much?.effect).toBeGreaterThan(1.1);
    expect(little?.effect).toBeLessThan(-1.1);
    expect(Math.abs(middle?.effect ?? 9)).toBeLessThan(0.1);
    // four of four would be an endless logit
    expect(few?.effect).toBeGreaterThan(0.1);
    expect(few?.effect).toBeLessThan(much?.effect ?? 0);
    expect(few?.variance).toBeGreaterThan(much?.variance ?? 9);
  });

  it("are nothing where units differ by luck alone", async () => {
    const { spread, effects } = await effectsOf(
      Array.from({ length: 40 }, (_, unit) => ({ unit, n: 20, y: 10 + ((unit * 3) % 5) - 2 })),
    );
    expect(spread).toBeLessThan(0.01);
    for (const { effect } of effects) expect(Math.abs(effect)).toBeLessThan(0.05);
  });
});

describe("weights of exam years", () => {
  it("grow less with age, and an anomalous year weighs nothing", async () => {
    const store = await temporaryStore();
    const weights = await store.transaction(async (c) => {
      for (const year of [2019, 2020, 2021]) {
        await c.run(
          `INSERT INTO applications ("examYear", "workerId", district, unit, "targetLevel", "importId", "sourceRow", "rowHash")
           VALUES (${year}, 'W', '320612', '甲', 'senior', 1, 1, '')`,
        );
      }
      await c.run(
        `INSERT INTO forecast_years VALUES (2020, 0, '疫情', 'test', now()::TIMESTAMP), (2019, 0.5, NULL, 'test', now()::TIMESTAMP)`,
      );
      const scratch = new Scratch(c, "0");
      await weighYears(scratch, 2021, 0.9);
      return scratch.rows<{ year: number; weight: number }>(
        "SELECT year::INTEGER AS year, weight FROM forecast_weights ORDER BY year",
      );
    });
    expect(weights.map(({ year }) => year)).toEqual([2019, 2021]);
    expect(weights[0]?.weight).toBeCloseTo(0.5 * 0.81, 10);
    expect(weights[1]?.weight).toBe(1);
  });
});
