/** Pure: one number for each of some years → a line with every point labelled. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export interface TrendPoint {
  readonly name: string;
  /** Null: there is none that year, and the line has a gap. */
  readonly value: number | null;
}

export interface Trend {
  readonly points: readonly TrendPoint[];
  /** Index of the point that the page is about. */
  readonly chosen: number;
  /** What is measured, with its unit. */
  readonly name: string;
  readonly unit: string;
  readonly format: (value: number) => string;
  /** What the value cannot exceed. */
  readonly max: number;
}

/** Where the axis begins: a step below the lowest point, so that small differences show; the axis says its numbers. */
export function trendFloor(values: readonly number[], max: number): number {
  const low = Math.min(max, ...values);
  const room = max - low;
  if (room === 0) return max - 1;
  // No finer than the axis is labelled.
  const step = Math.max(0.1, 10 ** Math.floor(Math.log10(room)));
  return Math.max(0, Math.floor((low - room * 0.25) / step) * step);
}

export function trendLine({ points, chosen, name, unit, format, max }: Trend): EChartsOption {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 24, top: 32, bottom: 8, outerBoundsMode: "same" },
    tooltip: {
      trigger: "axis",
      confine: true,
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const point = points[index];
        if (!point || point.value === null) return "";
        return `<b>${escapeHtml(point.name)}</b><br/>${escapeHtml(name)}：${format(point.value)} ${escapeHtml(unit)}`;
      },
    },
    xAxis: {
      type: "category",
      triggerEvent: true,
      boundaryGap: true,
      data: points.map((point) => point.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink },
    },
    yAxis: {
      type: "value",
      min: trendFloor(values, max),
      max,
      minInterval: 0.1,
      name: unit,
      nameTextStyle: { color: palette.muted },
      axisLabel: { color: palette.muted, formatter: (value: number) => value.toFixed(1), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: "line",
        name,
        cursor: "pointer",
        triggerLineEvent: false,
        lineStyle: { color: palette.primary, width: 2 },
        itemStyle: { color: palette.primary },
        // The chosen year differs in shape and size.
        data: points.map(({ value }, index) => ({
          value,
          symbol: index === chosen ? "diamond" : "circle",
          symbolSize: index === chosen ? 14 : 7,
        })),
        label: {
          show: true,
          position: "top",
          color: palette.ink,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const value = points[dataIndex]?.value;
            return value === null || value === undefined ? "" : format(value);
          },
        },
      },
    ],
  };
}
