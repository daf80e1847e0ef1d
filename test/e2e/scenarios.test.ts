/** 政策推演 as a planner uses it: changes in forms, a run, its difference from the base; saved, sent on, deleted, put back. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIRequestContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { openStore } from "../../server/store/index.ts";
import type { DifferenceRow, Scenario, ScenarioRun } from "../../web/pages/scenarios/shapes.ts";
import { fillWorld } from "../forecast/world.ts";
import { seriousViolations } from "./accessibility.ts";
import { openBrowser } from "./browser.ts";
import { choose } from "./desk.ts";
import { type RunningServer, startServer } from "./server.ts";

let dataDir: string;
let server: RunningServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
let request: APIRequestContext;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "gongkao-scenarios-"));
  const store = await openStore(dataDir);
  const library = await loadLibrary();
  await store.transaction(async (c) => {
    await loadReference(c);
    await fillWorld(c, { people: 240 }, library);
  });
  await store.close();
  server = await startServer(dataDir);
  browser = await openBrowser();
  browser.context.setDefaultTimeout(30_000);
  page = await browser.context.newPage();
  await page.goto(server.signInUrl);
  request = browser.context.request;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true });
});

const api = (path: string) => `${server.origin}/api/v1${path}`;

async function ask<T>(path: string): Promise<T> {
  const response = await request.get(api(path));
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as T;
}

/** "+1.2" and "−1.2" as numbers. */
const number = (text: string): number => Number(text.replace("▲", "").replace("▼", "").replace("−", "-").trim());
const rounded = (value: number | null | undefined): number => Math.round((value ?? 0) * 10) / 10 + 0;

async function cells(table: Locator): Promise<string[][]> {
  const rows = table.locator("tbody tr.ant-table-row");
  await rows.first().waitFor();
  return rows.evaluateAll((list) =>
    list.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
  );
}

const runOf = (from: Page): string => new URL(from.url()).searchParams.get("run") ?? "";
const notice = () => page.getByTestId("notice");

test("the menu leads to examples of the rules there are; nothing to run yet, nothing hard to read", async () => {
  await page.getByRole("navigation").getByRole("link", { name: "政策推演" }).click();
  await page.getByRole("heading", { level: 1, name: "政策推演" }).waitFor();
  await page.getByText("还没有保存的方案").waitFor();
  await page.getByTestId("example-threshold").getByText("→").waitFor();
  expect(await page.getByTestId("scenario-examples").getByRole("listitem").count()).toBeGreaterThanOrEqual(2);
  expect(await seriousViolations(page)).toEqual([]);
});

test("a change is made by keyboard in a form; one without effect is told before it runs; a reload loses nothing", async () => {
  await page.getByTestId("scenario-new").press("Enter");
  expect(await page.getByTestId("run-start").isDisabled()).toBe(true);
  await page.getByTestId("change-add").press("Enter");
  const form = page.getByTestId("change-form");
  await choose(form.getByTestId("field-rulebook"), "南通市2023年高级技师考评");
  const threshold = form.getByTestId("field-threshold").getByRole("combobox");
  await threshold.fill("取得现等级年限");
  await page.keyboard.press("Enter");
  await form.getByTestId("notice-warning").waitFor();
  const value = form.getByTestId("field-value").getByRole("spinbutton");
  await value.fill("1");
  await form.getByTestId("change-words").getByText("→ 1年").waitFor();
  await form.getByTestId("change-decisions").waitFor();
  expect(await form.getByTestId("notice-warning").count()).toBe(0);
  expect(await seriousViolations(page)).toEqual([]);
  await value.press("Enter");
  await form.waitFor({ state: "detached" });
  await page.getByTestId("changes").getByText("→ 1年").waitFor();
  await page.reload();
  await page.getByTestId("changes").getByText("→ 1年").waitFor();
});

