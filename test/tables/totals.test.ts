import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import type { Row, Store } from "../../server/store/index.ts";
import {
  eligibilityColumns,
  eligibilityTable,
  type Grouping,
  groupings,
  quotaColumns,
  quotaTable,
  type TableRequest,
  unknownTrade,
  workersList,
} from "../../server/tables.ts";
import { groundStore, scatter } from "./ground.ts";

const library = await loadLibrary();
let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  await store.transaction((c) => scatter(c, 3000));
});
afterAll(() => remove());

const tables = { eligibility: eligibilityTable, quota: quotaTable };
type Table = keyof typeof tables;
const figures = {
  eligibility: eligibilityColumns,
  quota: quotaColumns.filter((name) => name !== "generalTrade" && name !== "assumed"),
};

const rowsOf = (table: Table, request: Partial<TableRequest>): Promise<Row[]> =>
  store.read(async (c) => {
    const { sql, params } = await tables[table](c, { year: 2024, by: [], scope: fullScope, ...request });
    return c.rows(sql, params);
  });

const keyColumn = { district: "district", trade: "trade", unit: "unit", level: "targetLevel" } as const;

const grouping = fc.shuffledSubarray([...groupings]);

test.each(["eligibility", "quota"] as const)(
  "%s: totals equal the sums of their parts at every grouping",
  async (table) => {
    const [total] = await rowsOf(table, {});
    await fc.assert(
      fc.asyncProperty(grouping, async (by) => {
        const rows = await rowsOf(table, { by });
        for (const name of figures[table]) {
          const parts = rows.map((row) => row[name]);
          expect(parts.every((part) => part === null || Number.isInteger(part))).toBe(true);
          expect(parts.reduce<number>((sum, part) => sum + Number(part ?? 0), 0)).toBe(total?.[name] ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  },
);

test("the finest grouping sums up to every coarser one", async () => {
  const finest = await rowsOf("eligibility", { by: ["district", "trade", "unit", "level"] });
  for (const part of groupings) {
    const coarse = await rowsOf("eligibility", { by: [part] });
    const column = keyColumn[part];
    for (const row of coarse) {
      const members = finest.filter((one) => one[column] === row[column]);
      const sum = members.reduce((all, one) => all + Number(one.workers), 0);
      expect(row.workers).toBe(sum);
    }
  }
});

test("grouping columns come first, in the order asked for, then the exam year, then the figures", async () => {
  const [row] = await rowsOf("eligibility", { by: ["trade", "unit", "level", "district"] });
  expect(Object.keys(row ?? {})).toEqual([
    "trade",
    "unit",
    "unitName",
    "targetLevel",
    "district",
    "districtName",
    "examYear",
    ...eligibilityColumns,
  ]);
  const [quota] = await rowsOf("quota", { by: ["district"] });
  expect(Object.keys(quota ?? {})).toEqual(["district", "districtName", "examYear", ...quotaColumns]);
});

test("decisions and modules add up", async () => {
  for (const row of await rowsOf("eligibility", { by: ["district", "level"] })) {
    const sum = (...names: string[]) => names.reduce((all, name) => all + Number(row[name]), 0);
    expect(sum("eligible", "undetermined", "ineligible")).toBe(row.workers);
    expect(sum("normal", "early", "exceptional", "transfer", "reverification", "direct")).toBe(row.eligible);
  }
});

const drilled = {
  eligibility: eligibilityColumns,
  quota: ["technicians", "appliedLastYear", "planningEligible", "exempt", "applications", "used"] as const,
};

test.each(["eligibility", "quota"] as const)("%s: behind every cell are exactly as many people", async (table) => {
  const cells = (by: Grouping[]) => rowsOf(table, { by });
  const fine = await cells(["district", "trade"]);
  // every fourth cell, so that every district and every trade has its turn
  const samples = [
    ...fine.filter((_, index) => index % 4 === 0),
    ...(await cells(["unit"])).slice(0, 4),
    ...(await cells([])),
  ];
  for (const row of samples) {
    for (const measure of drilled[table]) {
      const list = await store.read((c) =>
        workersList(c, library, {
          year: 2024,
          scope: fullScope,
          measure,
          level: table === "quota" ? "seniorTechnician" : undefined,
          district: row.district === undefined ? undefined : String(row.district),
          trade: row.trade === undefined ? undefined : row.trade === null ? unknownTrade : String(row.trade),
          unit: row.unit === undefined ? undefined : String(row.unit),
          limit: 1000,
          offset: 0,
        }),
      );
      expect(list.total, `${JSON.stringify(row)} ${measure}`).toBe(row[measure]);
      expect(list.rows).toHaveLength(Math.min(1000, list.total));
    }
  }
});

test("one level of one worker stands in one cell: the drill-down splits without overlap", async () => {
  const list = (measure: "eligible" | "undetermined" | "ineligible") =>
    store.read((c) =>
      workersList(c, library, {
        year: 2024,
        scope: fullScope,
        measure,
        district: "320400",
        level: "senior",
        limit: 1000,
        offset: 0,
      }),
    );
  const ids = (await Promise.all([list("eligible"), list("undetermined"), list("ineligible")])).flatMap(({ rows }) =>
    rows.map(({ workerId }) => workerId),
  );
  const [total] = await rowsOf("eligibility", { district: "320400", level: "senior" });
  expect(ids).toHaveLength(Number(total?.workers));
  expect(new Set(ids).size).toBe(ids.length);
});

test("the list pages without gaps and searches", async () => {
  const page = (offset: number, q?: string) =>
    store.read((c) =>
      workersList(c, library, {
        year: 2024,
        scope: fullScope,
        measure: "workers",
        level: "junior",
        q,
        limit: 7,
        offset,
      }),
    );
  const [first, second] = [await page(0), await page(7)];
  expect(first.total).toBe(3000);
  const ids = [...first.rows, ...second.rows].map(({ workerId }) => workerId);
  expect(new Set(ids).size).toBe(14);
  const found = await page(0, "W2999");
  expect(found).toMatchObject({ total: 1, rows: [{ workerId: "W2999", name: "工2999" }] });
  expect((await page(0, "100%_'\"")).total).toBe(0);
});

test("a date known to its year is shown as the year", async () => {
  const { rows } = await store.read((c) =>
    workersList(c, library, {
      year: 2024,
      scope: fullScope,
      measure: "workers",
      level: "junior",
      limit: 100,
      offset: 0,
    }),
  );
  expect(new Set(rows.map(({ birthDate }) => birthDate))).toEqual(new Set(["1970", "1970-01-01"]));
});

test("a scope sees its districts and nothing else, no scope sees nothing", async () => {
  const nantong = { districts: ["320600"] }; // the city, for everything below it
  const rows = await rowsOf("eligibility", { by: ["district"], scope: nantong });
  expect(rows.map(({ district }) => district)).toEqual(["320612", "320613"]);
  const nobody = { districts: [] };
  for (const table of ["eligibility", "quota"] as const) {
    expect(await rowsOf(table, { by: ["district"], scope: nobody })).toEqual([]);
    const [total] = await rowsOf(table, { scope: nobody });
    expect(total).toMatchObject(table === "eligibility" ? { workers: 0 } : { technicians: 0, quota: null });
  }
});

test("two units of the same name are two units, of one district each", async () => {
  const rows = await rowsOf("eligibility", { by: ["unit", "district"] });
  const units = rows.map(({ unit }) => unit);
  expect(new Set(units).size).toBe(units.length);
  expect(units).toContain("水利站@320612");
});

test.each([
  [{ district: "999999" }, /invalid district: 999999/],
  [{ trade: "电工程" }, /invalid trade: 电工程 \(did you mean 电工\?/],
  [{ unit: "没有" }, /invalid unit/],
  [{ year: 2030 }, /invalid year: 2030 \(expected one of 2024\)/],
])("a filter that matches nothing known is an error: %o", async (filter, message) => {
  await expect(rowsOf("eligibility", filter)).rejects.toThrow(message);
});
