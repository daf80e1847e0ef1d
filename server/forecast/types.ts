/** What goes into a forecast and what comes out. */
import type { Scope } from "../access/scope.ts";
import type { Message } from "../errors.ts";
import type { TargetLevel } from "../rules/facts.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Grouping } from "../tables/grouping.ts";
import type { Variances } from "./variance.ts";

export interface FitOptions {
  /** The newest roster year that may be looked at: rosters and applications of later years do not exist. */
  readonly origin: number;
  readonly library: RulebookLibrary;
  /** Rulebooks that take effect after this year are not known; without it all are (announced later ones take effect in their year). */
  readonly rulebooksUntil?: number | undefined;
  /** Weight of a year against the one after it, 0…1. Default 0.9. */
  readonly discount?: number | undefined;
  /** Told how much has been learned, 0…1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A sentence on what the forecast leans on, with a stable code. */
export interface Basis {
  readonly code: string;
  readonly text: Message;
}

/** What was learned from the history, for the connection it was learned on. */
export interface Fit {
  readonly origin: number;
  readonly library: RulebookLibrary;
  readonly rulebooksUntil: number;
  /** Exam years with applications that weigh something, ascending. */
  readonly years: readonly number[];
  /** False: there is no usable history, and only eligibility and quota can be told. */
  readonly hasHistory: boolean;
  readonly variances: Variances;
  /** Ends the names of the temporary tables of this fit. */
  readonly suffix: string;
  /** Share 0…1 of those due for retirement who stay on. */
  readonly staying: number;
  /** Years of hires that stand for the coming ones. */
  readonly hireYears: number;
  /** Standard deviation of the shocks of a unit in a year, logit. */
  readonly unitShock: number;
  /** Share 0…1 of the cases in which a unit with more candidates than places puts one too many forward. */
  readonly overForwarding: number;
  readonly basis: readonly Basis[];
}

/** Elastic retirement: shares of those who reach the statutory month from 2025 on. */
export interface ElasticRetirement {
  /** Share 0…1 that leaves early, and by how many months (1…36, never before the age of before the reform). */
  readonly earlyShare: number;
  readonly earlyMonths: number;
  /** Share 0…1 that stays on, and for how many months (1…36). */
  readonly lateShare: number;
  readonly lateMonths: number;
}

/** Factor on odds: of all levels, or `all` and others where a level differs. */
export type OddsFactor = number | ({ readonly all: number } & { readonly [Level in TargetLevel]?: number | undefined });

/** What a planner may set; everything has a default that says "as until now". */
export interface Assumptions {
  readonly elastic?: ElasticRetirement | undefined;
  /** Hires of the coming years ÷ hires of the last three years. Default 1. */
  readonly hiring?: number | undefined;
  /** Factor on the odds of coming forward. Default 1. */
  readonly propensity?: OddsFactor | undefined;
  /** Factor on the odds of passing the exams. Default 1. */
  readonly passing?: OddsFactor | undefined;
  /** Rulebooks in place of those of the fit: changed thresholds, waived conditions, trade lists, quotas, cycles. */
  readonly library?: RulebookLibrary | undefined;
}

export interface RunOptions {
  /** First and last exam year, origin + 1 or later. Default origin + 1 … origin + 5. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly assumptions?: Assumptions | undefined;
  /** Also tell what is expected of every person (`Run.people`). */
  readonly people?: boolean | undefined;
  /** `Run.openings` of a run of the same fit that reaches as far, by the rulebooks of the fit: only what others ask differently is decided again. */
  readonly openings?: string | undefined;
  /** Told the exam year that is being computed, and the share 0…1 of the whole that is done. */
  readonly onProgress?: ((examYear: number, share: number) => void) | undefined;
  /** Aborted: nothing more is computed and its reason is thrown; what was made is dropped. */
  readonly signal?: AbortSignal | undefined;
}

/** A computed forecast: its cells lie in a temporary table of the connection. */
export interface Run {
  readonly fit: Fit;
  readonly from: number;
  readonly to: number;
  /** Temporary table, see `cells.ts`. */
  readonly cells: string;
  /** Temporary table of what is expected of each person, see `people.ts`; null where it was not asked for. */
  readonly people: string | null;
  /** Temporary table of the levels open to each person, see `openings.ts`. */
  readonly openings: string;
  readonly basis: readonly Basis[];
}

export interface RowsRequest {
  /** Empty: one row a year with the total. */
  readonly by: readonly Grouping[];
  readonly level?: TargetLevel | undefined;
  /** District code; a city or province stands for everything below it. */
  readonly district?: string | undefined;
  /** A trade, or "unknown". */
  readonly trade?: string | undefined;
  /** Code of a unit. */
  readonly unit?: string | undefined;
  /** Default: everything. */
  readonly scope?: Scope | undefined;
}

export const measures = ["planningEligible", "applicants", "quotaUsed", "passes"] as const;
export type Measure = (typeof measures)[number];
export type Bound = "Low80" | "High80" | "Low95" | "High95";
export const bounds: readonly Bound[] = ["Low80", "High80", "Low95", "High95"];

/** Means and interval ends; null where a figure cannot be told (no quota holds, no history). */
export type ForecastRow = {
  readonly district?: string;
  readonly districtName?: string;
  readonly trade?: string | null;
  readonly unit?: string;
  readonly unitName?: string;
  /** Null: people who hold the highest level, or whose level is not known. */
  readonly targetLevel?: TargetLevel | null;
  readonly examYear: number;
  /** On the roster of 31 December before; each worker once, at the level above the present one. */
  readonly workers: number;
  readonly planningEligible: number;
  readonly applicants: number | null;
  readonly quota: number | null;
  readonly quotaUsed: number | null;
  readonly passes: number | null;
  readonly passRate: number | null;
  /** Who reaches retirement in the exam year. */
  readonly retirements: number;
  /** Probabilities of 0, 1, 2, 3 or more places used, where the row is one unit. */
  readonly quotaUsed0: number | null;
  readonly quotaUsed1: number | null;
  readonly quotaUsed2: number | null;
  readonly quotaUsed3: number | null;
} & { readonly [Key in `${Measure}${Bound}`]: number | null };
