import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { changeColumns, changeKinds } from "../../server/rosters/change-kinds.ts";
import { type ChangesListRequest, changedPeople, changesTable } from "../../server/rosters/compare.ts";
import { putUnitChange } from "../../server/rosters/units.ts";
import { formatMonth, retirementMonth } from "../../server/rules/retirement.ts";
import type { Row } from "../../server/store/index.ts";
import type { Grouping } from "../../server/tables.ts";
import { type Ground, ground, roster } from "./ground.ts";

const columns = ",姓名,身份证号,性别,出生日期,工种,现技术等级,取得现等级时间,参加工作时间,学历";
const person = (
  year: number,
  id: string,
  place = "江都,甲",
  more: Partial<
    Record<"name" | "number" | "sex" | "born" | "trade" | "level" | "since" | "work" | "education", string>
  > = {},
) => {
  const { name = id, number = "", sex = "男", born = "1980-05-01", trade = "电工" } = more;
  const { level = "高级工", since = "2015-12", work = "2000-07", education = "大专" } = more;
  return [year, id, place, name, number, sex, born, trade, level, since, work, education].join(",");
};

const table = (at: Ground, by: readonly Grouping[] = [], more: object = {}): Promise<Row[]> =>
  at.store.read(async (c) => {
    const { sql, params } = await changesTable(c, { from: 2022, to: 2023, by, scope: fullScope, ...more });
    return c.rows(sql, params);
  });
const people = (at: Ground, kind: string, more: Partial<ChangesListRequest> = {}) =>
  at.store.read((c) =>
    changedPeople(c, { from: 2022, to: 2023, kind, limit: 100, offset: 0, scope: fullScope, ...more }),
  );
const counts = (row: Row | undefined) =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([name, value]) => changeColumns.includes(name) && value !== 0));

