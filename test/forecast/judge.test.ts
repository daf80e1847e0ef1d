import { beforeAll, expect, test } from "vitest";
import type { ForecastRow } from "../../server/forecast/index.ts";
import { draws, type Futures, liveFutures } from "../bench/worlds/futures.ts";
import { cellNames, counted, judge } from "../bench/worlds/judge.ts";
import { type WorldKind, worldKinds } from "../bench/worlds/kinds.ts";
import { measures } from "../bench/worlds/tally.ts";
import { checksOf } from "../bench/worlds/targets.ts";
import { makeWorld, type World } from "../bench/worlds/world.ts";

const kind: WorldKind = { ...(worldKinds[0] as WorldKind), workers: 2_000, units: 20, seed: 5 };
const horizon = 3;
let world: World;
let futures: Futures;
beforeAll(async () => {
  world = await makeWorld(kind);
  futures = liveFutures(world, 2023, 150);
});

/** A forecast that knows the futures: `shift` is added to the mean, the ends stretched around it. */
function knowing(shift: number, stretch: number): Map<string, ForecastRow> {
  const rows = new Map<string, ForecastRow>();
  for (const [cell, name] of cellNames(world, "unit").entries()) {
    const row: Record<string, number> = {};
    for (const [index, measure] of measures.entries()) {
      const drawn = draws(futures, "unit", cell, { horizon, measure: index, step: 0 }).sort();
      const mean = drawn.reduce((sum, count) => sum + count, 0) / drawn.length;
      row[measure] = mean + shift;
      for (const [end, share] of [
        ["Low95", 0.025],
        ["Low80", 0.1],
        ["High80", 0.9],
        ["High95", 0.975],
      ] as const) {
        const count = drawn[Math.ceil(share * drawn.length) - 1] ?? 0;
        row[`${measure}${end}`] = Math.max(0, Math.round(mean + (count - mean) * stretch));
      }
    }
    rows.set(`${name} ${2023 + horizon}`, row as unknown as ForecastRow);
  }
  return rows;
}

test("who knows the futures is as good as the oracle, without distance, and covers what it says", () => {
  for (const measure of ["planningEligible", "applicants", "passes"] as const) {
    const verdict = judge(world, futures, "unit", knowing(0, 1), { horizon, measure });
    expect(verdict.model).toBeCloseTo(verdict.oracle, 9);
    expect(verdict.distance).toBeCloseTo(0, 9);
    expect(verdict.bias).toBeCloseTo(0, 9);
    expect(verdict.coverage80).toBeGreaterThan(0.77);
    expect(verdict.coverage80).toBeLessThan(0.84);
    expect(verdict.coverage95).toBeGreaterThan(0.93);
    expect(verdict.oracle).toBeLessThan(verdict.lastYear);
    expect(checksOf(verdict).filter(({ passed }) => !passed)).toEqual([]);
  }
});

test("too many, too narrow and too wide are seen", () => {
  const what = { horizon, measure: "applicants" as const };
  const many = judge(world, futures, "unit", knowing(4, 1), what);
  const people = draws(futures, "total", 0, { horizon, measure: 1, step: 0 }).reduce((sum, one) => sum + one, 0) / 150;
  expect(many.bias).toBeCloseTo((4 * kind.units) / people, 6);
  expect(many.distance).toBeCloseTo(many.bias, 9);
  expect(many.model).toBeGreaterThan(many.oracle);
  const missed = (found: typeof many) => checksOf(found).flatMap(({ name, passed }) => (passed ? [] : [name]));
  expect(missed(many)).toContain("oracle");
  expect(missed(judge(world, futures, "unit", knowing(0, 0.5), what))).toEqual(["coverage 80", "coverage 95"]);
  expect(missed(judge(world, futures, "unit", knowing(0, 2), what))).toEqual(["coverage 80", "coverage 95"]);
});

test("last year is what was counted", () => {
  const applied = world.applications.filter(({ examYear }) => examYear === 2023).length;
  expect(counted(world, 2023, "total", 0, 1)).toBe(applied);
});
