/** A new office's first day: an empty database, its rosters through the page, and what the page says about files with faults. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ExcelJS from "exceljs";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportRecord, Meta, People } from "../../web/api/types.ts";
import { seriousViolations } from "./accessibility.ts";
import { type Desk, expectNumber, openDesk } from "./desk.ts";
import { dirtyWorkbook, type FileOfBytes } from "./dirty-workbook.ts";

const roster = fileURLToPath(new URL("../fixtures/workers-2022.csv", import.meta.url));
const applications = fileURLToPath(new URL("../fixtures/applications-2022.xlsx", import.meta.url));

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk("empty");
  page = desk.page;
}, 120_000);
afterAll(() => desk?.close());

const at = (id: string) => page.getByTestId(id);
const text = (name: string, content: string): FileOfBytes => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(content),
});

/** Enough rows that a check goes on for a while. */
function longRoster(rows: number, firstId: number): FileOfBytes {
  const lines = Array.from(
    { length: rows },
    (_, index) =>
      `2021,L${firstId + index},江都区,示例单位${index % 300},汽车驾驶与管理,男,1975-03-0${(index % 9) + 1},高级工,2010-07-01`,
  );
  const heading = "年度,人员编号,地区,单位名称,工种,性别,出生日期,现技术等级,取得现等级时间";
  return text("大名册.csv", [heading, ...lines, ""].join("\n"));
}

/** A page without anything of the file before. */
async function begin(): Promise<void> {
  await page.evaluate("sessionStorage.clear()");
  await page.goto(`${desk.origin}/import`);
  await at("import-file").waitFor();
}

async function send(...files: readonly (string | FileOfBytes)[]): Promise<void> {
  const input = at("import-file").locator("input[type=file]");
  const paths = files.filter((file) => typeof file === "string");
  if (paths.length > 0) await input.setInputFiles([...paths]);
  else await input.setInputFiles(files.filter((file) => typeof file !== "string"));
  await at("chosen-file").waitFor();
}

/** Sends a file whose columns need no help, as far as the check. */
async function check(file: string | FileOfBytes): Promise<void> {
  await send(file);
  await at("to-match").click();
  await at("import-check").click();
}

async function publish(): Promise<void> {
  await at("import-publish").click();
  const question = page.getByRole("dialog");
  if ((await at("report-rowsRejected").innerText()) !== "0")
    await question.getByRole("button", { name: "发布" }).click();
  await at("published").waitFor();
}

const expectCount = (name: string, wanted: number) => expectNumber(at(`report-${name}`), wanted);
const version = async () => (await desk.ask<Meta>("/meta")).dataVersion;
const imports = () => desk.ask<ImportRecord[]>("/imports");
const peopleOf = (year: number, q: string) =>
  desk.ask<People>(`/workers?year=${year + 1}&measure=workers&level=senior&q=${encodeURIComponent(q)}`);

async function bytesOf(started: Promise<Download>): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const file = await started;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("an empty database leads to the import page", async () => {
  expect(await desk.ask<Meta>("/meta")).toMatchObject({ demo: false, rosterYears: [], examYears: [] });
  expect(await at("demo").count()).toBe(0);
  await page.getByText("数据库里还没有人员名册").waitFor();
  await page.getByRole("button", { name: "去导入" }).click();
  await page.getByRole("heading", { level: 1, name: "数据导入" }).waitFor();
  for (const step of ["选择文件", "对照列", "检查", "发布"])
    await page.getByText(step, { exact: true }).first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});

test("a roster: columns, check, publish, and its people on 总览 without a reload", async () => {
  const before = await version();
  await check(roster);
  await expectCount("rowsRead", 60);
  await expectCount("rowsLoaded", 60);
  await expectCount("rowsRejected", 0);
  await at("what-publishing-does").getByText("新增 60 行").waitFor();
  expect(await version()).toBe(before);
  expect(await imports()).toEqual([]);
  expect(await seriousViolations(page)).toEqual([]);

  await publish();
  await expectNumber(at("data-version"), before + 1);
  expect(await imports()).toMatchObject([
    { file: "workers-2022.csv", kind: "workers", version: before + 1, report: { rowsLoaded: 60 } },
  ]);
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("navigation").getByRole("link", { name: "总览" }).click();
  const people = await desk.ask<People>("/workers?year=2023&level=seniorTechnician&measure=workers");
  await expectNumber(at("stat-workers").locator(".stat-figure"), people.total);
});

