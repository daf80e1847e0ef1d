/** The parts of a bar of points lost to errors and to missing facts. */
import { hatch, palette } from "../palette.ts";
import type { BarPart } from "./stacked-bars.ts";

export const lostParts = (names: { errors: string; missing: string }): readonly BarPart[] => [
  { name: names.errors, color: palette.over },
  { name: names.missing, color: palette.open, decal: { ...hatch, color: "rgba(90,60,0,0.45)" } },
];
