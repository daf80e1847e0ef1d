/**
 * The catalogue of facts about one worker: name, type, labels, roster heading. Everything else — the JSON check, the database
 * columns, the roster headings, the fact form of the dashboard, the rulebook check — reads from here.
 */
import type { Message } from "../errors.ts";

export const levels = ["none", "junior", "intermediate", "senior", "technician", "seniorTechnician"] as const;
export type Level = (typeof levels)[number];
/** The levels one can apply for. */
export const targetLevels = ["junior", "intermediate", "senior", "technician", "seniorTechnician"] as const;
export type TargetLevel = (typeof targetLevels)[number];

export const appraisalGrades = ["excellent", "qualified", "basicallyQualified", "unqualified", "ungraded"] as const;
export type AppraisalGrade = (typeof appraisalGrades)[number];

const ranks = ["unit", "county", "municipal", "provincial", "national"] as const;

/** One value of an enumeration: code in files and JSON, Chinese words that rosters use (the first is the label), English label. */
export interface EnumValue {
  readonly code: string;
  readonly zh: readonly string[];
  readonly en: string;
}

const value = (code: string, en: string, ...zh: string[]): EnumValue => ({ code, en, zh });

export const levelValues: readonly EnumValue[] = [
  value("none", "none", "无", "无等级", "普通工"),
  value("junior", "junior worker", "初级工", "五级", "五级工", "初级"),
  value("intermediate", "intermediate worker", "中级工", "四级", "四级工", "中级"),
  value("senior", "senior worker", "高级工", "三级", "三级工", "高级"),
  value("technician", "technician", "技师", "二级"),
  value("seniorTechnician", "senior technician", "高级技师", "一级"),
];

export const gradeValues: readonly EnumValue[] = [
  value("excellent", "excellent", "优秀"),
  value("qualified", "qualified", "合格", "称职"),
  value("basicallyQualified", "basically qualified", "基本合格", "基本称职"),
  value("unqualified", "unqualified", "不合格", "不称职"),
  value("ungraded", "ungraded", "未定等次", "不定等次", "未参加"),
];

const rankValues: readonly EnumValue[] = [
  value("unit", "unit", "单位级"),
  value("county", "county", "县级"),
  value("municipal", "municipal", "市级"),
  value("provincial", "provincial", "省部级", "省级"),
  value("national", "national", "国家级"),
];

type FieldKind =
  | { readonly kind: "enum"; readonly values: readonly EnumValue[] }
  | { readonly kind: "boolean" }
  | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "string" }
  | { readonly kind: "date" };

/** A property of an item of a list fact. */
export type ItemField = FieldKind & { readonly name: string; readonly required?: boolean; readonly label: Message };

export type FactKind =
  | FieldKind
  /** Map year → grade. */
  | { readonly kind: "grades" }
  /** Map year → passed. */
  | { readonly kind: "flags" }
  /** List of years. */
  | { readonly kind: "years" }
  | { readonly kind: "strings" }
  | { readonly kind: "list"; readonly fields: readonly ItemField[] }
  | { readonly kind: "marks"; readonly fields: readonly string[] };

export interface FactDefinition {
  readonly name: string;
  readonly type: FactKind;
  readonly label: Message;
  /** Chinese roster headings, the preferred one first; the English heading is the name. Empty: no heading of its own. */
  readonly headings: readonly string[];
  /** What absence means, where it does not mean unknown. */
  readonly absent?: boolean | "none";
}

const fact = (
  name: string,
  type: FactKind,
  zh: string,
  en: string,
  headings: readonly string[] = [],
  absent?: boolean | "none",
): FactDefinition => ({ name, type, label: { zh, en }, headings, ...(absent === undefined ? {} : { absent }) });

