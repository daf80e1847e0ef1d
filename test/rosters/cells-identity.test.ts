import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashIdentity, holdsIdentity, maskDated, maskIdentities, readIdentity } from "../../server/rosters/identity.ts";
import { readIdentityCell } from "../../server/rosters/identity-cell.ts";
import { compareIdentity } from "../../server/rosters/row-identity.ts";

const key = Buffer.alloc(32, 1);

describe("identity numbers", () => {
  it.each([
    ["999999198507060016", undefined],
    [" 999999 19850706 0016 ", undefined],
    ["９９９９９９１９８５０７０６００１６", undefined],
    ["99999919780315002x", undefined],
    ["９９９９９９１９７８０３１５００２Ｘ", undefined],
    ["'999999198507060016", undefined],
    ["999999850706001", "id-number-old"],
    ["999999198507060017", "id-number-invalid"],
    ["999999199002290013", "id-number-invalid"],
    ["99999919850706001", "id-number-invalid"],
    ["不详", "id-number-invalid"],
    ["999999198507060000", "id-number-precision"],
    ["9.99999198507060E+17", "id-number-precision"],
    ["9.99999E+17", "id-number-precision"],
  ])("%s: %s", (text, code) => {
    const { problem, values } = readIdentityCell(text, key, false);
    expect(problem?.code).toBe(code);
    expect("idHash" in values).toBe(code === undefined || code === "id-number-old");
  });

  it("say in the message what is wrong", () => {
    const zh = (text: string) => readIdentityCell(text, key, false).problem?.message.zh;
    expect(zh("999999198507060017")).toContain("校验码");
    expect(zh("999999199002290013")).toContain("日期");
    expect(zh("123")).toContain("18 位");
  });

  it("kept as a number in the file are not used, whatever their digits", () => {
    expect(readIdentityCell("999999198507060016", key, true)).toMatchObject({
      values: {},
      problem: { code: "id-number-precision" },
    });
  });

  it("of 15 digits are brought to 18 and shown masked", () => {
    expect(readIdentityCell("999999850706001", key, false)).toMatchObject({
      values: { idHash: hashIdentity("999999198507060016", key), idLast4: "0016" },
      problem: { taken: "999999********0016" },
      identity: { birthDate: "1985-07-06", sex: "male" },
    });
  });

  it("hash the same in every spelling, and not without the key", () => {
    const read = (text: string) => readIdentityCell(text, key, false).values.idHash;
    expect(read("９９９９９９１９７８０３１５００２ｘ")).toBe(read("99999919780315002X"));
    expect(hashIdentity("99999919780315002X", Buffer.alloc(32, 2))).not.toBe(read("99999919780315002X"));
    const number = "99999919780315002X";
    for (const other of [key, Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)), key]) {
      expect(hashIdentity(number, other)).toBe(createHmac("sha256", other).update(number).digest("hex"));
    }
  });

  it("are found in any text, and masked in any width and spacing", () => {
    expect(holdsIdentity("张三 999999198507060016")).toBe(true);
    expect(holdsIdentity("999999198507060017")).toBe(false);
    expect(maskIdentities("号 999999198507060016 有误")).toBe("号 999999********0016 有误");
    expect(maskIdentities("99999919780315002X")).toBe("999999********002X");
    expect(maskIdentities("999999 19850706 0016")).toBe("999999********0016");
    expect(maskIdentities("９９９９９９１９８５０７０６００１６")).toBe("999999********0016");
    expect(maskIdentities("2015-07-01 W123456 2019 2020 2021 2022")).toBe("2015-07-01 W123456 2019 2020 2021 2022");
    expect(maskIdentities("19990501 20100601")).toBe("19990501 20100601");
    expect("fault" in readIdentity("")).toBe(true);
  });

  it.each([
    ["999999-19770303-657X", "999999********657X"],
    ["999999-19850706-0016", "999999********0016"],
    ["张三999999 - 19850706 - 0016。", "张三999999********0016。"],
    ["999999－1985－07－06－0016", "999999********0016"],
    ["9999 9919 8507 0600 16", "999999********0016"],
    ["999999-850706-001", "999999********6001"],
    ["99999919850706-0017", "999999********0017"],
  ])("%s is masked whatever stands between its digits", (text, masked) => {
    expect(maskIdentities(text)).toBe(masked);
  });

  it.each([
    "0991-2345678 13600190119",
    "15099120111-21234567",
    "2015-07-01—2019-06-30",
    "2015-07 2019-08-31 2020",
    "201507-2019-08-31-2020",
    "1999.05-2010.06 2012.07",
    "编号 650102-2019-0001",
    "2019-2020-2021-2022-2023",
  ])("%s is no identity number", (text) => {
    expect(maskIdentities(text)).toBe(text);
    expect(holdsIdentity(text)).toBe(false);
  });

  it("with hyphens are found as without, and a mistyped one is not kept in clear", () => {
    expect(holdsIdentity("张三 999999-19850706-0016")).toBe(true);
    expect(holdsIdentity("2015-07-01 999999-19850706-0016")).toBe(true);
    expect(maskDated("张三 999999-19850706-0017")).toBe("张三 999999********0017");
    expect(maskDated("证书 1831003010400123456")).toBe("证书 1831003010400123456");
  });
});

describe("an identity number beside the row's own columns", () => {
  const identity = { number: "999999198507060016", birthDate: "1985-07-06", sex: "male" } as const;
  const compare = (birthDateFrom: string | null, birthDateTo: string | null, sex: string | null, absent = false) => {
    const found = compareIdentity(identity, {
      birthDateFrom,
      birthDateTo,
      sex,
      noBirthColumn: absent,
      noSexColumn: absent,
    });
    return { ...found, problems: found.problems.map(({ code, once }) => (once ? `${code} ${once}` : code)) };
  };

  it("agrees with a day, a month and a year", () => {
    for (const [from, to] of [
      ["1985-07-06", "1985-07-06"],
      ["1985-07-01", "1985-07-31"],
      ["1985-01-01", "1985-12-31"],
    ] as const) {
      expect(compare(from, to, "male")).toEqual({ problems: [] });
    }
  });

  it("never replaces what the row says", () => {
    expect(compare("1985-07-07", "1985-07-07", "female")).toEqual({ problems: ["id-number-birth", "id-number-sex"] });
  });

  it("speaks where the row is silent", () => {
    expect(compare(null, null, null)).toEqual({
      birthDate: "1985-07-06",
      sex: "male",
      problems: ["id-number-birth-taken", "id-number-sex-taken"],
    });
    expect(compare(null, null, null, true).problems).toEqual([
      "id-number-birth-taken column",
      "id-number-sex-taken column",
    ]);
  });
});
