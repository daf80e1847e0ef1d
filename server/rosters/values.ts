/** Cell text → value, for the kinds of cell that are no JSON. Cells come as text, whatever the file format. */
import { type DateInterval, dayOf, formatInterval, isoDate, parseDate } from "../rules/dates.ts";
import type { EnumValue } from "../rules/facts.ts";

/** Half-width, without spaces: how codes, dates and numbers are compared. */
export function compact(text: string): string {
  return text.normalize("NFKC").replace(/[\s\u200b\ufeff]+/g, "");
}

/** Names and other running text: one space where there were several or a line break; width kept. */
export function tidy(text: string): string {
  return text.replace(/[\s\u00a0\u200b\ufeff]+/g, " ").trim();
}

export interface FoundDate {
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly date: string;
  /** How sure the reading is: "1985.1" may be January, or October stored as a number; "85.07" has no century. */
  readonly doubt?: "month" | "century";
}

const two = (text: string) => text.padStart(2, "0");
const possible = (date: string): FoundDate | undefined => (parseDate(date) ? { date } : undefined);

/** Days in the serial dates of spreadsheets; 1 = 1900-01-01, and day 60, 29 February 1900, never was. */
const serialZero = dayOf(1899, 12, 30);

/** The calendar date of a spreadsheet serial (time of day cut off). `from1904`: workbooks of old Macintosh Excel. */
export function serialDate(serial: number, from1904 = false): string | undefined {
  const day = Math.floor(serial) + (from1904 ? 1462 : 0);
  return day >= 61 && day <= 73_415 ? isoDate(serialZero + day) : undefined;
}

/** Year in a file of people alive: 1900…2099. */
function fullDate(year: string, month: string | undefined, day: string | undefined): FoundDate | undefined {
  if (!/^(19|20)\d\d$/.test(year)) return undefined;
  if (month === undefined || Number(month) === 0) return possible(year);
  if (day === undefined || Number(day) === 0) return possible(`${year}-${two(month)}`);
  return possible(`${year}-${two(month)}-${two(day)}`);
}

/** Reads the ways rosters write dates; undefined when it is none, or impossible. */
export function readDate(cell: string): FoundDate | undefined {
  // The time of day goes first: without the space before it, 7/1 0:00 would read as day 10.
  const text = compact(
    cell
      .normalize("NFKC")
      .trim()
      .replace(/[T\s]+\d{1,2}:\d{2}.*$/, ""),
  );
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (iso?.[1]) return fullDate(iso[1], iso[2], iso[3]);
  if (/^\d{4}\.1$/.test(text)) {
    const year = possible(text.slice(0, 4));
    return year && { ...year, doubt: "month" };
  }
  const parts =
    /^(\d{4})[./年](?:(\d{1,2})(?:[./月](?:(\d{1,2})日?)?)?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})?$/.exec(text);
  if (parts?.[1]) return fullDate(parts[1], parts[2], parts[3]);
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const date = serialDate(Number(text));
    return date === undefined ? undefined : { date };
  }
  const short = /^(\d{2})[./年](\d{1,2})(?:[./月](?:(\d{1,2})日?)?)?$/.exec(text);
  if (short?.[1]) {
    const found = fullDate(`${Number(short[1]) > 30 ? "19" : "20"}${short[1]}`, short[2], short[3]);
    return found && { ...found, doubt: "century" };
  }
  return undefined;
}

/** For messages and for columns that hold a whole day. */
export function wholeDay(date: string): string | undefined {
  const interval: DateInterval | undefined = parseDate(date);
  return interval && interval.from === interval.to ? formatInterval(interval) : undefined;
}

const yes = new Set(["是", "true", "1", "yes", "y", "有", "√", "对", "合格", "passed"]);
const no = new Set(["否", "false", "0", "no", "n", "无", "×", "不合格", "failed"]);

/** 是/否, true/false, 1/0, yes/no, 有/无, √/×, and 合格/不合格 for training. */
export function readBoolean(cell: string): boolean | undefined {
  const text = compact(cell).toLowerCase();
  return yes.has(text) ? true : no.has(text) ? false : undefined;
}

const onPost = new Set(["在岗", "在职在岗", "在职"]);
const offPost = new Set(["不在岗", "离岗", "待岗", "内退", "退休", "退养", "离岗退养"]);

/** The column 在岗 also holds words for the state. */
export function readOnPost(cell: string): boolean | undefined {
  const text = compact(cell);
  return onPost.has(text) ? true : offPost.has(text) ? false : readBoolean(text);
}

/** A code or one of its words; "中级工(四级)" and "中级工四级" say the same twice. */
export function readChoice(cell: string, values: readonly EnumValue[]): string | undefined {
  const text = compact(cell).toLowerCase();
  const words = (value: EnumValue) => [value.code, ...value.zh].map((word) => compact(word).toLowerCase());
  const exact = values.find((value) => words(value).includes(text));
  if (exact) return exact.code;
  const bare = text.replace(/[()]/g, "");
  return values.find((value) => words(value).some((a) => words(value).some((b) => bare === a + b)))?.code;
}

/** Grade-worker levels as a bare number: 5 is the lowest, 1 the highest. */
export function readLevelNumber(cell: string): string | undefined {
  const codes = ["seniorTechnician", "technician", "senior", "intermediate", "junior"];
  const match = /^([1-5])级?工?$/.exec(compact(cell));
  return match ? codes[Number(match[1]) - 1] : undefined;
}

export function readNumber(cell: string): number | undefined {
  const text = compact(cell);
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
