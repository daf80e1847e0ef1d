import { describe, expect, test } from "vitest";
import { factCatalogue } from "../../server/api/meta.ts";
import { readFactForm, wordOf } from "../../web/api/fact-form.ts";
import { toProblem } from "../../web/api/problem.ts";
import type { ConditionResult, EvaluationResult, LevelCode, Outcome } from "../../web/api/types.ts";
import { type DescribeWords, describeRequired, describe as tell } from "../../web/pages/check/describe.ts";
import { blockedPathway, blockingConditions, openPathways, progress } from "../../web/pages/check/explain.ts";
import { applyEdits, edit, gridYears, setYear } from "../../web/pages/check/facts-state.ts";
import { groupFields, groupOf } from "../../web/pages/check/groups.ts";
import { chooseQuestion } from "../../web/pages/check/question.ts";

const form = readFactForm(factCatalogue);

describe("the fact form", () => {
  test("has an input for every fact of the catalogue, each in one group, none left over", () => {
    const grouped = groupFields(form.fields).flatMap(({ fields }) => fields.map(({ name }) => name));
    expect([...grouped, "workerId"].sort()).toEqual(factCatalogue.map(({ name }) => name).sort());
    expect(groupFields(form.fields).map(({ name }) => name)).not.toContain("other");
  });

  test("reads kinds, choices and parts", () => {
    expect(form.byName.get("education")?.choices[0]).toEqual({
      code: "primary",
      label: { zh: "小学", en: "primary school" },
    });
    expect(form.byName.get("honours")).toMatchObject({ kind: "list" });
    expect(form.byName.get("honours")?.fields.find(({ name }) => name === "kind")?.required).toBe(true);
    expect(form.byName.get("marks")?.fields.map(({ name }) => name)).toEqual([
      "theory",
      "skills",
      "defence",
      "lecture",
    ]);
  });

  test("an unknown kind of entry is a text, a strange one nothing", () => {
    const strange = readFactForm([{ name: "x", type: "hologram" }, 7, null, { type: "date" }]);
    expect(strange.fields).toMatchObject([{ name: "x", kind: "string", label: { zh: "x" } }]);
    expect(groupOf("x")).toBe("other");
    expect(readFactForm({}).fields).toEqual([]);
  });

  test("where two facts share a code, the fact asked about has the word", () => {
    expect(wordOf(form, "intermediate", "professionalTitle")?.zh).toBe("中级");
    expect(wordOf(form, "intermediate")?.zh).toBe("中级工");
    expect(wordOf(form, "nothing")).toBeUndefined();
  });
});

describe("edited facts", () => {
  const base = { sex: "male", papersInTrade: 1, appraisals: { "2022": "qualified" } };

  test("an edit changes one fact, unknown removes it, the roster's value is no edit", () => {
    const once = edit(base, new Map(), "papersInTrade", 2);
    expect(applyEdits(base, once)).toEqual({ ...base, papersInTrade: 2 });
    expect(edit(base, once, "papersInTrade", 1).size).toBe(0);
    const without = edit(base, new Map(), "sex", undefined);
    expect(applyEdits(base, without)).not.toHaveProperty("sex");
    expect(edit(base, new Map(), "thesisSubmitted", undefined).size).toBe(0);
  });

  test("false and 0 are known", () => {
    const edits = edit(base, edit(base, new Map(), "onPost", false), "papersInTrade", 0);
    expect(applyEdits(base, edits)).toMatchObject({ onPost: false, papersInTrade: 0 });
  });

  test("years of a map", () => {
    expect(setYear(base.appraisals, 2023, "excellent")).toEqual({ "2022": "qualified", "2023": "excellent" });
    expect(setYear({ "2022": true }, 2022, undefined)).toBeUndefined();
    expect(gridYears(2024, [base.appraisals, { "2010": true }])).toEqual([2023, 2022, 2021, 2020, 2019, 2010]);
  });
});

describe("which question to ask", () => {
  const rulebooks = [
    {
      id: "a",
      title: { zh: "", en: "" },
      year: 2020,
      levels: ["technician", "seniorTechnician"] as LevelCode[],
      hash: "",
      quota: null,
    },
    {
      id: "b",
      title: { zh: "", en: "" },
      year: 2023,
      levels: ["seniorTechnician"] as LevelCode[],
      hash: "",
      quota: null,
    },
  ];
  const evaluations = [
    { rulebook: "a", targetLevel: "technician" as const },
    { rulebook: "b", targetLevel: "seniorTechnician" as const },
  ];
  const none = { rulebook: undefined, level: undefined, presentLevel: undefined };

  test("a worker's next level, by the rulebook that serves it", () => {
    expect(chooseQuestion({ ...none, rulebooks, evaluations, presentLevel: "senior" })).toMatchObject({
      rulebook: "a",
      level: "technician",
      own: "a",
    });
    expect(chooseQuestion({ ...none, rulebooks, evaluations, level: "seniorTechnician" })).toMatchObject({
      rulebook: "b",
      level: "seniorTechnician",
    });
  });

  test("a level the chosen rulebook does not cover gives way", () => {
    expect(chooseQuestion({ ...none, rulebooks, evaluations, rulebook: "b", level: "technician" })).toMatchObject({
      rulebook: "b",
      level: "seniorTechnician",
      levels: ["seniorTechnician"],
    });
  });

  test("without a worker the first rulebook, without rulebooks nothing", () => {
    expect(chooseQuestion({ ...none, rulebooks, evaluations: [] })).toMatchObject({ rulebook: "a", own: undefined });
    expect(chooseQuestion({ ...none, rulebooks: [], evaluations: [] })).toBeUndefined();
  });
});

