import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { findingCodes } from "../../server/rosters/finding-codes.ts";
import { findingsOutdated, refreshFindings } from "../../server/rosters/findings.ts";
import {
  type FindingsRequest,
  findingCounts,
  findingsList,
  findingsTable,
  qualityTable,
} from "../../server/rosters/quality.ts";
import { deleteAlias, putAlias } from "../../server/rosters/trades.ts";
import { undoRows } from "../../server/rosters/undo.ts";
import { deleteUnitChange, putUnitChange } from "../../server/rosters/units.ts";
import type { Row } from "../../server/store/index.ts";
import type { Grouping } from "../../server/tables.ts";
import { type Ground, ground, roster } from "./ground.ts";

const columns = ",姓名,身份证号,性别,出生日期,在岗,工种,现技术等级,取得现等级时间,参加工作时间,学历";
interface Facts {
  readonly place?: string;
  readonly number?: string;
  readonly sex?: string;
  readonly born?: string;
  readonly onPost?: string;
  readonly trade?: string;
  readonly level?: string;
  readonly since?: string;
  readonly work?: string;
  readonly education?: string;
}
function person(year: number, id: string, facts: Facts = {}): string {
  const { place = "江都,甲", number = "", sex = "男", born = "1980-05-01", onPost = "是", trade = "电工" } = facts;
  const { level = "高级工", since = "2015-12", work = "2000-07", education = "大专" } = facts;
  return [year, id, place, `张${id}`, number, sex, born, onPost, trade, level, since, work, education].join(",");
}
const rosterOf = (...people: readonly string[]) => roster(people, columns);
const applications = (...rows: readonly string[]) =>
  ["考评年度,人员编号,地区,单位名称,申报工种,申报等级,申报类别,结果,发证日期", ...rows, ""].join("\n");
const bring = (at: Ground, text: string) => at.loadContent(text, { kind: "applications" });

const findings = (at: Ground, more: Partial<FindingsRequest> = {}) =>
  at.store.read((c) => findingsList(c, { scope: fullScope, limit: 1000, offset: 0, ...more }));
const found = async (at: Ground, more: Partial<FindingsRequest> = {}) =>
  (await findings(at, more)).rows.map(({ rosterYear, code, workerId }) => `${rosterYear} ${code} ${workerId}`).sort();
const sentences = async (at: Ground, code: string) => (await findings(at, { code })).rows.map(({ zh }) => zh);
const quality = (at: Ground, by: readonly Grouping[] = [], more: object = {}): Promise<Row[]> =>
  at.store.read(async (c) => {
    const { sql, params } = await qualityTable(c, { by, scope: fullScope, ...more });
    return c.rows(sql, params);
  });

describe("a row by itself", () => {
  it.each<[string, Facts, string]>([
    [
      "work-start-under-16",
      { born: "1990-07-02", work: "2006-07-01" },
      "2006-07-01 参加工作，1990-07-02 出生：不满 16 岁",
    ],
    ["certificate-before-work", { since: "2000-06" }, "高级工证书时间 2000-06 早于参加工作时间 2000-07"],
    ["level-date-in-future", { since: "2024-01" }, "取得现等级时间 2024-01 晚于名册年度 2023 年底"],
    ["work-start-in-future", { work: "2024", level: "无等级", since: "" }, "参加工作时间 2024 晚于名册年度 2023 年底"],
    ["born-too-late", { born: "2008", work: "", level: "无等级", since: "" }, "出生日期 2008：2023 年底不满 16 岁"],
    ["past-retirement", { born: "1963-11" }, "最迟应于 2023-11 退休，2023 年底仍在岗"],
    ["past-retirement", { sex: "女", born: "1968-11" }, "最迟应于 2023-11 退休，2023 年底仍在岗"],
    ["key-facts-missing", { sex: "", trade: "飞行员" }, "缺少：性别、工种"],
    ["key-facts-missing", { level: "", since: "" }, "缺少：现技术等级"],
  ])("%s: %o", async (code, facts, sentence) => {
    const at = await ground();
    await at.loadContent(rosterOf(person(2023, "A1", facts), person(2023, "A2")));
    const { rows } = await findings(at, { code });
    expect(rows).toMatchObject([
      {
        ...{ rosterYear: 2023, workerId: "A1", name: "张A1", districtName: "江都区", unit: "甲", zh: sentence },
        ...{ file: "roster.csv", importId: 1, sheet: null, sourceRow: 2, about: "worker" },
      },
    ]);
    expect((await found(at)).filter((text) => text.endsWith("A2"))).toEqual([]);
  });

  it.each<[string, Facts]>([
    ["on the 16th birthday", { born: "1990-07-01", work: "2006-07-01" }],
    ["perhaps 16, by the month alone", { born: "1990-07", work: "2006-07" }],
    ["the certificate in the month of starting work", { since: "2000-07", work: "2000-07-20" }],
    ["on the last day of the roster", { since: "2023-12-31" }],
    ["16 in the roster year", { born: "2007-12-31", work: "", level: "无等级", since: "" }],
    ["to retire in December", { born: "1963-12" }],
    ["a woman past 50 who may retire at 55", { sex: "女", born: "1970-01" }],
    ["past retirement, but not on post", { born: "1960-01", onPost: "否" }],
    ["no level and no date of it", { level: "无等级", since: "" }],
  ])("nothing is doubted %s", async (_what, facts) => {
    const at = await ground();
    await at.loadContent(rosterOf(person(2023, "A1", facts)));
    const doubted = (await found(at)).filter((text) => !text.includes("key-facts-missing"));
    expect(doubted).toEqual([]);
  });
});

