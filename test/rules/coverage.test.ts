/** The cases beside the rules show every condition met, unmet, unknown and alone in the way, as far as its rule allows. */
import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { buildLibrary } from "../../server/rules/build-library.ts";
import { type CoverageRow, coverageOf } from "../../server/rules/coverage.ts";

const library = await loadLibrary(undefined, { cases: true });
const books = [...library.books.values()];

/** What a rule makes impossible, by id of the condition; a level or a key where only one of several is meant. */
const impossible: readonly {
  readonly id: string;
  readonly marks: readonly string[];
  readonly why: string;
  readonly where?: (row: CoverageRow) => boolean;
}[] = [
  { id: "cycle-year", marks: ["unknown"], why: "the exam year is always known" },
  { id: "not-transferred", marks: ["unknown"], why: "absence means not transferred" },
  { id: "transferred", marks: ["unknown"], why: "absence means not transferred" },
  { id: "arrived", marks: ["unknown"], why: "absence means no arrival from another province" },
  { id: "resettled", marks: ["unknown"], why: "absence means not a resettled veteran" },
  {
    id: "resettled",
    marks: ["decides"],
    why: "without a date of resettlement the years of service are unknown too; a junior needs none",
    where: ({ level }) => level !== "junior",
  },
  { id: "not-reverified", marks: ["unknown"], why: "absence counts as not by re-verification" },
  { id: "special-approval", marks: ["met"], why: "only the authority can approve" },
  {
    id: "exceptional",
    marks: ["decides"],
    why: "by how much it relaxes is not stated: who meets all else is eligible anyway, who does not stays unknown",
    where: ({ key }) => key === "exceptional-grade-worker",
  },
  { id: "review-failed-before", marks: ["unknown"], why: "absence means no failed review" },
  { id: "newMaterialNeeded", marks: ["unknown"], why: "absence means no failed review" },
  { id: "appraisalMayFollow", marks: ["unknown"], why: "a year is on record or it is not" },
];

const impossibleFor = (row: CoverageRow) =>
  impossible.filter(({ id, where }) => id === row.id && (where?.(row) ?? true)).flatMap(({ marks }) => marks);
const allMarks = ({ role }: CoverageRow) => ["met", "unmet", "unknown", ...(role === "condition" ? ["decides"] : [])];
const named = ({ level, key, pathways }: CoverageRow) => `${level} ${key} [${pathways.join(" ")}]`;

describe.each(books)("$id", (book) => {
  const rows = coverageOf(book);

  it.each([...book.levels.keys()])("has at least eight cases at level %s", (level) => {
    expect(book.cases.filter((one) => one.level === level).length).toBeGreaterThanOrEqual(8);
    expect(rows.some((row) => row.level === level && row.cases >= 8)).toBe(true);
  });

  it("every condition is shown met, unmet, unknown and alone in the way, as far as it can be", () => {
    expect(rows.filter(({ gaps }) => gaps.length > 0).map((row) => `${named(row)}: ${row.gaps.join(", ")}`)).toEqual(
      [],
    );
  });

  it("what cannot be is what the rules say, and nothing else", () => {
    const found = rows.map((row) => [
      named(row),
      allMarks(row).filter((mark) => !row.possible.some((one) => one === mark)),
    ]);
    expect(found).toEqual(rows.map((row) => [named(row), impossibleFor(row)]));
  });
});

const small = (cases: string) => `
id: example-2024
title: { zh: 例, en: Example }
document: 例〔2024〕1号
conditions:
  on-post: { cite: 一, value: { fact: onPost, is: true } }
  seniority: { cite: 二, date: { fact: levelObtainedOn, yearAtMost: -5 } }
  service: { cite: 三, date: { fact: workStartedOn, yearAtMost: -10 } }
  scored: { cite: 四, advisory: true, number: { fact: papersInTrade, atLeast: 1 } }
levels:
  senior:
    conditions: [on-post]
    pathways:
      - { id: by-level, module: normal, add: [seniority, scored] }
      - { id: by-service, module: normal, add: [service, seniority], waive: [seniority] }
people:
  senior: { onPost: true, levelObtainedOn: 2015-06-01, workStartedOn: 2020-06-01, papersInTrade: 1 }
cases:
${cases}`;

const coverageOfSmall = (cases: readonly string[]) => {
  const file = { name: "example-2024.yaml", text: small(cases.map((one) => `  - ${one}`).join("\n")) };
  const book = buildLibrary([file], { cases: true }).get("example-2024");
  return new Map(coverageOf(book).map((row) => [row.key, row]));
};

describe("coverage of a small rulebook", () => {
  const eligible = "{ name: eligible, level: senior, expect: { decision: eligible } }";
  const young =
    "{ name: young, level: senior, facts: { levelObtainedOn: 2022-06-01 }, expect: { decision: ineligible } }";

  it("one eligible case leaves all but met to be shown", () => {
    const rows = coverageOfSmall([eligible]);
    expect(rows.get("on-post")).toMatchObject({
      role: "condition",
      pathways: ["by-level", "by-service"],
      waivedIn: [],
      cases: 1,
      met: 1,
      unmet: 0,
      unknown: 0,
      decides: 0,
      gaps: ["unmet", "unknown", "decides"],
    });
    expect(rows.get("seniority")).toMatchObject({
      pathways: ["by-level", "by-service"],
      waivedIn: ["by-service"],
      met: 1,
    });
    expect(rows.get("service")).toMatchObject({ met: 0, unmet: 1, decides: 0, gaps: ["met", "unknown", "decides"] });
  });

  it("a case that either of two conditions would turn is decided by each of them", () => {
    const rows = coverageOfSmall([eligible, young]);
    expect(rows.get("seniority")).toMatchObject({ met: 1, unmet: 1, decides: 1, gaps: ["unknown"] });
    expect(rows.get("service")).toMatchObject({ met: 0, unmet: 2, decides: 1, gaps: ["met", "unknown"] });
    expect(rows.get("on-post")).toMatchObject({ met: 2, decides: 0 });
  });

  it("a case with two conditions in the way is decided by neither", () => {
    const off =
      "{ name: off, level: senior, facts: { onPost: false, levelObtainedOn: 2022-06-01 }, expect: { decision: ineligible } }";
    const rows = coverageOfSmall([off]);
    expect([...rows.values()].map(({ decides }) => decides)).toEqual([0, 0, 0, 0]);
  });

  it("an unknown condition can be all that is in the way", () => {
    const open = "{ name: open, level: senior, facts: { onPost: null }, expect: { decision: undetermined } }";
    expect(coverageOfSmall([open]).get("on-post")).toMatchObject({ unknown: 1, decides: 1, gaps: ["met", "unmet"] });
  });

  it("an advisory condition decides nothing", () => {
    const row = coverageOfSmall([eligible]).get("scored");
    expect(row).toMatchObject({ role: "advisory", pathways: ["by-level"], possible: ["met", "unmet", "unknown"] });
    expect(row?.gaps).toEqual(["unmet", "unknown"]);
  });
});
