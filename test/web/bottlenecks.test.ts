import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BottleneckRow, PassRateRow, QuotaPressureRow } from "../../web/api/types.ts";
import { conditionBars } from "../../web/charts/options/condition-bars.ts";
import { funnelPlot, limitsOf, sizes } from "../../web/charts/options/funnel-plot.ts";
import { changePart, readPart } from "../../web/pages/bottlenecks/part-state.ts";
import { adjustedRate, sortedGroups, usualRate } from "../../web/pages/bottlenecks/pass-groups.ts";
import { pressed, visible } from "../../web/pages/bottlenecks/pressure-rows.ts";
import { rulesOf, sharesByCure } from "../../web/pages/bottlenecks/rules.ts";
import { changeList, readList, withoutCondition } from "../../web/pages/people/list-state.ts";
import { backAddress, bottleneckAddress } from "../../web/state/drill.ts";

const condition = (row: Partial<BottleneckRow>): BottleneckRow => ({
  ...{ examYear: 2024, rulebook: "a", targetLevel: "senior", condition: "x", blocked: 0, soleBlocker: 0, unknown: 0 },
  ...{ unmet: 0, share: null, workers: 10, ineligible: 0, advisory: false, conditionZh: "", conditionEn: "" },
  ...{ shapley: 0, oneShort: 0, curability: "time", curabilityZh: "", curabilityEn: "" },
  ...row,
});

describe("conditions", () => {
  test("rules: the highest level first, then who decides most; conditions that stop nobody are left out", () => {
    const rules = rulesOf([
      condition({ condition: "x", blocked: 1 }),
      condition({ condition: "y", blocked: 3, unknown: 1 }),
      condition({ condition: "z" }),
      condition({ condition: "advice", advisory: true, unknown: 4 }),
      condition({ rulebook: "b", workers: 20, condition: "x", unknown: 2 }),
      condition({ targetLevel: "technician", condition: "x", blocked: 2 }),
    ]);
    expect(rules.map(({ key }) => key)).toEqual(["a.technician", "b.senior", "a.senior"]);
    expect(rules[2]?.rows.map((row) => row.condition)).toEqual(["y", "x"]);
  });

  test("the shares of the kinds add up to all shares", () => {
    const rows = [
      condition({ curability: "time", shapley: 1.5 }),
      condition({ curability: "action", shapley: 2 }),
      condition({ curability: "time", shapley: 0.5 }),
    ];
    expect(sharesByCure(rows)).toEqual({ time: 2, action: 2, external: 0 });
  });

  test("a bar is who lacks nothing else and the others, with the mark at the share", () => {
    const option = conditionBars({
      bars: [{ key: "x", name: "学历<b>", sole: 3, blocked: 10, shapley: 5.5 }],
      names: { sole: "仅差", others: "还差", shapley: "分摊", total: "合计" },
      ...{ format: String, decimal: (n) => n.toFixed(2), unit: "人" },
    });
    const series = Array.isArray(option.series) ? option.series : [];
    expect(series.map(({ data }) => data)).toEqual([[3], [7], [[5.5, 0]]]);
    const { formatter } = option.tooltip as { formatter: (params: unknown) => string };
    expect(formatter([{ dataIndex: 0 }])).toBe(
      "<b>学历&#60;b&#62;</b><br/>合计：10 人<br/>仅差：3 人<br/>分摊：5.50 人",
    );
  });
});

describe("pass rates", () => {
  const group = (row: Partial<PassRateRow>): PassRateRow => ({
    ...{ examYear: 2024, applications: 10, examined: 10, passed: 8, passRate: 0.8, low95: 0.5, high95: 0.9 },
    ...{ signal: "inside", again: 0, expected: 8, expectedRate: 0.8, limitLow: 0.4, limitHigh: 1 },
    ...{ falseDiscovery: 1, between: 0 },
    ...row,
  });

  test("signals first, few people last", () => {
    const rows = [
      group({ signal: "few", expected: 1 }),
      group({ signal: "inside", expected: 6 }),
      group({ signal: "above" }),
      group({ signal: "inside", expected: 11 }),
      group({ signal: "below" }),
    ];
    expect(sortedGroups(rows).map(({ signal, expected }) => `${signal} ${expected}`)).toEqual([
      ...["below 8", "above 8", "inside 11", "inside 6", "few 1"],
    ]);
  });

  test("the adjusted rate is the usual one and the group's own difference, never outside 0…1", () => {
    expect(usualRate([group({ examined: 10, expected: 8 }), group({ examined: 30, expected: 12 })])).toBe(0.5);
    expect(usualRate([])).toBe(0);
    expect(adjustedRate(group({ passed: 9, expected: 8 }), 0.5)).toBeCloseTo(0.6);
    expect(adjustedRate(group({ passed: 10, expected: 1 }), 0.5)).toBe(1);
  });

  test("limits close in with size and hold the usual rate", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 4, max: 900 }), (usual, people) => {
        const [low, high] = limitsOf(people, usual, 0.001);
        const [lower, higher] = limitsOf(people * 2, usual, 0.001);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(lower).toBeGreaterThanOrEqual(low);
        expect(higher).toBeLessThanOrEqual(high);
        expect(low <= usual && usual <= high).toBe(true);
      }),
    );
    // ±3·√(0.8·0.2/100)
    expect(limitsOf(100, 0.8, 0)).toEqual([expect.closeTo(0.68), expect.closeTo(0.92)]);
  });

  test("the plot has a point per group, marked by its signal, and the limits beyond the largest", () => {
    const point = { name: "南通", people: 40, rate: 0.5, signal: "below", lines: ["a<b"] } as const;
    const option = funnelPlot({
      ...{ points: [point], usual: 0.8, between: 0 },
      names: { usual: "预期", limits: "界限", groups: "分组" },
      axes: { people: "人", rate: "率" },
      ...{ percent: String, format: String },
    });
    const series = Array.isArray(option.series) ? option.series : [];
    expect(series[0]?.data).toMatchObject([{ value: [40, 0.5], symbol: "triangle", symbolRotate: 180 }]);
    expect(series).toHaveLength(4);
    expect(sizes([point]).at(-1)).toBeCloseTo(42);
    const { formatter } = option.tooltip as { formatter: (params: unknown) => string };
    expect(formatter({ dataIndex: 0 })).toBe("<b>南通</b><br/>a&#60;b");
  });
});

