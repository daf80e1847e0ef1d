/** Simple forecasts of a count from its own past: what a model has to beat to be worth anything. */

export const baselines = ["lastYear", "yearBeforeLast", "threeYearMean", "drift", "ownRate"] as const;
export type Baseline = (typeof baselines)[number];

/** The past of one cell. */
export interface Past {
  /** Counts by year, oldest first, the last of them of the origin. */
  readonly counts: readonly number[];
  /** Who could come forward in the year of the origin; undefined where the measure itself is that. */
  readonly eligible: number | undefined;
}

/** Exam years ahead, 1 …, and how many are forecast to be able to come forward then. */
export interface Ahead {
  readonly horizon: number;
  readonly eligible: number | null;
}

/**
 * A baseline's forecast; null where the past is too short for it.
 *
 * - lastYear: as in the year of the origin.
 * - yearBeforeLast: as two years before the year forecast, or the newest known year an even number of years before it: what
 *   places every other year and exams every other year follow.
 * - threeYearMean: the mean of the last three years.
 * - drift: the mean change from year to year goes on; never below 0.
 * - ownRate: the share of those who could, applied to those forecast to be able to.
 */
export function baselineForecast(baseline: Baseline, { counts, eligible }: Past, ahead: Ahead): number | null {
  const last = counts.at(-1);
  if (last === undefined) return null;
  switch (baseline) {
    case "lastYear":
      return last;
    case "yearBeforeLast":
      return counts.at(ahead.horizon % 2 === 0 ? -1 : -2) ?? null;
    case "threeYearMean":
      return counts.length < 3 ? null : counts.slice(-3).reduce((sum, count) => sum + count, 0) / 3;
    case "drift": {
      const first = counts[0] ?? 0;
      if (counts.length < 3) return null;
      return Math.max(0, last + (ahead.horizon * (last - first)) / (counts.length - 1));
    }
    case "ownRate":
      if (eligible === undefined || ahead.eligible === null) return null;
      return eligible === 0 ? 0 : (ahead.eligible * last) / eligible;
  }
}
