/** 预测 and 预测检验 as a planner meets them: what the pages show is the API's, adds up however deep, and has its past error. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { openStore } from "../../server/store/index.ts";
import type {
  BacktestRow,
  ForecastMeasure,
  ForecastRow,
  ForecastYear,
  HistoryRow,
} from "../../web/api/forecast-types.ts";
import { fillWorld, lastRoster } from "../forecast/world.ts";
import { emptyDatabase } from "../template.ts";
import { seriousViolations } from "./accessibility.ts";
import { choose, type Desk, expectNumber, openDesk } from "./desk.ts";

const measures = [
  "planningEligible",
  "applicants",
  "quotaUsed",
  "passes",
] as const satisfies readonly ForecastMeasure[];
/** Few years, so that the check is quick: it begins at two rosters. */
const exams = [2020, 2021, 2022, lastRoster] as const;
const firstYear = lastRoster + 1;

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk(async (dataDir) => {
    await emptyDatabase(dataDir);
    const store = await openStore(dataDir);
    const library = await loadLibrary();
    await store.transaction((c) => fillWorld(c, { people: 160, exams, rosters: [exams[0] - 1, ...exams] }, library));
    await store.close();
  });
  page = desk.page;
}, 300_000);
afterAll(() => desk?.close());

const at = (path: string) => page.goto(`${desk.origin}${path}`);
const id = (testId: string) => page.getByTestId(testId);
const textOf = (testId: string) => id(testId).innerText();
/** Texts of all elements whose test id begins so, by what follows: one question to the browser. */
const textsOf = async (prefix: string): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await page
      .locator(`[data-testid^="${prefix}"]`)
      .evaluateAll(
        (elements, from) =>
          elements.map((one) => [(one.getAttribute("data-testid") ?? "").slice(from), (one.textContent ?? "").trim()]),
        prefix.length,
      )
      .then((pairs) => pairs.map(([key = "", text = ""]) => [key, text] as const)),
  );
