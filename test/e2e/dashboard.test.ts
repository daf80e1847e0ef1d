/** The dashboard as a planner meets it: the real server, a smaller demonstration, a browser, every number against the API. */
import { readFile } from "node:fs/promises";
import ExcelJS from "exceljs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  AlternativeResult,
  EligibilityRow,
  EvaluationResult,
  Meta,
  People,
  QuotaRow,
} from "../../web/api/types.ts";
import { demonstrationWorkers } from "../template.ts";
import { seriousViolations } from "./accessibility.ts";
import { choose, type Desk, expectNumber, numberIn, openDesk } from "./desk.ts";

/** The newest exam year that has applications. */
const examined = 2024;
const nantong = { code: "320600", name: "南通市" };

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk("demonstration");
  page = desk.page;
}, 300_000);
afterAll(() => desk?.close());

const at = (path: string) => page.goto(`${desk.origin}${path}`);
const stat = (measure: string) => page.getByTestId(`stat-${measure}`).locator(".stat-figure");
const sum = (rows: readonly EligibilityRow[], name: "eligible" | "planningEligible" | "undetermined" | "ineligible") =>
  rows.reduce((total, row) => total + row[name], 0);

/** The key figures of 总览 are those of the API with the same filters. */
async function expectKeyFigures(filters: string): Promise<void> {
  const levels = await desk.ask<EligibilityRow[]>(`/eligibility?by=level&${filters}`);
  const [quota] = await desk.ask<QuotaRow[]>(`/quota?${filters}`);
  await expectNumber(stat("workers"), Math.max(...levels.map((row) => row.workers)));
  for (const name of ["eligible", "planningEligible", "undetermined", "ineligible"] as const) {
    await expectNumber(stat(name), sum(levels, name));
  }
  for (const name of ["quota", "used", "left", "over"] as const) await expectNumber(stat(name), quota?.[name] ?? null);
}

test("the printed link opens 总览; its key figures are the API's", async () => {
  const meta = await desk.ask<Meta>("/meta");
  expect(meta).toMatchObject({ demo: true, newestExamYear: 2025 });
  expect(new URL(page.url()).pathname).toBe("/");
  await expect.poll(() => page.title()).toContain("总览");
  expect(await page.getByTestId("demo").innerText()).toBe("演示数据");
  await expectNumber(page.getByTestId("data-version"), meta.dataVersion);
  await expectKeyFigures("year=2025");
  expect(await numberIn(stat("workers"))).toBe(demonstrationWorkers);

  await choose(page.getByTestId("filter-year"), `${examined} 年`);
  expect(new URL(page.url()).searchParams.get("year")).toBe(String(examined));
  await expectKeyFigures(`year=${examined}`);
});

test("a district narrows the address, the figures and the tables; so does a click on its bar", async () => {
  await at("/");
  await choose(page.getByTestId("filter-district"), nantong.name);
  await expect.poll(() => new URL(page.url()).search).toBe(`?district=${nantong.code}`);
  await expectKeyFigures(`year=2025&district=${nantong.code}`);
  const parts = await desk.ask<EligibilityRow[]>(`/eligibility?year=2025&by=district&district=${nantong.code}`);
  const total = page.getByTestId("by-district").locator(".total-row .number-link").nth(1);
  await expectNumber(total, sum(parts, "planningEligible"));

  await at("/");
  await page.getByTestId("chart-district").getByText(nantong.name).click();
  await expect.poll(() => new URL(page.url()).search).toBe(`?district=${nantong.code}`);
});

