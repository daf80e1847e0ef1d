/** What the server says of scenarios, as the page reads it. */
import type { Change } from "../../../server/forecast/scenario/changes.ts";
import type { LevelCode, Message } from "../../api/types.ts";

export type { Change };
export type ChangeKind = Change["kind"];
export type Band = Extract<Change, { readonly kind: "bands" }>["bands"][number];

export const changeKinds = [
  "threshold",
  "waive",
  "trade",
  "bands",
  "passing",
  "propensity",
  "elastic",
  "hiring",
  "cycle",
] as const satisfies readonly Change["kind"][];

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly note: string | null;
  readonly changes: readonly Change[];
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** In the list each change is told in words. */
export interface ListedScenario extends Scenario {
  readonly sentences: readonly Message[];
}

export interface CheckNotice {
  readonly severity: "error" | "warning" | "info";
  /** Which of the changes; null: all of them together. */
  readonly change: number | null;
  readonly code: string;
  readonly text: Message;
}

/** A change in words, and how many decisions on the present roster it changes by itself in the coming years; null where no rule does. */
export interface CheckEffect {
  readonly change: number;
  readonly text: Message;
  readonly gained: number | null;
  readonly lost: number | null;
}

export interface Check {
  readonly valid: boolean;
  readonly notices: readonly CheckNotice[];
  readonly effects: readonly CheckEffect[];
}

export interface ScenarioRun {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly phase: string | null;
  readonly examYear: number | null;
  /** 0…1 of the whole. */
  readonly share: number;
  readonly secondsLeft: number | null;
  readonly changes: readonly Change[];
  readonly scenario: string | null;
  readonly origin: number;
  readonly dataVersion: number;
  readonly problem: Message | null;
}

/** Of the quota only means are told. */
export const measures = ["planningEligible", "applicants", "quota", "quotaUsed", "passes"] as const;
export type Measure = (typeof measures)[number];

type Suffix = "Base" | "Scenario" | "Difference" | `Difference${"Low" | "High"}${"80" | "95"}`;

/** Means and the ends of the intervals of their difference; null where a figure cannot be told. */
export type DifferenceRow = {
  readonly district?: string;
  readonly districtName?: string;
  readonly trade?: string | null;
  readonly unit?: string;
  readonly unitName?: string;
  readonly targetLevel?: LevelCode | null;
  readonly examYear: number;
} & { readonly [Key in `${Measure}${Suffix}`]?: number | null };
