import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import { unitNames } from "../../server/rosters/unit-names.ts";
import {
  deleteUnitChange,
  listUnitChanges,
  putUnitChange,
  suggestUnitChanges,
  type UnitChange,
} from "../../server/rosters/units.ts";
import { dataVersion, type Row, type Store } from "../../server/store/index.ts";
import { eligibilityTable, quotaTable, type TableRequest, workersList } from "../../server/tables.ts";
import { applies, groundStore, scatter, technicians } from "../tables/ground.ts";
import { ground, roster } from "./ground.ts";

const district = "320612";
const change = (more: Partial<UnitChange> = {}): UnitChange => ({
  district,
  fromUnit: "甲单位",
  toUnit: "乙单位",
  since: 2024,
  kind: "renamed",
  source: "通编办〔2024〕1号",
  note: null,
  ...more,
});
const editor = { who: "测试" };

describe("names of units by year", () => {
  it("follow every change that holds by then", () => {
    const names = unitNames([
      change({ fromUnit: "甲", toUnit: "乙", since: 2020 }),
      change({ fromUnit: "乙", toUnit: "丙", since: 2023 }),
      change({ fromUnit: "丁", toUnit: "乙", since: 2024 }),
    ]);
    expect(names.map(({ name, fromYear, toYear, unitName }) => [name, fromYear, toYear, unitName])).toEqual([
      ["甲", 2020, 2023, "乙"],
      ["甲", 2023, 9999, "丙"],
      ["乙", 2023, 9999, "丙"],
      ["丁", 2024, 9999, "丙"],
    ]);
  });

  it("are one for every name and year, and settle: the name of a name is that name", () => {
    const changes = fc.uniqueArray(
      // to a later letter, so that there is no circle
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2018, max: 2024 })),
      { selector: ([from]) => from, maxLength: 6 },
    );
    fc.assert(
      fc.property(changes, fc.integer({ min: 2016, max: 2026 }), (drawn, year) => {
        const steps = drawn.map(([from, up, since]) => change({ fromUnit: `${from}`, toUnit: `${from + up}`, since }));
        const spans = unitNames(steps);
        const nameOf = (name: string) => {
          const found = spans.filter((one) => one.name === name && one.fromYear <= year && year < one.toYear);
          expect(found.length).toBeLessThanOrEqual(1);
          return found[0]?.unitName ?? name;
        };
        for (let n = 0; n <= 9; n++) {
          const step = steps.find(({ fromUnit, since }) => fromUnit === `${n}` && since <= year);
          expect(nameOf(`${n}`)).toBe(step ? nameOf(step.toUnit) : `${n}`);
        }
      }),
    );
  });
});

