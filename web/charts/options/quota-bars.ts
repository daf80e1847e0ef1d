/** Pure: sums of the quota table → bars of places used within the quota, left, and applications over it. */
import type { QuotaSums } from "../../state/sums.ts";
import { dots, hatch, palette } from "../palette.ts";
import type { Bar, BarPart } from "./stacked-bars.ts";

export const quotaParts = (names: { within: string; left: string; over: string }): readonly BarPart[] => [
  { name: names.within, color: palette.primary },
  { name: names.left, color: palette.light, decal: { ...dots, color: "rgba(31,78,121,0.45)" } },
  { name: names.over, color: palette.over, decal: { ...hatch, color: "rgba(255,255,255,0.7)" } },
];

export const quotaBar = (
  key: string | null,
  name: string,
  sums: Pick<QuotaSums, "within" | "left" | "over">,
  /** (used within the quota, quota, over) → what stands at the end of the bar. */
  label: (within: number, quota: number, over: number) => string,
): Bar => {
  const left = sums.left ?? 0;
  const over = sums.over ?? 0;
  return { key, name, values: [sums.within, left, over], label: label(sums.within, sums.within + left, over) };
};
