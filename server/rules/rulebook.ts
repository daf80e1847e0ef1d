/** What a rulebook is once it is read: immutable, with `extends` resolved. */
import { AppError, type Message } from "../errors.ts";
import type { BalanceRule } from "./balance.ts";
import type { CasePeople, RulebookCase } from "./case-schema.ts";
import type { TargetLevel } from "./facts.ts";
import { nearest } from "./parse-facts.ts";
import type { PublicityRule } from "./publicity.ts";
import type { QuotaCase, QuotaRule } from "./quota.ts";
import type { ScoreRule } from "./score-rule.ts";
import type { ScoreCase } from "./score-text.ts";
import type { TermSpec } from "./term.ts";

export const modules = ["normal", "early", "exceptional", "transfer", "reverification", "direct"] as const;
export type Module = (typeof modules)[number];

export interface Citation {
  readonly document: string;
  readonly clause: string;
}

/** A condition as a rulebook states it. */
export interface Condition {
  /** Name inside the rulebook; several may share an id (seniority of different levels). */
  readonly key: string;
  /** Id the evaluator reports. */
  readonly id: string;
  readonly label: Message | undefined;
  readonly citation: Citation;
  /** Not in the notice itself but taken from a sister notice or general practice. */
  readonly derived: boolean;
  /** The rulebook it comes from, when that is another one. */
  readonly inheritedFrom: string | undefined;
  readonly planning: TermSpec["planning"];
  /** Listed and marked, decides nothing. */
  readonly advisory: boolean;
  /** Only for these trades. */
  readonly trades: readonly string[] | undefined;
  /** Operator name → its text; or `noneMet`: a module none of whose pathways is met. */
  readonly part: TermSpec;
  readonly noneMet: Module | undefined;
}

export interface Pathway {
  readonly id: string;
  readonly module: Module;
  readonly label: Message | undefined;
  readonly door: Condition | undefined;
  /** In order; the door last. */
  readonly conditions: readonly Condition[];
  /** Ids of conditions the pathway waives. */
  readonly waived: ReadonlySet<string>;
  /** Ids that show as unknown when unmet, as long as the door is not unmet. */
  readonly relieved: ReadonlySet<string>;
}

export interface RulebookLevel {
  readonly target: TargetLevel;
  /** Named dates of the level: window.from, window.to, cutOff. */
  readonly dates: ReadonlyMap<string, string>;
  readonly windowCitation: Citation | undefined;
  readonly windowDerived: readonly string[];
  readonly pathways: readonly Pathway[];
  /** Asked for in every pathway beside its own conditions, by a scenario: numbered last, so that masks keep their bits. */
  readonly added?: readonly Condition[] | undefined;
  /** Exempts from the selection exam when met; undefined: the level has no such exam. */
  readonly selectionExemption: Condition | undefined;
  readonly remarks: readonly Condition[];
}

export interface Rulebook {
  readonly id: string;
  readonly year: number;
  readonly title: Message;
  readonly document: string;
  readonly extends: string | undefined;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly levels: ReadonlyMap<TargetLevel, RulebookLevel>;
  readonly quota: QuotaRule | undefined;
  /** Of the rulebook's own quota text. */
  readonly quotaCases: readonly QuotaCase[];
  readonly balance: BalanceRule | undefined;
  readonly publicity: PublicityRule | undefined;
  /** By level: the person from whom the cases depart. */
  readonly people: CasePeople;
  readonly cases: readonly RulebookCase[];
  readonly scores: ScoreRule | undefined;
  readonly scoreCases: readonly ScoreCase[];
  /** SHA-256 of the resolved rules; people and cases do not count. */
  readonly hash: string;
}

/** Rulebooks by id. */
export class RulebookLibrary {
  constructor(readonly books: ReadonlyMap<string, Rulebook>) {}

  get(id: string): Rulebook {
    const book = this.books.get(id);
    if (book) return book;
    const ids = [...this.books.keys()];
    const hint = nearest(id, ids);
    throw new AppError(
      "not-found",
      {
        zh: `没有规则库 ${id}${hint ? `，是否指 ${hint}？` : ""}；现有：${ids.join("、")}`,
        en: `unknown rulebook ${id}${hint ? ` (did you mean ${hint}?)` : ""}; available: ${ids.join(", ")}`,
      },
      { property: "rulebook", value: id, allowed: ids },
    );
  }
}
