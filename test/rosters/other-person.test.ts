/** The worker number of one person in another one's file: nobody's row goes for somebody else's. */
import { expect, test } from "vitest";
import type { FoundProblem } from "../../server/rosters/report.ts";
import { undoRows } from "../../server/rosters/undo.ts";
import { codes, type Ground, ground, roster } from "./ground.ts";

const [one, two] = ["999999198507060016", "99999919780315002X"];
const load = (at: Ground, lines: string[], more = {}) => at.loadContent(roster(lines, ",姓名,身份证号,出生日期"), more);
const held = async (at: Ground) =>
  (await at.rows("workers")).map(
    ({ workerId, unit, name, idLast4 }) => `${workerId} ${unit} ${name} ${idLast4 ?? "-"}`,
  );
const taken = "worker-id-taken-by-other";

test("a number that is another person's by the identity number rejects the row, in a dry run as well; the stored row stays", async () => {
  const at = await ground();
  await load(at, [`2022,1,江都,示例甲校,张三,${one},1985-07-06`]);
  const lines = [`2022,1,江都,示例乙校,李四,${two},1978-03-15`, `2022,2,江都,示例乙校,王五,,1970-01-01`];
  const found: FoundProblem[] = [];
  const dry = await load(at, lines, { dryRun: true, onProblem: (problem: FoundProblem) => found.push(problem) });
  expect(dry).toMatchObject({ rowsRead: 2, rowsLoaded: 1, rowsRejected: 1, rowsUpdated: 0, errors: 1 });
  expect(dry.problems.filter(({ severity }) => severity === "error")).toMatchObject([
    {
      ...{ row: 2, column: "人员编号", cell: "B2", value: "1", code: taken, severity: "error", unit: "示例乙校" },
      message: {
        zh: "人员编号 1 在 2022 年名册中已属于另一人（身份证号不同；单位 示例甲校），该行未录入。如确为同一人更正身份证号，请先撤销原导入，或先将该行身份证号留空导入一次再更正",
      },
    },
  ]);
  expect(found.filter(({ severity }) => severity === "error")).toMatchObject([
    { code: taken, cell: "B2", workerId: "1", name: "李四", unit: "示例乙校" },
  ]);
  expect(JSON.stringify([dry, found])).not.toMatch(/\d{15}/);
  const report = await load(at, lines);
  expect({ ...report, dryRun: true, version: 1, importId: null }).toEqual(dry);
  expect(await held(at)).toEqual(["1 示例甲校 张三 0016", "2 示例乙校 王五 -"]);
  // another year is another matter
  expect(await load(at, [`2023,1,江都,示例乙校,李四,${two},1978-03-15`])).toMatchObject({
    rowsRejected: 0,
    rowsLoaded: 1,
  });
});

test("a corrected identity number of the same person goes in by undoing, or by a row without it", async () => {
  const at = await ground();
  const wrong = `2022,1,江都,甲,张三,${one},`;
  const right = `2022,1,江都,甲,张三,${two},`;
  await load(at, [wrong]);
  expect(codes(await load(at, [right]))).toContain(`2:${taken}`);
  await undoRows(at.store, "workers", async () => undefined, { who: "测试" });
  expect(await load(at, [right])).toMatchObject({ rowsLoaded: 1 });
  expect(await load(at, ["2022,1,江都,甲,张三,,"])).toMatchObject({ rowsUpdated: 1, problems: [] });
  expect(await load(at, [wrong])).toMatchObject({ rowsUpdated: 1, rowsRejected: 0 });
  expect(await held(at)).toEqual(["1 甲 张三 0016"]);
});

test.each([
  ["name and unit", `2022,1,江都,乙,李四,,1985`, "姓名和单位都不同；单位 甲"],
  ["name and date of birth", `2022,1,江都,甲,李四,${two},1978-03-15`, "姓名和出生日期都不同；单位 甲"],
])("where no identity number tells, %s together do", async (_, line, words) => {
  const at = await ground();
  await load(at, ["2022,1,江都,甲,张三,,1985-07-06"]);
  const report = await load(at, [line]);
  expect(report).toMatchObject({ rowsRejected: 1, rowsUpdated: 0, importId: null });
  const { message } = report.problems.find(({ code }) => code === taken) ?? {};
  expect(message?.zh).toContain(words);
  expect(await held(at)).toEqual(["1 甲 张三 -"]);
});

test("a new name alone and a new unit alone are taken with a warning; the same person by the identity number always is", async () => {
  const at = await ground();
  await load(at, [`2022,1,江都,甲,张三,${one},1985-07-06`, "2022,2,江都,甲,李四,,1980-01", "2022,3,江都,甲,王五,,"]);
  const report = await load(at, [
    `2022,1,江都,乙,张叁,${one},1985-07-06`,
    "2022,2,江都,乙,李 四,,1980",
    "2022,3,江都,甲,王伍,,",
  ]);
  expect(report).toMatchObject({ rowsUpdated: 3, rowsRejected: 0 });
  expect(report.problems.map(({ cell, code, value }) => `${cell} ${code} ${value}`)).toEqual([
    "E2 worker-name-differs 张叁",
    "F2 id-number-sex-taken null",
    "D3 worker-unit-differs 乙",
    "E4 worker-name-differs 王伍",
  ]);
  expect(report.problems[0]?.message.zh).toContain("人员编号 1 在 2022 年名册中的姓名是“张三”");
});

test("every row of a list that counts anew is said, the report lists them bounded", async () => {
  const at = await ground();
  const list = (unit: string, born: number, rows = 12_000) =>
    Array.from({ length: rows }, (_, n) => `2022,${n + 1},江都,${unit},${unit}${n},,${born}`);
  await load(at, list("甲", 1970));
  let found = 0;
  const report = await load(at, list("乙", 1980), { onProblem: () => found++ });
  expect(report).toMatchObject({ rowsRejected: 12_000, rowsUpdated: 0, errors: 12_000, problemsNotListed: 2_000 });
  expect(found).toBe(12_000);
});