describe("two rosters", () => {
  let at: Ground;
  const ends: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(ends.map((end) => end())));
  const numbers = ["999999198507060016", "99999919780315002X", "999999196811010137", "99999919750315001X"] as const;
  beforeAll(async () => {
    at = await ground((work) => ends.push(work));
    await at.loadContent(
      roster(
        [
          person(2022, "stays"),
          person(2022, "leaves"),
          person(2022, "retires", "江都,甲", { born: "1963-05", sex: "男" }),
          person(2022, "retires-later", "江都,甲", { born: "1964-05", sex: "男" }),
          person(2022, "promoted"),
          person(2022, "moves-unit"),
          person(2022, "moves-district", "江都,乙"),
          person(2022, "changes-trade"),
          person(2022, "old-number", "江都,乙", { number: numbers[0], born: "1985-07-06", sex: "男" }),
          person(2022, "reused", "江都,乙", { number: numbers[2], born: "1968", sex: "男" }),
          person(2022, "odd"),
          person(2022, "young-date", "江都,乙", { level: "中级工" }),
          person(2023, "stays"),
          person(2023, "joins", "江都,乙"),
          person(2023, "promoted", "江都,甲", { level: "技师", since: "2023-12" }),
          person(2023, "moves-unit", "江都,乙"),
          person(2023, "moves-district", "通州,丙"),
          person(2023, "changes-trade", "江都,甲", { trade: "烹饪" }),
          person(2023, "new-number", "江都,乙", { number: numbers[0], born: "1985-07-06", sex: "男" }),
          person(2023, "reused", "江都,乙", { number: numbers[3], born: "1968", sex: "男" }),
          person(2023, "odd", "江都,甲", {
            ...{ sex: "女", born: "1980-06", level: "中级工", work: "2000-08", education: "高中" },
          }),
          person(2023, "young-date", "江都,乙", { level: "高级工", since: "2015" }),
        ],
        columns,
      ),
    );
  });

  it("are told apart by what became of everybody", async () => {
    const rows = await table(at, ["unit"]);
    expect(rows.map((row) => [row.unitName, counts(row)])).toEqual([
      ["丙", { workersTo: 1, moved: 1, movedIn: 1, movedDistrict: 1 }],
      [
        "乙",
        {
          ...{ workersFrom: 4, workersTo: 5, joined: 1, promoted: 1, moved: 1, movedIn: 1, movedOut: 1, movedUnit: 1 },
          ...{ renumbered: 1, impossible: 2, identityChanged: 1, levelDateTooEarly: 1 },
        },
      ],
      [
        "甲",
        {
          ...{ workersFrom: 8, workersTo: 4, left: 2, retired: 1, promoted: 1, moved: 1, movedOut: 1, movedTrade: 1 },
          ...{ impossible: 1, birthDateMoved: 1, sexChanged: 1, levelFell: 1, workStartMoved: 1, educationFell: 1 },
        },
      ],
    ]);
    const [total] = await table(at);
    expect(total).toMatchObject({ from: 2022, to: 2023, workersFrom: 12, workersTo: 10, movedIn: 2, movedOut: 2 });
    expect((await table(at, ["district"])).map(({ district, districtName }) => [district, districtName])).toEqual([
      ["320612", "通州区"],
      ["321012", "江都区"],
    ]);
  });

  it("the people behind a count, with both places and what cannot be", async () => {
    expect((await people(at, "retired")).rows).toMatchObject([
      { workerId: "retires", side: "from", retirementMonth: "2023-05", fromUnitName: "甲", toUnitName: null },
    ]);
    expect((await people(at, "left")).rows).toMatchObject([
      { workerId: "leaves" },
      { workerId: "retires-later", retirementMonth: "2024-05" },
    ]);
    expect((await people(at, "renumbered")).rows).toMatchObject([
      { workerId: "new-number", workerIdBefore: "old-number", kinds: ["renumbered"] },
    ]);
    expect((await people(at, "movedIn", { district: "320600" })).rows).toMatchObject([
      {
        ...{
          workerId: "moves-district",
          side: "to",
          fromDistrict: "321012",
          fromDistrictName: "江都区",
          fromUnit: "乙",
        },
        ...{ toDistrict: "320612", toUnit: "丙", kinds: ["moved", "movedIn", "movedDistrict"] },
      },
    ]);
    const odd = (await people(at, "impossible", { q: "odd" })).rows[0];
    expect(odd).toMatchObject({ workerId: "odd", side: "both", birthDate: "1980-06", retirementMonth: null });
    expect(odd?.changes).toEqual([
      { code: "birthDateMoved", was: "1980-05-01", now: "1980-06", message: expect.anything() },
      {
        ...{ code: "sexChanged", was: "male", now: "female" },
        message: { zh: "性别变动：男 → 女", en: "sex changed: male → female" },
      },
      {
        ...{ code: "levelFell", was: "senior", now: "intermediate" },
        message: { zh: expect.stringMatching(/^等级下降：高级工 → 中级工$/), en: expect.any(String) },
      },
      { code: "workStartMoved", was: "2000-07", now: "2000-08", message: expect.anything() },
      { code: "educationFell", was: "college", now: "seniorSecondary", message: expect.anything() },
    ]);
    const text = JSON.stringify([await people(at, "identityChanged"), await people(at, "impossible")]);
    expect(text).not.toMatch(/\d{15}|0137|idHash/);
  });

  it("a scope sees its own places, and not where its people went or came from", async () => {
    const nantong = { scope: { districts: ["320600"] } };
    const [total] = await table(at, [], nantong);
    expect(counts(total)).toEqual({ workersTo: 1, moved: 1, movedIn: 1, movedDistrict: 1 });
    expect((await people(at, "movedIn", nantong)).rows).toMatchObject([
      { fromDistrict: null, fromUnitName: null, fromLevel: null, toUnit: "丙", changes: [] },
    ]);
    const jiangdu = { scope: { districts: ["321012"] } };
    expect((await people(at, "movedOut", { ...jiangdu, q: "district" })).rows).toMatchObject([
      { fromUnit: "乙", toUnit: null, toDistrict: null, toLevel: null },
    ]);
    expect(counts((await table(at, [], { scope: { districts: [] } }))[0])).toEqual({});
  });

  it.each([
    [{ from: 2020 }, "from"],
    [{ to: 2030 }, "to"],
    [{ from: 2023 }, "from"],
    [{ district: "32" }, "district"],
    [{ unit: "没有" }, "unit"],
    [{ kind: "vanished" }, "kind"],
  ])("%o is refused: %s", async (more, property) => {
    await expect(people(at, "joined", more)).rejects.toMatchObject({ code: "bad-input", details: { property } });
  });

  it("a grouping that rosters do not know is refused", async () => {
    await expect(table(at, ["level"])).rejects.toMatchObject({ details: { property: "by", value: "level" } });
  });
});

