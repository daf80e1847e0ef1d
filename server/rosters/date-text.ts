/** The many ways rosters write a date. Cells come as text, whatever the file format. */
import { dayOf, isoDate, parseDate } from "../rules/dates.ts";
import { compact } from "./values.ts";

/** Which century a year of two digits belongs to depends on what the date is of. */
export type Outlook = "birth" | "past" | "future";

/**
 * How sure the reading is: "1985.1" may be January, or October stored as a number; "85.07" has no century; 31229 is a serial;
 * 一九八五年 is in words.
 */
export type DateDoubt = "month" | "century" | "serial" | "note" | "words";

export type DateReading =
  | { readonly kind: "date"; readonly date: string; readonly doubt?: DateDoubt }
  /** 无, 至今: the cell says that there is none. */
  | { readonly kind: "none" }
  /** 不详, 未知: there is one, but nobody knows it. */
  | { readonly kind: "unknown" }
  /** Two dates in one cell, in the order they stand. */
  | { readonly kind: "two"; readonly dates: readonly [string, string] }
  /** Written like a date, but no such day or month exists. */
  | { readonly kind: "impossible" }
  | { readonly kind: "unreadable" };

export interface DateOptions {
  readonly outlook?: Outlook;
  /** Bare numbers count days from 1904. */
  readonly from1904?: boolean;
}

const unreadable: DateReading = { kind: "unreadable" };
const impossible: DateReading = { kind: "impossible" };
const none: DateReading = { kind: "none" };

/** Days in the serial dates of spreadsheets; 1 = 1900-01-01, and day 60, 29 February 1900, never was. */
const serialZero = dayOf(1899, 12, 30);

/** The calendar date of a spreadsheet serial (time of day cut off). `from1904`: workbooks of old Macintosh Excel. */
export function serialDate(serial: number, from1904 = false): string | undefined {
  const day = Math.floor(serial) + (from1904 ? 1462 : 0);
  return day >= 61 && day <= 73_415 ? isoDate(serialZero + day) : undefined;
}

const two = (text: string) => text.padStart(2, "0");
const isZero = (text: string | undefined) => text === undefined || Number(text) === 0;

/** Year in a file of people alive: 1900…2099. A month or day of 00 is unknown. */
function fullDate(year: string, month: string | undefined, day: string | undefined, doubt?: DateDoubt): DateReading {
  if (!/^(19|20)\d\d$/.test(year)) return impossible;
  if (isZero(month) && !isZero(day)) return impossible;
  const date = [year, ...(isZero(month) ? [] : [two(month ?? "")]), ...(isZero(day) ? [] : [two(day ?? "")])].join("-");
  if (!parseDate(date)) return impossible;
  return doubt ? { kind: "date", date, doubt } : { kind: "date", date };
}

/** The last year of two digits that is read as 20… */
const lastOfThisCentury: Readonly<Record<Outlook, number>> = { birth: 15, past: 40, future: 79 };

const mark = "[-./年。·,、\\\\]";
const last = "[-./月。·,、\\\\]";
const long = new RegExp(`^(\\d{4})(?:${mark}{1,2}(?:(\\d{1,2})(?:${last}{1,2}(?:(\\d{1,2})[日号]?)?)?)?)?$`);
const short = new RegExp(`^(\\d{2})${mark}(\\d{1,2})(?:${last}(?:(\\d{1,2})[日号]?)?)?$`);
const digits = /^(\d{4})(\d{2})(\d{2})?$/;

function readPlain(text: string, { outlook = "past", from1904 = false }: DateOptions): DateReading {
  // A number loses its last zero: 1985.10 and 1985.1 are the same number.
  if (/^\d{4}\.1$/.test(text)) return fullDate(text.slice(0, 4), undefined, undefined, "month");
  const parts = long.exec(text) ?? digits.exec(text);
  if (parts?.[1]) return fullDate(parts[1], parts[2], parts[3]);
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const date = serialDate(Number(text), from1904);
    return date === undefined ? unreadable : { kind: "date", date, doubt: "serial" };
  }
  const brief = short.exec(text);
  if (brief?.[1]) {
    const year = (Number(brief[1]) > lastOfThisCentury[outlook] ? "19" : "20") + brief[1];
    return text.endsWith(".1") && brief[3] === undefined
      ? fullDate(year, undefined, undefined, "month")
      : fullDate(year, brief[2], brief[3], "century");
  }
  return unreadable;
}