describe("pressure on the quota", () => {
  const row = (own: Partial<QuotaPressureRow>): QuotaPressureRow => ({
    ...{ examYear: 2024, windowFrom: 2023, windowTo: 2024, places: 1, candidates: 1, used: 1, overSubscription: 1 },
    ...{ candidatesWithoutPlace: 0, idleWithoutCandidates: 0, idleWithCandidates: 0, withheld: 0, queue: 0, few: true },
    ...{ blockedByAlternation: 0, chance: null, expectedWait: null, yearsLeft: null, selectedBeforeRetirement: null },
    ...{ oneMore: 0, transferPotential: 0, assumed: false, unitName: "水利站", trade: "电工" },
    ...own,
  });

  test("the most pressed first; candidates without any place before all", () => {
    const rows = [
      row({ unitName: "甲", candidates: 2, overSubscription: 2 }),
      row({ unitName: "乙", places: 0, candidates: 1, overSubscription: null }),
      row({ unitName: "丙", candidates: 3, overSubscription: 3 }),
      row({ unitName: "丁", places: 0, candidates: 0, overSubscription: null }),
      row({ unitName: "戊", idleWithoutCandidates: 1, candidates: 0, overSubscription: 0 }),
    ];
    const names = (show: Parameters<typeof visible>[1], text = "") =>
      visible(rows, show, text).map(({ unitName }) => unitName);
    expect(names("onlyPressed")).toEqual(["乙", "丙", "甲"]);
    expect(names("onlyIdle")).toEqual(["戊"]);
    expect(names("allRows", "丙")).toEqual(["丙"]);
    expect(names("allRows").at(-1)).toBe("丁");
    expect(pressed(row({ places: 0, candidates: 0, overSubscription: null }))).toBe(-1);
  });
});

describe("addresses", () => {
  test("the part of the page is read as it is written; defaults are not", () => {
    const search = changePart(new URLSearchParams("year=2024"), { show: "passes", by: "unit", pool: "near" });
    expect(search.toString()).toBe("year=2024&show=passes&by=unit");
    expect(readPart(search)).toMatchObject({ show: "passes", by: "unit", pool: "near" });
    expect(readPart(new URLSearchParams("show=nothing&by=x&pool=y"))).toMatchObject({
      ...{ show: "conditions", by: "district", pool: "near" },
    });
  });

  test("a list leads back to where it was opened", () => {
    const address = bottleneckAddress("blocked", { year: 2024 }, { level: "senior" }, "conditions", {
      ...{ rulebook: "a", condition: "x", pool: "all" },
    });
    const search = new URL(address, "http://here").searchParams;
    expect(readList(search)).toMatchObject({
      ...{ measure: "blocked", from: "bottlenecks", asked: { rulebook: "a", condition: "x", pool: "all" } },
    });
    expect(backAddress("bottlenecks", { year: 2024, level: "senior" }, "a", search)).toBe(
      "/bottlenecks?year=2024&level=senior&show=conditions&rule=a.senior&pool=all",
    );
    expect(withoutCondition(search).has("pool")).toBe(false);
  });

  test("measures of stages, sets and rulebooks need what they are of", () => {
    const read = (text: string) => readList(new URLSearchParams(text));
    expect(read("measure=stageLost&stage=theory")).toMatchObject({ measure: "stageLost", stage: "theory" });
    expect(read("measure=stageLost").measure).toBe("planningEligible");
    expect(read("measure=together&rulebook=a&condition=x,y&level=senior").measure).toBe("together");
    expect(read("measure=oneAway&rulebook=a&level=senior")).toMatchObject({ measure: "oneAway" });
    expect(read("measure=oneAway").measure).toBe("planningEligible");
    const plain = changeList(new URLSearchParams("measure=stageLost&stage=theory"), { measure: "eligible" });
    expect(plain.toString()).toBe("measure=eligible");
  });
});
