import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLibrary, rulebookFolder } from "../../server/library.ts";
import { buildLibrary } from "../../server/rules/build-library.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { score } from "../../server/rules/score.ts";
import { type Reading, scoresSchema } from "../../server/rules/score-text.ts";

const library = await loadLibrary();
const nantong = library.get("nantong-2023");
const scoreOf = (facts: Facts, reading?: Reading) =>
  score(nantong, "seniorTechnician", undefined, { levelObtainedOn: "2014-01-01", ...facts }, { reading });
const years = <T>(list: readonly number[], value: T) => Object.fromEntries(list.map((year) => [year, value]));

describe("worked examples of the scoring rules", () => {
  test("six excellent years and five of a Party member: 17, capped at 15", () => {
    const { daily } = scoreOf({
      appraisals: years([2015, 2016, 2017, 2018, 2019, 2020], "excellent"),
      outstandingPartyMemberYears: [2015, 2016, 2017, 2018, 2019],
    });
    expect(daily).toMatchObject({ raw: 17, points: 15 });
  });

  test("an advanced worker and a Party member for one matter in one year: 2", () => {
    const given = { rank: "county", awardedOn: "2021-07-01", matter: "抗洪" };
    const { daily } = scoreOf({
      honours: [
        { kind: "outstandingPartyMember", ...given },
        { kind: "advancedWorker", ...given },
      ],
    });
    expect(daily.points).toBe(2);
    expect(daily.items.map(({ item, counted, reason }) => [item, counted, reason?.zh ?? null])).toEqual([
      ["advanced-worker", true, null],
      ["outstanding-party-member", false, "同一年度同一事项按最高分项计分"],
    ]);
  });

  test("a provincial, a municipal and a county honour in the three readings", () => {
    const honours = ["provincial", "municipal", "county"].map((rank) => ({
      kind: "technicalExpert",
      rank,
      awardedOn: "2020",
    }));
    const points = (reading?: Reading) => scoreOf({ honours }, reading).honours.points;
    expect([points(), points("single"), points("sum"), points("topTier")]).toEqual([3, 3, 5, 3]);
    expect(scoreOf({ honours }).honours.reading).toBe("single");
  });

  test("marks of 80, 90, 70 and 60: 57.5", () => {
    const { ability } = scoreOf({ marks: { theory: 80, skills: 90, defence: 70, lecture: 60 } });
    expect(ability?.points).toBe(57.5);
    expect(ability?.marks.map(({ mark, points }) => [mark, points])).toEqual([
      ["theory", 24],
      ["skills", 27],
      ["defence", 3.5],
      ["lecture", 3],
    ]);
  });

  test("four years of training: 8", () => {
    expect(scoreOf({ continuingEducation: years([2018, 2019, 2021, 2022], true) }).continuingEducation.points).toBe(8);
  });
});

