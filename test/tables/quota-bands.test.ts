/** The quota query and its twin, the pure function over the rule, agree on every number of technicians. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import { bandPlaces } from "../../server/rules/quota.ts";
import type { Store } from "../../server/store/index.ts";
import { quotaTable } from "../../server/tables.ts";
import { groundStore } from "./ground.ts";

let store: Store;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ store, remove } = await groundStore());
  // units of n technicians in two trades; in one of them a place was used last year. An application of this year shows n = 0 too.
  await store.transaction(async (c) => {
    await c.run(
      `INSERT INTO workers ("rosterRow", "rosterYear", "workerId", district, unit, trade, level, "onPost", "importId",
         "sourceRow", "rowHash")
       SELECT nextval('roster_rows'), 2023, n || trade || i, '320612', n || '人', trade, 'technician', true, 1, 1, ''
       FROM range(0, 201) counts(n), unnest(['电工', '烹饪']) trades(trade), range(0, n) people(i)`,
    );
    await c.run(
      `INSERT INTO applications ("examYear", "workerId", district, unit, trade, "targetLevel", "importId", "sourceRow", "rowHash")
       SELECT year, n || trade || year, '320612', n || '人', trade, 'seniorTechnician', 1, 1, ''
       FROM range(0, 201) counts(n), (VALUES ('电工', 2024), ('烹饪', 2024), ('烹饪', 2023)) applied(trade, year)`,
    );
  });
});
afterAll(() => remove());

test("n = 0 … 200, with and without a place used last year", async () => {
  const { quota: rule } = (await loadLibrary()).get("nantong-2023");
  if (!rule || "share" in rule) throw new Error("nantong-2023 has no bands");
  const rows = await store.read(async (c) => {
    const { sql, params } = await quotaTable(c, { year: 2024, by: ["unit", "trade"], scope: fullScope });
    return c.rows<{ technicians: number; appliedLastYear: number; quota: number }>(sql, params);
  });
  expect(rows).toHaveLength(402);
  expect(new Set(rows.map(({ technicians }) => technicians)).size).toBe(201);
  for (const { technicians, appliedLastYear, quota } of rows) {
    expect(quota, `${technicians}, ${appliedLastYear}`).toBe(
      bandPlaces(rule, { technicians, appliedLastYear: appliedLastYear > 0 }),
    );
  }
});
