/** Pure: years that were and years to come → one line, solid and dashed, with the bands of what may come. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export interface ForecastBandPoint {
  readonly year: number;
  readonly actual: number | null;
  readonly mean: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  /** Another forecast of the same year, drawn as a thin line: a simple baseline, an earlier forecast. */
  readonly other?: number | null;
}

export interface ForecastBands {
  readonly points: readonly ForecastBandPoint[];
  readonly names: {
    readonly actual: string;
    readonly forecast: string;
    readonly band80: string;
    readonly band95: string;
    readonly other?: string;
  };
  readonly axes: { readonly year: string; readonly value: string };
  /** Whole numbers for the axis. */
  readonly format: (n: number) => string;
  /** Means, in the tooltip. */
  readonly mean: (n: number) => string;
  readonly legend: boolean;
}

/** Pictures that stand beside each other are read against each other: the same axis, people. */
export const highest = (points: readonly ForecastBandPoint[]): number =>
  Math.max(
    0,
    ...points.flatMap(({ actual, mean, high95, other }) => [actual ?? 0, mean ?? 0, high95 ?? 0, other ?? 0]),
  );

const bandColors = { "95": "#dbe6f1", "80": "#b3cbe2" } as const;

/** The dashed line begins where the solid one ends: at the last year on file before the first forecast. */
function dashed(points: readonly ForecastBandPoint[]): (number | null)[] {
  const first = points.findIndex(({ mean }) => mean !== null);
  return points.map(({ mean, actual }, index) => mean ?? (index === first - 1 ? actual : null));
}

function tooltipOf(point: ForecastBandPoint, { names, format, mean }: ForecastBands): string {
  const interval = (low: number | null, high: number | null): string =>
    low === null || high === null ? "" : `${format(low)}–${format(high)}`;
  const lines = [
    [names.actual, point.actual === null ? "" : format(point.actual)],
    [names.forecast, point.mean === null ? "" : mean(point.mean)],
    [names.band80, interval(point.low80, point.high80)],
    [names.band95, interval(point.low95, point.high95)],
    [names.other ?? "", point.other === null || point.other === undefined ? "" : mean(point.other)],
  ].flatMap(([name = "", text = ""]) => (text === "" ? [] : [`${escapeHtml(name)}：${escapeHtml(text)}`]));
  return [`<b>${point.year}</b>`, ...lines].join("<br/>");
}

export function forecastBands(input: ForecastBands): EChartsOption {
  const { points, names, axes, format } = input;
  const band = (stack: "80" | "95", name: string, low: (p: ForecastBandPoint) => number | null, high: typeof low) => [
    {
      // What the band stands on is not drawn.
      type: "line" as const,
      name: "",
      stack,
      stackStrategy: "all" as const,
      silent: true,
      symbol: "none",
      lineStyle: { opacity: 0 },
      areaStyle: { opacity: 0, decal: { symbol: "none" } },
      data: points.map(low),
    },
    {
      type: "line" as const,
      name,
      stack,
      stackStrategy: "all" as const,
      silent: true,
      symbol: "none",
      lineStyle: { opacity: 0 },
      itemStyle: { color: bandColors[stack], decal: { symbol: "none" } },
      areaStyle: { color: bandColors[stack], opacity: 1, decal: { symbol: "none" } },
      data: points.map((point) => {
        const [from, to] = [low(point), high(point)];
        return from === null || to === null ? null : to - from;
      }),
    },
  ];
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 20, top: input.legend ? 52 : 28, bottom: 4, outerBoundsMode: "same" },
    ...(input.legend
      ? {
          legend: {
            top: 0,
            left: 0,
            itemWidth: 22,
            itemHeight: 10,
            itemGap: 14,
            textStyle: { color: palette.ink },
            selectedMode: false,
            data: [
              { name: names.actual, icon: "path://M0 4 H22 V6 H0 Z" },
              { name: names.forecast, icon: "path://M0 4 H6 V6 H0 Z M8 4 H14 V6 H8 Z M16 4 H22 V6 H16 Z" },
              { name: names.band80, icon: "rect" },
              { name: names.band95, icon: "rect" },
              ...(names.other === undefined ? [] : [{ name: names.other }]),
            ],
          },
        }
      : {}),
    tooltip: {
      trigger: "axis",
      confine: true,
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const point = points[index];
        return point ? tooltipOf(point, input) : "";
      },
    },
    xAxis: {
      type: "category",
      name: axes.year,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: { color: palette.muted },
      boundaryGap: true,
      data: points.map(({ year }) => String(year)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink },
    },
    yAxis: {
      type: "value",
      min: 0,
      minInterval: 1,
      name: axes.value,
      nameGap: 8,
      nameTextStyle: { color: palette.muted, align: "left" },
      axisLabel: { color: palette.muted, formatter: (value: number) => format(value), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      ...band(
        "95",
        names.band95,
        (p) => p.low95,
        (p) => p.high95,
      ),
      ...band(
        "80",
        names.band80,
        (p) => p.low80,
        (p) => p.high80,
      ),
      {
        type: "line",
        name: names.forecast,
        symbol: "circle",
        symbolSize: 6,
        lineStyle: { color: palette.primary, width: 2, type: "dashed" },
        itemStyle: { color: palette.primary, decal: { symbol: "none" } },
        data: dashed(points),
      },
      {
        type: "line",
        name: names.actual,
        symbol: "circle",
        symbolSize: 6,
        lineStyle: { color: palette.ink, width: 2 },
        itemStyle: { color: palette.ink, decal: { symbol: "none" } },
        data: points.map(({ actual }) => actual),
      },
      ...(names.other === undefined
        ? []
        : [
            {
              type: "line" as const,
              name: names.other,
              symbol: "diamond",
              symbolSize: 9,
              lineStyle: { color: palette.over, width: 1.5, type: "dotted" as const },
              itemStyle: { color: palette.over, decal: { symbol: "none" } },
              data: points.map(({ other }) => other ?? null),
            },
          ]),
    ],
  };
}
