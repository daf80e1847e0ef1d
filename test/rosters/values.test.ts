import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashIdentity, maskIdentities, parseIdentity } from "../../server/rosters/identity.ts";
import { readBoolean, readChoice, readDate, readLevelNumber, serialDate } from "../../server/rosters/values.ts";
import { educationValues } from "./words.ts";

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
    ["2015/7/1", "2015-07-01"],
    ["2015/7/1 0:00:00", "2015-07-01"],
    ["2015-07-01T00:00:00", "2015-07-01"],
    ["2015年7月1日", "2015-07-01"],
    ["2015年7月", "2015-07"],
    ["201507", "2015-07"],
    ["20150701", "2015-07-01"],
    ["1985-07-00", "1985-07"],
    ["１９８５．０７", "1985-07"],
    ["31229", "1985-07-01"],
    ["31229.5", "1985-07-01"],
    [" 2015 - 07 - 01 ", "2015-07-01"],
  ])("%s → %s", (text, date) => {
    expect(readDate(text)).toEqual({ date });
  });

  it("says where it had to guess", () => {
    expect(readDate("1985.1")).toEqual({ date: "1985", doubt: "month" });
    expect(readDate("85.07")).toEqual({ date: "1985-07", doubt: "century" });
    expect(readDate("05.07")).toEqual({ date: "2005-07", doubt: "century" });
  });

  it.each(["2015-13", "2015-02-30", "2015-00-10x", "不详", "12", "2015-7-1-2", "0985-07-01", "99999", "1985.13", ""])(
    "%s is none",
    (text) => {
      expect(readDate(text)).toBeUndefined();
    },
  );

  it("reads every day back from its serial", () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 73_000 }), (serial) => {
        const date = serialDate(serial) ?? "";
        expect(Date.parse(`${date}T00:00:00Z`)).toBe(Date.UTC(1899, 11, 30) + serial * 86_400_000);
        expect(serialDate(serial - 1_462 > 0 ? serial - 1_462 : serial, serial - 1_462 > 0)).toBe(date);
      }),
    );
  });
});

describe("words", () => {
  it("reads yes and no", () => {
    expect(["是", "true", "TRUE", "1", "有", "√"].map(readBoolean)).toEqual(Array(6).fill(true));
    expect(["否", "false", "0", "无"].map(readBoolean)).toEqual(Array(4).fill(false));
    expect(readBoolean("也许")).toBeUndefined();
  });

  it("reads codes and words, twice the same included", () => {
    expect(readChoice("大专", educationValues)).toBe("college");
    expect(readChoice("职高（职专）", educationValues)).toBe("vocationalHigh");
    expect(readChoice("College", educationValues)).toBe("college");
    expect(readChoice("大 专", educationValues)).toBe("college");
    expect(readChoice("夜大", educationValues)).toBeUndefined();
    expect(["5", "四级", "3级", "1"].map(readLevelNumber)).toEqual(["junior", undefined, "senior", "seniorTechnician"]);
  });
});

describe("identity numbers", () => {
  it("checks length, date and check character", () => {
    expect(parseIdentity("999999198507060016")).toMatchObject({ birthDate: "1985-07-06", sex: "male" });
    expect(parseIdentity("99999919780315002x")?.sex).toBe("female");
    expect(parseIdentity("'99999919780315002X")?.number).toBe("99999919780315002X");
    expect(parseIdentity("999999199002290013")).toBeUndefined();
    expect(parseIdentity("999999198507060017")).toBeUndefined();
    expect(parseIdentity("99999919850706001")).toBeUndefined();
  });

  it("hashes both spellings of a person alike, and not without the key", () => {
    const [old, now] = [parseIdentity("999999850706001"), parseIdentity("999999198507060016")];
    const key = Buffer.alloc(32, 1);
    expect(old?.number).toBe(now?.number);
    expect(hashIdentity(now?.number ?? "", key)).not.toBe(hashIdentity(now?.number ?? "", Buffer.alloc(32, 2)));
  });

  it("masks what looks like one", () => {
    expect(maskIdentities("号 999999198507060016 有误")).toBe("号 999999********0016 有误");
    expect(maskIdentities("99999919780315002X")).toBe("999999********002X");
    expect(maskIdentities("2015-07-01 W123456")).toBe("2015-07-01 W123456");
  });
});
