/** Pure: rows of a run → the figures of one measure, the group they are of, and what a number of them says in all. */
import type { Grouping } from "./result-state.ts";
import type { DifferenceRow, Measure } from "./shapes.ts";

export interface Figure {
  readonly base: number | null;
  readonly scenario: number | null;
  readonly difference: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
}

export function figureOf(row: DifferenceRow, measure: Measure): Figure {
  return {
    base: row[`${measure}Base`] ?? null,
    scenario: row[`${measure}Scenario`] ?? null,
    difference: row[`${measure}Difference`] ?? null,
    low80: row[`${measure}DifferenceLow80`] ?? null,
    high80: row[`${measure}DifferenceHigh80`] ?? null,
    low95: row[`${measure}DifferenceLow95`] ?? null,
    high95: row[`${measure}DifferenceHigh95`] ?? null,
  };
}

/** Code of the group a row is of; null: a trade or level that is not known. */
export function groupCode(row: DifferenceRow, by: Grouping): string | null {
  switch (by) {
    case "level":
      return row.targetLevel ?? null;
    case "district":
      return row.district ?? null;
    case "trade":
      return row.trade ?? null;
    case "unit":
      return row.unit ?? null;
  }
}

/** Whether the rows were asked with this grouping: those before stay while the next ones are on their way. */
export function isGroupedBy(row: DifferenceRow, by: Grouping): boolean {
  // rows of units tell their district too
  if (by === "district") return "district" in row && !("unit" in row);
  return { level: "targetLevel", trade: "trade", unit: "unit" }[by] in row;
}

/** Nobody in it, with the scenario and without: people of the highest level, who can come forward for none. */
export function isIdle(row: DifferenceRow, measure: Measure): boolean {
  const { base, scenario } = figureOf(row, measure);
  return (base ?? 0) === 0 && (scenario ?? 0) === 0;
}

/** Less than this many people is told as no difference. */
const noDifference = 0.05;

export type Direction = "more" | "fewer" | "same" | "open";

export function directionOf({ difference }: Figure): Direction {
  if (difference === null) return "open";
  if (Math.abs(difference) < noDifference) return "same";
  return difference > 0 ? "more" : "fewer";
}

/** What the 80 % interval leaves open: the sign, or whether there is any difference at all. */
export function doubtOf({ low80, high80, difference }: Figure): "sign" | "none" | undefined {
  if (low80 === null || high80 === null || difference === null || Math.abs(difference) < noDifference) return undefined;
  if (low80 < 0 && high80 > 0) return "sign";
  return low80 === 0 || high80 === 0 ? "none" : undefined;
}
