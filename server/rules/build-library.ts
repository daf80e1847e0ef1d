/** Rulebook texts → rulebooks: `extends` merged, references resolved, operators checked. */
import { createHash } from "node:crypto";
import { type BalanceText, balanceRule } from "./balance.ts";
import { type CitationText, citationOf } from "./citation-text.ts";
import type { TargetLevel } from "./facts.ts";
import { targetLevels } from "./facts.ts";
import { operators } from "./operators/index.ts";
import { nearest } from "./parse-facts.ts";
import { type PublicityText, publicityRule } from "./publicity.ts";
import { type QuotaText, quotaRule } from "./quota.ts";
import {
  type Citation,
  type Condition,
  type Pathway,
  type Rulebook,
  type RulebookLevel,
  RulebookLibrary,
} from "./rulebook.ts";
import {
  type ConditionText,
  conditionKeys,
  type LevelText,
  type ParsedBook,
  type PathwayText,
  parseBook,
  type RulebookFile,
} from "./rulebook-text.ts";
import { resolveScores, scoreFaults } from "./score-rule.ts";
import type { ScoresText } from "./score-text.ts";
import type { TermSpec } from "./term.ts";

/** To be raised when the same text comes to be read otherwise, so that stored decisions are made anew. */
const evaluatorVersion = 1;

// The notices leave these to an authority; a planner never counts on them.
const neverCountedOn = new Set(["relaxation", "first-promotion", "champion", "special-approval"]);

function withAlternativesExcluded(part: TermSpec): TermSpec {
  const excluded: Record<string, unknown> = { ...part };
  for (const name of ["any", "anyUnused"]) {
    const parts = part[name];
    if (Array.isArray(parts)) excluded[name] = parts.map((one: TermSpec) => ({ ...one, planning: "exclude" }));
  }
  return excluded;
}

interface OwnedCondition extends ConditionText {
  readonly owner: ParsedBook;
}

interface MergedBook {
  readonly parsed: ParsedBook;
  readonly conditions: ReadonlyMap<string, OwnedCondition>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly shared: readonly string[];
  readonly levels: ReadonlyMap<TargetLevel, LevelText & { readonly resolved: readonly PathwayText[] }>;
  readonly quota: OwnedText<QuotaText> | undefined;
  readonly balance: OwnedText<BalanceText> | undefined;
  readonly publicity: OwnedText<PublicityText> | undefined;
  readonly scores: OwnedText<ScoresText> | undefined;
}

/** A part that is inherited as a whole, with the document it cites. */
interface OwnedText<Text> {
  readonly text: Text;
  readonly document: string;
}

const isOperator = (name: string) => operators.has(name) || name === "noneMet";

function mergeCondition(parent: OwnedCondition | undefined, own: ConditionText, owner: ParsedBook): OwnedCondition {
  if (!parent) return { ...own, owner };
  const replacesOperator = Object.keys(own).some(isOperator);
  const kept = Object.entries(parent).filter(([key]) => !(replacesOperator && isOperator(key)));
  return { ...Object.fromEntries(kept), ...own, owner };
}

function merge(parsed: ParsedBook, parent: MergedBook | undefined): MergedBook {
  const { text, fail } = parsed;
  const owned = <Text>(part: Text | undefined): OwnedText<Text> | undefined =>
    part === undefined ? undefined : { text: part, document: text.document };
  const conditions = new Map(parent?.conditions);
  for (const [key, own] of Object.entries(text.conditions ?? {})) {
    conditions.set(key, mergeCondition(conditions.get(key), own, parsed));
  }
  const levels: Map<TargetLevel, LevelText & { resolved: readonly PathwayText[] }> = new Map();
  const covered = text.covers ?? [
    ...new Set([...(parent?.levels.keys() ?? []), ...(Object.keys(text.levels ?? {}) as TargetLevel[])]),
  ];
  for (const target of targetLevels.filter((one) => covered.includes(one))) {
    const inherited = parent?.levels.get(target);
    const own = text.levels?.[target];
    const resolved =
      own?.pathways?.map((one, index) => {
        if (typeof one !== "string") return one;
        const found = inherited?.resolved.find(({ id }) => id === one);
        return found ?? fail(["levels", target, "pathways", index], `no inherited pathway "${one}"`);
      }) ?? inherited?.resolved;
    if (!resolved?.length) fail(["levels", target], `level ${target} has no pathways`);
    levels.set(target, { ...inherited, ...own, resolved: resolved ?? [] });
  }
  return {
    parsed,
    conditions,
    lists: new Map([...(parent?.lists ?? []), ...Object.entries(text.lists ?? {})]),
    shared: text.shared ?? parent?.shared ?? [],
    levels,
    quota: owned(text.quota) ?? parent?.quota,
    balance: owned(text.balance) ?? parent?.balance,
    publicity: owned(text.publicity) ?? parent?.publicity,
    scores: owned(text.scores) ?? parent?.scores,
  };
}

