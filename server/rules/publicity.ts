/** Publicity (公示): how long a recommendation must hang out, and until when. */
import { z } from "zod";
import type { CalendarDay, WorkingDays } from "./calendar.ts";
import { citation, citationOf } from "./citation-text.ts";
import { type Day, isoDate } from "./dates.ts";
import type { Citation } from "./rulebook.ts";

/** `publicity:` of a rulebook text. */
export const publicitySchema = z.strictObject({ workingDays: z.int().min(1).max(60), cite: citation });
export type PublicityText = z.infer<typeof publicitySchema>;

export interface PublicityRule {
  /** At least. */
  readonly workingDays: number;
  readonly citation: Citation;
}

/** `document` is that of the rulebook the text stands in. */
export function publicityRule({ workingDays, cite }: PublicityText, document: string): PublicityRule {
  return { workingDays, citation: citationOf(cite, document) };
}

export interface PublicityPeriod {
  /** First and last day, ISO. */
  readonly from: string;
  readonly until: string;
  readonly workingDays: number;
  readonly days: readonly CalendarDay[];
}

/** The days of a publicity that begins on `from`, which counts if it is a working day. Throws bad-input beyond the calendar. */
export function publicityPeriod(calendar: WorkingDays, from: Day, workingDays: number): PublicityPeriod {
  const until = calendar.publicityEnd(from, workingDays);
  return { from: isoDate(from), until: isoDate(until), workingDays, days: calendar.days(from, until) };
}
