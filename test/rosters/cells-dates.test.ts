import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDateFact } from "../../server/rosters/date-cells.ts";
import { readDate, serialDate } from "../../server/rosters/date-text.ts";

const date = (text: string, options = {}) => {
  const found = readDate(text, options);
  return found.kind === "date" ? found.date : found.kind;
};

describe("dates as rosters write them", () => {
  it.each([
    ["2015-07-01", "2015-07-01"],
    ["2015-7-1", "2015-07-01"],
    ["2015-07", "2015-07"],
    ["2015", "2015"],
    ["2015年", "2015"],
    ["2015.07", "2015-07"],
    ["2015.7", "2015-07"],
    ["2015.10", "2015-10"],
    ["2015.12", "2015-12"],
    ["2015/7/1", "2015-07-01"],
    ["2015/7/1 0:00:00", "2015-07-01"],
    ["2015-07-01T00:00:00", "2015-07-01"],
    ["2015年7月1日", "2015-07-01"],
    ["2015年7月", "2015-07"],
    ["2015年07月01日", "2015-07-01"],
    ["2015年1月", "2015-01"],
    ["2015-1", "2015-01"],
    ["201507", "2015-07"],
    ["20150701", "2015-07-01"],
    ["20150700", "2015-07"],
    ["1985-07-00", "1985-07"],
    ["1985-00-00", "1985"],
    ["1985.07.", "1985-07"],
    ["1985.07月", "1985-07"],
    ["1985。07", "1985-07"],
    ["1985·7", "1985-07"],
    ["1985，07", "1985-07"],
    ["1985—07—01", "1985-07-01"],
    ["1985－07－01", "1985-07-01"],
    ["'1985.07", "1985-07"],
    ["１９８５．０７", "1985-07"],
    ["１９８５年７月", "1985-07"],
    [" 2015 - 07 - 01 ", "2015-07-01"],
    ["2015.07\u00a0", "2015-07"],
    ["1999.05至今", "1999-05"],
    ["1999.05—至今", "1999-05"],
    ["1999年5月起", "1999-05"],
  ])("%s → %s", (text, expected) => {
    expect(readDate(text)).toEqual({ kind: "date", date: expected });
  });

  it.each([
    ["1985.1", "1985", "month"],
    ["85.1", "1985", "month"],
    ["85.07", "1985-07", "century"],
    ["85年7月", "1985-07", "century"],
    ["85/7/1", "1985-07-01", "century"],
    ["05.07", "2005-07", "century"],
    ["31229", "1985-07-01", "serial"],
    ["31229.5", "1985-07-01", "serial"],
    ["1985.07（档案）", "1985-07", "note"],
  ] as const)("%s → %s, and says that it is not certain (%s)", (text, expected, doubt) => {
    expect(readDate(text)).toEqual({ kind: "date", date: expected, doubt });
  });

  it("tells the century by what the date is of", () => {
    expect(date("20.07", { outlook: "birth" })).toBe("1920-07");
    expect(date("20.07", { outlook: "past" })).toBe("2020-07");
    expect(date("45.07", { outlook: "past" })).toBe("1945-07");
    expect(date("45.07", { outlook: "future" })).toBe("2045-07");
  });

  it("counts from 1904 where the workbook does", () => {
    expect(date("29767", { from1904: true })).toBe("1985-07-01");
    expect(date("29767")).toBe("1981-06-30");
  });

  it.each(["无", "至今", "未取得"])("%s says that there is none", (text) => {
    expect(readDate(text)).toEqual({ kind: "none" });
  });

  it.each([
    ["1999.05/2010.06", "1999-05", "2010-06"],
    ["1999/2010", "1999", "2010"],
    ["2010.06、1999.05", "2010-06", "1999-05"],
    ["1999年5月，2010年6月", "1999-05", "2010-06"],
    ["1999-05-01\n2010-06-01", "1999-05-01", "2010-06-01"],
    ["1999.05 2010.06", "1999-05", "2010-06"],
    ["19990501;20100601", "1999-05-01", "2010-06-01"],
  ])("%s holds two dates", (text, first, second) => {
    expect(readDate(text)).toEqual({ kind: "two", dates: [first, second] });
  });

  it.each(["2015-13", "2015-02-30", "1985-06-31", "2015年13月", "1985.13", "0985-07-01", "1985-00-12", "20150732"])(
    "%s does not exist",
    (text) => {
      expect(readDate(text).kind).toBe("impossible");
    },
  );

  it.each(["2015-00-10x", "不祥", "12", "2015-7-1-2", "99999", "1999.05-2010.06", "1999.05、85.07", "", "7/1/1985"])(
    "%s is none",
    (text) => {
      expect(readDate(text).kind).toBe("unreadable");
    },
  );

  it("reads every day back from its serial", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_523, max: 73_000 }), (serial) => {
        const day = serialDate(serial) ?? "";
        expect(Date.parse(`${day}T00:00:00Z`)).toBe(Date.UTC(1899, 11, 30) + serial * 86_400_000);
        expect(serialDate(serial - 1_462, true)).toBe(day);
      }),
    );
  });

  const wide = (text: string) => text.replace(/[0-9.]/g, (found) => String.fromCharCode(found.charCodeAt(0) + 0xfee0));
  const month = fc.record({ year: fc.integer({ min: 1930, max: 2035 }), month: fc.integer({ min: 1, max: 12 }) });

  it("gives the same month in any style", () => {
    fc.assert(
      fc.property(month, ({ year, month: number }) => {
        const two = String(number).padStart(2, "0");
        const styles = [
          `${year}-${two}`,
          `${year}.${two}`,
          `${year}/${number}`,
          `${year}${two}`,
          `${year}${two}00`,
          `${year}年${number}月`,
          `${year}年${two}月`,
          `${year}-${two}-00`,
          wide(`${year}.${two}`),
          ` ${year} . ${two} `,
          ...(number === 1 ? [] : [`${year}.${number}`]),
        ];
        expect(styles.map((style) => readDate(style))).toEqual(
          styles.map(() => ({ kind: "date", date: `${year}-${two}` })),
        );
      }),
    );
  });

  it("gives the same day in any style", () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 28 }), ({ year, month: number }, day) => {
        const [mm, dd] = [String(number).padStart(2, "0"), String(day).padStart(2, "0")];
        const styles = [
          `${year}-${mm}-${dd}`,
          `${year}-${number}-${day}`,
          `${year}.${mm}.${dd}`,
          `${year}.${number}.${day}`,
          `${year}/${number}/${day}`,
          `${year}/${number}/${day} 0:00`,
          `${year}${mm}${dd}`,
          `${year}年${number}月${day}日`,
          wide(`${year}.${mm}.${dd}`),
        ];
        const iso = `${year}-${mm}-${dd}`;
        expect(styles.map((style) => readDate(style))).toEqual(styles.map(() => ({ kind: "date", date: iso })));
      }),
    );
  });
});

