/**
 * What two rulebooks ask differently. Rules are compared as they are written, relative to the exam year ("four years before"),
 * with the lists and dates they name put in their place; the sentences shown are those of each rulebook's own year, or of one
 * year for both.
 */
import type { Message } from "../errors.ts";
import type { BalanceRule } from "./balance.ts";
import { bindLevel } from "./bind.ts";
import type { WorkingDays } from "./calendar.ts";
import {
  type ConditionDocument,
  levelDocument,
  type RulebookSummary,
  rulebookSummary,
  type WindowDocument,
} from "./document.ts";
import { type TargetLevel, targetLevels } from "./facts.ts";
import type { PublicityRule } from "./publicity.ts";
import type { QuotaRule } from "./quota.ts";
import type { Citation, Condition, Module, Rulebook, RulebookLevel } from "./rulebook.ts";
import type { ScoreRule } from "./score-rule.ts";

export type Side = "both" | "a" | "b";

/** What stands in one rulebook and what in the other. */
export interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

export interface Compared<T> extends Pair<T> {
  readonly changed: boolean;
}

/** A condition of one of the two rulebooks, in words. */
export interface ConditionSide {
  readonly sentence: Message;
  readonly required: unknown;
  readonly citation: Citation;
  readonly derived: boolean;
  readonly inheritedFrom: string | null;
  readonly planning: "assume" | "exclude" | null;
  readonly advisory: boolean;
  readonly trades: readonly string[] | null;
}

export interface ConditionChange {
  readonly id: string;
  readonly role: "condition" | "remark" | "selectionExemption";
  /** The pathways it is so in; empty for remarks and the exemption. */
  readonly pathways: readonly string[];
  readonly change: "added" | "removed" | "changed";
  /** The lists and dates (window.from, window.to, cutOff) that alone make the difference: the rule itself reads the same. */
  readonly through: readonly string[];
  readonly a: ConditionSide | null;
  readonly b: ConditionSide | null;
}

export interface PathwayDiff {
  readonly id: string;
  readonly in: Side;
  readonly label: Pair<Message | null>;
  readonly module: Pair<Module | null>;
  /** Ids of conditions. */
  readonly waived: Pair<readonly string[]>;
  readonly relieved: Pair<readonly string[]>;
  /** Module, waivers or reliefs differ, or only one has it. */
  readonly changed: boolean;
}

export interface LevelDiff {
  readonly level: TargetLevel;
  readonly in: Side;
  /** Changed only where both have the level. */
  readonly window: Compared<WindowDocument | null>;
  readonly cutOff: Compared<string | null>;
  readonly pathways: readonly PathwayDiff[];
  /** Of a level that only one has: none. */
  readonly conditions: readonly ConditionChange[];
}

