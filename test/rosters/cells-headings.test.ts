import { describe, expect, it } from "vitest";
import { headingProblems } from "../../server/rosters/heading-problems.ts";
import { suggestions } from "../../server/rosters/heading-suggestions.ts";
import { matcher, matchHeading } from "../../server/rosters/match.ts";

const meaning = (kind: "workers" | "applications", heading: string, mapping = {}): string | undefined => {
  const target = matcher(kind, mapping)(heading);
  if (!target) return undefined;
  const { field, year, span } = target;
  const years = span && ("years" in span ? span.years.join(",") : `last ${span.last}`);
  return [field.name, year ?? years].filter((part) => part !== undefined).join(" ");
};

describe("headings of the workers' roster", () => {
  it.each([
    ["workerId", "人员编号 工号"],
    ["name", "姓名 名字 人员姓名 1.姓名 １．姓名 (1)姓名 ①姓名 一、姓名 *姓名 ★姓名 姓名* 姓名： 【必填】姓名 姓　名"],
    ["idNumber", "身份证号 身份证号码 公民身份号码 证件号码 身份证号(18位) 居民身份证号码"],
    ["birthDate", "出生年月 出生日期 生日 出生年月（年月日） 出生年月(YYYYMM) 3、出生年月"],
    ["workStartedOn", "参加工作时间 参加工作年月 工作时间 参工时间"],
    ["unit", "单位名称 工作单位 所在单位 用人单位 单位 单位名称（全称） 所在单位(全称)"],
    ["department", "主管部门 主管单位 上级主管"],
    ["district", "所在地区 地区 县区 辖区 属地 县（市、区） 区县"],
    ["trade", "工种 现从事工种 原持证工种 从事工种"],
    ["tradeSince", "从事本工种时间 从事本工种年月"],
    ["level", "现技术等级 原技术等级 现等级 现持证等级 上一等级 技术等级 现技术等级（岗位）"],
    ["levelObtainedOn", "取得现等级时间 取得时间 取得时间(取证时间) 取证时间 发证日期 获证时间 批准时间 取证日期"],
    ["education", "文化程度 学历 最高学历"],
    ["employment", "用工性质"],
    ["onPost", "在岗 在岗状态 是否在岗"],
    ["unitNature", "单位性质"],
    ["appointedOn", "聘任时间"],
    ["retirementDate", "预计退休时间"],
    ["appraisals", "年度考核 考核结果 考核等次 历年考核"],
    ["continuingEducation", "继续教育 继续教育年度"],
    [
      "appraisals 2021",
      "2021年度考核 2021年考核结果 2021年年度考核 2021考核等次 年度考核2021 年度考核(2021年) appraisal2021",
    ],
    ["continuingEducation 2021", "2021年继续教育 2021继续教育 继续教育2021 training2021 2021年度继续教育情况"],
    ["appraisals 2021,2022,2023", "年度考核（2021、2022、2023） 2021、2022、2023年度考核 2021/2022/2023考核结果"],
    ["appraisals last 5", "近五年年度考核 近5年考核情况 近五年年度考核结果 最近五年考核等次 近五年度考核"],
    ["appraisals last 3", "近三年年度考核 近3年考核"],
    [
      "appraisals 2019,2020,2021",
      "2019-2021年度考核 2019—2021年考核结果 2019至2021年度考核等次 年度考核(2019-2021年) 近三年(2019-2021)年度考核",
    ],
    ["appraisals 2021,2020,2019", "2021-2019年度考核"],
    ["continuingEducation last 5", "近五年继续教育 近五年继续教育情况"],
    ["sex", "SEX sex 性别"],
  ])("%s: %s", (expected, headings) => {
    const all = headings.split(" ");
    expect(all.map((heading) => [heading, meaning("workers", heading)])).toEqual(
      all.map((heading) => [heading, expected]),
    );
  });

  it("may hold line breaks and explanations", () => {
    expect(meaning("workers", "取得现等级\n时间")).toBe("levelObtainedOn");
    expect(meaning("workers", "出生年月\n（格式：1985.07）")).toBe("birthDate");
    expect(meaning("workers", "文化程度\n按国民教育学历填写")).toBe("education");
  });

  it.each([
    "序号",
    "备注",
    "联系电话",
    "民族",
    "毕业时间",
    "总分",
    "2021",
    "年度考核2055",
    "近五年",
    "",
    "备".repeat(500),
  ])("%s is no column", (heading) => {
    expect(meaning("workers", heading)).toBeUndefined();
  });

  it("may be mapped, with the years the heading names", () => {
    const mapping = {
      考核情况汇总: "appraisals",
      "近五年（2018-2022）考核汇总": "appraisals",
      我的列: "appraisal2021",
    };
    expect(meaning("workers", "考核情况 汇总", mapping)).toBe("appraisals");
    expect(meaning("workers", "近五年（2018-2022）考核汇总", mapping)).toBe("appraisals 2018,2019,2020,2021,2022");
    expect(meaning("workers", "我的列", mapping)).toBe("appraisals 2021");
  });
});

