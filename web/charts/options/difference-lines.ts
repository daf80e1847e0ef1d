/** Pure: two forecasts of the same years → their lines, and below them the difference as bars with the ends of its intervals. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export type Interval = readonly [low: number, high: number];

export interface DifferencePoint {
  readonly name: string;
  readonly base: number | null;
  readonly scenario: number | null;
  readonly difference: number | null;
  readonly inner: Interval | null;
  readonly outer: Interval | null;
}

export interface DifferenceLines {
  readonly points: readonly DifferencePoint[];
  /** Index of the year that the tables are of. */
  readonly chosen: number;
  readonly names: {
    readonly base: string;
    readonly scenario: string;
    readonly difference: string;
    readonly inner: string;
    readonly outer: string;
    /** Of the axis of the difference, with its unit. */
    readonly axis: string;
  };
  readonly unit: string;
  readonly format: (n: number) => string;
  readonly signed: (n: number) => string;
}

/** Both ends of each bar and a gap before the next. */
export const whiskers = (ends: readonly (Interval | null)[]): (readonly [number, number | null])[] =>
  ends.flatMap((interval, index) =>
    interval === null ? [] : [[index, interval[0]] as const, [index, interval[1]] as const, [index, null] as const],
  );

function tooltip(point: DifferencePoint, { names, unit, format, signed }: DifferenceLines): string {
  const line = (name: string, text: string): string => `${escapeHtml(name)}：${text} ${escapeHtml(unit)}`;
  const ends = (interval: Interval): string => `${signed(interval[0])} … ${signed(interval[1])}`;
  return [
    `<b>${escapeHtml(point.name)}</b>`,
    ...(point.base === null ? [] : [line(names.base, format(point.base))]),
    ...(point.scenario === null ? [] : [line(names.scenario, format(point.scenario))]),
    ...(point.difference === null ? [] : [line(names.difference, signed(point.difference))]),
    ...(point.inner === null ? [] : [line(names.inner, ends(point.inner))]),
    ...(point.outer === null ? [] : [line(names.outer, ends(point.outer))]),
  ].join("<br/>");
}

/** Whole numbers on an axis need no tenths. */
const tick = (text: string): string => text.replace(/\.0$/, "");

/** Lines that lie close together far above 0 would else lie on one another. */
export function beginsAtZero(values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length === 0 || low - 2 * (high - low) <= 0;
}

export function differenceLines(input: DifferenceLines): EChartsOption {
  const { points, chosen, names, unit, format, signed } = input;
  const years = points.map(({ name }) => name);
  const values = points.flatMap(({ base, scenario }) => [base, scenario]).filter((value) => value !== null);
  const hasIntervals = points.some(({ inner, outer }) => inner !== null || outer !== null);
  const axis = (gridIndex: number, shown: boolean) => ({
    type: "category" as const,
    gridIndex,
    data: years,
    triggerEvent: true,
    axisTick: { show: false },
    axisLine: { onZero: true, lineStyle: { color: palette.line } },
    axisLabel: { show: shown, color: palette.ink },
  });
  const line = (name: string, key: "base" | "scenario", color: string, symbol: string, dashed: boolean) => ({
    type: "line" as const,
    name,
    xAxisIndex: 0,
    yAxisIndex: 0,
    cursor: "pointer",
    symbol,
    lineStyle: { color, width: 2, type: dashed ? ("dashed" as const) : ("solid" as const) },
    itemStyle: { color },
    data: points.map((point, index) => ({ value: point[key], symbolSize: index === chosen ? 11 : 7 })),
  });
  const whisker = (name: string, key: "inner" | "outer", width: number, cap: number) => ({
    type: "line" as const,
    name,
    xAxisIndex: 1,
    yAxisIndex: 1,
    silent: true,
    z: 5,
    symbol: "rect",
    symbolSize: [cap, 2],
    connectNulls: false,
    lineStyle: { color: palette.ink, width },
    itemStyle: { color: palette.ink },
    data: whiskers(points.map((point) => point[key])).map((pair) => [...pair]),
  });
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: [
      { left: 8, right: 24, top: 52, height: "44%", outerBoundsMode: "same" },
      { left: 8, right: 24, top: "68%", bottom: 8, outerBoundsMode: "same" },
    ],
    legend: {
      top: 0,
      left: 0,
      itemWidth: 22,
      itemHeight: 10,
      itemGap: 14,
      textStyle: { color: palette.ink },
      selectedMode: false,
      // the ends of the intervals as they are drawn, without the squares that stand for them
      data: [
        { name: names.base },
        { name: names.scenario },
        { name: names.difference },
        ...(hasIntervals
          ? [
              { name: names.inner, icon: "path://M0 3 H22 V7 H0 Z" },
              { name: names.outer, icon: "path://M0 1 H1 V4.5 H21 V1 H22 V9 H21 V5.5 H1 V9 H0 Z" },
            ]
          : []),
      ],
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      axisPointer: { type: "shadow" },
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const name = typeof first === "object" && first !== null && "name" in first ? String(first.name) : "";
        const point = points.find((one) => one.name === name);
        return point ? tooltip(point, input) : "";
      },
    },
    xAxis: [axis(0, false), axis(1, true)],
    yAxis: [
      {
        type: "value",
        gridIndex: 0,
        ...(beginsAtZero(values) ? { min: 0 } : { scale: true }),
        name: unit,
        nameTextStyle: { color: palette.muted },
        axisLabel: { color: palette.muted, formatter: (value: number) => tick(format(value)), hideOverlap: true },
        splitLine: { lineStyle: { color: palette.line } },
      },
      {
        type: "value",
        gridIndex: 1,
        splitNumber: 3,
        name: names.axis,
        nameTextStyle: { color: palette.muted, align: "left" },
        axisLabel: { color: palette.muted, formatter: (value: number) => tick(signed(value)), hideOverlap: true },
        splitLine: { lineStyle: { color: palette.line } },
      },
    ],
    series: [
      line(names.base, "base", palette.muted, "circle", true),
      line(names.scenario, "scenario", palette.primary, "diamond", false),
      {
        type: "bar",
        name: names.difference,
        xAxisIndex: 1,
        yAxisIndex: 1,
        barMaxWidth: 36,
        cursor: "pointer",
        itemStyle: { color: palette.light, decal: { symbol: "none" } },
        data: points.map(({ difference }) => difference),
      },
      whisker(names.inner, "inner", 4, 4),
      whisker(names.outer, "outer", 1, 14),
    ],
  };
}
