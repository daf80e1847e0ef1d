/** 瓶颈 as a planner meets it: every number on the page is the API's, and a number opens as many people. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutlierRow, OutlookRow, QueueRow } from "../../web/api/modelled.ts";
import type {
  BlockingSet,
  BottleneckRow,
  Meta,
  PassRateRow,
  People,
  QuotaPressureRow,
  StageRow,
} from "../../web/api/types.ts";
import { seriousViolations } from "./accessibility.ts";
import { choose, type Desk, expectNumber, numberIn, openDesk } from "./desk.ts";

/** The newest exam year that has applications. */
const year = 2024;
const level = "seniorTechnician";
const nantong = { code: "320600", name: "南通市" };

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk("demonstration");
  page = desk.page;
  // computed beside the first tests
  await page.request.post(`${desk.origin}/api/v1/forecast/prepare`, { data: {} });
}, 300_000);
afterAll(() => desk?.close());

const at = (search: string) => page.goto(`${desk.origin}/bottlenecks?${search}`);
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Opens the list behind a number: it has as many people, by the page and by the API, and leads back to where one was. */
async function expectPeople(number: Locator): Promise<URLSearchParams> {
  const wanted = await numberIn(number);
  expect(wanted).toBeGreaterThan(0);
  const from = new URL(page.url());
  await number.click();
  await page.getByTestId("people-total").waitFor();
  const { searchParams } = new URL(page.url());
  expect((await page.getByTestId("people-total").innerText()).replaceAll(",", "")).toContain(`${wanted} 人`);
  const asked = new URLSearchParams(searchParams);
  for (const name of ["from", "show", "by"]) asked.delete(name);
  if (!asked.has("year")) asked.set("year", String(year));
  expect((await desk.ask<People>(`/workers?${asked}`)).total).toBe(wanted);
  await page.locator(".ant-breadcrumb a").first().click();
  await expect.poll(() => new URL(page.url()).pathname).toBe("/bottlenecks");
  expect(new URL(page.url()).searchParams.get("show")).toBe(from.searchParams.get("show") ?? "conditions");
  return searchParams;
}

test("conditions: counts, shares and remedies are the API's; each opens its people", async () => {
  await at(`year=${year}&level=${level}`);
  const rows = await desk.ask<BottleneckRow[]>(`/bottlenecks?year=${year}&level=${level}&pool=near`);
  const rule = new URL(page.url()).searchParams.get("rule");
  expect(rule).toBeNull();
  await choose(page.getByTestId("bottleneck-rule"), await labelOf("nantong-2023"));
  await expect.poll(() => new URL(page.url()).searchParams.get("rule")).toBe(`nantong-2023.${level}`);
  const own = rows.filter(({ rulebook, advisory }) => rulebook === "nantong-2023" && !advisory);
  const stopping = own.filter(({ blocked }) => blocked > 0);
  expect(stopping.length).toBeGreaterThan(2);
  for (const row of stopping) {
    for (const measure of ["blocked", "soleBlocker", "oneShort", "unknown"] as const)
      await expectNumber(page.getByTestId(`${measure}-${row.condition}`), row[measure]);
    expect(await page.getByTestId(`shapley-${row.condition}`).innerText()).toBe(row.shapley.toFixed(2));
  }
  const ineligible = own[0]?.ineligible ?? 0;
  await expectNumber(page.getByTestId("stat-bottleneck-ineligible").locator(".stat-figure"), ineligible);
  expect(own.reduce((sum, { shapley }) => sum + shapley, 0)).toBeCloseTo(ineligible, 6);

  const most = stopping[0]?.condition;
  const asked = await expectPeople(page.getByTestId(`blocked-${most}`));
  expect(Object.fromEntries(asked)).toMatchObject({ rulebook: "nantong-2023", condition: most, level, pool: "near" });

  // back on the page the rule chosen by default stands again
  await choose(page.getByTestId("bottleneck-rule"), await labelOf("nantong-2023"));
  const [set] = await desk.ask<BlockingSet[]>(
    `/bottlenecks?of=sets&year=${year}&level=${level}&rulebook=nantong-2023&pool=near`,
  );
  await expectNumber(page.getByTestId(`set-${set?.conditions}`), set?.blocked ?? 0);
  await expectPeople(page.getByTestId(`set-${set?.conditions}`));
});

