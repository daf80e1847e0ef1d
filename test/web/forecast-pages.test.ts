/** The pure parts of the pages 预测 and 预测检验. */
import { describe, expect, test } from "vitest";
import type { BacktestRow, ForecastRow, HistoryRow } from "../../web/api/forecast-types.ts";
import type { District } from "../../web/api/types.ts";
import { forecastBands } from "../../web/charts/options/forecast-bands.ts";
import { changeBacktest, readBacktest } from "../../web/pages/backtest/backtest-state.ts";
import { countLooks, lookOf } from "../../web/pages/backtest/lines.ts";
import { bandPoints } from "../../web/pages/forecast/band-points.ts";
import { compareRows } from "../../web/pages/forecast/compare-rows.ts";
import { listingOf, stepsOf, wholeOf, wholeRows } from "../../web/pages/forecast/drill.ts";
import { changeForecast, readForecast } from "../../web/pages/forecast/forecast-state.ts";
import { groupingOf, pastError } from "../../web/pages/forecast/past-errors.ts";
import { readFilters } from "../../web/state/filters.ts";

const districts: readonly District[] = [
  { code: "320000", name: "江苏省", parent: null, tier: "province" },
  { code: "320600", name: "南通市", parent: "320000", tier: "city" },
  { code: "320612", name: "通州区", parent: "320600", tier: "county" },
  { code: "320613", name: "崇川区", parent: "320600", tier: "county" },
];

/** A row of the forecast of one figure; ends are whole numbers about it. */
const row = (applicants: number | null, more: Partial<ForecastRow> = {}): ForecastRow =>
  ({
    ...{ examYear: 2024, workers: 10, planningEligible: 5, applicants, quota: null, quotaUsed: null, passes: 1 },
    ...{ passRate: null, retirements: 0, quotaUsed0: null, quotaUsed1: null, quotaUsed2: null, quotaUsed3: null },
    ...{ applicantsLow80: 2, applicantsHigh80: 6, applicantsLow95: 1, applicantsHigh95: 9 },
    ...more,
  }) as ForecastRow;

const line = (more: Partial<BacktestRow>): BacktestRow =>
  ({
    origin: null,
    horizon: 1,
    measure: "applicants",
    grouping: "total",
    targetLevel: null,
    error: 0.1,
    ...more,
  }) as BacktestRow;

describe("drill-down", () => {
  test("steps are in the order of the address; nothing but the four filters is one", () => {
    const search = new URLSearchParams("at=2025&trade=电工&level=senior&district=320612&band=95");
    expect(stepsOf(search, readFilters(search))).toEqual([
      { by: "trade", value: "电工" },
      { by: "level", value: "senior" },
      { by: "district", value: "320612" },
    ]);
  });

  test("districts, then trades, then units, then what a unit is made of; what was asked for goes first", () => {
    expect(listingOf({}, districts, undefined)).toBe("district");
    expect(listingOf({}, districts, "unit")).toBe("unit");
    expect(listingOf({ district: "320600" }, districts, undefined)).toBe("district");
    expect(listingOf({ district: "320612" }, districts, "district")).toBe("trade");
    expect(listingOf({ district: "320612", trade: "电工" }, districts, undefined)).toBe("unit");
    expect(listingOf({ unit: "一" }, districts, undefined)).toBe("trade");
    expect(listingOf({ unit: "一", trade: "电工" }, districts, undefined)).toBeUndefined();
  });

  test("what a row showed is what its parts add up to, a city holds its districts, null stays null", () => {
    const total = row(10.5);
    const byDistrict = [row(4.6, { district: "320612" }), row(5.9, { district: "320613" })];
    const [first] = wholeRows(byDistrict, wholeRows([total], undefined)[0]);
    expect(first).toMatchObject({ applicants: 5, quota: null });
    const step = { by: "district", value: "320612" } as const;
    const whole = wholeOf(total, [step], [byDistrict], districts);
    expect(whole?.applicants).toBe(first?.applicants);
    const parts = wholeRows([row(2.3), row(2.3)], whole);
    expect(parts.map(({ applicants }) => applicants)).toEqual([3, 2]);
    const city = wholeOf(total, [{ by: "district", value: "320600" }], [byDistrict], districts);
    expect(city?.applicants).toBe(11);
    expect(wholeOf(total, [{ by: "district", value: "110000" }], [byDistrict], districts)).toBeUndefined();
  });
});

