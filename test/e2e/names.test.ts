/** Units, trades and their names as the office edits them: what is entered is seen in the tables, and undone. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EligibilityRow, Meta, People, QuotaRow } from "../../web/api/types.ts";
import type { Heading, ListedAlias, ListedTrade, ListedUnitChange } from "../../web/pages/names/api.ts";
import { seriousViolations } from "./accessibility.ts";
import { type Desk, openDesk } from "./desk.ts";

let desk: Desk;
let page: Page;

/** Two rosters: a unit that goes by another name in the second one, and trades as nobody spells them. */
const rosters = [
  "年度,人员编号,姓名,性别,出生日期,地区,单位名称,在岗,工种,现技术等级,取得现等级时间,参加工作时间,学历",
  ...[2022, 2023].flatMap((year) =>
    Array.from({ length: 6 }, (_, n) => {
      const unit = year === 2022 ? "水利工程管理站" : "水利服务中心";
      const trade = ["电工", "电工", "电工", "汽车驾驶工", "汽车驾驶工", "飞行员"][n];
      return `${year},A${n},张三,男,1980-05-01,通州区,${unit},是,${trade},技师,2015-12,2000-07-01,大专`;
    }),
  ),
].join("\n");

async function upload(content: string, fields: Record<string, string>): Promise<void> {
  const file = { name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(content) };
  const response = await desk.context.request.post(`${desk.origin}/api/v1/imports`, {
    multipart: { kind: "workers", ...fields, file },
  });
  expect(response.status(), await response.text()).toBe(200);
}

beforeAll(async () => {
  desk = await openDesk("empty");
  page = desk.page;
  await upload(rosters, {});
  await page.goto(`${desk.origin}/names`);
}, 120_000);
afterAll(() => desk?.close());

const version = async () => (await desk.ask<Meta>("/meta")).dataVersion;
const go = (path: string) => page.goto(`${desk.origin}${path}`);
const search = () => page.getByTestId("names-search").getByRole("searchbox");
const notice = () => page.getByTestId("notice");
const row = (table: Locator, text: string) => table.getByRole("row").filter({ hasText: text });

/** A field of the form in the drawer, by its label. */
const field = (label: string) =>
  page.locator(".ant-drawer .ant-form-item").filter({ has: page.getByText(label, { exact: true }) });

/** Types into a drop-down list and takes the option. */
async function pick(label: string, option: string): Promise<void> {
  await field(label).getByRole("combobox").fill(option);
  await page.locator(".ant-select-dropdown:visible .ant-select-item-option").getByText(option, { exact: true }).click();
}

async function undo(): Promise<void> {
  await page.getByTestId("undo").click();
  await notice().getByText("已撤销").waitFor();
}

test("the menu leads to the page, and each tab stands in the address and says what it does", async () => {
  await page.getByRole("navigation").getByRole("link", { name: "单位与工种" }).click();
  await page.getByRole("heading", { level: 1, name: "单位与工种" }).waitFor();
  for (const [tab, name, sentence] of [
    ["trades", "工种", "是否通用工种"],
    ["aliases", "工种对照", "行保留文件原名"],
    ["headings", "列名对照", "下一个文件照此识别"],
    ["units", "单位", "行保留文件原名"],
  ] as const) {
    await page.getByRole("tab", { name, exact: true }).click();
    await page.locator(".names-note").getByText(sentence).waitFor();
    expect(new URL(page.url()).searchParams.get("tab")).toBe(tab);
    expect(await seriousViolations(page)).toEqual([]);
  }
});

const unitsOf = async (year: number) =>
  (await desk.ask<EligibilityRow[]>(`/eligibility?year=${year}&level=seniorTechnician&by=unit`)).map(
    ({ unitName, workers }) => [unitName, workers],
  );

test("a suggested rename is adopted: nothing happens before it is saved, then the tables follow; undo puts it back", async () => {
  const before = await version();
  const old = [["水利工程管理站", 6]];
  expect(await unitsOf(2023)).toEqual(old);
  await page.getByTestId("adopt").click();
  const form = page.getByTestId("unit-form");
  await form.waitFor();
  expect(await page.getByTestId("unit-preview").innerText()).toContain("自 2023 年考评起的 6 行归入“水利服务中心”");
  await page.getByTestId("unit-save").click();
  await form.getByText("请填写依据").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await version()).toBe(before);

  await form.getByLabel("依据").fill("通编办〔2023〕15 号");
  await page.keyboard.press("Enter");
  await notice().getByText("已登记：水利工程管理站 → 水利服务中心").waitFor();
  const listed = row(page.getByTestId("unit-changes"), "通编办〔2023〕15 号");
  await listed.getByText("6 / 6").waitFor();
  expect(await listed.innerText()).toContain("本机操作员");
  await page.getByText("没有发现可能的更名或合并").waitFor();
  expect(await version()).toBe(before + 1);
  expect(await unitsOf(2023)).toEqual([["水利服务中心", 6]]);

  await undo();
  await page.getByTestId("adopt").waitFor();
  expect(await unitsOf(2023)).toEqual(old);
  expect(await desk.ask<ListedUnitChange[]>("/unit-changes")).toEqual([]);
});

