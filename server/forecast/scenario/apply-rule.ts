/** One change of one rulebook. */
import { assertNever, type Message } from "../../errors.ts";
import type { TargetLevel } from "../../rules/facts.ts";
import { quotaSchema } from "../../rules/quota.ts";
import type { Condition, Pathway, Rulebook, RulebookLevel } from "../../rules/rulebook.ts";
import type { TermSpec } from "../../rules/term.ts";
import type { ChangeOf, RuleChange } from "./changes.ts";
import { replaced, type Threshold, thresholdsOf, valueWords, written } from "./thresholds.ts";
import { bookWords, levelWords } from "./words.ts";

export interface Fault {
  readonly code: string;
  readonly text: Message;
}
type Changed = { readonly book: Rulebook } | { readonly fault: Fault };

const fault = (code: string, zh: string, en: string): { fault: Fault } => ({ fault: { code, text: { zh, en } } });

/** The rulebook itself where nothing changes. A trade without a level is closed or opened at all levels. */
export function changeBook(book: Rulebook, change: RuleChange, trades: readonly string[]): Changed {
  if (change.kind === "trade") return changeTrade(book, change, trades);
  const level = book.levels.get(change.level);
  if (!level) return noLevel(book, change.level);
  switch (change.kind) {
    case "threshold":
      return changeThreshold(book, level, change);
    case "waive":
      return waiveCondition(book, level, change);
    case "bands":
      return changeBands(book, change);
    case "cycle":
      return changeCycle(book, level, change.years);
    default:
      return assertNever(change);
  }
}

const noLevel = (book: Rulebook, level: TargetLevel) =>
  fault(
    "unknownLevel",
    `${bookWords(book).zh}不评${levelWords(level).zh}`,
    `${bookWords(book).en} has no level ${levelWords(level).en}`,
  );

const withLevel = (book: Rulebook, level: RulebookLevel): Rulebook => ({
  ...book,
  levels: new Map([...book.levels].map(([target, one]) => [target, target === level.target ? level : one])),
});

const withPathways = (level: RulebookLevel, change: (pathway: Pathway) => Pathway): RulebookLevel => ({
  ...level,
  pathways: level.pathways.map(change),
});

/** The level with a condition of a key put anew wherever it stands. */
function withCondition(level: RulebookLevel, key: string, change: (condition: Condition) => Condition): RulebookLevel {
  const of = (one: Condition) => (one.key === key ? change(one) : one);
  return withPathways(level, (pathway) => ({
    ...pathway,
    door: pathway.door && of(pathway.door),
    conditions: pathway.conditions.map(of),
  }));
}

/** The first condition of that id or key, in the pathway named or in any. */
export function findCondition(level: RulebookLevel, id: string, pathway: string | undefined): Condition | undefined {
  const pathways = level.pathways.filter((one) => pathway === undefined || one.id === pathway);
  const all = pathways.flatMap(({ conditions }) => conditions);
  return all.find((one) => one.key === id) ?? all.find((one) => one.id === id);
}

function noCondition(level: RulebookLevel, id: string, pathway: string | undefined): { fault: Fault } {
  const ids = [...new Set(level.pathways.flatMap(({ conditions }) => conditions.map((one) => one.id)))].join(", ");
  if (pathway !== undefined && !level.pathways.some((one) => one.id === pathway)) {
    const known = level.pathways.map((one) => one.id).join(", ");
    return fault(
      "unknownPathway",
      `没有途径 ${pathway}（现有：${known}）`,
      `no pathway ${pathway} (there are ${known})`,
    );
  }
  return fault(
    "unknownCondition",
    `${levelWords(level.target).zh}没有条件 ${id}（现有：${ids}）`,
    `${levelWords(level.target).en} has no condition ${id} (there are ${ids})`,
  );
}

export function findThreshold(condition: Condition, parameter: string): Threshold | undefined {
  return thresholdsOf(condition.part).find((one) => one.parameter === parameter);
}

