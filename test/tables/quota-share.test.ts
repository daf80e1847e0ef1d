/** A quota that is a share of a unit's posts, from a rulebook text to the table and the people behind it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { decideRosters } from "../../server/eligibility/index.ts";
import { loadLibrary, rulebookFolder } from "../../server/library.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { checkQuotaCases, sharePlaces } from "../../server/rules/quota.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import type { Connection, Store } from "../../server/store/index.ts";
import {
  allTrades,
  type Grouping,
  quotaTable,
  type TableRequest,
  unknownTrade,
  workersList,
} from "../../server/tables.ts";
import { applies, groundStore, technicians } from "./ground.ts";

/** Takes the place of the rulebook that serves Jiaozuo. */
const invented = `
id: jiaozuo-2023
title: { zh: 某市2023年, en: Somewhere 2023 }
document: 某人社〔2023〕1号
conditions:
  on-post: { cite: 一, value: { fact: onPost, is: true } }
  level: { cite: 二, level: { is: justBelow } }
shared: [on-post, level]
levels:
${["junior", "intermediate", "senior", "technician", "seniorTechnician"]
  .map((level) => `  ${level}: { pathways: [{ id: normal, module: normal }] }`)
  .join("\n")}
quota:
  level: technician
  share: { of: posts, atMost: 0.12 }
  cite: 三
  cases:
    - { posts: 25, holders: 1, places: 2 }
    - { posts: 24, holders: 0, places: 2 }
`;

let library: RulebookLibrary;
let store: Store;
let remove: () => Promise<void>;

const district = "410802";

interface People {
  readonly unit: string;
  readonly level: string;
  readonly n: number;
  readonly trade?: string | null;
  readonly onPost?: boolean | null;
}

async function people(c: Connection, { unit, level, n, trade = "电工", onPost = true }: People): Promise<void> {
  await c.run(
    `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, level, "onPost", "importId", "sourceRow",
       "rowHash")
     SELECT nextval('roster_rows'), 2023, concat_ws('-', $unit, $level, $trade, $onPost, range), $district, $unit, $trade, $level,
       $onPost, 1, 1, ''
     FROM range(0, $n::INTEGER)`,
    { unit, level, n, trade, onPost, district },
  );
}

async function fill(c: Connection): Promise<void> {
  // 25 posts in three trades, one of them held by a technician; those off post or unknown do not count
  const unit = "甲厂";
  await people(c, { unit, level: "technician", n: 1 });
  await people(c, { unit, level: "senior", n: 12 });
  await people(c, { unit, level: "senior", n: 8, trade: "烹饪" });
  await people(c, { unit, level: "none", n: 3, trade: "航闸技术" });
  await people(c, { unit, level: "senior", n: 1, trade: null });
  await people(c, { unit, level: "technician", n: 5, onPost: false });
  await people(c, { unit, level: "senior", n: 5, onPost: null });
  const targetLevel = "technician";
  await applies(c, { workerId: "a1", unit, district, targetLevel });
  await applies(c, { workerId: "a2", unit, district, targetLevel, trade: "烹饪", result: "deferred" });
  await applies(c, { workerId: "a3", unit, district, targetLevel, result: "returned" });
  // this rule exempts nobody who failed before
  await applies(c, { workerId: "a4", unit, district, targetLevel, examYear: 2022, comprehensiveReview: "failed" });
  await applies(c, { workerId: "a4", unit, district, targetLevel });
  await applies(c, { workerId: "a5", unit, district, targetLevel: "seniorTechnician" });
  await people(c, { unit: "乙厂", level: "senior", n: 8 });
  await people(c, { unit: "丙厂", level: "technician", n: 3 });
  await people(c, { unit: "丙厂", level: "junior", n: 17 });
  await people(c, { unit: "丁厂", level: "junior", n: 100 });
  await technicians(c, 5, { unit: "通州单位" });
  await decideRosters(c, library);
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-share-"));
  try {
    for (const name of await readdir(rulebookFolder)) {
      if (!name.endsWith(".yaml")) continue;
      const text = name === "jiaozuo-2023.yaml" ? invented : await readFile(join(rulebookFolder, name), "utf8");
      await writeFile(join(folder, name), text);
    }
    library = await loadLibrary(folder, { cases: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  ({ store, remove } = await groundStore());
  await store.transaction(fill);
});
afterAll(() => remove());

const quota = (by: readonly Grouping[], filters: Partial<TableRequest> = {}) =>
  store.read(async (c) => {
    const { sql, params } = await quotaTable(c, { year: 2024, by, scope: fullScope, ...filters });
    return c.rows(sql, params);
  });

test("the cases beside the rule hold", () => {
  const book = library.get("jiaozuo-2023");
  expect(book.quotaCases).toHaveLength(2);
  expect(checkQuotaCases(book)).toEqual([]);
});

test("one row per unit, over all trades, at the level of the rule", async () => {
  const rows = await quota(["unit", "trade", "level"], { level: "technician" });
  const at = { trade: allTrades, targetLevel: "technician", generalTrade: null, assumed: false, examYear: 2024 };
  const nobody = { appliedLastYear: 0, exempt: 0, applications: 0, used: 0, over: 0 };
  expect(rows).toHaveLength(4);
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ unit: "甲厂", ...at, technicians: 21, posts: 25, holders: 1, quota: 2 }),
      expect.objectContaining({ unit: "甲厂", applications: 4, used: 3, exempt: 0, left: 0, over: 1 }),
      expect.objectContaining({
        unit: "乙厂",
        ...at,
        ...nobody,
        technicians: 8,
        posts: 8,
        holders: 0,
        quota: 0,
        left: 0,
      }),
      expect.objectContaining({
        unit: "丙厂",
        ...at,
        ...nobody,
        technicians: 0,
        posts: 20,
        holders: 3,
        quota: 0,
        left: 0,
      }),
      expect.objectContaining({ unit: "丁厂", ...at, ...nobody, technicians: 0, posts: 100, quota: 12, left: 12 }),
    ]),
  );
});

