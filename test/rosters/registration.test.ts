/** 报名汇总名册: registration rosters name their people by identity number, not by worker number. */
import { expect, test } from "vitest";
import { undoRows } from "../../server/rosters/undo.ts";
import { codes, type Ground, ground, roster } from "./ground.ts";

const [known, other, wrong] = ["999999198507060016", "99999919780315002X", "999999198507060017"];
const heading =
  "序号,主管部门,单位名称,姓名,性别,身份证号,出生年月,参加工作时间,文化程度,原持证工种,原技术等级,取得时间,申报工种,申报等级,申报类别,所在地区,备注";
const titles = "2024年机关事业单位工勤技能岗位技术等级培训考核报名汇总名册\n填报单位（盖章）：示例人社局\n";
const line = (n: number, id: string, more = "江都") =>
  `${n},示例局,示例中学,张三,男,${id},1985.07,2005.08,大专,电工,高级工,2015.06,电工,技师,正常,${more},`;
const registration = (...lines: string[]) =>
  `${titles}${[heading, ...lines].join("\n")}\n填表人：李四,,,,审核人：王五\n`;

const load = (at: Ground, content: string) => at.loadContent(content, { kind: "applications", year: 2024 });
const workers = async (at: Ground) => (await at.rows("applications")).map(({ workerId, unit }) => [workerId, unit]);
const withRoster = (at: Ground, ...lines: string[]) => at.loadContent(roster(lines, ",身份证号"));

test("the worker is found in the rosters by the identity number, under the number of that time", async () => {
  const at = await ground();
  await withRoster(
    at,
    `2021,A1,江都,老单位,${known}`,
    `2023,B7,江都,示例中学,${known}`,
    `2024,C9,江都,示例中学,${known}`,
  );
  const report = await load(at, registration(line(1, known)));
  expect(report).toMatchObject({ rowsRead: 1, rowsLoaded: 1, rowsRejected: 0 });
  expect(codes(report)).toContain("4:worker-id-taken");
  expect(await workers(at)).toEqual([["C9", "示例中学"]]);
  const earlier = await at.loadContent(registration(line(1, known)), { kind: "applications", year: 2022 });
  expect(earlier.problems).toContainEqual(expect.objectContaining({ code: "worker-id-taken", taken: "A1" }));
  expect(await load(at, registration(line(1, known)))).toMatchObject({ rowsUnchanged: 1, importId: null });
});

test("somebody in no roster gets a number made of the identity number, the same in every file, until a roster says more", async () => {
  const at = await ground();
  const first = await load(at, registration(line(1, known), line(2, other)));
  expect(first).toMatchObject({ rowsLoaded: 2, rowsRejected: 0 });
  expect(codes(first).filter((code) => code.includes("worker-id"))).toEqual([
    "4:worker-id-derived",
    "5:worker-id-derived",
  ]);
  const [[one], [two]] = (await workers(at)) as [[string, string], [string, string]];
  expect(one).toMatch(/^身份-[0-9a-f]{12}$/);
  expect(two).not.toBe(one);
  // another order, other spellings of the number: the same people
  const again = await load(at, registration(line(1, ` ${other.toLowerCase()}`), line(2, `'${known}`)));
  expect(again).toMatchObject({ rowsUnchanged: 2, rowsLoaded: 0, importId: null });
  // hashes are hexadecimal and may have any number of digits in a row
  const stored = (await at.rows("applications")).map(({ rowHash: _, ...row }) => row);
  expect(JSON.stringify([first, again, stored])).not.toMatch(/\d{15}/);

  await undoRows(at.store, "applications", async () => undefined, { who: "测试" });
  await withRoster(at, `2023,B7,江都,示例中学,${known}`);
  await load(at, registration(line(1, known)));
  expect(await workers(at)).toEqual([["B7", "示例中学"]]);
});

test("a row with neither number, or an identity number that cannot be, is an error; one person twice is found", async () => {
  const at = await ground();
  const report = await load(at, registration(line(1, ""), line(2, wrong), line(3, known), line(4, known)));
  expect(report).toMatchObject({ rowsRead: 4, rowsLoaded: 1, rowsRejected: 3 });
  const errors = report.problems.filter(({ severity }) => severity === "error");
  expect(errors.map(({ row, code }) => `${row}:${code}`)).toEqual([
    "4:required-missing",
    "5:required-missing",
    "7:duplicate-application",
  ]);
});

test("a file with worker numbers keeps them; only where one is missing the identity number speaks", async () => {
  const at = await ground();
  await withRoster(at, `2023,B7,江都,示例中学,${known}`);
  const both = `人员编号,身份证号,申报等级,地区,单位名称\nZ1,${known},技师,江都,甲\n,${known},高级工,江都,甲\n`;
  await load(at, both);
  expect((await workers(at)).map(([id]) => id).sort()).toEqual(["B7", "Z1"]);
  await expect(at.loadContent("年度,姓名,地区,单位名称\n2023,张三,江都,甲\n")).rejects.toMatchObject({
    details: { reason: "columns-missing", columns: ["人员编号 workerId"] },
  });
});
