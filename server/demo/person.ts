/** One worker of the demonstration: what is true of him or her. What a roster knows of it is decided when it is written. */
import type { AppraisalGrade } from "../rules/facts.ts";
import type { RetirementTrack } from "../rules/retirement.ts";
import type { Trade } from "./places.ts";
import type { Unit } from "./units.ts";

/** First year of which appraisals and training are followed. */
export const firstRecordedYear = 2008;

export type ListItem = Readonly<Record<string, string | number | boolean>>;

/** Order of the levels, for comparison: 0 = none … 5 = senior technician. */
export type LevelNumber = 0 | 1 | 2 | 3 | 4 | 5;

/** How the last application ended, for the next one. */
export type LastOutcome = "none" | "failed" | "queued" | "deferred";

/** Days are counted from 1970-01-01 (server/rules/dates.ts), months from year 0; 0 as a day means never. */
export interface Person {
  /** Chance that belongs to this person hangs on it (see `hash32`). */
  readonly key: number;
  readonly workerId: string;
  readonly name: string;
  readonly idNumber: string;
  readonly sex: "male" | "female";
  readonly birth: number;
  readonly birthYear: number;
  readonly track: RetirementTrack;
  readonly retireMonth: number;
  /** The first month not on the roster: retirement, or leaving before it. */
  readonly leaveMonth: number;
  readonly hireYear: number;
  readonly workStart: number;
  readonly workStartYear: number;
  readonly regularised: number;
  readonly employment: "established" | "contract" | "other";
  readonly unit: Unit;
  readonly enlisted: number;
  readonly resettled: number;
  readonly militaryHonours: readonly ListItem[];
  /** Skill (exam marks) and drive (coming forward), about normal. */
  readonly talent: number;
  readonly drive: number;

  trade: Trade;
  tradeSince: number;
  transferred: boolean;
  transferredOn: number;
  arrived: boolean;
  level: LevelNumber;
  obtained: number;
  obtainedYear: number;
  reverified: boolean;
  promotedSinceReverification: boolean;
  appointed: number;
  education: string;
  educationInTrade: boolean;
  /** Grade of a year at [year − firstRecordedYear]; undefined = none given. */
  readonly appraisals: (AppraisalGrade | undefined)[];
  readonly training: (boolean | undefined)[];
  fraudOn: number;
  papers: number;
  thesis: boolean;
  recommendations: number;
  mentees: number;
  licence: string;
  safeYears: number;
  fleetCaptain: boolean;
  readonly financeExperience: boolean;
  title: string;
  titleInTrade: boolean;
  honours: ListItem[];
  techAwards: ListItem[];
  patents: ListItem[];
  competitions: ListItem[];
  used: string[];
  failedReviews: number[];
  last: LastOutcome;
  /** Years in a row in which he or she could have come forward and did not. */
  skipped: number;
  /** A level passed early whose certificate is of the coming year (Changzhou). */
  pending: LevelNumber;
  pendingDay: number;
}

export const gradeOf = (person: Person, year: number): AppraisalGrade | undefined =>
  person.appraisals[year - firstRecordedYear];

export const trainedIn = (person: Person, year: number): boolean | undefined =>
  person.training[year - firstRecordedYear];
