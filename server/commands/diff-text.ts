/** A comparison of two rulebooks as lines for people, Chinese first. */
import type { Population } from "../eligibility/index.ts";
import type { Message } from "../errors.ts";
import type { BalanceRule } from "../rules/balance.ts";
import type {
  ConditionChange,
  ConditionSide,
  LevelDiff,
  ListDiff,
  PathwayDiff,
  RulebookDiff,
  Side,
} from "../rules/diff.ts";
import type { WindowDocument } from "../rules/document.ts";
import type { Decision } from "../rules/evaluate.ts";
import { levelValues, type TargetLevel } from "../rules/facts.ts";
import type { PublicityRule } from "../rules/publicity.ts";
import type { QuotaRule } from "../rules/quota.ts";
import type { Citation } from "../rules/rulebook.ts";
import type { ScoreRule } from "../rules/score-rule.ts";

const both = ({ zh, en }: Message) => `${zh} · ${en}`;
const none = "无 · none";
const join = (parts: readonly string[]) => (parts.length > 0 ? parts.join("、") : none);
const cited = ({ document, clause }: Citation) => `(${document} ${clause})`;

function levelName(level: TargetLevel): string {
  const found = levelValues.find(({ code }) => code === level);
  return `${found?.zh[0] ?? level} · ${level}`;
}

const decisionNames: Readonly<Record<Decision, string>> = {
  eligible: "符合 · eligible",
  undetermined: "待核 · undetermined",
  ineligible: "不符合 · ineligible",
};

const dateNames: Readonly<Record<string, string>> = {
  "window.from": "申报首日 · window.from",
  "window.to": "申报末日 · window.to",
  cutOff: "在职截止月份 · cutOff",
};

/** Every line of the comparison, without line ends. */
export function diffLines(diff: RulebookDiff, population: Population | null): string[] {
  const { a, b, year } = diff;
  const name = (side: Side) => (side === "a" ? a.id : b.id);
  return [
    `${a.id} (${year.a}) → ${b.id} (${year.b})`,
    `${both(a.title)} → ${both(b.title)}`,
    ...(diff.same ? ["规则没有差异 · no difference in the rules"] : []),
    ...diff.levels.flatMap((level) => levelLines(level, name)),
    ...diff.lists.map((list) => listLine(list, name)),
    ...(diff.quota.changed ? [`指标 quota：${quotaWords(diff.quota.a)} → ${quotaWords(diff.quota.b)}`] : []),
    ...(diff.scores.changed ? [`量化评分 scores：${scoreWords(diff.scores.a)} → ${scoreWords(diff.scores.b)}`] : []),
    ...(diff.publicity.changed
      ? [`公示 publicity：${publicityWords(diff.publicity.a)} → ${publicityWords(diff.publicity.b)}`]
      : []),
    ...(diff.balance.changed
      ? [`名额平衡 balance：${balanceWords(diff.balance.a)} → ${balanceWords(diff.balance.b)}`]
      : []),
    ...(population ? populationLines(population) : []),
  ];
}