describe("headings of the applications", () => {
  it.each([
    ["trade", "申报工种 报考工种 考核工种 申报考评工种"],
    ["targetLevel", "申报等级 报考等级 拟晋等级"],
    ["module", "申报类别 申报方式 报名类型 申报类别(正常/提前一年/破格/转岗/复核)"],
    ["theory", "理论成绩 理论成绩（100分）"],
    ["skills", "实操成绩 技能成绩"],
    ["defence", "论文答辩 答辩成绩"],
    ["lecture", "述课"],
    ["result", "结果 结果(合格/不合格/缺考)"],
    ["certificateDate", "发证日期"],
    ["examYear", "考评年度 年度"],
  ])("%s: %s", (expected, headings) => {
    const all = headings.split(" ");
    expect(all.map((heading) => [heading, meaning("applications", heading)])).toEqual(
      all.map((heading) => [heading, expected]),
    );
  });
});

describe("a row of headings", () => {
  it("takes the preferred of two columns that mean the same, in whatever order they stand", () => {
    const read = (cells: string[]) => {
      const { columns, repeated } = matchHeading(cells, matcher("workers"));
      return [columns.map(({ heading }) => heading), repeated];
    };
    expect(read(["原持证工种", "现从事工种"])).toEqual([
      ["现从事工种"],
      [{ index: 0, heading: "原持证工种", counts: "现从事工种" }],
    ]);
    expect(read(["现从事工种", "原持证工种"])).toEqual([
      ["现从事工种"],
      [{ index: 1, heading: "原持证工种", counts: "现从事工种" }],
    ]);
    expect(read(["2021年度考核", "2022年度考核", "近五年年度考核", "年度考核"])[0]).toHaveLength(4);
  });

  it("is reported with the address of what was left out, and a suggestion", () => {
    const heading = matchHeading(["姓名", "工作单位", "联系电话", "出生年月日时", "单位"], matcher("workers"));
    expect(headingProblems(heading, "workers", 3, "名册")).toEqual([
      expect.objectContaining({
        cell: "B3",
        code: "column-repeated",
        sheet: "名册",
        message: expect.objectContaining({ zh: "列“工作单位”与列“单位”含义相同：以“单位”为准，该列未录入" }),
      }),
      expect.objectContaining({ cell: "C3", code: "column-unknown", column: "联系电话" }),
      expect.objectContaining({
        cell: "D3",
        code: "column-unknown",
        message: {
          zh: "没有名为“出生年月日时”的列，该列未录入；是否指“出生日期”？",
          en: 'unknown column "出生年月日时", left out; did you mean birthDate?',
        },
      }),
    ]);
  });
});

describe("suggestions", () => {
  const names = (heading: string, kind: "workers" | "applications" = "workers") =>
    suggestions(heading, kind).map(({ name }) => name);

  it.each([
    ["出生日子", "birthDate"],
    ["身份证编号", "idNumber"],
    ["单位的名称", "unit"],
    ["现有工种名称", "trade"],
    ["参加工作的时间", "workStartedOn"],
    ["学历情况", "education"],
    ["现聘技术等级", "level"],
    ["birthdate", "birthDate"],
    ["birth_date", "birthDate"],
    ["2021年度考核评价", "appraisal2021"],
    ["2021年继续教育学时", "training2021"],
  ])("%s → %s first", (heading, expected) => {
    expect(names(heading)[0]).toBe(expected);
  });

  it("are few, scored, labelled, and none for what is like nothing", () => {
    const found = suggestions("单位", "workers");
    expect(found[0]).toEqual({ name: "unit", label: { zh: "单位名称", en: "unit" }, score: 1 });
    expect(found.length).toBeLessThanOrEqual(5);
    expect(names("☎")).toEqual([]);
    expect(names("")).toEqual([]);
    expect(names("报考的等级", "applications")[0]).toBe("targetLevel");
  });

  it.each(["序号", "编号", "No.", "证书编号", "等级证书编号", "身份证编号", "单位编号", "电话号码", "基本信息/序号"])(
    "a number of something else is never suggested as the worker number: %s",
    (heading) => {
      for (const kind of ["workers", "applications"] as const) expect(names(heading, kind)).not.toContain("workerId");
    },
  );

  it.each(["人员的编号", "职工编码", "人员编号（新）", "工作人员编号"])("but %s is", (heading) => {
    expect(names(heading)[0]).toBe("workerId");
  });
});
