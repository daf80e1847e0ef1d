/** Pure: steps from one number to another → a waterfall: two ends on the ground, between them what is added and taken away. */
import type { EChartsOption } from "../echarts.ts";
import { dots, fontFamily, hatch, palette } from "../palette.ts";
import { escapeHtml } from "./stacked-bars.ts";

export interface WaterfallStep {
  readonly name: string;
  readonly kind: "end" | "up" | "down";
  readonly low: number;
  readonly high: number;
  /** What is written over the bar: "+543". */
  readonly label: string;
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  /** Where the axis begins. */
  readonly floor: number;
  readonly format: (n: number) => string;
  /** Unit of the counts: 人. */
  readonly unit: string;
  readonly names: Readonly<Record<WaterfallStep["kind"], string>>;
}

const looks = {
  end: { color: palette.primary },
  up: { color: palette.light, decal: { ...dots, color: "rgba(31,78,121,0.55)" } },
  down: { color: palette.over, decal: { ...hatch, color: "rgba(255,255,255,0.7)" } },
} as const;

/** Added and taken away differ by sign in the label and by pattern, not by colour alone. */
export function waterfall({ steps, floor, format, unit, names }: Waterfall): EChartsOption {
  const kinds = ["end", "up", "down"] as const;
  return {
    textStyle: { fontFamily, color: palette.ink },
    grid: { left: 8, right: 16, top: 52, bottom: 8, outerBoundsMode: "same" },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 16,
      itemHeight: 10,
      textStyle: { color: palette.ink },
      selectedMode: false,
      data: kinds.map((kind) => names[kind]),
    },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow" },
      confine: true,
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const step = steps[index];
        return step ? `<b>${escapeHtml(step.name)}</b><br/>${escapeHtml(step.label)} ${escapeHtml(unit)}` : "";
      },
    },
    xAxis: {
      type: "category",
      triggerEvent: true,
      data: steps.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.ink, interval: 0, width: 84, overflow: "break" },
    },
    yAxis: {
      type: "value",
      min: floor,
      minInterval: 1,
      name: unit,
      nameTextStyle: { color: palette.muted },
      axisLabel: { color: palette.muted, formatter: (value: number) => format(value), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        // What the floating bars stand on is not drawn.
        type: "bar",
        name: "",
        stack: "all",
        silent: true,
        itemStyle: { color: "transparent", decal: { symbol: "none" } },
        data: steps.map(({ low }) => low),
      },
      ...kinds.map((kind) => ({
        type: "bar" as const,
        name: names[kind],
        stack: "all",
        barMaxWidth: 44,
        cursor: "pointer",
        itemStyle: { ...looks[kind] },
        data: steps.map((step) => (step.kind === kind ? step.high - step.low : null)),
        label: {
          show: true,
          position: "top" as const,
          color: palette.ink,
          formatter: ({ dataIndex }: { dataIndex: number }) => steps[dataIndex]?.label ?? "",
        },
      })),
    ],
  };
}
