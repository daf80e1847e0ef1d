import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadReference } from "../../server/reference/load.ts";
import { tradeNames } from "../../server/rosters/trade-names.ts";
import {
  deleteAlias,
  listAliases,
  listTrades,
  type NewAlias,
  putAlias,
  putTrade,
  resetTrade,
  unmappedTrades,
} from "../../server/rosters/trades.ts";
import { undoRows } from "../../server/rosters/undo.ts";
import { dataVersion } from "../../server/store/index.ts";
import { codes, type Ground, ground, roster } from "./ground.ts";

const editor = { who: "测试" };
const alias = (name: string, trade: string | null, since: number | null = null): NewAlias => ({
  alias: name,
  trade,
  since,
  source: "苏人社发〔2020〕61号",
  confidence: "confirmed",
});
const put = (at: Ground, entered: NewAlias) =>
  putAlias(at.store, entered, async (_c, years) => void at.decided.push(...years), editor);
const drop = (at: Ground, name: string) =>
  deleteAlias(at.store, name, async (_c, years) => void at.decided.push(...years), editor);
const trades = async (at: Ground, table: "workers" | "applications" = "workers") =>
  (await at.rows(table)).map(({ rosterYear, examYear, workerId, trade, tradeRaw }) => [
    ...[rosterYear ?? examYear, workerId, tradeRaw, trade],
  ]);

describe("the trade of a name", () => {
  const names = tradeNames(
    ["汽车驾驶与管理", "航标工", "电工"],
    [
      { alias: "司机", trade: "汽车驾驶与管理", since: null },
      { alias: "水电工", trade: null, since: null },
      { alias: "航标工", trade: "电工", since: 2023 },
      { alias: "灯塔工", trade: "航标工", since: null },
      { alias: "驾驶辅助", trade: "汽车驾驶与管理", since: 2022 },
    ],
  );
  it.each([
    ["电工", 2020, "电工"],
    ["司 机", 2020, "汽车驾驶与管理"],
    ["水电工", 2020, null],
    ["飞行员", 2020, undefined],
    ["航标工", 2022, "航标工"],
    ["航标工", 2023, "电工"],
    ["灯塔工", 2022, "航标工"],
    ["灯塔工", 2023, "电工"],
    ["驾驶辅助", 2021, null],
    ["驾驶辅助", 2022, "汽车驾驶与管理"],
  ])("%s in %i is %s", (raw, year, trade) => {
    expect(names(raw, year)).toBe(trade);
  });
});

