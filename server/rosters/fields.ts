/** The columns a roster may have: English name, Chinese headings, how a cell is read. Fact columns come from the catalogue. */
import type { Message } from "../errors.ts";
import { type EnumValue, type FactKind, facts, targetLevels } from "../rules/facts.ts";
import type { RosterKind } from "./report.ts";

/** How the cells of a column are read. */
export type CellKind =
  | { readonly kind: "fact"; readonly type: FactKind }
  | { readonly kind: "choice"; readonly values: readonly EnumValue[] }
  | { readonly kind: "year" | "id" | "text" | "idNumber" | "district" | "trade" | "mark" | "boolean" | "day" };

export interface RosterField {
  /** English heading; also the column of the table, but for dates and maps of years. */
  readonly name: string;
  readonly label: Message;
  /** Chinese headings, the preferred one first. */
  readonly headings: readonly string[];
  readonly cell: CellKind;
  /** A row without it is rejected; the year may come from the import's options. */
  readonly required: boolean;
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

/** Words that rosters use beyond those of the catalogue. */
const moreHeadings: Readonly<Record<string, readonly string[]>> = {
  trade: ["从事工种"],
  level: ["现有技术等级"],
  levelObtainedOn: ["发证日期", "取得现技术等级时间"],
  appointedOn: ["聘用时间"],
  regularisedOn: ["转正时间", "定级时间"],
  appraisals: ["历年考核"],
};

const ownFields = new Set(["workerId", "district", "unit", "trade"]);

const headingsOf = (name: string): string[] => {
  const fact = facts.find((definition) => definition.name === name);
  return fact ? [...new Set([...fact.headings, fact.label.zh, ...(moreHeadings[name] ?? [])])] : [];
};

const workerId = field("workerId", { kind: "id" }, "worker number", headingsOf("workerId"), true);

const workerFields: readonly RosterField[] = [
  field("rosterYear", { kind: "year" }, "roster year", ["年度", "名册年度", "统计年度"], true),
  workerId,
  field("name", text, "name", ["姓名", "名字", "人员姓名"]),
  field("idNumber", { kind: "idNumber" }, "identity number", [
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "证件号码",
    "身份证",
  ]),
  field("district", { kind: "district" }, "district", headingsOf("district"), true),
  field("department", text, "department", ["主管部门", "主管单位", "上级主管"]),
  field("unit", text, "unit", headingsOf("unit"), true),
  field("unitNature", text, "nature of the unit", ["单位性质"]),
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
  field("examYear", { kind: "year" }, "exam year", ["考评年度", "年度", "申报年度", "考核年度"], true),
  workerId,
  field("district", { kind: "district" }, "district", headingsOf("district")),
  field("unit", text, "unit", headingsOf("unit")),
  field("trade", { kind: "trade" }, "trade", ["申报工种", "报考工种", "考核工种", "申报考评工种", "工种"]),
  field("targetLevel", { kind: "choice", values: targets }, "target level", ["申报等级", "报考等级", "拟晋等级"], true),
  field("module", { kind: "choice", values: modules }, "module", ["申报类别", "申报方式", "报名类型"]),
  field("usesQuota", { kind: "boolean" }, "uses a quota place", ["是否占指标", "占指标"]),
  field("unitReview", outcome, "unit's review", ["单位审核"]),
  field("officeReview", outcome, "office's review", ["工考部门复核"]),
  field("selectionScore", mark, "selection exam mark", ["选拔考试成绩"]),
  field("selectionPassed", outcome, "selection exam", ["选拔考试"]),
  field("theory", mark, "theory mark", ["理论成绩"]),
  field("skills", mark, "skills mark", ["技能成绩", "实操成绩"]),
  field("defence", mark, "defence mark", ["答辩成绩", "论文答辩"]),
  field("lecture", mark, "lecture mark", ["述课成绩", "述课"]),
  field("comprehensiveReview", outcome, "comprehensive review", ["综合评审"]),
  field("result", outcome, "result", ["结果"]),
  field("certificateDate", { kind: "day" }, "date of the certificate", ["发证日期", "发证时间"]),
];

/** The columns of a kind of roster, in the order of the template. */
export function fieldsOf(kind: RosterKind): readonly RosterField[] {
  return kind === "workers" ? workerFields : applicationFields;
}

/** The column that holds the year of a row. */
export const yearField = { workers: "rosterYear", applications: "examYear" } as const;