test("a suggestion is put aside and taken up again; a change is entered by hand, edited, refused, deleted, put back", async () => {
  await page.getByTestId("ignore").click();
  await page.getByText("没有发现可能的更名或合并").waitFor();
  await page.reload();
  await page.getByTestId("show-ignored").click();
  await page.getByTestId("ignore").click();
  await page.getByTestId("show-ignored").waitFor({ state: "detached" });

  await page.getByTestId("add-unit").click();
  const form = page.getByTestId("unit-form");
  await pick("原单位", "水利工程管理站");
  await pick("现单位", "水利服务中心");
  await form.getByLabel("自考评年度").fill("2024");
  await page.getByTestId("unit-preview").getByText("统计表不会变化").waitFor();
  await form.getByLabel("依据").fill("通知");
  await page.getByTestId("unit-save").click();
  const table = page.getByTestId("unit-changes");
  await row(table, "2024 年").getByTestId("edit").click();
  await form.getByLabel("自考评年度").fill("2023");
  await form.getByText("合并", { exact: true }).click();
  await page.getByTestId("unit-save").click();
  await row(table, "合并").waitFor();
  await undo();
  await row(table, "更名").getByText("2024 年").waitFor();

  // back again is a circle: told at the field, nothing written
  const before = await version();
  await page.getByTestId("add-unit").click();
  await pick("原单位", "水利服务中心");
  await pick("现单位", "水利工程管理站");
  await form.getByLabel("依据").fill("通知");
  await page.getByTestId("unit-save").click();
  await field("现单位").getByText("首尾相接").waitFor();
  expect(await version()).toBe(before);
  await page.locator(".ant-drawer").getByRole("button", { name: "取消" }).click();
  await form.waitFor({ state: "detached" });
  await page.getByTestId("add-unit").press("Enter");
  await form.waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });

  await row(table, "2024 年").getByTestId("remove").click();
  await page.getByRole("tooltip").getByRole("button", { name: "删除" }).click();
  await notice().getByText("已删除变更").waitFor();
  await table.getByText("还没有登记单位变更").waitFor();
  await undo();
  await row(table, "2024 年").waitFor();
  expect(await desk.ask<ListedUnitChange[]>("/unit-changes")).toMatchObject([{ since: 2024, source: "通知" }]);
});

const electrician = async () =>
  (await desk.ask<ListedTrade[]>("/trades")).find(({ name }) => name === "电工") ?? expect.fail("no trade 电工");
const assumed = async () =>
  (await desk.ask<QuotaRow[]>("/quota?year=2023&level=seniorTechnician&by=trade")).find(({ trade }) => trade === "电工")
    ?.assumed;

test("a general trade is confirmed with its source, and the quota page no longer calls it assumed; undo brings that back", async () => {
  const quota = "/quota?year=2023&level=seniorTechnician";
  await go(quota);
  const quotaRow = page.getByTestId("quota-table").locator(".ant-table-row", { hasText: "电工" });
  await quotaRow.getByText("假定").waitFor();
  await page.getByTestId("confirm-general").click();
  await page.getByTestId("trades-open").getByText("待确认 1 个工种，涉及 3 人").waitFor();
  const trades = page.getByTestId("trades");
  await row(trades, "电工").getByRole("checkbox").check();
  await page.getByTestId("confirm-trades").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("请填写依据").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  const before = await version();
  await dialog.getByLabel("依据").fill("苏人社发〔2023〕8 号");
  await page.keyboard.press("Enter");
  await notice().getByText("已确认 1 个工种：电工").waitFor();
  await page.getByTestId("trades-open").getByText("在用工种均已确认").waitFor();
  expect(await version()).toBe(before + 1);
  expect(await electrician()).toMatchObject({ general: true, generalAssumed: false, source: "苏人社发〔2023〕8 号" });
  expect(await assumed()).toBe(false);

  await page.getByTestId("trades-open").getByRole("link", { name: "查看指标表" }).click();
  await page.getByTestId("filter-year").waitFor();
  await go(quota);
  await quotaRow.waitFor();
  expect(await quotaRow.getByText("假定").count()).toBe(0);
  expect(await page.getByTestId("confirm-general").count()).toBe(0);

  await go("/names?tab=trades");
  await row(trades, "电工").getByText("苏人社发〔2023〕8 号").waitFor();
  await row(trades, "电工").getByRole("checkbox").check();
  await page.getByTestId("reset-trades").click();
  await dialog.getByRole("button", { name: "恢复系统自带" }).click();
  await notice().getByText("已恢复系统自带：电工").waitFor();
  expect(await assumed()).toBe(true);
  await undo();
  expect(await electrician()).toMatchObject({ generalAssumed: false, source: "苏人社发〔2023〕8 号" });
});