describe("unit changes in the tables", () => {
  let store: Store;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ store, remove } = await groundStore());
    await store.transaction(async (c) => {
      await scatter(c, 300);
      await technicians(c, 6);
      await technicians(c, 2, { unit: "乙单位" });
      await applies(c, { workerId: "甲单位-电工-1", examYear: 2023 });
      await applies(c, { workerId: "甲单位-电工-2", unit: "乙单位" });
    });
  });
  afterAll(() => remove());

  const table = (
    ask: (c: Parameters<typeof quotaTable>[0], request: TableRequest) => ReturnType<typeof quotaTable>,
    request: Partial<TableRequest> = {},
  ): Promise<Row[]> =>
    store.read(async (c) => {
      const { sql, params } = await ask(c, { year: 2024, by: ["unit"], scope: fullScope, ...request });
      return c.rows(sql, params);
    });
  const quotaOf = async (request: Partial<TableRequest> = {}) =>
    (await table(quotaTable, { level: "seniorTechnician", by: ["unit", "trade"], trade: "电工", ...request }))
      .filter(({ unit }) => unit === "甲单位" || unit === "乙单位")
      .map((row) => [row.unit, row.unitName, row.technicians, row.quota, row.appliedLastYear, row.used]);

  it("the new name has the people and the applications of the old one, and the old one is back when the change is gone", async () => {
    const all = () => Promise.all([table(eligibilityTable), table(quotaTable), table(eligibilityTable, { by: [] })]);
    const before = await all();
    expect(await quotaOf()).toEqual([
      ["乙单位", "乙单位", 2, 1, 0, 1],
      ["甲单位", "甲单位", 6, 1, 1, 0],
    ]);
    const entered = await putUnitChange(store, change({ kind: "merged" }), fullScope, editor);
    expect(entered).toMatchObject({
      version: 2,
      value: {
        id: 1,
        districtName: "通州区",
        who: "测试",
        rowsFrom: 7,
        rowsTo: 3,
        changedAt: expect.stringMatching(/Z$/),
      },
    });
    const quota = await quotaOf();
    expect(quota).toEqual([["乙单位", "乙单位", 8, expect.any(Number), 1, 1]]);
    const [, , total] = await all();
    expect(total).toEqual(before[2]);

    const people = await store.read(async (c) =>
      workersList(c, await loadLibrary(), {
        ...{ year: 2024, level: "seniorTechnician", measure: "technicians", unit: "乙单位" },
        ...{ limit: 100, offset: 0, scope: fullScope },
      }),
    );
    expect(people.total).toBe(8);
    expect(new Set(people.rows.map(({ unit }) => unit))).toEqual(new Set(["乙单位"]));
    // nothing is renamed in the rows themselves
    expect(await store.read((c) => c.rows("SELECT count(*) AS n FROM workers WHERE unit = '甲单位'"))).toEqual([
      { n: 6 },
    ]);

    expect(await deleteUnitChange(store, 1, fullScope, editor)).toEqual({ value: null, version: 3 });
    expect(await all()).toEqual(before);
  });

  it("a change of a later year leaves the years before alone", async () => {
    const before = await quotaOf();
    const { value } = await putUnitChange(store, change({ since: 2025 }), fullScope, editor);
    expect(await quotaOf()).toEqual(before);
    await deleteUnitChange(store, value.id, fullScope, editor);
  });

  it("the same change again is no edit; another one for the same unit takes its place", async () => {
    const first = await putUnitChange(store, change(), fullScope, editor);
    expect(await putUnitChange(store, change(), fullScope, { who: "别人" })).toEqual(first);
    const second = await putUnitChange(store, change({ since: 2023, note: "更正" }), fullScope, editor);
    expect(second).toMatchObject({
      version: first.version + 1,
      value: { id: first.value.id, since: 2023, note: "更正" },
    });
    expect(await store.read((c) => listUnitChanges(c, fullScope))).toHaveLength(1);
    expect(await store.read((c) => listUnitChanges(c, { districts: ["320400"] }))).toEqual([]);
    await deleteUnitChange(store, first.value.id, fullScope, editor);
  });

  it.each([
    [{ district: "320613" }, "fromUnit"],
    [{ district: "999999" }, "district"],
    [{ fromUnit: "甲单位 " }, "fromUnit"],
    [{ toUnit: "丙单位" }, "toUnit"],
    [{ toUnit: "甲单位" }, "toUnit"],
  ])("%o is refused: %s", async (more, property) => {
    const version = await store.read(dataVersion);
    await expect(putUnitChange(store, change(more), fullScope, editor)).rejects.toMatchObject({
      code: "bad-input",
      details: { property },
    });
    expect(await store.read(dataVersion)).toEqual(version);
  });

  it("circles are refused, and so are other people's districts", async () => {
    const { value } = await putUnitChange(store, change(), fullScope, editor);
    await expect(
      putUnitChange(store, change({ fromUnit: "乙单位", toUnit: "甲单位" }), fullScope, editor),
    ).rejects.toMatchObject({ details: { path: ["乙单位", "甲单位", "乙单位"] } });
    const other = { districts: ["320400"] };
    await expect(putUnitChange(store, change(), other, editor)).rejects.toMatchObject({
      details: { property: "district" },
    });
    await expect(deleteUnitChange(store, value.id, other, editor)).rejects.toMatchObject({ code: "not-found" });
    await expect(deleteUnitChange(store, 999, fullScope, editor)).rejects.toMatchObject({ code: "not-found" });
    await deleteUnitChange(store, value.id, fullScope, editor);
  });
});

it("units that may have been renamed or merged are found by their people", async () => {
  const at = await ground();
  const rows = (year: number, unit: string, ...ids: string[]) => ids.map((id) => `${year},${id},江都,${unit}`);
  await at.loadContent(
    roster([
      ...rows(2021, "老水利站", "A1", "A2", "A3", "A4"),
      ...rows(2021, "一中", "B1", "B2", "B3"),
      ...rows(2021, "二中", "C1", "C2", "C3", "C4"),
      ...rows(2021, "医院", "D1", "D2", "D3"),
      ...rows(2021, "散了的单位", "E1", "E2", "E3", "E4"),
      ...rows(2021, "停一年的单位", "F1", "F2"),
      // renamed: three of the four who stayed on the roster, and somebody new
      ...rows(2022, "水利服务中心", "A1", "A2", "A3", "Z1"),
      ...rows(2022, "医院", "A4", "D1", "D2", "D3", "C4"),
      // merged into one that was there, and two into a new one
      ...rows(2022, "联合中学", "B1", "B2", "C1", "C2", "C3"),
      ...rows(2022, "一站", "E1", "F1"),
      ...rows(2022, "二站", "E2", "F2"),
      ...rows(2023, "停一年的单位", "F1", "F2"),
    ]),
  );
  const suggest = (more = {}) => at.store.read((c) => suggestUnitChanges(c, { scope: fullScope, ...more }));
  const found = await suggest();
  const within = (year: number) => found.filter(({ since }) => since === year);
  expect(
    within(2022).map(({ fromUnit, toUnit, kind, people, peopleFrom, peopleTo, share }) => [
      ...[fromUnit, toUnit, kind, people, peopleFrom, peopleTo, share],
    ]),
  ).toEqual([
    ["一中", "联合中学", "merged", 2, 3, 5, 1],
    ["二中", "联合中学", "merged", 3, 4, 5, 0.75],
    ["老水利站", "水利服务中心", "renamed", 3, 4, 4, 0.75],
  ]);
  expect(await suggest({ scope: { districts: ["320600"] } })).toEqual([]);
  expect(await suggest({ district: "321012" })).toEqual(found);
  await putUnitChange(
    at.store,
    { ...change({ fromUnit: "一中", toUnit: "联合中学", since: 2022, kind: "merged" }), district: "321012" },
    fullScope,
    editor,
  );
  expect((await suggest()).map(({ fromUnit }) => fromUnit)).not.toContain("一中");
});
