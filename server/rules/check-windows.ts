/** Windows must not end before they start, in any exam year. */
import { firstExamYear, lastExamYear } from "./bind.ts";
import { isoDate, parseDate } from "./dates.ts";
import type { ResolvedBook } from "./resolve-book.ts";
import { bindDate } from "./term.ts";

const examYears = Array.from({ length: lastExamYear - firstExamYear + 1 }, (_, index) => firstExamYear + index);
const leapYear = 2024;

export function checkWindows({ book, merged }: ResolvedBook): void {
  const { report, text } = merged.parsed;
  for (const [target, { dates }] of book.levels) {
    const [from, to] = [dates.get("window.from"), dates.get("window.to")];
    if (from === undefined || to === undefined || !text.levels?.[target]?.window) continue;
    const wrong = yearsOf(from, to, book.year).find((year) => endOf(to, year) < startOf(from, year));
    if (wrong === undefined) continue;
    const [first, last] = [isoDate(startOf(from, wrong)), isoDate(endOf(to, wrong))];
    report.add(["levels", target, "window", "to"], {
      name: "windowOrder",
      message: {
        zh: `${wrong} 年的申报期 ${first} 起、${last} 止，止早于起`,
        en: `in ${wrong} the window starts on ${first} and ends on ${last}, before it starts`,
      },
      suggestion: {
        zh: `请对调 from 与 to，或把跨年的止日写成 (Y+1)-${last.slice(5)}`,
        en: `exchange from and to, or write (Y+1)-${last.slice(5)} for an end in the next year`,
      },
    });
  }
}

const startOf = (text: string, year: number) => bindDate(text, { year, dates: new Map() }).from;
const endOf = (text: string, year: number) => bindDate(text, { year, dates: new Map() }).to;

/** Years worth looking at: two templates keep their distance but for 29 February; a template passes a plain date some year. */
function yearsOf(from: string, to: string, own: number): readonly number[] {
  const plain = [from, to].filter((text) => parseDate(text) !== undefined).length;
  if (plain === 1) return [own, ...examYears];
  return plain === 2 ? [own] : [own, leapYear, leapYear + 1];
}
