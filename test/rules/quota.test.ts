import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import {
  bandPlaces,
  checkQuotaCases,
  type QuotaByBands,
  type QuotaByShare,
  quotaRule,
  quotaSchema,
  sharePlaces,
} from "../../server/rules/quota.ts";
import { quotaSentence } from "../../server/rules/quota-text.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";

let library: RulebookLibrary;
beforeAll(async () => {
  library = await loadLibrary();
});

const jiangsu = (): QuotaByBands => {
  const { quota } = library.get("jiangsu-2020");
  if (!quota || "share" in quota) throw new Error("jiangsu-2020 has no bands");
  return quota;
};
const share = (atMost: number): QuotaByShare => ({
  level: "seniorTechnician",
  share: { of: "posts", atMost },
  citation: { document: "甲省〔2030〕1号", clause: "三" },
});

test.each([
  [0, 0, 0],
  [1, 1, 0],
  [4, 1, 0],
  [5, 1, 1],
  [9, 1, 1],
  [10, 2, 2],
  [19, 2, 2],
  [20, 3, 3],
  [21, 3, 3],
  [200, 3, 3],
])("%i technicians: %i places, after a year with a quota-using application %i", (technicians, free, after) => {
  expect(bandPlaces(jiangsu(), { technicians, appliedLastYear: false })).toBe(free);
  expect(bandPlaces(jiangsu(), { technicians, appliedLastYear: true })).toBe(after);
});

test("more technicians never have fewer places", () => {
  fc.assert(
    fc.property(fc.nat(300), fc.boolean(), (technicians, appliedLastYear) => {
      const at = (n: number) => bandPlaces(jiangsu(), { technicians: n, appliedLastYear });
      expect(at(technicians + 1)).toBeGreaterThanOrEqual(at(technicians));
    }),
  );
});

test.each([
  // 0.12 · 25 is 3, though not in binary fractions
  [0.12, 25, 0, 3],
  [0.12, 24, 0, 2],
  [0.12, 25, 2, 1],
  [0.12, 25, 3, 0],
  [0.12, 25, 7, 0],
  [0.12, 8, 0, 0],
  [0.12, 0, 0, 0],
  [0.29, 100, 0, 29],
  [0.000001, 1_000_000, 0, 1],
  [1, 7, 0, 7],
])("share %f of %i posts with %i holders: %i places", (atMost, posts, holders, places) => {
  expect(sharePlaces(share(atMost), { posts, holders })).toBe(places);
});

test("with the places given, no more than the share holds the level, and one more would be too many", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(5000), fc.nat(5000), (percent, posts, some) => {
      const holders = Math.min(some, posts);
      const places = sharePlaces(share(percent / 100), { posts, holders });
      if (places > 0) expect((holders + places) * 100).toBeLessThanOrEqual(percent * posts);
      expect((holders + places + 1) * 100).toBeGreaterThan(percent * posts);
    }),
  );
});

test("every quota of the rulebooks has cases, and they hold", async () => {
  const { books } = await loadLibrary(undefined, { cases: true });
  const own = [...books.values()].filter(({ quotaCases }) => quotaCases.length > 0).map(({ id }) => id);
  expect(own).toEqual(expect.arrayContaining(["jiangsu-2020", "nantong-2023"]));
  for (const book of books.values()) expect(checkQuotaCases(book), book.id).toEqual([]);
});

test("a case that does not hold is told with what differs", () => {
  const quotaCases = [
    { technicians: 4, appliedLastYear: true, places: 1 },
    { name: "five", technicians: 5, places: 2 },
    { technicians: 20, places: 3 },
  ];
  expect(checkQuotaCases({ quota: jiangsu(), quotaCases })).toEqual([
    { name: "technicians 4, appliedLastYear true", differences: [{ path: ["places"], expected: 1, found: 0 }] },
    { name: "five", differences: [{ path: ["places"], expected: 2, found: 1 }] },
  ]);
  expect(checkQuotaCases({ quota: share(0.12), quotaCases: [{ posts: 25, holders: 1, places: 3 }] })).toEqual([
    { name: "posts 25, holders 1", differences: [{ path: ["places"], expected: 3, found: 2 }] },
  ]);
});

const bands = [{ from: 1, places: 1 }];
const half = { of: "posts", atMost: 0.5 };

test.each([
  [{}, [], "a quota has either bands or a share"],
  [{ bands, share: half }, ["share"], "a quota has either bands or a share"],
  [
    {
      bands,
      cases: [
        { technicians: 1, places: 1 },
        { posts: 5, places: 1 },
      ],
    },
    ["cases", 1, "posts"],
    "has no posts",
  ],
  [
    { share: half, cases: [{ posts: 5, technicians: 1, places: 2 }] },
    ["cases", 0, "technicians"],
    "has no technicians",
  ],
  [{ share: half, cases: [{ places: 2 }] }, ["cases", 0], "posts is missing"],
  [{ share: { of: "posts", atMost: 0 } }, ["share", "atMost"], ""],
  [{ share: { of: "posts", atMost: 12 } }, ["share", "atMost"], ""],
  [{ share: { of: "posts", atMost: 0.1234567 } }, ["share", "atMost"], "six decimals"],
])("a faulty quota text is told at its place: %j", (text, path, message) => {
  const { error } = quotaSchema.safeParse({ level: "technician", cite: "三", ...text });
  expect(error?.issues).toHaveLength(1);
  expect(error?.issues[0]).toMatchObject({ path, message: expect.stringContaining(message) });
});

test("bands are ordered, and cite the document they stand in", () => {
  const text = {
    level: "technician" as const,
    cite: "三",
    bands: [...bands, { from: 5, places: 2, alternateYears: true }],
  };
  expect(quotaRule(text, "甲省〔2030〕1号")).toEqual({
    level: "technician",
    bands: [
      { from: 5, places: 2, alternateYears: true },
      { from: 1, places: 1, alternateYears: false },
    ],
    citation: { document: "甲省〔2030〕1号", clause: "三" },
  });
});

test("a rule in a sentence", () => {
  expect(quotaSentence(jiangsu())).toEqual({
    zh: "高级技师指标：每单位每个通用工种，按上年末在岗技师人数，20 人及以上 3 名，10–19 人 2 名，5–9 人 1 名，1–4 人 1 名（上年已占用的为 0）。",
    en: "Places for senior technician per unit and general trade, by workers on post at the end of last year whose level is technician: 20 or more: 3; 10–19: 2; 5–9: 1; 1–4: 1 (none the year after a place was used).",
  });
  expect(quotaSentence({ ...share(0.125), level: "technician" })).toEqual({
    zh: "技师指标：每单位取得技师的人数不超过在岗人数的 12.5%（取整），减去在岗的现有技师，不分工种。",
    en: "Places for technician per unit, whatever the trade: 12.5% of the workers on post, rounded down, less those who hold the level.",
  });
});
