/** The shapes the API answers with, as far as the pages read them. People are counts, dates ISO 8601. */
import type { Message } from "../../server/errors.ts";
import type { QuotaRule } from "../../server/rules/quota.ts";

export type { Message };

export const levelCodes = ["junior", "intermediate", "senior", "technician", "seniorTechnician"] as const;
export type LevelCode = (typeof levelCodes)[number];

export type Decision = "eligible" | "ineligible" | "undetermined";
export type Outcome = "met" | "unmet" | "unknown" | "waived";

export const modules = ["normal", "early", "exceptional", "transfer", "reverification", "direct"] as const;
export type Module = (typeof modules)[number];

/** Counts over the eligibility table. */
export const eligibilityMeasures = [
  "workers",
  "eligible",
  "undetermined",
  "ineligible",
  "planningEligible",
  ...modules,
] as const;
export type EligibilityMeasure = (typeof eligibilityMeasures)[number];

/** Counts over the quota table that have a list of people behind them; quotaEligible is its column planningEligible. */
export const quotaMeasures = [
  "technicians",
  "quotaEligible",
  "appliedLastYear",
  "applications",
  "used",
  "exempt",
] as const;
export type QuotaMeasure = (typeof quotaMeasures)[number];

/** Counts of one condition of one rulebook level. */
export const conditionMeasures = ["unmet", "soleBlocker", "oneShort", "blocked", "unknown"] as const;
export type ConditionMeasure = (typeof conditionMeasures)[number];
/** Of several conditions together. */
export const setMeasures = ["together"] as const;
export type SetMeasure = (typeof setMeasures)[number];

/** Of all conditions of a rulebook level. */
export const ruleMeasures = ["blockedAll", "oneAway"] as const;
export type RuleMeasure = (typeof ruleMeasures)[number];

/** Applications of the exam year. */
export const passMeasures = ["applied", "examined", "passed"] as const;
export type PassMeasure = (typeof passMeasures)[number];

/** In order. */
export const stages = [
  "applied",
  "unitReview",
  "officeReview",
  "selected",
  "attended",
  "theory",
  "skills",
  "defence",
  "comprehensiveReview",
  "pass",
] as const;
export type Stage = (typeof stages)[number];
export const stageMeasures = [
  "stageBefore",
  "stageAfter",
  "stageLost",
  "stageAlone",
  "stageOpen",
  "stageTook",
] as const;
export type StageMeasure = (typeof stageMeasures)[number];

/** Applications under a quota, of two exam years. */
export const windowMeasures = ["windowCandidates", "windowUsed", "queued"] as const;
export type WindowMeasure = (typeof windowMeasures)[number];

export type Measure =
  | EligibilityMeasure
  | QuotaMeasure
  | ConditionMeasure
  | SetMeasure
  | RuleMeasure
  | PassMeasure
  | StageMeasure
  | WindowMeasure;

export interface District {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly tier: string;
}

export interface Trade {
  readonly name: string;
  readonly category: string;
  readonly general: boolean;
  readonly generalAssumed: boolean;
}

export type QuotaInfo = QuotaRule & { readonly sentence: Message };

export interface RulebookInfo {
  readonly id: string;
  readonly title: Message;
  readonly year: number;
  readonly levels: readonly LevelCode[];
  readonly hash: string;
  readonly quota: QuotaInfo | null;
}

export interface RulebookUse {
  readonly rulebook: string;
  readonly district: string;
  readonly level: LevelCode;
  readonly examYear: number;
  readonly projected: boolean;
}

export interface Meta {
  readonly dataVersion: number;
  readonly publishedAt: string | null;
  readonly demo: boolean;
  readonly rosterYears: readonly number[];
  readonly examYears: readonly number[];
  readonly newestExamYear: number | null;
  readonly rulebooks: readonly RulebookInfo[];
  readonly districts: readonly District[];
  readonly trades: readonly Trade[];
  readonly levels: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
  readonly rulebooksInUse: readonly RulebookUse[];
}

/** Grouping columns: present when the table was asked for by them. */
export interface Groups {
  readonly district?: string;
  readonly districtName?: string;
  readonly trade?: string | null;
  readonly unit?: string;
  readonly unitName?: string;
  readonly targetLevel?: LevelCode;
}

export type EligibilityRow = Groups & Readonly<Record<EligibilityMeasure, number>> & { readonly examYear: number };

