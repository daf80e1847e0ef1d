/** 导入历史, 年度对比 and 数据质量 on real imports of two years: every number is the API's, and each opens what it counts. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  ChangeCounts,
  ChangedPerson,
  Finding,
  FindingCode,
  ImportEntry,
  Page as ListPage,
  QualityRow,
} from "../../web/api/roster-types.ts";
import type { Meta, WorkerRecord } from "../../web/api/types.ts";
import { pointsText } from "../../web/pages/quality/score.ts";
import { seriousViolations } from "./accessibility.ts";
import { choose, type Desk, expectNumber, openDesk } from "./desk.ts";
import { applications2022, correction2023, type RosterFile, roster2022, roster2023 } from "./two-rosters.ts";

/** Several questions to a database each: longer than a test may usually take, on a busy machine. */
const long = 150_000;

let desk: Desk;
let page: Page;

async function load(kind: string, file: RosterFile): Promise<void> {
  const response = await desk.context.request.post(`${desk.origin}/api/v1/imports`, {
    multipart: { kind, dryRun: "false", file },
  });
  expect(response.status(), await response.text()).toBe(200);
}

beforeAll(async () => {
  desk = await openDesk("empty");
  page = desk.page;
  await load("workers", await roster2022());
  await load("applications", await applications2022());
  await load("workers", await roster2023());
}, 180_000);
afterAll(() => desk?.close());

