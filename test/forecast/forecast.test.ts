/** What must hold of every forecast, whatever the numbers are: on one small country, changed in ways whose effect is known. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Assumptions,
  type ForecastRow,
  fitForecast,
  forecastColumns,
  forecastRows,
  measures,
  type RowsRequest,
  simulate,
} from "../../server/forecast/index.ts";
import { type Rulebook, RulebookLibrary } from "../../server/rules/rulebook.ts";
import { waive } from "../../server/rules/waive.ts";
import { type Country, lastRoster, makeWorld, type World } from "./world.ts";

const country: Country = { people: 420 };
const means = ["workers", "planningEligible", "applicants", "quota", "quotaUsed", "passes", "retirements"] as const;

interface Asked {
  readonly origin?: number;
  readonly to?: number;
  readonly assumptions?: Assumptions;
}

/** Rows of several groupings of one run. */
function ask(
  { store, library }: World,
  requests: readonly RowsRequest[],
  { origin = lastRoster, to = origin + 4, assumptions }: Asked = {},
) {
  return store.read(
    async (c) => {
      const fit = await fitForecast(c, { origin, library, rulebooksUntil: origin });
      const run = await simulate(c, fit, { to, assumptions });
      const tables: ForecastRow[][] = [];
      for (const request of requests) tables.push(await forecastRows(c, run, request));
      return { fit, run, tables };
    },
    { timeoutMs: 600_000 },
  );
}

const one = async (world: World, request: RowsRequest, asked?: Asked) =>
  (await ask(world, [request], asked)).tables[0] ?? [];
const total = (rows: readonly ForecastRow[], name: (typeof means)[number], year: number) =>
  rows.filter(({ examYear }) => examYear === year).reduce((sum, row) => sum + (row[name] ?? 0), 0);
const years = [1, 2, 3, 4].map((step) => lastRoster + step);

/** Every rulebook changed. */
const changed = ({ library }: World, change: (book: Rulebook) => Rulebook): Assumptions => ({
  library: new RulebookLibrary(new Map([...library.books].map(([id, book]) => [id, change(book)]))),
});

