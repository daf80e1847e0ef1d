/** The columns a roster may have: English name, Chinese headings, how a cell is read. Fact columns come from the catalogue. */
import type { Message } from "../errors.ts";
import { type EnumValue, type FactKind, facts, targetLevels } from "../rules/facts.ts";
import type { RosterKind } from "./report.ts";

/** How the cells of a column are read. */
export type CellKind =
  | { readonly kind: "fact"; readonly type: FactKind }
  | { readonly kind: "choice"; readonly values: readonly EnumValue[] }
  /** Kept: as a hash and its last four characters; else it only says who the row is about. */
  | { readonly kind: "idNumber"; readonly kept: boolean }
  | { readonly kind: "year" | "id" | "text" | "district" | "trade" | "mark" | "boolean" | "day" };

export interface RosterField {
  /** English heading; also the column of the table, but for dates and maps of years. */
  readonly name: string;
  readonly label: Message;
  /** Chinese headings, the preferred one first. */
  readonly headings: readonly string[];
  readonly cell: CellKind;
  /** A row without it is rejected; the year may come from the import's options. */
  readonly required: boolean;
  /** A column that will do instead of a required one. */
  readonly orElse?: string;
}

const field = (
  name: string,
  cell: CellKind,
  en: string,
  headings: readonly string[],
  required = false,
): RosterField => ({
  name,
  cell,
  label: { zh: headings[0] ?? name, en },
  headings,
  required,
});

const text = { kind: "text" } as const;
const mark = { kind: "mark" } as const;
const value = (code: string, en: string, ...zh: string[]): EnumValue => ({ code, en, zh });

/** Headings that rosters use beyond those of the catalogue, the preferred ones first. */
const moreHeadings: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    workerId: "人员编码 人员代码 职工编号 工号 员工编号",
    sex: "性别代码",
    birthDate: "出生时间 出生年月日 出生",
    retirementTrack: "退休类型 法定退休类别",
    retirementDate: "预计退休日期 预计退休年月 退休时间 退休日期 法定退休时间",
    employment: "用工形式 用工方式 用工类型",
    onPost: "是否在岗 在岗情况 在职状态 人员状态 在岗与否",
    district:
      "区县 县(市、区) 县市区 县区市 市县区 市(县、区) 所在区县 所属地区 所在县区 行政区划 行政区划代码 地区代码 所属辖区",
    unit: "单位全称 所属单位 工作单位名称 现工作单位 单位(全称)",
    trade: "从事工种 现工种 工种名称 现岗位工种 岗位工种 现持证工种 持证工种",
    tradeSince:
      "从事本工种年月 从事本工种日期 从事现工种时间 从事该工种时间 从事工种时间 本工种起始时间 从事本工种起始时间",
    transferredOn: "转岗时间 转岗年月",
    transferred: "是否转岗 是否已转岗 转岗",
    level: "现有技术等级 现有等级 现任等级 证书等级 持证等级 现职业资格等级 等级 现技术等级(岗位)",
    levelObtainedOn:
      "取得现技术等级时间 取得现等级日期 取得证书时间 取得证书日期 取得日期 证书取得时间 获证日期 发证时间 发证日期 原等级取得时间 现等级取得时间 现等级取得日期 现技术等级取得时间 原证书取得时间",
    levelSource: "等级取得方式 证书取得方式",
    appointedOn: "聘用时间 聘任日期 聘任年月 现聘任时间 现等级聘任时间 聘任现岗位时间 受聘时间",
    workStartedOn: "参加工作日期 工作年月 参工日期 参工年月 开始工作时间",
    regularisedOn: "转正时间 定级时间 转正日期 定级日期 试用期满时间",
    education: "学历层次 现有学历 学历程度",
    educationInTrade: "专业是否相关 所学专业与工种相关 专业是否与工种相关 学历专业与本工种相关",
    adultHigherEducationCertificate: "专业证书 成人高教专业证书",
    appraisals:
      "历年考核 考核结果 考核等次 考核情况 考核 年度考核结果 年度考核等次 年度考核情况 历年考核结果 历年年度考核",
    continuingEducation: "继续教育年度 继续教育情况 继续教育结果 继续教育合格年度 历年继续教育",
    resettledOn: "安置时间 退役安置日期 退役安置年月",
    militaryServiceStartedOn: "入伍日期 入伍年月 参军时间",
    fraudRecordedOn: "弄虚作假记录时间",
  }).map(([name, headings]) => [name, headings.split(" ")]),
);

const ownFields = new Set(["workerId", "district", "unit", "trade"]);

const headingsOf = (name: string): string[] => {
  const fact = facts.find((definition) => definition.name === name);
  return fact ? [...new Set([...fact.headings, fact.label.zh, ...(moreHeadings[name] ?? [])])] : [];
};

const idNumber = field("idNumber", { kind: "idNumber", kept: true }, "identity number", [
  "身份证号",
  "身份证号码",
  "公民身份号码",
  "证件号码",
  "身份证",
  "公民身份证号",
  "公民身份证号码",
  "身份证件号码",
  "居民身份证号",
  "居民身份证号码",
]);

