/** Working days: the week, the public holidays and the days worked in their stead. */
import { badInput, type Message } from "../errors.ts";
import { type Day, dayOf, isoDate } from "./dates.ts";

/** A day that departs from the week. */
export interface CalendarRow {
  /** ISO date. */
  readonly date: string;
  /** holiday: a day off. workday: a Saturday or Sunday that is worked. */
  readonly kind: "holiday" | "workday";
  /** The festival it belongs to. */
  readonly name: string;
  /** The year the notice is for. */
  readonly year: number;
}

export interface CalendarDay {
  /** ISO date. */
  readonly date: string;
  readonly working: boolean;
  /** makeUp: a Saturday or Sunday that is worked in a holiday's stead (调休上班). */
  readonly kind: "weekday" | "weekend" | "holiday" | "makeUp";
  /** The festival a holiday or make-up day belongs to. */
  readonly name: string | null;
}

/** 1970-01-01 was a Thursday. */
const isWeekend = (day: Day) => (day + 4) % 7 === 0 || (day + 4) % 7 === 6;

/** The calendar of the years that rows were given for. Methods throw bad-input for a day of another year. */
export class WorkingDays {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly #rows: ReadonlyMap<string, CalendarRow>;

  constructor(rows: readonly CalendarRow[]) {
    const years = rows.map(({ year }) => year);
    this.firstYear = Math.min(...years);
    this.lastYear = Math.max(...years);
    this.#rows = new Map(rows.map((row) => [row.date, row]));
  }

  #covers(day: Day): boolean {
    return day >= dayOf(this.firstYear, 1, 1) && day <= dayOf(this.lastYear, 12, 31);
  }

  /** Says which years there are. */
  #beyond(day: Day): Message {
    const years = `${this.firstYear}–${this.lastYear}`;
    return {
      zh: `${isoDate(day)} 超出工作日历范围：工作日历只包含 ${years} 年的放假调休安排`,
      en: `${isoDate(day)} is beyond the working-day calendar, which covers ${years}`,
    };
  }

  describe(day: Day): CalendarDay {
    if (!this.#covers(day)) {
      const { zh, en } = this.#beyond(day);
      throw badInput(zh, en, { value: isoDate(day), allowed: { from: this.firstYear, to: this.lastYear } });
    }
    const date = isoDate(day);
    const row = this.#rows.get(date);
    if (row) {
      const working = row.kind === "workday";
      return { date, working, kind: working ? "makeUp" : "holiday", name: row.name };
    }
    const weekend = isWeekend(day);
    return { date, working: !weekend, kind: weekend ? "weekend" : "weekday", name: null };
  }

  isWorkingDay(day: Day): boolean {
    return this.describe(day).working;
  }

  /** Every day from `from` to `to`, both included. */
  days(from: Day, to: Day): CalendarDay[] {
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => this.describe(from + index));
  }

  /** Working days from `from` to `to`, both included. */
  workingDaysBetween(from: Day, to: Day): number {
    return this.days(from, to).filter(({ working }) => working).length;
  }

  /**
   * Working days of a window, first and last day included; never throws: null, with the reason, where the calendar does not reach,
   * as in an exam year for which no notice on holidays has been issued yet.
   */
  windowDays(from: Day, to: Day): { workingDays: number | null; workingDaysReason: Message | null } {
    const beyond = [from, to].find((day) => !this.#covers(day));
    return beyond === undefined
      ? { workingDays: this.workingDaysBetween(from, to), workingDaysReason: null }
      : { workingDays: null, workingDaysReason: this.#beyond(beyond) };
  }

  /** The day on which a publicity (公示) of `workingDays` ≥ 1 ends; its first day counts if it is a working day. */
  publicityEnd(from: Day, workingDays: number): Day {
    let day = from;
    for (let left = workingDays; ; day++) {
      if (this.isWorkingDay(day)) left--;
      if (left === 0) return day;
    }
  }
}
