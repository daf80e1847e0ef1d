/**
 * How far forecasts of counts were off. Every sum is over the cells of one row of the backtest: all units, say, of one origin,
 * horizon, measure and level.
 */

/** What a cell was forecast to be, by a mean, and what it became. Counts of people. */
export interface Outcome {
  readonly forecast: number;
  readonly actual: number;
}

const total = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + of(outcome), 0);

/** Sum of |forecast − actual| over the sum of actuals, a share; null where nothing was counted. */
export function wape(outcomes: readonly Outcome[]): number | null {
  const counted = total(outcomes, ({ actual }) => actual);
  if (counted === 0) return null;
  return total(outcomes, ({ forecast, actual }) => Math.abs(forecast - actual)) / counted;
}

/** Sum of forecast − actual over the sum of actuals: above 0, too many were forecast; null where nothing was counted. */
export function bias(outcomes: readonly Outcome[]): number | null {
  const counted = total(outcomes, ({ actual }) => actual);
  return counted === 0 ? null : total(outcomes, ({ forecast, actual }) => forecast - actual) / counted;
}

/** Root mean squared error, people; null without cells. */
export function rmse(outcomes: readonly Outcome[]): number | null {
  if (outcomes.length === 0) return null;
  return Math.sqrt(total(outcomes, ({ forecast, actual }) => (forecast - actual) ** 2) / outcomes.length);
}

/** Cells with fewer people than this on average are compared by squared error. */
export const smallCell = 5;

/**
 * Whether the cells are so small that absolute errors mislead: of a count with mean 0.4 the forecast with the least absolute
 * error is 0, which helps nobody plan.
 */
export const areSmall = (outcomes: readonly Outcome[]): boolean =>
  outcomes.length > 0 && total(outcomes, ({ actual }) => actual) / outcomes.length < smallCell;

/** One error over another; null where either is unknown or the other is 0. */
export const ratio = (error: number | null, other: number | null): number | null =>
  error === null || other === null || other === 0 ? null : error / other;