describe("forecast of a small country", () => {
  let world: World;
  let base: Awaited<ReturnType<typeof ask>>;
  beforeAll(async () => {
    world = await makeWorld(country);
    base = await ask(world, [
      { by: [] },
      { by: ["level"] },
      { by: ["district", "level"] },
      { by: ["trade"] },
      { by: ["unit", "level"] },
      { by: ["unit", "trade", "level"] },
    ]);
  }, 300_000);
  afterAll(() => world.remove());

  it("agrees in sums over every grouping", () => {
    const [whole = [], ...parts] = base.tables;
    for (const rows of parts) {
      for (const name of means)
        for (const year of years)
          expect(Math.abs(total(rows, name, year) - total(whole, name, year))).toBeLessThan(1e-6);
    }
  });

  it("begins with the roster and its decisions", async () => {
    const [row] = base.tables[0] ?? [];
    const [counts] = await world.store.read((c) =>
      c.rows<{ workers: number; eligible: number }>(
        `SELECT (SELECT count(*) FROM workers WHERE "rosterYear" = ${lastRoster})::INTEGER AS workers,
           (SELECT count(*) FROM eligibility WHERE "examYear" = ${lastRoster + 1} AND "planningDecision" = 'eligible')::INTEGER AS eligible`,
      ),
    );
    expect([row?.workers, row?.planningEligible]).toEqual([counts?.workers, counts?.eligible]);
  });

  it("has the columns it says, ends in order and within what is possible", () => {
    for (const row of base.tables[4] ?? []) {
      expect(Object.keys(row)).toEqual(forecastColumns(["unit", "level"]));
      for (const measure of measures) {
        const mean = row[measure];
        if (mean === null) continue;
        const ends = [
          row[`${measure}Low95`],
          row[`${measure}Low80`],
          row[`${measure}High80`],
          row[`${measure}High95`],
        ].map(Number);
        expect(ends).toEqual([...ends].sort((a, b) => a - b));
        expect(ends[0]).toBeGreaterThanOrEqual(0);
        expect(ends.every(Number.isInteger)).toBe(true);
      }
      if (row.quota !== null && row.quotaUsed !== null) {
        expect(row.quotaUsed).toBeLessThanOrEqual(row.quota + 1e-6);
        const places = [row.quotaUsed0, row.quotaUsed1, row.quotaUsed2, row.quotaUsed3].map(Number);
        expect(places.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
      }
    }
  });

  it("is the same byte for byte with one thread and with two, and when asked again", async () => {
    const text = JSON.stringify(base.tables);
    expect(
      JSON.stringify(
        (
          await ask(world, [
            { by: [] },
            { by: ["level"] },
            { by: ["district", "level"] },
            { by: ["trade"] },
            { by: ["unit", "level"] },
            { by: ["unit", "trade", "level"] },
          ])
        ).tables,
      ),
    ).toBe(text);
    const single = await makeWorld(country, { threads: 1 });
    try {
      expect(
        JSON.stringify(
          (
            await ask(single, [
              { by: [] },
              { by: ["level"] },
              { by: ["district", "level"] },
              { by: ["trade"] },
              { by: ["unit", "level"] },
              { by: ["unit", "trade", "level"] },
            ])
          ).tables,
        ),
      ).toBe(text);
    } finally {
      await single.remove();
    }
  }, 300_000);

  it("does not depend on the names of workers or the order of rows", async () => {
    const other = await makeWorld({ ...country, disguise: true });
    try {
      expect(JSON.stringify(await one(other, { by: ["unit", "level"] }))).toBe(JSON.stringify(base.tables[4]));
    } finally {
      await other.remove();
    }
  }, 300_000);

  it("of an earlier origin does not depend on what came later", async () => {
    const origin = lastRoster - 2;
    const short = await makeWorld({
      ...country,
      rosters: [2018, 2019, 2020, 2021],
      exams: [2018, 2019, 2020, 2021],
    });
    try {
      const asked = { origin, to: origin + 3 };
      expect(JSON.stringify(await one(short, { by: ["unit", "level"] }, asked))).toBe(
        JSON.stringify(await one(world, { by: ["unit", "level"] }, asked)),
      );
    } finally {
      await short.remove();
    }
  }, 300_000);

  it("of the country twice over has twice the means", async () => {
    const double = await makeWorld({ ...country, twice: true });
    try {
      const rows = await one(double, { by: [] });
      for (const year of years) {
        // What is learned from twice as many people is drawn a little less towards the mean; the first year's roster is what it is.
        for (const name of ["workers", "planningEligible", "quota", "retirements", "applicants", "passes"] as const) {
          const ratio = total(rows, name, year) / total(base.tables[0] ?? [], name, year);
          const known = year === lastRoster + 1 && name !== "applicants" && name !== "passes";
          expect(Math.abs(ratio - 2)).toBeLessThan(known ? 1e-6 : 0.08);
        }
      }
    } finally {
      await double.remove();
    }
  }, 300_000);

  it("of a relaxed rule never has fewer eligible", async () => {
    const relaxed = await one(
      world,
      { by: ["district", "level"] },
      { assumptions: changed(world, (book) => waive(book, ["education", "seniority"])) },
    );
    const first = lastRoster + 1;
    for (const [index, row] of (base.tables[2] ?? []).entries()) {
      if (row.examYear === first)
        expect(relaxed[index]?.planningEligible ?? 0).toBeGreaterThanOrEqual(row.planningEligible);
    }
    expect(total(relaxed, "planningEligible", first)).toBeGreaterThan(
      total(base.tables[2] ?? [], "planningEligible", first),
    );
  }, 300_000);

  it("of more places never has fewer passes in the first year, and more places used", async () => {
    const more = changed(world, (book) =>
      book.quota && "bands" in book.quota
        ? {
            ...book,
            quota: {
              ...book.quota,
              bands: book.quota.bands.map((band) => ({ ...band, places: band.places + 1, alternateYears: false })),
            },
          }
        : book,
    );
    const rows = await one(world, { by: ["unit", "level"] }, { assumptions: more });
    for (const [index, row] of (base.tables[4] ?? []).entries()) {
      if (row.examYear === lastRoster + 1)
        expect(rows[index]?.passes ?? 0).toBeGreaterThanOrEqual((row.passes ?? 0) - 1e-6);
    }
    expect(total(rows, "quotaUsed", lastRoster + 1)).toBeGreaterThan(
      total(base.tables[4] ?? [], "quotaUsed", lastRoster + 1),
    );
  }, 300_000);

  it("answers to hiring, propensity, passing and elastic retirement", async () => {
    const whole = base.tables[0] ?? [];
    const last = years.at(-1) ?? 0;
    const [hired, eager, strict, early] = await Promise.all(
      [
        { hiring: 3 },
        { propensity: 1.5 },
        { passing: 0.5 },
        { elastic: { earlyShare: 1, earlyMonths: 12, lateShare: 0, lateMonths: 0 } },
      ].map((assumptions) => one(world, { by: [] }, { assumptions })),
    );
    expect(total(hired ?? [], "workers", last)).toBeGreaterThan(total(whole, "workers", last));
    expect(total(eager ?? [], "applicants", lastRoster + 1)).toBeGreaterThan(
      total(whole, "applicants", lastRoster + 1),
    );
    expect(total(strict ?? [], "passes", lastRoster + 1)).toBeLessThan(total(whole, "passes", lastRoster + 1));
    expect(total(early ?? [], "workers", last)).toBeLessThanOrEqual(total(whole, "workers", last));
  }, 300_000);

  it("of a trade that closes has nobody eligible in it from then on", async () => {
    const closing = await makeWorld(country);
    try {
      await closing.store.transaction((c) =>
        c.run(
          `INSERT INTO trade_aliases (alias, trade, since, source, confidence) VALUES ('烹饪', NULL, ${lastRoster + 3}, '测试', 'confirmed')`,
        ),
      );
      const rows = await one(closing, { by: ["trade"] });
      const cooks = (year: number) => rows.find(({ trade, examYear }) => trade === "烹饪" && examYear === year);
      for (const year of [lastRoster + 1, lastRoster + 2]) expect(cooks(year)?.planningEligible).toBeGreaterThan(0);
      for (const year of [lastRoster + 3, lastRoster + 4]) expect(cooks(year)?.planningEligible).toBeLessThan(0.5);
    } finally {
      await closing.remove();
    }
  }, 300_000);

  it("refuses years that cannot be", async () => {
    await expect(one(world, { by: [] }, { origin: 1999 })).rejects.toThrow(/no roster of 1999/);
    await expect(one(world, { by: [] }, { to: lastRoster + 40 })).rejects.toThrow(/invalid to/);
  });
});

describe("forecast of thin history", () => {
  it("without applications tells eligibility and quota only", async () => {
    const world = await makeWorld({ people: 150, exams: [] });
    try {
      const { fit, tables } = await ask(world, [{ by: ["level"] }]);
      expect(fit.hasHistory).toBe(false);
      expect(fit.basis.map(({ code }) => code)).toContain("noHistory");
      for (const row of tables[0] ?? []) {
        expect([row.applicants, row.passes, row.quotaUsed, row.passRate, row.applicantsLow80]).toEqual([
          null,
          null,
          null,
          null,
          null,
        ]);
        expect(row.planningEligible).toBeGreaterThanOrEqual(0);
      }
      expect(total(tables[0] ?? [], "quota", lastRoster + 1)).toBeGreaterThan(0);
    } finally {
      await world.remove();
    }
  }, 300_000);

  it("of one year, and of one roster with ten workers, still answers and says what it leans on", async () => {
    const year = await makeWorld({ people: 150, exams: [lastRoster] });
    const tiny = await makeWorld({ people: 10, rosters: [lastRoster], exams: [lastRoster] });
    try {
      const { fit, tables } = await ask(year, [{ by: [] }]);
      expect(fit.years).toEqual([lastRoster]);
      expect(fit.basis.map(({ code }) => code)).toContain("fewYears");
      expect(tables[0]?.[0]?.applicants).toBeGreaterThan(0);
      const few = await ask(tiny, [{ by: [] }]);
      expect(few.fit.basis.map(({ code }) => code)).toContain("oneRoster");
      expect(few.tables[0]).toHaveLength(4);
    } finally {
      await year.remove();
      await tiny.remove();
    }
  }, 300_000);
});

describe("districts merged", () => {
  it("add up", async () => {
    const apart = await makeWorld({ people: 200, exams: [] });
    const merged = await makeWorld({ people: 200, exams: [], district: () => "320612" });
    try {
      const [two, whole] = [await one(apart, { by: ["district"] }), await one(merged, { by: ["district"] })];
      for (const year of years) {
        for (const name of ["workers", "planningEligible", "quota", "retirements"] as const) {
          expect(total(two, name, year)).toBeCloseTo(total(whole, name, year), 6);
        }
      }
    } finally {
      await apart.remove();
      await merged.remove();
    }
  }, 300_000);
});