export interface QuotaRow extends Groups {
  readonly examYear: number;
  readonly technicians: number;
  readonly generalTrade: boolean | null;
  /** People on post in the unit and those of them who hold the level; null unless the quota is a share of the posts. */
  readonly posts: number | null;
  readonly holders: number | null;
  readonly quota: number | null;
  readonly appliedLastYear: number;
  readonly planningEligible: number;
  readonly exempt: number;
  readonly applications: number;
  readonly used: number;
  readonly left: number | null;
  readonly over: number | null;
  readonly assumed: boolean;
}

/** How many of a roster one condition of one rulebook level stops. */
export interface BottleneckRow extends Groups {
  readonly examYear: number;
  readonly rulebook: string;
  readonly condition: string;
  /** Ineligible people among whose reasons it is. */
  readonly blocked: number;
  /** For whom it is the only reason. */
  readonly soleBlocker: number;
  /** Undetermined people for whom it is open. */
  readonly unknown: number;
  /** All who do not satisfy it. */
  readonly unmet: number;
  readonly share: number | null;
  readonly workers: number;
  readonly ineligible: number;
  readonly advisory: boolean;
  readonly conditionZh: string;
  readonly conditionEn: string;
  /** Its part of the people blocked, each shared alike by the conditions that block him. */
  readonly shapley: number;
  /** People for whom it alone would do, on some pathway. */
  readonly oneShort: number;
  readonly curability: Curability;
  readonly curabilityZh: string;
  readonly curabilityEn: string;
}

export const curabilities = ["time", "action", "external"] as const;
export type Curability = (typeof curabilities)[number];

export const pools = ["near", "all"] as const;
/** Whom conditions are counted for: who holds the level right below, or everybody. */
export type Pool = (typeof pools)[number];

/** Conditions that stop people together. */
export interface BlockingSet extends Groups {
  readonly examYear: number;
  readonly rulebook: string;
  /** Ids, joined by commas. */
  readonly conditions: string;
  readonly size: number;
  readonly blocked: number;
  readonly share: number;
  readonly ineligible: number;
  readonly conditionsZh: string;
  readonly conditionsEn: string;
}

/** One stage of one level. */
export interface StageRow extends Groups {
  readonly examYear: number;
  readonly stage: Stage;
  readonly blocked: number;
  readonly soleBlocker: number;
  readonly unknown: number;
  readonly share: number | null;
  readonly before: number;
  readonly after: number;
  readonly took: number;
  readonly conversion: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  readonly closed: boolean;
}

/** The quota of two exam years. */
export interface QuotaPressureRow extends Groups {
  readonly examYear: number;
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly places: number;
  readonly candidates: number;
  readonly used: number;
  readonly overSubscription: number | null;
  readonly candidatesWithoutPlace: number;
  readonly idleWithoutCandidates: number;
  readonly idleWithCandidates: number;
  readonly withheld: number;
  readonly blockedByAlternation: number;
  readonly queue: number;
  readonly few: boolean;
  readonly chance: number | null;
  readonly expectedWait: number | null;
  readonly yearsLeft: number | null;
  readonly selectedBeforeRetirement: number | null;
  readonly oneMore: number;
  /** Of the queue, who could have a place that stood idle in another unit of the same district, trade and level. */
  readonly transferPotential: number;
  readonly assumed: boolean;
}

export type Signal = "above" | "below" | "inside" | "few";

export interface PassRateRow extends Groups {
  readonly examYear: number;
  readonly applications: number;
  readonly examined: number;
  readonly passed: number;
  readonly passRate: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  readonly signal: Signal;
  readonly again: number;
  readonly expected: number;
  readonly expectedRate: number | null;
  readonly limitLow: number | null;
  readonly limitHigh: number | null;
  readonly falseDiscovery: number | null;
  /** Variance between the groups besides chance, of rates. */
  readonly between: number;
}