function changeThreshold(book: Rulebook, level: RulebookLevel, change: ChangeOf<"threshold">): Changed {
  const condition = findCondition(level, change.condition, change.pathway);
  if (!condition) return noCondition(level, change.condition, change.pathway);
  const threshold = findThreshold(condition, change.parameter);
  if (!threshold) {
    const known = thresholdsOf(condition.part)
      .map(({ parameter }) => parameter)
      .join(", ");
    return fault(
      "unknownParameter",
      `条件 ${condition.id} 没有可改的数值 ${change.parameter}（可改：${known || "无"}）`,
      `condition ${condition.id} has no parameter ${change.parameter} (there are ${known || "none"})`,
    );
  }
  const { value } = change;
  if (typeof value !== (threshold.kind === "number" ? "number" : "string")) return wrongValue(threshold, value);
  if (typeof value === "number") {
    const { minimum, maximum } = threshold;
    const isWhole = Number.isInteger(value);
    if (!isWhole || value < (minimum ?? value) || value > (maximum ?? value)) return wrongValue(threshold, value);
  }
  if (value === threshold.value) return { book };
  // words of its own for what was asked do not fit what is asked now
  const part = replaced(condition.part, threshold.path, written(threshold, value)) as TermSpec;
  return {
    book: withLevel(
      book,
      withCondition(level, condition.key, (one) => ({ ...one, part, label: undefined })),
    ),
  };
}

function wrongValue(threshold: Threshold, value: number | string): { fault: Fault } {
  const { minimum, maximum, label } = threshold;
  const wanted =
    threshold.kind === "date"
      ? { zh: "日期，如 Y-08-31（当年）、(Y+1)-05（次年5月）", en: "a date such as Y-08-31 or (Y+1)-05" }
      : { zh: `${minimum}…${maximum} 的整数`, en: `a whole number ${minimum}…${maximum}` };
  return fault(
    "wrongValue",
    `${label.zh}不能为 ${value}（应为${wanted.zh}）`,
    `${label.en} cannot be ${valueWords(threshold, value).en} (expected ${wanted.en})`,
  );
}

function waiveCondition(book: Rulebook, level: RulebookLevel, change: ChangeOf<"waive">): Changed {
  const condition = findCondition(level, change.condition, change.pathway);
  if (!condition) return noCondition(level, change.condition, change.pathway);
  // Without it people would come forward for the level they hold, or for one far above.
  if ("level" in condition.part)
    return fault(
      "levelWaived",
      "现有等级的要求不能免除：申报总是从下一级到上一级",
      "the level one must hold cannot be waived: one applies from a level to the next",
    );
  const own = level.pathways.filter(
    (pathway) =>
      (change.pathway === undefined || pathway.id === change.pathway) &&
      pathway.conditions.some((one) => one.id === condition.id) &&
      !pathway.waived.has(condition.id),
  );
  if (own.length === 0) return { book };
  const waived = withPathways(level, (pathway) =>
    own.includes(pathway) ? { ...pathway, waived: new Set([...pathway.waived, condition.id]) } : pathway,
  );
  return { book: withLevel(book, waived) };
}

function changeBands(book: Rulebook, { level, bands }: ChangeOf<"bands">): Changed {
  const { quota } = book;
  // Told as a change without effect.
  if (quota?.level !== level || "share" in quota) return { book };
  const parsed = quotaSchema.safeParse({ level, bands, cite: quota.citation });
  if (!parsed.success)
    return fault("wrongBands", "指标分档无效", `the bands cannot be: ${parsed.error.issues[0]?.message ?? ""}`);
  const ordered = [...bands]
    .sort((a, b) => b.from - a.from)
    .map((band) => ({ from: band.from, places: band.places, alternateYears: band.alternateYears ?? false }));
  if (JSON.stringify(ordered) === JSON.stringify(quota.bands)) return { book };
  return { book: { ...book, quota: { ...quota, bands: ordered } } };
}

/** Years between registrations: of the first condition that says so. */
export function cycleOf(level: RulebookLevel): number {
  const all = [
    ...level.pathways.flatMap((one) => one.conditions.filter(({ id }) => !one.waived.has(id))),
    ...(level.added ?? []),
  ];
  const every = all
    .map(({ part }) => (part.cycle as { every?: number } | undefined)?.every)
    .find((one) => one !== undefined);
  return every ?? 1;
}

const cycleId = "scenario-cycle";

