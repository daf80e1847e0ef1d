import fc from "fast-check";
import { expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { balanceSchema, regionPlaces, tradeCap } from "../../server/rules/balance.ts";

const fifteenPercent = { trade: { atMost: 0.15, floor: 1 } };
const weighted = (...workers: number[]) =>
  workers.map((count, index) => ({ district: `35${String(index + 1).padStart(2, "0")}00`, workers: count }));
const placesOf = (total: number, ...workers: number[]) =>
  regionPlaces(total, weighted(...workers)).map(({ places }) => places);

test.each([
  [100, 15],
  [6, 1],
  [1, 1],
  [7, 1],
  [13, 1],
  [14, 2],
  [20, 3],
  [40, 6],
  [60, 9],
])("of a list of %i one trade has at most %i", (total, cap) => {
  expect(tradeCap(fifteenPercent, total)).toBe(cap);
});

test("the cap never exceeds the share but by the floor, and no smaller one would do", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (total) => {
      const cap = tradeCap(fifteenPercent, total);
      expect(cap === 1 || cap * 100 <= 15 * total).toBe(true);
      expect((cap + 1) * 100).toBeGreaterThan(15 * total);
    }),
  );
});

test("places are shared by the largest remainder", () => {
  expect(placesOf(100, 4120, 2650, 1980, 1730, 1210)).toEqual([35, 23, 17, 15, 10]);
  expect(placesOf(1, 5, 4)).toEqual([1, 0]);
  expect(placesOf(10, 0, 3, 0)).toEqual([0, 10, 0]);
});

test("ties go to the lower district code, in whatever order the regions come", () => {
  expect(placesOf(1, 3, 3, 3)).toEqual([1, 0, 0]);
  expect(placesOf(5, 1, 1, 1)).toEqual([2, 2, 1]);
  const [first, second] = weighted(3, 3);
  if (!first || !second) throw new Error("two regions");
  expect(regionPlaces(1, [second, first]).map(({ places }) => places)).toEqual([0, 1]);
});

test("without workers there is nobody to share among", () => {
  expect(regionPlaces(10, weighted(0, 0))).toEqual([
    { places: 0, exact: 0 },
    { places: 0, exact: 0 },
  ]);
  expect(regionPlaces(10, [])).toEqual([]);
});

const counts = fc.array(fc.nat(2_000_000), { minLength: 1, maxLength: 12 }).filter((all) => all.some((one) => one > 0));

test("places add up to the total, and each region's is its exact share rounded down or up", () => {
  fc.assert(
    fc.property(fc.nat(100_000), counts, (total, workers) => {
      const shared = regionPlaces(total, weighted(...workers));
      expect(shared.reduce((sum, { places }) => sum + places, 0)).toBe(total);
      for (const { places, exact } of shared) expect(Math.abs(places - exact)).toBeLessThan(1);
    }),
    { numRuns: 1000 },
  );
});

test("more workers never have fewer places than fewer workers", () => {
  fc.assert(
    fc.property(fc.nat(1000), counts, (total, workers) => {
      const shared = regionPlaces(total, weighted(...workers));
      const sorted = shared.map(({ places }, index) => ({ places, workers: workers[index] ?? 0 }));
      sorted.sort((a, b) => a.workers - b.workers || a.places - b.places);
      for (const [index, one] of sorted.entries()) {
        expect(one.places).toBeGreaterThanOrEqual(sorted[index - 1]?.places ?? 0);
      }
    }),
  );
});

test("the rulebook states the measure, with its clause", async () => {
  const { balance } = (await loadLibrary()).get("fujian-2020");
  expect(balance).toMatchObject({
    ...fifteenPercent,
    level: "seniorTechnician",
    advisory: true,
    citation: { clause: "四(二)" },
  });
});

test("what is advisory cannot be written as a limit", () => {
  const text = { level: "technician", cite: "四", trade: { atMost: 0.15, floor: 1 }, region: { by: "workersOnPost" } };
  expect(balanceSchema.safeParse({ ...text, advisory: true }).success).toBe(true);
  expect(balanceSchema.safeParse({ ...text, advisory: false }).error?.issues).toHaveLength(1);
});
