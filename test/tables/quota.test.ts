import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import type { Connection, Store } from "../../server/store/index.ts";
import { type Grouping, quotaTable, type TableRequest } from "../../server/tables.ts";
import { applies, groundStore, technicians } from "./ground.ts";

let store: Store;
let remove: () => Promise<void>;

async function fill(c: Connection) {
  for (const n of [1, 4, 5, 9, 10, 19, 20, 21, 200]) await technicians(c, n, { unit: `${n}人单位` });
  await technicians(c, 3, { unit: "无在岗单位" }, false);
  await applies(c, { workerId: "x0", unit: "0人单位" });

  await technicians(c, 4, { unit: "去年已报" });
  await applies(c, { workerId: "y1", unit: "去年已报", examYear: 2023, result: "passed" });

  // last year only somebody who had failed the provincial review the year before, so no place was used
  await technicians(c, 4, { unit: "去年免占" });
  await applies(c, { workerId: "r1", unit: "去年免占", examYear: 2022, comprehensiveReview: "failed" });
  await applies(c, { workerId: "r1", unit: "去年免占", examYear: 2023 });

  await technicians(c, 12, { unit: "十二人" });
  await applies(c, { workerId: "t1", unit: "十二人", examYear: 2021, comprehensiveReview: "failed" });
  for (const workerId of ["t1", "t2", "t3"]) await applies(c, { workerId, unit: "十二人" });

  await technicians(c, 2, { unit: "船闸", trade: "航闸技术" });
  for (const workerId of ["h1", "h2", "h3"]) await applies(c, { workerId, unit: "船闸", trade: "航闸技术" });

  await technicians(c, 20, { unit: "焦作单位", district: "410802" });
  await applies(c, { workerId: "z1", unit: "焦作单位", district: "410802" });

  await technicians(c, 20, { unit: "各种申报" });
  const unit = "各种申报";
  await applies(c, { workerId: "k1", unit, result: "returned" });
  await applies(c, { workerId: "k2", unit, result: "deferred" });
  await applies(c, { workerId: "k3", unit, result: "returned", usesQuota: true });
  await applies(c, { workerId: "k4", unit, usesQuota: false });
  await applies(c, { workerId: "k5", unit, targetLevel: "technician" });
  // failed this very year: that frees nobody this year
  await applies(c, { workerId: "k6", unit, comprehensiveReview: "failed" });
  // failed before, and the roster of the technician says so
  await c.run(`UPDATE workers SET "failedReviewYears" = 1::UBIGINT << 49 WHERE "workerId" = '各种申报-电工-7'`);
  await applies(c, { workerId: "各种申报-电工-7", unit });
  // failed before, but the file says the place counts
  await c.run(`UPDATE workers SET "failedReviewYears" = 1::UBIGINT << 49 WHERE "workerId" = '各种申报-电工-8'`);
  await applies(c, { workerId: "各种申报-电工-8", unit, usesQuota: true });
}

beforeAll(async () => {
  ({ store, remove } = await groundStore());
  await store.transaction(fill);
});
afterAll(() => remove());

async function quota(by: readonly Grouping[], filters: Partial<TableRequest> = {}) {
  return store.read(async (c) => {
    const statement = await quotaTable(c, { year: 2024, by, scope: fullScope, ...filters });
    return c.rows(statement.sql, statement.params);
  });
}

async function unitRow(unit: string) {
  const [row, ...others] = await quota(["unit", "trade"], { unit });
  expect(others).toEqual([]);
  return row ?? {};
}

test.each([
  [0, 0],
  [1, 1],
  [4, 1],
  [5, 1],
  [9, 1],
  [10, 2],
  [19, 2],
  [20, 3],
  [21, 3],
  [200, 3],
])("%i technicians on post, nobody applied last year: %i places", async (n, places) => {
  expect(await unitRow(`${n}人单位`)).toMatchObject({ technicians: n, quota: places, assumed: true });
});

test("technicians off post do not count", async () => {
  expect(await unitRow("无在岗单位")).toMatchObject({ technicians: 0, quota: 0, left: 0, over: 0 });
});

test("up to four technicians: no place the year after a place was used", async () => {
  expect(await unitRow("去年已报")).toMatchObject({ technicians: 4, appliedLastYear: 1, quota: 0 });
});

test("a re-applicant without a place last year leaves this year's place", async () => {
  expect(await unitRow("去年免占")).toMatchObject({ technicians: 4, appliedLastYear: 0, quota: 1 });
});

test("who failed the provincial review before uses no place", async () => {
  expect(await unitRow("十二人")).toMatchObject({ applications: 3, used: 2, exempt: 1, quota: 2, left: 0, over: 0 });
});

test("a trade that is not general has no quota, which is not a quota of 0", async () => {
  expect(await unitRow("船闸")).toMatchObject({
    generalTrade: false,
    technicians: 2,
    applications: 3,
    used: 3,
    quota: null,
    left: null,
    over: null,
  });
});

test("outside Jiangsu the rule does not hold", async () => {
  expect(await unitRow("焦作单位")).toMatchObject({
    generalTrade: true,
    technicians: 20,
    used: 1,
    quota: null,
    left: null,
  });
});

test("returned uses none, deferred does, the file's own word goes before the rule", async () => {
  // k2 deferred, k3 by its word, k6, …-8 by its word; k1 returned, k4 by its word, …-7 exempt
  expect(await unitRow("各种申报")).toMatchObject({ applications: 7, used: 4, exempt: 1, quota: 3, left: 0, over: 1 });
});

test("left and over are summed unit by unit, so they do not cancel out", async () => {
  const units = await quota(["unit", "trade"]);
  const [total] = await quota([]);
  const sum = (name: string) => units.reduce((all, row) => all + Number(row[name] ?? 0), 0);
  for (const name of ["technicians", "quota", "left", "over", "used", "applications", "exempt", "appliedLastYear"]) {
    expect(total?.[name], name).toBe(sum(name));
  }
  expect(total?.generalTrade).toBeNull();
  expect(Number(total?.left)).toBeGreaterThan(0);
  expect(Number(total?.over)).toBeGreaterThan(0);
});

test("a group without a general trade has null, a confirmed trade is not assumed", async () => {
  await store.transaction((c) => c.run(`UPDATE trades SET "generalAssumed" = false WHERE name = '航闸技术'`));
  const trades = await quota(["trade"]);
  expect(trades.find(({ trade }) => trade === "航闸技术")).toMatchObject({
    quota: null,
    left: null,
    over: null,
    assumed: false,
  });
  expect(trades.find(({ trade }) => trade === "电工")).toMatchObject({ generalTrade: true, assumed: true });
});