describe("a row beside the roster before", () => {
  it.each<[string, Facts, Facts, string]>([
    ["birth-date-moved", { born: "1980-05" }, { born: "1981" }, "出生日期由 1980-05（2021 年名册）变为 1981"],
    ["sex-changed", {}, { sex: "女" }, "性别由男（2021 年名册）变为女"],
    ["level-fell", {}, { level: "中级工" }, "技术等级由高级工（2021 年名册）降为中级工"],
    ["work-start-moved", {}, { work: "2000-08" }, "参加工作时间由 2000-07（2021 年名册）变为 2000-08"],
    ["level-date-earlier", {}, { since: "2015-11" }, "等级未变，取得时间由 2015-12（2021 年名册）提前到 2015-11"],
    [
      "level-date-too-early",
      {},
      { level: "技师", since: "2021-11" },
      "取得现等级时间 2021-11 早于 2021 年底，而当年名册仍为高级工",
    ],
    ["education-fell", {}, { education: "高中" }, "学历由大专（2021 年名册）变为高中"],
    [
      "identity-changed",
      { number: "999999196811010137", born: "1968-11-01" },
      { number: "99999919750315001X", born: "1968-11-01" },
      "身份证号与 2021 年名册不同：可能是人员编号重复使用",
    ],
  ])("%s: %o → %o", async (code, before, after, sentence) => {
    const at = await ground();
    // 2022 does not have the worker: the roster before is the one of 2021
    await at.loadContent(rosterOf(person(2021, "A1", before), person(2022, "A9"), person(2023, "A1", after)));
    expect(await sentences(at, code)).toEqual([sentence]);
    expect((await found(at)).filter((text) => !text.includes("A1"))).toEqual([]);
    expect((await findings(at)).rows.map(({ rosterYear }) => rosterYear)).toEqual([2023]);
  });
});

describe("the same identity number", () => {
  const numbers = { number: "999999196811010137" };
  it("twice on a roster, in whatever unit, is one person twice", async () => {
    const at = await ground();
    await at.loadContent(
      rosterOf(
        person(2023, "A1", { ...numbers, born: "1968-11" }),
        person(2023, "A2", { ...numbers, born: "1969", place: "通州,乙" }),
        person(2022, "A3", { ...numbers, born: "1968-11" }),
      ),
    );
    expect(await sentences(at, "duplicate-person")).toEqual([
      "身份证号与人员 A1（甲）相同：同一人在同一年度名册中出现多次",
      "身份证号与人员 A2（乙）相同：同一人在同一年度名册中出现多次",
    ]);
    expect(await sentences(at, "two-birth-dates")).toEqual([
      "身份证号与人员 A1 相同，但出生日期一处为 1968-11，一处为 1969",
      "身份证号与人员 A2 相同，但出生日期一处为 1969，一处为 1968-11",
    ]);
    // of one district nobody is told about the other
    const own = await findings(at, { scope: { districts: ["321012"] }, severity: "error" });
    expect(own.rows.map(({ code, workerId, now, other, file }) => [code, workerId, now, other, file])).toEqual([
      ["duplicate-person", "A1", null, null, null],
      ["two-birth-dates", "A1", "1968-11", null, null],
    ]);
    expect(own.rows[0]?.zh).toContain("其他地区");
    expect(JSON.stringify(own)).not.toMatch(/A2|乙|1969/);
    expect((await findings(at, { scope: { districts: ["320600", "321000"] } })).rows).toHaveLength(4);
    expect((await findings(at, { scope: { districts: [] } })).total).toBe(0);
  });
});