test("several trades are set in one data version and put back in one", async () => {
  await go("/names?tab=trades&show=all");
  const before = await version();
  const start = await desk.ask<ListedTrade[]>("/trades");
  const trades = page.getByTestId("trades");
  await search().fill("交通");
  await expect.poll(() => trades.getByRole("row").count()).toBeLessThan(12);
  await trades.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByTestId("set-general").click();
  await page.getByRole("dialog").getByLabel("依据").fill("办公会议纪要");
  await page.keyboard.press("Enter");
  await notice().getByText("潜水员").waitFor();
  expect(await version()).toBe(before + 1);
  const traffic = (await desk.ask<ListedTrade[]>("/trades")).filter(({ category }) => category === "交通");
  expect(traffic.every(({ general, generalAssumed }) => general && !generalAssumed)).toBe(true);
  await undo();
  expect(await version()).toBe(before + 2);
  const kept = ({ changedAt: _, ...rest }: ListedTrade) => rest;
  expect((await desk.ask<ListedTrade[]>("/trades")).map(kept)).toEqual(start.map(kept));
});

const driver = async () =>
  (await desk.ask<People>("/workers?year=2024&level=seniorTechnician&measure=workers&q=A3")).rows;

test("an unmapped trade is mapped with one click: the people have the trade; undo takes it away", async () => {
  await go("/names?tab=aliases");
  const line = row(page.getByTestId("unmapped"), "汽车驾驶工");
  await line.getByText("4", { exact: true }).waitFor();
  expect(await driver()).toMatchObject([{ workerId: "A3", trade: null }]);
  await line.getByTestId("map").click();
  await notice().getByText("已登记工种对照：汽车驾驶工 → 汽车驾驶与管理").waitFor();
  await line.waitFor({ state: "detached" });
  expect(await driver()).toMatchObject([{ trade: "汽车驾驶与管理" }]);
  await undo();
  await line.waitFor();
  expect(await driver()).toMatchObject([{ trade: null }]);
});

test("a name is given a trade by hand, changed, deleted and put back; the product's own cannot be deleted", async () => {
  const aliases = page.getByTestId("aliases");
  const form = page.getByTestId("alias-form");
  await row(page.getByTestId("unmapped"), "飞行员").getByTestId("map-other").click();
  await page.getByTestId("alias-save").click();
  await form.getByText("请选择工种").waitFor();
  await pick("对应工种", "汽车修理");
  await form.getByLabel("依据").fill("通知");
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByTestId("alias-save").click();
  await notice().getByText("飞行员 → 汽车修理").waitFor();
  await search().fill("飞行");
  await row(aliases, "飞行员").getByTestId("edit").click();
  await pick("对应工种", "不认定（不对应任何工种）");
  await page.getByTestId("alias-save").click();
  await row(aliases, "飞行员").getByText("不认定").waitFor();
  await undo();
  await row(aliases, "飞行员").getByText("汽车修理").waitFor();
  await row(aliases, "飞行员").getByTestId("remove").click();
  await page.getByRole("tooltip").getByRole("button", { name: "删除" }).click();
  await notice().getByText("已删除工种对照：飞行员").waitFor();
  await undo();
  await row(aliases, "飞行员").waitFor();

  await search().fill("司炉工");
  await row(aliases, "司炉工").getByText("系统自带").waitFor();
  expect(await row(aliases, "司炉工").getByTestId("remove").count()).toBe(0);
  // a trade of its own as a name needs the year: told at the field
  await page.getByTestId("add-alias").click();
  await form.getByLabel("写法").fill("航标工");
  await pick("对应工种", "电工");
  await form.getByLabel("依据").fill("通知");
  await page.getByTestId("alias-save").click();
  await field("自考评年度").getByText("停考").last().waitFor();
  expect((await desk.ask<ListedAlias[]>("/trade-aliases")).some(({ alias }) => alias === "航标工")).toBe(false);
});

test("a remembered heading is listed and forgotten", async () => {
  const mapping = JSON.stringify({ 科室名: "unit" });
  await upload("年度,人员编号,地区,科室名\n2021,B1,通州区,甲中学\n", { mapping });
  await go("/names?tab=headings");
  const line = row(page.getByTestId("headings"), "科室名");
  expect(await line.innerText()).toContain("单位名称");
  await line.getByTestId("forget").click();
  await page.getByRole("tooltip").getByRole("button", { name: "忘记" }).click();
  await notice().getByText("已忘记列名“科室名”").waitFor();
  await page.getByText("还没有记住的列名").waitFor();
  expect(await desk.ask<Heading[]>("/heading-mappings")).toEqual([]);
});

test("the page speaks English too", async () => {
  await page.getByTestId("language").getByText("English").click();
  for (const tab of ["units", "trades", "aliases", "headings"]) {
    await go(`/names?tab=${tab}`);
    await page.getByRole("heading", { level: 1, name: "Units and trades" }).waitFor();
    await page.locator(".names-note").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  }
});
