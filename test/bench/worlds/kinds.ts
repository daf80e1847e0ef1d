/** The kinds of worlds a forecast is tried on: what is true in them, all of it known. Effects and shocks are logits. */

/** Deviations of effects that last and of shocks that come anew each year. */
export interface Spread {
  readonly trade: number;
  readonly tradeStep: number;
  readonly district: number;
  readonly unit: number;
  readonly year: number;
  readonly districtYear: number;
  readonly tradeYear: number;
  readonly unitYear: number;
}

export interface WorldKind {
  readonly name: string;
  readonly seed: number;
  /** About so many workers on the newest roster. */
  readonly workers: number;
  readonly units: number;
  /** Of coming forward. */
  readonly propensity: Spread;
  /** Of passing an exam stage; units have no part in it. */
  readonly exam: Omit<Spread, "unit" | "unitYear" | "districtYear">;
  /** Shift of coming forward in an exam year that everybody knows was out of the ordinary. */
  readonly anomalies: Readonly<Record<number, number>>;
  /** From this exam year on, people come forward and pass otherwise, for good. */
  readonly change: { readonly from: number; readonly propensity: number; readonly exam: number } | undefined;
  /** Yearly chance of leaving before retirement, of finishing college, of an appraisal that is not good enough. */
  readonly leaving: number;
  readonly schooling: number;
  readonly lapse: number;
  /** People taken on each year, by the workers of the kind. */
  readonly hiring: number;
}

/** Roster years of every world; exam years run from the second on. */
export const firstRoster = 2014;
export const lastRoster = 2023;
/** Rosters from which futures are forecast and simulated. */
export const origins = [2021, 2022, 2023] as const;
export const horizons = [1, 2, 3, 4, 5] as const;

const propensity: Spread = {
  trade: 0.3,
  tradeStep: 0.2,
  district: 0.25,
  unit: 0.45,
  year: 0.12,
  districtYear: 0.1,
  tradeYear: 0.12,
  unitYear: 0.2,
};
const exam = { trade: 0.25, tradeStep: 0.15, district: 0.15, year: 0.12, tradeYear: 0.12 };

const steady: WorldKind = {
  name: "steady",
  seed: 101,
  workers: 12_000,
  units: 200,
  propensity,
  exam,
  anomalies: {},
  change: undefined,
  leaving: 0.006,
  schooling: 0.015,
  lapse: 0.008,
  hiring: 0.02,
};

export const worldKinds: readonly WorldKind[] = [
  steady,
  { ...steady, name: "anomalous year", seed: 202, anomalies: { 2020: -0.9 } },
  { ...steady, name: "change of practice", seed: 303, change: { from: 2020, propensity: 0.45, exam: -0.3 } },
  { ...steady, name: "tiny units", seed: 404, units: 600 },
  { ...steady, name: "large", seed: 505, workers: 60_000, units: 300 },
  // Never looked at while the method was tuned.
  { ...steady, name: "unseen seed 1", seed: 90_001 },
  { ...steady, name: "unseen seed 2", seed: 90_002, workers: 20_000, units: 400, hiring: 0.015 },
];
