/**
 * How far forecasts of counts were off. Errors add up: those of single origins to those of all of them, and every figure is
 * divided last.
 */

/** Cells with fewer people than this on average are compared by squared error. */
export const smallCell = 5;

/** Errors of the forecasts of many cells: all units, say, of one origin, horizon, measure and level. */
export class Errors {
  cells = 0;
  /** People counted. */
  actual = 0;
  #difference = 0;
  #absolute = 0;
  #squared = 0;

  /** A cell: the mean that was forecast, and the count it became. */
  add(forecast: number, actual: number): void {
    const error = forecast - actual;
    this.cells++;
    this.actual += actual;
    this.#difference += error;
    this.#absolute += Math.abs(error);
    this.#squared += error ** 2;
  }

  addAll(other: Errors): void {
    this.cells += other.cells;
    this.actual += other.actual;
    this.#difference += other.#difference;
    this.#absolute += other.#absolute;
    this.#squared += other.#squared;
  }

  /** Sum of |forecast − actual| over the sum of actuals, a share; null where nothing was counted. */
  get wape(): number | null {
    return this.actual === 0 ? null : this.#absolute / this.actual;
  }

  /** Sum of forecast − actual over the sum of actuals: above 0, too many were forecast; null where nothing was counted. */
  get bias(): number | null {
    return this.actual === 0 ? null : this.#difference / this.actual;
  }

  /** Root mean squared error, people; null without cells. */
  get rmse(): number | null {
    return this.cells === 0 ? null : Math.sqrt(this.#squared / this.cells);
  }

  /**
   * Whether the cells are so small that absolute errors mislead: of a count with mean 0.4 the forecast with the least absolute
   * error is 0, which helps nobody plan.
   */
  get small(): boolean {
    return this.cells > 0 && this.actual / this.cells < smallCell;
  }
}

/** One error over another; null where either is unknown or the other is 0. */
export const ratio = (error: number | null, other: number | null): number | null =>
  error === null || other === null || other === 0 ? null : error / other;