test("a run shows base and scenario side by side: the difference on the page is that of the API", async () => {
  await page.getByTestId("run-start").click();
  await page.getByTestId("scenario-results").waitFor({ timeout: 60_000 });
  const run = runOf(page);
  const years = await ask<DifferenceRow[]>(`/scenario-runs/${run}/rows`);
  expect(years.some((row) => Math.abs(row.applicantsDifference ?? 0) > 0.5)).toBe(true);
  const shown = await cells(page.getByTestId("year-rows"));
  expect(shown.map(([year, base, scenario, difference]) => [year, base, scenario, number(difference ?? "")])).toEqual(
    years.map((row) => [
      `${row.examYear} 年`,
      (row.applicantsBase ?? 0).toFixed(1),
      (row.applicantsScenario ?? 0).toFixed(1),
      rounded(row.applicantsDifference),
    ]),
  );
  for (const row of years) {
    const [base, scenario, difference] = [row.applicantsBase, row.applicantsScenario, row.applicantsDifference];
    expect((scenario ?? 0) - (base ?? 0)).toBeCloseTo(difference ?? 0, 6);
  }
  const first = years[0] ?? expect.fail("no year");
  await page
    .getByTestId("scenario-summary")
    .getByText(`${first.examYear} 年各等级申报人数预计增加 ${rounded(first.applicantsDifference).toFixed(1)} 人`)
    .waitFor();

  // by trade in the last year, and of one trade by district
  const last = years.at(-1)?.examYear ?? 0;
  await page
    .getByTestId("year-rows")
    .getByRole("button", { name: `${last} 年` })
    .click();
  await page.getByTestId("scenario-by").getByText("按工种").click();
  const group = page.getByTestId("group-rows");
  await group.getByRole("columnheader", { name: "工种" }).waitFor();
  const trades = await ask<DifferenceRow[]>(`/scenario-runs/${run}/rows?by=trade&from=${last}&to=${last}`);
  const byTrade = new Map((await cells(group)).map(([name, , , difference]) => [name, number(difference ?? "")]));
  expect(byTrade).toEqual(new Map(trades.map((row) => [row.trade ?? "工种未对应", rounded(row.applicantsDifference)])));
  await group.getByRole("button", { name: "电工" }).click();
  await group.getByRole("columnheader", { name: "地区" }).waitFor();
  await page.getByTestId("scenario-summary").getByText(`${last} 年电工`).waitFor();
  expect(new URL(page.url()).searchParams.get("trade")).toBe("电工");
  expect(await seriousViolations(page)).toEqual([]);

  const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("scenario-csv").click()]);
  const csv = await readFile(await file.path(), "utf8");
  const answer = await request.get(api(`/scenario-runs/${run}/rows?by=district&trade=电工&format=csv`));
  expect(csv).toBe(await answer.text());
}, 120_000);

test("a scenario is saved and opened by its link in a fresh page; one saved elsewhere meanwhile is not overwritten unasked", async () => {
  await page.getByTestId("scenario-name").fill("");
  await page.getByTestId("scenario-save").click();
  await page.getByText("请填写名称").waitFor();
  await page.getByTestId("scenario-name").fill("等级年限放宽");
  await page.getByTestId("scenario-name").press("Enter");
  await page.getByRole("heading", { level: 1, name: "等级年限放宽" }).waitFor();
  const [saved] = await ask<Scenario[]>("/scenarios");
  expect(saved).toMatchObject({ name: "等级年限放宽", version: 1, changes: [{ kind: "threshold", value: 1 }] });
  expect(new URL(page.url()).pathname).toBe(`/scenarios/${saved?.id}`);

  const fresh = await browser.context.newPage();
  await fresh.goto(`${server.origin}/scenarios/${saved?.id}`);
  await fresh.getByTestId("changes").getByText("→ 1年").waitFor();
  await fresh.getByTestId("scenario-note").fill("别处保存");
  await fresh.getByTestId("scenario-save").click();
  await expect.poll(async () => (await ask<Scenario[]>("/scenarios"))[0]?.version).toBe(2);
  await fresh.close();

  await page.getByTestId("change-remove").click();
  await page.getByTestId("scenario-save").click();
  const dialog = page.getByRole("dialog", { name: "这个方案在别处保存过" });
  await dialog.waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByTestId("stale-take").click();
  await page.getByTestId("changes").getByText("→ 1年").waitFor();
  expect(await ask<Scenario[]>("/scenarios")).toMatchObject([{ version: 2, note: "别处保存" }]);
}, 120_000);

test("in the list a scenario stands in words, is duplicated, deleted and put back", async () => {
  await page.goto(`${server.origin}/scenarios`);
  const table = page.getByTestId("scenarios");
  const row = table.getByRole("row").filter({ hasText: "别处保存" });
  await row.getByText("→ 1年").waitFor();
  expect(await row.innerText()).toContain("本机操作员");
  await row.getByTestId("duplicate").click();
  await notice().getByText("已复制为：等级年限放宽（副本）").waitFor();
  await page.getByTestId("undo").click();
  await notice().getByText("已撤销").waitFor();
  await row.getByTestId("delete").press("Enter");
  await notice().getByText("已删除方案：等级年限放宽").waitFor();
  await page.getByText("还没有保存的方案").waitFor();
  expect(await ask<Scenario[]>("/scenarios")).toEqual([]);
  await page.getByTestId("undo").click();
  await row.waitFor();
  expect(await ask<Scenario[]>("/scenarios")).toMatchObject([{ name: "等级年限放宽" }]);
});

test("a run can be cancelled; when the data changes, an old result says so and offers to run again", async () => {
  await page.getByTestId("scenarios").getByRole("link", { name: "等级年限放宽" }).click();
  await page.getByTestId("run-start").click();
  await page.getByTestId("scenario-results").waitFor({ timeout: 60_000 });
  const before = await ask<ScenarioRun>(`/scenario-runs/${runOf(page)}`);
  const edit = await request.put(api("/trades"), {
    data: { trades: [{ name: "电工", flag: { general: true, confirmed: true, source: "通知" } }] },
  });
  expect(edit.status(), await edit.text()).toBe(200);
  await page.reload();
  await page.getByTestId("run-stale").getByText(`第 ${before.dataVersion} 版`).waitFor();
  await page.getByTestId("run-again").click();
  await page.getByTestId("run-cancel").click();
  await page.getByTestId("run-cancelled").waitFor();
});

test("the page speaks English too", async () => {
  await page.getByTestId("language").getByText("English").click();
  await page.getByTestId("run-start").getByText("Run", { exact: true }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
});
