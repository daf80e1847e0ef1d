/**
 * Interval dates. A date known only to its month or year is the interval of all days it may be. Days are counted from
 * 1970-01-01 in the proleptic Gregorian calendar, without time zone.
 */

/** Days since 1970-01-01. */
export type Day = number;

export interface DateInterval {
  readonly from: Day;
  readonly to: Day;
}

const dayLength = 86_400_000;
/** The Gregorian calendar repeats after 400 years. */
const daysIn400Years = 146_097;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Length of a month, months from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Day number of a calendar date; month from 1. Years 0–99 are not shifted to 1900. */
export function dayOf(year: number, month: number, day: number): Day {
  // Date.UTC takes the years 0–99 for 1900–1999, but not the same calendar 400 years on.
  return Date.UTC(year + 400, month - 1, day) / dayLength - daysIn400Years;
}

export function yearOf(day: Day): number {
  return new Date(day * dayLength).getUTCFullYear();
}

/** Months since year 0: year · 12 + (month − 1). */
export function monthOf(day: Day): number {
  const date = new Date(day * dayLength);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function isoDate(day: Day): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

/** The number that the characters from `start` to `end` write; NaN unless all of them are digits. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/**
 * "YYYY", "YYYY-MM" or "YYYY-MM-DD" → interval; undefined when it is no possible date. Read by character, not by pattern:
 * dates are most of what there is to read about a person.
 */
export function parseDate(text: string): DateInterval | undefined {
  const { length } = text;
  const year = digits(text, 0, 4);
  if (length === 4 && year >= 0) return { from: dayOf(year, 1, 1), to: dayOf(year, 12, 31) };
  const month = digits(text, 5, 7);
  if (!(text[4] === "-" && year >= 0 && month >= 1 && month <= 12)) return undefined;
  const last = daysInMonth(year, month);
  if (length === 7) return { from: dayOf(year, month, 1), to: dayOf(year, month, last) };
  const day = digits(text, 8, 10);
  if (!(length === 10 && text[7] === "-" && day >= 1 && day <= last)) return undefined;
  const number = dayOf(year, month, day);
  return { from: number, to: number };
}

/** The shortest text that means the interval: a day, a month, a year, or "from/to" for anything else. */
export function formatInterval({ from, to }: DateInterval): string {
  const first = isoDate(from);
  if (from === to) return first;
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7));
  if (first.endsWith("-01-01") && to === dayOf(year, 12, 31)) return first.slice(0, 4);
  if (first.endsWith("-01") && to === dayOf(year, month, daysInMonth(year, month))) return first.slice(0, 7);
  return `${first}/${isoDate(to)}`;
}

/** The same day `years` earlier; 29 February becomes 28 February in a common year. */
export function minusYears(day: Day, years: number): Day {
  const date = new Date(day * dayLength);
  const year = date.getUTCFullYear() - years;
  const month = date.getUTCMonth() + 1;
  return dayOf(year, month, Math.min(date.getUTCDate(), daysInMonth(year, month)));
}
