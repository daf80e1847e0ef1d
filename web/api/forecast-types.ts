/** The shapes of forecasts and of their past errors, as the pages read them. Means are people and may be fractions; shares are 0…1. */
import type { BacktestRow as ScoreRow } from "../../server/forecast/backtest-score.ts";
import type { Baseline } from "../../server/forecast/baselines.ts";
import type { Basis, Bound, ForecastRow, Measure } from "../../server/forecast/types.ts";
import type { Message } from "./types.ts";

export type { Basis, Bound, ForecastRow };

/** In the order of the pages. */
export const forecastMeasures = ["planningEligible", "applicants", "quotaUsed", "passes"] as const;
export type ForecastMeasure = Measure;

export const forecastGroupings = ["level", "district", "trade", "unit"] as const;
export type ForecastGrouping = (typeof forecastGroupings)[number];

/** How far a computation is. */
export interface WorkStatus {
  readonly state: "absent" | "running" | "ready" | "failed" | "cancelled";
  readonly phase: "learn" | "year" | "rows" | null;
  readonly examYear: number | null;
  /** 0…1 of the whole. */
  readonly share: number;
  readonly secondsLeft: number | null;
  readonly problem: Message | null;
}

export interface ForecastStatus extends WorkStatus {
  /** Roster year forecast from. */
  readonly origin: number;
  readonly dataVersion: number;
  readonly basis: readonly Basis[];
}

export interface BacktestStatus extends WorkStatus {
  /** Roster years that are forecast from; none where the history is too short. */
  readonly origins: readonly number[];
}

interface Place {
  readonly district?: string;
  readonly districtName?: string;
  readonly trade?: string | null;
  readonly unit?: string;
  readonly unitName?: string;
  readonly targetLevel?: string | null;
  readonly examYear: number;
}

/** What came of an exam year; null where it is not on file. */
export type HistoryRow = Place & { readonly [Key in ForecastMeasure]: number | null };

export type { Baseline };

export interface BaselineRow extends Place {
  readonly measure: ForecastMeasure;
  readonly baseline: Baseline;
  readonly value: number | null;
}

/** An exam year and what it weighs when the forecast learns. */
export interface ForecastYear {
  readonly examYear: number;
  /** 0 = not looked at … 1. */
  readonly weight: number;
  readonly reason: string | null;
  readonly applications: number;
  readonly who?: string | null;
  readonly changedAt?: string | null;
}

export type BacktestRow = Omit<ScoreRow, "level"> & { readonly targetLevel: string | null };
export const backtestGroupings = ["total", "level", "district", "trade", "unit"] as const;
export type BacktestGrouping = (typeof backtestGroupings)[number];