test("number → people → decision with every condition, and the way back with the filters", async () => {
  const filters = `year=2025&level=senior&district=${nantong.code}`;
  await at(`/?level=senior&district=${nantong.code}`);
  await expectNumber(stat("planningEligible"), sum(await desk.ask(`/eligibility?${filters}`), "planningEligible"));
  const figure = await numberIn(stat("planningEligible"));
  const overview = page.url();

  await page.getByTestId("stat-planningEligible").getByRole("link").click();
  const people = await desk.ask<People>(`/workers?${filters}&measure=planningEligible`);
  expect(people.total).toBe(figure);
  await expect.poll(() => page.getByTestId("people-total").innerText()).toBe(`预计可申报 · ${people.total} 人`);
  const list = page.url();

  const [first] = people.rows;
  if (!first) throw new Error("nobody in the list");
  await page.getByTestId("people-table").getByRole("link", { name: first.workerId }).click();
  const decisions = await desk.ask<EvaluationResult[]>(`/workers/${first.workerId}/evaluations?year=2025&level=senior`);
  const [result] = decisions;
  if (!result) throw new Error("no decision");
  const decision = page.getByTestId("decision");
  await expect.poll(() => decision.getAttribute("data-decision")).toBe(result.decision);
  expect(await decision.getAttribute("data-planning")).toBe("eligible");
  expect(result.planningDecision).toBe("eligible");
  for (const pathway of result.pathways) {
    const head = page
      .getByRole("button", { expanded: false })
      .filter({ has: page.getByTestId(`pathway-${pathway.id}`) });
    if ((await head.count()) > 0) await head.click();
    for (const { id, outcome, citation } of pathway.conditions) {
      const condition = page.getByTestId(`condition-${pathway.id}-${id}`);
      await condition.waitFor();
      expect(await condition.getAttribute("data-outcome")).toBe(outcome);
      expect(citation?.document).toBeTruthy();
      expect(await condition.innerText()).toContain(`${citation?.document} ${citation?.clause}`);
    }
  }

  await page.goBack();
  await expect.poll(() => page.url()).toBe(list);
  await page.goBack();
  await expect.poll(() => page.url()).toBe(overview);
  await expectNumber(stat("planningEligible"), figure);
  expect(await page.getByTestId("filter-district").innerText()).toContain(nantong.name);
  expect(await page.getByTestId("filter-level").innerText()).toContain("高级工");
});

test("the tree shows every part of every condition, with what planning assumes", async () => {
  const { rows } = await desk.ask<People>("/workers?year=2025&level=seniorTechnician&measure=undetermined&limit=1");
  const id = rows[0]?.workerId;
  const decisions = await desk.ask<EvaluationResult[]>(`/workers/${id}/evaluations?year=2025&level=seniorTechnician`);
  const [result] = decisions;
  if (!result) throw new Error("no decision");
  await at(`/check?worker=${id}&level=seniorTechnician`);
  const tree = page.getByTestId("tree");
  await tree.getByRole("button", { name: "全部收起" }).click();
  const [first] = result.pathways;
  const head = tree.getByRole("button", { expanded: false }).filter({ has: page.getByTestId(`pathway-${first?.id}`) });
  const counting = first?.conditions.filter(({ advisory }) => !advisory) ?? [];
  const met = counting.filter(({ outcome }) => outcome === "met" || outcome === "waived").length;
  expect(await head.innerText()).toContain(`${met} / ${counting.length} 项满足`);
  await head.press("Enter");
  await tree.getByTestId(`condition-${first?.id}-on-post`).waitFor();

  await tree.getByRole("button", { name: "全部展开" }).click();
  const expectParts = async (key: string, parts: readonly AlternativeResult[] = []): Promise<number> => {
    let count = 0;
    for (const [index, { outcome, asked, assumed, planning, alternatives }] of parts.entries()) {
      const part = tree.getByTestId(`part-${key}/${index}`);
      expect(await part.getAttribute("data-outcome"), `${key}/${index}`).toBe(outcome);
      expect(await part.innerText()).toContain(asked.zh);
      if (assumed && planning) expect(await part.innerText()).toContain("规划不计");
      count += 1 + (await expectParts(`${key}/${index}`, alternatives));
    }
    return count;
  };
  let parts = 0;
  for (const pathway of result.pathways) {
    for (const condition of pathway.conditions) {
      const node = tree.getByTestId(`condition-${pathway.id}-${condition.id}`);
      const text = await node.innerText();
      expect(text).toContain(condition.asked.zh);
      if (condition.outcome === "unknown" && condition.planning === "assume") expect(text).toContain("按已具备计");
      if (!condition.alternatives && condition.foundText) expect(text).toContain(condition.foundText.zh);
      if (!condition.alternatives && condition.outcome === "unmet" && condition.shortfall)
        expect(text).toContain(condition.shortfall.zh);
      parts += await expectParts(`${pathway.id}/${condition.id}`, condition.alternatives);
    }
  }
  expect(parts).toBeGreaterThan(10);
});

