/** The quota step on candidates given by hand: exact figures of the method, and of enumeration. */
import { describe, expect, it } from "vitest";
import { addUp } from "../../server/forecast/places.ts";
import { takePlaces } from "../../server/forecast/places-used.ts";
import { Scratch } from "../../server/forecast/scratch.ts";
import { stateOf } from "../../server/forecast/state.ts";
import { temporaryStore } from "../store/store.ts";

interface Used {
  readonly quota: number;
  readonly used: number;
  readonly used0: number;
  readonly used1: number;
  readonly used2: number;
  readonly used3: number;
  readonly selected: number;
  readonly more: number;
}

/** Places of a unit with `technicians` certain holders and the candidates' chances. */
async function placesOf({
  technicians,
  candidates,
  usedLastYear = 0,
  places,
}: {
  technicians: number;
  candidates: readonly number[];
  usedLastYear?: number;
  places?: number;
}): Promise<Used> {
  const store = await temporaryStore();
  return store.read(async (c) => {
    const scratch = new Scratch(c, "0", "0");
    const bands =
      places === undefined
        ? "(20, NULL, 3, false), (10, 20, 2, false), (5, 10, 1, false), (1, 5, 1, true)"
        : `(1, NULL, ${places}, false)`;
    await scratch.make(
      "run_bands",
      `SELECT 1 AS "districtId", 5::TINYINT AS target, * FROM (VALUES ${bands}) b("fromTechnicians", "belowTechnicians", places, alternate)`,
    );
    await scratch.make("run_shares", `SELECT 1 AS "districtId", 5::TINYINT AS target, 0.1 AS "atMost" LIMIT 0`);
    await scratch.make("forecast_trades", `SELECT 1 AS "tradeId", '电工' AS trade, true AS general`);
    await scratch.make("forecast_units", `SELECT 1 AS "unitId", 1 AS "districtId"`);
    await scratch.make("run_places", `SELECT 1 AS place, 1 AS "unitId", 1 AS "districtId", 1 AS "tradeId"`);
    await scratch.make("run_lives", `SELECT 1 AS life, true AS "onPost"`);
    const others = Array.from({ length: 9 }, (_, index) => `0.0 AS m${index + 1}`).join(", ");
    await scratch.make(
      "run_state",
      `SELECT ${stateOf("range", "0", "4", 2023)} AS state, 1 AS place, 1 AS life, 1.0 AS m0, ${others} FROM range(${technicians})`,
    );
    await scratch.make(
      "run_last_used",
      `SELECT 1 AS "unitId", 1 AS "tradeId", 5::TINYINT AS target, ${usedLastYear}::DOUBLE AS used, 1.0::DOUBLE AS waiting, 1.0::DOUBLE AS there`,
    );
    await scratch.make(
      "run_applying",
      `SELECT 1 AS "unitId", 1 AS "quotaTrade", 5::TINYINT AS target, x AS came0, 1.0 AS admit0, 0.0 AS came1, 1.0 AS admit1,
         1.0 AS mass, 0.0 AS m7, 0.0 AS a7
       FROM (SELECT unnest([${candidates.join(", ")}]::DOUBLE[]) AS x)`,
    );
    // hardly any shock: the three points of the integral all but fall together
    await takePlaces(scratch, 0);
    const [row] = await scratch.rows<Used>(
      "SELECT quota, used, used0, used1, used2, used3, selected, more FROM run_used",
    );
    if (!row) throw new Error("no row");
    return row;
  });
}

/** E[min(N, q)] over all outcomes. */
function enumerated(chances: readonly number[], q: number): number {
  let mean = 0;
  for (let outcome = 0; outcome < 2 ** chances.length; outcome++) {
    const came = chances.map((_, index) => (outcome >> index) & 1);
    const probability = chances.reduce((product, x, index) => product * (came[index] ? x : 1 - x), 1);
    mean +=
      probability *
      Math.min(
        q,
        came.reduce((sum, one) => sum + one, 0),
      );
  }
  return mean;
}

describe("places used", () => {
  const seven = [0.3, 0.5, 0.2, 0.7, 0.1, 0.4, 0.25];

  it.each([1, 2, 3, 5])("are E[min(N, %i)] exactly", async (places) => {
    const { used, more } = await placesOf({ technicians: 7, candidates: seven, places });
    expect(used).toBeCloseTo(enumerated(seven, places), 4);
    expect(more).toBeCloseTo(enumerated(seven, places + 1) - enumerated(seven, places), 4);
  });

  it("one, two or three by the number of technicians", async () => {
    expect((await placesOf({ technicians: 20, candidates: seven })).quota).toBeCloseTo(3, 4);
    expect((await placesOf({ technicians: 19, candidates: seven })).quota).toBeCloseTo(2, 4);
    expect((await placesOf({ technicians: 9, candidates: seven })).quota).toBeCloseTo(1, 4);
  });

  it("few technicians have a place every other year", async () => {
    const rested = await placesOf({ technicians: 4, candidates: [0.5] });
    expect([rested.quota, rested.used, rested.used0]).toEqual([1, expect.closeTo(0.5, 4), expect.closeTo(0.5, 4)]);
    const after = await placesOf({ technicians: 4, candidates: [0.5], usedLastYear: 1 });
    expect([after.quota, after.used, after.used0]).toEqual([0, 0, 1]);
    expect(after.more).toBeCloseTo(0.5, 4);
    const perhaps = await placesOf({ technicians: 4, candidates: [0.5], usedLastYear: 0.25 });
    expect(perhaps.used).toBeCloseTo(0.375, 4);
  });

  it("probabilities add up and agree with the mean", async () => {
    const { used, used0, used1, used2, used3, selected } = await placesOf({ technicians: 25, candidates: seven });
    expect(used0 + used1 + used2 + used3).toBeCloseTo(1, 4);
    expect(used1 + 2 * used2 + 3 * used3).toBeCloseTo(used, 4);
    expect(selected).toBeCloseTo(used / seven.reduce((sum, x) => sum + x, 0), 4);
  });

  it("without candidates none is used, and the quota stands", async () => {
    const { quota, used, used0 } = await placesOf({ technicians: 12, candidates: [] });
    expect([quota, used, used0]).toEqual([2, 0, 1]);
  });
});

describe("places of several trades", () => {
  it("add up as independent counts", () => {
    expect(addUp([0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0])).toEqual([0.25, 0.5, 0.25, 0]);
    expect(addUp([0, 0, 1, 0], [0, 1, 0, 0])).toEqual([0, 0, 0, 1]);
  });
});
