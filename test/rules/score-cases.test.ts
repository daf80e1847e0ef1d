import { describe, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { differenceText } from "../../server/rules/cases.ts";
import { parseFacts } from "../../server/rules/parse-facts.ts";
import { score } from "../../server/rules/score.ts";
import { checkScoreCase } from "../../server/rules/score-cases.ts";
import { readings, type ScoreCase } from "../../server/rules/score-text.ts";

const library = await loadLibrary(undefined, { cases: true });
const scored = [...library.books.values()].flatMap((book) =>
  (book.scores?.levels ?? []).map((level) => ({
    book,
    level,
    cases: book.scoreCases.filter((one) => one.level === level),
  })),
);

test("these rulebooks have a quantified score", () => {
  expect(scored.map(({ book, level }) => `${book.id} ${level}`)).toEqual([
    "changzhou-2024 technician",
    "changzhou-2024 seniorTechnician",
    "nantong-2023 seniorTechnician",
  ]);
});

describe.each(scored)("$book.id $level", ({ book, cases }) => {
  test.each(cases)("$name", (one) => {
    expect(checkScoreCase(book, one)).toEqual([]);
  });

  test("the cases show each item counted, each part at its cap, each reading, marks missing and rounding", () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    const results = cases
      .filter(({ expect: wanted }) => wanted.fault === undefined)
      .map(({ level, year, facts, reading }) => score(book, level, year, parseFacts(facts), { reading }));
    const parts = results.flatMap(({ daily, honours, continuingEducation }) => [daily, honours, continuingEducation]);
    const counted = new Set(parts.flatMap(({ items }) => items.filter((one) => one.counted).map(({ item }) => item)));
    const { scores } = book;
    const rules = [scores?.daily, scores?.honours, scores?.continuingEducation].flatMap((part) => part?.items ?? []);
    expect([...counted].sort()).toEqual(rules.map(({ item }) => item).sort());
    for (const part of ["daily", "honours", "continuingEducation"] as const) {
      expect(results.some((one) => one[part].points === one[part].cap && one[part].cap > 0)).toBe(true);
    }
    expect(new Set(results.map(({ honours }) => honours.reading))).toEqual(new Set(readings));
    expect(results.some(({ ability }) => ability === null)).toBe(true);
    expect(results.some(({ ability, total }) => ability && ability.points > 0 && total > ability.points)).toBe(true);
    expect(cases.some(({ expect: wanted }) => wanted.fault === "levelObtainedOn")).toBe(true);
  });
});

test("a case that does not hold says what differs", () => {
  const book = library.get("nantong-2023");
  const one: ScoreCase = {
    name: "wrong",
    level: "seniorTechnician",
    facts: { levelObtainedOn: "2018-11-20", commendedYears: [2020] },
    expect: { daily: 2, total: 1, ability: 0, missing: [] },
  };
  const told = (stated: ScoreCase) => checkScoreCase(book, stated).map(differenceText);
  expect(told(one)).toEqual([
    "daily: expected 2, found 1",
    "ability: expected 0, found null",
    expect.stringMatching(/^missing: expected \[\], found \["appraisals",/),
  ]);
  expect(told({ ...one, facts: { commendedYears: [2020] }, expect: { fault: "levelObtained" } })).toEqual([
    'fault: expected "levelObtained", found "levelObtainedOn"',
  ]);
  expect(told({ ...one, facts: { sexx: 1 }, expect: { total: 1 } })).toEqual([
    "total: expected 1, found nothing",
    'fault: expected nothing, found "sexx"',
  ]);
});
