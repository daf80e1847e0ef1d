import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { forgetHeading, listedHeading, rememberedHeadings } from "../../server/rosters/mappings.ts";
import { previewRoster } from "../../server/rosters/preview.ts";
import { undoRows } from "../../server/rosters/undo.ts";
import { codes, type Ground, ground } from "./ground.ts";

const file = (heading: string, ...rows: string[]) => [heading, ...rows].join("\n");
const heading = "年度,编码,县区,科室名,岗 位 名";
const row = "2022,A1,江都,甲,电工";
const mapping = { 编码: "workerId", 科室名: "unit", 岗位名: "trade" };
const remembered = ({ store }: Ground) =>
  store.read(async (c) => (await rememberedHeadings(c)).map(({ kind, heading: name, column }) => [kind, name, column]));

it("what was matched by hand is remembered with the import and used for the next file, which says so", async () => {
  const at = await ground();
  // nothing is kept of a dry run, nor of what is not in the file
  await at.loadContent(file(heading, row), { mapping, dryRun: true });
  expect(await remembered(at)).toEqual([]);
  await at.loadContent(file(heading, row), { mapping: { ...mapping, 没有的列: "name" }, who: "王" });
  expect(await remembered(at)).toEqual([
    ["workers", "岗位名", "trade"],
    ["workers", "科室名", "unit"],
    ["workers", "编码", "workerId"],
  ]);
  const report = await at.loadContent(file(heading, row.replace("A1", "A2")));
  expect(report).toMatchObject({ rowsLoaded: 1, rowsRejected: 0 });
  expect(report.problems.filter(({ code }) => code === "column-remembered")).toMatchObject([
    {
      ...{ row: 1, column: "编码", cell: "B1", taken: "workerId", severity: "warning" },
      message: { zh: expect.stringMatching(/^列“编码”按以前的对照（王，\d{4}-\d\d-\d\d）录为“人员编号”$/) },
    },
    { column: "科室名", cell: "D1", taken: "unit" },
    { column: "岗 位 名", cell: "E1", taken: "trade" },
  ]);
  expect((await at.rows("workers")).map(({ unit, trade }) => [unit, trade])).toEqual([
    ["甲", "电工"],
    ["甲", "电工"],
  ]);
});

it("what is said with the import goes before what is remembered, and takes its place", async () => {
  const at = await ground();
  await at.loadContent(file(heading, row), { mapping });
  const other = { ...mapping, 岗位名: "name" };
  const report = await at.loadContent(file(heading, row.replace("A1", "A2")), { mapping: other });
  expect(codes(report).filter((code) => code.includes("column-remembered"))).toEqual([]);
  expect((await at.rows("workers"))[1]).toMatchObject({ name: "电工", trade: null });
  expect(await remembered(at)).toContainEqual(["workers", "岗位名", "name"]);
});

it("is of one kind of roster, and is forgotten by its heading in whatever spelling", async () => {
  const at = await ground();
  await at.loadContent(file(heading, row), { mapping });
  await expect(
    at.loadContent("考评年度,编码,申报等级\n2023,A1,技师\n", { kind: "applications" }),
  ).rejects.toMatchObject({ code: "bad-input" });
  const forget = (kind: "workers" | "applications", name: string) =>
    at.store.transaction((c) => forgetHeading(c, kind, name));
  await expect(forget("applications", "编码")).rejects.toMatchObject({ code: "not-found" });
  await forget("workers", " 岗 位名");
  expect(await remembered(at)).toHaveLength(2);
  const report = await at.loadContent(file(heading, row.replace("A1", "A2")));
  expect(report.unmapped.columns).toEqual(["岗 位 名"]);
});

it("a column of a year is remembered with its year, and one there is no more is left out", async () => {
  const at = await ground();
  const yearly = "年度,人员编号,地区,单位名称,上年";
  await at.loadContent(file(yearly, "2022,A1,江都,甲,合格"), { mapping: { 上年: "appraisal2021" } });
  const [one] = await at.store.read((c) => rememberedHeadings(c));
  expect(one && listedHeading(one)).toMatchObject({
    heading: "上年",
    column: "appraisal2021",
    label: { zh: "年度考核" },
  });
  const report = await at.loadContent(file(yearly, "2022,A2,江都,甲,优秀"));
  expect(report.problems).toMatchObject([
    { code: "column-remembered", message: { zh: expect.stringContaining("2021 年年度考核") } },
  ]);
  await at.store.transaction((c) => c.run(`UPDATE heading_mappings SET "column" = 'goneColumn'`));
  expect((await at.loadContent(file(yearly, "2022,A3,江都,甲,优秀"))).unmapped.columns).toEqual(["上年"]);
});

it("the preview shows what is taken from memory", async () => {
  const at = await ground();
  await at.loadContent(file(heading, row), { mapping, who: "王" });
  const path = join(at.folder, "next.csv");
  await writeFile(path, file(heading, row));
  const known = await at.store.read((c) => rememberedHeadings(c, "workers"));
  const columns = async (more = {}) =>
    (await previewRoster(path, { kind: "workers", remembered: known, ...more })).columns.map(
      ({ heading: name, target, remembered: from }) => [name, target, from?.who ?? null],
    );
  expect(await columns()).toEqual([
    ["年度", "rosterYear", null],
    ["编码", "workerId", "王"],
    ["县区", "district", null],
    ["科室名", "unit", "王"],
    ["岗 位 名", "trade", "王"],
  ]);
  expect((await columns({ mapping: { 岗位名: "name" } })).at(-1)).toEqual(["岗 位 名", "name", null]);
});

