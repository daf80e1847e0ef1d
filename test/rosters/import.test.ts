import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { dataVersion, type Row } from "../../server/store/index.ts";
import { exampleTables, toCsv, toXlsx } from "../fixtures/make-rosters.ts";
import { codes, fixture, type Ground, ground, roster, toGbk } from "./ground.ts";

const { workers, applications } = exampleTables();

/** English headings for the Chinese ones of the example. */
const english: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "年度 rosterYear 人员编号 workerId 姓名 name 身份证号 idNumber 性别 sex 出生日期 birthDate 地区 district 主管部门 department " +
    "单位名称 unit 单位性质 unitNature 用工性质 employment 在岗 onPost 工种 trade 从事本工种时间 tradeSince 现技术等级 level " +
    "取得现等级时间 levelObtainedOn 取得方式 levelSource 聘任时间 appointedOn 参加工作时间 workStartedOn 转正定级时间 regularisedOn " +
    "学历 education 专业与工种相关 educationInTrade 退休类别 retirementTrack 已转岗 transferred"
  )
    .split(" ")
    .flatMap((word, index, all) => (index % 2 === 0 ? [[word, all[index + 1] ?? ""]] : [])),
);

const inEnglish = (heading: string) =>
  heading.replace(/^(\d{4})年度考核$/, "appraisal$1").replace(/^(\d{4})年继续教育$/, "training$1");

/** The identity hash has a key of its own in every folder; a text table has no sheet. */
const comparable = (rows: readonly Row[]) => rows.map(({ idHash: _, rowHash: __, sheet: ___, ...row }) => row);

describe("the example rosters", () => {
  it("give identical rows as .csv, .xlsx, and with English headings and codes", async () => {
    const [csv, xlsx, other] = [await ground(), await ground(), await ground()];
    const report = await csv.load(fixture("workers-2022.csv"), { fileName: "workers-2022.csv" });
    expect(report).toMatchObject({
      rowsRead: 60,
      rowsLoaded: 60,
      rowsRejected: 0,
      years: [2022],
      version: 1,
      importId: 1,
    });
    expect(new Set(codes(report).map((code) => code.replace(/^\d+:/, "")))).toEqual(new Set(["trade-alias"]));
    expect(await xlsx.load(fixture("workers-2022.xlsx"), { fileName: "workers-2022.xlsx" })).toMatchObject({
      rowsLoaded: 60,
      problems: report.problems.map(({ sheet: _, ...problem }) => problem),
    });
    const words: Readonly<Record<string, string>> = {
      男: "male",
      女: "female",
      技师: "technician",
      合格: "qualified",
      在编: "established",
    };
    const translated = workers.map((row, index) =>
      row.map((cell, at) =>
        index === 0
          ? inEnglish(english[String(cell)] ?? String(cell))
          : cell === "合格" && String(workers[0]?.[at]).endsWith("继续教育")
            ? true
            : (words[String(cell)] ?? cell),
      ),
    );
    await other.loadContent(toCsv(translated).replaceAll(",是", ",true").replaceAll(",否", ",false"));
    const rows = comparable(await csv.rows("workers"));
    expect(comparable(await xlsx.rows("workers"))).toEqual(rows);
    expect(comparable(await other.rows("workers"))).toEqual(rows);
    expect(rows[0]).toMatchObject({
      rosterYear: 2022,
      workerId: "YS00001",
      district: "320612",
      trade: "电工",
      level: "intermediate",
      birthDateFrom: "1966-02-02",
      tradeSinceFrom: "1986-01-01",
      tradeSinceTo: "1986-12-31",
      onPost: true,
      sourceRow: 2,
    });
    for (const [one, file] of [
      [csv, "applications-2022.csv"],
      [xlsx, "applications-2022.xlsx"],
    ] as const) {
      const done = await one.load(fixture(file), { kind: "applications", fileName: file });
      expect(done).toMatchObject({ rowsRead: 10, rowsLoaded: 10, rowsRejected: 0, version: 2 });
    }
    expect(comparable(await xlsx.rows("applications"))).toEqual(comparable(await csv.rows("applications")));
    expect((await csv.rows("applications"))[1]).toMatchObject({
      workerId: "YS00010",
      targetLevel: "seniorTechnician",
      module: "exceptional",
      unit: "演示数据·示例水利站",
      trade: "行政事务",
      theory: 70,
      result: "passed",
      certificateDate: "2022-12-15",
    });
  });

  it("are what the script writes", async () => {
    for (const [name, table] of [
      ["workers-2022", workers],
      ["applications-2022", applications],
    ] as const) {
      expect(await readFile(fixture(`${name}.csv`), "utf8")).toBe(`\ufeff${toCsv(table)}`);
    }
  });

  it("are decided by the real rulebooks", async () => {
    const { store } = await ground();
    const report = await importRoster(store, await loadLibrary(), fixture("workers-2022.csv"), {
      kind: "workers",
      fileName: "workers-2022.csv",
    });
    expect(report.rowsLoaded).toBe(60);
    const [decided] = await store.read((c) =>
      c.rows<{ rows: number; workers: number; year: number }>(
        `SELECT count(*) AS rows, count(DISTINCT "rosterRow") AS workers, min("examYear") AS year FROM eligibility`,
      ),
    );
    expect(decided).toMatchObject({ workers: 60, year: 2023 });
  });
});

