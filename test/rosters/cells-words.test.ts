import { describe, expect, it } from "vitest";
import { readBoolean, readBooleanCell, readEnum } from "../../server/rosters/enum-cells.ts";
import { fieldsOf } from "../../server/rosters/fields.ts";
import { readLevel } from "../../server/rosters/level-words.ts";
import { readUnitNature } from "../../server/rosters/unit-natures.ts";
import { findFact } from "../../server/rules/facts.ts";

/** Code of a word in a column, with the code of the problem where there is one. */
function word(name: string, text: string): string {
  const type = findFact(name)?.type;
  const cell = fieldsOf("applications").find((field) => field.name === name)?.cell;
  const values = type?.kind === "enum" ? type.values : cell?.kind === "choice" ? cell.values : [];
  const { values: found, problem, also } = readEnum(name, values, text, (code) => ({ [name]: code }));
  return [found[name] ?? (also ? Object.keys(also)[0] : undefined), problem?.code]
    .filter((part) => part !== undefined)
    .join(" ");
}

describe("levels", () => {
  it.each([
    ["none", "无 无等级 普通工 普工 未定级 无证 none"],
    ["junior", "初级工 初级 五级 五级工 5级 初级工（五级） 初级工五级 五级/初级工 技术工五级 Ⅴ级 junior"],
    [
      "intermediate",
      "中级 中级工 四级 4级 ４级 中级工四级 中级工(4级) 四级（中级工） 技术工四级 中级工/四级 intermediate",
    ],
    ["senior", "高级 高级工 三级 三级工 高级工三级 高级工/高级工"],
    ["technician", "技师 二级 技师（二级） 二级技师 技师/技师 工勤技能二级"],
    ["seniorTechnician", "高级技师 高级技师(一级) 一级 高级技师一级 一级/高级技师 seniorTechnician"],
  ])("%s: %s", (code, words) => {
    expect(words.split(" ").map((text) => [text, word("level", text)])).toEqual(
      words.split(" ").map((text) => [text, code]),
    );
  });

  it("are taken from a bare number with a warning", () => {
    expect(["5", "4", "3", "2", "1"].map((text) => word("level", text))).toEqual(
      ["junior", "intermediate", "senior", "technician", "seniorTechnician"].map((code) => `${code} word-interpreted`),
    );
  });

  it("contradict each other in one cell, or are none", () => {
    expect(["中级工三级", "初级工、高级工", "一级技师"].map((text) => word("level", text))).toEqual(
      Array(3).fill("level-conflict"),
    );
    expect(["特级", "六级", "6", "工程师", "无级四"].map((text) => word("level", text))).toEqual(
      Array(5).fill("enum-unknown"),
    );
    expect(readLevel("高".repeat(100_000))).toBeUndefined();
  });

  it("that nobody applies for are unknown as targets", () => {
    expect(word("targetLevel", "四级")).toBe("intermediate");
    expect(word("targetLevel", "普通工")).toBe("enum-unknown");
  });

  it("are not guessed from words of other columns or a single character", () => {
    const type = findFact("level")?.type;
    const values = type?.kind === "enum" ? type.values : [];
    for (const text of ["十级", "中技", "大专", "见习"])
      expect(readEnum("level", values, text, () => ({})).problem?.message.zh).not.toContain("是否指");
  });

  it("come with the nearest word where they are unknown", () => {
    const type = findFact("level")?.type;
    const values = type?.kind === "enum" ? type.values : [];
    expect(readEnum("level", values, "高级技士", () => ({})).problem?.message).toEqual({
      zh: "“高级技士”不在可填的值中：无、初级工、中级工、高级工、技师、高级技师，是否指“高级技师”？",
      en: '"高级技士" is none of none, junior, intermediate, senior, technician, seniorTechnician; did you mean 高级技师?',
    });
  });
});

