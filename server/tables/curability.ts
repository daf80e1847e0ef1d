/**
 * What can be done about an unmet condition, by its kind:
 *
 *   time      it will be met by waiting: years, ages, cycles, bans that lapse
 *   action    the worker or the unit can do something: papers, education, appraisals, training, certificates
 *   external  neither waiting nor doing helps: the trade, the present level, retirement, employment, what happened before
 *
 * The one place for it. A fact goes before its operator; `all` is as hard as its hardest part, `any` as easy as its easiest.
 */
import type { Message } from "../errors.ts";
import type { Condition } from "../rules/rulebook.ts";
import type { TermSpec } from "../rules/term.ts";

/** From the easiest to the hardest. */
export const curabilities = ["time", "action", "external"] as const;
export type Curability = (typeof curabilities)[number];

export interface Cure extends Message {
  readonly kind: Curability;
}

const cure = (kind: Curability, zh: string, en: string): Cure => ({ kind, zh, en });

const years = cure("time", "年限到了即满足", "met once the years have passed");
const papers = cure("action", "可补办或取得", "can be obtained");
const past = cure("external", "既成事实，不能改变", "a fact that cannot be changed");
const status = cure("external", "取决于岗位和编制", "depends on post and employment");

const operators: Readonly<Record<string, Cure>> = {
  elapsed: years,
  age: cure("time", "年龄到了即满足", "met once the age is reached"),
  cycle: cure("time", "等到轮到的年度", "met in the year whose turn it is"),
  lapsed: cure("time", "期满后自动解除", "lapses by itself"),
  date: years,
  retirement: cure("external", "由法定退休时间决定", "decided by statutory retirement"),
  level: cure("external", "由现技术等级决定", "decided by the present level"),
  years: cure("action", "靠今后年度的考核与培训", "by the appraisals and training of coming years"),
  items: cure("action", "可取得荣誉、奖项或成果", "by honours, awards or achievements"),
  number: papers,
  value: papers,
  evidence: cure("action", "提交证明材料即可", "by handing in the evidence"),
  present: past,
  unrecorded: past,
};

const facts: Readonly<Record<string, Cure>> = {
  trade: cure("external", "由开考工种目录决定", "decided by the list of open trades"),
  employment: status,
  onPost: status,
  transferred: past,
  levelSource: past,
  promotedSinceReverification: past,
  arrivedFromOtherProvince: past,
  sex: past,
  disciplineClean: cure("time", "影响期满后恢复", "restored when the penalty has run its time"),
  safeDrivingYears: years,
  drivingLicenceValidUntil: cure("action", "换证即可", "by renewing the licence"),
  postLicenceValidUntil: cure("action", "换证即可", "by renewing the licence"),
};

const order = cure("external", "由其他申报类别是否符合决定", "decided by whether another pathway is met");
const unlisted = past;

const rank = ({ kind }: Cure) => curabilities.indexOf(kind);
const hardest = (cures: readonly Cure[]) => cures.reduce((one, other) => (rank(other) > rank(one) ? other : one));
const easiest = (cures: readonly Cure[]) => cures.reduce((one, other) => (rank(other) < rank(one) ? other : one));

const isSpec = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const factOf = (spec: unknown) => (isSpec(spec) && typeof spec.fact === "string" ? spec.fact : "");

function ofPart(part: TermSpec): Cure {
  for (const [name, spec] of Object.entries(part)) {
    if (Array.isArray(spec) && spec.length > 0) {
      if (name === "all") return hardest(spec.filter(isSpec).map(ofPart));
      if (name === "any" || name === "anyUnused") return easiest(spec.filter(isSpec).map(ofPart));
    }
    const known = operators[name];
    if (!known) continue;
    // fewer than so many years: every year takes it further away
    if (name === "elapsed" && isSpec(spec) && spec.lessThan !== undefined) return past;
    return facts[factOf(spec)] ?? known;
  }
  return unlisted;
}

/** What can be done about a condition, and why. */
export const curabilityOf = ({ part, noneMet }: Condition): Cure => (noneMet ? order : ofPart(part));
