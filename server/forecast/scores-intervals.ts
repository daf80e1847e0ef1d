/** Whether intervals held: coverage by the randomised probability integral transform, and the pinball loss of quantiles. */

/** A forecast of a count as a distribution. */
export interface Predictive {
  /** Probability that the count is at most this; 0 below 0. */
  cdf(count: number): number;
  /** The smallest count (or for large counts, number) with at least this probability at or below it. */
  quantile(share: number): number;
}

/**
 * A number 0…1 (1 excluded) that belongs to a key: the same key, the same number, on every machine and in every order
 * (FNV-1a over the characters, then the finalizer of MurmurHash3).
 */
export function keyedShare(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/**
 * Where a count fell in its forecast distribution, 0…1: uniform when the forecast is right. `within` (0…1) says where inside the
 * probability of the count itself, so that a count with few likely values does not seem to be covered more often than it is.
 */
export function randomisedPit(predictive: Pick<Predictive, "cdf">, actual: number, within: number): number {
  const below = predictive.cdf(actual - 1);
  return below + within * (predictive.cdf(actual) - below);
}

/** Whether a transform lies in the central interval of a probability (0.8: from 0.1 to 0.9). */
export const covers = (pit: number, probability: number): boolean =>
  pit >= (1 - probability) / 2 && pit <= (1 + probability) / 2;

/** The quantiles a distribution is judged by. */
export const judgedShares = [0.025, 0.1, 0.5, 0.9, 0.975] as const;

/** Loss of a quantile: an actual above it weighs with the share, one below with the rest. */
export const pinball = (share: number, quantile: number, actual: number): number =>
  actual >= quantile ? share * (actual - quantile) : (1 - share) * (quantile - actual);

/** Mean of the losses at `judgedShares`, doubled: at 0.5 alone it would be the absolute error. People. */
export function quantileLoss(predictive: Pick<Predictive, "quantile">, actual: number): number {
  let losses = 0;
  for (const share of judgedShares) losses += 2 * pinball(share, predictive.quantile(share), actual);
  return losses / judgedShares.length;
}

/** How intervals of many cells held; adds up like `Errors`. */
export class Intervals {
  cells = 0;
  #within80 = 0;
  #within95 = 0;
  #loss = 0;
  #actual = 0;

  /** `key` names the cell and what was forecast: the chance of the transform hangs on it. */
  add(predictive: Predictive, actual: number, key: string): void {
    const pit = randomisedPit(predictive, actual, keyedShare(key));
    this.cells++;
    if (covers(pit, 0.8)) this.#within80++;
    if (covers(pit, 0.95)) this.#within95++;
    this.#loss += quantileLoss(predictive, actual);
    this.#actual += actual;
  }

  addAll(other: Intervals): void {
    this.cells += other.cells;
    this.#within80 += other.#within80;
    this.#within95 += other.#within95;
    this.#loss += other.#loss;
    this.#actual += other.#actual;
  }

  get coverage80(): number | null {
    return this.cells === 0 ? null : this.#within80 / this.cells;
  }

  get coverage95(): number | null {
    return this.cells === 0 ? null : this.#within95 / this.cells;
  }

  /** Weighted quantile loss: the quantile losses over the people counted, a share; null where nothing was counted. */
  get loss(): number | null {
    return this.#actual === 0 ? null : this.#loss / this.#actual;
  }
}
