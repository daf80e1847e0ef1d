/** What is counted in a year of a world: people by measure, and by unit, trade and district at each step. */
import { type Ground, steps } from "./ground.ts";
import type { People } from "./people.ts";

export const measures = ["planningEligible", "applicants", "quotaUsed", "passes"] as const;
export type Measure = (typeof measures)[number];
/** Positions of the measures. */
export const at = { planningEligible: 0, applicants: 1, quotaUsed: 2, passes: 3 } as const;

export const groups = ["unit", "trade", "district"] as const;
export type Group = (typeof groups)[number];

/** Counts at [(measure · groups of the kind + group) · steps + step − 1]. */
export type Tally = Readonly<Record<Group, Int32Array>>;

export function makeTally(ground: Ground): Tally {
  const room = (count: number) => new Int32Array(measures.length * count * steps);
  return {
    unit: room(ground.units.length),
    trade: room(ground.trades.length),
    district: room(ground.districts.length),
  };
}

export function clearTally(tally: Tally): void {
  for (const group of groups) tally[group].fill(0);
}

function add(counts: Int32Array, place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

/** Counts one person at a step under the measure at a position. */
export function count(
  tally: Tally,
  ground: Ground,
  people: People,
  person: number,
  measure: number,
  step: number,
): void {
  const unit = people.unit[person] ?? 0;
  const trade = people.trade[person] ?? 0;
  const district = ground.districtOf[unit] ?? 0;
  add(tally.unit, (measure * ground.units.length + unit) * steps + step - 1);
  add(tally.trade, (measure * ground.trades.length + trade) * steps + step - 1);
  add(tally.district, (measure * ground.districts.length + district) * steps + step - 1);
}