const noDate = new Set(["无", "没有", "至今", "今", "暂无", "未取得", "未聘", "未聘任", "未定级", "未转正", "不适用"]);
const unknownDate = new Set([
  "不详",
  "未知",
  "不明",
  "不清",
  "不清楚",
  "不知",
  "待查",
  "待核",
  "待核实",
  "待定",
  "?",
  "??",
]);
/** 1999.05至今, 1999年5月起: open towards today, so the date is the start. */
const openEnd = /(?:[-~]?至?今|[-~]?现在|[-~至]|起|以来|开始)$/;
const between = /[,、;|\n→]|[-=]>|(?<=[\d年月日])\s+(?=\d)/;

/** Two dates, each certain and with a year of four digits; "1999.05/2010.06" as well, where the stroke cannot belong to one date. */
function readTwo(cell: string): DateReading | undefined {
  for (const separator of [between, /\//]) {
    const parts = cell.split(separator).filter((part) => part.trim() !== "");
    if (parts.length !== 2) continue;
    const [first, second] = parts.map((part) => readPlain(compact(part), {}));
    const certain = (reading: DateReading | undefined) =>
      reading?.kind === "date" && reading.doubt === undefined ? reading.date : undefined;
    const dates = [certain(first), certain(second)] as const;
    if (dates[0] !== undefined && dates[1] !== undefined) return { kind: "two", dates: [dates[0], dates[1]] };
  }
  return undefined;
}

const hanDigits = "〇一二三四五六七八九";
const hanNumber = "[一二三四五六七八九十]{1,3}|元|正";
const hanDate = new RegExp(`^([${hanDigits}零○o0]{4})年(?:(${hanNumber})月(?:(${hanNumber})[日号]?)?)?$`, "i");

/** 三十一 → 31; undefined for what is no number below a hundred. */
function smallNumber(text: string): number | undefined {
  if (text === "元" || text === "正") return 1;
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text);
  if (!parts || (parts[2] === undefined && parts[1] !== undefined && parts[3] !== undefined)) return undefined;
  const digit = (han: string | undefined) => (han === undefined ? undefined : hanDigits.indexOf(han));
  const [tens, units] = [digit(parts[1]), digit(parts[3])];
  return parts[2] === undefined ? (tens ?? units) : (tens ?? 1) * 10 + (units ?? 0);
}

/** 一九八五年七月六日 → 1985年7月6日. */
function inDigits(text: string): string | undefined {
  const parts = hanDate.exec(text);
  if (!parts?.[1]) return undefined;
  const year = [...parts[1]].map((han) => Math.max(0, hanDigits.indexOf(han))).join("");
  const [month, day] = [parts[2], parts[3]].map((part) => (part === undefined ? undefined : smallNumber(part)));
  if ((parts[2] !== undefined && month === undefined) || (parts[3] !== undefined && day === undefined))
    return undefined;
  return `${year}年${month === undefined ? "" : `${month}月`}${day === undefined ? "" : `${day}日`}`;
}

/** Reads one cell that is not empty. Never throws. */
export function readDate(cell: string, options: DateOptions = {}): DateReading {
  if (cell.length === 10 && cell[4] === "-" && parseDate(cell))
    return fullDate(cell.slice(0, 4), cell.slice(5, 7), cell.slice(8));
  if (cell.length > 60) return unreadable;
  // The time of day goes first: without the space before it, 7/1 0:00 would read as day 10.
  const shown = cell
    .normalize("NFKC")
    .trim()
    .replace(/^'/, "")
    .replace(/[T\s]+\d{1,2}:\d{2}.*$/s, "")
    .replace(/[‐‑‒–—―−]+/g, "-")
    .replace(/([年月])份/g, "$1");
  const text = compact(shown);
  if (noDate.has(text)) return none;
  if (unknownDate.has(text)) return { kind: "unknown" };
  const plain = readPlain(text, options);
  if (plain.kind === "date") return plain;
  const said = text.replace(/[.。,、;]+$/, "").replace(/(?:出生|生人|生)$/, "");
  const bare = readPlain(said, options);
  if (bare.kind === "date") return bare;
  const spoken = inDigits(said);
  if (spoken !== undefined) {
    const reading = readPlain(spoken, options);
    return reading.kind === "date" ? { ...reading, doubt: "words" } : reading;
  }
  const pair = readTwo(shown);
  if (pair) return pair;
  const open = text.replace(openEnd, "");
  if (open !== text) {
    const start = readPlain(open, options);
    if (start.kind === "date") return start;
  }
  const noted = /^([^()]+)\([^()]*\)$/.exec(text)?.[1];
  if (noted !== undefined) {
    const reading = readPlain(noted, options);
    if (reading.kind === "date") return { ...reading, doubt: reading.doubt ?? "note" };
  }
  return plain;
}
