/** A forecast that is kept: what it is, how far it has come. */
import type { Message } from "../errors.ts";
import type { Basis, Fit, Run } from "./types.ts";

/** A computed forecast on a connection of its own, with the temporary tables of its fit and base run. */
export interface Desk {
  readonly origin: number;
  readonly dataVersion: number;
  readonly fit: Fit;
  /** The five years after the origin as things are, `people` included. */
  readonly base: Run;
}

/** learn: the history is read. year: an exam year is computed. rows: results are put together. */
export type ForecastPhase = "learn" | "year" | "rows";

export interface ForecastProgress {
  readonly phase: ForecastPhase;
  /** The exam year that is being computed. */
  readonly examYear: number | null;
  /** Share 0…1 of the whole that is done. */
  readonly share: number;
}

export interface ForecastStatus {
  /** absent: not computed from the present data; cancelled: begun and given up; failed: `problem` says why. */
  readonly state: "absent" | "running" | "ready" | "failed" | "cancelled";
  /** Roster year; 0 where there is no roster at all. */
  readonly origin: number;
  readonly dataVersion: number;
  readonly phase: ForecastPhase | null;
  readonly examYear: number | null;
  readonly share: number;
  /** Null while it cannot be told. */
  readonly secondsLeft: number | null;
  readonly problem: Message | null;
  /** What the forecast leans on; empty until it is ready. */
  readonly basis: readonly Basis[];
}

/** Where the forecasts of the present data can begin. */
export interface Ground {
  readonly origin: number;
  readonly newest: number;
  readonly dataVersion: number;
}