describe("aliases of trades", () => {
  const rows = [
    "2021,A1,江都,甲,飞行员",
    "2022,A1,江都,甲,飞行员",
    "2022,A2,江都,甲,电工",
    "2022,A3,江都,甲,司机",
    "2022,A4,江都,甲,",
  ];
  const file = (lines = rows) => roster(lines, ",工种");
  const applications = "考评年度,人员编号,申报等级\n2022,A1,技师\n2022,A2,技师\n";

  it("reach the rows on file, keep their names, and are undone by being deleted", async () => {
    const at = await ground();
    await at.loadContent(file());
    await at.loadContent(applications, { kind: "applications" });
    const before = [await trades(at), await trades(at, "applications")];
    const unmapped = () => at.store.read((c) => unmappedTrades(c, fullScope));
    expect(await unmapped()).toEqual([{ tradeRaw: "飞行员", rows: 3, newestYear: 2022, suggestion: null }]);
    at.decided.length = 0;
    const entered = await put(at, alias("飞行员", "汽车驾驶与管理"));
    expect(entered).toMatchObject({
      version: 3,
      value: { alias: "飞行员", trade: "汽车驾驶与管理", since: null, who: "测试", rows: 3 },
    });
    expect(at.decided).toEqual([2021, 2022]);
    expect(await trades(at)).toEqual([
      [2021, "A1", "飞行员", "汽车驾驶与管理"],
      [2022, "A1", "飞行员", "汽车驾驶与管理"],
      [2022, "A2", "电工", "电工"],
      [2022, "A3", "司机", "汽车驾驶与管理"],
      [2022, "A4", null, null],
    ]);
    expect((await trades(at, "applications"))[0]).toEqual([2022, "A1", "飞行员", "汽车驾驶与管理"]);
    expect(await unmapped()).toEqual([]);
    // the same files again change nothing, nor does the same edit
    expect(await at.loadContent(file())).toMatchObject({ rowsUnchanged: 5, importId: null });
    expect(await at.loadContent(applications, { kind: "applications" })).toMatchObject({ rowsUnchanged: 2 });
    expect(await put(at, alias("飞行员", "汽车驾驶与管理"))).toEqual(entered);
    // the product's own files keep what the office entered
    await at.store.transaction(loadReference);
    expect((await trades(at))[0]).toEqual([2021, "A1", "飞行员", "汽车驾驶与管理"]);

    expect(await drop(at, "飞行员")).toMatchObject({ version: 4 });
    expect([await trades(at), await trades(at, "applications")]).toEqual(before);
    expect(await at.loadContent(file())).toMatchObject({ rowsUnchanged: 5 });
  });

  it("names of which nothing is known are listed with the trade that is most alike", async () => {
    const at = await ground();
    const raws = ["航空驾驶", "汽车驾驶工", "电公与烹饪", "园林绿化师", "计算机信息处里", "飞行员", "工"];
    await at.loadContent(
      roster(
        raws.map((raw, index) => `2022,A${index},江都,甲,${raw}`),
        ",工种",
      ),
    );
    const found = await at.store.read((c) => unmappedTrades(c, fullScope));
    expect(Object.fromEntries(found.map(({ tradeRaw, suggestion }) => [tradeRaw, suggestion]))).toEqual({
      航空驾驶: null,
      汽车驾驶工: "汽车驾驶与管理",
      电公与烹饪: "烹饪",
      园林绿化师: "花卉园艺",
      计算机信息处里: "计算机信息处理",
      飞行员: null,
      工: null,
    });
    expect(await at.store.read((c) => unmappedTrades(c, { districts: ["320600"] }))).toEqual([]);
  });

  it("a trade closed from a year on goes by the other from then, in files to come as well", async () => {
    const at = await ground();
    await at.loadContent(file());
    // The roster of 2022 is what the exams of 2023 are decided on.
    await put(at, alias("电工", "机械加工", 2023));
    expect((await trades(at))[2]).toEqual([2022, "A2", "电工", "机械加工"]);
    const report = await at.loadContent(file([...rows, "2021,A5,江都,甲,电工", "2023,A5,江都,甲,电工"]));
    expect(report).toMatchObject({ rowsLoaded: 2, rowsUnchanged: 5 });
    expect(codes(report).filter((code) => code.includes("trade-by-year"))).toHaveLength(2);
    expect(
      report.problems.find(({ code, message }) => code === "trade-by-year" && /2023/.test(message.zh)),
    ).toMatchObject({
      value: "电工",
      taken: "机械加工",
      severity: "warning",
      message: { zh: expect.stringContaining("（1 行）") },
    });
    expect((await trades(at)).filter(([, id]) => id === "A5").map(([year, , , trade]) => [year, trade])).toEqual([
      [2021, "电工"],
      [2023, "机械加工"],
    ]);
    await drop(at, "电工");
    expect((await trades(at)).filter(([, , raw]) => raw === "电工").every(([, , , trade]) => trade === "电工")).toBe(
      true,
    );
  });

  it("a name may stand for none, against the product's own list, which returns when that is deleted", async () => {
    const at = await ground();
    await at.loadContent(file());
    const driver = async () => (await trades(at)).find(([, id]) => id === "A3")?.[3];
    expect(await driver()).toBe("汽车驾驶与管理");
    await put(at, alias("司机", null));
    expect(await driver()).toBeNull();
    expect(codes(await at.loadContent(file()))).toContain("5:trade-unknown");
    await drop(at, "司机");
    expect(await driver()).toBe("汽车驾驶与管理");
    await expect(drop(at, "司机")).rejects.toMatchObject({ code: "conflict" });
    await expect(drop(at, "没有")).rejects.toMatchObject({ code: "not-found" });
    const own = (await at.store.read((c) => listAliases(c, fullScope))).find((one) => one.alias === "司机");
    expect(own).toMatchObject({ trade: "汽车驾驶与管理", who: null, changedAt: null, rows: 1 });
  });

  it("rows that an undo brings back have the trades of today", async () => {
    const at = await ground();
    await at.loadContent(roster(["2022,A1,江都,甲,飞行员"], ",工种"));
    await at.loadContent(roster(["2022,A1,江都,甲,电工"], ",工种"));
    await put(at, alias("飞行员", "烹饪"));
    await undoRows(at.store, "workers", async () => {}, editor);
    expect(await trades(at)).toEqual([[2022, "A1", "飞行员", "烹饪"]]);
  });

  it.each([
    [alias("飞行员", "没有的工种"), "trade"],
    [alias("电工", "烹饪"), "since"],
    [alias("司机", "司机"), "trade"],
  ])("%o is refused: %s", async (entered, property) => {
    const at = await ground();
    await expect(put(at, entered)).rejects.toMatchObject({ code: "bad-input", details: { property } });
    expect(await at.store.read(dataVersion)).toMatchObject({ version: 0 });
  });

  it("circles are refused", async () => {
    const at = await ground();
    await put(at, alias("电工", "烹饪", 2022));
    await expect(put(at, alias("烹饪", "电工", 2023))).rejects.toMatchObject({
      details: { path: ["烹饪", "电工", "烹饪"] },
    });
  });

  it("any edits, all taken back, leave every row as it was", async () => {
    const at = await ground();
    const raws = ["飞行员", "电工", "司机", "水电工", "烹饪"];
    const lines = raws.flatMap((raw, index) => [2021, 2022, 2023].map((year) => `${year},B${index},江都,甲,${raw}`));
    await at.loadContent(roster(lines, ",工种"));
    const before = await trades(at);
    const targets = fc.constantFrom("机械加工", "制冷", "水暖", null);
    const edits = fc.array(fc.tuple(fc.constantFrom(...raws), targets, fc.constantFrom(2021, 2022, 2023)), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (drawn) => {
        for (const [raw, trade, since] of drawn) await put(at, alias(raw, trade, since));
        expect(await at.loadContent(roster(lines, ",工种"))).toMatchObject({ rowsUnchanged: 15, importId: null });
        for (const raw of new Set(drawn.map(([name]) => name))) await drop(at, raw);
        expect(await trades(at)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });
});

describe("general trades", () => {
  it("are confirmed or changed, stay over the product's files, and come back", async () => {
    const { store } = await ground();
    const one = async (name: string) =>
      (await store.read((c) => listTrades(c, fullScope))).find((trade) => trade.name === name);
    const before = await one("电工");
    expect(before).toMatchObject({ general: true, generalAssumed: true, who: null, workers: 0 });
    const flag = { general: false, confirmed: true, source: "本局意见" };
    const done = await putTrade(store, "电工", flag, editor);
    expect(done).toMatchObject({ version: 1, value: { general: false, generalAssumed: false, who: "测试" } });
    expect(await putTrade(store, "电工", flag, editor)).toEqual(done);
    await store.transaction(loadReference);
    expect(await one("电工")).toMatchObject({ general: false, generalAssumed: false, source: "本局意见" });
    // changed, and yet an assumption
    await putTrade(store, "电工", { ...flag, confirmed: false }, editor);
    await store.transaction(loadReference);
    expect(await one("电工")).toMatchObject({ general: false, generalAssumed: true });
    expect(await resetTrade(store, "电工", editor)).toMatchObject({ version: 3 });
    expect(await one("电工")).toEqual(before);
    expect(await resetTrade(store, "电工", editor)).toMatchObject({ version: 3 });
    await expect(putTrade(store, "电公", flag, editor)).rejects.toMatchObject({
      code: "not-found",
      text: { zh: expect.stringContaining("是否指“电工”") },
    });
  });
});
