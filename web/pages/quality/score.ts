/** Pure: counts of the quality table → the score and what it is made of. */
import { type QualityCounts, qualityCounts } from "../../api/roster-types.ts";
import { sumOf } from "../../state/sums.ts";

/** Points that go to the rows without an error and to the key facts known; the server scores by the same weights. */
export const points = { rows: 60, facts: 40 } as const;

export interface ScoreParts {
  /** Shares, 0…1. */
  readonly rowsWithoutError: number;
  readonly factsKnown: number;
  /** Points lost, of 100. */
  readonly lostToErrors: number;
  readonly lostToMissing: number;
  /** 0…100. */
  readonly score: number;
}

export const addQuality = (rows: readonly QualityCounts[]): QualityCounts => sumOf(rows, qualityCounts);

/** Null without workers: there is nothing to score. */
export function scoreOf({ workers, errorRows, factsKnown, factsExpected }: QualityCounts): ScoreParts | null {
  if (workers === 0) return null;
  const rowsWithoutError = (workers - errorRows) / workers;
  const known = factsExpected === 0 ? 1 : factsKnown / factsExpected;
  const lostToErrors = points.rows * (errorRows / workers);
  const lostToMissing = points.facts * (1 - known);
  return {
    ...{ rowsWithoutError, factsKnown: known, lostToErrors, lostToMissing },
    score: 100 - lostToErrors - lostToMissing,
  };
}

/** Cut to one decimal and never rounded up: 100.0 means that nothing is wrong or missing. */
export function pointsText(value: number): string {
  return (Math.floor(value * 10 + 1e-6) / 10).toFixed(1);
}

/** A part of the score, cut to two decimals: the parts then add up to the score that is shown, but for a hundredth. */
export const partText = (value: number): string => (Math.floor(value * 100 + 1e-6) / 100).toFixed(2);

/** Points lost, two decimals, rounded up: whatever is lost does not read 0.00. */
export const lostText = (value: number): string => (Math.ceil(value * 100 - 1e-6) / 100).toFixed(2);
