/** What besides the luck of each person moves the figures: years, districts in a year, and what is only estimated. */

/** Things whose people move together. The SQL tells the thing of a cell. */
export const factorKeys = {
  total: "0::BIGINT",
  step: "target::BIGINT",
  district: `"districtId"::BIGINT`,
  districtStep: `"districtId"::BIGINT * 8 + target`,
  trade: `"tradeId"::BIGINT`,
  tradeStep: `"tradeId"::BIGINT * 8 + target`,
  unit: `"unitId"::BIGINT`,
} as const;
export type Factor = keyof typeof factorKeys;

export interface FactorVariance {
  readonly factor: Factor;
  /** Variance of the yearly shock, logit². */
  readonly shock: number;
  /** Temporary table (key, variance) of the estimated effects; without one the effects are taken as known. */
  readonly estimated?: string | undefined;
  /** Variance of an effect of which nothing is known, logit². */
  readonly prior: number;
}

export interface Variances {
  /** Of coming forward. */
  readonly apply: readonly FactorVariance[];
  /** Of passing the exams. */
  readonly exam: readonly FactorVariance[];
  /** How much wider the ends of 95 % intervals lie than those of a normal distribution, where whole years are all that matters. */
  readonly farTail: number;
}

export const noVariances: Variances = { apply: [], exam: [], farTail: 1 };