describe("importing again", () => {
  it("changes nothing with the same file, whatever its format", async () => {
    const { load, rows, store, decided } = await ground();
    await load(fixture("workers-2022.csv"));
    const before = await rows("workers");
    for (const name of ["workers-2022.csv", "workers-2022.xlsx"]) {
      expect(await load(fixture(name), { fileName: name })).toMatchObject({
        rowsLoaded: 0,
        rowsUpdated: 0,
        rowsUnchanged: 60,
        years: [],
        version: 1,
        importId: null,
      });
    }
    expect(await rows("workers")).toEqual(before);
    expect(decided).toEqual([2022]);
    expect((await store.read(dataVersion)).version).toBe(1);
    expect(await store.read((c) => c.rows("SELECT count(*) AS n FROM imports"))).toEqual([{ n: 1 }]);
  });

  it("replaces a corrected row, keeps its number, and adds a new one", async () => {
    const { loadContent, rows } = await ground();
    await loadContent(roster(["2022,A1,江都,甲单位", "2022,A2,江都,甲单位"]));
    const report = await loadContent(roster(["2022,A2,江都,乙单位", "2022,A3,江都,甲单位", "2022,A1,江都,甲单位"]));
    expect(report).toMatchObject({ rowsLoaded: 1, rowsUpdated: 1, rowsUnchanged: 1, version: 2, importId: 2 });
    expect(
      (await rows("workers")).map(({ rosterRow, workerId, unit, importId }) => [rosterRow, workerId, unit, importId]),
    ).toEqual([
      [1, "A1", "甲单位", 1],
      [2, "A2", "乙单位", 2],
      [3, "A3", "甲单位", 2],
    ]);
  });

  it("decides only the years that changed", async () => {
    const { loadContent, decided } = await ground();
    await loadContent(roster(["2021,A1,江都,甲单位", "2022,A1,江都,甲单位"]));
    await loadContent(roster(["2021,A1,江都,甲单位", "2022,A1,江都,乙单位"]));
    expect(decided).toEqual([2021, 2022, 2022]);
  });

  it("reports a dry run and writes nothing", async () => {
    const { load, rows, store } = await ground();
    const dry = await load(fixture("workers-2022.csv"), { dryRun: true });
    expect(await rows("workers")).toEqual([]);
    expect((await store.read(dataVersion)).version).toBe(0);
    const real = await load(fixture("workers-2022.csv"));
    expect({ ...real, dryRun: true, version: 0, importId: null }).toEqual(dry);
  });

  it("writes nothing when deciding fails", async () => {
    const { store, folder, rows } = await ground();
    const path = join(folder, "a.csv");
    await writeFile(path, roster(["2022,A1,江都,甲单位"]));
    const { loadRows } = await import("../../server/rosters/load.ts");
    const failing = loadRows(store, path, { kind: "workers", fileName: "a.csv" }, () =>
      Promise.reject(new Error("no")),
    );
    await expect(failing).rejects.toThrow("no");
    expect(await rows("workers")).toEqual([]);
  });

  it("stops when it is cancelled", async () => {
    const { load, rows } = await ground();
    await expect(load(fixture("workers-2022.csv"), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(await rows("workers")).toEqual([]);
  });
});

describe("shapes of a file", () => {
  const lines = toCsv(workers).trim().split("\r\n");
  const same = async (first: Ground, content: string | Uint8Array) => {
    const other = await ground();
    const report = await other.loadContent(content);
    const bare = (rows: Row[]) => comparable(rows).map(({ sourceRow: _, ...row }) => row);
    expect(bare(await other.rows("workers"))).toEqual(bare(await first.rows("workers")));
    return report;
  };

  it("is read in GB18030, UTF-8 without BOM, UTF-16, with tabs or semicolons, with old line ends", async () => {
    const first = await ground();
    await first.load(fixture("workers-2022.csv"));
    const text = toCsv(workers);
    await same(first, text);
    await same(first, toGbk(text));
    await same(first, Buffer.from(`\ufeff${toCsv(workers, "\t")}`, "utf16le"));
    await same(first, toCsv(workers, "\t"));
    await same(first, toCsv(workers, ";"));
    await same(first, text.replaceAll("\r\n", "\n"));
  });

  it("may have title rows, empty rows, repeated headings, an example row and totals", async () => {
    const first = await ground();
    await first.load(fixture("workers-2022.csv"));
    const [heading = "", ...rest] = lines;
    const report = await same(
      first,
      [
        "2022年工勤人员名册,,,",
        "填报单位（盖章）：某局,,填报日期,2023-01-05",
        "",
        heading,
        "2022,示例001,示例,,,,江都区",
        ...rest.slice(0, 30),
        "",
        heading,
        ...rest.slice(30),
        "合计,,60",
        "填表人：张三",
      ].join("\r\n"),
    );
    expect(report).toMatchObject({ rowsRead: 60, rowsLoaded: 60, rowsRejected: 0 });
    expect(codes(report).filter((code) => code.endsWith("row-ignored"))).toHaveLength(2);
  });

  it("may have its columns in any order", async () => {
    const first = await ground();
    await first.load(fixture("workers-2022.csv"));
    const hashes = (await first.rows("workers")).map(({ rowHash }) => rowHash);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...(workers[0] ?? []).keys()], { minLength: workers[0]?.length ?? 0 }),
        async (order) => {
          const permuted = workers.map((row) => order.map((at) => row[at] ?? null));
          const report = await first.loadContent(toCsv(permuted));
          expect(report).toMatchObject({ rowsRead: 60, rowsUnchanged: 60, rowsUpdated: 0 });
        },
      ),
      { numRuns: 8 },
    );
    expect((await first.rows("workers")).map(({ rowHash }) => rowHash)).toEqual(hashes);
  });

  it("may use synonyms, notes in brackets, spaces, or a mapping of its own", async () => {
    const { loadContent, rows } = await ground();
    const report = await loadContent(
      "名册年度,人员编号*,县区,所在单位（全称）,获 证 时间,文化程度,2021年考核结果,我的列\n2022,A1,江都,甲,2015.07,大学,称职,女\n",
      { mapping: { 我的列: "sex" } },
    );
    expect(codes(report)).toEqual([]);
    expect((await rows("workers"))[0]).toMatchObject({
      unit: "甲",
      levelObtainedOnFrom: "2015-07-01",
      levelObtainedOnTo: "2015-07-31",
      education: "bachelor",
      sex: "female",
    });
    await expect(loadContent("x", { mapping: { 我的列: "sexx" } })).rejects.toMatchObject({ code: "bad-input" });
  });

  it("may leave the year to the import", async () => {
    const { loadContent, rows } = await ground();
    const file = "人员编号,地区,单位名称,年度\nA1,江都,甲,\nA2,江都,甲,2021\n";
    expect(codes(await loadContent(file, { year: 2022 }))).toEqual(["3:year-differs"]);
    expect((await rows("workers")).map(({ rosterYear, workerId }) => [rosterYear, workerId])).toEqual([
      [2022, "A1"],
      [2021, "A2"],
    ]);
    await expect(loadContent(file, { year: 20_233 })).rejects.toMatchObject({ code: "bad-input" });
  });

  it("is read sheet after sheet, notes left out", async () => {
    const { default: ExcelJS } = await import("exceljs");
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet("填表说明").addRow(["请按说明填写"]);
    workbook.addWorksheet("江都").addRows([
      ["年度", "人员编号", "地区", "单位名称"],
      [2022, "A1", "江都", "甲"],
    ]);
    workbook.addWorksheet("通州").addRows([
      ["人员编号", "年度", "单位名称", "地区"],
      ["A1", 2022, "乙", "通州"],
      ["A2", 2022, "乙", "通州"],
    ]);
    workbook.addWorksheet("统计").addRows(Array.from({ length: 25 }, (_, row) => ["合计", row]));
    const { loadContent, rows } = await ground();
    const report = await loadContent(new Uint8Array(await workbook.xlsx.writeBuffer()), { fileName: "a.xlsx" });
    expect(report.problems).toMatchObject([
      { code: "sheet-ignored", value: "统计" },
      { code: "duplicate-worker", row: 2, sheet: "通州" },
    ]);
    expect((await rows("workers")).map(({ workerId, unit }) => [workerId, unit])).toEqual([
      ["A1", "甲"],
      ["A2", "乙"],
    ]);
  });

  it("rejects a cell of JSON nested without end, and loads the rest", async () => {
    const { loadContent } = await ground();
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    const report = await loadContent(
      toCsv([
        ["年度", "人员编号", "地区", "单位名称", "荣誉称号"],
        [2022, "A1", "江都", "甲", deep],
        [2022, "A2", "江都", "甲", "[]"],
      ]),
    );
    expect(report).toMatchObject({ rowsLoaded: 1, rowsRejected: 1, problems: [{ row: 2, code: "json-invalid" }] });
    expect(JSON.stringify(report).length).toBeLessThan(5_000);
  });

  it("keeps lists and records given as JSON", async () => {
    const { loadContent, rows } = await ground();
    const honours = JSON.stringify([{ kind: "modelWorker", rank: "national", awardedOn: "2020-01" }]);
    const table = [
      [
        "年度",
        "人员编号",
        "地区",
        "单位名称",
        "荣誉称号",
        "marks",
        "exceptionalConditionsUsed",
        "failedReviewYears",
        "appraisals",
      ],
      [2022, "A1", "江都", "甲", honours, '{"theory":80.5}', '["unique-skill"]', "[2019,2021]", '{"2020":"excellent"}'],
    ];
    expect(codes(await loadContent(toCsv(table)))).toEqual([]);
    expect((await rows("workers"))[0]).toMatchObject({
      honours: [
        {
          kind: "modelWorker",
          rank: "national",
          awardedOnFrom: "2020-01-01",
          awardedOnTo: "2020-01-31",
          retained: null,
        },
      ],
      marks: { theory: 80.5, skills: null },
      exceptionalConditionsUsed: ["unique-skill"],
      failedReviewYears: 2 ** 49 + 2 ** 51,
      appraisalsExcellent: 2 ** 50,
      appraisalsQualified: 0,
    });
  });
});