describe("education", () => {
  it.each([
    ["primary", "小学 小学毕业 高小"],
    ["juniorSecondary", "初中 初级中学 初中毕业 初中文化"],
    ["seniorSecondary", "高中 普通高中 高中毕业 高中学历"],
    ["vocationalHigh", "职高 职业高中 职专 职高（职专）"],
    ["technicalSchool", "技校 技工学校 中技"],
    ["secondarySpecialised", "中专 中等专科 中师 成人中专 函授中专 中专毕业"],
    ["advancedTechnicalSchool", "高级技校 高级技工学校"],
    ["technicianCollege", "技师学院"],
    [
      "college",
      "大专 专科 大学专科 高职 成人大专 函授大专 大专（函授） 自考大专 电大大专 大学专科毕业 大专学历 college",
    ],
    ["bachelor", "本科 大学本科 大学 大学本科毕业 函授本科 在职本科 本科（自考） 全日制本科"],
    ["master", "硕士 研究生 硕士研究生 在职研究生 研究生毕业"],
    ["doctor", "博士 博士研究生"],
  ])("%s: %s", (code, words) => {
    expect(words.split(" ").map((text) => [text, word("education", text)])).toEqual(
      words.split(" ").map((text) => [text, code]),
    );
  });

  it.each([
    ["31", "college word-interpreted"],
    ["21", "bachelor word-interpreted"],
    ["10", "master word-interpreted"],
    ["11", "doctor word-interpreted"],
    ["40", "secondarySpecialised word-interpreted"],
    ["44", "vocationalHigh word-interpreted"],
    ["47", "technicalSchool word-interpreted"],
    ["61", "seniorSecondary word-interpreted"],
    ["71", "juniorSecondary word-interpreted"],
    ["81", "primary word-interpreted"],
    ["33", "word-not-kept"],
    ["90", "word-not-kept"],
    ["大专肄业", "word-not-kept"],
    ["本科结业", "word-not-kept"],
    ["其他", "word-not-kept"],
    ["中职", "secondarySpecialised word-interpreted"],
    ["中央党校函授本科", "bachelor word-interpreted"],
    ["专业证书", "adultHigherEducationCertificate education-certificate"],
    ["99", "enum-unknown"],
    ["夜校", "enum-unknown"],
  ])("%s → %s", (text, expected) => {
    expect(word("education", text)).toBe(expected);
  });

  it("does not look long into long texts", () => {
    expect(word("education", "毕业".repeat(50_000))).toBe("enum-unknown");
  });
});

describe("other words", () => {
  it.each([
    ["sex", "1", "male"],
    ["sex", "2", "female"],
    ["sex", "女性", "female"],
    ["sex", "9", "word-not-kept"],
    ["employment", "在编", "established"],
    ["employment", "合同制", "contract"],
    ["employment", "聘用/合同制", "contract"],
    ["employment", "劳务派遣", "other"],
    ["employment", "占编不进编", "contract word-interpreted"],
    ["employment", "退役安置", "established word-interpreted"],
    ["levelSource", "考评", "assessment"],
    ["retirementTrack", "女50", "female50"],
    ["result", "合格", "passed"],
    ["result", "缓考", "deferred"],
    ["result", "弃考", "absent word-interpreted"],
    ["unitReview", "同意", "passed"],
    ["module", "破格晋升", "exceptional"],
    ["drivingLicence", "A1照", "A1"],
    ["sex", "男女", "enum-unknown"],
  ])("%s %s → %s", (name, text, expected) => {
    expect(word(name, text)).toBe(expected);
  });

  it.each([
    ["公益一类", "公益一类"],
    ["公益一类事业单位", "公益一类"],
    ["事业单位（公益二类）", "公益二类"],
    ["参照公务员法管理的事业单位", "参公事业单位"],
    ["行政机关", "机关"],
    ["自收自支", "自收自支 unit-nature-unknown"],
    ["公益一级", "公益一级 unit-nature-unknown"],
  ])("nature of a unit %s → %s", (text, expected) => {
    const { values, problem } = readUnitNature("unitNature", text);
    expect([values.unitNature, problem?.code].filter((part) => part !== undefined).join(" ")).toBe(expected);
  });

  it("reads yes and no", () => {
    expect("是 true TRUE 1 有 √ ✓ Y 对".split(" ").map((text) => readBoolean("transferred", text))).toEqual(
      Array(9).fill(true),
    );
    expect("否 false 0 无 × x ✗ N 没有".split(" ").map((text) => readBoolean("transferred", text))).toEqual(
      Array(9).fill(false),
    );
    expect(readBoolean("transferred", "也许")).toBeUndefined();
    expect(["在岗", "内退", "离岗", "是"].map((text) => readBoolean("onPost", text))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(readBoolean("transferred", "内退")).toBeUndefined();
  });
});

it("yes and no: leave does not say whether the post is held, nonsense rejects the row", () => {
  const read = (name: string, text: string) => {
    const { values, problem } = readBooleanCell(name, text, (found) => ({ found }));
    return [values.found, problem?.severity, problem?.code];
  };
  for (const text of ["病假", "长期病假", "休假", "产假", "借调", "不详"])
    expect(read("onPost", text), text).toEqual([undefined, "warning", "word-not-kept"]);
  expect(read("transferred", "未知")).toEqual([undefined, "warning", "word-not-kept"]);
  expect(read("transferred", "病假")).toEqual([undefined, "error", "boolean-invalid"]);
  expect(read("onPost", "也许")).toEqual([undefined, "error", "boolean-invalid"]);
  expect(read("onPost", "在岗")).toEqual([true, undefined, undefined]);
});
