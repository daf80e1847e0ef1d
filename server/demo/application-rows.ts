/** An application as a row of the applications roster. */
import { isoDate } from "../rules/dates.ts";
import { levelValues } from "../rules/facts.ts";
import type { Application, Result } from "./applications.ts";
import type { Module } from "./eligible.ts";
import { at } from "./random.ts";

const levelWords = levelValues.map(({ zh }) => zh[0] ?? "");
const moduleWords: Readonly<Record<Module, string>> = {
  normal: "正常",
  early: "提前一年",
  exceptional: "破格",
  transfer: "转岗",
  reverification: "复核",
  direct: "直接确认",
};
const resultWords: Readonly<Record<Result, string>> = {
  passed: "合格",
  failed: "不合格",
  absent: "缺考",
  misconduct: "违纪",
  deferred: "延期",
  returned: "退回",
};

const yesNo = (value: boolean | undefined): string => (value === undefined ? "" : value ? "是" : "否");
const verdict = (value: boolean | undefined): string => (value === undefined ? "" : value ? "合格" : "不合格");
const mark = (value: number | undefined): string => (value === undefined ? "" : String(value));

export const applicationHeadings: readonly string[] = [
  "考评年度",
  "人员编号",
  "地区",
  "单位名称",
  "申报工种",
  "申报等级",
  "申报类别",
  "是否占指标",
  "单位审核",
  "工考部门复核",
  "选拔考试成绩",
  "选拔考试",
  "理论成绩",
  "技能成绩",
  "答辩成绩",
  "述课成绩",
  "综合评审",
  "结果",
  "发证日期",
];

/** Cells in the order of `applicationHeadings`. */
export function applicationCells(application: Application): string[] {
  const { person, way } = application;
  return [
    String(application.examYear),
    person.workerId,
    person.unit.place.code,
    person.unit.name,
    application.tradeName,
    at(levelWords, way.target),
    moduleWords[way.module],
    yesNo(application.usesQuota),
    verdict(application.unitReview),
    verdict(application.officeReview),
    mark(application.selectionScore),
    verdict(application.selectionPassed),
    mark(application.theory),
    mark(application.skills),
    mark(application.defence),
    mark(application.lecture),
    verdict(application.comprehensiveReview),
    application.result ? resultWords[application.result] : "",
    application.certificate ? isoDate(application.certificate) : "",
  ];
}
