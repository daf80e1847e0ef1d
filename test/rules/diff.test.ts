import { beforeAll, describe, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { buildLibrary } from "../../server/rules/build-library.ts";
import { type ConditionChange, diffRulebooks, type RulebookDiff } from "../../server/rules/diff.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";

let library: RulebookLibrary;
beforeAll(async () => {
  library = await loadLibrary();
});

const text = (id: string) => `
id: ${id}
title: { zh: 试验, en: Trial }
document: 试验〔2020〕1号
lists:
  trades: [电工, 烹饪]
conditions:
  on-post: { cite: 一, value: { fact: onPost, is: true } }
  trade-open: { cite: 二, value: { fact: trade, in: trades } }
  in-service: { cite: 三, retirement: { after: cutOff } }
  seniority: { cite: 四, date: { fact: levelObtainedOn, yearAtMost: -4 } }
  education: { cite: 五, any: [{ id: college, value: { fact: education, in: [college, bachelor] } }, { planning: exclude, value: { fact: collegeEquivalent, is: true } }] }
  paper: { cite: 六, planning: assume, number: { fact: papersInTrade, atLeast: 1 } }
  safe-driving: { cite: 七, trades: [汽车驾驶与管理], number: { fact: safeDrivingYears, atLeast: 5 } }
  honoured: { cite: 八, id: exceptional, items: { fact: honours, where: { rank: { atLeast: municipal } } } }
  failed: { cite: 九, years: { of: [{ fact: failedReviewYears }], from: -1, through: -1, atLeast: 1 } }
levels:
  senior:
    conditions: [on-post]
    pathways: [{ id: normal, module: normal }]
  technician:
    window: { from: Y-08-01, to: Y-08-31, cite: 十 }
    cutOff: Y-12
    conditions: [on-post, trade-open, in-service, seniority, education, paper, safe-driving]
    pathways:
      - { id: normal, module: normal }
      - { id: exceptional, module: exceptional, door: honoured, waive: [education] }
    remarks: [failed]
    selectionExemption: failed
quota:
  level: technician
  cite: 十一
  bands: [{ from: 10, places: 2 }, { from: 1, places: 1 }]
publicity: { workingDays: 5, cite: 十二 }
balance:
  level: technician
  trade: { atMost: 0.15, floor: 1 }
  region: { by: workersOnPost }
  advisory: true
  cite: 十三
`;

/** The text as `base-2020` against itself with every pair of replacements made, as `other-2024`. */
function edited(...edits: readonly (readonly [from: string, to: string])[]): RulebookDiff {
  let other = text("other-2024");
  for (const [from, to] of edits) {
    if (!other.includes(from)) throw new Error(`no "${from}"`);
    other = other.replace(from, to);
  }
  const built = buildLibrary([
    { name: "base-2020.yaml", text: text("base-2020") },
    { name: "other-2024.yaml", text: other },
  ]);
  return diffRulebooks(built.get("base-2020"), built.get("other-2024"));
}

/** What of a diff says that something differs. */
function told(diff: RulebookDiff): unknown[] {
  return [
    ...diff.levels.flatMap((level) => [
      ...(level.in === "both" ? [] : [`${level.level} in ${level.in}`]),
      ...(level.window.changed ? ["window"] : []),
      ...(level.cutOff.changed ? ["cutOff"] : []),
      ...level.pathways.flatMap((one) => (one.changed && level.in === "both" ? [`pathway ${one.id} ${one.in}`] : [])),
      ...level.conditions.map(
        ({ id, role, change, pathways, through }) =>
          `${role} ${id} ${change} [${pathways}]${through.length > 0 ? ` through ${through}` : ""}`,
      ),
    ]),
    ...diff.lists.map((list) => `list ${list.name} in ${list.in} +${list.added} -${list.removed}`),
    ...(["quota", "scores", "publicity", "balance"] as const).filter((name) => diff[name].changed),
  ];
}

describe("the same", () => {
  test("every rulebook has no difference to itself", () => {
    for (const book of library.books.values()) {
      const diff = diffRulebooks(book, book, 2026);
      expect(diff.same, book.id).toBe(true);
      expect(told(diff)).toEqual([]);
    }
  });

  test.each<readonly [what: string, edits: readonly (readonly [string, string])[]]>([
    ["only id and year", []],
    [
      "other clauses",
      [
        ["cite: 四,", "cite: 四十,"],
        ["cite: 十一", "cite: 十四"],
        ["cite: 十二", "cite: 十五"],
      ],
    ],
    ["other words", [["cite: 四,", "label: { zh: 年限, en: years }, cite: 四,"]]],
    ["derived", [["cite: 四,", "derived: true, cite: 四,"]]],
    ["a list in another order", [["[电工, 烹饪]", "[烹饪, 电工]"]]],
    ["conditions in another order", [["[on-post, trade-open, in-service,", "[in-service, trade-open, on-post,"]]],
    ["keys in another order", [["fact: levelObtainedOn, yearAtMost: -4", "yearAtMost: -4, fact: levelObtainedOn"]]],
    [
      "a list under another name",
      [
        ["  trades: [电工", "  open: [电工"],
        ["in: trades", "in: open"],
      ],
    ],
    ["the list written out", [["in: trades", "in: [电工, 烹饪]"]]],
    ["a date written out", [["after: cutOff", "after: Y-12"]]],
  ])("%s", (_what, edits) => {
    const diff = edited(...edits);
    expect(told(diff).filter((one) => !String(one).startsWith("list "))).toEqual([]);
    if (diff.lists.length === 0) expect(diff.same).toBe(true);
  });
});

test.each<readonly [what: string, edits: readonly (readonly [string, string])[], expected: readonly string[]]>([
  ["a threshold", [["yearAtMost: -4", "yearAtMost: -5"]], ["condition seniority changed [normal,exceptional]"]],
  [
    "an operator",
    [["date: { fact: levelObtainedOn, yearAtMost: -4 }", "present: { fact: levelObtainedOn }"]],
    ["condition seniority changed [normal,exceptional]"],
  ],
  ["an alternative", [["[college, bachelor]", "[college]"]], ["condition education changed [normal,exceptional]"]],
  [
    "a mark of an alternative",
    [["{ planning: exclude, value", "{ value"]],
    ["condition education changed [normal,exceptional]"],
  ],
  ["a mark of a condition", [["planning: assume, number", "number"]], ["condition paper changed [normal,exceptional]"]],
  ["advisory", [["cite: 六,", "cite: 六, advisory: true,"]], ["condition paper changed [normal,exceptional]"]],
  [
    "trades of a condition",
    [["trades: [汽车驾驶与管理]", "trades: [汽车驾驶与管理, 电工]"]],
    ["condition safe-driving changed [normal,exceptional]"],
  ],
  [
    "a condition gone",
    [["education, paper, safe-driving]", "education, safe-driving]"]],
    ["condition paper removed [normal,exceptional]"],
  ],
  [
    "a condition of one pathway gone",
    [["waive: [education] }", "waive: [education], omit: [paper] }"]],
    ["condition paper removed [exceptional]"],
  ],
  ["a waiver", [["waive: [education]", "waive: [education, seniority]"]], ["pathway exceptional both"]],
  ["a relief", [["waive: [education]", "waive: [education], relieve: [seniority]"]], ["pathway exceptional both"]],
  [
    "a module",
    [["{ id: exceptional, module: exceptional", "{ id: exceptional, module: direct"]],
    ["pathway exceptional both"],
  ],
  ["the door", [["atLeast: municipal", "atLeast: provincial"]], ["condition exceptional changed [exceptional]"]],
  [
    "a pathway gone",
    [["      - { id: exceptional, module: exceptional, door: honoured, waive: [education] }\n", ""]],
    ["pathway exceptional a", "condition exceptional removed [exceptional]"],
  ],
  [
    "a list",
    [["[电工, 烹饪]", "[电工, 茶艺]"]],
    ["condition trade-open changed [normal,exceptional] through trades", "list trades in both +茶艺 -烹饪"],
  ],
  ["the window", [["to: Y-08-31", "to: Y-09-30"]], ["window"]],
  [
    "the cut-off",
    [["cutOff: Y-12", "cutOff: (Y+1)-05"]],
    ["cutOff", "condition in-service changed [normal,exceptional] through cutOff"],
  ],
  [
    "a level gone",
    [["  senior:\n    conditions: [on-post]\n    pathways: [{ id: normal, module: normal }]\n", ""]],
    ["senior in a"],
  ],
  [
    "a remark and the exemption",
    [["from: -1, through: -1", "from: -2, through: -1"]],
    ["selectionExemption failed changed []", "remark failed changed []"],
  ],
  ["a remark gone", [["    remarks: [failed]\n", ""]], ["remark failed removed []"]],
  ["quota", [["from: 10, places: 2", "from: 12, places: 2"]], ["quota"]],
  ["publicity", [["workingDays: 5", "workingDays: 7"]], ["publicity"]],
  ["balance", [["atMost: 0.15", "atMost: 0.2"]], ["balance"]],
  [
    "two at once",
    [
      ["yearAtMost: -4", "yearAtMost: -3"],
      ["atLeast: 5", "atLeast: 3"],
    ],
    ["condition seniority changed [normal,exceptional]", "condition safe-driving changed [normal,exceptional]"],
  ],
])("%s is told, and nothing else", (_what, edits, expected) => {
  const diff = edited(...edits);
  expect(told(diff)).toEqual(expected);
  expect(diff.same).toBe(false);
});

test("what only one pathway asks is told with it, what is known from others is not", () => {
  const early = `      - { id: early, module: early, door: honoured, replace: { seniority: sooner } }
    remarks`;
  const diff = edited(
    ["    remarks", early],
    [
      "  education:",
      "  sooner: { cite: 四, id: seniority, date: { fact: levelObtainedOn, yearAtMost: -3 } }\n  education:",
    ],
    ["to: Y-08-31", "to: Y-09-30"],
  );
  expect(told(diff)).toEqual(["window", "pathway early b", "condition seniority added [early]"]);
});

describe("between the rulebooks", () => {
  const between = (a: string, b: string, year?: number) => diffRulebooks(library.get(a), library.get(b), year);
  const changeOf = (diff: RulebookDiff, level: string, id: string): ConditionChange | undefined =>
    diff.levels.find((one) => one.level === level)?.conditions.find((one) => one.id === id);

  test("years that only move with the exam year are no difference, and both citations are given", () => {
    const diff = between("nantong-2023", "changzhou-2024");
    expect(diff.year).toEqual({ a: 2023, b: 2024 });
    expect(changeOf(diff, "seniorTechnician", "seniority")).toBeUndefined();
    expect(changeOf(diff, "seniorTechnician", "trade-open")).toMatchObject({
      change: "removed",
      a: { citation: { document: "通人社考〔2023〕5号", clause: "二" } },
      b: null,
    });
    expect(changeOf(diff, "seniorTechnician", "driving-licence")).toMatchObject({ change: "added", a: null });
    expect(changeOf(diff, "seniorTechnician", "fraud-ban")).toMatchObject({
      change: "changed",
      through: ["window.from"],
      a: { required: "2020-06-13", citation: { document: "通人社考〔2023〕5号" } },
      b: { required: "2021-06-01" },
    });
    const same = between("nantong-2023", "changzhou-2024", 2025);
    expect(same.year).toEqual({ a: 2025, b: 2025 });
    expect(changeOf(same, "seniorTechnician", "fraud-ban")?.a?.required).toBe("2022-06-13");
  });

  test("turned round, what was added is removed", () => {
    const ids = [...library.books.keys()];
    for (const a of ids) {
      for (const b of ids) {
        const there = between(a, b);
        const back = between(b, a);
        const opposite = { added: "removed", removed: "added", changed: "changed" } as const;
        const name = (one: ConditionChange, change: string) =>
          `${one.role} ${one.id} ${change} ${[...one.pathways].sort()}`;
        for (const [index, level] of there.levels.entries()) {
          expect(level.conditions.map((one) => name(one, one.change)).sort()).toEqual(
            back.levels[index]?.conditions.map((one) => name(one, opposite[one.change])).sort(),
          );
        }
        expect(there.lists.map(({ name: list, added }) => [list, added]).sort()).toEqual(
          back.lists.map(({ name: list, removed }) => [list, removed]).sort(),
        );
        expect(there.same).toBe(back.same);
        expect(there.same).toBe(a === b);
      }
    }
  });

  test("an impossible year is bad input", () => {
    expect(() => between("nantong-2023", "changzhou-2024", 2101)).toThrow(/invalid year: 2101/);
  });
});
