/**
 * Pure: the way from everybody down to one unit, in the order in which the address names the choices, so that what a row shows is what
 * the table below it adds up to.
 */
import type { BaselineRow, ForecastGrouping, ForecastMeasure, ForecastRow } from "../../api/forecast-types.ts";
import type { District } from "../../api/types.ts";
import { roundParts } from "../../parts/rounding.ts";
import { districtPath } from "../../state/districts.ts";
import { unknownTrade } from "../../state/drill.ts";
import type { Filters } from "../../state/filters.ts";
import type { Listing } from "./forecast-state.ts";

const names = ["level", "district", "trade", "unit"] as const satisfies readonly ForecastGrouping[];

export interface Step {
  readonly by: ForecastGrouping;
  /** Code or name chosen. */
  readonly value: string;
}

/** The choices of an address in its order. */
export function stepsOf(search: URLSearchParams, filters: Filters): readonly Step[] {
  return [...search.keys()].flatMap((key) => {
    const by = names.find((name) => name === key);
    const value = by && filters[by];
    return by && value !== undefined ? [{ by, value }] : [];
  });
}

/** The filters of the first steps. */
export const filtersOf = (steps: readonly Step[]): Partial<Record<ForecastGrouping, string>> =>
  Object.fromEntries(steps.map(({ by, value }) => [by, value]));

/** What the table lists next: districts, their trades, their units; the parts of a unit. Undefined: there is nothing below. */
export function listingOf(
  filters: Filters,
  districts: readonly District[],
  asked: Listing | undefined,
): Listing | undefined {
  const hasParts = districts.some(
    ({ parent }) => parent === (filters.district ?? null) || filters.district === undefined,
  );
  const open: readonly Listing[] = [
    ...(hasParts && filters.unit === undefined ? (["district"] as const) : []),
    ...(filters.trade === undefined ? (["trade"] as const) : []),
    ...(filters.unit === undefined ? (["unit"] as const) : []),
  ];
  return open.find((one) => one === asked) ?? open[0];
}

/** Every listing that can be asked for. */
export function listingsOf(filters: Filters, districts: readonly District[]): readonly Listing[] {
  return (["district", "trade", "unit"] as const).filter((one) => listingOf(filters, districts, one) === one);
}

/** What a row is of, as a filter has it. */
export function chosenBy(
  row: Pick<ForecastRow, "targetLevel" | "district" | "trade" | "unit"> | BaselineRow,
  by: ForecastGrouping,
): string | undefined {
  switch (by) {
    case "level":
      return row.targetLevel ?? undefined;
    case "district":
      return row.district;
    case "trade":
      return row.trade === undefined ? undefined : (row.trade ?? unknownTrade);
    case "unit":
      return row.unit;
  }
}

/** Figures shown as whole numbers. */
export const wholeFigures = [
  "workers",
  "planningEligible",
  "applicants",
  "quota",
  "quotaUsed",
  "passes",
  "retirements",
] as const satisfies readonly (ForecastMeasure | keyof ForecastRow)[];
export type WholeFigure = (typeof wholeFigures)[number];
export type Whole = Readonly<Record<WholeFigure, number | null>>;

/** Of several rows together; null where none of them knows. */
export function addWhole(rows: readonly Whole[]): Whole {
  const sum = (figure: WholeFigure): number | null =>
    rows.reduce<number | null>(
      (total, row) => (row[figure] === null ? total : (total ?? 0) + (row[figure] ?? 0)),
      null,
    );
  return Object.fromEntries(wholeFigures.map((figure) => [figure, sum(figure)])) as Record<WholeFigure, number | null>;
}

/** Whole numbers for the rows that add up to those of the row they are parts of. */
export function wholeRows(rows: readonly ForecastRow[], parent: Whole | undefined): readonly Whole[] {
  const columns = wholeFigures.map((figure) => {
    const means = rows.map((row) => row[figure]);
    const total = parent?.[figure] ?? undefined;
    return [figure, total === undefined ? roundParts(means) : roundParts(means, total)] as const;
  });
  return rows.map(
    (_, index) =>
      Object.fromEntries(columns.map(([figure, values]) => [figure, values[index] ?? null])) as Record<
        WholeFigure,
        number | null
      >,
  );
}

/** Whether a row lies in what a step chose: a city holds its districts. */
function isWithin(row: ForecastRow, { by, value }: Step, districts: readonly District[]): boolean {
  if (by !== "district") return chosenBy(row, by) === value;
  return row.district === value || districtPath(districts, row.district).some(({ code }) => code === value);
}

/**
 * The whole numbers of what the steps lead to. `tiers`: for each step the rows that it chose among, of one exam year; `total`: the row of
 * everybody.
 */
export function wholeOf(
  total: ForecastRow | undefined,
  steps: readonly Step[],
  tiers: readonly (readonly ForecastRow[])[],
  districts: readonly District[],
): Whole | undefined {
  let whole = total && wholeRows([total], undefined)[0];
  for (const [index, step] of steps.entries()) {
    const rows = tiers[index] ?? [];
    const rounded = wholeRows(rows, whole);
    const chosen = rounded.filter((_, at) => {
      const row = rows[at];
      return row !== undefined && isWithin(row, step, districts);
    });
    if (chosen.length === 0) return undefined;
    whole = addWhole(chosen);
  }
  return whole;
}