describe("rosters and applications", () => {
  const pass = (year: number, id: string, level = "技师", more = "正常,合格,") =>
    `${year},${id},江都,甲,电工,${level},${more}`;

  it("a promotion is explained by a pass between the rosters, if the results of those years are on file", async () => {
    const at = await ground();
    const up = (id: string) => person(2023, id, { level: "技师", since: "2023-12" });
    await at.loadContent(
      rosterOf(
        ...["A1", "A2", "A3"].map((id) => person(2022, id)),
        up("A1"),
        up("A2"),
        person(2023, "A3"),
        person(2024, "A9"),
      ),
    );
    expect(await found(at)).toEqual([]);
    await bring(at, applications(pass(2023, "A1")));
    expect(await found(at, { code: "promotion-without-application" })).toEqual([]);
    await bring(at, applications(pass(2022, "A9", "技师", "正常,不合格,")));
    expect(await sentences(at, "promotion-without-application")).toEqual([
      "由高级工晋为技师，2022…2023 年的申报与考评名册中没有合格记录",
    ]);
    await bring(at, applications(pass(2022, "A2", "技师", "正常,合格,2023-03-01")));
    expect(await found(at, { code: "promotion-without-application" })).toEqual([]);
  });

  it("a pass shows on the roster of its certificate, or of the year after the exam", async () => {
    const at = await ground();
    await at.loadContent(rosterOf(...["A1", "A2", "A3"].flatMap((id) => [person(2022, id), person(2023, id)])));
    await bring(
      at,
      applications(
        pass(2022, "A1"),
        pass(2022, "A2", "技师", "正常,合格,2022-12-20"),
        pass(2023, "A3"),
        pass(2022, "A3", "高级工", "复核,合格,2022-12-01"),
      ),
    );
    expect(await found(at, { code: "application-without-promotion" })).toEqual([
      "2022 application-without-promotion A2",
      "2023 application-without-promotion A1",
    ]);
    expect(await sentences(at, "application-without-promotion")).toContain("2022 年度考评技师合格，名册仍为高级工");
  });

  it("applicants are on the roster of the year before, below the level", async () => {
    const at = await ground();
    await at.loadContent(rosterOf(person(2022, "A1"), person(2022, "A2", { level: "技师", since: "2020" })));
    await bring(
      at,
      applications(
        pass(2023, "A1", "技师", "正常,缺考,"),
        pass(2023, "A2", "技师", "正常,缺考,"),
        pass(2023, "A2", "高级工", "复核,缺考,"),
        pass(2023, "A7", "技师", "正常,缺考,"),
        pass(2022, "A8", "技师", "正常,缺考,"),
        "2023,A6,通州,乙,电工,技师,正常,缺考,",
      ),
    );
    expect(await found(at)).toEqual(["2022 application-level-held A2", "2022 application-without-worker A7"]);
    const [row] = (await findings(at, { code: "application-without-worker" })).rows;
    expect(row).toMatchObject({
      ...{ about: "application", importId: 2, sourceRow: 5, level: null },
      zh: "2023 年度申报技师，但不在上年度人员名册中",
    });
  });
});

it("technicians of a unit and trade that jump, a renamed unit apart", async () => {
  const at = await ground();
  const technicians = (year: number, place: string, n: number, trade = "电工") =>
    Array.from({ length: n }, (_, index) =>
      // Rosters for registration have no column 在岗.
      person(year, `${place.slice(3)}${trade}${index}`, {
        ...{ place, trade, level: "技师", since: "2015" },
        onPost: "",
      }),
    );
  await at.loadContent(
    rosterOf(
      ...technicians(2022, "江都,甲", 4),
      ...technicians(2023, "江都,甲", 1),
      ...technicians(2022, "江都,乙", 4),
      ...technicians(2023, "江都,乙", 7),
      ...technicians(2022, "江都,丙", 1, "烹饪"),
      ...technicians(2023, "江都,丙", 3),
      ...technicians(2022, "江都,旧", 5),
      ...technicians(2022, "江都,新", 1, "烹饪"),
      ...technicians(2023, "江都,新", 5),
    ),
  );
  const jumps = async () =>
    (await findings(at, { code: "technicians-jump" })).rows.map(({ unit, trade, was, now }) => [unit, trade, was, now]);
  expect(await jumps()).toEqual([
    ["丙", "电工", "0", "3"],
    ["新", "电工", "0", "5"],
    ["甲", "电工", "4", "1"],
  ]);
  const change = {
    district: "321012",
    fromUnit: "旧",
    toUnit: "新",
    since: 2023,
    kind: "merged",
    source: "x",
    note: null,
  };
  const editor = { who: "测试" };
  const { value } = await putUnitChange(at.store, { ...change, kind: "merged" }, fullScope, editor);
  expect((await jumps()).map(([unit]) => unit)).toEqual(["丙", "甲"]);
  await deleteUnitChange(at.store, value.id, fullScope, editor);
  expect(await jumps()).toHaveLength(3);
});