describe("what a result says", () => {
  test("whose it is, of when, from when through when", () => {
    const facts: Facts = { workerId: "a", levelObtainedOn: "2018-11" };
    expect(score(nantong, "seniorTechnician", 2025, facts)).toMatchObject({
      rulebook: "nantong-2023",
      examYear: 2025,
      projected: true,
      targetLevel: "seniorTechnician",
      workerId: "a",
      period: { since: "2018-11", through: "2025-06-27", citation: { clause: "附件1 五(二)" } },
      cap: 30,
    });
    expect(scoreOf({})).toMatchObject({ projected: false, workerId: null });
    expect(scoreOf({ marks: { theory: 0, skills: 0, defence: 0, lecture: 0 } }).cap).toBe(100);
  });

  test("why an item does not count", () => {
    const honour = (awardedOn: string | null) => ({ kind: "advancedWorker", rank: "county", awardedOn });
    const { daily, honours } = scoreOf({
      appraisals: { 2013: "excellent", 2023: "excellent" },
      honours: [
        honour("2013-12"),
        honour("2023-06-28"),
        honour(null),
        { kind: "technicalExpert", rank: "county", awardedOn: "2020" },
        { kind: "technicalExpert", rank: "municipal", awardedOn: "2021" },
      ],
      patents: [{ kind: "invention", grantedOn: "2020" }],
    });
    expect(daily.items.map(({ year, item, reason }) => [year, item, reason?.zh])).toEqual([
      [2013, "advanced-worker", "早于取得现等级时间（2014-01-01）"],
      [2013, "excellent-appraisal", "早于取得现等级时间（2014-01-01）"],
      [2020, "patent", "与工种相关未知，不计分"],
      [2023, "advanced-worker", "晚于计分截止日期（2023-06-27）"],
      [2023, "excellent-appraisal", "只计至2022年度"],
      [null, "advanced-worker", "没有日期，不计分"],
    ]);
    expect(honours.items.map(({ item, counted, reason }) => [item, counted, reason?.zh])).toEqual([
      ["county-technical-expert", false, "只按最高分项计分，不重复计分"],
      ["municipal-technical-expert", true, undefined],
    ]);
    for (const { label, citation, reason } of [...daily.items, ...honours.items]) {
      expect(label).toEqual({ zh: expect.any(String), en: expect.any(String) });
      expect(citation).toEqual({ document: "通人社考〔2023〕5号", clause: expect.stringMatching(/^附件1 /) });
      if (reason) expect(reason.en).toMatch(/^[a-z]/);
    }
  });

  test("the same in whatever order, also where items differ only in what is not known", () => {
    const patents = [true, null].map((inTrade) => ({ kind: "invention", inTrade, grantedOn: "2020-05" }));
    expect(scoreOf({ patents: [...patents].reverse() })).toEqual(scoreOf({ patents }));
  });

  test("the years of training one by one", () => {
    const { continuingEducation } = scoreOf({ continuingEducation: { 2018: true, 2019: false } });
    expect(continuingEducation.items.map(({ year, counted, reason }) => [year, counted, reason?.zh])).toEqual([
      [2018, true, undefined],
      [2019, false, "未达到计分要求"],
      [2020, false, "无记录，不计分"],
      [2021, false, "无记录，不计分"],
      [2022, false, "无记录，不计分"],
    ]);
  });

  test("which unknown facts could still add points", () => {
    const full = { rank: "national", grade: 1, awardedOn: "2020" };
    const known: Facts = {
      levelObtainedOn: "2022-01-01",
      techAwards: [],
      patents: [],
      honours: [],
      commendedYears: [],
      outstandingPartyMemberYears: [],
      appraisals: { 2022: "qualified" },
      continuingEducation: years([2018, 2019, 2020, 2021, 2022], true),
      marks: { theory: 1, skills: 1, defence: 1, lecture: 1 },
    };
    const missing = (facts: Facts) => score(nantong, "seniorTechnician", 2023, { ...known, ...facts }).missing;
    expect(missing({})).toEqual([]);
    expect(missing({ appraisals: {} })).toEqual(["appraisals"]);
    expect(missing({ continuingEducation: { 2018: true } })).toEqual(["continuingEducation"]);
    expect(missing({ patents: [{ kind: "invention", grantedOn: "2022-05-01" }] })).toEqual(["patents"]);
    // before the certificate it would not count in any case
    expect(missing({ patents: [{ kind: "invention", grantedOn: "2021-05-01" }] })).toEqual([]);
    expect(missing({ techAwards: [{ rank: "national", grade: 1 }] })).toEqual(["techAwards"]);
    expect(missing({ marks: { theory: 1 } })).toEqual(["marks"]);
    // the daily part is full, and no honour can be higher than this one
    const capped = { techAwards: [full, full, full].map((one) => ({ ...one, awardedOn: "2022-05" })), patents: null };
    const best = [
      { kind: "labourMedal", rank: "national", awardedOn: "2022-05" },
      { kind: "modelWorker", rank: "national" },
    ];
    expect(missing({ ...capped, honours: best })).toEqual([]);
  });
});