/** Some rosters name their people by identity number only; it finds the worker. */
const workerId: RosterField = {
  ...field("workerId", { kind: "id" }, "worker number", headingsOf("workerId"), true),
  orElse: idNumber.name,
};

const workerFields: readonly RosterField[] = [
  field(
    "rosterYear",
    { kind: "year" },
    "roster year",
    ["年度", "名册年度", "统计年度", "名册年份", "年份", "数据年度"],
    true,
  ),
  workerId,
  field("name", text, "name", ["姓名", "名字", "人员姓名", "职工姓名"]),
  idNumber,
  field("district", { kind: "district" }, "district", headingsOf("district"), true),
  field("department", text, "department", [
    "主管部门",
    "主管单位",
    "上级主管",
    "上级主管部门",
    "主管部门名称",
    "所属主管部门",
  ]),
  field("unit", text, "unit", headingsOf("unit"), true),
  field("unitNature", text, "nature of the unit", ["单位性质", "单位类别", "单位类型"]),
  field("trade", { kind: "trade" }, "trade", headingsOf("trade")),
  ...facts
    .filter(({ name }) => !ownFields.has(name))
    .map((fact) => field(fact.name, { kind: "fact", type: fact.type }, fact.label.en, headingsOf(fact.name))),
];

const outcomes: readonly EnumValue[] = [
  value("passed", "passed", "合格", "通过", "true", "是"),
  value("failed", "failed", "不合格", "不通过", "未通过", "false", "否"),
  value("absent", "absent", "缺考"),
  value("misconduct", "misconduct", "违纪"),
  value("deferred", "deferred", "延期"),
  value("returned", "returned", "退回"),
];
const outcome = { kind: "choice", values: outcomes } as const;

const modules: readonly EnumValue[] = [
  value("normal", "normal", "正常", "正常申报"),
  value("early", "one year early", "提前一年", "提前"),
  value("exceptional", "exceptional", "破格", "破格申报"),
  value("transfer", "transfer", "转岗"),
  value("reverification", "re-verification", "复核"),
  value("direct", "direct", "直接确认"),
];

const level = facts.find(({ name }) => name === "level")?.type;
const targets: readonly EnumValue[] =
  level?.kind === "enum" ? level.values.filter(({ code }) => targetLevels.some((target) => target === code)) : [];

const applicationFields: readonly RosterField[] = [
  field(
    "examYear",
    { kind: "year" },
    "exam year",
    ["考评年度", "年度", "申报年度", "考核年度", "报考年度", "年份"],
    true,
  ),
  workerId,
  // Of an application it only finds the worker.
  { ...idNumber, cell: { kind: "idNumber", kept: false } },
  field("district", { kind: "district" }, "district", headingsOf("district")),
  field("unit", text, "unit", headingsOf("unit")),
  field("trade", { kind: "trade" }, "trade", [
    "申报工种",
    "报考工种",
    "考核工种",
    "申报考评工种",
    "考评工种",
    "报名工种",
    "申报工种名称",
    "工种",
    "工种名称",
  ]),
  field(
    "targetLevel",
    { kind: "choice", values: targets },
    "target level",
    ["申报等级", "报考等级", "拟晋等级", "申报技术等级", "考评等级", "考核等级", "拟申报等级", "报名等级"],
    true,
  ),
  field("module", { kind: "choice", values: modules }, "module", [
    "申报类别",
    "申报方式",
    "报名类型",
    "申报类型",
    "报名类别",
  ]),
  field("usesQuota", { kind: "boolean" }, "uses a quota place", ["是否占指标", "占指标", "占用指标", "是否占用指标"]),
  field("unitReview", outcome, "unit's review", ["单位审核", "单位意见", "单位审核意见", "单位初审"]),
  field("officeReview", outcome, "office's review", ["工考部门复核", "工考部门意见", "工考部门审核", "主管机关复核"]),
  field("selectionScore", mark, "selection exam mark", ["选拔考试成绩"]),
  field("selectionPassed", outcome, "selection exam", ["选拔考试"]),
  field("theory", mark, "theory mark", ["理论成绩", "理论", "理论知识", "理论考试成绩", "理论知识成绩", "理论分数"]),
  field("skills", mark, "skills mark", [
    "技能成绩",
    "实操成绩",
    "技能",
    "实操",
    "操作技能",
    "操作技能成绩",
    "技能操作成绩",
    "岗位技能",
  ]),
  field("defence", mark, "defence mark", ["答辩成绩", "论文答辩", "论文答辩成绩", "答辩"]),
  field("lecture", mark, "lecture mark", ["述课成绩", "述课"]),
  field("comprehensiveReview", outcome, "comprehensive review", ["综合评审", "综合评审结果", "综合评价"]),
  field("result", outcome, "result", ["结果", "考评结果", "考核结果", "最终结果", "考试结果", "鉴定结果"]),
  field("certificateDate", { kind: "day" }, "date of the certificate", ["发证日期", "发证时间", "证书日期"]),
];

/** The columns of a kind of roster, in the order of the template. */
export function fieldsOf(kind: RosterKind): readonly RosterField[] {
  return kind === "workers" ? workerFields : applicationFields;
}

/** The column that holds the year of a row. */
export const yearField = { workers: "rosterYear", applications: "examYear" } as const;
