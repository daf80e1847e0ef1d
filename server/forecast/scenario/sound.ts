/** A changed rulebook goes through the checks of one that is loaded: form, quota, conditions nobody can meet, contradictions. */
import type { Message } from "../../errors.ts";
import { bindLevel } from "../../rules/bind.ts";
import { BookReport } from "../../rules/book-report.ts";
import { checkConditions } from "../../rules/check-conditions.ts";
import { checkQuota } from "../../rules/check-quota.ts";
import { checkCondition } from "../../rules/condition-text.ts";
import type { MergedBook } from "../../rules/merge-book.ts";
import type { QuotaText } from "../../rules/quota.ts";
import { ConditionResolver } from "../../rules/resolve-conditions.ts";
import type { Condition, Rulebook } from "../../rules/rulebook.ts";
import type { BookText, ConditionText } from "../../rules/rulebook-text.ts";
import { YamlText } from "../../rules/yaml-text.ts";

/** Conditions that the masks of the bulk decision can hold. */
const mostConditions = 64;

/** What the checks say of the changed rulebook and did not say of the one before. */
export function faultsOf(before: Rulebook, after: Rulebook): Message[] {
  const changed = changedConditions(before, after);
  const form = new BookReport(after.id, new YamlText("{}"));
  for (const condition of changed) checkCondition(textOf(condition), ["conditions", condition.key], form);
  const found = form.hasErrors ? form : checked(after, changed);
  const known = form.hasErrors ? [] : checked(before, changed).diagnostics.map(({ message }) => message.en);
  const faults = found.diagnostics
    .filter(({ severity, message }) => severity === "error" && !known.includes(message.en))
    .map(({ message, suggestion }) => ({
      zh: suggestion ? `${message.zh}；${suggestion.zh}` : message.zh,
      en: suggestion ? `${message.en}; ${suggestion.en}` : message.en,
    }));
  const tooMany = [...after.levels.keys()].some((level) => bindLevel(after, level).conditions.length > mostConditions);
  return tooMany
    ? [
        ...faults,
        { zh: `一个等级的条件超过 ${mostConditions} 项`, en: `a level has more than ${mostConditions} conditions` },
      ]
    : faults;
}

const conditionsOf = (book: Rulebook): Condition[] =>
  [...book.levels.values()].flatMap((level) => [
    ...level.pathways.flatMap((one) => one.conditions),
    ...(level.added ?? []),
  ]);

function changedConditions(before: Rulebook, after: Rulebook): Condition[] {
  const old = new Set(conditionsOf(before));
  return [...new Set(conditionsOf(after))].filter((one) => !old.has(one));
}

const textOf = ({ part, trades, planning, citation }: Condition): ConditionText => ({
  ...JSON.parse(JSON.stringify(part)),
  ...(trades ? { trades: [...trades] } : {}),
  ...(planning ? { planning } : {}),
  cite: { document: citation.document, clause: citation.clause },
});

/** The checks of a rulebook that writes these conditions, and its quota, itself. */
function checked(book: Rulebook, own: readonly Condition[]): BookReport {
  const { quota } = book;
  const quotaText: QuotaText | undefined =
    quota && !("share" in quota)
      ? {
          level: quota.level,
          bands: quota.bands.map((band) => ({ ...band })),
          cite: { ...quota.citation },
          cases: [{ technicians: 1, places: 0 }],
        }
      : undefined;
  const text: BookText = {
    id: book.id,
    title: book.title,
    document: book.document,
    conditions: Object.fromEntries(own.map((one) => [one.key, textOf(one)])),
    quota: quotaText,
  };
  const report = new BookReport(book.id, new YamlText("{}"));
  const names = { conditions: own.map(({ key }) => key), lists: [] };
  const merged: MergedBook = {
    parsed: { report, text, isUnreadable: false, names },
    parent: undefined,
    conditions: new Map(),
    lists: new Map(),
    shared: [],
    levels: new Map(),
    quota: undefined,
    balance: undefined,
    publicity: undefined,
    scores: undefined,
    names: { conditions: new Set(names.conditions), lists: new Set() },
    mayHoldMore: () => false,
  };
  const resolved = { merged, book, doubtful: new Map(), conditions: new ConditionResolver(merged) };
  checkQuota(resolved);
  checkConditions(resolved, []);
  return report;
}