/** What the list of rules calls a rulebook. */
async function labelOf(rulebook: string): Promise<string> {
  const { rulebooks } = await desk.ask<Meta>("/meta");
  const rows = await desk.ask<BottleneckRow[]>(
    `/bottlenecks?year=${year}&level=${level}&pool=near&rulebook=${rulebook}`,
  );
  const title = rulebooks.find(({ id }) => id === rulebook)?.title.zh;
  return `${title} · 高级技师（${(rows[0]?.workers ?? 0).toLocaleString("zh-CN")} 人）`;
}

test("stages: counts, conversions and shares of the loss are the API's, narrowed by a district", async () => {
  await at(`year=${year}&level=${level}&show=stages`);
  await choose(page.getByTestId("filter-district"), nantong.name);
  const rows = await desk.ask<StageRow[]>(
    `/bottlenecks?of=stages&year=${year}&level=${level}&district=${nantong.code}`,
  );
  expect(rows.map(({ stage }) => stage)).toContain("comprehensiveReview");
  for (const row of rows) {
    for (const column of ["before", "blocked", "unknown", "after"] as const)
      await expectNumber(page.getByTestId(`${column}-${row.stage}`), row[column]);
    if (row.conversion !== null && !row.closed)
      expect(await page.getByTestId(`conversion-${row.stage}`).innerText()).toContain(percent(row.conversion));
    expect(await page.getByTestId(`share-${row.stage}`).innerText()).toBe(
      row.share === null ? "—" : percent(row.share),
    );
  }
  await expectPeople(page.getByTestId("blocked-applied"));
  await expectPeople(page.getByTestId("blocked-comprehensiveReview"));
});

test("quota: the most pressed first, as the API has it; candidates open", async () => {
  await at(`year=${year}&show=quota`);
  const rows = await desk.ask<QuotaPressureRow[]>(`/bottlenecks?of=quota&year=${year}&by=district,unit,trade,level`);
  const pressed = rows.filter(({ candidates, places }) => candidates > places);
  expect(pressed.length).toBeGreaterThan(0);
  await expect
    .poll(() => page.getByTestId("pressure-shown").innerText())
    .toBe(`显示 ${pressed.length} 行，共 ${rows.length.toLocaleString("zh-CN")} 行`);
  const shown = page.getByTestId("pressure-table");
  const ratio = (row: QuotaPressureRow) => row.overSubscription ?? Number.POSITIVE_INFINITY;
  const most = pressed.reduce((one, other) => (ratio(other) > ratio(one) ? other : one));
  const first = shown.getByTestId("pressure-overSubscription").first();
  expect(await first.innerText()).toBe(most.overSubscription === null ? "无指标" : most.overSubscription.toFixed(2));
  await expectPeople(shown.getByTestId("pressure-candidates").first());
});

test("pass rates: groups, signals in words and their people", async () => {
  await at(`year=${year}&show=passes&by=level`);
  const rows = await desk.ask<PassRateRow[]>(`/pass-rates?year=${year}&by=level`);
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    for (const column of ["examined", "passed"] as const)
      await expectNumber(page.getByTestId(`${column}-${row.targetLevel}`), row[column]);
  }
  const above = rows.filter(({ signal }) => signal === "above").length;
  const below = rows.filter(({ signal }) => signal === "below").length;
  expect(await page.getByTestId("pass-signals").innerText()).toContain(
    above + below > 0 ? `${above} 组高于预期，${below} 组低于预期` : "没有超出界限的组",
  );
  await expectPeople(page.getByTestId("passed-technician"));
});

