import { describe, expect, test } from "vitest";
import { problemName } from "../../server/rosters/problem-names.ts";
import type { PreviewColumn, PreviewField, RosterProblem } from "../../web/api/import-types.ts";
import { zhCN } from "../../web/locales/zh-CN.ts";
import { emptyFlow, readFlow, withCorrected, withFile, withNext } from "../../web/pages/imports/flow.ts";
import {
  chooseTarget,
  guessYear,
  matchedColumns,
  missingFields,
  sheetsByYear,
  withoutChoice,
} from "../../web/pages/imports/matching.ts";
import {
  changeProblemFilter,
  countByUnit,
  filterProblems,
  placeOf,
  readProblemFilter,
} from "../../web/pages/imports/problems.ts";

const column = (letter: string, heading: string, target: string | null, more: Partial<PreviewColumn> = {}) => ({
  index: letter.charCodeAt(0) - 65,
  letter,
  heading,
  target,
  remembered: null,
  leftOut: false,
  repeated: false,
  samples: [],
  suggestions: [],
  ...more,
});
const field = (name: string, required = false): PreviewField => ({
  name,
  label: { zh: name, en: name },
  required,
  orElse: null,
  yearly: name === "appraisals",
});
const file = { upload: "u1", fileName: "a.xlsx", bytes: 3 };

describe("matching", () => {
  const columns = [
    column("A", "编号", "workerId"),
    column("B", "单位", "unit"),
    column("C", "科室", null),
    column("D", "2021年度考核", "appraisal2021"),
    column("E", "2022年度考核", "appraisal2022"),
    column("F", "单位全称", null, { repeated: true }),
  ];

  test("a choice shows at once, takes the field from the column that had it, and can be taken back", () => {
    const before = matchedColumns({ columns }, {});
    expect(before.map(({ by }) => by)).toEqual(["heading", "heading", "unknown", "heading", "heading", "repeated"]);
    const { mapping, displaced } = chooseTarget(before, {}, column("C", "科室", null), "unit");
    expect(displaced.map(({ letter }) => letter)).toEqual(["B"]);
    const after = matchedColumns({ columns }, mapping);
    expect(after.slice(1, 3).map(({ target, by }) => [target, by])).toEqual([
      [null, "leftOut"],
      ["unit", "clerk"],
    ]);
    const back = withoutChoice(withoutChoice(mapping, "科室"), "单位");
    expect(matchedColumns({ columns }, back)).toEqual(before);
  });

  test("no field has two columns, whatever is chosen; years of one field stand beside each other", () => {
    let mapping = {};
    for (const [letter, target] of [
      ["C", "unit"],
      ["A", "unit"],
      ["C", "appraisal2021"],
      ["F", "workerId"],
      ["B", "workerId"],
      ["B", ""],
    ] as const) {
      const chosen = columns.find((one) => one.letter === letter);
      if (chosen) ({ mapping } = chooseTarget(matchedColumns({ columns }, mapping), mapping, chosen, target));
      const targets = matchedColumns({ columns }, mapping).flatMap((one) => one.target ?? []);
      expect(new Set(targets).size).toBe(targets.length);
    }
    expect(matchedColumns({ columns }, {}).flatMap(({ target }) => target ?? [])).toContain("appraisal2022");
  });

  test("required columns that are missing; the year may be given instead", () => {
    const fields = [field("rosterYear", true), field("workerId", true), field("unit", true), field("appraisals")];
    const names = (year: number | null, mapping = {}) =>
      missingFields(fields, matchedColumns({ columns }, mapping), "workers", year).map(({ name }) => name);
    expect(names(null)).toEqual(["rosterYear"]);
    expect(names(2022)).toEqual([]);
    expect(names(2022, { 单位: "" })).toEqual(["unit"]);
  });

  test.each([
    ["截至2023年12月31日", null, "名册.xlsx", { year: 2023, from: "title" }],
    ["名册", "２０２２年", "名册2021.xlsx", { year: 2022, from: "sheet" }],
    ["", null, "名册20201231.xlsx", { year: 2020, from: "file" }],
    ["", null, "名册-2019-终稿.xlsx", { year: 2019, from: "file" }],
    ["电话 02512023456", "Sheet1", "名册.xlsx", undefined],
    ["建国1949年", null, "a.csv", undefined],
  ])("year in %j, %j, %j", (title, sheet, fileName, wanted) => {
    expect(guessYear({ titles: [title], sheet }, fileName)).toEqual(wanted);
  });
});

