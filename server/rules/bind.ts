/** A rulebook level in an exam year: every condition bound to both back ends, each with a stable bit. */
import { badInput, type Message } from "../errors.ts";
import type { DateInterval } from "./dates.ts";
import { opening } from "./explain.ts";
import type { TargetLevel } from "./facts.ts";
import { any, met, not, type Outcome, unknown, unmet } from "./kleene.ts";
import { markedPlan, markedPlanSql, planMarkOf } from "./operators/group.ts";
import { operators } from "./operators/index.ts";
import type { Person } from "./person.ts";
import { combined, crossed, distinct, patches, sample } from "./probes.ts";
import type { Condition, Module, Rulebook, RulebookLevel } from "./rulebook.ts";
import {
  type BindContext,
  bindDate,
  column,
  judged,
  leaf,
  type Operator,
  perRow,
  quote,
  type Term,
  type TermSpec,
} from "./term.ts";

export interface BoundCondition {
  readonly condition: Condition;
  /** Position in the masks of the bulk back end. */
  readonly bit: number;
  /** `plan` and `planSql` include the condition's own mark. */
  readonly term: Term;
  /** What is asked, as a sentence, up to the place of what is found. */
  readonly asked: Message;
  /** False: the condition is for other trades and is not listed. */
  applies(person: Person): boolean;
  /** For conditions on pathways (`noneMet`): they are decided after the pathways of the module. */
  readonly noneMet: Module | undefined;
  /** It asks the same in every exam year. */
  readonly lasts: boolean;
}

export interface BoundPathway {
  readonly id: string;
  readonly module: Module;
  readonly label: Message | undefined;
  readonly door: BoundCondition | undefined;
  readonly conditions: readonly BoundCondition[];
  /** The conditions that decide: neither advisory nor waived. */
  readonly counted: readonly BoundCondition[];
  readonly waived: ReadonlySet<string>;
}

export interface BoundLevel {
  readonly book: Rulebook;
  readonly level: RulebookLevel;
  readonly target: TargetLevel;
  readonly year: number;
  /** Named dates of the level in that year: window.from, window.to, cutOff. */
  readonly dates: ReadonlyMap<string, DateInterval>;
  /** By bit. */
  readonly conditions: readonly BoundCondition[];
  readonly pathways: readonly BoundPathway[];
  readonly selectionExemption: Term | undefined;
  readonly remarks: readonly { readonly id: string; readonly term: Term }[];
  /** Binds one more part in the same year and level: an alternative of a condition, to be shown by itself. */
  bind(part: TermSpec): Term;
}

interface LevelTerms {
  readonly years: Map<number, BoundLevel>;
  /** Terms that are the same in every year, by their text. */
  readonly lasting: Map<unknown, Term>;
}

const bound = new WeakMap<Rulebook, Map<RulebookLevel, LevelTerms>>();

export const firstExamYear = 2000;
export const lastExamYear = 2100;

/** The level of a rulebook, or an error that lists the levels it covers. */
function findLevel(book: Rulebook, target: string): RulebookLevel {
  const level = book.levels.get(target as TargetLevel);
  if (level) return level;
  const covered = [...book.levels.keys()];
  throw badInput(
    `规则库 ${book.id} 没有等级 ${target}；该规则库的等级：${covered.join("、")}`,
    `rulebook ${book.id} does not cover level ${target}; it covers ${covered.join(", ")}`,
    { property: "level", value: target, allowed: covered },
  );
}

/** The entry of a map; made when there is none. */
function entry<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Binds once per rulebook, level and year. Throws bad-input for a level or year that cannot be. */
export function bindLevel(book: Rulebook, target: string, year: number = book.year): BoundLevel {
  if (!Number.isInteger(year) || year < firstExamYear || year > lastExamYear) {
    throw badInput(
      `年度 ${year} 无效（应为 ${firstExamYear}…${lastExamYear}）`,
      `invalid year: ${year} (expected ${firstExamYear}…${lastExamYear})`,
      { property: "year", value: year },
    );
  }
  const level = findLevel(book, target);
  const ofBook = entry(bound, book, () => new Map<RulebookLevel, LevelTerms>());
  const { years, lasting } = entry(ofBook, level, () => ({ years: new Map(), lasting: new Map() }));
  return entry(years, year, () => build(book, level, year, lasting));
}

const changing = new WeakMap<TermSpec, boolean>();

/** Whether a part asks otherwise in another exam year. */
function changesWithYear(part: TermSpec): boolean {
  return entry(changing, part, () => {
    const [name, operator] = operatorOf(part);
    return operator.changesWithYear(part[name], changesWithYear);
  });
}