/** A row of a list of people. The columns after `examYear` come with the measures of the quota table. */
export interface PersonRow {
  readonly rosterRow: number | null;
  readonly workerId: string;
  readonly name: string | null;
  readonly sex: string | null;
  readonly birthDate: string | null;
  readonly district: string;
  readonly districtName: string;
  readonly department: string | null;
  readonly unit: string;
  readonly unitName: string;
  readonly trade: string | null;
  readonly presentLevel: string | null;
  readonly levelObtainedOn: string | null;
  readonly workStartedOn: string | null;
  readonly education: string | null;
  readonly targetLevel: LevelCode | null;
  readonly decision: Decision | null;
  readonly planningDecision: Decision | null;
  readonly module: Module | null;
  readonly rulebook: string | null;
  readonly examYear: number;
  readonly result?: string | null;
  readonly usesQuota?: boolean | null;
}

export interface People {
  readonly total: number;
  readonly rows: readonly PersonRow[];
}

export type FactValue = unknown;
export type Facts = Readonly<Record<string, FactValue>>;

export interface WorkerRecord {
  readonly worker: Readonly<Record<string, unknown>>;
  readonly facts: Facts;
  readonly history: readonly {
    readonly rosterYear: number;
    readonly level: string | null;
    readonly unit: string;
    readonly trade: string | null;
  }[];
  readonly applications: readonly Readonly<Record<string, unknown>>[];
}

export interface Citation {
  readonly document: string;
  readonly clause: string;
}

/** What planning takes an unknown as: met, or unmet; null: it stays unknown. */
export type Planning = "assume" | "exclude" | null;

/** One of the parts of a condition. */
export interface AlternativeResult {
  readonly id: string;
  readonly outcome: Outcome;
  readonly asked: Message;
  /** What was found, in words. */
  readonly foundText: Message | null;
  readonly required: unknown;
  readonly shortfall?: Message;
  readonly planning: Planning;
  readonly assumed: boolean;
  readonly alternatives?: readonly AlternativeResult[];
}

export interface ConditionResult {
  readonly id: string;
  readonly outcome: Outcome;
  readonly required: unknown;
  readonly text: Message;
  readonly citation?: Citation | null;
  readonly derived?: boolean;
  readonly advisory?: boolean;
  readonly planning: Planning;
  readonly assumed: boolean;
  readonly asked: Message;
  /** The same with dates and numbers, where `asked` has the rulebook's own words. */
  readonly exactly?: Message;
  readonly foundText: Message | null;
  readonly shortfall?: Message;
  readonly alternatives?: readonly AlternativeResult[];
}

export interface PathwayResult {
  readonly id: string;
  readonly module: Module;
  readonly label?: Message;
  readonly outcome: Outcome;
  readonly planningOutcome: Outcome;
  readonly conditions: readonly ConditionResult[];
}

export interface EvaluationResult {
  readonly rulebook: string;
  readonly examYear: number;
  readonly projected: boolean;
  readonly targetLevel: LevelCode;
  readonly workerId?: string | null;
  readonly decision: Decision;
  readonly planningDecision: Decision;
  readonly assumed: readonly string[];
  readonly modules: readonly Module[];
  readonly remarks: readonly string[];
  readonly selectionExam: string | null;
  readonly firstEligibleYear: number | null;
  readonly missing: readonly string[];
  readonly blocking: readonly string[];
  readonly pathways: readonly PathwayResult[];
}

export type RosterKind = "workers" | "applications";

export interface ImportProblem {
  /** Null: the file as a whole. */
  readonly row: number | null;
  readonly column: string | null;
  readonly value: unknown;
  readonly code: string;
  readonly message: Message;
  readonly severity: "error" | "warning";
}

export interface ImportReport {
  readonly file: string;
  readonly kind: RosterKind;
  readonly rowsRead: number;
  readonly rowsLoaded: number;
  readonly rowsRejected: number;
  readonly rowsUpdated: number;
  readonly rowsUnchanged: number;
  readonly problems: readonly ImportProblem[];
  /** Found, but too many to list. Absent in older records. */
  readonly problemsNotListed?: number;
  readonly unmapped: {
    readonly columns: readonly string[];
    readonly trades: readonly string[];
    readonly districts: readonly string[];
  };
  readonly version?: number | null;
  readonly importId?: number | null;
}

export interface ImportRecord {
  readonly id: number;
  readonly kind: RosterKind;
  readonly file: string;
  readonly importedAt: string;
  readonly version: number;
  readonly report: ImportReport;
}

/** A publicity period by the working-day calendar. */
export interface PublicityAnswer {
  readonly from: string;
  readonly workingDays: number;
  readonly until: string;
  readonly days: readonly { readonly date: string; readonly working: boolean; readonly name: string | null }[];
}
