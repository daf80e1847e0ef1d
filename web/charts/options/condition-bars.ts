/** Pure: people blocked by each condition → bars, of whom some lack nothing else, with a mark for the part that falls to the condition. */
import type { EChartsOption } from "../echarts.ts";
import { hatch, palette } from "../palette.ts";
import { escapeHtml, stackedBars } from "./stacked-bars.ts";

export interface ConditionBar {
  readonly key: string;
  readonly name: string;
  /** Lacks nothing else. */
  readonly sole: number;
  readonly blocked: number;
  readonly shapley: number;
}

export interface ConditionBars {
  readonly bars: readonly ConditionBar[];
  readonly names: { readonly sole: string; readonly others: string; readonly shapley: string; readonly total: string };
  readonly format: (n: number) => string;
  readonly decimal: (n: number) => string;
  readonly unit: string;
}

export function conditionBars({ bars, names, format, decimal, unit }: ConditionBars): EChartsOption {
  const base = stackedBars({
    parts: [
      { name: names.sole, color: palette.primary },
      { name: names.others, color: palette.light, decal: { ...hatch, color: "rgba(31,78,121,0.35)" } },
    ],
    bars: bars.map(({ key, name, sole, blocked }) => ({
      ...{ key, name, values: [sole, blocked - sole], label: format(blocked) },
    })),
    format,
    unit,
    totalName: names.total,
  });
  const series = Array.isArray(base.series) ? base.series : [];
  return {
    ...base,
    tooltip: {
      ...(Array.isArray(base.tooltip) ? {} : base.tooltip),
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params;
        const index =
          typeof first === "object" && first !== null && "dataIndex" in first ? Number(first.dataIndex) : Number.NaN;
        const bar = bars[index];
        if (!bar) return "";
        const lines = [
          [names.total, format(bar.blocked)],
          [names.sole, format(bar.sole)],
          [names.shapley, decimal(bar.shapley)],
        ].map(([name = "", value]) => `${escapeHtml(name)}：${value} ${escapeHtml(unit)}`);
        return `<b>${escapeHtml(bar.name)}</b><br/>${lines.join("<br/>")}`;
      },
    },
    series: [
      ...series,
      {
        type: "scatter",
        name: names.shapley,
        symbol: "diamond",
        symbolSize: 11,
        z: 5,
        itemStyle: { color: palette.over, borderColor: "#ffffff", borderWidth: 1, decal: { symbol: "none" } },
        data: bars.map(({ shapley }, index) => [shapley, index]),
      },
    ],
  };
}