test("the same file again changes nothing", async () => {
  const before = await version();
  await begin();
  await check(roster);
  await expectCount("rowsUnchanged", 60);
  await at("what-publishing-does").getByText("内容与库中相同").waitFor();
  expect(await at("import-publish").isDisabled()).toBe(true);
  expect(await version()).toBe(before);
  expect(await imports()).toHaveLength(1);
});

test("applications are known by their columns; two files queue one after the other", async () => {
  await begin();
  await send(applications, roster);
  await at("import-kind").locator(".ant-segmented-item-selected").getByText("申报与考评名册").waitFor();
  await page.getByText("按列名自动判断").waitFor();
  await at("waiting-files").getByText("workers-2022.csv").waitFor();
  await at("to-match").click();
  await at("import-check").click();
  await expectCount("rowsRead", 10);
  await publish();
  expect(await imports()).toHaveLength(2);
  await at("next-file").click();
  await at("chosen-file").getByText("workers-2022.csv").waitFor();
  await at("import-kind").locator(".ant-segmented-item-selected").getByText("人员名册", { exact: true }).waitFor();
  // the other kind by hand: the page says that the columns do not fit, and one click takes that back
  await at("import-kind").getByText("申报与考评名册").click();
  await at("other-kind").getByRole("button").click();
  await at("other-kind").waitFor({ state: "hidden" });
});

test("a dirty workbook: its year, heading and missing columns, matched by suggestion, one column for one field", async () => {
  await begin();
  await send(await dirtyWorkbook({ people: 40 }));
  await at("take-year").click();
  await at("to-match").click();
  await at("heading-facts").getByText("第 2 行").waitFor();
  await at("missing-columns").getByText("单位名称").waitFor();
  expect(await at("import-check").isDisabled()).toBe(true);
  expect(await seriousViolations(page)).toEqual([]);
  await at("suggestion-D-unit").click();
  await at("suggestion-E-district").click();
  await at("suggestion-I-levelObtainedOn").click();
  await at("missing-columns").waitFor({ state: "hidden" });

  // one column for one field: the later choice takes it from the other one, which is said and can be taken back
  await at("target-J").getByRole("combobox").fill("单位名称");
  await page.locator(".ant-select-dropdown:visible").getByText("单位名称 *（现为 D 列）").click();
  await page.getByText("“单位名称”改由 J 列“处室”提供；D 列 单位名 改为不导入").waitFor();
  await page.getByRole("button", { name: "列“处室”恢复自动识别" }).click();
  await page.getByRole("button", { name: "列“单位名”恢复自动识别" }).click();
  await at("suggestion-D-unit").click();
  await expect.poll(() => at("import-check").isEnabled()).toBe(true);
});

test("its problems by cell, by kind and by search; nothing is written", async () => {
  const before = await version();
  await at("import-check").click();
  await expectCount("rowsRead", 40);
  await expectCount("rowsRejected", 3);
  await expectCount("rowsSkipped", 2);
  const problems = at("import-problems");
  for (const cell of ["江都!G3", "1985-02-30", "江都!E4", "无此县", "江都!B5", "江都!G6", "1985-07"]) {
    await problems.getByText(cell, { exact: true }).first().waitFor();
  }
  expect(await seriousViolations(page)).toEqual([]);
  await at("code-date-invalid").click();
  await at("problems-shown").getByText("显示 1 行").waitFor();
  expect(new URL(page.url()).searchParams.get("code")).toBe("date-invalid");
  await page.getByRole("button", { name: "清除筛选" }).click();
  await at("problem-search").locator("input").fill("无此县");
  await at("problems-shown").getByText("显示 1 行").waitFor();
  await page.getByRole("button", { name: "清除筛选" }).click();
  expect(await version()).toBe(before);
});

