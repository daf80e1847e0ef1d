/** Pure: rates of groups of different size → a funnel plot: each group by its size and rate, with the limits for every size. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export interface FunnelPoint {
  readonly name: string;
  readonly people: number;
  /** 0…1. */
  readonly rate: number;
  readonly signal: "above" | "below" | "inside";
  /** What a pointer on it is told, a line each. */
  readonly lines: readonly string[];
}

export interface FunnelPlot {
  readonly points: readonly FunnelPoint[];
  /** The rate that is expected, 0…1. */
  readonly usual: number;
  /** Variance between the groups besides chance. */
  readonly between: number;
  readonly names: { readonly usual: string; readonly limits: string; readonly groups: string };
  readonly axes: { readonly people: string; readonly rate: string };
  readonly percent: (share: number) => string;
  readonly format: (n: number) => string;
}

const deviations = 3;
const steps = 60;

/** Sizes from the smallest compared to a little beyond the largest, closer together where the funnel bends. */
export function sizes(points: readonly FunnelPoint[], from = 4): number[] {
  const to = Math.max(from + 1, ...points.map(({ people }) => people)) * 1.05;
  return Array.from({ length: steps + 1 }, (_, index) => from * (to / from) ** (index / steps));
}

/** The limits of the rate for a size, within 0…1. */
export function limitsOf(people: number, usual: number, between: number): [low: number, high: number] {
  const spread = deviations * Math.sqrt((usual * (1 - usual)) / people + between);
  return [Math.max(0, usual - spread), Math.min(1, usual + spread)];
}

const looks = {
  inside: { symbol: "circle", symbolSize: 8, itemStyle: { color: palette.light, borderColor: palette.primary } },
  above: { symbol: "triangle", symbolSize: 13, itemStyle: { color: palette.primary, borderColor: palette.primary } },
  below: {
    ...{ symbol: "triangle", symbolRotate: 180, symbolSize: 13 },
    itemStyle: { color: palette.over, borderColor: palette.over },
  },
} as const;

export function funnelPlot({ points, usual, between, names, axes, percent, format }: FunnelPlot): EChartsOption {
  const at = sizes(points);
  const curve = (name: string, rate: (people: number) => number, dashed: boolean) => ({
    type: "line" as const,
    name,
    silent: true,
    symbol: "none",
    lineStyle: { color: palette.muted, width: 1.5, type: dashed ? ("dashed" as const) : ("solid" as const) },
    itemStyle: { color: palette.muted },
    data: at.map((people) => [people, rate(people)]),
  });
  const lowest = Math.min(
    usual,
    ...points.map(({ rate }) => rate),
    ...at.slice(8).map((n) => limitsOf(n, usual, between)[0]),
  );
  const highest = Math.max(
    usual,
    ...points.map(({ rate }) => rate),
    ...at.slice(8).map((n) => limitsOf(n, usual, between)[1]),
  );
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 24, top: 40, bottom: 32, outerBoundsMode: "same" },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 22,
      itemHeight: 10,
      textStyle: { color: palette.ink },
      selectedMode: false,
      // the lines as they are drawn, without the dots that stand for a series of them
      data: [
        { name: names.groups },
        { name: names.usual, icon: "path://M0 4 H22 V6 H0 Z" },
        { name: names.limits, icon: "path://M0 4 H6 V6 H0 Z M8 4 H14 V6 H8 Z M16 4 H22 V6 H16 Z" },
      ],
    },
    tooltip: {
      trigger: "item",
      confine: true,
      formatter: (params: unknown) => {
        const index =
          typeof params === "object" && params !== null && "dataIndex" in params
            ? Number(params.dataIndex)
            : Number.NaN;
        const point = points[index];
        return point ? `<b>${escapeHtml(point.name)}</b><br/>${point.lines.map(escapeHtml).join("<br/>")}` : "";
      },
    },
    xAxis: {
      type: "log",
      logBase: 2,
      min: 4,
      max: Math.ceil(at.at(-1) ?? 10),
      name: axes.people,
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: { color: palette.muted },
      axisLabel: { color: palette.muted, formatter: (value: number) => format(Math.round(value)), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: "value",
      min: Math.max(0, Math.floor(lowest * 10) / 10),
      max: Math.min(1, Math.ceil(highest * 10) / 10),
      name: axes.rate,
      nameTextStyle: { color: palette.muted, align: "left" },
      nameGap: 12,
      axisLabel: { color: palette.muted, formatter: (value: number) => percent(value) },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: "scatter",
        name: names.groups,
        cursor: "pointer",
        z: 5,
        itemStyle: { color: palette.light, borderColor: palette.primary, borderWidth: 1, decal: { symbol: "none" } },
        data: points.map(({ people, rate, signal }) => ({ value: [people, rate], ...looks[signal] })),
      },
      curve(names.usual, () => usual, false),
      curve(names.limits, (people) => limitsOf(people, usual, between)[1], true),
      curve(names.limits, (people) => limitsOf(people, usual, between)[0], true),
    ],
  };
}