describe("dates as people say them", () => {
  it.each([
    ["1985年07月06日生", "1985-07-06", undefined],
    ["1985年7月生", "1985-07", undefined],
    ["1985年7月份", "1985-07", undefined],
    ["1985.7.6.", "1985-07-06", undefined],
    ["1985年7月6日出生。", "1985-07-06", undefined],
    ["一九八五年七月", "1985-07", "words"],
    ["一九八五年七月六日生", "1985-07-06", "words"],
    ["二〇〇一年十二月三十一日", "2001-12-31", "words"],
    ["二零一〇年十月二十日", "2010-10-20", "words"],
    ["二OO五年", "2005", "words"],
  ])("%s", (text, date, doubt) => {
    expect(readDate(text)).toEqual({ kind: "date", date, ...(doubt ? { doubt } : {}) });
  });

  it("that cannot be are none, and those nobody knows are left open with a warning", () => {
    expect(readDate("一九八五年十三月").kind).toBe("impossible");
    expect(readDate("一九八五年二月三十日").kind).toBe("impossible");
    expect(readDate("一九八五年七六月").kind).toBe("unreadable");
    expect(readDate("先生").kind).toBe("unreadable");
    for (const text of ["不详", "未知"]) {
      expect(readDateFact("birthDate", text, false)).toMatchObject({
        values: {},
        problem: { severity: "warning", code: "word-not-kept" },
      });
    }
  });
});