test("its marked workbook, the lists by unit, and the table as text", async () => {
  const marked = bytesOf(page.waitForEvent("download"));
  await at("download-marked").click();
  const { name, bytes } = await marked;
  expect(name).toMatch(/江都名册.*\.xlsx$/);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  expect(book.worksheets[0]?.name).toBe("问题清单");
  const faulty = book.getWorksheet("江都")?.getCell("G3");
  expect(faulty?.text).toBe("1985-02-30");
  expect(JSON.stringify(faulty?.note)).toContain("1985-02-30");
  expect(faulty?.fill).toMatchObject({ type: "pattern" });
  const lists = bytesOf(page.waitForEvent("download"));
  await at("download-units").click();
  const zip = await lists;
  expect(zip.name).toMatch(/\.zip$/);
  // the names of its entries stand in the directory at its end as they are
  for (const unit of ["示例第一中学", "示例人民医院"]) expect(zip.bytes.includes(Buffer.from(unit))).toBe(true);
  const csv = bytesOf(page.waitForEvent("download"));
  await at("download-csv").click();
  expect((await csv).bytes.toString()).toContain("江都!G3");
});

test("the corrected file keeps the matching; published, its people are there; undone, they are gone", async () => {
  const before = await version();
  const chooser = page.waitForEvent("filechooser");
  await at("corrected-file").click();
  await (await chooser).setFiles(await dirtyWorkbook({ people: 40, corrected: true }));
  await at("heading-facts").getByText("江都名册（更正）.xlsx").waitFor();
  await at("import-check").click();
  await expectCount("rowsRejected", 0);
  await expectCount("rowsLoaded", 40);
  await publish();
  await expectNumber(at("data-version"), before + 1);
  expect((await peopleOf(2023, "D0002")).total).toBe(1);
  await at("see-people-2023").click();
  await page
    .getByText(/^D00\d\d$/)
    .first()
    .waitFor();
  await page.goBack();

  await at("undo-import").click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销" }).click();
  await at("undone").waitFor();
  await expectNumber(at("data-version"), before + 2);
  expect((await desk.ask<Meta>("/meta")).rosterYears).not.toContain(2023);
});

test("what was matched by hand is remembered while its import stands, said so, and forgotten on request", async () => {
  const file = await dirtyWorkbook({ people: 40, corrected: true });
  await begin();
  await send(file);
  await at("take-year").click();
  await at("to-match").click();
  // the import that taught it was undone
  await at("suggestion-D-unit").click();
  await at("suggestion-E-district").click();
  await at("suggestion-I-levelObtainedOn").click();
  await at("import-check").click();
  await expectCount("rowsLoaded", 40);
  await publish();

  await begin();
  await send(file);
  await at("to-match").click();
  await at("forget-D").waitFor();
  await page.getByText("按以前的对照").first().waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await at("forget-D").click();
  await at("suggestion-D-unit").waitFor();
});

test("a sheet for each year: they are imported one by one, with their years", async () => {
  const before = await version();
  const book = new ExcelJS.Workbook();
  for (const year of [2018, 2019]) {
    book.addWorksheet(`${year}年`).addRows([
      ["人员编号", "姓名", "地区", "单位名称"],
      ["Y1", "示例甲", "江都区", "示例单位"],
      [`Y${year}`, "示例乙", "江都区", "示例单位"],
    ]);
  }
  const buffer = Buffer.from(await book.xlsx.writeBuffer());
  await begin();
  await send({ name: "历年.xlsx", mimeType: "application/octet-stream", buffer });
  await at("to-match").click();
  for (const year of [2018, 2019]) {
    await at("sheets-by-year")
      .getByRole("button", { name: `${year}年` })
      .click();
    await at("import-check").click();
    await expectCount("rowsLoaded", 2);
    await publish();
    await at("other-sheet").click();
  }
  await at("sheets-by-year").waitFor();
  expect(await at("import-check").isDisabled()).toBe(true);
  expect(await seriousViolations(page)).toEqual([]);
  expect(await version()).toBe(before + 2);
  expect((await desk.ask<Meta>("/meta")).rosterYears).toEqual(expect.arrayContaining([2018, 2019]));
});