it("months of retirement are those of the rules, whatever the track and the month of birth", async () => {
  const at = await ground();
  const tracks = ["男60", "女50", "女55"] as const;
  const codes = { 男60: "male60", 女50: "female50", 女55: "female55" } as const;
  const born = Array.from({ length: 130 }, (_, index) => 1960 * 12 + index * 2);
  const lines = born.flatMap((month) =>
    tracks.map(
      (track) => `2022,${track}${month},江都,甲,${track === "男60" ? "男" : "女"},${formatMonth(month)},${track},`,
    ),
  );
  await at.loadContent(
    roster(
      [...lines, "2022,给定,江都,甲,男,1960-01,男60,2030-07", "2022,未知,江都,甲,,1960-01,,", "2023,其他,江都,甲,,,,"],
      ",性别,出生日期,退休类别,预计退休时间",
    ),
  );
  const gone = [
    ...(await people(at, "left", { limit: 1000 })).rows,
    ...(await people(at, "retired", { limit: 1000 })).rows,
  ];
  const found = new Map(gone.map(({ workerId, retirementMonth: month }) => [workerId, month]));
  for (const month of born) {
    for (const track of tracks) {
      expect(found.get(`${track}${month}`)).toBe(formatMonth(retirementMonth(codes[track], month)));
    }
  }
  expect([found.get("给定"), found.get("未知")]).toEqual(["2030-07", null]);
  expect(gone).toHaveLength(born.length * 3 + 2);
});

it("a unit that was renamed keeps its people", async () => {
  const at = await ground();
  await at.loadContent(
    roster([person(2022, "A1"), person(2023, "A1", "江都,乙"), person(2022, "A2", "江都,丙")], columns),
  );
  expect(counts((await table(at))[0])).toMatchObject({ moved: 1, movedIn: 1, movedOut: 1 });
  const change = {
    district: "321012",
    fromUnit: "甲",
    toUnit: "乙",
    since: 2023,
    kind: "renamed",
    source: "x",
    note: null,
  };
  await putUnitChange(at.store, { ...change, kind: "renamed" }, fullScope, { who: "测试" });
  expect((await table(at, ["unit"])).map((row) => [row.unit, counts(row)])).toEqual([
    ["丙", { workersFrom: 1, left: 1 }],
    ["乙", { workersFrom: 1, workersTo: 1 }],
  ]);
});

it("every group adds up, and every list is as long as its count", async () => {
  const draw = fc.record({
    id: fc.integer({ min: 1, max: 12 }),
    place: fc.constantFrom("江都,甲", "江都,乙", "通州,甲", "海门,丙"),
    level: fc.constantFrom("", "初级工", "中级工", "高级工"),
    trade: fc.constantFrom("电工", "烹饪", ""),
    born: fc.constantFrom("1962", "1980", "1980-05", ""),
    sex: fc.constantFrom("男", "女", ""),
  });
  const years = fc.tuple(
    ...[2022, 2023].map((year) =>
      fc
        .uniqueArray(draw, { selector: ({ id }) => id, minLength: 1, maxLength: 12 })
        .map((drawn) => drawn.map(({ id, place, ...more }) => person(year, `P${id}`, place, more))),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      years,
      fc.shuffledSubarray([...changeColumns], { minLength: 6, maxLength: 6 }),
      async (rosters, kinds) => {
        const at = await ground();
        await at.loadContent(roster(rosters.flat(), columns));
        for (const by of [[], ["district"], ["unit"]] as const) {
          for (const row of await table(at, by)) {
            const n = (name: string) => Number(row[name]);
            expect(n("workersFrom") + n("joined") + n("movedIn") - n("left") - n("retired") - n("movedOut")).toBe(
              n("workersTo"),
            );
            expect(n("movedDistrict") + n("movedUnit")).toBe(n("movedIn"));
            expect(n("impossible")).toBeLessThanOrEqual(
              changeKinds.filter((kind) => kind.impossible).reduce((sum, { kind }) => sum + n(kind), 0),
            );
          }
        }
        const units = await table(at, ["unit"]);
        const [total] = await table(at);
        for (const kind of kinds) {
          expect(units.reduce((sum, row) => sum + Number(row[kind]), 0)).toBe(total?.[kind]);
          const { total: listed, rows } = await people(at, kind);
          expect([listed, rows.length]).toEqual([total?.[kind], total?.[kind]]);
        }
        await at.store.close();
      },
    ),
    { numRuns: 5 },
  );
});
