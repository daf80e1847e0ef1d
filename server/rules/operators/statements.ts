/** Facts that are true or false, as what a notice asks for and as what is on record. */
import type { Message } from "../../errors.ts";
import { factLabel } from "./labels.ts";

interface Statement {
  /** Of the worker: true, false. The bar is the place of 应 where it does not come first. */
  readonly zh: readonly [string, string];
  /** What is asked: true, false. */
  readonly en: readonly [string, string];
}

const statements: ReadonlyMap<string, Statement> = new Map([
  ["onPost", { zh: ["在岗", "不在岗"], en: ["must be on post", "must not be on post"] }],
  [
    "transferred",
    {
      zh: ["已转岗", "未转岗"],
      en: ["must have been transferred to another trade", "must not have been transferred to another trade"],
    },
  ],
  [
    "promotedSinceReverification",
    {
      zh: ["复核后|已晋级", "复核后|未晋级"],
      en: ["must have been promoted since re-verification", "must not have been promoted since re-verification"],
    },
  ],
  [
    "educationInTrade",
    {
      zh: ["专业|与工种相关", "专业|与工种不相关"],
      en: ["the education must be in the trade", "the education must not be in the trade"],
    },
  ],
  [
    "adultHigherEducationCertificate",
    {
      zh: ["有成人高等教育专业证书", "无成人高等教育专业证书"],
      en: ["must hold the adult higher education certificate", "must not hold the adult higher education certificate"],
    },
  ],
  [
    "collegeEquivalent",
    {
      zh: ["有相当大专的学历", "无相当大专的学历"],
      en: ["must have an education equal to college", "must have no education equal to college"],
    },
  ],
  [
    "disciplineClean",
    {
      zh: ["无违纪违规", "有违纪违规"],
      en: ["must be without any breach of discipline", "must have breached discipline"],
    },
  ],
  [
    "competenceAttested",
    {
      zh: ["有能力业绩证明", "无能力业绩证明"],
      en: ["competence must be attested", "competence must not be attested"],
    },
  ],
  ["highSkill", { zh: ["有较高技艺", "无较高技艺"], en: ["must have high skill", "must not have high skill"] }],
  [
    "thesisSubmitted",
    {
      zh: ["已交专业论文", "未交专业论文"],
      en: ["the thesis must be handed in", "the thesis must not be handed in"],
    },
  ],
  [
    "titleInTrade",
    {
      zh: ["职称|与工种相关", "职称|与工种不相关"],
      en: ["the professional title must be in the trade", "the professional title must not be in the trade"],
    },
  ],
  [
    "standardsContributor",
    {
      zh: ["参与制定省级行业标准", "未参与制定省级行业标准"],
      en: ["must have taken part in a provincial standard", "must not have taken part in a provincial standard"],
    },
  ],
  ["uniqueSkill", { zh: ["有绝技绝活", "无绝技绝活"], en: ["must have a unique skill", "must have no unique skill"] }],
  [
    "fleetCaptain",
    {
      zh: ["有车队长或调度管理任职", "无车队长或调度管理任职"],
      en: ["must be appointed fleet captain or dispatcher", "must not be appointed fleet captain or dispatcher"],
    },
  ],
  [
    "financeExperience",
    {
      zh: ["有财务管理工作经历", "无财务管理工作经历"],
      en: ["must have experience in financial management", "must have no experience in financial management"],
    },
  ],
  [
    "arrivedFromOtherProvince",
    {
      zh: ["为外省调入", "非外省调入"],
      en: ["must have arrived from another province", "must not have arrived from another province"],
    },
  ],
]);

/** What a notice asks of a fact that is true or false. */
export function statementAsked(fact: string, wanted: boolean): Message {
  const statement = statements.get(fact);
  const label = factLabel(fact);
  if (!statement)
    return {
      zh: `“${label.zh}”应为${wanted ? "是" : "否"}`,
      en: `“${label.en}” must be ${wanted ? "yes" : "no"}`,
    };
  const zh = statement.zh[wanted ? 0 : 1];
  return { zh: zh.includes("|") ? zh.replace("|", "应") : `应${zh}`, en: statement.en[wanted ? 0 : 1] };
}

const found: ReadonlyMap<string, readonly string[]> = new Map(
  [...statements].map(([fact, { zh }]) => [fact, zh.map((text) => text.replace("|", ""))]),
);

/** A fact that is true or false as it is on record; undefined when 是 or 否 says it. */
export const statementFound = (fact: string, value: boolean): string | undefined => found.get(fact)?.[value ? 0 : 1];
