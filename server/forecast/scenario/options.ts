/** What a scenario may change: rulebooks in use with their thresholds, trades, quota bands and cycles. */
import type { Message } from "../../errors.ts";
import { type BoundLevel, bindLevel } from "../../rules/bind.ts";
import type { TargetLevel } from "../../rules/facts.ts";
import type { QuotaBand } from "../../rules/quota.ts";
import type { Module, Rulebook, RulebookLevel } from "../../rules/rulebook.ts";
import { cycleOf, isOpen, tradesOf } from "./apply-rule.ts";
import type { Ground, Place } from "./ground.ts";
import { type Threshold, thresholdsOf, valueWords } from "./thresholds.ts";
import { bookWords, levelWords } from "./words.ts";

export interface ConditionOption {
  readonly id: string;
  /** Name of the text: conditions of one id may ask differently on different pathways. */
  readonly key: string;
  readonly text: Message;
  /** Pathways that ask for it, the first one first. */
  readonly pathways: readonly string[];
  /** Listed only; decides nothing. */
  readonly advisory: boolean;
  /** Waived on every one of them already. */
  readonly waived: boolean;
  /** False: the level one must hold, and conditions that list trades or years of registration, have changes of their own. */
  readonly waivable: boolean;
  readonly trades: readonly string[] | null;
  readonly thresholds: readonly (Omit<Threshold, "path" | "reading"> & { readonly text: Message })[];
}

export interface LevelOption {
  readonly level: TargetLevel;
  readonly label: Message;
  /** Where and in which of the coming exam years the rulebook decides the level. */
  readonly districts: readonly Place[];
  readonly years: readonly number[];
  readonly pathways: readonly { readonly id: string; readonly module: Module; readonly label: Message | null }[];
  readonly conditions: readonly ConditionOption[];
  /** Years between registrations; 1: every year. */
  readonly cycle: number;
  /** Null: no quota, or one by share. */
  readonly bands: readonly QuotaBand[] | null;
  /** Trades that cannot come forward at this level. */
  readonly closedTrades: readonly string[];
}

export interface ScenarioOptions {
  readonly origin: number;
  readonly years: readonly number[];
  readonly rulebooks: readonly {
    readonly id: string;
    readonly title: Message;
    readonly name: Message;
    readonly levels: readonly LevelOption[];
  }[];
  readonly trades: readonly {
    readonly name: string;
    readonly general: boolean;
    /** On the roster of the origin. */
    readonly workers: number;
    /** Levels at which it is open and at which it is closed, of the rulebooks in use. */
    readonly open: readonly { readonly rulebook: string; readonly level: TargetLevel }[];
    readonly closed: readonly { readonly rulebook: string; readonly level: TargetLevel }[];
  }[];
  /** What holds without a change. */
  readonly assumptions: {
    readonly passing: { readonly factor: number; readonly minimum: number; readonly maximum: number };
    readonly propensity: { readonly factor: number; readonly minimum: number; readonly maximum: number };
    readonly hiring: { readonly factor: number; readonly minimum: number; readonly maximum: number };
    readonly elastic: {
      readonly earlyShare: number;
      readonly earlyMonths: number;
      readonly lateShare: number;
      readonly lateMonths: number;
      readonly mostMonths: number;
    };
  };
}

export function scenarioOptions(ground: Ground): ScenarioOptions {
  const { origin, years, served, known, trades } = ground;
  const books = [...new Set(served.map(({ rulebook }) => rulebook))].map((id) => known.library.get(id));
  const states = served.flatMap(({ rulebook, level }) => {
    const book = known.library.get(rulebook);
    const of = book.levels.get(level);
    return of ? [{ rulebook, level, book, of }] : [];
  });
  return {
    origin,
    years,
    rulebooks: books.map((book) => ({
      id: book.id,
      title: book.title,
      name: bookWords(book),
      levels: [...book.levels.values()].flatMap((level) => levelOption(ground, book, level) ?? []),
    })),
    trades: trades.map(({ name, general, workers }) => {
      const [open, closed] = [true, false].map((wanted) =>
        states
          .filter(({ book, of }) => isOpen(book, of, name) === wanted)
          .map(({ rulebook, level }) => ({ rulebook, level })),
      );
      return { name, general, workers, open: open ?? [], closed: closed ?? [] };
    }),
    assumptions: {
      passing: { factor: 1, minimum: 0.01, maximum: 100 },
      propensity: { factor: 1, minimum: 0.01, maximum: 100 },
      hiring: { factor: 1, minimum: 0, maximum: 100 },
      elastic: { earlyShare: 0, earlyMonths: 12, lateShare: 0, lateMonths: 12, mostMonths: 36 },
    },
  };
}

/** Undefined where the rulebook decides the level nowhere. */
function levelOption({ served, trades }: Ground, book: Rulebook, level: RulebookLevel): LevelOption | undefined {
  const where = served.find((one) => one.rulebook === book.id && one.level === level.target);
  if (!where) return undefined;
  const { quota } = book;
  return {
    level: level.target,
    label: levelWords(level.target),
    districts: where.places,
    years: where.years,
    pathways: level.pathways.map(({ id, module, label }) => ({ id, module, label: label ?? null })),
    conditions: conditionOptions(bindLevel(book, level.target, where.years[0]), book),
    cycle: cycleOf(level),
    bands: quota && !("share" in quota) && quota.level === level.target ? quota.bands : null,
    closedTrades: trades.filter(({ name }) => !isOpen(book, level, name)).map(({ name }) => name),
  };
}

/** Each text of the level once, in the order in which pathways ask. */
function conditionOptions({ level, pathways }: BoundLevel, book: Rulebook): ConditionOption[] {
  const found = new Map<string, ConditionOption>();
  level.pathways.forEach((pathway, index) => {
    for (const { condition, asked, term } of pathways[index]?.conditions ?? []) {
      const known = found.get(condition.key);
      const isWaived = pathway.waived.has(condition.id);
      if (known) {
        const pathways = known.pathways.includes(pathway.id) ? known.pathways : [...known.pathways, pathway.id];
        found.set(condition.key, { ...known, pathways, waived: known.waived && isWaived });
        continue;
      }
      found.set(condition.key, {
        id: condition.id,
        key: condition.key,
        text: condition.label ?? (condition.noneMet ? asked : term.sentence),
        pathways: [pathway.id],
        advisory: condition.advisory,
        waived: isWaived,
        waivable: !("level" in condition.part) && !("cycle" in condition.part) && !tradesOf(book, condition),
        trades: condition.trades ?? null,
        thresholds: thresholdsOf(condition.part).map((one) => {
          const { path: _path, reading: _reading, ...told } = one;
          return { ...told, text: valueWords(one, one.value) };
        }),
      });
    }
  });
  return [...found.values()];
}
