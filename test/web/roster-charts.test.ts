import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lostParts } from "../../web/charts/options/lost-points.ts";
import { trendFloor, trendLine } from "../../web/charts/options/trend-line.ts";
import { waterfall } from "../../web/charts/options/waterfall.ts";

const tooltipOf = (option: { tooltip?: unknown }, index: number): string => {
  const { tooltip } = option;
  const format: unknown =
    typeof tooltip === "object" && tooltip !== null ? Reflect.get(tooltip, "formatter") : undefined;
  return typeof format === "function" ? String(Reflect.apply(format, undefined, [[{ dataIndex: index }]])) : "";
};

describe("waterfall", () => {
  const option = waterfall({
    steps: [
      { name: "2022 年末", kind: "end", low: 0, high: 60, label: "60" },
      { name: "<新增>", kind: "up", low: 60, high: 65, label: "+5" },
      { name: "离开", kind: "down", low: 62, high: 65, label: "−3" },
      { name: "2023 年末", kind: "end", low: 0, high: 62, label: "62" },
    ],
    floor: 50,
    format: String,
    unit: "人",
    names: { end: "年末在册", up: "增加", down: "减少" },
  });

  test("each bar stands where the one before ended, in the series of its kind", () => {
    expect(option.series).toMatchObject([
      { data: [0, 60, 62, 0], silent: true },
      { name: "年末在册", data: [60, null, null, 62] },
      { name: "增加", data: [null, 5, null, null] },
      { name: "减少", data: [null, null, 3, null] },
    ]);
    expect(option.yAxis).toMatchObject({ min: 50, name: "人" });
    expect(option.xAxis).toMatchObject({ data: ["2022 年末", "<新增>", "离开", "2023 年末"] });
  });

  test("added and gone differ by pattern, the legend names all three and not what is under them", () => {
    expect(option.legend).toMatchObject({ data: ["年末在册", "增加", "减少"] });
    expect(option.series).toMatchObject([{}, {}, { itemStyle: { decal: {} } }, { itemStyle: { decal: {} } }]);
  });

  test("the tooltip says the label with its unit; names stay text", () => {
    expect(tooltipOf(option, 2)).toBe("<b>离开</b><br/>−3 人");
    expect(tooltipOf(option, 1)).not.toContain("<新增>");
    expect(tooltipOf(option, 9)).toBe("");
  });
});

describe("trend", () => {
  const option = trendLine({
    points: [
      { name: "2022", value: 96.25 },
      { name: "2023", value: null },
      { name: "2024", value: 98 },
    ],
    chosen: 2,
    name: "得分",
    unit: "分",
    format: (value) => value.toFixed(1),
    max: 100,
  });

  test("a year without a score is a gap, the chosen one has a shape of its own", () => {
    expect(option.series).toMatchObject([
      { type: "line", data: [{ value: 96.25, symbol: "circle" }, { value: null }, { value: 98, symbol: "diamond" }] },
    ]);
    expect(tooltipOf(option, 0)).toBe("<b>2022</b><br/>得分：96.3 分");
    expect(tooltipOf(option, 1)).toBe("");
  });

  test("the axis begins below every point and never below zero", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 12 }), (values) => {
        const floor = trendFloor(values, 100);
        expect(floor).toBeGreaterThanOrEqual(0);
        expect(floor).toBeLessThan(100);
        for (const value of values) expect(floor).toBeLessThanOrEqual(value);
      }),
    );
  });
});

test("what is lost to errors and to gaps differs by pattern", () => {
  const [errors, missing] = lostParts({ errors: "错误失分", missing: "缺项失分" });
  expect(errors?.decal).toBeUndefined();
  expect(missing?.decal).toBeDefined();
});
