/** Changes → what the forecast assumes, with changed rulebooks where rules are changed. Rulebooks on file are never touched. */
import { createHash } from "node:crypto";
import type { Message } from "../../errors.ts";
import type { TargetLevel } from "../../rules/facts.ts";
import { type Rulebook, RulebookLibrary } from "../../rules/rulebook.ts";
import type { Assumptions } from "../types.ts";
import { changeBook } from "./apply-rule.ts";
import { type Change, isRuleChange, type RuleChange } from "./changes.ts";
import { faultsOf } from "./sound.ts";

/** What is wrong with a change, or noteworthy. `change`: its place in the list; null: all of them together. */
export interface Notice {
  readonly severity: "error" | "warning" | "info";
  readonly change: number | null;
  readonly code: string;
  readonly text: Message;
}

export interface Applied {
  readonly assumptions: Assumptions;
  /** Rulebooks that are changed, by id. */
  readonly books: ReadonlyMap<string, Rulebook>;
  /** Only errors; where there is one the scenario cannot be run. */
  readonly faults: readonly Notice[];
}

/** What changes are applied to. */
export interface Setting {
  readonly library: RulebookLibrary;
  /** Every trade there is, as the rosters name them. */
  readonly trades: readonly string[];
  /** Ids of the rulebooks that a change without one is of. */
  readonly inUse: readonly string[];
}

/** Throws nothing: what cannot be done is among the faults, and left out. Changed rulebooks go through the checks of one that is loaded. */
export function applyChanges(setting: Setting, changes: readonly Change[]): Applied {
  const { library } = setting;
  const books = new Map<string, Rulebook>();
  const faults: Notice[] = [];
  changes.forEach((change, index) => {
    if (!isRuleChange(change)) return;
    const fault = (code: string, text: Message) => faults.push({ severity: "error", change: index, code, text });
    for (const id of booksOf(setting, change)) {
      const before = books.get(id) ?? library.books.get(id);
      const result = before ? changeBook(before, change, setting.trades) : noBook(id, library);
      if ("fault" in result) fault(result.fault.code, result.fault.text);
      else if (before && result.book !== before) {
        const found = faultsOf(before, result.book);
        for (const text of found) fault("rulebook", text);
        if (found.length === 0) books.set(id, { ...result.book, hash: hashOf(before, change) });
      }
    }
  });
  const changed = books.size === 0 ? undefined : new RulebookLibrary(new Map([...library.books, ...books]));
  return { assumptions: { ...assumed(changes), ...(changed ? { library: changed } : {}) }, books, faults };
}

/** The rulebooks after one change by itself that is known to be sound. */
export function changedBy(setting: Setting, change: RuleChange): ReadonlyMap<string, Rulebook> {
  const books = new Map<string, Rulebook>();
  for (const id of booksOf(setting, change)) {
    const before = setting.library.books.get(id);
    const result = before && changeBook(before, change, setting.trades);
    if (result && "book" in result && result.book !== before) books.set(id, result.book);
  }
  return books;
}

/** Rulebooks a change is of. */
export const booksOf = ({ inUse }: Pick<Setting, "inUse">, change: RuleChange): readonly string[] =>
  change.rulebook === undefined ? inUse : [change.rulebook];

const hashOf = (book: Rulebook, change: RuleChange): string =>
  createHash("sha256")
    .update(JSON.stringify([book.hash, change]))
    .digest("hex");

function noBook(id: string, library: RulebookLibrary): { fault: { code: string; text: Message } } {
  const known = [...library.books.keys()].join(", ");
  return {
    fault: {
      code: "unknownRulebook",
      text: { zh: `没有规则库 ${id}（现有：${known}）`, en: `no rulebook ${id} (there are ${known})` },
    },
  };
}

/** Factors of several changes multiply; of elastic retirement the last one holds. */
function assumed(changes: readonly Change[]): Assumptions {
  const odds = (kind: "passing" | "propensity") => {
    const own = changes.flatMap((one) => (one.kind === kind ? [one] : []));
    if (own.length === 0) return undefined;
    const factor = (level: TargetLevel | undefined) =>
      own.filter((one) => one.level === level).reduce((product, one) => product * one.factor, 1);
    const all = factor(undefined);
    const levels = [...new Set(own.flatMap(({ level }) => level ?? []))];
    if (levels.length === 0) return all;
    return { all, ...Object.fromEntries(levels.map((level) => [level, all * factor(level)])) };
  };
  const hires = changes.flatMap((one) => (one.kind === "hiring" ? [one.factor] : []));
  const elastic = changes.flatMap((one) => (one.kind === "elastic" ? [one] : [])).at(-1);
  return {
    passing: odds("passing"),
    propensity: odds("propensity"),
    hiring: hires.length === 0 ? undefined : hires.reduce((product, one) => product * one, 1),
    elastic: elastic && {
      earlyShare: elastic.earlyShare,
      earlyMonths: elastic.earlyMonths,
      lateShare: elastic.lateShare,
      lateMonths: elastic.lateMonths,
    },
  };
}
