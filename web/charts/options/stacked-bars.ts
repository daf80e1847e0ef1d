/** Pure: named parts of named places → a horizontal stacked bar chart. Used by every bar chart of the dashboard. */
import type { EChartsOption } from "../echarts.ts";
import { fontFamily, palette } from "../palette.ts";

export interface BarPart {
  readonly name: string;
  readonly color: string;
  readonly decal?: object;
}

export interface Bar {
  /** What a click gives back; null when there is nothing to choose. */
  readonly key: string | null;
  readonly name: string;
  /** What is written at the end of the bar. */
  readonly label: string;
  /** One count per part, in the order of the parts. */
  readonly values: readonly number[];
}

export interface StackedBars {
  readonly parts: readonly BarPart[];
  readonly bars: readonly Bar[];
  readonly format: (n: number) => string;
  /** Unit of the counts, for the tooltip: 人. */
  readonly unit: string;
  readonly totalName: string;
  /** Whether the values are counts, so that the axis has whole numbers only; else false. */
  readonly whole?: boolean;
  /** Room for the names, px; longer ones are cut. */
  readonly nameWidth?: number;
}

const total = (bar: Bar): number => bar.values.reduce((sum, value) => sum + value, 0);

/** User text goes into HTML tooltips: names of trades and units come from uploaded files. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function tooltip(bar: Bar, { parts, format, unit, totalName }: StackedBars): string {
  const lines = parts.map(
    (part, index) => `${escapeHtml(part.name)}：${format(bar.values[index] ?? 0)} ${escapeHtml(unit)}`,
  );
  if (parts.length > 1) lines.push(`${escapeHtml(totalName)}：${format(total(bar))} ${escapeHtml(unit)}`);
  return `<b>${escapeHtml(bar.name)}</b><br/>${lines.join("<br/>")}`;
}

/** Bars stand in the order given, the first on top. Each ends with its label. */
export function stackedBars(input: StackedBars): EChartsOption {
  const { parts, bars, format } = input;
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 96, top: parts.length > 1 ? 36 : 12, bottom: 8, outerBoundsMode: "same" },
    ...(parts.length > 1
      ? {
          legend: {
            top: 0,
            left: 0,
            itemWidth: 16,
            itemHeight: 10,
            textStyle: { color: palette.ink },
            selectedMode: false,
          },
        }
      : {}),
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      confine: true,
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const bar = bars[index];
        return bar ? tooltip(bar, input) : "";
      },
    },
    xAxis: {
      type: "value",
      ...(input.whole === false ? {} : { minInterval: 1 }),
      axisLabel: { color: palette.muted, formatter: (value: number) => format(value), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      triggerEvent: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink, width: input.nameWidth ?? 132, overflow: "truncate", interval: 0 },
    },
    series: parts.map((part, index) => ({
      type: "bar" as const,
      name: part.name,
      stack: "all",
      barMaxWidth: 18,
      barMinHeight: 0,
      cursor: "pointer",
      itemStyle: {
        color: part.color,
        borderColor: "#ffffff",
        borderWidth: 0.5,
        ...(part.decal ? { decal: part.decal } : {}),
      },
      data: bars.map((bar) => bar.values[index] ?? 0),
      ...(index === parts.length - 1
        ? {
            label: {
              show: true,
              position: "right" as const,
              color: palette.ink,
              formatter: ({ dataIndex }: { dataIndex: number }) => {
                const bar = bars[dataIndex];
                return bar?.label ?? "";
              },
            },
          }
        : {}),
    })),
  };
}

/** Height in px that gives every bar room, within bounds. */
export const barsHeight = (bars: number, min = 180, max = 680): number => Math.min(max, Math.max(min, 64 + bars * 34));
