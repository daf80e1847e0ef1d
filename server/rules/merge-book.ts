/** A rulebook text over the one it extends: conditions, lists, levels and pathways by name, the rest as a whole. */
import type { BalanceText } from "./balance.ts";
import { citationOf } from "./citation-text.ts";
import { isOperator } from "./condition-text.ts";
import { type TargetLevel, targetLevels } from "./facts.ts";
import type { PublicityText } from "./publicity.ts";
import type { QuotaText } from "./quota.ts";
import type { ParsedBook } from "./read-book.ts";
import type { Citation } from "./rulebook.ts";
import type { ConditionText, LevelText, PathwayText } from "./rulebook-text.ts";
import type { ScoresText } from "./score-text.ts";
import { didYouMean } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

/** A condition with what it inherits. */
export interface MergedCondition {
  readonly text: ConditionText;
  /** Files that write it, the last one last. */
  readonly writers: readonly ParsedBook[];
  readonly citation: Citation | undefined;
}

/** A pathway of a level, and where it stands when the rulebook writes it itself. */
export interface MergedPathway {
  readonly text: PathwayText;
  readonly path: Path | undefined;
}

export interface MergedLevel {
  readonly text: LevelText;
  readonly pathways: readonly MergedPathway[];
  /** The document its window cites when it names none. */
  readonly windowDocument: string;
  /** Its pathways and all else that is written for it could be read. */
  readonly isWhole: boolean;
  /** Its list of conditions could be read. */
  readonly knowsConditions: boolean;
}

/** A part that is inherited as a whole, with the document it cites. */
export interface OwnedText<Text> {
  readonly text: Text;
  readonly document: string;
}

type Container = "conditions" | "lists" | "levels";

export interface MergedBook {
  readonly parsed: ParsedBook;
  readonly parent: MergedBook | undefined;
  readonly conditions: ReadonlyMap<string, MergedCondition>;
  readonly lists: ReadonlyMap<string, { readonly entries: readonly string[]; readonly owner: ParsedBook }>;
  readonly shared: readonly string[];
  readonly levels: ReadonlyMap<TargetLevel, MergedLevel>;
  readonly quota: OwnedText<QuotaText> | undefined;
  readonly balance: OwnedText<BalanceText> | undefined;
  readonly publicity: OwnedText<PublicityText> | undefined;
  readonly scores: OwnedText<ScoresText> | undefined;
  /** Names that are given somewhere, to faulty things too. */
  readonly names: { readonly conditions: ReadonlySet<string>; readonly lists: ReadonlySet<string> };
  /** Some of what is meant to be there cannot be read: what is not found may be there. */
  mayHoldMore(container: Container): boolean;
}

function mergeCondition(parent: MergedCondition | undefined, own: ConditionText, owner: ParsedBook): MergedCondition {
  const replacesOperator = Object.keys(own).some(isOperator);
  // words of its own for what was asked do not fit what is asked now
  const isReplaced = (key: string) => replacesOperator && (isOperator(key) || key === "label");
  const kept = Object.entries(parent?.text ?? {}).filter(([key]) => !isReplaced(key));
  return {
    text: { ...Object.fromEntries(kept), ...own },
    writers: [...(parent?.writers ?? []), owner],
    citation: own.cite === undefined ? parent?.citation : citationOf(own.cite, owner.text.document),
  };
}

/**
 * `parent` is undefined when there is none, or none that can be read (`isParentMissing`). Reports pathways that are not there to
 * inherit and levels without any.
 */
export function mergeBook(parsed: ParsedBook, parent: MergedBook | undefined, isParentMissing: boolean): MergedBook {
  const { text, names, report } = parsed;
  const owned = <Text>(part: Text | undefined): OwnedText<Text> | undefined =>
    part === undefined ? undefined : { text: part, document: text.document };
  const conditions = new Map(parent?.conditions);
  for (const [key, own] of Object.entries(text.conditions ?? {}))
    conditions.set(key, mergeCondition(conditions.get(key), own, parsed));
  const ownLists = Object.entries(text.lists ?? {}).map(([key, entries]) => [key, { entries, owner: parsed }] as const);
  const mayHoldMore = (container: Container): boolean =>
    isParentMissing || report.isBroken([container]) || (parent?.mayHoldMore(container) ?? false);
  return {
    parsed,
    parent,
    conditions,
    lists: new Map([...(parent?.lists ?? []), ...ownLists]),
    shared: text.shared ?? parent?.shared ?? [],
    levels: mergeLevels(parsed, parent, mayHoldMore("levels")),
    quota: owned(text.quota) ?? parent?.quota,
    balance: owned(text.balance) ?? parent?.balance,
    publicity: owned(text.publicity) ?? parent?.publicity,
    scores: owned(text.scores) ?? parent?.scores,
    names: {
      conditions: new Set([...(parent?.names.conditions ?? []), ...names.conditions]),
      lists: new Set([...(parent?.names.lists ?? []), ...names.lists]),
    },
    mayHoldMore,
  };
}

