/** Cells of dates: the reading of `date-text.ts` with its sentences. */
import { encodeFact } from "../rules/columns.ts";
import { findFact } from "../rules/facts.ts";
import { type DateDoubt, type DateReading, type Outlook, readDate } from "./date-text.ts";
import { type CellReading, type ColumnValues, nothingRead, noValues, reject, warn } from "./reading.ts";

const reasons: Readonly<
  Record<DateDoubt, readonly [code: string, zh: (taken: string) => string, en: (taken: string) => string]>
> = {
  month: [
    "date-ambiguous",
    (taken) => `“.1”可能是 1 月，也可能是 10 月（数字末位的 0 会丢失）：只按 ${taken} 年录入，请改为完整日期`,
    (taken) => `".1" may be January, or October whose last zero was lost: taken as the year ${taken} alone`,
  ],
  century: [
    "date-two-digit-year",
    (taken) => `年份只有两位：按 ${taken} 录入，请改为四位`,
    (taken) => `two-digit year: taken as ${taken}, the likeliest century`,
  ],
  serial: [
    "date-serial",
    (taken) => `单元格是数字而不是日期：按表格软件的日期序号换算为 ${taken}，请核对`,
    (taken) => `a bare number: taken as the spreadsheet's day number, ${taken}`,
  ],
  note: [
    "date-note",
    (taken) => `括号中的说明未录入，日期按 ${taken} 录入`,
    (taken) => `taken as ${taken} without the note in brackets`,
  ],
  words: [
    "word-interpreted",
    (taken) => `中文数字的日期按 ${taken} 录入，请核对`,
    (taken) => `a date in Chinese numerals: taken as ${taken}`,
  ],
};

const outlooks: Readonly<Record<string, Outlook>> = {
  birthDate: "birth",
  retirementDate: "future",
  drivingLicenceValidUntil: "future",
  postLicenceValidUntil: "future",
};
/** Dates that are two for a worker who changed the trade. */
const pairs = new Set(["tradeSince", "levelObtainedOn"]);

function fault(found: Exclude<DateReading, { kind: "date" | "none" | "unknown" }>, text: string): CellReading {
  if (found.kind === "two") {
    const [first, second] = found.dates;
    return reject(
      "date-two",
      `“${text}”有两个日期（${first}、${second}），请只填一个`,
      `"${text}" holds two dates (${first}, ${second}): write one`,
    );
  }
  return found.kind === "impossible"
    ? reject("date-invalid", `没有“${text}”这一天或这个月份，请核对`, `there is no such day or month as "${text}"`)
    : reject(
        "date-invalid",
        `“${text}”不是有效日期（可写 2015-07-01、2015-07、2015、2015.07、2015/7/1、2015年7月1日）`,
        `"${text}" is not a date (write 2015-07-01, 2015-07, 2015, 2015.07 or 2015/7/1)`,
      );
}

const unknownDate = (text: string): CellReading =>
  warn(
    noValues,
    "word-not-kept",
    `“${text}”未录入：日期不明，按空白处理`,
    `"${text}" is not kept: the date is unknown`,
    {
      once: "text",
    },
  );

function dated(found: Extract<DateReading, { kind: "date" }>, values: ColumnValues): CellReading {
  if (!found.doubt) return { values };
  const [code, zh, en] = reasons[found.doubt];
  return warn(values, code, zh(found.date), en(found.date), { taken: found.date });
}

/** The cell of a date fact. Two dates in one cell go on to the row where a change of trade can explain them. */
export function readDateFact(name: string, text: string, from1904: boolean): CellReading {
  const found = readDate(text, { outlook: outlooks[name] ?? "past", from1904 });
  if (found.kind === "none") return nothingRead;
  if (found.kind === "unknown") return unknownDate(text);
  if (found.kind === "two" && pairs.has(name)) return { values: noValues, pair: { kind: "dates", dates: found.dates } };
  if (found.kind !== "date") return fault(found, text);
  const definition = findFact(name);
  return dated(found, definition ? encodeFact(definition, found.date) : noValues);
}

/** The cell of a whole day: a month or a year alone is not kept. */
export function readDay(name: string, text: string, from1904: boolean): CellReading {
  const found = readDate(text, { from1904 });
  if (found.kind === "none") return nothingRead;
  if (found.kind === "unknown") return unknownDate(text);
  if (found.kind !== "date") return fault(found, text);
  if (found.date.length === 10) return dated(found, { [name]: found.date });
  return warn(
    noValues,
    "date-incomplete",
    `“${text}”缺少日，未录入`,
    `"${text}" has no day of the month and is not kept`,
  );
}