test("an edited fact is decided anew, what it changed is marked, and the roster's facts come back", async () => {
  const { rows } = await desk.ask<People>("/workers?year=2025&level=senior&measure=eligible&limit=1");
  await at(`/check?worker=${rows[0]?.workerId}&level=senior`);
  const decision = page.getByTestId("decision");
  await expect.poll(() => decision.getAttribute("data-decision")).toBe("eligible");
  await page.getByTestId("fact-onPost").getByText("否", { exact: true }).click();
  await expect.poll(() => decision.getAttribute("data-decision")).toBe("ineligible");
  expect(await page.getByTestId("blocking").innerText()).toContain("在岗");
  expect(await page.getByTestId("edited").innerText()).toBe("已改动 1 项");
  const tree = page.getByTestId("tree");
  const onPost = tree.getByTestId(/^condition-.*-on-post$/).first();
  await onPost.getByText("已变 · 原符合").waitFor();
  expect(await onPost.innerText()).toContain("不在岗");
  expect(
    await tree
      .getByTestId(/^condition-.*-level$/)
      .first()
      .innerText(),
  ).not.toContain("已变");
  await page.getByRole("button", { name: "恢复名册数据" }).click();
  await expect.poll(() => decision.getAttribute("data-decision")).toBe("eligible");
  expect(await tree.locator("[data-changed]").count()).toBe(0);
});

test("指标: the totals and the workbook hold the API's numbers", async () => {
  const filters = `year=${examined}&district=${nantong.code}`;
  const rows = await desk.ask<QuotaRow[]>(`/quota?${filters}&by=district,unit,trade`);
  const [total] = await desk.ask<QuotaRow[]>(`/quota?${filters}`);
  if (!total) throw new Error("no total");
  const figures = [
    ...(["technicians", "quota", "appliedLastYear", "planningEligible", "applications"] as const),
    ...(["exempt", "used", "left", "over"] as const),
  ];
  await at(`/quota?${filters}`);
  await page.getByTestId("quota-table").getByText("合计").waitFor();
  await page.getByText("全部", { exact: true }).click();
  await expect.poll(() => page.getByTestId("quota-shown").innerText()).toContain(`显示 ${rows.length} 行`);
  for (const name of ["technicians", "quota", "used", "left"] as const) {
    await expectNumber(page.getByTestId("quota-table").getByTestId(`total-${name}`), total[name]);
  }

  const arriving = page.waitForEvent("download");
  await page.getByTestId("export-quota").click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await readFile(await download.path())).buffer as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error("no sheet");
  const value = (row: ExcelJS.Row, column: number) => {
    const { result, value: plain } = row.getCell(column);
    const found = result ?? plain;
    // exceljs drops a cached zero of a formula
    if (typeof found === "object" && found !== null) return 0;
    return typeof found === "number" ? found : null;
  };
  const listed = new Map<string, readonly (number | null)[]>();
  let totals: readonly (number | null)[] = [];
  sheet.eachRow((row) => {
    const numbers = figures.map((_, index) => value(row, 5 + index));
    if (row.getCell(1).text === "合计") totals = numbers;
    else if (typeof row.getCell(1).value === "number") {
      listed.set([2, 3, 4].map((column) => row.getCell(column).text).join("|"), numbers);
    }
  });
  expect(totals).toEqual(figures.map((name) => total[name]));
  const wanted = rows.filter(
    (row) => row.technicians + row.appliedLastYear + row.planningEligible + row.applications > 0,
  );
  expect(listed.size).toBe(wanted.length);
  for (const row of wanted) {
    const key = `${row.districtName}|${row.unitName}|${row.trade}`;
    expect(listed.get(key), key).toEqual(figures.map((name) => row[name]));
  }
});

test("the people of a quota figure are as many as the figure", async () => {
  await at(`/quota?year=${examined}`);
  const used = page.getByTestId("quota-by-district").locator(".total-row .number-link").nth(1);
  const figure = await numberIn(used);
  expect(figure).toBeGreaterThan(0);
  await used.click();
  await expect.poll(() => page.getByTestId("people-total").innerText()).toContain(`占用 · ${figure} 人`);
  expect((await desk.ask<People>(`/workers?year=${examined}&measure=used`)).total).toBe(figure);
});

