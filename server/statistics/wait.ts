/** How long one waits for a place, and how likely one gets it in time. */

/**
 * Years until the place is reached of who stands at `position` (1 is next) where places go to who has waited longest: so many places a
 * year, and each year the share `loss` (0…1) of those still waiting gives up or leaves. Position 1 with one place a year: 1 year.
 * Infinite without places. From r' = (1 − loss)(r − places), taken for years of any length.
 */
export function expectedWait(position: number, placesPerYear: number, loss: number): number {
  if (position <= 0) return 0;
  if (!(placesPerYear > 0) || loss >= 1) return Number.POSITIVE_INFINITY;
  if (loss < 1e-9) return position / placesPerYear;
  return Math.log1p((position * loss) / ((1 - loss) * placesPerYear)) / -Math.log1p(-loss);
}

/**
 * Probability of being chosen in one of so many years, with the chance of each in order; years beyond those told have the mean of the last
 * two, for places may come every other year. 1 − Π(1 − φ).
 */
export function chosenWithin(years: number, chances: readonly number[]): number {
  const last = chances.slice(-2);
  const usual = last.length === 0 ? 0 : last.reduce((sum, chance) => sum + chance, 0) / last.length;
  let missed = 1;
  for (let year = 0; year < years; year++) missed *= 1 - Math.min(1, Math.max(0, chances[year] ?? usual));
  return 1 - missed;
}

/** The middle value; of an even number the lower of the two; undefined of none. */
export function lowerMedian(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** A wait, to its end or as far as it was followed. */
export interface Spell {
  readonly years: number;
  /** A place ended it. */
  readonly chosen: boolean;
}

/**
 * Years after which half of those who began to wait have a place, by Kaplan and Meier (1958): who is lost from sight counts as long as he was
 * followed. Undefined where more than half are without one however far they were followed.
 */
export function medianWait(spells: readonly Spell[]): number | undefined {
  const ends = [...new Set(spells.flatMap(({ years, chosen }) => (chosen ? [years] : [])))].sort((a, b) => a - b);
  let without = 1;
  for (const end of ends) {
    const atRisk = spells.filter(({ years }) => years >= end).length;
    const ended = spells.filter(({ years, chosen }) => chosen && years === end).length;
    without *= 1 - ended / atRisk;
    if (without <= 0.5 + 1e-12) return end;
  }
  return undefined;
}

/** Places that stand idle in a unit, and people who wait in it. */
export interface Exchange {
  readonly idle: number;
  readonly waiting: number;
}

/**
 * How many of those waiting could have a place that stands idle in another unit, were places moved between all of these: the largest
 * flow between them, nothing going from a unit to itself.
 */
export function transferable(units: readonly Exchange[]): number {
  const idle = units.reduce((sum, one) => sum + one.idle, 0);
  const waiting = units.reduce((sum, one) => sum + one.waiting, 0);
  return Math.max(0, Math.min(idle, waiting, ...units.map((one) => idle - one.idle + waiting - one.waiting)));
}
