import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import type { Connection, Store } from "../../server/store/index.ts";
import { placesBalance } from "../../server/tables.ts";
import { groundStore } from "./ground.ts";

let store: Store;
let remove: () => Promise<void>;
let library: RulebookLibrary;

// districts of five cities, and one of Jiangsu that does not count
const workers = {
  "350102": 412,
  "350203": 265,
  "350302": 98,
  "3503SZ": 100,
  "350404": 173,
  "350502": 121,
  "320612": 50,
};

async function fill(c: Connection): Promise<void> {
  for (const [district, n] of Object.entries(workers)) {
    // every tenth is off post and does not count
    await c.run(
      `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, level, "onPost", "importId", "sourceRow",
         "rowHash")
       SELECT nextval('roster_rows'), 2023, $district || '-' || i, $district, '某单位', ['电工', '烹饪', NULL][i % 3 + 1], 'technician',
         i < $n::INTEGER, 1, 1, ''
       FROM range(0, $n::INTEGER + $n::INTEGER // 10) people(i)`,
      { district, n },
    );
  }
  await c.run(
    `INSERT INTO eligibility ("rosterRow", "examYear", "targetLevel", rulebook, projected, decision, "planningDecision", unmet,
       unknown, blocking, "pathwaysMet", "pathwaysUnknown")
     SELECT "rosterRow", 2024, 'seniorTechnician', 'fujian-2020', true, 'undetermined',
       CASE WHEN trade = '电工' THEN 'eligible' ELSE 'ineligible' END, 0, 0, 0, 0, 0
     FROM workers`,
  );
}

const applied = (c: Connection, trade: string | null, n: number, examYear: number, targetLevel = "seniorTechnician") =>
  c.run(
    `INSERT INTO applications ("examYear", "workerId", district, unit, trade, "targetLevel", "importId", "sourceRow", "rowHash")
     SELECT $examYear, concat_ws('-', $trade, i), '350203', '某单位', $trade, $targetLevel, 1, 1, ''
     FROM range(0, $n::INTEGER) people(i)`,
    { trade, n, examYear, targetLevel },
  );

beforeAll(async () => {
  library = await loadLibrary();
  ({ store, remove } = await groundStore());
  await store.transaction(fill);
});
afterAll(() => remove());

const places = (total: number, scope = fullScope, rulebook = "fujian-2020", year = 2024) =>
  store.read((c) => placesBalance(c, library, { rulebook, year, total, scope }));

test("regions: the city-level districts of the province, by workers on post", async () => {
  const { regions, workers: all, ...head } = await places(100);
  expect(head).toMatchObject({
    level: "seniorTechnician",
    examYear: 2024,
    rosterYear: 2023,
    projected: true,
    advisory: true,
    citation: { clause: "四(二)" },
    total: 100,
    tradeCap: 15,
  });
  expect(all).toBe(1169);
  expect(regions.map(({ district }) => district)).toEqual([
    ...["350100", "350128", "350200", "350300", "350400", "350500", "350600", "350700", "350800", "350900"],
  ]);
  expect(regions.filter((one) => one.workers > 0)).toMatchObject([
    { district: "350100", districtName: "福州市", workers: 412, places: 35 },
    { district: "350200", workers: 265, places: 23 },
    { district: "350300", workers: 198, places: 17 },
    { district: "350400", workers: 173, places: 15 },
    { district: "350500", workers: 121, places: 10 },
  ]);
  for (const { workers: count, share, exact, places: given, deviation } of regions) {
    expect(share).toBeCloseTo(count / 1169, 12);
    expect(exact).toBeCloseTo(100 * share, 9);
    expect(deviation).toBe(given - exact);
  }
});

test("before anybody has applied, trades are compared by who could come forward", async () => {
  const { compared, trades } = await places(100);
  expect(compared).toBe("planningEligible");
  // every third of 1169 on post and 113 off post, district by district
  expect(trades).toEqual([
    { trade: "电工", applications: 0, planningEligible: 430, cap: 15, over: 415, deviation: 415 },
  ]);
});

test("with applications on file, they are compared: at the cap is in order, one more is over", async () => {
  await store.transaction(async (c) => {
    await applied(c, "电工", 16, 2024);
    await applied(c, "烹饪", 15, 2024);
    await applied(c, null, 2, 2024);
    await applied(c, "水暖", 40, 2023);
    await applied(c, "制冷", 40, 2024, "technician");
  });
  const { compared, trades } = await places(100);
  expect(compared).toBe("applications");
  expect(trades).toMatchObject([
    { trade: "烹饪", applications: 15, cap: 15, over: 0, deviation: 0 },
    { trade: "电工", applications: 16, cap: 15, over: 1, deviation: 1 },
    { trade: null, applications: 2, cap: 15, over: 0, deviation: -13 },
  ]);
  const few = await places(6);
  expect(few).toMatchObject({ tradeCap: 1, total: 6 });
  expect(few.regions.reduce((sum, one) => sum + one.places, 0)).toBe(6);
});

test("a scope sees its own regions and nothing else", async () => {
  const { regions, trades } = await places(10, { districts: ["350300", "350102"] });
  expect(regions).toMatchObject([
    { district: "350100", workers: 412, places: 7 },
    { district: "350300", workers: 198, places: 3 },
  ]);
  expect(trades.map(({ applications }) => applications)).toEqual([0]);
  const nothing = await places(10, { districts: [] });
  expect(nothing).toMatchObject({ workers: 0, regions: [], trades: [], tradeCap: 1 });
});

test("those counted directly under the province are a region of their own", async () => {
  await store.transaction((c) =>
    c.run(
      `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, level, "onPost", "importId", "sourceRow", "rowHash")
       VALUES (nextval('roster_rows'), 2023, 'p1', '350000', '省直单位', 'technician', true, 1, 1, '')`,
    ),
  );
  const { regions } = await places(10);
  expect(regions[0]).toMatchObject({ district: "350000", districtName: "福建省", workers: 1 });
});

test("a rulebook without a balance, an unknown one, and a year without a roster are told", async () => {
  await expect(places(10, fullScope, "nantong-2023")).rejects.toThrow(/no balance of places .*fujian-2020/);
  await expect(places(10, fullScope, "fujian-2021")).rejects.toThrow(/did you mean fujian-2020/);
  await expect(places(10, fullScope, "fujian-2020", 2020)).rejects.toThrow(/invalid year: 2020/);
});