test("sheets named by different years, without a column for them", () => {
  const sheet = (name: string, missing: readonly string[] = ["年度 rosterYear"], otherKind = false) => ({
    ...{ name, hidden: false, rows: 5, headingRow: 1, recognised: 5, missing, otherKind },
    ...{ suggestedUnit: null, suggestedDistrict: null },
  });
  const years = (...sheets: ReturnType<typeof sheet>[]) => sheetsByYear({ sheets }, "workers").map(({ year }) => year);
  expect(years(sheet("2021年"), sheet("２０２２"), sheet("说明"))).toEqual([2021, 2022]);
  expect(years(sheet("2021年"), sheet("2021年补报"))).toEqual([]);
  expect(years(sheet("2021年", []), sheet("2022年", []))).toEqual([]);
  expect(years(sheet("2021年"), sheet("2022申报", ["年度 rosterYear"], true))).toEqual([]);
});

describe("the flow of a tab", () => {
  test("the first file is begun with, the others wait; a corrected one keeps what was said", () => {
    const flow = withFile(withFile(emptyFlow, file), { ...file, upload: "u2" });
    expect([flow.file?.upload, flow.waiting.map(({ upload }) => upload)]).toEqual(["u1", ["u2"]]);
    const told = { ...flow, year: 2022, mapping: { 科室: "unit" }, checkJob: "j1", step: "check" } as const;
    expect(withCorrected(told, { ...file, upload: "u3" })).toMatchObject({
      ...{ step: "match", year: 2022, mapping: { 科室: "unit" }, checkJob: null, file: { upload: "u3" } },
    });
    const next = withNext(told);
    expect(next).toMatchObject({ step: "choose", year: null, mapping: { 科室: "unit" }, file: { upload: "u2" } });
    expect(withNext(next)).toEqual(emptyFlow);
  });

  test("what was kept is found again; anything strange begins anew", () => {
    const flow = { ...emptyFlow, file, step: "check", kind: "applications", year: 2022, checkJob: "j" } as const;
    expect(readFlow(JSON.stringify(flow))).toEqual(flow);
    for (const strange of [null, "", "{", "[]", '"x"', "{}", '{"file":{}}', '{"file":null}']) {
      expect(readFlow(strange)).toEqual(emptyFlow);
    }
    expect(
      readFlow(JSON.stringify({ ...flow, step: "fly", mapping: { a: 1, b: "unit" }, waiting: [1] })),
    ).toMatchObject({
      ...{ step: "choose", mapping: { b: "unit" }, waiting: [] },
    });
  });
});

describe("problems", () => {
  const problem = (more: Partial<RosterProblem>): RosterProblem => ({
    row: 3,
    column: "工种",
    value: "纺纱",
    code: "trade-unknown",
    severity: "warning",
    message: { zh: "不在目录中", en: "unknown trade" },
    ...more,
  });
  const all = [
    problem({ sheet: "江都", cell: "F3", unit: "甲" }),
    problem({ code: "date-invalid", severity: "error", row: 4, cell: "G4", unit: "乙" }),
    problem({ code: "row-ignored", row: 9, sheet: "江都", cells: 3 }),
    problem({ row: null, code: "file-type" }),
  ];

  test("places", () => {
    expect(all.map(placeOf)).toEqual(["江都!F3", "G4", "江都!9", ""]);
  });

  test("narrowed by the address, which keeps what else stands in it", () => {
    const search = changeProblemFilter(new URLSearchParams("x=1"), { severity: "warning", unit: "", q: "纺纱" });
    const filter = readProblemFilter(search);
    expect(filter).toEqual({ severity: "warning", code: "", unit: "", q: "纺纱" });
    expect(filterProblems(all, filter).map(({ code }) => code)).toEqual(["row-ignored", "file-type"]);
    const cleared = changeProblemFilter(search, { severity: "", unit: undefined, q: "" });
    expect(cleared.toString()).toBe("x=1");
    expect(filterProblems(all, readProblemFilter(cleared))).toHaveLength(4);
  });

  test("counted by unit, errors first; one that stands for several cells counts them all", () => {
    expect(countByUnit(all)).toEqual([
      { unit: "乙", errors: 1, warnings: 0 },
      { unit: "", errors: 0, warnings: 4 },
      { unit: "甲", errors: 0, warnings: 1 },
    ]);
  });

  test("have the short names that the marked workbook gives them", () => {
    for (const [code, name] of Object.entries(zhCN.importing.codes)) expect(name, code).toBe(problemName(code));
  });
});