const at = async (path: string, heading: string): Promise<void> => {
  await page.goto(`${desk.origin}${path}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
};
const parameter = (name: string) => new URL(page.url()).searchParams.get(name);
const history = () => desk.ask<ImportEntry[]>("/imports");
const row = (id: number): Locator => page.locator(`[data-testid=import-history] tr[data-row-key="${id}"]`);
/** Rows of an open list; a long one draws only those in view. */
const listed = (testId: string): Locator => page.getByTestId(`${testId}-table`).locator("[data-row-key]");

/** Opens a number, and finds as many rows as it says. */
async function expectOpens(number: Locator, list: string, unit: string): Promise<number> {
  const wanted = Number((await number.innerText()).replaceAll(",", ""));
  expect(wanted).toBeGreaterThan(0);
  await number.click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("heading", { name: `· ${wanted} ${unit}` }).waitFor();
  if (wanted <= 8) await expect.poll(() => listed(list).count()).toBe(wanted);
  return wanted;
}

async function closeList(): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function savedLines(button: Locator): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const path = await download.path();
  return (await readFile(path, "utf8"))
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split("\r\n");
}

test("history: every import, the newest first, with its counts; a row opens its report", async () => {
  await at("/import/history", "导入历史");
  const entries = await history();
  expect(entries.map(({ file }) => file)).toEqual(["名册-2023.csv", "申报-2022.xlsx", "名册-2022.csv"]);
  const [newest, second, first] = entries;
  if (!newest || !second || !first) throw new Error("three imports were made");
  const text = await row(newest.id).innerText();
  for (const part of ["名册-2023.csv", "2023 年", "本机操作员", newest.sha256.slice(0, 10)])
    expect(text).toContain(part);
  for (const count of [newest.report.rowsRead, newest.report.rowsLoaded, newest.report.rowsRejected])
    expect(text).toMatch(new RegExp(`\\b${count}\\b`));
  expect(newest.report.rowsRejected).toBe(1);
  await row(newest.id).getByRole("button", { name: "展开行" }).click();
  const details = page.getByTestId(`details-${newest.id}`);
  await details.getByTestId("import-problems").getByText("1966-02-31", { exact: true }).waitFor();
  expect(await details.innerText()).toContain(newest.sha256);
  expect(await seriousViolations(page)).toEqual([]);

  // Only the newest of a kind can be undone; the others say why not.
  expect(await page.getByTestId(`undo-${newest.id}`).count()).toBe(1);
  expect(await page.getByTestId(`undo-${second.id}`).count()).toBe(1);
  expect(await page.getByTestId(`undo-${first.id}`).count()).toBe(0);
  expect(await row(first.id).innerText()).toContain(`先撤销较新的第 ${newest.id} 号`);

  await page.getByTestId("history-kind").getByText("申报与考评名册").click();
  await expect.poll(() => page.getByTestId("history-shown").innerText()).toBe("共 3 条，列出 1 条");
  expect(parameter("kind")).toBe("applications");
  await page.getByTestId("history-kind").getByText("全部").click();
  await expect.poll(() => page.getByTestId("history-shown").innerText()).toBe("共 3 条，列出 3 条");
  await choose(page.getByTestId("history-year"), "2023 年");
  await expect.poll(() => page.getByTestId("history-shown").innerText()).toBe("共 3 条，列出 1 条");
  const lines = await savedLines(page.getByTestId("export-history"));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(newest.sha256);
});

test("comparison: every number is the API's, and adds up", async () => {
  await at("/roster-changes", "年度对比");
  const [counts] = await desk.ask<(ChangeCounts & { from: number })[]>("/roster-changes?from=2022&to=2023");
  if (!counts) throw new Error("no comparison");
  expect(counts).toMatchObject({ workersFrom: 60, workersTo: 62, joined: 5, movedIn: 3, movedOut: 3, promoted: 3 });
  for (const name of ["workersFrom", "workersTo", "joined", "left", "retired", "movedIn", "movedOut"] as const)
    await expectNumber(page.getByTestId(`flow-${name}`), counts[name]);
  for (const name of ["promoted", "movedTrade", "movedUnit", "birthDateMoved", "sexChanged", "levelFell"] as const)
    await expectNumber(page.getByTestId(`kind-${name}`), counts[name]);
  for (const name of ["workersFrom", "joined", "impossible", "workersTo"] as const)
    await expectNumber(page.getByTestId(`total-${name}`), counts[name]);
  expect(counts.impossible).toBeGreaterThanOrEqual(5);
  await expectNumber(page.getByTestId("kind-impossible"), counts.impossible);
  expect(await seriousViolations(page)).toEqual([]);
});

test("comparison: a number opens exactly its people, with what changed and what cannot be", {
  timeout: long,
}, async () => {
  await at("/roster-changes?from=2022&to=2023", "年度对比");
  await expectOpens(page.getByTestId("flow-joined"), "changed", "人");
  expect(await seriousViolations(page)).toEqual([]);
  await closeList();
  const impossible = await expectOpens(page.getByTestId("kind-impossible"), "changed", "人");
  const { rows } = await desk.ask<ListPage<ChangedPerson>>("/roster-changes/workers?from=2022&to=2023&kind=impossible");
  const drawer = page.getByRole("dialog");
  for (const { workerId, changes } of rows) {
    const line = drawer.locator("[data-row-key]").filter({ hasText: workerId });
    for (const { message } of changes) expect(await line.innerText()).toContain(message.zh);
  }
  const lines = await savedLines(page.getByTestId("export-changed"));
  expect(lines).toHaveLength(impossible + 1);

  const sought = rows[0]?.workerId ?? "";
  const search = page.getByTestId("list-search").getByRole("searchbox");
  await search.fill(sought);
  await search.press("Enter");
  await expect.poll(() => listed("changed").count()).toBe(1);
  await page.goBack();
  await expect.poll(() => listed("changed").count()).toBe(impossible);
  await drawer.getByRole("link", { name: sought }).click();
  await page.getByTestId("decision").waitFor();
  expect(parameter("worker")).toBe(sought);
});

test("comparison: from the district to its units, and back; the years swapped", { timeout: long }, async () => {
  await at("/roster-changes", "年度对比");
  await page.getByTestId("changes-places").getByRole("button", { name: /市$/ }).first().click();
  await expect.poll(() => parameter("district")).not.toBeNull();
  await page.getByTestId("roster-by").getByText("按单位").click();
  await expect.poll(() => parameter("by")).toBe("unit");
  const units = await desk.ask<(ChangeCounts & { unitName: string; unit: string; district: string })[]>(
    `/roster-changes?from=2022&to=2023&by=district,unit&district=${parameter("district")}`,
  );
  const someone = units.find(({ joined }) => joined > 0);
  const key = `place-${someone?.district}|${someone?.unit}-joined`;
  await expectNumber(page.getByTestId(key), someone?.joined ?? null);
  await expectOpens(page.getByTestId(key), "changed", "人");
  await closeList();
  expect(parameter("atUnit")).toBeNull();

  await at("/roster-changes", "年度对比");
  await page.getByTestId("changes-swap").click();
  await expect.poll(() => parameter("from")).toBe("2023");
  expect(parameter("to")).toBe("2022");
  await page.getByText("从 2023 年末倒看到 2022 年末").waitFor();
  const names = await page.getByTestId("changes-flow").locator("tbody tr td:first-child").allInnerTexts();
  expect([names[0], names.at(-1)]).toEqual(["2023 年末在册", "2022 年末在册"]);
  await choose(page.getByTestId("changes-from"), "2022 年末");
  await expect.poll(() => parameter("to")).toBe("2023");
});

test("quality: score, parts, gaps and findings are the API's", async () => {
  await at("/quality", "数据质量");
  const [whole] = await desk.ask<QualityRow[]>("/quality?year=2023");
  const codes = await desk.ask<FindingCode[]>("/quality/codes?year=2023");
  if (whole?.score === null || whole?.score === undefined) throw new Error("no score");
  await expect.poll(() => page.getByTestId("quality-points").innerText()).toBe(pointsText(whole.score * 100));
  for (const name of ["workers", "errorRows", "warningRows", "cleanRows", "errors", "warnings"] as const)
    await expectNumber(page.getByTestId(`quality-count-${name}`), whole[name]);
  await expectNumber(page.getByTestId("missing-missingEducation"), whole.missingEducation);
  const found = codes.filter(({ findings }) => findings > 0);
  expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(["birth-date-moved", "key-facts-missing"]));
  for (const { code, findings } of found) await expectNumber(page.getByTestId(`findings-${code}`), findings);
  const trend = await desk.ask<QualityRow[]>("/quality");
  for (const { rosterYear, score } of trend)
    expect(await page.getByTestId(`trend-${rosterYear}`).innerText()).toBe(pointsText((score ?? 0) * 100));
  expect(await seriousViolations(page)).toEqual([]);
});

test("quality: a number opens its findings, each with its row; the person leads to 资格核验", {
  timeout: long,
}, async () => {
  await at("/quality", "数据质量");
  await expectOpens(page.getByTestId("findings-level-fell"), "findings", "条");
  expect(await seriousViolations(page)).toEqual([]);
  const { rows } = await desk.ask<ListPage<Finding>>("/quality/findings?year=2023&code=level-fell");
  const [finding] = rows;
  if (!finding?.workerId) throw new Error("no finding");
  const text = await listed("findings").first().innerText();
  for (const part of [finding.workerId, finding.zh, finding.unitName, `名册-2023.csv 第 ${finding.sourceRow} 行`])
    expect(text).toContain(part);
  const lines = await savedLines(page.getByTestId("export-findings"));
  expect(lines).toHaveLength(rows.length + 1);
  await page.getByRole("dialog").getByRole("link", { name: finding.workerId }).click();
  await page.getByTestId("decision").waitFor();
  expect([parameter("worker"), parameter("year")]).toEqual([finding.workerId, "2024"]);

  await at("/quality", "数据质量");
  const all = await desk.ask<ListPage<Finding>>("/quality/findings?year=2023");
  await page.getByTestId("quality-all").click();
  await page
    .getByRole("dialog")
    .getByRole("heading", { name: `全部存疑 · ${all.total} 条` })
    .waitFor();
});

test("quality: the district, its units, one unit without anything to find", async () => {
  await at("/quality?year=2022", "数据质量");
  await page.getByTestId("quality-places").getByRole("button", { name: /市$/ }).first().click();
  await expect.poll(() => parameter("district")).not.toBeNull();
  await page.getByTestId("roster-by").getByText("按单位").click();
  const units = await desk.ask<QualityRow[]>("/quality?year=2022&by=district,unit");
  const clean = units.find((one) => one.errors + one.warnings + one.incompleteRows === 0);
  if (!clean) throw new Error("every unit has findings");
  await page.goto(`${desk.origin}/quality?year=2022&district=${clean.district}&unit=${clean.unit}`);
  await page.getByTestId("quality-nothing").getByText("没有发现问题").waitFor();
  expect(await page.getByTestId("quality-points").innerText()).toBe("100.0");
});

test("the keyboard opens a number and closes its list; the way through the menu keeps the district only", async () => {
  await at("/roster-changes?from=2022&to=2023&district=320600", "年度对比");
  const joined = page.getByTestId("flow-joined");
  await joined.waitFor();
  await joined.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await closeList();
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "数据质量" }).click();
  await page.getByRole("heading", { level: 1, name: "数据质量" }).waitFor();
  expect(new URL(page.url()).search).toBe("?district=320600");
});

test("undo: what it will do, what it did, the rows as they were, the entry struck through", {
  timeout: long,
}, async () => {
  const trade = async () => (await desk.ask<WorkerRecord>("/workers/YS00001?year=2024")).worker.trade;
  const before = await trade();
  await load("workers", await correction2023());
  const [correction] = await history();
  if (!correction) throw new Error("no import");
  expect(await trade()).not.toBe(before);
  await at("/import/history", "导入历史");
  await page.getByTestId(`undo-${correction.id}`).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("把这次更新的 2 行恢复为导入前的内容").waitFor();
  expect(await dialog.innerText()).toContain("移除这次新增的 0 行");
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "撤销" }).click();
  await page.getByTestId("undo-done").getByText("移除 0 行，恢复 2 行").waitFor();
  expect(await trade()).toBe(before);
  const [undo] = await history();
  expect(undo).toMatchObject({ action: "undo", undoes: correction.id, report: { rowsRestored: 2 } });
  await row(correction.id).locator("del").getByText("更正-2023.csv").waitFor();
  await row(correction.id)
    .getByRole("link", { name: `已由第 ${undo?.id} 号撤销` })
    .click();
  await expect.poll(() => parameter("entry")).toBe(String(undo?.id));
  await page.getByTestId(`details-${undo?.id}`).getByText("恢复 2 行").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});

test("undo: the roster of a year is gone from every page, and one year alone is not compared", async () => {
  await at("/import/history", "导入历史");
  const newest = (await history()).find(({ kind, undoable }) => kind === "workers" && undoable);
  if (!newest) throw new Error("nothing to undo");
  await page.getByTestId(`undo-${newest.id}`).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销" }).click();
  await page.getByTestId("undo-done").getByText(`移除 ${newest.report.rowsLoaded} 行`).waitFor();
  expect((await desk.ask<Meta>("/meta")).rosterYears).toEqual([2022]);
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "年度对比" }).click();
  await page.getByTestId("changes-need-two").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "数据质量" }).click();
  await page.getByTestId("trend-2022").waitFor();
  expect(await page.getByTestId("trend-2023").count()).toBe(0);
});