function citationIfAny(cite: CitationText | undefined, document: string): Citation | undefined {
  return cite === undefined ? undefined : citationOf(cite, document);
}

/** Checks operator names and texts of a condition, however nested. */
function checkPart(
  part: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  owner: ParsedBook,
): void {
  const names = Object.keys(part).filter((key) => !["id", "planning"].includes(key));
  const name = names[0];
  if (name === undefined) owner.fail(path, "a condition needs an operator");
  if (names.length > 1 && names.every(isOperator))
    owner.fail([...path, names[1] ?? ""], "more than one operator in one condition");
  const stranger = names.find((one) => !operators.has(one));
  if (stranger !== undefined) {
    const hint = nearest(stranger, [...operators.keys()]);
    owner.fail([...path, stranger], `unknown operator "${stranger}"${hint ? ` (did you mean "${hint}"?)` : ""}`);
  }
  const operator = operators.get(name);
  const parsed = operator?.schema.safeParse(part[name]);
  if (parsed && !parsed.success) {
    const issue = parsed.error.issues[0];
    const inner = (issue?.path ?? []).map((one) => (typeof one === "number" ? one : String(one)));
    owner.fail([...path, name, ...inner], `${name}: ${issue?.message}`);
  }
  const nested = part[name];
  if (Array.isArray(nested)) {
    for (const [index, one] of nested.entries()) checkPart(one, [...path, name, index], owner);
  }
  if (name === "evidence") {
    const { of, unless } = nested as { of: Record<string, unknown>; unless: Record<string, unknown> };
    checkPart(of, [...path, name, "of"], owner);
    checkPart(unless, [...path, name, "unless"], owner);
  }
}