describe("the score", () => {
  it("is 0.6 of the rows without an error and 0.4 of the facts known, summed up before it is divided", async () => {
    const at = await ground();
    await at.loadContent(
      rosterOf(
        person(2022, "A1"),
        person(2023, "A1"),
        person(2023, "A2", { since: "2000-01" }),
        person(2023, "A3", { trade: "", education: "" }),
        person(2023, "A4", { level: "无等级", since: "" }),
        person(2023, "B1", { place: "通州,乙", born: "1990", work: "2000", sex: "" }),
      ),
    );
    expect(await quality(at, ["unit"], { year: 2023 })).toEqual([
      {
        ...{
          unit: "乙",
          unitName: "乙",
          rosterYear: 2023,
          workers: 1,
          errorRows: 1,
          warningRows: 1,
          incompleteRows: 1,
        },
        ...{ cleanRows: 0, errors: 1, warnings: 1, factsKnown: 6, factsExpected: 7, missingSex: 1 },
        ...{ missingBirthDate: 0, missingWorkStartedOn: 0, missingLevel: 0, missingLevelObtainedOn: 0 },
        ...{ missingTrade: 0, missingEducation: 0, score: expect.closeTo(0.6 * 0 + (0.4 * 6) / 7, 12) },
      },
      {
        ...{
          unit: "甲",
          unitName: "甲",
          rosterYear: 2023,
          workers: 4,
          errorRows: 1,
          warningRows: 1,
          incompleteRows: 1,
        },
        ...{ cleanRows: 2, errors: 1, warnings: 1, factsKnown: 25, factsExpected: 27, missingSex: 0 },
        ...{ missingBirthDate: 0, missingWorkStartedOn: 0, missingLevel: 0, missingLevelObtainedOn: 0 },
        ...{ missingTrade: 1, missingEducation: 1, score: expect.closeTo(0.6 * 0.75 + (0.4 * 25) / 27, 12) },
      },
    ]);
    // without a year the trend
    expect((await quality(at)).map(({ rosterYear, workers, score }) => [rosterYear, workers, score])).toEqual([
      [2022, 1, 1],
      [2023, 5, expect.closeTo((0.6 * 3) / 5 + (0.4 * 31) / 34, 12)],
    ]);
    expect(
      (await quality(at, ["district"], { scope: { districts: ["320600"] } })).map((row) => row.districtName),
    ).toEqual(["通州区"]);
    expect(await quality(at, [], { scope: { districts: [] } })).toEqual([]);
    const counts = await at.store.read((c) => findingCounts(c, { year: 2023, scope: fullScope }));
    expect(counts.filter(({ findings: n }) => n !== 0).map(({ code, findings: n }) => [code, n])).toEqual([
      ["work-start-under-16", 1],
      ["certificate-before-work", 1],
      ["key-facts-missing", 2],
    ]);
    expect(counts.length).toBe(findingCodes.length);
  });

  it("counts a finding about an application where no worker is", async () => {
    const at = await ground();
    await at.loadContent(rosterOf(person(2022, "A1")));
    await bring(at, applications("2023,A7,江都,乙,电工,技师,正常,,"));
    expect(await quality(at, ["unit"])).toMatchObject([
      { unit: "乙", workers: 0, warnings: 1, warningRows: 0, score: null },
      { unit: "甲", workers: 1, warnings: 0, score: 1 },
    ]);
  });

  it.each([
    [{ year: 2030 }, "year"],
    [{ district: "32" }, "district"],
    [{ unit: "没有" }, "unit"],
    [{ code: "没有" }, "code"],
  ])("%o is refused: %s", async (more, property) => {
    const at = await ground();
    await at.loadContent(rosterOf(person(2022, "A1")));
    await expect(findings(at, more)).rejects.toMatchObject({ code: "bad-input", details: { property } });
  });
});

it("every code has words without gaps, and each sentence only shows what the checks give it", () => {
  expect(new Set(findingCodes.map(({ code }) => code)).size).toBe(findingCodes.length);
  for (const { label, sentence, explain } of findingCodes) {
    for (const words of [label, sentence, explain]) expect(words.zh !== "" && words.en !== "").toBe(true);
    const shown = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    expect(shown(sentence.zh)).toEqual(shown(sentence.en));
    expect(shown(sentence.zh).every((name) => ["was", "now", "other"].includes(name ?? ""))).toBe(true);
  }
});

