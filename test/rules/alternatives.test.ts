/** What the parts of a condition come to, and what planning assumes of them. */
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { type ConditionResult, type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import type { AlternativeResult } from "../../server/rules/explain.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { RandomPeople, randomNumbers } from "./people.ts";

const library = await loadLibrary();
const detail = { detail: true };

function conditionOf(result: EvaluationResult, pathway: string, id: string): ConditionResult {
  const found = result.pathways.find((one) => one.id === pathway)?.conditions.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id} in ${pathway}`);
  return found;
}

const nantong = (facts: Facts) => evaluate(library.get("nantong-2023"), "seniorTechnician", undefined, facts, detail);
const jiaozuo = (facts: Facts) => evaluate(library.get("jiaozuo-2023"), "seniorTechnician", undefined, facts, detail);
const fujian = (facts: Facts) => evaluate(library.get("fujian-2020"), "seniorTechnician", undefined, facts, detail);

describe("the parts of a condition", () => {
  it("each come with outcome, sentences, what was found, the threshold and the shortfall", () => {
    const education = conditionOf(nantong({ education: "technicalSchool" }), "normal", "education");
    expect(education).toMatchObject({ outcome: "unknown", planning: null, assumed: true });
    expect(education.asked?.zh).toBe("具有大专及以上学历，或取得人社部门颁发的成人高等教育专业证书");
    expect(education.alternatives).toMatchObject([
      { id: "college", outcome: "unmet", found: "technicalSchool", planning: null, assumed: false },
      { id: "adultHigherEducationCertificate", outcome: "unknown", found: null, planning: "exclude", assumed: true },
    ]);
    expect(education.alternatives?.[0]?.text.zh).toBe("学历应为大专、本科、硕士或博士；现为：技工学校");

    const facts = { appointedOn: "2017-03-01", workStartedOn: "1995-07-01" };
    const tenure = conditionOf(fujian(facts), "normal", "tenure").alternatives;
    expect(tenure?.[0]).toMatchObject({ id: "appointed-5", outcome: "unmet", required: 5 });
    expect(tenure?.[0]?.shortfall?.zh).toBe("还差 1 年 2 个月");
    expect(tenure?.[1]).toMatchObject({
      id: "service-30-appointed-3",
      outcome: "unmet",
      alternatives: [
        { id: "workStartedOn", outcome: "unmet" },
        { id: "appointedOn", outcome: "met" },
      ],
    });
  });

  it("say that a way was used before", () => {
    const facts: Facts = {
      honours: [{ kind: "technicalExpert", rank: "municipal" }],
      exceptionalConditionsUsed: ["municipal-honour"],
    };
    const [honour, title] = conditionOf(nantong(facts), "exceptional-education", "exceptional").alternatives ?? [];
    expect(honour).toMatchObject({ id: "municipal-honour", outcome: "unmet", planning: "exclude", assumed: false });
    expect(honour?.shortfall?.zh).toContain("已使用过");
    expect(title).toMatchObject({ id: "professional-title", outcome: "unknown", assumed: true });
  });

  it("are assumed as met where the notice lets the paper follow", () => {
    const appraisals: Facts["appraisals"] = {
      2018: "qualified",
      2019: "qualified",
      2020: "qualified",
      2021: "qualified",
    };
    const condition = conditionOf(jiaozuo({ appraisals }), "normal", "appraisals");
    expect(condition).toMatchObject({
      outcome: "unknown",
      assumed: true,
      alternatives: [
        { outcome: "met", planning: null, assumed: false },
        { outcome: "unknown", planning: "assume", assumed: true },
      ],
    });
    const failed = conditionOf(jiaozuo({ appraisals: { ...appraisals, 2020: "ungraded" } }), "normal", "appraisals");
    expect(failed).toMatchObject({ outcome: "unmet", assumed: false });
    expect(failed.alternatives?.[1]).toMatchObject({ outcome: "unknown", planning: "assume", assumed: false });
  });

  it("are not assumed of a condition that the pathway waives, nor of one that only advises", () => {
    const result = nantong({ education: "technicalSchool" });
    const waived = conditionOf(result, "exceptional-education", "education");
    expect(waived).toMatchObject({ outcome: "waived", assumed: false });
    expect(waived.alternatives?.map(({ assumed }) => assumed)).toEqual([false, false]);
    expect(conditionOf(result, "normal", "continuing-education")).toMatchObject({ advisory: true, assumed: false });
    expect(conditionOf(result, "normal", "paper")).toMatchObject({ planning: "assume", assumed: true });
  });

  it("a condition in the notice's own words also says its dates", () => {
    const licence = conditionOf(
      nantong({ trade: "电工", postLicenceValidUntil: "2023-01-01" }),
      "normal",
      "post-licence",
    );
    expect(licence.asked?.zh).toContain("需持证上岗工种");
    expect(licence.exactly?.zh).toBe("上岗证有效期应至少到2023-06-27");
    expect(licence.foundText?.zh).toBe("2023-01-01");
    expect(conditionOf(nantong({}), "normal", "seniority")).not.toHaveProperty("exactly");
  });

  it("are left out unless asked for", () => {
    const result = evaluate(library.get("nantong-2023"), "seniorTechnician", undefined, {});
    for (const condition of result.pathways.flatMap(({ conditions }) => conditions)) {
      expect(condition).not.toHaveProperty("alternatives");
      expect(condition).toMatchObject({ planning: expect.toBeOneOf([null, "assume", "exclude"]) });
    }
  });
});

const order = ["unmet", "unknown", "met"];

/** Names of `assumed` that the tree of a condition marks; "" is the condition itself. */
function marked(alternatives: readonly AlternativeResult[]): string[] {
  return alternatives.flatMap(({ id, assumed, planning, alternatives: inner }) => [
    ...(assumed && planning === "exclude" ? [id] : []),
    ...(assumed && planning === "assume" ? [""] : []),
    ...marked(inner ?? []),
  ]);
}

const everyLevel = [...library.books.values()].flatMap((book) =>
  [...book.levels.keys()].map((level) => [`${book.id} ${level}`, book, level] as const),
);

describe.each(everyLevel)("%s", (_, book, level) => {
  const people = new RandomPeople(randomNumbers(book.year + 7), book.year);
  const results = Array.from({ length: 300 }, (_, index) => {
    const facts = people.next(index);
    return { facts, result: evaluate(book, level, undefined, facts, detail) };
  });

  it("detail changes nothing else", () => {
    for (const { facts, result } of results) {
      const pathways = result.pathways.map(({ label, ...pathway }) => ({
        ...pathway,
        conditions: pathway.conditions.map(({ asked, exactly, foundText, shortfall, alternatives, ...plain }) => plain),
      }));
      expect({ ...result, pathways }).toEqual(evaluate(book, level, undefined, facts));
    }
  });

  it("any is the best of its parts, all the worst", () => {
    const check = (one: ConditionResult | AlternativeResult, used: readonly string[]) => {
      const alternatives = one.alternatives ?? [];
      if (alternatives.length === 0 || used.includes(one.id)) return;
      const outcomes = alternatives.map(({ outcome }) => order.indexOf(outcome));
      const isAny = Object.hasOwn(Object(one.required), "any");
      expect(order.indexOf(one.outcome)).toBe(isAny ? Math.max(...outcomes) : Math.min(...outcomes));
      for (const part of alternatives) check(part, used);
    };
    for (const { facts, result } of results) {
      const conditions = result.pathways.flatMap((pathway) => pathway.conditions);
      for (const one of conditions) {
        // Waived, for a trade that is not known, or for an authority to say: more than the parts decides.
        if (one.outcome === "waived" || one.id === "special-approval") continue;
        if (one.id === "driving-licence" && !facts.trade) continue;
        check(one, facts.exceptionalConditionsUsed ?? []);
      }
    }
  });

  it("what is marked as assumed is what the evaluation names", () => {
    for (const { result } of results) {
      const conditions = result.pathways.flatMap((pathway) => pathway.conditions);
      const named = new Set(result.assumed.map((name) => name.split(".")[0]));
      expect(new Set(conditions.filter(({ assumed }) => assumed).map(({ id }) => id))).toEqual(named);
      for (const { id, alternatives } of conditions) {
        for (const name of marked(alternatives ?? [])) expect(result.assumed).toContain(name ? `${id}.${name}` : id);
      }
      for (const name of result.assumed) {
        const [id, part] = name.split(".");
        const trees = conditions.flatMap((one) => (one.id === id && one.alternatives ? [one.alternatives] : []));
        if (part !== undefined && trees.length > 0) expect(trees.flatMap(marked)).toContain(part);
      }
    }
  });
});
