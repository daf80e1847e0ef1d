import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readDistrict, readTrade } from "../../server/rosters/place-cells.ts";
import { loadPlaceNames, type Places, placesOf } from "../../server/rosters/places.ts";
import { readTransfer } from "../../server/rosters/transfers.ts";
import { ground } from "./ground.ts";

let places: Places;
beforeAll(async () => {
  let end = async () => {};
  const { store } = await ground((work) => {
    end = work;
  });
  places = placesOf(await store.read(loadPlaceNames));
  return end;
});

const district = (text: string) => {
  const { values, problem } = readDistrict(text, places);
  return [values.district, problem?.code].filter((part) => part !== undefined).join(" ");
};

const trade = (text: string) => {
  const { values, problem, pair } = readTrade(text, places);
  return [
    pair?.kind === "trades" ? pair.names.map((name) => name ?? "?").join("+") : values.trade,
    values.tradeRaw === text ? undefined : values.tradeRaw,
    problem?.code,
  ]
    .filter((part) => part !== undefined && part !== null)
    .join(" ");
};

describe("districts", () => {
  it.each([
    [
      "321012",
      "江都区 江都 扬州市江都区 扬州江都 江苏省扬州市江都区 江\u3000都 321012 ３２１０１２ 321012000000 321012江都区 江都区（321012）",
    ],
    ["321012 district-alias", "321088 江都市"],
    ["320613 district-alias", "港闸区 320611 320602"],
    ["320412 district-alias", "武进市 戚墅堰区 320483"],
    ["350103", "台江 福州台江区 350103"],
    ["district-ambiguous", "市直 321012通州区"],
    ["district-unknown", "火星区 999999 江"],
  ])("%s: %s", (expected, words) => {
    const all = words.split(" ");
    expect(all.map((text) => [text, district(text)])).toEqual(all.map((text) => [text, expected]));
  });

  it("are suggested where they are unknown, and listed where there are several", () => {
    expect(readDistrict("江都县区", places).problem?.message.zh).toContain("是否指“江都区”");
    expect(readDistrict("市直", places).problem?.message.zh).toMatch(/南通市直.*常州市直|常州市直.*南通市直/);
    expect(readDistrict("港闸区", places).problem).toMatchObject({ taken: "320613 南通市崇川区", once: "text" });
  });
});

describe("trades", () => {
  it.each([
    ["电工", "电工"],
    ["汽车驾驶与管理", "汽车驾驶与管理"],
    ["汽车驾驶员", "汽车驾驶与管理 trade-alias"],
    ["司 机", "汽车驾驶与管理 trade-alias"],
    ["电工（高级）", "电工 trade-alias"],
    ["汽车驾驶员/汽车驾驶与管理", "汽车驾驶与管理 trade-alias"],
    ["汽车驾驶员/电工", "汽车驾驶与管理+电工"],
    ["汽车驾驶员、电工", "汽车驾驶与管理+电工"],
    ["原司机，现电工", "汽车驾驶与管理+电工"],
    ["原为汽车驾驶员现从事电工", "汽车驾驶与管理+电工"],
    ["司机→电工", "汽车驾驶与管理+电工"],
    ["司机转岗为电工", "汽车驾驶与管理+电工"],
    ["飞行员/电工", "?+电工"],
    ["飞行员", "trade-unknown"],
    ["飞行员/宇航员", "trade-unknown"],
    ["电工/水暖/烹饪", "trade-unknown"],
  ])("%s → %s", (text, expected) => {
    expect(trade(text)).toBe(expected);
  });

  it("keep the name they came with, and suggest another where they are unknown", () => {
    expect(readTrade("司机", places)).toMatchObject({
      values: { trade: "汽车驾驶与管理", tradeRaw: "司机" },
      problem: { taken: "汽车驾驶与管理", once: "text", severity: "warning" },
    });
    expect(readTrade("计算机信息", places)).toMatchObject({
      values: { trade: null, tradeRaw: "计算机信息" },
      unmapped: "trades",
      problem: { message: { zh: expect.stringContaining("是否指“计算机信息处理”") } },
    });
  });

  it("and districts may be any text at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readTrade(text, places)).toHaveProperty("values");
        expect(readDistrict(text, places)).toHaveProperty("values");
      }),
    );
  });
});

describe("a change of trade in one cell", () => {
  const trades = { kind: "trades", names: ["汽车驾驶与管理", "电工"], raw: ["司机", "电工"] } as const;
  const read = (cells: Parameters<typeof readTransfer>[0]) => {
    const { problems, ...taken } = readTransfer(cells);
    return { ...taken, problems: problems.map(({ field, code, taken: value }) => `${field} ${code} ${value ?? "-"}`) };
  };

  it("takes the later trade and its date, and the first certificate of the level", () => {
    expect(
      read({ trades, tradeSince: ["1999-05", "2010-06"], levelObtainedOn: ["2018", "2023"], declared: true }),
    ).toEqual({
      trade: "电工",
      tradeSince: "2010-06",
      levelObtainedOn: "2018",
      problems: ["trade trade-two 电工", "tradeSince date-two 2010-06", "levelObtainedOn date-two 2018"],
    });
  });

  it("goes by the dates where they stand the other way round", () => {
    expect(read({ trades, tradeSince: ["2010-06", "1999-05"], declared: false })).toMatchObject({
      trade: "汽车驾驶与管理",
      tradeSince: "2010-06",
    });
    expect(read({ trades, levelObtainedOn: ["2023", "2018"], declared: false })).toMatchObject({
      trade: "汽车驾驶与管理",
      levelObtainedOn: "2018",
    });
  });

  it("takes the last trade where there are no dates, and none where that is unknown", () => {
    expect(read({ trades, declared: false })).toEqual({ trade: "电工", problems: ["trade trade-two 电工"] });
    const unknown = { kind: "trades", names: ["电工", undefined], raw: ["电工", "飞行员"] } as const;
    expect(read({ trades: unknown, declared: false })).toEqual({ trade: null, problems: ["trade trade-two -"] });
  });

  it("never takes one of two certificates without a sign of a transfer", () => {
    expect(read({ levelObtainedOn: ["2018", "2023"], declared: false })).toEqual({
      problems: ["levelObtainedOn date-two -"],
    });
    expect(read({ levelObtainedOn: ["2018", "2023"], declared: true })).toMatchObject({ levelObtainedOn: "2018" });
  });
});
