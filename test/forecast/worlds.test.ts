import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { quotaTable } from "../../server/tables.ts";
import { draws, liveFutures } from "../bench/worlds/futures.ts";
import { steps } from "../bench/worlds/ground.ts";
import { counted } from "../bench/worlds/judge.ts";
import { type WorldKind, worldKinds } from "../bench/worlds/kinds.ts";
import { openStep } from "../bench/worlds/rules.ts";
import { fillStore, workerId } from "../bench/worlds/store.ts";
import { at, measures } from "../bench/worlds/tally.ts";
import { makeWorld, type World } from "../bench/worlds/world.ts";

const [first] = worldKinds;
const kind: WorldKind = { ...(first as WorldKind), workers: 1_500, units: 30, seed: 7 };
let folder: string;
let store: Store;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-world-"));
  store = await openStore(folder);
  world = await makeWorld(kind);
  await fillStore(store, await loadLibrary(), world);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const rows = <T>(sql: string) => store.read((c) => c.rows<T>(sql));

describe("a world", () => {
  test("is the same again from its seed", async () => {
    const again = await makeWorld(kind);
    expect(again.applications).toEqual(world.applications);
    expect(again.tallies).toEqual(world.tallies);
    expect((await makeWorld({ ...kind, seed: 8 })).applications).not.toEqual(world.applications);
  });

  test("asks of its people what the rulebooks ask", async () => {
    const decided = await rows<{ examYear: number; workerId: string; level: string }>(
      `SELECT e."examYear", w."workerId", e."targetLevel"::VARCHAR AS level FROM eligibility e
       JOIN workers w USING ("rosterRow") WHERE e."planningDecision" = 'eligible'`,
    );
    const expected: string[] = [];
    for (const [year, people] of world.rosters) {
      for (let person = 0; person < people.count; person++) {
        const step = people.present[person] === 1 ? openStep(people, world.ground, person, year + 1) : 0;
        if (step > 0) expected.push(`${year + 1} ${workerId(person)} ${targetLevels[step - 1]}`);
      }
    }
    const found = decided.map((row) => `${row.examYear} ${row.workerId} ${row.level}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(new Set(decided.map(({ level }) => level)).size).toBe(steps);
  });

  test("keeps to the quota of the rulebooks, and uses it", async () => {
    for (const year of [2016, 2019, 2022]) {
      const places = await store.read(async (c) => {
        const { sql, params } = await quotaTable(c, { year, by: ["unit", "trade"], scope: fullScope });
        return c.rows<{ over: number | null; used: number }>(sql, params);
      });
      expect(places.reduce((sum, { over }) => sum + (over ?? 0), 0)).toBe(0);
      const tally = world.tallies.get(year);
      const counted = tally?.unit
        .slice(at.quotaUsed * world.ground.units.length * steps)
        .slice(0, world.ground.units.length * steps);
      const used = places.reduce((sum, one) => sum + one.used, 0);
      expect(counted?.reduce((sum, one) => sum + one, 0)).toBe(used);
      expect(used).toBeGreaterThan(0);
    }
  });

  test("its futures begin with what is known", () => {
    const futures = liveFutures(world, 2021, 60);
    const what = { horizon: 1, measure: at.planningEligible, step: 0 };
    const eligible = draws(futures, "total", 0, what);
    const people = world.rosters.get(2021);
    let expected = 0;
    for (let person = 0; person < (people?.count ?? 0); person++) {
      if (people?.present[person] === 1 && openStep(people, world.ground, person, 2022) > 0) expected++;
    }
    // Who may come forward next year stands on the roster already.
    expect([...eligible]).toEqual(Array(60).fill(expected));
  });

  test("over many worlds, what happened lies anywhere among the futures", async () => {
    const places: number[] = [];
    for (let seed = 1; seed <= 16; seed++) {
      const one = await makeWorld({ ...kind, workers: 600, units: 15, seed });
      const futures = liveFutures(one, 2021, 30);
      for (const measure of [at.applicants, at.passes]) {
        const was = counted(one, 2022, "total", 0, measure);
        const drawn = [...draws(futures, "total", 0, { horizon: 1, measure, step: 0 })];
        places.push(drawn.reduce((sum, count) => sum + (count < was ? 1 : count === was ? 0.5 : 0), 0) / drawn.length);
      }
    }
    const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
    expect(mean).toBeGreaterThan(0.35);
    expect(mean).toBeLessThan(0.65);
    const outside = places.filter((place) => place < 0.1 || place > 0.9).length / places.length;
    expect(outside).toBeGreaterThan(0.05);
    expect(outside).toBeLessThan(0.4);
  }, 120_000);

  test("its groups add up to one another", () => {
    const futures = liveFutures(world, 2023, 3);
    const { units, trades, districts } = world.ground;
    for (const [measure] of measures.entries()) {
      const what = { horizon: 4, measure, step: 0 };
      const total = draws(futures, "total", 0, what);
      for (const [grouping, cells] of [
        ["unit", units],
        ["trade", trades],
        ["district", districts],
      ] as const) {
        const sums = [0, 0, 0];
        for (const [cell] of cells.entries()) {
          for (const [index, value] of draws(futures, grouping, cell, what).entries())
            sums[index] = (sums[index] ?? 0) + value;
        }
        expect(sums).toEqual([...total]);
      }
    }
  });
});