describe("what cannot be scored", () => {
  test("without the date from which items count", () => {
    for (const levelObtainedOn of [null, undefined]) {
      expect(() =>
        score(nantong, "seniorTechnician", 2023, levelObtainedOn === null ? { levelObtainedOn } : {}),
      ).toThrow(expect.objectContaining({ code: "bad-input", property: "levelObtainedOn", value: null }));
    }
  });

  test("a level or rulebook without a score says which have one", () => {
    const facts = { levelObtainedOn: "2018" };
    expect(() => score(library.get("changzhou-2024"), "senior", 2024, facts)).toThrow(
      expect.objectContaining({
        code: "bad-input",
        details: { property: "level", value: "senior", allowed: ["technician", "seniorTechnician"] },
      }),
    );
    expect(() => score(library.get("jiangsu-2020"), "seniorTechnician", 2020, facts)).toThrow(
      expect.objectContaining({ code: "bad-input", details: expect.objectContaining({ property: "rulebook" }) }),
    );
    expect(() => score(nantong, "seniorTechnician", 1066, facts)).toThrow(/1066/);
  });
});

describe("the rules are data", () => {
  const text = (name: string) => readFile(join(rulebookFolder, name), "utf8");

  test("a score decides nobody's eligibility: stored decisions stay when it changes", async () => {
    const [jiangsu, own] = [await text("jiangsu-2020.yaml"), await text("nantong-2023.yaml")];
    const build = (changed: string) =>
      buildLibrary([
        { name: "jiangsu-2020.yaml", text: jiangsu },
        { name: "nantong-2023.yaml", text: changed },
      ]).get("nantong-2023");
    const changed = build(own.replace("cap: 15", "cap: 14"));
    expect(changed.scores?.daily.cap).toBe(14);
    expect(changed.hash).toBe(build(own).hash);
  });

  test("another province writes its own, and those who extend it have it too", () => {
    const own = `
id: anywhere-2025
title: { zh: 某省, en: a province }
document: 某人社〔2025〕1号
conditions:
  level: { cite: 一, level: { is: justBelow } }
levels:
  technician:
    window: { from: Y-03-01, to: Y-03-31, cite: 二 }
    conditions: [level]
    pathways: [{ id: normal, module: normal, label: { zh: 正常申报, en: normal } }]
scores:
  levels: [technician]
  period: { since: appointedOn, through: Y-02-28, cite: 三 }
  daily:
    label: { zh: 表现, en: performance }
    cap: 3.5
    cite: 三(一)
    items:
      - { item: training, label: { zh: 培训, en: training }, points: 0.1, years: { fact: continuingEducation, through: -1 }, cite: 三(一) }
      - { item: placed, label: { zh: 竞赛, en: competition }, points: 1.5, list: { fact: competitions, where: { place: { atMost: 3 }, tier: [national1, provincial1] } }, cite: { document: 某竞赛办法, clause: 五 } }
  honours: { label: { zh: 荣誉, en: honours }, cap: 4, cite: 三(二), reading: sum, items: [{ item: merit, label: { zh: 表彰, en: commendation }, points: 2, list: { fact: honours, where: { kind: [commendation] } }, cite: 三(二), derived: true }] }
  continuingEducation: { label: { zh: 无, en: none }, cap: 0, cite: 三, items: [] }
  ability: { label: { zh: 考试, en: exam }, cap: 20, cite: 三(三), marks: [{ mark: theory, points: 20, label: { zh: 理论, en: theory } }] }
`;
    const heir = `
id: elsewhere-2026
title: { zh: 某市, en: a city }
document: 某市人社〔2026〕2号
extends: anywhere-2025
`;
    const books = buildLibrary([
      { name: "anywhere-2025.yaml", text: own },
      { name: "elsewhere-2026.yaml", text: heir },
    ]);
    const facts: Facts = {
      appointedOn: "2020-05",
      continuingEducation: { 2019: true, 2020: true, 2021: true, 2022: true },
      competitions: [
        { tier: "national1", place: 3, heldOn: "2024-02-28" },
        { tier: "provincial1", place: 4, heldOn: "2024-02" },
        { tier: "provincial1", heldOn: "2024-02" },
        { tier: "provincial1", place: 1, heldOn: "2025-03-01" },
      ],
      honours: [
        { kind: "commendation", rank: "unit", awardedOn: "2021" },
        { kind: "commendation", rank: "county", awardedOn: "2022" },
        { kind: "commendation", rank: "county", awardedOn: "2022", matter: "x" },
      ],
      marks: { theory: 33.33 },
    };
    const result = score(books.get("anywhere-2025"), "technician", undefined, facts);
    expect(result).toMatchObject({
      period: { since: "2020-05", through: "2025-02-28" },
      daily: { raw: 1.8, points: 1.8 },
      honours: { raw: 6, points: 4, reading: "sum" },
      continuingEducation: { points: 0, items: [] },
      ability: { points: 6.666 },
      total: 12.47,
    });
    expect(result.daily.items.find(({ item }) => item === "placed")?.citation).toEqual({
      document: "某竞赛办法",
      clause: "五",
    });
    expect(result.honours.items[0]).toMatchObject({ derived: true, citation: { document: "某人社〔2025〕1号" } });
    const inherited = score(books.get("elsewhere-2026"), "technician", 2025, facts);
    expect(inherited).toEqual({ ...result, rulebook: "elsewhere-2026", projected: true });
  });

  const minimal = {
    levels: ["technician"],
    period: { since: "levelObtainedOn", through: "window.to", cite: "三" },
    daily: { label: { zh: "表现", en: "performance" }, cap: 5, cite: "三", items: [] as unknown[] },
    honours: { label: { zh: "荣誉", en: "honours" }, cap: 5, cite: "三", reading: "single", items: [] as unknown[] },
    continuingEducation: { label: { zh: "继续教育", en: "training" }, cap: 5, cite: "三", items: [] as unknown[] },
    ability: { label: { zh: "考试", en: "exam" }, cap: 5, cite: "三", marks: [] as unknown[] },
  };
  const item = (more: object) => ({ item: "a", label: { zh: "甲", en: "a" }, points: 1, cite: "三", ...more });
  const daily = (...items: object[]) => ({ ...minimal, daily: { ...minimal.daily, items } });

  test("a score with nothing but its frame", () => {
    expect(scoresSchema.safeParse(minimal).success).toBe(true);
  });

  test.each([
    ["unknownFact", daily(item({ years: { fact: "commendedYear" } })), /commendedYears/],
    ["unfitFact", daily(item({ years: { fact: "honours" } })), /honours/],
    ["unfitFact", daily(item({ list: { fact: "commendedYears", where: {} } })), /commendedYears/],
    ["unfitFact", daily(item({ list: { fact: "militaryHonours", where: {} } })), /date/],
    ["missingKey", daily(item({ years: { fact: "appraisals" } })), /in/],
    ["wrongValue", daily(item({ years: { fact: "commendedYears", in: ["excellent"] } })), /in/],
    ["unknownValue", daily(item({ years: { fact: "appraisals", in: ["excelent"] } })), /excellent/],
    ["wrongValue", daily(item({ years: { fact: "commendedYears", from: -1, through: -5 } })), /-5/],
    ["unknownKey", daily(item({ list: { fact: "honours", where: { kinds: ["modelWorker"] } } })), /kind/],
    [
      "unknownValue",
      daily(item({ list: { fact: "honours", where: { rank: { atLeast: "provincal" } } } })),
      /provincial/,
    ],
    ["missingKey", daily(item({})), /years/],
    [
      "duplicateId",
      daily(item({ years: { fact: "commendedYears" } }), item({ years: { fact: "commendedYears" } })),
      /a/,
    ],
    ["unknownFact", { ...minimal, period: { ...minimal.period, since: "levelObtainedAt" } }, /levelObtainedOn/],
    ["invalidDate", { ...minimal, period: { ...minimal.period, through: "window.end" } }, /window\.to/],
    [
      "unknownValue",
      {
        ...minimal,
        ability: { ...minimal.ability, marks: [{ mark: "skill", points: 5, label: { zh: "技", en: "s" } }] },
      },
      /skills/,
    ],
  ])("%s is told with what to write instead", (name, written, hint) => {
    const { error } = scoresSchema.safeParse(written);
    const issues = error?.issues ?? [];
    expect(issues).toHaveLength(1);
    const fault = issues[0]?.code === "custom" ? issues[0].params?.fault : undefined;
    expect(fault).toMatchObject({ name, message: { zh: expect.any(String), en: expect.any(String) } });
    expect(JSON.stringify(fault)).toMatch(hint);
  });
});
