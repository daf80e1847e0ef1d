/** What `rulebooks check` can find: every kind of fault with its stable code, and one finding with its place. */
import type { Message } from "../errors.ts";

export type Severity = "error" | "warning";

export interface FaultKind {
  /** Stable: scripts and documents refer to it. */
  readonly code: string;
  readonly severity: Severity;
  readonly meaning: Message;
}

const error = (code: string, zh: string, en: string): FaultKind => ({
  code,
  severity: "error",
  meaning: { zh, en },
});
const warning = (code: string, zh: string, en: string): FaultKind => ({
  code,
  severity: "warning",
  meaning: { zh, en },
});

/** Every kind of fault. A code is never given to another kind. */
export const faultKinds = {
  // The text
  syntax: error("RB001", "YAML 语法错误", "the file is not YAML"),
  duplicateKey: error("RB002", "同一处重复的键", "a key that stands twice in one place"),
  unknownKey: error("RB003", "没有这个键", "a key there is not"),
  missingKey: error("RB004", "缺少必需的键", "a required key is missing"),
  wrongValue: error("RB005", "类型或取值不对", "a value of the wrong type or out of range"),
  invalidDate: error("RB006", "日期写法不对", "not a date, or not a date template"),
  invalidId: error("RB007", "规则库编号应为“名称-年度”", "a rulebook id that is not name-year"),
  fileName: warning("RB008", "文件名与规则库编号不一致", "a file that is not named like its rulebook"),
  emptyList: error("RB009", "空列表", "an empty list"),
  // Conditions
  unknownOperator: error("RB010", "没有这种条件写法", "an operator there is not"),
  operatorCount: error("RB011", "一个条件应恰有一种写法", "a condition with no operator, or with several"),
  unknownFact: error("RB012", "没有这项信息", "a fact there is not"),
  unfitFact: error("RB013", "条件写法与信息的类型不合", "an operator that does not fit the type of its fact"),
  unknownValue: error("RB014", "信息没有这个取值", "a value its fact cannot have"),
  missingCitation: error("RB015", "条件没有依据条款", "a condition without a citation"),
  // References
  duplicateId: error("RB016", "编号重复", "an id that is given twice"),
  unknownRulebook: error("RB017", "没有所继承的规则库", "the rulebook extended does not exist"),
  circularExtends: error("RB018", "规则库相互继承", "rulebooks that extend each other"),
  unknownCondition: error("RB019", "没有这个条件", "a condition there is not"),
  unknownPathway: error("RB020", "没有可继承的这条途径", "a pathway there is not to inherit"),
  unknownList: error("RB021", "没有这个列表", "a list there is not"),
  unknownLevel: error("RB022", "没有这个等级", "a level there is not"),
  unknownModule: error("RB023", "没有这个申报类别", "a module there is not"),
  absentCondition: error("RB024", "途径里没有要免除的条件", "a waiver of a condition the pathway does not have"),
  missingDate: error("RB025", "该等级没有这个日期", "a named date the level does not have"),
  noPathway: error("RB026", "等级没有途径", "a level without pathways"),
  // Sense
  impossibleCondition: error("RB027", "谁也不可能符合的条件", "a condition nobody can meet"),
  contradiction: error(
    "RB028",
    "同一途径的两个条件互相矛盾",
    "two conditions of one pathway that contradict each other",
  ),
  unreachablePathway: error("RB029", "走不通的途径", "a pathway nobody can reach"),
  uselessPathway: error("RB030", "多余的途径", "a pathway that can never matter"),
  windowOrder: error("RB031", "申报期止早于起", "a window that ends before it starts"),
  bandGap: error("RB032", "指标分档有空档", "quota bands that leave a gap"),
  bandOverlap: error("RB033", "指标分档重叠", "quota bands that overlap"),
  bandOrder: error("RB034", "人数较多的分档指标反而较少", "a quota band with fewer places than a lower one"),
  tooMany: error("RB035", "一个等级的条件或途径过多", "too many conditions or pathways in one level"),
  unused: warning("RB036", "没有用到的条件、列表或等级", "a condition, list or level that nothing uses"),
  missingLabel: warning("RB037", "途径没有名称", "a pathway without a label"),
  // Cases
  noCases: error("RB038", "等级没有案例", "a level without cases"),
  impossibleFacts: error("RB039", "案例的信息不可能成立", "a case with impossible facts"),
  unknownExpectation: error("RB040", "案例期望的名称不存在", "a case that expects a name there is not"),
  failedCase: error("RB041", "案例不成立", "a case that does not hold"),
  differingCase: error("RB042", "案例在批量判定中结果不同", "a case the bulk decision answers differently"),
  missingPerson: error("RB043", "等级没有写人员，案例无从出发", "a level without a person for its cases"),
  ineligiblePerson: error("RB044", "所写人员本人不符合", "a person of the cases who is not eligible"),
  // Added later
  openWaiver: warning("RB045", "免除条件的途径没有前提", "a pathway that waives conditions for everybody"),
  unknownTrade: warning("RB046", "工种名称与工种表不一致", "a trade that is not named as in the table of trades"),
  untestedQuota: warning("RB047", "指标没有算例", "a quota without cases"),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;

/** One finding in a rulebook file. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly message: Message;
  /** What to write instead. */
  readonly suggestion: Message | null;
}

/** By file, then by place, then by code. */
export const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
  a.line - b.line ||
  a.column - b.column ||
  (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);

/** One line for people: `nantong-2023.yaml:41:13 RB012 没有信息 levelObtainedAt；是否指 levelObtainedOn？ · unknown fact …`. */
export function diagnosticLine({ code, file, line, column, message, suggestion }: Diagnostic): string {
  const zh = suggestion ? `${message.zh}；${suggestion.zh}` : message.zh;
  const en = suggestion ? `${message.en}; ${suggestion.en}` : message.en;
  return `${file}:${line}:${column} ${code} ${zh} · ${en}`.replace(/\s*[\r\n]+\s*/g, " ");
}
