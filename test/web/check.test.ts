import { describe, expect, test } from "vitest";
import { factCatalogue } from "../../server/api/meta.ts";
import { readFactForm, wordOf } from "../../web/api/fact-form.ts";
import { toProblem } from "../../web/api/problem.ts";
import type { AlternativeResult, ConditionResult, EvaluationResult, LevelCode, Outcome } from "../../web/api/types.ts";
import { assumptionsOf, readingOf } from "../../web/pages/check/assumptions.ts";
import { blockedPathway, blockingConditions, openPathways, progress } from "../../web/pages/check/explain.ts";
import { applyEdits, edit, gridYears, setYear } from "../../web/pages/check/facts-state.ts";
import { groupFields, groupOf } from "../../web/pages/check/groups.ts";
import { chooseQuestion } from "../../web/pages/check/question.ts";
import { isAnyOf, outcomesBefore, partsMet, treeNodes } from "../../web/pages/check/tree.ts";

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

const say = (text: string) => ({ zh: text, en: text });
const condition = (id: string, outcome: Outcome, change: Partial<ConditionResult> = {}): ConditionResult => ({
  id,
  outcome,
  required: null,
  text: say(id),
  asked: say(id),
  foundText: null,
  planning: null,
  assumed: false,
  ...change,
});
const part = (id: string, outcome: Outcome, change: Partial<AlternativeResult> = {}): AlternativeResult => ({
  id,
  outcome,
  asked: say(id),
  foundText: null,
  required: null,
  planning: null,
  assumed: false,
  ...change,
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
      planningOutcome: "unmet",
      conditions: [
        condition("level", "met"),
        condition("education", "waived"),
        condition("seniority", "unmet"),
        condition("training", "unmet", { advisory: true }),
      ],
    },
    {
      id: "early",
      module: "early",
      outcome: "unknown",
      planningOutcome: "unknown",
      conditions: [condition("seniority", "unknown")],
    },
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
    expect(first && progress(first)).toEqual({ met: 2, unmet: 1, unknown: 0, all: 3 });
  });
});

/** A pathway with one condition of three ways, one of which is two things together. */
const withParts = (...outcomes: readonly [Outcome, Outcome, Outcome]): EvaluationResult => {
  const [school, inTrade, certificate] = outcomes;
  const whole = school === "unmet" || inTrade === "unmet" ? "unmet" : "unknown";
  const education = condition("education", certificate === "met" ? "met" : "unknown", {
    required: { any: [] },
    alternatives: [
      part("school-in-trade", whole, { required: { all: [] }, alternatives: [part("a", school), part("b", inTrade)] }),
      part("certificate", certificate, { planning: "exclude", assumed: certificate === "unknown" }),
    ],
  });
  return result({
    pathways: [
      { id: "normal", module: "normal", outcome: "unknown", planningOutcome: "unmet", conditions: [education] },
    ],
  });
};

describe("the tree", () => {
  test("has every pathway, condition and part; what is met or waived is closed", () => {
    const nodes = treeNodes(withParts("unmet", "unknown", "met"));
    expect(nodes.map(({ key, outcome }) => [key, outcome])).toEqual([
      ["normal", "unknown"],
      ["normal/education", "met"],
      ["normal/education/0", "unmet"],
      ["normal/education/0/0", "unmet"],
      ["normal/education/0/1", "unknown"],
      ["normal/education/1", "met"],
    ]);
    expect(nodes.filter(({ isBranch }) => isBranch).map(({ key }) => key)).toEqual([
      "normal",
      "normal/education",
      "normal/education/0",
    ]);
    expect(nodes.filter(({ isOpen }) => isOpen).map(({ key }) => key)).not.toContain("normal/education");
    expect(treeNodes(withParts("met", "met", "unknown"))[1]).toMatchObject({ key: "normal/education", isOpen: true });
  });

  test("knows whether one part is enough, and how many are met", () => {
    const [education] = withParts("met", "unknown", "met").pathways[0]?.conditions ?? [];
    const [school] = education?.alternatives ?? [];
    expect(education && [isAnyOf(education), partsMet(education)]).toEqual([true, { met: 1, all: 2 }]);
    expect(school && [isAnyOf(school), partsMet(school)]).toEqual([false, { met: 1, all: 2 }]);
  });

  test("compares with the roster's facts, never with another question", () => {
    const now = withParts("met", "met", "met");
    expect(outcomesBefore(withParts("unmet", "met", "unknown"), now).get("normal/education/0/0")).toBe("unmet");
    expect(outcomesBefore({ ...now, targetLevel: "senior" }, now).size).toBe(0);
    expect(outcomesBefore({ ...now, examYear: 2020 }, now).size).toBe(0);
    expect(outcomesBefore(undefined, now).size).toBe(0);
  });
});

describe("what planning assumes", () => {
  test("is told apart: taken as given first, then what is not counted on, by condition", () => {
    const paper = condition("paper", "unknown", { planning: "assume", assumed: true });
    const appraisals = condition("appraisals", "unknown", {
      assumed: true,
      alternatives: [part("appraisals", "unknown", { planning: "assume", assumed: true })],
    });
    const excellence = condition("excellence", "unknown", { assumed: true });
    const champion = condition("champion", "unknown", { planning: "exclude", assumed: true });
    const conditions = [paper, appraisals, excellence, champion];
    const assumed = [
      "education.certificate",
      "champion",
      "education.unique",
      "excellence.years",
      "paper",
      "appraisals",
    ];
    const pathways = [{ id: "p", module: "normal", outcome: "unknown", planningOutcome: "unmet", conditions } as const];
    expect(assumptionsOf(result({ assumed, pathways }))).toEqual([
      { planning: "assume", condition: "paper", parts: [] },
      { planning: "assume", condition: "appraisals", parts: [] },
      { planning: "exclude", condition: "education", parts: ["certificate", "unique"] },
      { planning: "exclude", condition: "champion", parts: [] },
      { planning: "exclude", condition: "excellence", parts: ["years"] },
    ]);
    expect(conditions.map(readingOf)).toEqual(["assume", "assume", "exclude", "exclude"]);
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