describe("identity numbers", () => {
  it("are kept as a keyed hash and four characters only", async () => {
    const { loadContent, rows, store, folder } = await ground();
    const report = await loadContent(
      roster(
        [
          "2022,A1,江都,甲,999999198507060016,1985-07-06,男",
          "2022,A2,江都,甲,999999198507060017,,",
          "2022,A3,江都,甲,999999198507060016,1985-07-07,女",
          "2022,999999198507060016,江都,甲,,,",
        ],
        ",身份证号,出生日期,性别",
      ),
    );
    expect(codes(report)).toEqual([
      "3:id-number-invalid",
      "4:id-number-repeated",
      "4:id-number-birth",
      "4:id-number-sex",
      "5:worker-id-is-id-number",
    ]);
    expect(JSON.stringify(report)).not.toMatch(/\d{17}/);
    const [first, second] = await rows("workers");
    expect(first).toMatchObject({ idLast4: "0016", idHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(second).toMatchObject({ idLast4: null, idHash: null });
    const modes = await Promise.all(
      ["", "id.key", "gongkao.duckdb"].map(async (name) => (await stat(join(store.dataDir, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
    await store.close();
    expect((await readFile(join(folder, "data", "gongkao.duckdb"))).includes("999999198507060016")).toBe(false);
  });
});

describe("bad rows are rejected with their place, and stop no other", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["date-invalid", "出生日期", "1985-13"],
    ["date-invalid", "取得现等级时间", "某年"],
    ["enum-unknown", "现技术等级", "特级"],
    ["enum-unknown", "2020年度考核", "很好"],
    ["enum-unknown", "2020年继续教育", "很好"],
    ["boolean-invalid", "在岗", "也许"],
    ["number-invalid", "papersInTrade", "-1"],
    ["json-invalid", "honours", "[{"],
    ["list-invalid", "honours", '[{"kind":"hero","rank":"national"}]'],
    ["list-invalid", "competitions", '[{"place":1}]'],
    ["enum-unknown", "年度考核", "2021很好"],
    ["year-invalid", "年度", "20233"],
    ["district-unknown", "地区", "火星区"],
    ["district-ambiguous", "地区", "市直"],
    ["required-missing", "单位名称", ""],
    ["required-missing", "人员编号", ""],
    ["required-missing", "地区", ""],
    ["required-missing", "年度", ""],
  ];

  it.each(cases)("%s in %s: %s", async (code, column, value) => {
    const { loadContent, rows } = await ground();
    const heading = ["年度", "人员编号", "地区", "单位名称"];
    if (!heading.includes(column)) heading.push(column);
    const good = ["2022", "A1", "江都", "甲", ""].slice(0, heading.length);
    const bad = heading.map((name, at) => (name === column ? value : (["2022", "A2", "江都", "甲"][at] ?? "")));
    const report = await loadContent(toCsv([heading, bad, good]));
    expect(report).toMatchObject({ rowsRead: 2, rowsLoaded: 1, rowsRejected: 1, errors: 1 });
    expect(report.problems).toMatchObject([
      { row: 2, column, code, severity: "error", value: value === "" ? null : value },
    ]);
    expect((await rows("workers")).map(({ workerId }) => workerId)).toEqual(["A1"]);
  });

  it("reports unknown columns, trades, districts and duplicates", async () => {
    const { loadContent, rows } = await ground();
    const report = await loadContent(
      roster(
        [
          "2022,A1,江都,甲,司机,1,x",
          "2022,A2,江都,甲,飞行员,2,y",
          "2022,A1,江都,乙,电工,3,z",
          "2022,A4,火星,甲,电工,,,多出",
        ],
        ",工种,联系电话,工种",
      ),
    );
    expect(codes(report)).toEqual([
      "1:column-unknown",
      "1:column-repeated",
      "2:trade-alias",
      "3:trade-unknown",
      "4:duplicate-worker",
      "5:district-unknown",
      "5:row-too-long",
    ]);
    expect(report.unmapped).toEqual({ columns: ["联系电话"], trades: ["飞行员"], districts: ["火星"] });
    expect((await rows("workers")).map(({ trade, tradeRaw }) => [trade, tradeRaw])).toEqual([
      ["汽车驾驶与管理", "司机"],
      [null, "飞行员"],
    ]);
  });

  it("lists a bounded number of problems and counts the rest", async () => {
    const { loadContent } = await ground();
    const lines = Array.from({ length: 10_500 }, (_, index) => `2022,B${index},火星,甲`);
    const report = await loadContent(roster([...lines, "2022,A1,江都,甲"]));
    expect(report).toMatchObject({ rowsRejected: 10_500, rowsLoaded: 1, errors: 10_500, problemsNotListed: 500 });
    expect(report.problems).toHaveLength(10_000);
  });

  it("refuses applications without a place", async () => {
    const { loadContent, rows } = await ground();
    await loadContent(roster(["2021,A1,江都,甲,电工", "2022,A1,通州,乙,司机"], ",工种"));
    const report = await loadContent(
      "考评年度,人员编号,申报等级,申报工种,单位名称\n2021,A1,高级技师,,\n2022,A1,高级技师,,\n2022,A1,技师,烹饪,丙\n2022,A9,技师,,\n2022,A1,技师,,\n2020,A1,技师,,\n",
      { kind: "applications" },
    );
    expect(codes(report)).toEqual(["5:required-missing", "6:duplicate-application", "7:required-missing"]);
    expect((await rows("applications")).map((row) => [row.examYear, row.district, row.unit, row.trade])).toEqual([
      [2021, "321012", "甲", "电工"],
      [2022, "320612", "乙", "汽车驾驶与管理"],
      [2022, "320612", "丙", "烹饪"],
    ]);
    expect(report.rowsRejected).toBe(3);
  });
});

describe("the key file", () => {
  it("is refused when it is damaged", async () => {
    const { store, load } = await ground();
    await mkdir(store.dataDir, { recursive: true });
    await writeFile(join(store.dataDir, "id.key"), "short");
    await expect(load(fixture("workers-2022.csv"))).rejects.toMatchObject({ code: "internal" });
  });
});

it("makes a workbook of the example in memory", async () => {
  const { loadContent } = await ground();
  expect(await loadContent(await toXlsx(workers), { fileName: "a.xlsx" })).toMatchObject({ rowsLoaded: 60 });
});
