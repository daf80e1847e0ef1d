/** Pure: shares by category → lines, each with its own look, and dashed straight lines for what they should be. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export interface ScoreLine {
  readonly name: string;
  /** Shares 0…, one for each category; null: there is none, and the line has a gap. */
  readonly values: readonly (number | null)[];
  readonly look: "first" | "second";
}

export interface ScoreLines {
  readonly categories: readonly string[];
  readonly lines: readonly ScoreLine[];
  /** Straight lines right across. */
  readonly nominal: readonly { readonly name: string; readonly value: number }[];
  readonly axes: { readonly category: string; readonly value: string };
  readonly percent: (share: number) => string;
  /** What the axis spans; without it from 0 to the highest value. */
  readonly range?: readonly [number, number];
}

const looks = {
  first: { color: palette.primary, symbol: "circle", type: "solid" as const },
  second: { color: palette.over, symbol: "diamond", type: "dashed" as const },
};

export function scoreLines({ categories, lines, nominal, axes, percent, range }: ScoreLines): EChartsOption {
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 24, top: 56, bottom: 4, outerBoundsMode: "same" },
    legend: { top: 0, left: 0, itemGap: 16, textStyle: { color: palette.ink }, selectedMode: false },
    tooltip: {
      trigger: "axis",
      confine: true,
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const category = categories[index];
        if (category === undefined) return "";
        const said = lines.flatMap(({ name, values }) => {
          const value = values[index];
          return value === null || value === undefined ? [] : [`${escapeHtml(name)}：${percent(value)}`];
        });
        return [`<b>${escapeHtml(category)}</b>`, ...said].join("<br/>");
      },
    },
    xAxis: {
      type: "category",
      name: axes.category,
      nameLocation: "middle",
      nameGap: 24,
      nameTextStyle: { color: palette.muted },
      data: [...categories],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink },
    },
    yAxis: {
      type: "value",
      ...(range ? { min: range[0], max: range[1] } : { min: 0 }),
      name: axes.value,
      nameGap: 8,
      nameTextStyle: { color: palette.muted, align: "left" },
      axisLabel: { color: palette.muted, formatter: (value: number) => percent(value), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      ...nominal.map(({ name, value }) => ({
        type: "line" as const,
        name,
        silent: true,
        symbol: "none",
        lineStyle: { color: palette.muted, width: 1.5, type: "dotted" as const },
        itemStyle: { color: palette.muted, decal: { symbol: "none" } },
        data: categories.map(() => value),
      })),
      ...lines.map(({ name, values, look }) => ({
        type: "line" as const,
        name,
        symbol: looks[look].symbol,
        symbolSize: look === "first" ? 7 : 9,
        lineStyle: { color: looks[look].color, width: 2, type: looks[look].type },
        itemStyle: { color: looks[look].color, decal: { symbol: "none" } },
        data: [...values],
      })),
    ],
  };
}