test("English and back; the choice outlives a reload", async () => {
  await at("/");
  await page.getByTestId("language").getByText("English").click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await expectKeyFigures("year=2025");
  await page.getByTestId("language").getByText("中文").click();
  await page.getByRole("heading", { level: 1, name: "总览" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
});

test("the keyboard reaches navigation, filters and numbers", async () => {
  await at("/");
  await stat("workers").waitFor();
  /** Tabs on until the focus is on an element that matches. */
  const tabTo = async (selector: string): Promise<void> => {
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(`document.activeElement?.closest(${JSON.stringify(selector)}) !== null`)) return;
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  await tabTo(".skip-link");
  await tabTo("nav a[href='/quota']");
  await page.keyboard.press("Enter");
  await page.getByTestId("quota-table").waitFor();
  await tabTo("[data-testid=filter-year]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("year")).toBe("2024");
  await tabTo("[data-testid=filter-district]");
  await page.keyboard.type(nantong.name);
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).searchParams.get("district")).toBe(nantong.code);
  await at("/");
  await stat("eligible").waitFor();
  await tabTo("[data-testid=stat-eligible] a");
  await page.keyboard.press("Enter");
  await page.getByTestId("people-table").waitFor();
});

test("no serious accessibility violation on any page", async () => {
  const { rows } = await desk.ask<People>("/workers?year=2025&level=seniorTechnician&measure=planningEligible&limit=1");
  const pages = [
    ["/", "stat-over"],
    [`/quota?year=${examined}`, "quota-table"],
    ["/people?measure=eligible", "people-table"],
    ["/check", "decision"],
    [`/check?worker=${rows[0]?.workerId}&level=seniorTechnician`, "decision"],
    ["/import", "import-file"],
    ["/import/history", "import-history"],
    ["/roster-changes", "changes-places"],
    ["/quality", "quality-places"],
    ["/nothing-here", "footer"],
  ] as const;
  const found: string[] = [];
  for (const [path, testId] of pages) {
    await page.goto(`${desk.origin}${path}`, { waitUntil: "networkidle" });
    await page.getByTestId(testId).waitFor();
    found.push(...(await seriousViolations(page)).map((violation) => `${path} ${violation}`));
  }
  expect(found).toEqual([]);
});

test("an unknown page says so and leads home; nothing to show says what to loosen", async () => {
  await at("/nothing-here");
  await page.getByRole("heading", { level: 1, name: "没有这个页面" }).waitFor();
  await page.getByRole("button", { name: "回到总览" }).click();
  await stat("workers").waitFor();
  await at("/?district=350000&level=junior");
  await page.locator("#content").getByText("可以放宽").waitFor();
  await page.locator("#content").getByRole("button", { name: "清除筛选" }).click();
  await expectKeyFigures("year=2025");
});

test("without a session there is only the way to sign in, and a link works once", async () => {
  const cookies = await desk.context.cookies();
  await desk.context.clearCookies();
  await at("/quota");
  await page.getByTestId("sign-in").waitFor();
  expect(await page.getByTestId("quota-table").count()).toBe(0);
  expect((await desk.context.request.get(`${desk.origin}/api/v1/meta`)).status()).toBe(401);
  const again = await page.goto(desk.server.signInUrl);
  expect(again?.status()).toBe(401);
  await page.getByRole("heading", { name: "登录链接无效" }).waitFor();
  await desk.context.addCookies(cookies);
  await at("/");
  await stat("workers").waitFor();
  expect((await desk.context.request.get(`${desk.origin}/api/v1/nothing`)).status()).toBe(404);
  expect((await desk.context.request.get(`${desk.origin}/api/v1/eligibility?year=2025&by=colour`)).status()).toBe(400);
});

test("a server that is gone: the page says so, and trying again shows the numbers", async () => {
  await at("/");
  await expectKeyFigures("year=2025");
  await desk.stopServer();
  await choose(page.getByTestId("filter-year"), `${examined} 年`);
  const failure = page.locator("#content").getByRole("alert").first();
  await failure.waitFor();
  expect(await failure.innerText()).toContain("连不上本机服务");
  const server = await desk.startServerAgain();
  const other = await desk.context.newPage();
  await other.goto(server.signInUrl);
  await other.close();
  await failure.getByRole("button", { name: "重试" }).click();
  await expectKeyFigures(`year=${examined}`);
});

test("signing out ends the session", async () => {
  await page.getByTestId("sign-out").click();
  await page.getByTestId("sign-in").waitFor();
  expect((await desk.context.request.get(`${desk.origin}/api/v1/session`)).status()).toBe(401);
});