it("what every import, undo and edit looks at again is what a look at everything finds", async () => {
  const at = await ground();
  const id = fc.integer({ min: 1, max: 6 }).map((n) => `P${n}`);
  const place = fc.constantFrom("江都,甲", "江都,乙", "通州,丙");
  const worker = fc
    .record({
      year: fc.integer({ min: 2020, max: 2024 }),
      id,
      place,
      number: fc.constantFrom("", "999999196811010137", "99999919750315001X"),
      sex: fc.constantFrom("男", "女", ""),
      born: fc.constantFrom("1960", "1980-05", "2006"),
      trade: fc.constantFrom("电工", "飞行员"),
      level: fc.constantFrom("", "中级工", "高级工", "技师"),
      since: fc.constantFrom("", "2015", "2021-12", "2023-12"),
      education: fc.constantFrom("高中", "大专", ""),
    })
    .map(({ year, id: who, ...facts }) => person(year, who, facts));
  const application = fc
    .tuple(
      fc.integer({ min: 2020, max: 2025 }),
      id,
      fc.constantFrom("高级工", "技师"),
      fc.constantFrom("合格", "不合格", ""),
    )
    .map(([year, who, level, result]) => `${year},${who},江都,甲,电工,${level},正常,${result},`);
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.array(worker, { minLength: 1, maxLength: 10 }).map((rows) => ["workers", ...rows]) },
    {
      weight: 3,
      arbitrary: fc.array(application, { minLength: 1, maxLength: 5 }).map((rows) => ["applications", ...rows]),
    },
    fc.constantFrom(["undo workers"], ["undo applications"], ["alias"], ["no alias"], ["unit"], ["no unit"]),
  );
  const editor = { who: "测试" };
  const nothing = async () => {};
  const edits: Record<string, () => Promise<unknown>> = {
    "undo workers": () => undoRows(at.store, "workers", nothing, editor),
    "undo applications": () => undoRows(at.store, "applications", nothing, editor),
    alias: () =>
      putAlias(
        at.store,
        { alias: "飞行员", trade: "烹饪", since: 2022, source: "x", confidence: "assumed" },
        nothing,
        editor,
      ),
    "no alias": () => deleteAlias(at.store, "飞行员", nothing, editor),
    unit: () =>
      putUnitChange(
        at.store,
        { district: "321012", fromUnit: "甲", toUnit: "乙", since: 2022, kind: "merged", source: "x", note: null },
        fullScope,
        editor,
      ),
    "no unit": () => deleteUnitChange(at.store, 1, fullScope, editor),
  };
  const table = () => at.store.read((c) => c.rows("SELECT * FROM findings ORDER BY ALL"));
  let findingsSeen = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      for (const [what = "", ...rows] of steps) {
        if (what === "workers") await at.loadContent(rosterOf(...rows));
        else if (what === "applications") await bring(at, applications(...rows));
        // nothing to undo, no such unit yet: not what this is about
        else await edits[what]?.().catch(() => undefined);
      }
      const kept = await table();
      findingsSeen += kept.length;
      await at.store.transaction((c) => refreshFindings(c));
      expect(await table()).toEqual(kept);
    }),
    { numRuns: 4 },
  );
  expect(findingsSeen).toBeGreaterThan(20);
}, 240_000);

it("a database that was never looked at, or with other checks, is", async () => {
  const at = await ground();
  const outdated = () => at.store.read(findingsOutdated);
  expect(await outdated()).toBe(false);
  await at.loadContent(rosterOf(person(2022, "A1", { since: "1999" })));
  expect(await outdated()).toBe(false);
  await at.store.transaction((c) => c.run("UPDATE findings_made SET checks = 0; DELETE FROM findings"));
  expect(await outdated()).toBe(true);
  // the next import looks at everything
  await at.loadContent(rosterOf(person(2023, "A2")));
  expect(await found(at)).toEqual(["2022 certificate-before-work A1"]);
  expect(await outdated()).toBe(false);
});

it("the table of findings has the columns it promises", async () => {
  const at = await ground();
  await at.loadContent(rosterOf(person(2022, "A1", { since: "1999" })));
  const [row, columnsPromised] = await at.store.read(async (c) => {
    const { sql, params, columns: promised } = await findingsTable(c, { scope: fullScope });
    return [(await c.rows(sql, params))[0], promised] as const;
  });
  expect(Object.keys(row ?? {})).toEqual(columnsPromised);
});
