import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readYear, readYearList, readYears } from "../../server/rosters/year-cells.ts";
import { decodeFacts } from "../../server/rules/columns.ts";

const decoded = (values: Readonly<Record<string, unknown>>) =>
  decodeFacts(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
    ),
  );

/** What a cell of several years gives, short: 2021e 2022q, + for passed training, the code of the problem. */
function list(name: "appraisals" | "continuingEducation", text: string, span: readonly number[] = []): string {
  const { values, problem } = readYearList(name, text, span);
  const found = decoded(values);
  return [
    ...Object.entries(found.appraisals ?? {}).map(([year, grade]) => `${year}${grade?.[0] ?? "?"}`),
    ...Object.entries(found.continuingEducation ?? {}).map(([year, passed]) => `${year}${passed ? "+" : "-"}`),
    ...(found.commendedYears ?? []).map((year) => `${year}c`),
    ...(problem ? [problem.code] : []),
  ]
    .sort()
    .join(" ");
}

const five = [2018, 2019, 2020, 2021, 2022];

describe("appraisals in one cell", () => {
  it.each([
    ["2021优秀，2022合格", "2021e 2022q"],
    ["2021年：优秀；2022年：称职", "2021e 2022q"],
    ["2021年度优秀、2022年度基本合格", "2021e 2022b"],
    ["优秀（2021）、合格（2022）", "2021e 2022q"],
    ["优秀2021年 合格2022年", "2021e 2022q"],
    ["2019-2021合格，2022优秀", "2019q 2020q 2021q 2022e"],
    ["2019、2020、2021年合格，2022年优秀", "2019q 2020q 2021q 2022e"],
    ["2019年—2021年均合格", "2019q 2020q 2021q"],
    ["2021优秀（通报表扬）、2022合格", "2021c 2021e 2022q commendation-taken"],
    ["2021不合格\n2022未参加", "2021u 2022u"],
    ["２０２１优秀，２０２２合格", "2021e 2022q"],
    ["2021嘉奖", "2021e word-interpreted"],
    ['{"2021":"excellent"}', "2021e"],
  ])("%s names its years", (text, expected) => {
    expect(list("appraisals", text)).toBe(expected);
  });

  it.each([
    ["优秀、合格、合格、优秀、合格", "2018e 2019q 2020q 2021e 2022q years-from-heading"],
    ["优秀,称职,称职,基本称职,不称职", "2018e 2019q 2020q 2021b 2022u years-from-heading"],
    ["优/合/合/优/合", "2018e 2019q 2020q 2021e 2022q years-from-heading"],
    ["优秀 合格 合格 优秀 合格", "2018e 2019q 2020q 2021e 2022q years-from-heading"],
    ["优秀合格合格优秀合格", "2018e 2019q 2020q 2021e 2022q years-from-heading"],
    ["均合格", "2018q 2019q 2020q 2021q 2022q years-from-heading"],
    ["近五年均为称职", "2018q 2019q 2020q 2021q 2022q years-from-heading"],
    ["合格、合格、合格", "years-count"],
    ["合格", "years-count"],
    ["优秀、合格、合格、优秀、良好", "enum-unknown"],
  ])("%s takes the years of the heading", (text, expected) => {
    expect(list("appraisals", text, five)).toBe(expected);
  });

  it("follows the heading's order, also from late to early", () => {
    expect(list("appraisals", "优秀、合格", [2022, 2021])).toBe("2021q 2022e years-from-heading");
  });

  it.each([
    ["优秀、合格", "years-unknown"],
    ["合格", "years-unknown"],
    ["2021", "years-unknown"],
    ["2021优秀，合格", "years-unknown"],
    ["2021优秀，2021合格", "years-contradict"],
    ["2019-2021合格，2020优秀", "years-contradict"],
    ["2055优秀", "year-invalid"],
    ["很好", "enum-unknown"],
    ["[1]", "list-invalid"],
    ["{", "json-invalid"],
  ])("%s is not guessed at", (text, expected) => {
    expect(list("appraisals", text)).toBe(expected);
  });

  it("is not looked for in long texts", () => {
    expect(list("appraisals", "优秀、".repeat(200))).toBe("cell-too-long");
  });

  it("says which years were taken", () => {
    expect(readYearList("appraisals", "优秀、合格", [2021, 2022]).problem).toMatchObject({
      taken: "2021优秀、2022合格",
      once: "text",
      severity: "warning",
    });
  });
});

