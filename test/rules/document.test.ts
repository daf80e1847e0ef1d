import { beforeAll, describe, expect, test } from "vitest";
import { documentSchema } from "../../server/api/rulebooks-schemas.ts";
import { loadLibrary } from "../../server/library.ts";
import { workingDays } from "../../server/reference/working-days.ts";
import { type ConditionDocument, type RulebookDocument, rulebookDocument } from "../../server/rules/document.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";

let library: RulebookLibrary;
beforeAll(async () => {
  library = await loadLibrary();
});

const sent = (document: RulebookDocument): unknown => JSON.parse(JSON.stringify(document));
const read = (id: string, year?: number) => rulebookDocument(library.get(id), year);
const levelOf = (document: RulebookDocument, level: string) => {
  const found = document.levels.find((one) => one.level === level);
  if (!found) throw new Error(`no ${level}`);
  return found;
};
const conditionOf = (document: RulebookDocument, level: string, pathway: string, id: string): ConditionDocument => {
  const found = levelOf(document, level)
    .pathways.find((one) => one.id === pathway)
    ?.conditions.find((one) => one.id === id);
  if (!found) throw new Error(`no ${level} ${pathway} ${id}`);
  return found;
};

test("every rulebook in its own and in another year is what the schema says, whole", () => {
  for (const book of library.books.values()) {
    for (const year of [undefined, 2027]) {
      const document = sent(rulebookDocument(book, year));
      expect(documentSchema.parse(document), book.id).toEqual(document);
    }
  }
});

test("nothing is without words, and nothing without its clause", () => {
  for (const book of library.books.values()) {
    const document = rulebookDocument(book);
    const all = document.levels.flatMap(({ pathways, remarks, selectionExemption }) => [
      ...pathways.flatMap(({ conditions }) => conditions),
      ...remarks,
      ...(selectionExemption ? [selectionExemption] : []),
    ]);
    expect(all.length).toBeGreaterThan(8);
    for (const { key, sentence, citation, alternatives } of all) {
      const sentences = [sentence, ...(alternatives ?? []).map((one) => one.sentence)];
      for (const { zh, en } of sentences) {
        expect(zh, `${book.id} ${key}`).toMatch(/\p{Script=Han}/u);
        expect(en, `${book.id} ${key}`).toMatch(/[a-z]/);
      }
      expect(citation.document && citation.clause, `${book.id} ${key}`).not.toBe("");
    }
  }
});

