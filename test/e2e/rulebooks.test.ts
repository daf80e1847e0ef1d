/** The rulebook library and the score tab as a planner meets them: the real server, a smaller demonstration, a browser. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Population } from "../../server/eligibility/population.ts";
import type { RulebookDiff } from "../../server/rules/diff.ts";
import type { RulebookDocument } from "../../server/rules/document.ts";
import type { ScoreResult } from "../../server/rules/score.ts";
import type { PlacesBalance } from "../../server/tables/places.ts";
import type { BottleneckRow, People, PublicityAnswer, WorkerRecord } from "../../web/api/types.ts";
import { seriousViolations } from "./accessibility.ts";
import { choose, type Desk, expectNumber, numberIn, openDesk } from "./desk.ts";

const examYear = 2025;
const nantong = "南通市2023年高级技师考评";
const changzhou = "常州市2024年工勤技能岗位技术等级考评";

let desk: Desk;
let page: Page;
beforeAll(async () => {
  desk = await openDesk("demonstration");
  page = desk.page;
}, 300_000);
afterAll(() => desk?.close());

const at = (path: string) => page.goto(`${desk.origin}${path}`);

test("规则库: a rulebook is read from its link, every condition with its sentence and its clause", async () => {
  await at("/");
  await page.getByRole("link", { name: "规则库" }).click();
  await page.getByTestId("rulebook-nantong-2023").click();
  await page.getByRole("heading", { level: 2, name: nantong }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/rulebooks/nantong-2023");
  const book = await desk.ask<RulebookDocument>("/rulebooks/nantong-2023");
  const [level] = book.levels;
  const [first, ...others] = level?.pathways ?? [];
  if (!level?.window || !first) throw new Error("no level");
  expect(await page.locator("#content").innerText()).toContain(`${level.window.from} 至 ${level.window.to}`);
  const rows = page.getByTestId(`pathway-${first.id}`).locator("tbody tr[data-row-key]");
  await expect.poll(() => rows.count()).toBe(first.conditions.length);
  const texts = await rows.allInnerTexts();
  for (const [index, { sentence, alternatives, citation }] of first.conditions.entries()) {
    const said = alternatives ? alternatives.map((one) => one.sentence.zh) : [sentence.zh];
    for (const part of [...said, `${citation.document} ${citation.clause}`]) expect(texts[index]).toContain(part);
  }
  // a later pathway shows what sets it apart, and all of it when asked
  const [other] = others;
  if (!other) throw new Error("one pathway only");
  const card = page.getByTestId(`pathway-${other.id}`);
  expect(await card.locator("tbody tr[data-row-key]").count()).toBeLessThan(other.conditions.length);
  await card.getByRole("button", { name: "列出全部" }).click();
  expect(await card.locator("tbody tr[data-row-key]").count()).toBe(other.conditions.length);
});

test("another level of a rulebook, and another exam year", async () => {
  await at("/rulebooks/changzhou-2024");
  await page.getByRole("tab", { name: "高级技师" }).waitFor();
  await page.getByRole("tab", { name: "中级工" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("level")).toBe("intermediate");
  const content = page.locator("#content");
  const own = await desk.ask<RulebookDocument>("/rulebooks/changzhou-2024");
  const window = (book: RulebookDocument) =>
    book.levels.find((one) => one.level === "intermediate")?.window?.from ?? "?";
  await expect.poll(() => content.innerText()).toContain(window(own));
  await choose(page.getByTestId("rulebook-year"), "2023");
  const projected = await desk.ask<RulebookDocument>("/rulebooks/changzhou-2024?year=2023");
  await expect.poll(() => content.innerText()).toContain(window(projected));
  expect(await content.innerText()).toContain("按 2023 年度推算");
});

test("every number of a condition opens as many people, and the way back leads to the rulebook", async () => {
  await at("/rulebooks/nantong-2023");
  const rows = await desk.ask<BottleneckRow[]>(
    `/bottlenecks?year=${examYear}&level=seniorTechnician&rulebook=nantong-2023`,
  );
  const named = ["unmet", "soleBlocker", "unknown"] as const;
  for (const measure of named) {
    const row = rows.find((one) => one[measure] > 0 && one.condition !== "continuing-education");
    if (!row) throw new Error(`nobody is ${measure}`);
    const number = page.getByTestId(`${measure}-${row.condition}`).first();
    await expectNumber(number, row[measure]);
    await number.click();
    await expect.poll(() => page.getByTestId("people-total").innerText()).toContain(`· ${row[measure]} 人`);
    expect(await page.getByTestId("people-condition").innerText()).toContain(nantong);
    await page.getByRole("link", { name: "规则库" }).last().click();
    await page.getByRole("heading", { level: 2, name: nantong }).waitFor();
  }
  const row = rows.find(({ unmet }) => unmet > 0);
  await page.getByTestId(`unmet-${row?.condition}`).first().click();
  const tag = page.getByTestId("people-condition");
  await choose(page.getByTestId("people-measure"), "因此不符合");
  await expect.poll(() => page.getByTestId("people-total").innerText()).toBe(`因此不符合 · ${row?.blocked} 人`);
  await tag.getByRole("button", { name: "清除条件" }).click();
  await tag.waitFor({ state: "detached" });
  const plain = await desk.ask<People>(`/workers?year=${examYear}&level=seniorTechnician&measure=planningEligible`);
  await expect.poll(() => page.getByTestId("people-total").innerText()).toBe(`预计可申报 · ${plain.total} 人`);
});

test("two rulebooks side by side, with both clauses, and on request how many decisions would change", async () => {
  await at("/rulebooks/nantong-2023");
  await choose(page.getByTestId("rulebook-with"), changzhou);
  await page.getByTestId("compare").waitFor();
  const diff = await desk.ask<RulebookDiff>("/rulebooks/nantong-2023/diff/changzhou-2024");
  const level = diff.levels.find((one) => one.in === "both");
  if (!level) throw new Error("no level in both");
  const card = page.getByTestId(`compare-${level.level}`);
  await card.waitFor();
  const text = await card.innerText();
  expect(level.conditions.length).toBeGreaterThan(0);
  for (const { a, b } of level.conditions) {
    for (const side of [a, b]) {
      if (side) for (const part of [side.sentence.zh, side.citation.clause]) expect(text).toContain(part);
    }
  }
  expect(await page.getByTestId("one-sided").innerText()).toContain("中级工");
  await page.getByTestId("ask-population").click();
  const { population } = await desk.ask<{ population: Population }>(
    "/rulebooks/nantong-2023/diff/changzhou-2024?population=true",
  );
  const changes = population.levels.flatMap((one) => one.changes);
  expect(changes.length).toBeGreaterThan(0);
  const table = page.getByTestId("population");
  await table.waitFor();
  expect(await table.locator("tbody tr[data-row-key]").count()).toBe(changes.length);
  const shown = await table.locator("tbody tr[data-row-key] td:last-child").allInnerTexts();
  expect(shown.map((cell) => Number(cell.split("/")[0]?.replaceAll(",", "")))).toEqual(
    changes.map(({ workers }) => workers),
  );
  await page.getByRole("button", { name: "左右互换" }).click();
  await page.getByRole("heading", { level: 2, name: changzhou }).waitFor();
  expect(new URL(page.url()).searchParams.get("with")).toBe("nantong-2023");
});

test("公示: the last day by the calendar of working days", async () => {
  await at("/rulebooks/nantong-2023");
  const field = page.getByTestId("publicity").getByRole("textbox");
  // a Friday; then a make-up working Sunday, a Monday, the holiday until the 7th, and two days after it
  await field.fill("2024-09-27");
  await field.press("Enter");
  const answer = await desk.ask<PublicityAnswer>("/publicity?rulebook=nantong-2023&from=2024-09-27");
  expect(answer.until).toBe("2024-10-09");
  await expect.poll(() => page.getByTestId("publicity").innerText()).toContain(`公示至 ${answer.until}`);
});

test("名额平衡: the places of a proposed list, by region and by trade", async () => {
  await at("/rulebooks/fujian-2020");
  const section = page.getByTestId("rulebook-balance");
  const input = section.getByRole("spinbutton");
  await input.fill("57");
  const answer = await desk.ask<PlacesBalance>(`/places?rulebook=fujian-2020&year=${examYear}&total=57`);
  const regions = section.getByTestId("places-regions");
  await regions.waitFor();
  const places = await regions.locator("tbody tr[data-row-key] td:nth-child(4)").allInnerTexts();
  expect(places.map(Number)).toEqual(answer.regions.map((region) => region.places));
  expect(places.map(Number).reduce((sum, one) => sum + one, 0)).toBe(57);
  const trade = section.getByTestId("places-trades").getByRole("link").first();
  const people = await numberIn(trade);
  await trade.click();
  await expect.poll(() => page.getByTestId("people-total").innerText()).toContain(`· ${people} 人`);
});

test("量化考评: every item and the total are the API's, and change with a fact", async () => {
  const list = await desk.ask<People>(
    `/workers?year=${examYear}&level=seniorTechnician&district=320600&measure=planningEligible&limit=1`,
  );
  const workerId = list.rows[0]?.workerId;
  const { facts } = await desk.ask<WorkerRecord>(`/workers/${workerId}?year=${examYear}`);
  const score = async (changed: object): Promise<ScoreResult> => {
    const response = await desk.context.request.post(`${desk.origin}/api/v1/scores`, {
      data: { rulebook: "nantong-2023", level: "seniorTechnician", year: examYear, facts: { ...facts, ...changed } },
      headers: { origin: desk.origin },
    });
    if (!response.ok()) throw new Error(await response.text());
    return (await response.json()) as ScoreResult;
  };
  await at(`/check?worker=${workerId}&level=seniorTechnician`);
  await page.getByRole("tab", { name: "量化考评" }).click();
  const total = page.getByTestId("score-total");
  const before = await score({});
  await expect.poll(() => total.innerText()).toBe(`${before.total} 分`);
  const daily = page.getByTestId("score-daily").locator("tbody tr[data-row-key]");
  expect(await daily.count()).toBe(before.daily.items.length);
  const texts = await daily.allInnerTexts();
  for (const [index, { label, counted }] of before.daily.items.entries()) {
    expect(texts[index]).toContain(label.zh);
    expect(texts[index]).toContain(counted ? "计入" : "不计");
  }
  const { "2024": known, ...others } = facts.appraisals as Record<string, string>;
  const [code, word] = known === "excellent" ? ["qualified", "合格"] : ["excellent", "优秀"];
  const after = await score({ appraisals: { ...others, "2024": code } });
  expect(after.total).not.toBe(before.total);
  const grade = page.getByRole("combobox", { name: "2024 年度考核" });
  await choose(page.locator(".year-grid td").filter({ has: grade }), word);
  await expect.poll(() => total.innerText()).toBe(`${after.total} 分`);
});

test("no serious accessibility violation on the pages of rulebooks and scores", async () => {
  const { rows } = await desk.ask<People>(
    `/workers?year=${examYear}&level=seniorTechnician&measure=planningEligible&limit=1`,
  );
  const found: string[] = [];
  const look = async (path: string, ready: () => Promise<unknown>): Promise<void> => {
    await page.goto(`${desk.origin}${path}`, { waitUntil: "networkidle" });
    await ready();
    found.push(...(await seriousViolations(page)).map((violation) => `${path} ${violation}`));
  };
  await look("/rulebooks/nantong-2023", () => page.locator("td a.number-link").first().waitFor());
  await look("/rulebooks/changzhou-2024?level=technician", () => page.locator("td a.number-link").first().waitFor());
  await look("/rulebooks/fujian-2020", async () => {
    await page.getByTestId("rulebook-balance").getByRole("spinbutton").fill("57");
    await page.getByTestId("places-trades").waitFor();
  });
  await look("/rulebooks/nantong-2023?with=changzhou-2024", () => page.getByTestId("compare").waitFor());
  await look("/people?level=seniorTechnician&measure=unmet&rulebook=nantong-2023&condition=level&from=rulebooks", () =>
    page.getByTestId("people-condition").waitFor(),
  );
  await look(`/check?worker=${rows[0]?.workerId}&level=seniorTechnician`, async () => {
    await page.getByRole("tab", { name: "量化考评" }).click();
    await page.getByTestId("score").waitFor();
  });
  expect(found).toEqual([]);
});

test("the keyboard fills in a proposed list and opens a number of a condition", async () => {
  await at("/rulebooks/fujian-2020");
  const number = page.getByTestId("unmet-level").first();
  await number.waitFor();
  const figure = await numberIn(number);
  await page.getByTestId("rulebook-balance").getByRole("spinbutton").focus();
  await page.keyboard.type("57");
  await page.getByTestId("places-regions").waitFor();
  await number.focus();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.getByTestId("people-total").innerText())
    .toContain(`· ${figure?.toLocaleString("en")} 人`);
});