export interface ListDiff {
  readonly name: string;
  readonly in: Side;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface RulebookDiff {
  readonly a: RulebookSummary;
  readonly b: RulebookSummary;
  /** The exam years whose dates and thresholds the sentences show. */
  readonly year: Pair<number>;
  /** Nothing differs. */
  readonly same: boolean;
  readonly levels: readonly LevelDiff[];
  /** Lists that conditions rest on and that differ. */
  readonly lists: readonly ListDiff[];
  readonly quota: Compared<QuotaRule | null>;
  readonly scores: Compared<ScoreRule | null>;
  readonly publicity: Compared<PublicityRule | null>;
  readonly balance: Compared<BalanceRule | null>;
}

/**
 * Compares `a` with `b`. `year`: the exam year of all sentences; else each rulebook's own. `calendar`: to count the working days
 * of windows. Throws bad-input for an impossible year.
 */
export function diffRulebooks(
  a: Rulebook,
  b: Rulebook,
  year?: number | undefined,
  calendar?: WorkingDays | undefined,
): RulebookDiff {
  const years = { a: year ?? a.year, b: year ?? b.year };
  const levels = targetLevels
    .filter((level) => a.levels.has(level) || b.levels.has(level))
    .map((level) => diffLevel(level, sideOf(a, level, years.a, calendar), sideOf(b, level, years.b, calendar)));
  const lists = diffLists(a, b);
  const blocks = {
    quota: compareBlocks(a.quota, b.quota),
    scores: compareBlocks(a.scores, b.scores),
    publicity: compareBlocks(a.publicity, b.publicity),
    balance: compareBlocks(a.balance, b.balance),
  };
  const same =
    lists.length === 0 && Object.values(blocks).every(({ changed }) => !changed) && levels.every(isSameLevel);
  return { a: rulebookSummary(a), b: rulebookSummary(b), year: years, same, levels, lists, ...blocks };
}

/** Where a rule stands and whence it was taken makes no difference. */
function compareBlocks<T>(a: T | undefined, b: T | undefined): Compared<T | null> {
  const text = (block: T | undefined) =>
    JSON.stringify(block, (key, value: unknown) => (["citation", "derived"].includes(key) ? undefined : value));
  return { a: a ?? null, b: b ?? null, changed: text(a) !== text(b) };
}

const isSameLevel = (level: LevelDiff) =>
  level.in === "both" &&
  !level.window.changed &&
  !level.cutOff.changed &&
  level.conditions.length === 0 &&
  level.pathways.every(({ changed }) => !changed);

/** A condition of a level with its text and its words. */
interface Rule {
  readonly id: string;
  /** With the names of lists and dates as they stand. */
  readonly text: string;
  /** With what they name in their place: what is compared. */
  readonly resolved: string;
  readonly names: ReadonlyMap<string, string>;
  readonly shown: ConditionSide;
}

interface SidePathway {
  readonly id: string;
  readonly label: Message | null;
  readonly module: Module;
  readonly waived: readonly string[];
  readonly relieved: readonly string[];
  readonly rules: readonly Rule[];
}

/** A level of one rulebook, ready to be compared. */
interface LevelSide {
  readonly window: WindowDocument | null;
  readonly windowText: string;
  readonly cutOff: string | null;
  readonly cutOffText: string;
  readonly pathways: readonly SidePathway[];
  readonly remarks: readonly Rule[];
  readonly exemption: readonly Rule[];
}

function sideOf(
  book: Rulebook,
  target: TargetLevel,
  year: number,
  calendar: WorkingDays | undefined,
): LevelSide | undefined {
  const level = book.levels.get(target);
  if (!level) return undefined;
  const document = levelDocument(bindLevel(book, target, year), calendar);
  const rule = (condition: Condition, shown: ConditionDocument | undefined | null) =>
    shown ? [ruleOf(book, level, condition, shown)] : [];
  return {
    window: document.window,
    windowText: `${level.dates.get("window.from")} ${level.dates.get("window.to")}`,
    cutOff: document.cutOff,
    cutOffText: String(level.dates.get("cutOff")),
    pathways: level.pathways.map((pathway, index) => ({
      id: pathway.id,
      label: pathway.label ?? null,
      module: pathway.module,
      waived: [...pathway.waived].sort(),
      relieved: [...pathway.relieved].sort(),
      rules: pathway.conditions.flatMap((one, at) => rule(one, document.pathways[index]?.conditions[at])),
    })),
    remarks: level.remarks.flatMap((one, index) => rule(one, document.remarks[index])),
    exemption: level.selectionExemption ? rule(level.selectionExemption, document.selectionExemption) : [],
  };
}

function ruleOf(book: Rulebook, level: RulebookLevel, condition: Condition, shown: ConditionDocument): Rule {
  const { id, planning, advisory, trades } = condition;
  const names = new Map<string, string>();
  const resolve: Resolve = (text, key) => {
    const named = level.dates.get(text) ?? (key === "in" ? book.lists.get(text) : undefined);
    if (named !== undefined) names.set(text, canonical(named));
    return named;
  };
  const rule = { planning, advisory, trades, part: condition.part };
  return {
    id,
    text: canonical(rule),
    resolved: canonical(rule, resolve),
    names,
    shown: {
      sentence: shown.sentence,
      required: shown.required,
      citation: shown.citation,
      derived: shown.derived,
      inheritedFrom: shown.inheritedFrom,
      planning: shown.planning,
      advisory: shown.advisory,
      trades: shown.trades,
    },
  };
}

/** What a text under a key stands for; undefined: for itself. */
type Resolve = (text: string, key: string) => string | readonly string[] | undefined;

/** A text that is the same for the same content: the order of keys and of lists says nothing in a rule. */
function canonical(value: unknown, resolve: Resolve = () => undefined, under = ""): string {
  if (Array.isArray(value)) {
    const texts = value.map((one) => canonical(one, resolve));
    return `[${[...new Set(texts)].sort().join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const texts = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner, resolve, key)}`);
    return `{${texts.sort().join(",")}}`;
  }
  const named = typeof value === "string" ? resolve(value, under) : undefined;
  return named === undefined ? JSON.stringify(value) : canonical(named);
}

function diffLevel(level: TargetLevel, a: LevelSide | undefined, b: LevelSide | undefined): LevelDiff {
  const both = a !== undefined && b !== undefined;
  return {
    level,
    in: sideName(a, b),
    window: { a: a?.window ?? null, b: b?.window ?? null, changed: both && a.windowText !== b.windowText },
    cutOff: { a: a?.cutOff ?? null, b: b?.cutOff ?? null, changed: both && a.cutOffText !== b.cutOffText },
    pathways: idsOf(a?.pathways ?? [], b?.pathways ?? []).map((id) =>
      diffPathway(id, pathwayOf(a, id), pathwayOf(b, id)),
    ),
    conditions: both
      ? [
          ...diffConditions(a, b),
          ...diffOthers("selectionExemption", a.exemption, b.exemption),
          ...diffOthers("remark", a.remarks, b.remarks),
        ]
      : [],
  };
}

const sideName = (a: unknown, b: unknown): Side => (a === undefined ? "b" : b === undefined ? "a" : "both");
const pathwayOf = (side: LevelSide | undefined, id: string) => side?.pathways.find((one) => one.id === id);