function resolve(merged: MergedBook): Rulebook {
  const { parsed, conditions, lists, shared, quota, balance, publicity, scores } = merged;
  const { text, fail } = parsed;
  const cache = new Map<string, Condition>();
  const condition = (key: string, path: readonly (string | number)[]): Condition => {
    const cached = cache.get(key);
    if (cached) return cached;
    const found = conditions.get(key);
    if (!found) {
      const hint = nearest(key, [...conditions.keys()]);
      return fail(path, `unknown condition "${key}"${hint ? ` (did you mean "${hint}"?)` : ""}`);
    }
    const { owner } = found;
    const at = ["conditions", key];
    const id = found.id ?? key;
    const cite =
      citationIfAny(found.cite, owner.text.document) ?? owner.fail(at, `condition "${key}" has no citation (cite)`);
    const operatorPart = Object.fromEntries(
      Object.entries(found).filter(([name]) => !conditionKeys.includes(name) && name !== "owner"),
    );
    if (found.noneMet === undefined) checkPart(operatorPart, at, owner);
    const resolved: Condition = {
      key,
      id,
      label: found.label,
      citation: cite,
      derived: found.derived ?? false,
      inheritedFrom: owner === parsed ? undefined : owner.text.id,
      planning: neverCountedOn.has(id) ? "exclude" : found.planning,
      advisory: found.advisory ?? false,
      trades: found.trades,
      part: id === "exceptional" ? withAlternativesExcluded(operatorPart) : operatorPart,
      noneMet: found.noneMet,
    };
    cache.set(key, resolved);
    return resolved;
  };

  const levels = new Map<TargetLevel, RulebookLevel>();
  for (const [target, level] of merged.levels) {
    const at = ["levels", target];
    const base = [...shared, ...(level.conditions ?? [])].map((key) => condition(key, at));
    const pathways = level.resolved.map((pathway): Pathway => {
      const here = [...at, "pathways"];
      const added = (pathway.add ?? []).map((key) => condition(key, here));
      const has = (list: readonly Condition[], id: string) => list.some((one) => one.id === id);
      for (const id of [...(pathway.omit ?? []), ...Object.keys(pathway.replace ?? {})]) {
        if (!has(base, id))
          fail(here, `pathway "${pathway.id}" omits or replaces "${id}", which the level does not have`);
      }
      for (const id of [...(pathway.waive ?? []), ...(pathway.relieve ?? [])]) {
        if (!has([...base, ...added], id)) fail(here, `pathway "${pathway.id}" waives "${id}", which it does not have`);
      }
      const omitted = new Set(pathway.omit);
      const own = base
        .filter(({ id }) => !omitted.has(id))
        .map((one) => {
          const replacement = pathway.replace?.[one.id];
          return replacement === undefined ? one : condition(replacement, here);
        });
      const door = pathway.door === undefined ? undefined : condition(pathway.door, here);
      return {
        id: pathway.id,
        module: pathway.module,
        label: pathway.label,
        door,
        conditions: [...own, ...added, ...(door ? [door] : [])],
        waived: new Set(pathway.waive),
        relieved: new Set(pathway.relieve),
      };
    });
    const dates = new Map<string, string>();
    if (level.window) {
      dates.set("window.from", level.window.from);
      dates.set("window.to", level.window.to);
    }
    if (level.cutOff !== undefined) dates.set("cutOff", level.cutOff);
    levels.set(target, {
      target,
      dates,
      windowCitation: citationIfAny(level.window?.cite, text.document),
      windowDerived: level.window?.derived ?? [],
      pathways,
      selectionExemption: level.selectionExemption === undefined ? undefined : condition(level.selectionExemption, at),
      remarks: (level.remarks ?? []).map((key) => condition(key, at)),
    });
  }
  for (const { path, fault } of text.scores ? scoreFaults(text.scores, levels) : [])
    fail(["scores", ...path], fault.message.en);
  // scores, balance and publicity decide nobody's eligibility: with them in the hash a new label would make all stored
  // decisions outdated
  const content = JSON.stringify([
    evaluatorVersion,
    text.id,
    [...conditions].map(([key, { owner: _, ...rest }]) => [key, rest]),
    [...lists],
    shared,
    [...merged.levels],
    quota && { ...quota, text: { ...quota.text, cases: undefined } },
  ]);
  return {
    id: text.id,
    year: Number(text.id.slice(-4)),
    title: text.title,
    document: text.document,
    extends: text.extends,
    lists,
    levels,
    quota: quota && quotaRule(quota.text, quota.document),
    quotaCases: text.quota?.cases ?? [],
    balance: balance && balanceRule(balance.text, balance.document),
    publicity: publicity && publicityRule(publicity.text, publicity.document),
    people: text.people ?? {},
    cases: text.cases ?? [],
    scores: scores && resolveScores(scores.text, scores.document),
    scoreCases: text.scoreCases ?? [],
    hash: createHash("sha256").update(content).digest("hex"),
  };
}

/** Parses and resolves a set of rulebook texts. Throws `RulebookError` at the first fault. */
export function buildLibrary(files: readonly RulebookFile[]): RulebookLibrary {
  const parsed = new Map(files.map((file) => [file, parseBook(file)] as const));
  const byId = new Map([...parsed.values()].map((book) => [book.text.id, book]));
  const merged = new Map<string, MergedBook>();
  const mergeById = (book: ParsedBook, waiting: readonly string[]): MergedBook => {
    const { id } = book.text;
    const done = merged.get(id);
    if (done) return done;
    const parentId = book.text.extends;
    const parent = parentId === undefined ? undefined : byId.get(parentId);
    if (parentId !== undefined && !parent) book.fail(["extends"], `unknown rulebook "${parentId}"`);
    if (waiting.includes(id)) book.fail(["extends"], `rulebooks extend each other: ${[...waiting, id].join(" → ")}`);
    const result = merge(book, parent && mergeById(parent, [...waiting, id]));
    merged.set(id, result);
    return result;
  };
  const books = [...byId.values()].map((book) => resolve(mergeById(book, [])));
  return new RulebookLibrary(new Map(books.sort((a, b) => a.id.localeCompare(b.id)).map((book) => [book.id, book])));
}
