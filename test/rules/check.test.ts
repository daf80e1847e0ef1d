import { describe, expect, test } from "vitest";
import { runBulkCases } from "../../server/eligibility/bulk-cases.ts";
import { diagnosticsOf, readLibrary } from "../../server/rules/build-library.ts";
import { checkLibrary } from "../../server/rules/check.ts";
import { type Diagnostic, faultKinds } from "../../server/rules/diagnostic.ts";
import { faults } from "./faults.ts";
import { smallBook } from "./small-book.ts";

function check(files: Readonly<Record<string, string>>): Diagnostic[] {
  const library = readLibrary(
    Object.entries(files).map(([name, text]) => ({ name, text })),
    { cases: true },
  );
  checkLibrary(library, { names: ["电工"], aliases: ["电工技术"] });
  return diagnosticsOf(library);
}

/** The files without the mark, and where it stood. */
function unmarked(files: Readonly<Record<string, string>>) {
  const [file, text] = Object.entries(files).find(([, one]) => one.includes("‹")) ?? ["", ""];
  const before = text.slice(0, text.indexOf("‹")).split("\n");
  const place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return { place, files: { ...files, [file]: text.replace("‹", "") } };
}

test("the small book is sound", () => {
  expect(check({ "meishan-2024.yaml": smallBook })).toEqual([]);
});

describe("each fault is told once and alone, at its place, with what to do", () => {
  test.each(faults.map((one, index) => [index, one.kind, one] as const))("%i %s", (_index, kind, { files, hint }) => {
    const { place, files: texts } = unmarked(files);
    const found = check(texts);
    expect(found.map(({ code, message }) => `${code} ${message.en}`)).toEqual([
      expect.stringContaining(faultKinds[kind].code),
    ]);
    const [{ file, line, column, severity, suggestion } = {} as Diagnostic] = found;
    expect({ file, line, column }).toEqual(place);
    expect(severity).toBe(faultKinds[kind].severity);
    expect(suggestion?.zh).toContain(hint);
    expect(suggestion?.en).not.toBe("");
  });
});

test("every kind of fault is among them, and only those there are", () => {
  // only a fault of the program makes the back ends differ: tested below by what the bulk decision cannot store
  const tested = new Set([...faults.map(({ kind }) => kind), "differingCase"]);
  expect([...tested].sort()).toEqual(Object.keys(faultKinds).sort());
  const codes = Object.values(faultKinds).map(({ code }) => code);
  expect(codes).toEqual(codes.map((_, index) => `RB${String(index + 1).padStart(3, "0")}`));
});

test("a case that comes out differently in the bulk decision", async () => {
  const text = smallBook.replace(
    "\ncases:\n",
    "\ncases:\n  - { name: far ahead, level: junior, year: 2040, facts: { appraisals: { 2038: qualified, 2039: qualified } }, expect: { decision: eligible } }\n",
  );
  const library = readLibrary([{ name: "meishan-2024.yaml", text }], { cases: true });
  const failures = await runBulkCases(checkLibrary(library).sound);
  expect(failures).toEqual([
    {
      rulebook: "meishan-2024",
      level: "junior",
      case: "far ahead",
      differences: ["bulk: decision: eligible or undetermined"],
    },
  ]);
  const line = text.slice(0, text.indexOf("{ name: far")).split("\n").length;
  expect(diagnosticsOf(library)).toMatchObject([{ code: faultKinds.differingCase.code, line, column: 5 }]);
});

test("faults of several files and pieces are all told, by place", () => {
  const text = [
    ["cite: 二, level: { is: justBelow }", "cite: 二, level: { is: justBellow }"],
    ["atLeast: 3 }", "atLeast: 3, counted: day }"],
    ["in: [excellent, qualified]", "in: [excelent, qualified]"],
    ["waive: [education]", "waive: [educaton]"],
    ["to: Y-03-31", "to: Y-02-31"],
    ["places: 2", "place: 2"],
    ["onPost: true\n", "onPots: true\n"],
    ["decision: ineligible", "decision: inelegible"],
  ].reduce((so, [from = "", to = ""]) => so.replace(from, to), smallBook);
  const found = check({ "meishan-2024.yaml": text, "leshan-2024.yaml": "id: leshan-2024\nextends: meishan-2024\n" });
  expect(found.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
    "leshan-2024.yaml:1 RB004",
    "leshan-2024.yaml:1 RB004",
    "leshan-2024.yaml:2 RB038",
    "meishan-2024.yaml:10 RB005",
    "meishan-2024.yaml:14 RB003",
    "meishan-2024.yaml:17 RB014",
    "meishan-2024.yaml:27 RB006",
    "meishan-2024.yaml:34 RB024",
    "meishan-2024.yaml:40 RB003",
    "meishan-2024.yaml:49 RB039",
    "meishan-2024.yaml:58 RB005",
  ]);
});