function levelLines(level: LevelDiff, name: (side: Side) => string): string[] {
  const title = `[${levelName(level.level)}]`;
  if (level.in !== "both") return [`${title} ${only(name(level.in))}`];
  const lines = [
    ...(level.window.changed
      ? [`申报时间 window：${windowWords(level.window.a)} → ${windowWords(level.window.b)}`]
      : []),
    ...(level.cutOff.changed ? [`在职截止月份 cut-off：${level.cutOff.a ?? none} → ${level.cutOff.b ?? none}`] : []),
    ...level.pathways.flatMap((one) => pathwayLines(one, name)),
    ...level.conditions.map(conditionLine),
  ];
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

const only = (id: string) => `仅 ${id} 有 · only in ${id}`;

function windowWords(window: WindowDocument | null): string {
  return window ? `${window.from}—${window.to}${window.citation ? ` ${cited(window.citation)}` : ""}` : none;
}

function pathwayLines(pathway: PathwayDiff, name: (side: Side) => string): string[] {
  if (!pathway.changed) return [];
  const label = pathway.label.a ?? pathway.label.b;
  const head = `途径 pathway ${pathway.id}${label ? `（${both(label)}）` : ""}：`;
  if (pathway.in !== "both") return [`${head}${only(name(pathway.in))}`];
  const { module, waived, relieved } = pathway;
  const differs = (a: readonly string[], b: readonly string[]) => a.join() !== b.join();
  return [
    ...(module.a === module.b ? [] : [`${head}类别 module ${module.a} → ${module.b}`]),
    ...(differs(waived.a, waived.b) ? [`${head}免除 waives ${join(waived.a)} → ${join(waived.b)}`] : []),
    ...(differs(relieved.a, relieved.b) ? [`${head}放宽 relieves ${join(relieved.a)} → ${join(relieved.b)}`] : []),
  ];
}

const roleNames: Readonly<Record<ConditionChange["role"], string>> = {
  condition: "条件",
  remark: "提示 remark",
  selectionExemption: "免选拔考试 selection exemption",
};

function conditionLine({ id, role, pathways, through, a, b }: ConditionChange): string {
  const where = pathways.length > 0 ? ` [${pathways.join(", ")}]` : "";
  const why = through.length > 0 ? ` ← ${through.map((one) => dateNames[one] ?? `名单 · list ${one}`).join("、")}` : "";
  return `${roleNames[role]} ${id}${where}：${sideWords(a)} → ${sideWords(b)}${why}`;
}

function sideWords(side: ConditionSide | null): string {
  if (!side) return none;
  const marks = [
    ...(side.trades ? [`限 only ${side.trades.join("、")}`] : []),
    ...(side.advisory ? ["仅列示 · advisory"] : []),
    ...(side.planning === "assume" ? ["规划时视为具备 · assumed in planning"] : []),
    ...(side.planning === "exclude" ? ["规划时不计 · not counted on in planning"] : []),
    ...(side.derived ? ["推定 · derived"] : []),
  ];
  return [both(side.sentence), ...marks.map((mark) => `〔${mark}〕`), cited(side.citation)].join(" ");
}

function listLine(list: ListDiff, name: (side: Side) => string): string {
  const head = `名单 list ${list.name}：`;
  if (list.in !== "both") return `${head}${only(name(list.in))} ${join([...list.added, ...list.removed])}`;
  return `${head}增 added ${join(list.added)}；减 removed ${join(list.removed)}`;
}

const percent = (share: number) => `${Number((share * 100).toFixed(4))}%`;

function quotaWords(quota: QuotaRule | null): string {
  if (!quota) return none;
  const places =
    "share" in quota
      ? `岗位数的 ${percent(quota.share.atMost)} · ${percent(quota.share.atMost)} of the posts`
      : quota.bands
          .map((band) => `≥${band.from}: ${band.places}${band.alternateYears ? "（隔年 · alternate years）" : ""}`)
          .join(", ");
  return `${levelName(quota.level)} ${places} ${cited(quota.citation)}`;
}

/** The parts with their most points; the items stand in the rulebook. */
function scoreWords(scores: ScoreRule | null): string {
  if (!scores) return none;
  const { levels, daily, honours, continuingEducation, ability } = scores;
  const parts = [daily, honours, ability, continuingEducation].map(({ label, cap }) => `${label.zh} ≤ ${cap}`);
  return `${levels.map(levelName).join("、")}：${parts.join("、")} ${cited(daily.citation)}`;
}

function publicityWords(publicity: PublicityRule | null): string {
  if (!publicity) return none;
  const { workingDays: days, citation } = publicity;
  return `不少于 ${days} 个工作日 · at least ${days} working days ${cited(citation)}`;
}

function balanceWords(balance: BalanceRule | null): string {
  if (!balance) return none;
  const share = percent(balance.trade.atMost);
  return `${levelName(balance.level)} 单一工种不超过 ${share} · at most ${share} of one trade ${cited(balance.citation)}`;
}

function populationLines({ rosterYear, examYear, levels }: Population): string[] {
  const pairs = (list: Population["levels"][number]["changes"]) =>
    list.length === 0
      ? "无变化 · no change"
      : list.map(({ from, to, workers }) => `${decisionNames[from]} → ${decisionNames[to]} ${workers}`).join("；");
  return [
    `${rosterYear} 年度名册按 ${examYear} 年核验 · the roster of ${rosterYear} decided for ${examYear}`,
    ...levels.flatMap(({ level, workers, changes, planningChanges }) => [
      `  [${levelName(level)}] ${workers} 人 · workers`,
      `    资格结论 decision：${pairs(changes)}`,
      `    预计可申报 planning：${pairs(planningChanges)}`,
    ]),
  ];
}