describe("continuing education in one cell", () => {
  it.each([
    ["2019—2023", "2019+ 2020+ 2021+ 2022+ 2023+"],
    ["2019-2021、2023", "2019+ 2020+ 2021+ 2023+"],
    ["2019、2020、2021", "2019+ 2020+ 2021+"],
    ["2019年度，2020年度", "2019+ 2020+"],
    ["2019合格，2020不合格", "2019+ 2020-"],
    ["2019已完成 2020未完成", "2019+ 2020-"],
    ["2019合格，2020", "years-unknown"],
    ["合格", "years-unknown"],
    ["90学时", "enum-unknown"],
  ])("%s", (text, expected) => {
    expect(list("continuingEducation", text)).toBe(expected);
  });

  it("takes the years of the heading", () => {
    expect(list("continuingEducation", "合格、合格", [2021, 2022])).toBe("2021+ 2022+ years-from-heading");
    expect(list("continuingEducation", "均合格", five)).toContain("2018+ 2019+ 2020+ 2021+ 2022+");
  });
});

describe("one year", () => {
  const one = (name: string, text: string) => {
    const { values, problem } = readYear(name, 2021, text);
    const { appraisals, continuingEducation, commendedYears } = decoded(values);
    return [appraisals?.["2021"], continuingEducation?.["2021"], commendedYears?.[0], problem?.code]
      .filter((part) => part !== undefined)
      .join(" ");
  };

  it.each([
    ["appraisals", "优秀", "excellent"],
    ["appraisals", "称职", "qualified"],
    ["appraisals", "基本称职", "basicallyQualified"],
    ["appraisals", "不称职", "unqualified"],
    ["appraisals", "不定等次", "ungraded"],
    ["appraisals", "未参加考核", "ungraded"],
    ["appraisals", "优秀（通报表扬）", "excellent 2021 commendation-taken"],
    ["appraisals", "嘉奖", "excellent word-interpreted"],
    ["appraisals", "合各", "enum-unknown"],
    ["continuingEducation", "合格", "true"],
    ["continuingEducation", "√", "true"],
    ["continuingEducation", "未完成", "false"],
    ["continuingEducation", "已参加", "true word-interpreted"],
    ["continuingEducation", "很好", "enum-unknown"],
  ])("%s %s → %s", (name, text, expected) => {
    expect(one(name, text)).toBe(expected);
  });
});

describe("lists of years", () => {
  const years = (text: string) => {
    const { values, problem } = readYears("commendedYears", text);
    return problem?.code ?? decoded(values).commendedYears;
  };

  it("are written in several ways", () => {
    expect(years("2019、2021")).toEqual([2019, 2021]);
    expect(years("2019年，2021年度")).toEqual([2019, 2021]);
    expect(years("2019-2021")).toEqual([2019, 2020, 2021]);
    expect(years("[2019,2021]")).toEqual([2019, 2021]);
    expect(years("无")).toEqual([]);
    expect(years("2019、2099")).toBe("year-invalid");
    expect(years("两次")).toBe("json-invalid");
  });
});

it("no text makes the readers of years throw", () => {
  const words = fc.constantFrom("2021", "优秀", "合格", "-", "—", "、", "均", "通报表扬", "（", "）", "年度", "x", " ");
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(words, { maxLength: 20 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, fc.constantFrom([], five), (cell, span) => {
      for (const name of ["appraisals", "continuingEducation"] as const) {
        expect(readYearList(name, cell, span)).toHaveProperty("values");
        expect(readYear(name, 2021, cell)).toHaveProperty("values");
      }
    }),
  );
});