describe("what stands in it", () => {
  test("the dates and thresholds are those of the exam year", () => {
    const own = levelOf(read("nantong-2023"), "seniorTechnician");
    expect(own.window).toMatchObject({ from: "2023-06-13", to: "2023-06-27", derived: [] });
    expect(own.window?.citation).toEqual({ document: "通人社考〔2023〕5号", clause: "五(一)1" });
    expect(own.cutOff).toBe("2024-05");
    const later = read("nantong-2023", 2026);
    expect(later).toMatchObject({ year: 2026, projected: true, id: "nantong-2023" });
    expect(levelOf(later, "seniorTechnician").window).toMatchObject({ from: "2026-06-13", to: "2026-06-27" });
    expect(conditionOf(later, "seniorTechnician", "normal", "seniority")).toMatchObject({
      required: 2022,
      sentence: { zh: "取得现等级时间应在2022年底前" },
    });
    expect(levelOf(read("fujian-2020"), "seniorTechnician").window).toBeNull();
  });

  test("windows tell their working days as far as the calendar reaches", () => {
    const days = (year: number) =>
      levelOf(rulebookDocument(library.get("nantong-2023"), year, workingDays), "seniorTechnician").window?.workingDays;
    // 13 to 27 June 2023: eleven weekdays without 22 and 23 June (端午), with 25 June worked in their stead
    expect(days(2023)).toBe(10);
    expect(days(2090)).toBeNull();
    expect(levelOf(read("nantong-2023"), "seniorTechnician").window?.workingDays).toBeNull();
  });

  test("quota, scores, publicity and balance as the rulebook has them", () => {
    const nantong = read("nantong-2023");
    expect(nantong.quota).toMatchObject({ level: "seniorTechnician", citation: { clause: "五(二)" } });
    expect(nantong.scores).toMatchObject({ levels: ["seniorTechnician"], daily: { cap: 15 } });
    expect(nantong.publicity).toMatchObject({ workingDays: 5 });
    expect(nantong.balance).toBeNull();
    expect(read("fujian-2020")).toMatchObject({ quota: null, scores: null, balance: { trade: { atMost: 0.15 } } });
  });

  test("what is derived, inherited, assumed, excluded, advisory, for some trades, waived and relieved says so", () => {
    const changzhou = read("changzhou-2024");
    expect(changzhou).toMatchObject({ year: 2024, projected: false, extends: "jiangsu-2020" });
    expect(levelOf(changzhou, "junior").window?.derived).toEqual(["from"]);
    const of = (pathway: string, id: string, level = "seniorTechnician") => conditionOf(changzhou, level, pathway, id);
    expect(of("normal", "on-post")).toMatchObject({ inheritedFrom: "jiangsu-2020", derived: false });
    expect(of("exceptional-education", "exceptional")).toMatchObject({ inheritedFrom: "jiangsu-2020", derived: true });
    expect(of("normal", "paper")).toMatchObject({ inheritedFrom: null, planning: "assume" });
    expect(of("normal", "continuing-education")).toMatchObject({ advisory: true });
    expect(of("normal", "driving-licence").trades).toEqual(["汽车驾驶与管理"]);
    expect(of("normal", "seniority")).toMatchObject({ waived: false, relieved: false });
    expect(of("exceptional-seniority", "seniority")).toMatchObject({ waived: true });
    expect(of("exceptional", "seniority", "senior")).toMatchObject({ waived: false, relieved: true });
    expect(of("early", "seniority", "senior")).toMatchObject({ key: "seniority-early", required: 2020 });
  });

  test("alternatives stand by themselves, with their marks", () => {
    const education = conditionOf(read("nantong-2023"), "seniorTechnician", "normal", "education");
    expect(education.alternatives?.map(({ id, planning }) => [id, planning])).toEqual([
      ["college", null],
      ["adultHigherEducationCertificate", "exclude"],
    ]);
    const exceptional = conditionOf(read("nantong-2023"), "seniorTechnician", "exceptional-education", "exceptional");
    expect(exceptional.alternatives?.map(({ id, planning }) => [id, planning])).toEqual([
      ["municipal-honour", "exclude"],
      ["professional-title", "exclude"],
      ["mentorship", "exclude"],
    ]);
    expect(conditionOf(read("nantong-2023"), "seniorTechnician", "normal", "level").alternatives).toBeNull();
  });

  test("pathways and their conditions are those of an evaluation, in the same order", () => {
    const everyTrade = [...library.books.values()].flatMap((book) =>
      [...book.levels.keys()].map((level) => [book, level] as const),
    );
    for (const [book, level] of everyTrade) {
      // with the trade unknown an evaluation lists the extras of all trades
      const evaluated = evaluate(book, level, 2025, {});
      const shown = levelOf(rulebookDocument(book, 2025), level);
      expect(shown.pathways.map(({ id, conditions }) => [id, conditions.map((one) => one.id)])).toEqual(
        evaluated.pathways.map(({ id, conditions }) => [id, conditions.map((one) => one.id)]),
      );
      expect(shown.pathways.flatMap(({ conditions }) => conditions.map(({ required }) => required))).toEqual(
        evaluated.pathways.flatMap(({ conditions }) => conditions.map(({ required }) => required)),
      );
    }
  });

  test("the exemption from the selection exam and the remarks", () => {
    const technician = levelOf(read("jiangsu-2020"), "technician");
    expect(technician.selectionExemption).toMatchObject({ facts: ["failedReviewYears"] });
    expect(levelOf(read("fujian-2020"), "seniorTechnician").remarks.map(({ id }) => id)).toEqual([
      "newMaterialNeeded",
      "noPostLimit",
    ]);
  });
});

test("an impossible year is bad input", () => {
  expect(() => read("nantong-2023", 1999)).toThrow(/invalid year: 1999/);
});