const numberOf = (text: string | undefined): number | null =>
  text === undefined ? Number.NaN : text === "—" ? null : Number(text.replaceAll(",", ""));
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const people = (n: number) => n.toLocaleString("zh-CN", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Waits until the forecast is there. */
const computed = () => id("drill-total-applicants").waitFor({ timeout: 60_000 });

test("bands: history, means and both intervals are the API's, with the error such forecasts had", async () => {
  await at("/forecast");
  await computed();
  await id("band-applicants-past").waitFor({ timeout: 100_000 });
  const forecast = await desk.ask<ForecastRow[]>("/forecast?by=");
  const history = await desk.ask<HistoryRow[]>("/forecast/history?by=");
  const past = await desk.ask<BacktestRow[]>("/backtest?pooled=true");
  expect(forecast.map(({ examYear }) => examYear)).toEqual([0, 1, 2, 3, 4].map((ahead) => firstYear + ahead));
  for (const measure of measures) {
    await id(`band-${measure}-open`).focus();
    await page.keyboard.press("Enter");
    await id(`band-${measure}-table`).waitFor();
    const shown = await textsOf(`band-${measure}-`);
    for (const row of forecast) {
      expect(shown.get(`${row.examYear}-mean`)).toBe(row[measure] === null ? "—" : people(row[measure]));
      for (const band of ["80", "95"] as const) {
        const [low, high] = [row[`${measure}Low${band}`], row[`${measure}High${band}`]];
        expect(shown.get(`${row.examYear}-band${band}`)).toBe(low === null ? "—" : `${low}–${high}`);
      }
    }
    for (const row of history)
      expect(numberOf(shown.get(`${row.examYear}-actual`)), `${measure} ${row.examYear}`).toBe(row[measure]);
  }
  const line = past.find(
    (row) => row.measure === "applicants" && row.grouping === "total" && row.horizon === 1 && row.targetLevel === null,
  );
  expect(line?.basis).toBe("wape");
  const note = await textOf("band-applicants-past");
  expect(note).toContain(percent(line?.error ?? Number.NaN));
  expect(note).toContain(`${line?.bestRatio?.toFixed(2)} 倍`);
  expect(await id("band-applicants-past-worse").count()).toBe(line?.worse ? 1 : 0);
  expect(await textOf("forecast-basis")).toContain(`${exams[0]}–${lastRoster} 年`);
  expect(await textOf("interval-note")).toContain("区间端点不能相加");
  expect(await seriousViolations(page)).toEqual([]);
}, 180_000);

test("drill-down: rows are whole numbers next to the API's means and add up to the row they were opened from", async () => {
  const year = firstYear + 1;
  await at(`/forecast?at=${year}`);
  await computed();
  const ask = (search: string) => desk.ask<ForecastRow[]>(`/forecast?from=${year}&to=${year}&${search}`);
  const [total] = await ask("by=");
  const parents = new Map<string, number>();
  for (const measure of measures) {
    await expectNumber(id(`drill-total-${measure}`), Math.round(total?.[measure] ?? Number.NaN));
    parents.set(measure, Math.round(total?.[measure] ?? 0));
  }
  let where = "";
  for (const by of ["district", "trade", "unit"] as const) {
    const rows = (await ask(`${where}by=${by}`)).map((row) => ({ row, key: row[by] ?? "unknown" }));
    const [largest] = [...rows].sort((a, b) => (b.row.applicants ?? 0) - (a.row.applicants ?? 0));
    if (!largest) throw new Error(`no rows by ${by}`);
    await id(`drill-applicants-${largest.key}`).waitFor();
    for (const measure of measures) {
      const texts = await textsOf(`drill-${measure}-`);
      const shown = rows.map(({ key }) => numberOf(texts.get(key)));
      const sum = shown.reduce<number>((all, value) => all + (value ?? 0), 0);
      expect(sum, `${by} ${measure}`).toBe(parents.get(measure));
      for (const [index, { row }] of rows.entries()) {
        if (row[measure] === null) expect(shown[index]).toBeNull();
        else expect(Math.abs((shown[index] ?? Number.NaN) - row[measure])).toBeLessThan(1);
      }
      parents.set(measure, numberOf(texts.get(largest.key)) ?? 0);
    }
    await id(`drill-open-${largest.key}`).click();
    await expect.poll(() => new URL(page.url()).searchParams.get(by)).toBe(largest.key);
    where += `${by}=${encodeURIComponent(largest.key)}&`;
  }
  await expectNumber(id("drill-total-applicants"), parents.get("applicants") ?? null);

  const [unit] = await ask(`${where}by=unit`);
  const odds = [unit?.quotaUsed0, unit?.quotaUsed1, unit?.quotaUsed2, unit?.quotaUsed3].map((share) => share ?? 0);
  expect(odds.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
  for (const [places, share] of odds.entries())
    await expect.poll(() => textOf(`odds-${year}-${places}`)).toBe(percent(share));

  await page.goBack();
  await expect.poll(() => new URL(page.url()).searchParams.has("unit")).toBe(false);
  await id("forecast-crumbs").getByRole("link").first().click();
  await expect.poll(() => [...new URL(page.url()).searchParams.keys()]).toEqual(["at"]);
  await expectNumber(id("drill-total-applicants"), Math.round(total?.applicants ?? Number.NaN));
}, 120_000);

test("an earlier forecast stands beside what happened and what is forecast now", async () => {
  const earlier = lastRoster - 2;
  await at("/forecast?view=levels");
  await choose(id("compare-origin"), `${earlier} 年末`);
  await id("compare-chart").waitFor({ timeout: 60_000 });
  const before = await desk.ask<ForecastRow[]>(`/forecast?by=&origin=${earlier}`);
  const history = await desk.ask<HistoryRow[]>("/forecast/history?by=");
  const shown = await textsOf("compare-");
  for (const row of before) {
    expect(shown.get(`earlier-${row.examYear}`)).toBe(people(row.applicants ?? Number.NaN));
    const actual = history.find(({ examYear }) => examYear === row.examYear)?.applicants ?? null;
    expect(numberOf(shown.get(`actual-${row.examYear}`))).toBe(actual);
  }
  expect(await seriousViolations(page)).toEqual([]);
}, 120_000);

test("the check: ratios, figures and exports are the API's; a cell shows its own charts", async () => {
  await at("/backtest");
  await id("backtest-matrix").waitFor({ timeout: 100_000 });
  const rows = await desk.ask<BacktestRow[]>("/backtest");
  const all = rows.filter(({ origin, targetLevel }) => origin === null && targetLevel === null);
  const shown = await textsOf("ratio-");
  for (const row of all) {
    const wanted = row.bestRatio === null ? "—" : row.bestRatio.toFixed(2);
    const cell = `${row.measure}-${row.grouping}-${row.horizon}`;
    expect(shown.get(cell), cell).toContain(wanted);
  }
  await id("ratio-passes-trade-2").click();
  await expect.poll(() => id("chart-coverage").getAttribute("aria-label")).toBe("区间可靠性：合格（各工种）");
  expect(new URL(page.url()).search).toBe("?measure=passes&grouping=trade&horizon=2");
  const [download] = await Promise.all([page.waitForEvent("download"), id("backtest-csv").click()]);
  expect(download.suggestedFilename()).toBe("预测检验.csv");
  const text = await readFile(await download.path(), "utf8");
  expect(text.trimEnd().split("\r\n")).toHaveLength(rows.length + 1);
  await id("backtest-again").click();
  await page.getByText("结果已是最新").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByText("English", { exact: true }).click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toBe("Forecast check");
  await page.getByText("中文", { exact: true }).click();
}, 180_000);

test("an unusual year is left out with a reason, the forecast follows, and both are taken back", async () => {
  const year = lastRoster;
  await at("/forecast");
  await computed();
  const mean = async () => (await desk.ask<ForecastRow[]>("/forecast?by="))[0]?.applicants ?? Number.NaN;
  const shown = () => textOf(`band-applicants-${firstYear}-mean`);
  const before = await mean();
  await id("band-applicants-open").click();
  expect(await shown()).toBe(people(before));
  const weightOf = async () =>
    (await desk.ask<ForecastYear[]>("/forecast-years")).find(({ examYear }) => examYear === year)?.weight;

  await id("open-years").click();
  await choose(id(`year-${year}`), "不计（0%）");
  await id(`year-${year}`).getByRole("textbox").fill("疫情停考");
  await id(`year-save-${year}`).click();
  await id("notice").waitFor();
  expect(await weightOf()).toBe(0);
  const changed = await mean();
  expect(Math.abs(changed - before)).toBeGreaterThan(0.1);
  await id("undo").click();
  await expect.poll(weightOf).toBe(1);
  await page.getByRole("button", { name: "关闭异常年度" }).click();
  await computed();
  if ((await id("band-applicants-table").count()) === 0) await id("band-applicants-open").click();
  await expect.poll(shown).toBe(people(before));
}, 120_000);
