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
export const conditionMeasures = ["unmet", "soleBlocker", "blocked", "unknown"] as const;
export type ConditionMeasure = (typeof conditionMeasures)[number];

export type Measure = EligibilityMeasure | QuotaMeasure | ConditionMeasure;

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