function changeCycle(book: Rulebook, level: RulebookLevel, years: 1 | 2): Changed {
  if (cycleOf(level) === years) return { book };
  const without: RulebookLevel = {
    ...withPathways(level, (pathway) => {
      const ids = pathway.conditions.filter(({ part }) => "cycle" in part).map(({ id }) => id);
      return ids.length === 0 ? pathway : { ...pathway, waived: new Set([...pathway.waived, ...ids]) };
    }),
    added: level.added?.filter(({ part }) => !("cycle" in part)),
  };
  if (years === 1) return { book: withLevel(book, without) };
  const condition = madeUp(book, cycleId, { cycle: { every: 2, remainder: 0 } });
  return { book: withLevel(book, { ...without, added: [...(without.added ?? []), condition] }) };
}

/** A condition no notice states. */
const madeUp = (book: Rulebook, id: string, part: TermSpec, planning?: TermSpec["planning"]): Condition => ({
  key: id,
  id,
  label: undefined,
  citation: { document: book.document, clause: "" },
  derived: true,
  inheritedFrom: undefined,
  planning,
  advisory: false,
  trades: undefined,
  part,
  noneMet: undefined,
});

/** The trades a condition lists, where it asks for the trade. */
export function tradesOf(book: Rulebook, { part }: Pick<Condition, "part">): readonly string[] | undefined {
  const spec = part.value as { fact?: unknown; in?: unknown; is?: unknown } | undefined;
  if (spec?.fact !== "trade") return undefined;
  if (typeof spec.is === "string") return [spec.is];
  if (typeof spec.in === "string") return book.lists.get(spec.in) ?? [];
  return Array.isArray(spec.in) ? (spec.in as string[]) : undefined;
}

/** Whether somebody of the trade can come forward on some pathway at all. */
export const isOpen = (book: Rulebook, level: RulebookLevel, trade: string): boolean =>
  !(level.added ?? []).some((one) => tradesOf(book, one)?.includes(trade) === false) &&
  level.pathways.some((pathway) =>
    pathway.conditions.every(
      (one) => one.advisory || pathway.waived.has(one.id) || tradesOf(book, one)?.includes(trade) !== false,
    ),
  );

const closedId = "scenario-trades";

function changeTrade(book: Rulebook, change: ChangeOf<"trade">, trades: readonly string[]): Changed {
  const { trade, open } = change;
  if (change.level !== undefined && !book.levels.has(change.level))
    return change.rulebook === undefined ? { book } : noLevel(book, change.level);
  if (!trades.includes(trade)) return fault("unknownTrade", `没有工种“${trade}”`, `there is no trade "${trade}"`);
  const targets = change.level === undefined ? [...book.levels.keys()] : [change.level];
  let result = book;
  for (const target of targets) {
    const level = result.levels.get(target);
    if (!level || isOpen(result, level, trade) === open) continue;
    result = withLevel(result, open ? opened(result, level, trade) : closed(result, level, trade, trades));
  }
  return { book: result };
}

/** In the list of every condition that asks for the trade. */
function opened(book: Rulebook, level: RulebookLevel, trade: string): RulebookLevel {
  const add = (condition: Condition): Condition => {
    const listed = tradesOf(book, condition);
    if (!listed || listed.includes(trade)) return condition;
    const spec = condition.part.value as Readonly<Record<string, unknown>>;
    return { ...condition, part: { ...condition.part, value: { ...spec, is: undefined, in: [...listed, trade] } } };
  };
  return {
    ...withPathways(level, (pathway) => ({ ...pathway, conditions: pathway.conditions.map(add) })),
    added: level.added?.map(add),
  };
}

/** One condition more: every trade but this; whose trade is not known is planned for as before. */
function closed(book: Rulebook, level: RulebookLevel, trade: string, trades: readonly string[]): RulebookLevel {
  const others = (level.added ?? []).filter(({ id }) => id !== closedId);
  const before = (level.added ?? []).find(({ id }) => id === closedId);
  const left = ((before && tradesOf(book, before)) ?? trades).filter((one) => one !== trade);
  const condition = madeUp(book, closedId, { value: { fact: "trade", in: left } }, "assume");
  return { ...level, added: [...others, condition] };
}