function operatorOf(part: TermSpec): [name: string, operator: Operator] {
  const name = Object.keys(part).find((key) => operators.has(key)) ?? "";
  const operator = operators.get(name);
  if (!operator) throw new Error(`no operator in ${JSON.stringify(part)}`);
  return [name, operator];
}

function build(book: Rulebook, level: RulebookLevel, year: number, lasting: LevelTerms["lasting"]): BoundLevel {
  const dates = new Map<string, DateInterval>();
  for (const [name, text] of level.dates) dates.set(name, bindDate(text, { year, dates: new Map() }));
  const context: BindContext = { year, target: level.target, dates, lists: book.lists, bind: bindPart };

  function bindPart(part: TermSpec): Term {
    const [name, operator] = operatorOf(part);
    return once(part, changesWithYear(part), () => operator.bind(part[name], context));
  }
  /** What lasts is bound in one year for all of them. */
  function once(text: unknown, changes: boolean, make: () => Term): Term {
    return changes ? make() : entry(lasting, text, make);
  }

  const conditions: BoundCondition[] = [];
  const byKey = new Map<string, BoundCondition>();
  const pathways: BoundPathway[] = [];
  const add = (name: string, make: (bit: number) => BoundCondition): BoundCondition => {
    const existing = byKey.get(name);
    if (existing) return existing;
    const created = make(conditions.length);
    byKey.set(name, created);
    conditions.push(created);
    return created;
  };
  const bindCondition = (condition: Condition): BoundCondition =>
    add(condition.key, (bit) => {
      const { planning, part, trades, noneMet } = condition;
      if (noneMet) return new LazyCondition(condition, bit, false, () => noneMetTerm(noneMet, pathways));
      const lasts = !changesWithYear(part);
      const make = () => forTrades(trades, marked(planning, bindPart(part)), planning);
      return new LazyCondition(condition, bit, lasts, () => once(condition, !lasts, make));
    });
  for (const pathway of level.pathways) {
    const door = pathway.door && bindCondition(pathway.door);
    const conditionsHere = pathway.conditions.map((condition) => {
      const plain = bindCondition(condition);
      if (!door || !pathway.relieved.has(condition.id)) return plain;
      const make = () => relieved(plain.term, door.term);
      const lasts = plain.lasts && door.lasts;
      return add(
        `${condition.key}, relieved in ${pathway.id}`,
        (bit) => new LazyCondition(condition, bit, lasts, make),
      );
    });
    pathways.push({
      id: pathway.id,
      module: pathway.module,
      label: pathway.label,
      door,
      waived: pathway.waived,
      conditions: conditionsHere,
      counted: conditionsHere.filter(({ condition }) => !condition.advisory && !pathway.waived.has(condition.id)),
    });
  }
  const added = (level.added ?? []).map(bindCondition);
  if (added.length > 0) pathways.splice(0, pathways.length, ...pathways.map((one) => withAdded(one, added)));
  return {
    book,
    level,
    target: level.target,
    year,
    dates,
    conditions,
    pathways,
    selectionExemption: level.selectionExemption && bindPart(level.selectionExemption.part),
    remarks: level.remarks.map((condition) => ({ id: condition.id, term: bindPart(condition.part) })),
    bind: bindPart,
  };
}

const withAdded = (pathway: BoundPathway, added: readonly BoundCondition[]): BoundPathway => ({
  ...pathway,
  conditions: [...pathway.conditions, ...added],
  counted: [...pathway.counted, ...added.filter(({ condition }) => !pathway.waived.has(condition.id))],
});

/** Bound when it is first asked: of the coming years of a look ahead few conditions are. */
class LazyCondition implements BoundCondition {
  readonly noneMet: Module | undefined;
  #term: Term | undefined;
  #asked: Message | undefined;

  constructor(
    readonly condition: Condition,
    readonly bit: number,
    readonly lasts: boolean,
    private readonly make: () => Term,
  ) {
    this.noneMet = condition.noneMet;
  }

  get term(): Term {
    this.#term ??= this.make();
    return this.#term;
  }

  get asked(): Message {
    this.#asked ??= opening(this.condition.label ?? this.term.sentence, this.term.facts);
    return this.#asked;
  }

  applies({ facts }: Person): boolean {
    const { trades } = this.condition;
    return !trades || !facts.trade || trades.includes(facts.trade);
  }
}

function marked(mark: TermSpec["planning"], term: Term): Term {
  if (!mark) return term;
  return {
    ...term,
    ...judged((person) => {
      const { outcome, plan, assumed } = term.judge(person);
      const isOpen = (mark === "exclude" ? outcome : plan) === unknown;
      return { outcome, plan: markedPlan(mark, plan), assumed: isOpen ? [...assumed, ""] : assumed };
    }),
    planSql: markedPlanSql(mark, term.planSql),
    planMark: planMarkOf(mark, term),
  };
}

