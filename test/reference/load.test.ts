import { describe, expect, it } from "vitest";
import { loadReference } from "../../server/reference/load.ts";
import { loadPlaceNames, placesOf } from "../../server/rosters/places.ts";
import { ground } from "../rosters/ground.ts";

describe("reference tables", () => {
  it("fills districts with their ancestors, trades and aliases, and stays the same when loaded again", async () => {
    const { store } = await ground();
    const all = () =>
      store.read(async (c) => ({
        districts: await c.rows("SELECT * FROM districts ORDER BY code"),
        trades: await c.rows("SELECT * FROM trades ORDER BY name"),
        aliases: await c.rows("SELECT * FROM trade_aliases ORDER BY alias"),
      }));
    const first = await all();
    expect(first.trades).toHaveLength(56);
    expect(first.trades.filter(({ general }) => general === true)).toHaveLength(15);
    expect(first.districts.find(({ code }) => code === "320612")).toEqual({
      code: "320612",
      name: "通州区",
      parent: "320600",
      tier: "district",
      standard: true,
      oldCodes: ["320683"],
      aliases: ["通州市"],
      ancestors: ["320000", "320600", "320612"],
    });
    expect(first.districts.find(({ code }) => code === "350128")).toMatchObject({ tier: "city", parent: "350000" });
    await store.transaction(loadReference);
    expect(await all()).toEqual(first);
  });

  it("has districts whose parents exist, and aliases of trades that exist", async () => {
    const { store } = await ground();
    const [orphans] = await store.read((c) =>
      c.rows<{ districts: number; aliases: number; codes: number }>(
        `SELECT
          (SELECT count(*) FROM districts WHERE parent IS NOT NULL AND parent NOT IN (SELECT code FROM districts)) AS districts,
          (SELECT count(*) FROM trade_aliases WHERE trade NOT IN (SELECT name FROM trades)) AS aliases,
          (SELECT count(*) - count(DISTINCT code) FROM districts) AS codes`,
      ),
    );
    expect(orphans).toEqual({ districts: 0, aliases: 0, codes: 0 });
  });

  it("keeps what an administrator confirmed", async () => {
    const { store } = await ground();
    await store.transaction(async (c) => {
      await c.run(`UPDATE trades SET general = true, "generalAssumed" = false WHERE name = '农艺'`);
      await c.run(`UPDATE trade_aliases SET trade = '水暖', confidence = 'confirmed' WHERE alias = '维修电工'`);
      await loadReference(c);
    });
    const found = await store.read(async (c) => [
      ...(await c.rows(`SELECT general, "generalAssumed" FROM trades WHERE name = '农艺'`)),
      ...(await c.rows("SELECT trade, confidence FROM trade_aliases WHERE alias = '维修电工'")),
    ]);
    expect(found).toEqual([
      { general: true, generalAssumed: false },
      { trade: "水暖", confidence: "confirmed" },
    ]);
  });
});

describe("places by name", () => {
  const meant: readonly (readonly [string, string])[] = [
    ["320612", "320612"],
    ["320683", "320612"],
    ["3206SZ", "3206SZ"],
    ["通州区", "320612"],
    ["通州", "320612"],
    ["通州市", "320612"],
    [" 通 州 区 ", "320612"],
    ["通州湾", "3206TZW"],
    ["南通市通州区", "320612"],
    ["江苏省南通市通州区", "320612"],
    ["南通开发区", "320671"],
    ["南通市直", "3206SZ"],
    ["南通市市(直)", "3206SZ"],
    ["江都", "321012"],
    ["福州市鼓楼区", "350102"],
    ["福州鼓楼", "350102"],
    ["平潭", "350128"],
    ["港闸区", "320613"],
    ["焦作市示范区", "410871"],
    ["温县", "410825"],
    ["南通市", "320600"],
  ];

  it("knows codes, old codes, names short and in full", async () => {
    const { store } = await ground();
    const places = placesOf(await store.read(loadPlaceNames));
    expect(meant.map(([text]) => [text, places.district(text)])).toEqual(
      meant.map(([text, code]) => [text, expect.objectContaining({ code })]),
    );
  });

  it("asks back where a name means several places, and knows nothing of others", async () => {
    const { store } = await ground();
    const places = placesOf(await store.read(loadPlaceNames));
    expect(places.district("市直")).toHaveProperty("candidates");
    expect(places.district("开发区")).toEqual({
      candidates: ["南通市南通经济技术开发区", "扬州市扬州经济技术开发区"],
    });
    expect(places.district("温")).toBeUndefined();
    expect(places.district("浦东新区")).toBeUndefined();
  });
});