const boolean = { kind: "boolean" } as const;
const date = { kind: "date" } as const;
const years = { kind: "years" } as const;
const text = { kind: "string" } as const;
const count = { kind: "integer", min: 0 } as const;
const oneOf = (...values: EnumValue[]): FactKind & { kind: "enum" } => ({ kind: "enum", values });
const rank = { kind: "enum", values: rankValues } as const;

const field = (name: string, type: FieldKind, zh: string, en: string, required = false): ItemField => ({
  name,
  ...type,
  required,
  label: { zh, en },
});
const matter = field("matter", text, "事项", "matter");

export const facts: readonly FactDefinition[] = [
  fact("workerId", text, "人员编号", "worker number", ["人员编号"]),
  fact("sex", oneOf(value("male", "male", "男", "1"), value("female", "female", "女", "2")), "性别", "sex", ["性别"]),
  fact("birthDate", date, "出生日期", "date of birth", ["出生日期", "出生年月", "生日"]),
  fact(
    "retirementTrack",
    oneOf(
      value("male60", "men 60", "男60"),
      value("female50", "women 50", "女50"),
      value("female55", "women 55", "女55"),
    ),
    "退休类别",
    "retirement track",
    ["退休类别"],
  ),
  fact("retirementDate", date, "预计退休时间", "retirement date", ["预计退休时间"]),
  fact(
    "employment",
    oneOf(
      value("established", "established post", "在编"),
      value("contract", "contract", "聘用", "合同制"),
      value("other", "other", "其他", "劳务派遣"),
    ),
    "用工性质",
    "employment",
    ["用工性质"],
  ),
  fact("onPost", boolean, "在岗", "on post", ["在岗", "在岗状态"]),
  fact("district", text, "地区", "district", ["地区", "所在地区", "县区", "辖区", "属地"]),
  fact("unit", text, "单位名称", "unit", ["单位名称", "单位", "工作单位", "所在单位", "用人单位"]),
  fact("trade", text, "工种", "trade", ["工种", "现从事工种", "原持证工种"]),
  fact("tradeSince", date, "从事本工种时间", "start in the trade", ["从事本工种时间"]),
  fact("transferredOn", date, "转岗日期", "date of transfer", ["转岗日期"]),
  fact("transferred", boolean, "已转岗", "transferred", ["已转岗"], false),
  fact("level", oneOf(...levelValues), "现技术等级", "present level", [
    "现技术等级",
    "原技术等级",
    "现等级",
    "现持证等级",
    "上一等级",
    "技术等级",
  ]),
  fact("levelObtainedOn", date, "取得现等级时间", "date of the present level", [
    "取得现等级时间",
    "取得时间",
    "取证时间",
    "取证日期",
    "获证时间",
    "批准时间",
  ]),
  fact(
    "levelSource",
    oneOf(value("assessment", "assessment", "考核"), value("reverification", "re-verification", "复核")),
    "取得方式",
    "way the level was obtained",
    ["取得方式"],
  ),
  fact("promotedSinceReverification", boolean, "复核后已晋级", "promoted since re-verification"),
  fact("appointedOn", date, "聘任时间", "date of appointment", ["聘任时间"]),
  fact("workStartedOn", date, "参加工作时间", "start of work", [
    "参加工作时间",
    "参加工作年月",
    "工作时间",
    "参工时间",
  ]),
  fact("regularisedOn", date, "转正定级时间", "date of regularisation", ["转正定级时间"]),
  fact(
    "education",
    oneOf(
      value("primary", "primary school", "小学"),
      value("juniorSecondary", "junior secondary", "初中"),
      value("seniorSecondary", "senior secondary", "高中"),
      value("vocationalHigh", "vocational high school", "职高", "职专", "职高(职专)", "职高（职专）"),
      value("technicalSchool", "technical school", "技工学校", "技校"),
      value("secondarySpecialised", "secondary specialised school", "中专"),
      value("advancedTechnicalSchool", "advanced technical school", "高级技工学校", "高级技校"),
      value("technicianCollege", "technician college", "技师学院"),
      value("college", "college", "大专", "专科", "大学专科"),
      value("bachelor", "bachelor", "本科", "大学本科", "大学"),
      value("master", "master", "硕士", "研究生", "硕士研究生"),
      value("doctor", "doctor", "博士", "博士研究生"),
    ),
    "学历",
    "education",
    ["学历", "文化程度", "最高学历"],
  ),
  fact("educationInTrade", boolean, "专业与工种相关", "education in the trade", ["专业与工种相关"]),
  fact("adultHigherEducationCertificate", boolean, "成人高等教育专业证书", "adult higher education certificate", [
    "成人高等教育专业证书",
  ]),
  fact("collegeEquivalent", boolean, "相当大专学历", "college equivalent"),
  fact("appraisals", { kind: "grades" }, "年度考核", "annual appraisal"),
  fact("commendedYears", years, "通报表扬年度", "commended years"),
  fact("outstandingPartyMemberYears", years, "优秀共产党员年度", "outstanding Party member years"),
  fact("continuingEducation", { kind: "flags" }, "继续教育", "continuing education"),
  fact("disciplineClean", boolean, "无违纪违规", "discipline clean"),
  fact("competenceAttested", boolean, "能力业绩证明", "competence attested"),
  fact("highSkill", boolean, "有较高技艺", "high skill"),
  fact("fraudRecordedOn", date, "弄虚作假记录日期", "date of the fraud record", [], "none"),
  fact("papersInTrade", count, "本工种论文篇数", "papers in the trade"),
  fact("thesisSubmitted", boolean, "已交专业论文", "thesis submitted"),
  fact("expertRecommendations", count, "专家推荐份数", "expert recommendations"),
  fact(
    "honours",
    {
      kind: "list",
      fields: [
        field(
          "kind",
          oneOf(
            value("modelWorker", "model worker", "劳动模范"),
            value("advancedWorker", "advanced worker", "先进工作者"),
            value("technicalExpert", "technical expert", "技术能手"),
            value("technicalPacesetter", "technical pacesetter", "技术标兵"),
            value("chiefTechnician", "chief technician", "首席技师"),
            value("labourMedal", "labour medal", "五一劳动奖章"),
            value("commendation", "commendation", "表彰"),
            value("outstandingPartyMember", "outstanding Party member", "优秀共产党员"),
          ),
          "荣誉",
          "honour",
          true,
        ),
        field("rank", rank, "级别", "rank", true),
        field("awardedOn", date, "授予日期", "awarded on"),
        field("retained", boolean, "保持荣誉", "retained"),
        matter,
      ],
    },
    "荣誉称号",
    "honours",
  ),
  fact(
    "techAwards",
    {
      kind: "list",
      fields: [
        field("rank", rank, "级别", "rank", true),
        field("grade", { kind: "integer", min: 1, max: 3 }, "等次", "grade", true),
        field("principal", boolean, "主要完成者", "principal"),
        field("awardedOn", date, "授予日期", "awarded on"),
        matter,
      ],
    },
    "技术创新奖",
    "technical awards",
  ),
  fact(
    "patents",
    {
      kind: "list",
      fields: [
        field(
          "kind",
          oneOf(
            value("invention", "invention", "发明"),
            value("utilityModel", "utility model", "实用新型"),
            value("design", "design", "外观设计"),
          ),
          "种类",
          "kind",
          true,
        ),
        field("inTrade", boolean, "与工种相关", "in the trade"),
        field("position", { kind: "integer", min: 1 }, "名次", "position"),
        field("grantedOn", date, "授权日期", "granted on"),
        matter,
      ],
    },
    "专利",
    "patents",
  ),
  fact(
    "competitions",
    {
      kind: "list",
      fields: [
        field(
          "tier",
          oneOf(
            value("national1", "national class 1", "全国一类"),
            value("national2", "national class 2", "全国二类"),
            value("provincial1", "provincial class 1", "省级一类"),
            value("provincial2", "provincial class 2", "省级二类"),
            value("municipal", "municipal", "市级"),
            value("county", "county", "县级"),
          ),
          "竞赛级别",
          "tier",
          true,
        ),
        field("place", { kind: "integer", min: 1 }, "名次", "place"),
        field("prize", { kind: "integer", min: 1, max: 3 }, "奖项等次", "prize"),
        field(
          "title",
          oneOf(
            value("technicalExpert", "technical expert", "技术能手"),
            value("chiefTechnician", "chief technician", "首席技师"),
          ),
          "称号",
          "title",
        ),
        field("heldOn", date, "竞赛日期", "held on"),
      ],
    },
    "技能竞赛",
    "skills competitions",
  ),
  fact(
    "professionalTitle",
    oneOf(
      value("none", "none", "无"),
      value("assistant", "assistant", "初级", "助理级"),
      value("intermediate", "intermediate", "中级"),
      value("associateSenior", "associate senior", "副高级", "副高"),
      value("senior", "senior", "正高级", "正高"),
    ),
    "专业技术职称",
    "professional title",
  ),
  fact("titleInTrade", boolean, "职称与工种相关", "title in the trade"),
  fact("menteesInTopTen", count, "指导获竞赛前十人数", "mentees in the top ten"),
  fact("standardsContributor", boolean, "参与制定省级行业标准", "contributed to provincial standards"),
  fact("uniqueSkill", boolean, "绝技绝活", "unique skill"),
  fact(
    "drivingLicence",
    oneOf(
      ...["A1", "A2", "A3", "B1", "B2", "C1", "C2"].map((code) => value(code, code, code)),
      value("none", "none", "无"),
    ),
    "机动车驾驶证",
    "driving licence",
  ),
  fact("drivingLicenceValidUntil", date, "驾驶证有效期至", "driving licence valid until"),
  fact("safeDrivingYears", count, "连续安全行车年数", "years of safe driving"),
  fact("fleetCaptain", boolean, "车队长或调度管理任职", "fleet captain"),
  fact("financeExperience", boolean, "财务管理工作经历", "finance experience"),
  fact("postLicenceValidUntil", date, "上岗证有效期至", "post licence valid until"),
  fact("exceptionalConditionsUsed", { kind: "strings" }, "已使用的破格条件", "exceptional conditions used", [], "none"),
  fact("militaryServiceStartedOn", date, "入伍时间", "date of enlistment", ["入伍时间"]),
  fact("resettledOn", date, "退役安置时间", "date of resettlement", ["退役安置时间"], "none"),
  fact(
    "militaryHonours",
    {
      kind: "list",
      fields: [
        field(
          "kind",
          oneOf(
            value("excellentSoldier", "excellent soldier", "优秀士兵", "优秀士官", "四有优秀士兵"),
            value("thirdClassMerit", "third-class merit", "三等功"),
            value("secondClassMerit", "second-class merit", "二等功"),
            value("firstClassMerit", "first-class merit", "一等功"),
          ),
          "奖励",
          "kind",
          true,
        ),
        field("year", { kind: "integer", min: 1900, max: 2100 }, "年度", "year", true),
      ],
    },
    "服役期间奖励",
    "military honours",
  ),
  fact("arrivedFromOtherProvince", boolean, "外省调入", "arrived from another province", [], false),
  fact("failedReviewYears", years, "省综合评审未通过年度", "failed review years", [], "none"),
  fact("marks", { kind: "marks", fields: ["theory", "skills", "defence", "lecture"] }, "考评成绩", "exam marks"),
];

const byName = new Map(facts.map((definition) => [definition.name, definition]));

export function findFact(name: string): FactDefinition | undefined {
  return byName.get(name);
}

/** Ranks from low to high, for "municipal or above". */
export const ranksFromLow: readonly string[] = ranks;