test("a sheet for each unit, named in its title only: imported one by one, with unit and district confirmed", async () => {
  const before = await version();
  const book = new ExcelJS.Workbook();
  for (const [sheet, unit] of [
    ["表一", "示例一中"],
    ["表二", "示例二中"],
  ]) {
    book
      .addWorksheet(sheet)
      .addRows([
        ["2017年度工勤人员名册"],
        [`填报单位：${unit}（盖章）`],
        ["人员编号", "姓名", "现技术等级"],
        [`U${unit}1`, "示例甲", "高级工"],
        [`U${unit}2`, "示例乙", "高级工"],
      ]);
  }
  const buffer = Buffer.from(await book.xlsx.writeBuffer());
  await begin();
  await send({ name: "各单位.xlsx", mimeType: "application/octet-stream", buffer });
  await at("to-match").click();
  await at("missing-columns").waitFor();
  await at("take-year").click();
  // one unit for all sheets would be wrong: a sheet first; then, with the keyboard, a district and what the title says
  await at("sheets-by-unit").waitFor();
  expect(await at("import-unit").count()).toBe(0);
  await page.getByRole("radio", { name: "表一" }).click();
  await at("take-unit").waitFor();
  await at("import-district").getByRole("combobox").focus();
  await page.keyboard.type("江都");
  await page.getByTitle("江都区").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await at("take-unit").focus();
  await page.keyboard.press("Enter");
  expect(await at("import-unit").getByRole("combobox").inputValue()).toBe("示例一中");
  expect(await at("missing-columns").count()).toBe(0);
  expect(await seriousViolations(page)).toEqual([]);
  for (const unit of ["示例一中", "示例二中"]) {
    if (unit === "示例二中") await at("sheets-by-unit").getByRole("button", { name: unit }).click();
    expect(await at("import-unit").getByRole("combobox").inputValue()).toBe(unit);
    await at("import-check").click();
    await expectCount("rowsLoaded", 2);
    await at("code-unit-given").waitFor();
    await publish();
    await at("other-sheet").click();
  }
  await at("sheets-by-unit").waitFor();
  expect(await at("import-check").isDisabled()).toBe(true);
  expect(await version()).toBe(before + 2);
  for (const unit of ["示例一中", "示例二中"]) expect((await peopleOf(2017, `U${unit}`)).total).toBe(2);
});

test("a check that is cancelled in the middle wrote nothing; it can be made again", async () => {
  const before = await version();
  await begin();
  await check(longRoster(40_000, 100_000));
  await at("job-progress").waitFor();
  await at("job-cancel").click();
  await at("job-cancelled").getByText("没有写入任何内容").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await version()).toBe(before);
});

test("publishing that is cancelled in the middle wrote nothing", async () => {
  const before = await version();
  await at("job-again").click();
  await expectNumber(at("report-rowsLoaded"), 40_000);
  await at("import-publish").click();
  await at("job-cancel").click();
  await at("job-cancelled").waitFor();
  expect(await version()).toBe(before);
  expect((await desk.ask<Meta>("/meta")).rosterYears).not.toContain(2021);
});

test("a reload in the middle finds the job; another tab shows it", async () => {
  await begin();
  await check(longRoster(400_000, 300_000));
  await at("job-progress").waitFor();
  await page.reload();
  await at("job-progress").waitFor();
  const tab = await desk.context.newPage();
  await tab.goto(`${desk.origin}/import`);
  await tab.getByTestId("job-elsewhere").getByRole("button", { name: "查看" }).click();
  await tab.getByTestId("job-cancel").click();
  await tab.getByTestId("job-cancelled").waitFor();
  await tab.close();
  // the first tab sees it too
  await at("job-cancelled").waitFor();
});

