/** A new office's first day: an empty database, its roster through the page, and what the page says about files with faults. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ImportRecord, Meta, People } from "../../web/api/types.ts";
import { seriousViolations } from "./accessibility.ts";
import { type Desk, expectNumber, openDesk } from "./desk.ts";

const roster = fileURLToPath(new URL("../fixtures/workers-2022.csv", import.meta.url));
const applications = fileURLToPath(new URL("../fixtures/applications-2022.xlsx", import.meta.url));

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk(0);
  page = desk.page;
}, 120_000);
afterAll(() => desk?.close());

interface FileOfBytes {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses a file and asks for the dry run. */
async function check(file: string | FileOfBytes): Promise<void> {
  await page.getByTestId("import-file").locator("input[type=file]").setInputFiles(file);
  await page.getByTestId("import-check").click();
}

async function publish(): Promise<void> {
  await page.getByTestId("import-publish").click();
  await page.getByRole("dialog").getByRole("button", { name: "发布" }).click();
  await page.getByTestId("import-report").getByText("已发布").waitFor();
}

const expectCount = (name: string, wanted: number) => expectNumber(page.getByTestId(`report-${name}`).first(), wanted);
const version = async () => (await desk.ask<Meta>("/meta")).dataVersion;

test("an empty database leads to the import page", async () => {
  expect(await desk.ask<Meta>("/meta")).toMatchObject({ demo: false, rosterYears: [], examYears: [] });
  expect(await page.getByTestId("demo").count()).toBe(0);
  await page.getByText("数据库里还没有人员名册").waitFor();
  await page.getByRole("button", { name: "去导入" }).click();
  await page.getByRole("heading", { level: 1, name: "数据导入" }).waitFor();
  await page.getByText("还没有导入记录").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});

test("a roster: dry run, report, publish, history, and its people on 总览", async () => {
  const before = await version();
  await check(roster);
  await expectCount("rowsRead", 60);
  await expectCount("rowsLoaded", 60);
  await expectCount("rowsRejected", 0);
  expect(await version()).toBe(before);
  expect(await desk.ask<ImportRecord[]>("/imports")).toEqual([]);
  expect(await seriousViolations(page)).toEqual([]);

  await publish();
  await expectNumber(page.getByTestId("data-version"), before + 1);
  const history = page.getByTestId("import-history").getByRole("row").filter({ hasText: "workers-2022.csv" });
  await history.waitFor();
  expect(await desk.ask<ImportRecord[]>("/imports")).toMatchObject([
    { file: "workers-2022.csv", kind: "workers", version: before + 1, report: { rowsLoaded: 60 } },
  ]);

  await page.getByRole("navigation").getByRole("link", { name: "总览" }).click();
  const people = await desk.ask<People>("/workers?year=2023&level=seniorTechnician&measure=workers");
  await expectNumber(page.getByTestId("stat-workers").locator(".stat-figure"), people.total);
});

test("the same file again changes nothing", async () => {
  const before = await version();
  await page.goto(`${desk.origin}/import`);
  await check(roster);
  await expectCount("rowsUnchanged", 60);
  await page.getByTestId("import-report").getByText("内容与库中相同，没有变化").waitFor();
  expect(await page.getByTestId("import-publish").isDisabled()).toBe(true);
  expect(await version()).toBe(before);
  expect(await desk.ask<ImportRecord[]>("/imports")).toHaveLength(1);
});

test("applications from a workbook", async () => {
  await page.getByTestId("import-kind").getByText("申报与考评名册").click();
  await check(applications);
  await expectCount("rowsRead", 10);
  await expectCount("rowsRejected", 0);
  await publish();
  expect(await desk.ask<ImportRecord[]>("/imports")).toHaveLength(2);
});

test("faults are listed by row and column; the good rows can still be published", async () => {
  const lines = (await readFile(roster, "utf8")).split("\n");
  const faulty = lines.slice(0, 5).map((line, index) => {
    const cells = line.trimEnd().replaceAll("YS0000", "YS9000").split(",");
    if (index === 1) cells[5] = "1966-02-31";
    if (index === 2) cells[6] = "无此县";
    return cells.join(",");
  });
  const buffer = Buffer.from(`${faulty.join("\n")}\n`);
  await page.goto(`${desk.origin}/import`);
  await check({ name: "有错误的名册.csv", mimeType: "text/csv", buffer });
  await expectCount("rowsRead", 4);
  await expectCount("rowsRejected", 2);
  const problems = page.getByTestId("import-problems");
  const listed = await problems.innerText();
  for (const text of ["出生日期", "1966-02-31", "地区", "无此县"]) expect(listed).toContain(text);
  expect(await seriousViolations(page)).toEqual([]);
  await publish();
  await expectCount("rowsLoaded", 2);
  const [newest] = await desk.ask<ImportRecord[]>("/imports");
  expect(newest?.report.problems.filter(({ severity }) => severity === "error")).toMatchObject([
    { row: 2, column: "出生日期", value: "1966-02-31" },
    { row: 3, column: "地区", value: "无此县" },
  ]);
});

test("a file that is no roster is refused in words, and nothing changes", async () => {
  const before = await version();
  await page.goto(`${desk.origin}/import`);
  await check({ name: "名册.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("%PDF-1.7 no roster") });
  const failure = page.locator("#content").getByRole("alert");
  await failure.waitFor();
  expect(await failure.innerText()).toContain("PDF");
  await check({ name: "空.csv", mimeType: "text/csv", buffer: Buffer.from("") });
  await expect.poll(() => failure.innerText()).toContain("空");
  expect(await version()).toBe(before);
});