function mergeLevels(
  parsed: ParsedBook,
  parent: MergedBook | undefined,
  mayHoldMore: boolean,
): Map<TargetLevel, MergedLevel> {
  const { text, report } = parsed;
  const inherited = [...(parent?.levels.keys() ?? [])];
  const own = targetLevels.filter((target) => text.levels?.[target]);
  const covered: readonly TargetLevel[] = text.covers ?? [...inherited, ...own];
  const levels = new Map<TargetLevel, MergedLevel>();
  for (const target of targetLevels.filter((one) => covered.includes(one))) {
    const level = mergeLevel(target, parsed, parent?.levels.get(target), mayHoldMore);
    levels.set(target, level);
    const at: Path = text.levels?.[target] ? ["levels", target] : ["covers", covered.indexOf(target)];
    if (level.pathways.length === 0 && level.isWhole && !mayHoldMore) report.add(at, noPathway(target), "key");
  }
  if (levels.size === 0 && !mayHoldMore && !report.isFaulty(["levels"]) && !report.isFaulty(["covers"]))
    report.add(["levels"], noLevels, "key");
  return levels;
}

function mergeLevel(
  target: TargetLevel,
  { text, report }: ParsedBook,
  inherited: MergedLevel | undefined,
  mayHoldMore: boolean,
): MergedLevel {
  const own = text.levels?.[target];
  const found = own?.pathways?.map((one, index): MergedPathway | undefined => {
    const path = ["levels", target, "pathways", index];
    if (typeof one !== "string") return { text: one, path };
    const known = inherited?.pathways.find((pathway) => pathway.text.id === one);
    if (!known && !mayHoldMore && inherited?.isWhole !== false)
      report.add(path, unknownPathway(one, inherited?.pathways.map((pathway) => pathway.text.id) ?? []));
    return known && { text: known.text, path: undefined };
  });
  const pathways = found ?? inherited?.pathways.map((one) => ({ text: one.text, path: undefined })) ?? [];
  const isKnown = (path: Path) => !report.isFaulty(path) && !report.isBroken(path);
  return {
    text: { ...inherited?.text, ...own },
    pathways: pathways.filter((one) => one !== undefined),
    windowDocument: own?.window || !inherited ? text.document : inherited.windowDocument,
    isWhole:
      !pathways.includes(undefined) && !report.isFaulty(["levels", target]) && !(inherited && !inherited.isWhole),
    knowsConditions:
      isKnown(["levels", target, "conditions"]) && isKnown(["shared"]) && inherited?.knowsConditions !== false,
  };
}

const unknownPathway = (id: string, known: readonly string[]) => ({
  name: "unknownPathway" as const,
  message: { zh: `没有可继承的途径 ${id}`, en: `no pathway "${id}" to inherit` },
  suggestion:
    known.length > 0
      ? didYouMean(id, known)
      : { zh: `请写成 { id: ${id}, module: normal }`, en: `write it out: { id: ${id}, module: normal }` },
});

const noPathway = (target: TargetLevel) => ({
  name: "noPathway" as const,
  message: { zh: `等级 ${target} 没有途径`, en: `level ${target} has no pathway` },
  suggestion: {
    zh: "请写 pathways: [{ id: normal, module: normal }]",
    en: "write pathways: [{ id: normal, module: normal }]",
  },
});

const noLevels = {
  name: "missingKey" as const,
  message: { zh: "规则库没有任何等级", en: "the rulebook has no level" },
  suggestion: { zh: "请写 levels: 及各等级", en: "write levels: with each level below it" },
};