test("a roster can be published with the keyboard alone", async () => {
  await begin();
  /** Tabs on until an element of this test id has the focus. */
  const tabTo = async (id: string) => {
    const wanted = at(id);
    for (let presses = 0; presses < 120; presses++) {
      const there = await wanted.evaluate((element) => element.contains(document.activeElement));
      if (there) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${id}`);
  };
  // asked for before the key is pressed, so that the browser hands the dialog over for certain
  const chooser = page.waitForEvent("filechooser");
  await tabTo("import-file");
  await page.keyboard.press("Enter");
  const heading = "年度,人员编号,地区,单位名,姓名";
  await (await chooser).setFiles(
    text("键盘.csv", `${heading}\n2020,K1,江都区,示例单位,示例甲\n2020,K2,江都区,示例单位,示例乙\n`),
  );
  await at("chosen-file").waitFor();
  await expect.poll(() => at("to-match").isEnabled()).toBe(true);
  await tabTo("to-match");
  await page.keyboard.press("Enter");
  await tabTo("suggestion-D-unit");
  await page.keyboard.press("Enter");
  await expect.poll(() => at("import-check").isEnabled()).toBe(true);
  await tabTo("import-check");
  await page.keyboard.press("Enter");
  await expectCount("rowsLoaded", 2);
  await tabTo("import-publish");
  await page.keyboard.press("Enter");
  await at("published").waitFor();
  await tabTo("undo-import");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
});

test("a file that is no roster is refused in words, and there is a way on", async () => {
  const before = await version();
  await begin();
  const failure = page.locator("#content").getByRole("alert");
  for (const [name, content, said] of [
    ["名册.xlsx", "%PDF-1.7 no roster", "PDF"],
    ["空.csv", "", "空"],
    ["旧名册.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"],
  ] as const) {
    await send({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content, "latin1") });
    await failure.getByText(said).waitFor();
    expect(await at("to-match").isDisabled()).toBe(true);
  }
  // each took the place of the one before
  expect(await at("waiting-files").count()).toBe(0);
  await at("remove-file").click();
  await at("chosen-file").waitFor({ state: "hidden" });
  expect(await version()).toBe(before);
});

test("a file that was cleared meanwhile must be chosen again, and the page says so", async () => {
  await begin();
  await send(roster);
  await at("to-match").click();
  await at("columns").waitFor();
  const kept = JSON.parse(await page.evaluate<string>("sessionStorage.getItem('gongkao.import')"));
  await desk.context.request.delete(`${desk.origin}/api/v1/uploads/${kept.file.upload}`);
  await at("import-check").click();
  await page.locator("#content").getByRole("alert").getByText("重新选择").first().waitFor();
  await page.getByRole("button", { name: "重新选择文件" }).click();
  await at("chosen-file").waitFor({ state: "hidden" });
  await send(applications);
  await at("chosen-file").getByText("applications-2022.xlsx").waitFor();
  await expect.poll(() => at("to-match").isEnabled()).toBe(true);
});

test("the server goes away in the middle: nothing is lost but the check, which can be made again", async () => {
  await begin();
  await check(longRoster(200_000, 100_000));
  await at("job-progress").waitFor();
  await desk.stopServer();
  await page.getByText("连不上服务，正在不断重试").waitFor();
  const server = await desk.startServerAgain();
  await page.goto(server.signInUrl);
  await page.goto(`${desk.origin}/import`);
  await at("job-gone").waitFor();
  await at("job-again").click();
  await at("job-progress").waitFor();
  await at("job-cancel").click();
  await at("job-cancelled").waitFor();
});

test("in English", async () => {
  await begin();
  await page.getByTestId("language").getByText("English").click();
  await check(roster);
  await expectCount("rowsUnchanged", 60);
  await at("what-publishing-does").getByText("there is nothing to publish").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByTestId("language").getByText("中文").click();
});