const condition = (id: string, outcome: Outcome, advisory = false): ConditionResult => ({
  id,
  outcome,
  found: null,
  required: null,
  text: { zh: id, en: id },
  advisory,
});
const result = (change: Partial<EvaluationResult>): EvaluationResult => ({
  rulebook: "a",
  examYear: 2024,
  projected: false,
  targetLevel: "technician",
  decision: "ineligible",
  planningDecision: "ineligible",
  assumed: [],
  modules: [],
  remarks: [],
  selectionExam: null,
  firstEligibleYear: null,
  missing: [],
  blocking: [],
  pathways: [
    {
      id: "normal",
      module: "normal",
      outcome: "unmet",
      conditions: [
        condition("level", "met"),
        condition("education", "waived"),
        condition("seniority", "unmet"),
        condition("training", "unmet", true),
      ],
    },
    { id: "early", module: "early", outcome: "unknown", conditions: [condition("seniority", "unknown")] },
  ],
  ...change,
});

describe("what is told first", () => {
  test("the blocking conditions, of the pathway they block", () => {
    const blocked = result({ blocking: ["seniority"] });
    expect(blockedPathway(blocked)?.id).toBe("normal");
    expect(blockingConditions(blocked).map(({ outcome }) => outcome)).toEqual(["unmet"]);
    expect(openPathways(blocked)).toEqual(["normal"]);
    expect(blockingConditions(result({}))).toEqual([]);
  });

  test("an open decision opens the open pathway", () => {
    expect(openPathways(result({ decision: "undetermined" }))).toEqual(["early"]);
  });

  test("advisory conditions do not count, waived ones do", () => {
    const [first] = result({}).pathways;
    expect(first && progress(first)).toEqual({ met: 2, all: 3 });
  });
});

const words: DescribeWords = {
  yes: "是",
  no: "否",
  unknown: "未知",
  none: "无",
  comma: "、",
  any: "；或 ",
  all: "，且 ",
  code: (code) => ({ college: "大专", bachelor: "本科", provincial: "省部级" })[code],
  name: (name) => ({ education: "学历", level: "等级" })[name],
  more: (n) => ` 等 ${n} 项`,
  everyYear: (from, to) => `${from}–${to} 每年`,
  someYears: (from, to, n) => `${from}–${to} 至少 ${n}`,
  consecutiveYears: (from, to, n) => `${from}–${to} 连续 ${n}`,
  cycle: (every, remainder) => `每 ${every} 余 ${remainder}`,
  noneMet: (module) => `非 ${module}`,
  atLeast: (value) => `≥ ${value}`,
  atMost: (value) => `≤ ${value}`,
};

describe("values in words", () => {
  test.each([
    [null, "未知"],
    [true, "是"],
    [0, "0"],
    ["college", "大专"],
    ["2019-06", "2019-06"],
    [[], "无"],
    [{ education: "college", "2022": null }, "2022 未知、学历 大专"],
    [Array.from({ length: 10 }, (_, index) => index), "0、1、2、3、4、5、6、7 等 10 项"],
  ])("found %j", (value, text) => {
    expect(tell(value, words)).toBe(text);
  });

  test.each([
    [2019, "2019"],
    [
      {
        any: [
          { id: "education", required: ["college", "bachelor"] },
          { id: "other", required: true },
        ],
      },
      "学历 大专、本科；或 是",
    ],
    [
      {
        all: [
          { id: "level", required: 1 },
          { id: "level", required: 2 },
        ],
      },
      "等级 1，且 等级 2",
    ],
    [{ years: [2019, 2023], every: true }, "2019–2023 每年"],
    [{ years: [2019, 2023], atLeast: 2 }, "2019–2023 至少 2"],
    [{ years: [2019, 2023], consecutive: 2 }, "2019–2023 连续 2"],
    [{ every: 2, remainder: 0 }, "每 2 余 0"],
    [{ noneMet: "normal" }, "非 normal"],
    [
      { atLeast: 1, where: { level: { atLeast: "provincial" }, place: { atMost: 3 } } },
      "≥ 1（等级 ≥ 省部级、place ≤ 3）",
    ],
  ])("required %j", (value, text) => {
    expect(describeRequired(value, words)).toBe(text);
  });
});

describe("problems of the server", () => {
  test("keep both languages and the property at fault", () => {
    const problem = toProblem(400, { title: "bad", message: { zh: "错", en: "wrong" }, property: "birthDate" });
    expect(problem).toMatchObject({ status: 400, text: { zh: "错", en: "wrong" }, property: "birthDate" });
  });

  test("a body that is no problem leaves the text open", () => {
    expect(toProblem(502, "<html>").text).toBeUndefined();
    expect(toProblem(500, { title: "Internal" }).text).toEqual({ zh: "Internal", en: "Internal" });
  });
});