/** The ids of both, each once, in the order of the first. */
function idsOf(a: readonly { readonly id: string }[], b: readonly { readonly id: string }[]): string[] {
  return [...new Set([...a, ...b].map(({ id }) => id))];
}

function diffPathway(id: string, a: SidePathway | undefined, b: SidePathway | undefined): PathwayDiff {
  const side = sideName(a, b);
  const told = (one: SidePathway | undefined) =>
    one && canonical({ module: one.module, waived: one.waived, relieved: one.relieved });
  return {
    id,
    in: side,
    label: { a: a?.label ?? null, b: b?.label ?? null },
    module: { a: a?.module ?? null, b: b?.module ?? null },
    waived: { a: a?.waived ?? [], b: b?.waived ?? [] },
    relieved: { a: a?.relieved ?? [], b: b?.relieved ?? [] },
    changed: told(a) !== told(b),
  };
}

interface Found {
  readonly id: string;
  readonly pathway: string;
  readonly a: Rule | undefined;
  readonly b: Rule | undefined;
}

/**
 * Conditions by id, pathway by pathway. Of a pathway that only one side has, the conditions that the other side has nowhere at
 * this level and the own side not in a shared pathway: what is particular to it.
 */
function diffConditions(a: LevelSide, b: LevelSide): ConditionChange[] {
  const ofShared = idsOf(a.pathways, b.pathways).flatMap((pathway): Found[] => {
    const ours = pathwayOf(a, pathway)?.rules;
    const theirs = pathwayOf(b, pathway)?.rules;
    if (!ours || !theirs) return [];
    return pairsOf(ours, theirs).map((pair) => ({ ...pair, pathway }));
  });
  const only = (one: LevelSide, other: LevelSide, side: "a" | "b"): Found[] => {
    const known = new Set(
      [...other.pathways, ...one.pathways.filter(({ id }) => pathwayOf(other, id))].flatMap(({ rules }) =>
        rules.map(ruleName),
      ),
    );
    return one.pathways
      .filter(({ id }) => !pathwayOf(other, id))
      .flatMap(({ id: pathway, rules }) =>
        rules
          .filter((rule) => !known.has(ruleName(rule)))
          .map((rule) => ({ id: rule.id, pathway, a: undefined, b: undefined, [side]: rule })),
      );
  };
  const changes = new Map<string, ConditionChange>();
  for (const { id, pathway, a: ours, b: theirs } of [...ofShared, ...only(a, b, "a"), ...only(b, a, "b")]) {
    const change = changeOf(id, "condition", ours, theirs);
    if (!change) continue;
    const key = canonical([{ id }, { a: ours?.resolved }, { b: theirs?.resolved }]);
    const pathways = [...(changes.get(key)?.pathways ?? []), pathway];
    changes.set(key, { ...change, pathways });
  }
  return [...changes.values()];
}

const ruleName = ({ id, resolved }: Rule) => `${id} ${resolved}`;

function pairsOf(a: readonly Rule[], b: readonly Rule[]) {
  const of = (rules: readonly Rule[], id: string) => rules.find((rule) => rule.id === id);
  return idsOf(a, b).map((id) => ({ id, a: of(a, id), b: of(b, id) }));
}

const diffOthers = (role: ConditionChange["role"], a: readonly Rule[], b: readonly Rule[]): ConditionChange[] =>
  pairsOf(a, b).flatMap((pair) => changeOf(pair.id, role, pair.a, pair.b) ?? []);

/** Undefined where nothing differs. */
function changeOf(
  id: string,
  role: ConditionChange["role"],
  a: Rule | undefined,
  b: Rule | undefined,
): ConditionChange | undefined {
  if (a?.resolved === b?.resolved) return undefined;
  const sameText = a !== undefined && b !== undefined && a.text === b.text;
  return {
    id,
    role,
    pathways: [],
    change: !a ? "added" : !b ? "removed" : "changed",
    through: sameText ? [...a.names.keys()].filter((name) => a.names.get(name) !== b.names.get(name)) : [],
    a: a?.shown ?? null,
    b: b?.shown ?? null,
  };
}

/** The lists that conditions of either rest on. */
function diffLists(a: Rulebook, b: Rulebook): ListDiff[] {
  const inA = listsOf(a);
  const inB = listsOf(b);
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((name) => {
    const ours = inA.get(name);
    const theirs = inB.get(name);
    const added = (theirs ?? []).filter((one) => !ours?.includes(one));
    const removed = (ours ?? []).filter((one) => !theirs?.includes(one));
    return added.length + removed.length === 0 ? [] : [{ name, in: sideName(ours, theirs), added, removed }];
  });
}

function listsOf(book: Rulebook): Map<string, readonly string[]> {
  const used = new Map<string, readonly string[]>();
  for (const level of book.levels.values()) {
    const conditions = [...level.pathways.flatMap((one) => one.conditions), ...level.remarks, level.selectionExemption];
    for (const condition of conditions) {
      canonical(condition?.part ?? null, (text, key) => {
        const list = key === "in" ? book.lists.get(text) : undefined;
        if (list) used.set(text, list);
        return undefined;
      });
    }
  }
  return used;
}
