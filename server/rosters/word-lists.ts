/** Words that rosters use beyond those of the fact catalogue, by column. A reason stands where a word could mean something else. */
import type { Message } from "../errors.ts";
import type { WordLine } from "./words.ts";

const why = (zh: string, en: string): Message => ({ zh, en });

const passed = "同意 已通过 审核通过 审查通过 符合 符合条件 及格 达标 √ ✓ ✔ 1 y yes";
const failed = "不同意 审核不通过 审查不通过 不符合 不符合条件 不及格 未达标 × x ✗ ✘ 0 n no";
const outcome: readonly WordLine<string>[] = [
  ["passed", passed],
  ["failed", failed],
  ["absent", "未参加 未参考 未考 缺席"],
  ["absent", "弃考 放弃", why("“放弃考试”按缺考录入", "giving the exam up is taken for absence")],
  ["misconduct", "作弊 违规 违纪违规"],
  ["deferred", "缓考 延考 延期考试"],
  ["returned", "退件 已退回 退回申报"],
];

const moreWords: Readonly<Record<string, readonly WordLine<string>[]>> = {
  sex: [
    ["male", "男性 m 男士"],
    ["female", "女性 f 女士"],
    [null, "0 9 未知 未说明", why("性别代码 0、9 表示未知、未说明", "sex codes 0 and 9 mean unknown and not stated")],
  ],
  employment: [
    ["established", "编内 编制内 正式 正式工 正式职工 事业编 事业编制 机关编制 在编人员 在编在岗 在册在编"],
    ["contract", "聘用制 聘用人员 合同工 聘用合同 聘用合同制 聘用/合同制 编外聘用 编外合同"],
    ["other", "派遣 劳务派遣人员 派遣制 临时工 临时 临聘 公益性岗位"],
    [
      "contract",
      "占编不进编",
      why("占用编制但未列编，按聘用录入", "holds a post's place without being established: taken for contract"),
    ],
    [
      "established",
      "退役安置 退役士兵安置 政府安置",
      why("退役安置人员一般列编，按在编录入", "resettled veterans are established as a rule: taken so"),
    ],
  ],
  retirementTrack: [
    ["male60", "60 60岁 男60岁 男六十"],
    ["female50", "50 50岁 女50岁 女五十"],
    ["female55", "55 55岁 女55岁 女五十五"],
  ],
  levelSource: [
    ["assessment", "考评 考试 考核取得 考核晋升 考评取得 晋升考核"],
    ["reverification", "复核取得 复核认定 复核换证"],
  ],
  module: [
    ["normal", "正常晋升 正常晋级 正常考核 正常报名"],
    ["early", "提前一年申报 提前申报 提前1年"],
    ["exceptional", "破格晋升 破格晋级"],
    ["transfer", "转岗申报 转岗考核 转换工种"],
    ["reverification", "复核申报"],
    ["direct", "直接认定 直接申报"],
  ],
  professionalTitle: [
    ["none", "无职称 没有"],
    ["assistant", "初级职称 助理 员级"],
    ["intermediate", "中级职称"],
    ["associateSenior", "副高级职称 副高职称"],
    ["senior", "正高级职称 正高职称"],
  ],
  drivingLicence: [
    ...["A1", "A2", "A3", "B1", "B2", "C1", "C2"].map((code): WordLine<string> => [code, `${code}照 ${code}证`]),
    ["none", "无驾照 无驾驶证 没有"],
  ],
  ...Object.fromEntries(
    ["unitReview", "officeReview", "selectionPassed", "comprehensiveReview", "result"].map((name) => [name, outcome]),
  ),
};

/** Words of one column besides those of its enumeration. */
export const wordsBeyond = (name: string): readonly WordLine<string>[] => moreWords[name] ?? [];

export const booleanLines: readonly WordLine<boolean>[] = [
  [true, "是 true 1 yes y t 有 √ ✓ ✔ ☑ 对 已 合格 passed 是的"],
  [false, "否 false 0 no n f 无 × x ✗ ✘ ☒ ☐ □ 不 未 没有 不是 不合格 failed"],
];

/** Nothing is known; the row lives without it. */
export const unknownLines: readonly WordLine<boolean>[] = [
  [null, "不详 未知 不明 不清楚 待核实 待定 ? ？", why("情况不明，按未知录入", "not known: left open")],
];

export const onPostLines: readonly WordLine<boolean>[] = [
  [true, "在岗 在职在岗 在岗在职 在职 在岗人员 在职人员 上岗 正常在岗 正常"],
  [false, "不在岗 离岗 待岗 下岗 内退 退休 已退休 退养 离岗退养 离职 已离职 辞职 辞退 调出 调离 死亡 去世 停薪留职"],
  [
    null,
    "病假 长病假 长期病假 病休 休假 产假 事假 探亲假 哺乳假 请假 长假 借调 借用 外借 抽调 挂职 驻村 援疆 脱产学习 学习 进修 培训 支教 停职 待分配",
    why(
      "是否在岗不能由此判断，按未知录入，请填是或否",
      "does not say whether the post is held: left open, write 是 or 否",
    ),
  ],
];

export const trainingLines: readonly WordLine<boolean>[] = [
  [true, "合格 passed true 是 1 yes y √ ✓ ✔ ☑ 对 有 完成 已完成 通过 已通过 达标 已达标 及格 优秀 良好"],
  [false, "不合格 failed false 否 0 no n × x ✗ ✘ 无 未完成 没完成 未通过 不通过 未达标 不达标 不及格 未参加 没参加"],
  [
    true,
    "参加 已参加",
    why("“参加”按合格录入，请确认已取得合格结果", "attendance is taken for a pass: confirm the result"),
  ],
];

export const gradeLines: readonly WordLine<string>[] = [
  ["excellent", "优 优等 优秀等次 考核优秀"],
  ["qualified", "合 合格/称职 合格等次 称职等次 考核合格 考核称职"],
  ["basicallyQualified", "基本合格/基本称职 基本合格等次 基本称职等次 基合 基本合"],
  ["unqualified", "不合格/不称职 不合格等次 不称职等次 不合"],
  [
    "ungraded",
    "不确定等次 未确定等次 不定等级 未评定等次 不评定等次 未评等次 未定等 不定等 未定 不定 未考核 不考核 未参加考核 不参加考核 参加考核不定等次 参加考核不确定等次 只写评语不定等次 只写评语不确定等次",
  ],
  [
    "excellent",
    "嘉奖 优秀嘉奖 优秀并嘉奖 优秀且嘉奖 优秀给予嘉奖",
    why(
      "嘉奖授予考核优秀人员，按优秀录入；嘉奖本身未录入",
      "a commendation goes with excellent: taken so, the commendation is not kept",
    ),
  ],
];
