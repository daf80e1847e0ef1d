/** data/reference/holidays.csv → the working-day calendar. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Message } from "../errors.ts";
import { WorkingDays } from "../rules/calendar.ts";
import { parseDate } from "../rules/dates.ts";

const rowSchema = z.object({
  date: z.iso.date(),
  kind: z.enum(["holiday", "workday"]),
  name: z.string().min(1),
  year: z.coerce.number().int(),
});

export const workingDays = new WorkingDays(
  z.array(rowSchema).parse(
    parse(readFileSync(new URL("../../data/reference/holidays.csv", import.meta.url), "utf8"), {
      columns: true,
      comment: "#",
      skip_empty_lines: true,
    }),
  ),
);

/**
 * Working days of a window (ISO dates, both included); null, and why, where the calendar does not reach: an exam year for which
 * no notice on holidays has been issued yet.
 */
export function windowWorkingDays(
  from: string,
  to: string,
): { readonly workingDays: number; readonly reason: null } | { readonly workingDays: null; readonly reason: Message } {
  const [first, last] = [parseDate(from)?.from, parseDate(to)?.to];
  if (first === undefined || last === undefined) throw new Error(`no window from ${from} to ${to}`);
  const beyond = [first, last].find((day) => !workingDays.covers(day));
  return beyond === undefined
    ? { workingDays: workingDays.workingDaysBetween(first, last), reason: null }
    : { workingDays: null, reason: workingDays.beyond(beyond) };
}