/** A trade's extra condition: unknown while the trade is, whatever its facts say. */
function forTrades(trades: readonly string[] | undefined, term: Term, mark: TermSpec["planning"]): Term {
  if (!trades) return term;
  const open = (person: Person) => !person.facts.trade;
  const openJudgement = { outcome: unknown, plan: markedPlan(mark, unknown), assumed: mark ? [""] : [] } as const;
  const guard = (sql: string, otherwise: Outcome) =>
    `CASE WHEN ${column("trade")} IN (${trades.map(quote).join(", ")}) THEN ${sql} WHEN ${column("trade")} IS NULL THEN ${otherwise} ELSE ${notListed} END`;
  return {
    ...term,
    ...judged((person) => (open(person) ? openJudgement : term.judge(person))),
    sql: guard(term.sql, unknown),
    cases: undefined,
    planSql: guard(term.planSql, markedPlan(mark, unknown)),
    planMark: term.planMark === mark ? mark : undefined,
    missing: (person) => (open(person) ? ["trade", ...term.missing(person)] : term.missing(person)),
    probes: () => crossed(patches("trade", [...trades, null]), term.probes()),
  };
}

/** In SQL: the condition does not apply. Neutral for least(). */
export const notListed = 3;

/** The notice relaxes the condition by an amount it does not state: unmet shows as unknown while the door is not unmet. */
function relieved(term: Term, door: Term): Term {
  return {
    ...term,
    ...judged((person) => {
      const judgement = term.judge(person);
      const opened = judgement.outcome === unmet ? door.evaluate(person) : unmet;
      if (opened === unmet) return judgement;
      const { plan, assumed } = judgement;
      return { outcome: unknown, plan, assumed: opened === met ? [...assumed, ""] : assumed };
    }),
    sql: `CASE WHEN ${perRow(term.sql)} = 0 AND ${perRow(door.sql)} <> 0 THEN 1 ELSE ${perRow(term.sql)} END`,
    cases: undefined,
    planMark: undefined,
    probes: () =>
      crossed(
        ([unmet, unknown, met] as const).map((outcome) => sample(door, outcome) ?? {}),
        term.probes(),
      ),
  };
}

const moduleWords: Readonly<Record<Module, Message>> = {
  normal: { zh: "正常申报", en: "normal" },
  early: { zh: "提前一年申报", en: "early" },
  exceptional: { zh: "破格申报", en: "exceptional" },
  transfer: { zh: "转岗申报", en: "transfer" },
  reverification: { zh: "复核", en: "re-verification" },
  direct: { zh: "直接确认", en: "direct" },
};

/** No pathway of a module is met. `sql` is not used: the bulk back end decides it from its pathway columns. */
function noneMetTerm(module: Module, pathways: readonly BoundPathway[]): Term {
  const outcomes = (person: Person, planning: boolean) =>
    pathways
      .filter((one) => one.module === module)
      .map((one) =>
        pathwayOutcome(one, (item) => (planning ? item.term.plan(person) : item.term.evaluate(person)), person),
      );
  const evaluate = (person: Person) => not(any(outcomes(person, false)));
  return {
    ...leaf({
      evaluate,
      sql: "",
      found: () => null,
      required: { noneMet: module },
      sentence: {
        zh: `不符合${moduleWords[module].zh}条件（否则按${moduleWords[module].zh}）`,
        en: `no ${moduleWords[module].en} pathway is met (else one applies on it)`,
      },
      facts: [],
      probes: () =>
        distinct(
          pathways
            .filter((one) => one.module === module)
            .flatMap((one) =>
              combined(
                one.conditions.map((item) => item.term),
                "all",
              ),
            ),
        ),
    }),
    ...judged((person) => ({
      outcome: not(any(outcomes(person, false))),
      plan: not(any(outcomes(person, true))),
      assumed: [],
    })),
    missing: (person) =>
      evaluate(person) === unknown
        ? [...new Set(pathways.filter((one) => one.module === module).flatMap((one) => openFacts(one, person)))]
        : [],
  };
}

/** All of a pathway's conditions that count, by a given reading. */
export function pathwayOutcome(
  pathway: BoundPathway,
  read: (item: BoundCondition) => Outcome,
  person: Person,
): Outcome {
  let least: Outcome = 2;
  for (const item of pathway.counted) {
    if (!item.applies(person)) continue;
    const outcome = read(item);
    if (outcome === unmet) return unmet;
    if (outcome < least) least = outcome;
  }
  return least;
}

/** Facts that leave a pathway unknown. */
function openFacts(pathway: BoundPathway, person: Person): string[] {
  if (pathwayOutcome(pathway, (item) => item.term.evaluate(person), person) !== unknown) return [];
  return pathway.counted.filter((item) => item.applies(person)).flatMap((item) => item.term.missing(person));
}