test("by the forecast: outliers, the coming quota and who waits are the API's", async () => {
  await at(`year=${year}&show=outliers&gate=passes&group=trade`);
  await page.getByTestId("outlier-rows").waitFor({ timeout: 90_000 });
  const all = await desk.ask<OutlierRow[]>(`/bottlenecks?of=outliers&year=${year}&by=trade`);
  const rows = all.filter(({ measure }) => measure === "passes");
  const signals = rows.filter(({ signal }) => signal === "above" || signal === "below");
  expect(await page.getByTestId("outlier-signals").innerText()).toContain(
    signals.length > 0 ? "组高于预期" : "没有超出界限的组",
  );
  const compared = rows.filter(({ z }) => z !== null);
  expect(compared.length).toBeGreaterThan(5);
  const furthest = compared.reduce((one, other) => (Math.abs(other.z ?? 0) > Math.abs(one.z ?? 0) ? other : one));
  await expectNumber(page.getByTestId(`outlier-people-${furthest.trade}`), furthest.people);
  await expectNumber(page.getByTestId(`outlier-observed-${furthest.trade}`), furthest.observed);
  expect(await page.getByTestId(`outlier-expected-${furthest.trade}`).innerText()).toBe(furthest.expected.toFixed(1));
  // the name opens the people of the newest year, and leads back to the same view
  await page.getByTestId("outlier-rows").getByRole("link").first().click();
  await page.getByTestId("people-total").waitFor();
  await page.locator(".ant-breadcrumb a").first().click();
  await expect.poll(() => new URL(page.url()).searchParams.get("gate")).toBe("passes");

  await at(`year=${year}&show=quota`);
  await page.getByTestId("outlook-table").waitFor();
  const outlook = await desk.ask<OutlookRow[]>(`/bottlenecks?of=outlook&year=${year}&by=district,unit,trade,level`);
  const sum = (name: "quota" | "candidates" | "oneMore") => outlook.reduce((all, row) => all + (row[name] ?? 0), 0);
  for (const name of ["quota", "candidates", "oneMore"] as const)
    expect((await page.getByTestId(`outlook-sum-${name}`).innerText()).replaceAll(",", "")).toBe(sum(name).toFixed(1));
  const most = Math.max(...outlook.map(({ oneMore }) => oneMore ?? 0));
  expect(await page.getByTestId("outlook-oneMore").first().innerText()).toBe(percent(most));
  const queue = await desk.ask<QueueRow[]>(`/bottlenecks?of=queue&year=${year}`);
  const [least] = queue;
  const shown = page.getByTestId("bottleneck-queue");
  // in a small demonstration it may be that nobody waits
  if (least)
    expect(await page.getByTestId(`queue-selectedBeforeRetirement-${least.workerId}`).innerText()).toBe(
      percent(least.selectedBeforeRetirement ?? 0),
    );
  else await shown.getByText("没有人在排队").waitFor();
  await expectNumber(page.getByTestId("outlook-sum-queue"), queue.length);
}, 120_000);

test("a year without applications says so and leads to the year before", async () => {
  await at("show=passes");
  await page.getByTestId("year-before").click();
  await expect.poll(() => new URL(page.url()).searchParams.get("year")).toBe(String(year));
  await page.getByTestId("pass-rows").waitFor();
});

test("keyboard, languages and axe", async () => {
  for (const show of ["conditions", "stages", "quota", "passes", "outliers"]) {
    await at(`year=${year}&level=${level}&show=${show}`);
    await page.locator(".ant-table-cell a").first().waitFor();
    expect(await seriousViolations(page), show).toEqual([]);
  }
  await page.getByRole("tab", { name: "合格率" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("show")).toBe("quota");
  await page.getByText("English", { exact: true }).click();
  await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toBe("Bottlenecks");
  await page.getByText("中文", { exact: true }).click();
});
