/** The pure parts of 导入历史, 年度对比 and 数据质量. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeKinds } from "../../server/rosters/change-kinds.ts";
import { scoreWeights, qualityCounts as serverCounts } from "../../server/rosters/quality.ts";
import {
  type ChangeCounts,
  changeCounts,
  type ImportEntry,
  type QualityCounts,
  qualityCounts,
} from "../../web/api/roster-types.ts";
import {
  filterEntries,
  readEntry,
  readHistoryFilter,
  undoState,
  yearsOf,
} from "../../web/pages/import-history/entries.ts";
import { addQuality, lostText, points, pointsText, scoreOf } from "../../web/pages/quality/score.ts";
import { flowFloor, flowSteps } from "../../web/pages/roster-changes/flow.ts";
import { impossibleChanges, isCount, otherChanges, placeColumns } from "../../web/pages/roster-changes/kinds.ts";
import { missingDistricts } from "../../web/pages/roster-changes/missing.ts";
import { placeBy, placesOf, sortPlaces } from "../../web/state/roster-places.ts";
import {
  changeSearch,
  closeList,
  goTo,
  listSize,
  openList,
  readList,
  readPlace,
  readYears,
} from "../../web/state/roster-search.ts";
import { unitNameOf } from "../../web/state/unit-name.ts";

const zeroChanges = Object.fromEntries(changeCounts.map((name) => [name, 0])) as Record<keyof ChangeCounts, number>;
const zeroQuality = Object.fromEntries(qualityCounts.map((name) => [name, 0])) as Record<keyof QualityCounts, number>;

describe("the address", () => {
  const years = [2024, 2022, 2023];
  const of = (text: string) => new URLSearchParams(text);

  test("two existing years; those not chosen are neighbours of the chosen", () => {
    expect(readYears(of(""), years)).toEqual({ from: 2023, to: 2024 });
    expect(readYears(of("from=2022"), years)).toEqual({ from: 2022, to: 2023 });
    expect(readYears(of("from=2024"), years)).toEqual({ from: 2024, to: 2023 });
    expect(readYears(of("to=2022"), years)).toEqual({ from: 2023, to: 2022 });
    expect(readYears(of("from=2022&to=1999"), years)).toEqual({ from: 2022, to: 2023 });
    expect(readYears(of("from=2023&to=2023"), years)).toBeUndefined();
    expect(readYears(of(""), [2024])).toBeUndefined();
  });

  test("a list is open when something is asked for; closing leaves the page as it was", () => {
    const page = of("year=2023&district=320600&by=unit");
    expect(readList(page)).toBeUndefined();
    const open = openList(changeSearch(page, { page: 3, q: "王" }), { code: "level-fell", at: "320612" });
    expect(readList(open)).toEqual({
      ...{ kind: undefined, code: "level-fell", severity: undefined, at: "320612", atUnit: undefined, q: undefined },
      ...{ page: 1, size: listSize },
    });
    expect(closeList(open).toString()).toBe(page.toString());
    expect(readPlace(goTo(open, { district: "320612", unit: "u" }))).toEqual({
      ...{ district: "320612", unit: "u", by: undefined },
    });
    expect(readList(of("kind=joined&page=0&size=99999"))).toMatchObject({ page: 1, size: 1000 });
  });
});

describe("places", () => {
  const district = (code: string, parent: string | null) => ({ code, name: code, parent, tier: "" });
  const districts = [
    district("32", null),
    district("3206", "32"),
    district("320612", "3206"),
    district("320613", "3206"),
  ];
  const rows = [
    { district: "320612", districtName: "a", n: 1 },
    { district: "320613", districtName: "b", n: 2 },
    { district: "3206", districtName: "own", n: 4 },
  ];
  const add = (list: readonly { n: number }[]) => list.reduce((sum, { n }) => sum + n, 0);
  const words = { ownOffice: (name: string) => `${name}*`, inDistrict: (name: string) => `@${name}`, noUnit: "-" };
  const nowhere = { district: undefined, unit: undefined, by: undefined };

  test("districts of the tier below, its own office apart and without a list", () => {
    const whole = placesOf(rows, { by: "district", districts, district: undefined, add, ...words });
    expect(whole).toMatchObject([{ district: "3206", counts: 7 }]);
    const city = placesOf(rows, { by: "district", districts, district: "3206", add, ...words });
    expect(city.map(({ name, district: at, counts }) => [name, at, counts])).toEqual([
      ["3206*", undefined, 4],
      ["320612", "320612", 1],
      ["320613", "320613", 2],
    ]);
  });

  test("units where nothing lies below", () => {
    expect(placeBy(nowhere, districts)).toBe("district");
    expect(placeBy({ ...nowhere, district: "3206" }, districts)).toBe("district");
    expect(placeBy({ ...nowhere, district: "320612" }, districts)).toBe("unit");
    expect(placeBy({ ...nowhere, by: "unit" }, districts)).toBe("unit");
    const units = [{ district: "320612", districtName: "a", unit: "", unitName: "", n: 3 }];
    expect(placesOf(units, { by: "unit", districts, district: "320612", add, ...words })).toMatchObject([
      { name: "-", unit: undefined, district: "320612", counts: 3 },
    ]);
  });

  test("units of one name are told apart by their district; codes are not shown", () => {
    const unit = (district: string, name: string) => ({
      ...{ district, districtName: district, unit: `${name}@${district}`, unitName: name, n: 1 },
    });
    const units = [unit("320612", "甲"), unit("320613", "甲"), unit("320613", "乙")];
    const named = placesOf(units, { by: "unit", districts, district: "3206", add, ...words }).map(({ name }) => name);
    expect(named).toEqual(["甲@320612", "甲@320613", "乙"]);
    expect(["甲@320612", "乙", "a@b"].map((code) => unitNameOf(code, districts))).toEqual(["甲", "乙", "a@b"]);
  });

  test("what has no number comes last in either order", () => {
    const places = [null, 2, 1].map((counts) => ({
      ...{ key: String(counts), name: "", district: undefined, unit: undefined, counts },
    }));
    const order = (way: "ascend" | "descend") =>
      sortPlaces(places, ({ counts }) => counts, way).map(({ counts }) => counts);
    expect(order("ascend")).toEqual([1, 2, null]);
    expect(order("descend")).toEqual([2, 1, null]);
  });
});

describe("flow", () => {
  const balanced = fc
    .record({
      stay: fc.nat(5000),
      joined: fc.nat(300),
      movedIn: fc.nat(300),
      left: fc.nat(300),
      retired: fc.nat(300),
      movedOut: fc.nat(300),
    })
    .map(
      ({ stay, ...change }): ChangeCounts => ({
        ...zeroChanges,
        ...change,
        workersFrom: stay + change.left + change.retired + change.movedOut,
        workersTo: stay + change.joined + change.movedIn,
      }),
    );

  test("ends where the later roster is, forwards and backwards, and every bar is as high as its count", () => {
    fc.assert(
      fc.property(balanced, fc.boolean(), (counts, backwards) => {
        const steps = flowSteps(counts, backwards);
        let at = 0;
        for (const { kind, people, low, high } of steps.slice(0, -1)) {
          if (kind === "end") at = people;
          else at += kind === "up" ? people : -people;
          expect(high - low).toBe(people);
          expect(kind === "down" ? low : high).toBe(at);
        }
        expect(at).toBe(steps.at(-1)?.people);
        const floor = flowFloor(steps);
        for (const { kind, low, high } of steps) expect(kind === "end" ? high : low).toBeGreaterThanOrEqual(floor);
      }),
    );
  });

  test("the axis begins at zero unless the changes would be too small to see", () => {
    expect(flowFloor(flowSteps({ ...zeroChanges, workersFrom: 60, workersTo: 62, joined: 5, left: 3 }, false))).toBe(
      57,
    );
    expect(flowFloor(flowSteps({ ...zeroChanges, workersFrom: 10, workersTo: 30, joined: 20 }, false))).toBe(0);
    expect(flowFloor(flowSteps({ ...zeroChanges, workersFrom: 7, workersTo: 7 }, false))).toBe(0);
  });

  test("the page knows every count of the server, the impossible ones as such", () => {
    expect(changeCounts).toEqual(["workersFrom", "workersTo", ...changeKinds.map(({ kind }) => kind)]);
    expect(impossibleChanges).toEqual(changeKinds.filter(({ impossible }) => impossible).map(({ kind }) => kind));
    for (const name of [...otherChanges, ...placeColumns(true)]) expect(isCount(name)).toBe(true);
    expect(isCount("nobody")).toBe(false);
  });
});

describe("score", () => {
  const counts = fc
    .record({
      workers: fc.integer({ min: 1, max: 3000 }),
      errors: fc.double({ min: 0, max: 1, noNaN: true }),
      gaps: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(
      ({ workers, errors, gaps }): QualityCounts => ({
        ...zeroQuality,
        workers,
        errorRows: Math.floor(workers * errors),
        factsExpected: workers * 7,
        factsKnown: Math.ceil(workers * 7 * (1 - gaps)),
      }),
    );

  test("is the server's, of 100, and what is lost makes up the rest", () => {
    expect(points).toEqual({ rows: scoreWeights.rowsWithoutError * 100, facts: scoreWeights.factsKnown * 100 });
    expect(qualityCounts).toEqual(serverCounts);
    fc.assert(
      fc.property(counts, (row) => {
        const parts = scoreOf(row);
        if (!parts) throw new Error("no score");
        const { rowsWithoutError, factsKnown } = scoreWeights;
        const server =
          (rowsWithoutError * (row.workers - row.errorRows)) / row.workers +
          (factsKnown * row.factsKnown) / row.factsExpected;
        expect(parts.score).toBeCloseTo(server * 100, 9);
        expect(parts.score + parts.lostToErrors + parts.lostToMissing).toBeCloseTo(100, 9);
        expect(Number(pointsText(parts.score))).toBeLessThanOrEqual(parts.score + 1e-6);
        expect(pointsText(parts.score) === "100.0").toBe(parts.score > 100 - 1e-6);
      }),
    );
  });

  test("reads 100.0 only when nothing is lost, and a loss never reads 0.00", () => {
    expect([pointsText(99.9999), pointsText(99.8999999999), pointsText(99.9), pointsText(100)]).toEqual([
      ...["99.9", "99.9", "99.9", "100.0"],
    ]);
    expect([lostText(0), lostText(0.0001), lostText(0.1), lostText(12.345)]).toEqual(["0.00", "0.01", "0.10", "12.35"]);
    expect(scoreOf(zeroQuality)).toBeNull();
  });

  test("of a place is that of its rows together", () => {
    const one = { ...zeroQuality, workers: 1, errorRows: 1, factsExpected: 7, factsKnown: 7 };
    const three = { ...zeroQuality, workers: 3, factsExpected: 21, factsKnown: 21 };
    expect(scoreOf(addQuality([one, three]))?.score).toBe(85);
  });
});

describe("history", () => {
  const report = { problems: [] } as unknown as ImportEntry["report"];
  const entry = (id: number, more: Partial<ImportEntry> = {}): ImportEntry => ({
    ...{ id, action: "import", kind: "workers", file: `${id}.csv`, sha256: "", who: "", importedAt: "", report },
    ...{ version: id, versionBefore: id - 1, years: [2020 + id], undoes: null, undoneBy: null, undoable: false },
    ...more,
  });
  const entries = [
    entry(6, { action: "undo", undoes: 5, years: [2023] }),
    entry(5, { undoneBy: 6, years: [2023] }),
    entry(4, { undoable: true }),
    entry(3, { kind: "applications" }),
    entry(2),
  ];

  test("what can be undone, and why the others cannot", () => {
    expect(entries.map((one) => undoState(one, entries))).toEqual([
      { state: "is-undo", undoes: 5 },
      { state: "undone", by: 6 },
      { state: "possible" },
      { state: "too-old" },
      { state: "not-newest", newest: 4 },
    ]);
  });

  test("filters by kind and year out of the address", () => {
    const filter = (text: string) => filterEntries(entries, readHistoryFilter(new URLSearchParams(text)));
    expect(filter("").map(({ id }) => id)).toEqual([6, 5, 4, 3, 2]);
    expect(filter("kind=applications").map(({ id }) => id)).toEqual([3]);
    expect(filter("kind=workers&year=2023").map(({ id }) => id)).toEqual([6, 5]);
    expect(filter("kind=other&year=soon")).toHaveLength(5);
    expect(yearsOf(entries)).toEqual([2024, 2023, 2022]);
    expect(readEntry(new URLSearchParams("entry=12"))).toBe(12);
    expect(readEntry(new URLSearchParams("entry=x"))).toBeUndefined();
  });
});

test("districts without a roster of one of the years are named, those without anybody are not", () => {
  const row = (districtName: string, workersFrom: number, workersTo: number) => ({
    districtName,
    workersFrom,
    workersTo,
  });
  expect(missingDistricts([row("甲", 0, 3), row("乙", 2, 0), row("丙", 2, 3), row("丁", 0, 0)])).toEqual({
    from: ["甲"],
    to: ["乙"],
  });
});