it("a column that is left out by hand is not read, not remembered, and nothing is said of it", async () => {
  const at = await ground();
  const path = join(at.folder, "upload");
  await writeFile(path, "年度,人员编号,地区,单位名称,工种,现工种\n2022,A1,江都,甲,电工,汽车驾驶与管理\n");
  const plain = await previewRoster(path, { kind: "workers" });
  expect(plain.columns.map(({ target, repeated, leftOut }) => [target, repeated, leftOut]).slice(-2)).toEqual([
    ["trade", false, false],
    [null, true, false],
  ]);
  const chosen = { kind: "workers", mapping: { 工种: "" } } as const;
  const preview = await previewRoster(path, chosen);
  expect(preview.columns.map(({ target, leftOut }) => [target, leftOut]).slice(-2)).toEqual([
    [null, true],
    ["trade", false],
  ]);
  expect(preview.fields).toContainEqual(expect.objectContaining({ name: "unit", required: true, yearly: false }));
  const report = await at.loadContent(
    "年度,人员编号,地区,单位名称,工种,现工种\n2022,A1,江都,甲,电工,汽车驾驶与管理\n",
    chosen,
  );
  expect(report).toMatchObject({ rowsLoaded: 1, problems: [], unmapped: { columns: [] } });
  expect(await at.rows("workers")).toMatchObject([{ trade: "汽车驾驶与管理" }]);
  expect(await remembered(at)).toEqual([]);
});

it("a column that is named so goes before one that is remembered, which is said and means what it says by itself", async () => {
  const at = await ground();
  await at.loadContent("年度,序号,地区,单位名称\n2022,A1,江都,甲\n", { mapping: { 序号: "workerId" } });
  const both = "序号,年度,人员编号,地区,单位名称\n1,2022,B1,江都,甲\n2,2022,B2,江都,甲\n";
  const report = await at.loadContent(both);
  expect(report).toMatchObject({ rowsLoaded: 2, rowsRejected: 0 });
  expect(report.problems).toMatchObject([
    {
      ...{ row: 1, column: "序号", cell: "A1", code: "column-remembered-ignored", severity: "warning" },
      message: {
        zh: "列“序号”以前对照为“人员编号”，但本文件另有“人员编号”列：以“人员编号”为准，“序号”未录入",
      },
    },
  ]);
  expect((await at.rows("workers")).map(({ workerId }) => workerId)).toEqual(["A1", "B1", "B2"]);
  // the column that a heading names by itself is not lost
  await at.loadContent("年度,人员编号,地区,单位名称,工作单位\n2022,C1,江都,甲,局\n", {
    mapping: { 单位名称: "unit", 工作单位: "department" },
  });
  const named = await at.loadContent("年度,人员编号,地区,主管部门,工作单位\n2022,C2,江都,局,甲\n");
  expect(codes(named)).toEqual(["1:column-remembered-ignored"]);
  expect((await at.rows("workers")).at(-1)).toMatchObject({ department: "局", unit: "甲" });
  const path = join(at.folder, "both.csv");
  await writeFile(path, both);
  const known = await at.store.read((c) => rememberedHeadings(c, "workers"));
  const { columns } = await previewRoster(path, { kind: "workers", remembered: known });
  expect(columns.slice(0, 3).map(({ target, remembered: from }) => [target, from])).toEqual([
    [null, null],
    ["rosterYear", null],
    ["workerId", null],
  ]);
  // said with the import, it counts whatever else there is
  const said = await at.loadContent(both, { mapping: { 序号: "workerId" } });
  expect(codes(said)).toEqual(["1:column-repeated"]);
});

it("undoing the import that taught a heading forgets it, unless it was said again since", async () => {
  const at = await ground();
  const undo = () => undoRows(at.store, "workers", async () => undefined, { who: "李" });
  await at.loadContent(file(heading, row), { mapping, who: "王" });
  await undo();
  expect(await remembered(at)).toEqual([]);
  await at.loadContent(file(heading, row), { mapping, who: "王" });
  const again = { mapping: { 编码: "workerId" }, who: "李" };
  await at.loadContent(file(heading, row.replace("A1", "A2")), again);
  await undo();
  // what the second import said is gone; what only the first did stays
  expect((await remembered(at)).map(([, name]) => name)).toEqual(["岗位名", "科室名"]);
  await undo();
  expect(await remembered(at)).toEqual([]);
});

it("two headings matched by hand to one column are refused, both named", async () => {
  const at = await ground();
  const refused = (more: Record<string, string>) =>
    expect(at.loadContent(file(heading, row), { mapping: { ...mapping, ...more } })).rejects;
  await refused({ 县区: "unit" }).toMatchObject({
    code: "bad-input",
    text: { zh: "列对照中“科室名”和“县区”都指向“单位名称”：只能选其中一列" },
    details: { headings: ["科室名", "县区"], column: "unit" },
  });
  await refused({ 上年: "appraisal2021", 去年: "appraisal2021" }).toMatchObject({ code: "bad-input" });
  // one heading in two spellings, years of their own, and columns left out are no contradiction
  const fine = { 科室名: "unit", "科 室名": "unit", 编码: "workerId", 上年: "appraisal2021", 前年: "appraisal2020" };
  const report = await at.loadContent(file(heading, row), { mapping: { ...fine, 甲: "", 乙: "" } });
  expect(report).toMatchObject({ rowsLoaded: 1 });
});