describe("past errors", () => {
  test("the kind of cell a number is most like", () => {
    expect(groupingOf({})).toBe("total");
    expect(groupingOf({ district: "320600" })).toBe("district");
    expect(groupingOf({ trade: "电工" })).toBe("trade");
    expect(groupingOf({ trade: "电工", district: "320600" })).toBe("unit");
    expect(groupingOf({ unit: "一" })).toBe("unit");
  });

  test("of all origins, level and years ahead; a line that counted nobody is none", () => {
    const rows = [line({ origin: 2020 }), line({}), line({ targetLevel: "senior", error: null })];
    const asked = { measure: "applicants", grouping: "total", horizon: 1 } as const;
    expect(pastError(rows, { ...asked, level: undefined })).toBe(rows[1]);
    expect(pastError(rows, { ...asked, level: "senior" })).toBeUndefined();
    expect(pastError(undefined, { ...asked, level: undefined })).toBeUndefined();
  });

  test("a ratio is spoken of neutrally, and lines without one are not counted", () => {
    expect([0.5, 0.8, 0.95, 1.05, 1.06].map(lookOf)).toEqual(["much-better", "better", "alike", "alike", "worse"]);
    const rows = [
      line({ bestRatio: 0.7 }),
      line({ bestRatio: 1.2 }),
      line({ bestRatio: null }),
      line({ origin: 2020, bestRatio: 2 }),
    ];
    expect(countLooks(rows, undefined, "best")).toEqual({ "much-better": 1, better: 0, alike: 0, worse: 1 });
  });
});

describe("bands", () => {
  const history = [2022, 2023].map((examYear) => ({ examYear, applicants: 4, passes: 1 }) as HistoryRow);
  const source = { measure: "applicants", forecast: [row(3.2)], history } as const;

  test("a baseline stands beside the forecast only where it was nearer", () => {
    const said = [{ examYear: 2024, measure: "applicants", baseline: "yearBeforeLast", value: 4 } as const];
    const worse = line({ worse: true, best: "yearBeforeLast" });
    const [, , point] = bandPoints({ ...source, baselines: said, pastOf: () => worse });
    expect(point).toMatchObject({
      year: 2024,
      actual: null,
      mean: 3.2,
      simple: { baseline: "yearBeforeLast", value: 4 },
    });
    expect(bandPoints({ ...source, baselines: said, pastOf: () => line({ worse: false }) })[2]?.simple).toBeUndefined();
  });

  test("the dashed line begins where the solid one ends, bands stand on their lower ends", () => {
    const points = bandPoints({ ...source, baselines: [], pastOf: () => undefined });
    const names = { actual: "实际", forecast: "预测", band80: "80%", band95: "95%" };
    const axes = { year: "年", value: "人" };
    const { series } = forecastBands({ points, names, axes, format: String, mean: String, legend: true });
    expect(series).toMatchObject([
      { data: [null, null, 1] },
      { name: "95%", data: [null, null, 8] },
      { data: [null, null, 2] },
      { name: "80%", data: [null, null, 4] },
      { name: "预测", data: [null, 4, 3.2] },
      { name: "实际", data: [4, 4, null] },
    ]);
  });

  test("an earlier forecast: its error, and whether what happened lay within", () => {
    const earlier = [2022, 2023].map((examYear) => row(examYear === 2022 ? 5.5 : 3, { examYear }));
    const later = [{ examYear: 2022, applicants: 8 } as HistoryRow, { examYear: 2023, applicants: 10 } as HistoryRow];
    const rows = compareRows("applicants", [row(3)], earlier, later);
    expect(rows.map(({ error, within }) => [error, within])).toEqual([
      [-2.5, "95"],
      [-7, "outside"],
      [null, null],
    ]);
  });
});

test("addresses hold what was chosen and no defaults; another origin has other years", () => {
  const search = changeForecast(new URLSearchParams("at=2025&compare=2020&level=senior"), { origin: 2022, band: "80" });
  expect(search.toString()).toBe("level=senior&origin=2022");
  expect(readForecast(new URLSearchParams("band=90&view=levels&at=x"))).toMatchObject({
    band: "80",
    view: "levels",
    at: undefined,
  });
  expect(changeBacktest(new URLSearchParams(), { horizon: 1, grouping: "unit" }).toString()).toBe("grouping=unit");
  expect(readBacktest(new URLSearchParams("horizon=9&measure=passes"))).toMatchObject({
    horizon: 1,
    measure: "passes",
  });
});