test("the query agrees with the pure function", async () => {
  const { quota: rule } = library.get("jiaozuo-2023");
  if (!rule || !("share" in rule)) throw new Error("no share");
  for (const { posts, holders, quota: places } of await quota(["unit"], { level: "technician" })) {
    expect(sharePlaces(rule, { posts: Number(posts), holders: Number(holders) })).toBe(places);
  }
});

test("senior technicians stay as they were: without a quota here, by bands elsewhere", async () => {
  const rows = await quota(["unit", "trade"], { level: "seniorTechnician" });
  expect(rows).toContainEqual(
    expect.objectContaining({ unit: "甲厂", trade: "电工", technicians: 1, applications: 1, quota: null, posts: null }),
  );
  expect(rows).toContainEqual(
    expect.objectContaining({ unit: "通州单位", trade: "电工", technicians: 5, quota: 1, posts: null, holders: null }),
  );
});

test("rows sum up at every grouping", async () => {
  const [total] = await quota([]);
  for (const by of [["level"], ["district"], ["unit", "trade", "level"], ["trade"]] as const) {
    const rows = await quota(by);
    for (const name of ["technicians", "posts", "holders", "quota", "applications", "used", "left", "over"]) {
      expect(
        rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0),
        `${by} ${name}`,
      ).toBe(total?.[name]);
    }
  }
});

/** Figures of the table with a list of people behind them, and the measure of the list. */
const listed = {
  technicians: "technicians",
  planningEligible: "quotaEligible",
  applications: "applications",
  used: "used",
  exempt: "exempt",
  appliedLastYear: "appliedLastYear",
} as const;

test.each<{ by: Grouping[] }>([
  { by: ["unit", "trade", "level"] },
  { by: ["trade", "level"] },
  { by: ["trade"] },
  { by: ["district"] },
  { by: [] },
])("by $by: behind every figure are exactly as many people", async ({ by }) => {
  for (const row of await quota(by)) {
    for (const [figure, measure] of Object.entries(listed)) {
      const { total } = await store.read((c) =>
        workersList(c, library, {
          year: 2024,
          scope: fullScope,
          measure,
          level: targetLevels.find((level) => level === row.targetLevel),
          district: row.district === undefined ? undefined : String(row.district),
          unit: row.unit === undefined ? undefined : String(row.unit),
          trade: row.trade === undefined ? undefined : row.trade === null ? unknownTrade : String(row.trade),
          limit: 1,
          offset: 0,
        }),
      );
      expect(total, `${JSON.stringify(row)} ${figure}`).toBe(row[figure]);
    }
  }
});

test("a trade of the quota table leaves out the units whose places know no trade; the eligibility table does not", async () => {
  const filters = { year: 2024, scope: fullScope, level: "technician", trade: "电工", limit: 1, offset: 0 } as const;
  const { total: inQuota } = await store.read((c) => workersList(c, library, { ...filters, measure: "quotaEligible" }));
  const { total: inAll } = await store.read((c) =>
    workersList(c, library, { ...filters, measure: "planningEligible" }),
  );
  expect(inQuota).toBe(0);
  expect(inAll).toBeGreaterThan(0);
});

test("a level without a quota is told, with those that have one", async () => {
  await expect(quota([], { level: "senior" })).rejects.toThrow(
    /invalid level: senior .*expected one of seniorTechnician, technician/,
  );
});
