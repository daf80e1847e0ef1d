/** Conditions nobody can meet or that contradict each other, and pathways nobody can reach or that can never matter. */
import { type BoundCondition, type BoundLevel, type BoundPathway, bindLevel, lastExamYear } from "./bind.ts";
import type { RunnableCase } from "./check-cases.ts";
import { met, type Outcome, unknown } from "./kleene.ts";
import type { Facts } from "./parse-facts.ts";
import { Person } from "./person.ts";
import type { ResolvedBook } from "./resolve-book.ts";
import type { SpecFault } from "./spec-fault.ts";
import type { Path } from "./yaml-text.ts";

/** Years tried for what is open in some years only. */
const cycleYears = 12;

/** `cases`: people who show what can be met. */
export function checkConditions(resolved: ResolvedBook, cases: readonly RunnableCase[]): void {
  const levels = [...resolved.book.levels.keys()].map((target) => {
    const ofLevel = cases.filter(({ stated }) => stated.level === target);
    return new CheckedLevel(
      resolved,
      target,
      ofLevel.map(({ facts }) => new Person(facts)),
    );
  });
  const possible = new Set(levels.flatMap((level) => level.possibleKeys));
  for (const level of levels) {
    for (const item of level.bound.conditions) if (!possible.has(item.condition.key)) level.reportImpossible(item);
    for (const pathway of level.bound.pathways) {
      level.reportUnreachable(pathway, possible);
      level.reportContradictions(pathway);
      level.reportUseless(pathway);
      level.reportOpenWaiver(pathway);
    }
  }
}

/** What must be reached: what only an authority can grant is never more than unknown. */
const reachable = (item: BoundCondition): Outcome => (usesEvidence(item.condition.part) ? unknown : met);

const usesEvidence = (part: unknown): boolean =>
  typeof part === "object" && part !== null && ("evidence" in part || Object.values(part).some(usesEvidence));

const reaches = (item: BoundCondition, person: Person) => item.term.evaluate(person) >= reachable(item);
const isReachedBy = (item: BoundCondition, facts: Facts) => reaches(item, new Person(facts));

class CheckedLevel {
  readonly bound: BoundLevel;
  readonly #resolved: ResolvedBook;
  /** Those of the level's cases: between them they meet nearly all of it, which probes have to seek. */
  readonly #people: readonly Person[];
  readonly #possible: ReadonlySet<BoundCondition>;
  readonly #compatible = new Map<string, boolean>();

  constructor(resolved: ResolvedBook, target: string, people: readonly Person[]) {
    this.bound = bindLevel(resolved.book, target);
    this.#resolved = resolved;
    this.#people = people;
    this.#possible = new Set(this.bound.conditions.filter((item) => this.#isPossible(item)));
  }

  get possibleKeys(): string[] {
    return [...this.#possible].map(({ condition }) => condition.key);
  }

  #isPossible(item: BoundCondition): boolean {
    if (item.noneMet || this.#people.some((person) => reaches(item, person))) return true;
    const { book, target, year } = this.bound;
    for (let later = year; later <= Math.min(year + cycleYears, lastExamYear); later++) {
      const then = later === year ? item : bindLevel(book, target, later).conditions[item.bit];
      if (then?.term.probes().some((probe) => isReachedBy(then, probe))) return true;
    }
    return false;
  }

  /** Where the rulebook itself writes a pathway, or the level it takes it into. */
  #pathOf(id: string): { readonly path: Path; readonly isOwn: boolean } {
    const { merged } = this.#resolved;
    const { target } = this.bound;
    const written = merged.levels.get(target)?.pathways.find(({ text }) => text.id === id)?.path;
    if (written) return { path: written, isOwn: true };
    return { path: merged.parsed.text.levels?.[target] ? ["levels", target] : ["extends"], isOwn: false };
  }

  /** An inherited condition or pathway is reported on where it is written. */
  #isOwnCondition({ condition }: BoundCondition): boolean {
    return this.#resolved.merged.parsed.text.conditions?.[condition.key] !== undefined;
  }

  reportImpossible(item: BoundCondition): void {
    if (!this.#isOwnCondition(item)) return;
    const { key } = item.condition;
    this.#resolved.merged.parsed.report.add(["conditions", key], impossible(key), "key");
  }

  /** A condition that can be met elsewhere and not at this level. */
  reportUnreachable(pathway: BoundPathway, elsewhere: ReadonlySet<string>): void {
    const lost = pathway.counted.find((item) => !this.#possible.has(item) && elsewhere.has(item.condition.key));
    const { path, isOwn } = this.#pathOf(pathway.id);
    if (!lost || (!isOwn && !this.#isOwnCondition(lost))) return;
    this.#resolved.merged.parsed.report.add(path, unreachable(pathway.id, lost.condition.key));
  }

  reportContradictions({ id, counted }: BoundPathway): void {
    const items = counted.filter((item) => !item.noneMet && this.#possible.has(item));
    const { report } = this.#resolved.merged.parsed;
    for (const [index, one] of items.entries()) {
      for (const other of items.slice(index + 1)) {
        if (this.#areCompatible(one, other)) continue;
        const own = [other, one].find((item) => this.#isOwnCondition(item));
        const where = this.#pathOf(id);
        if (!own && !where.isOwn) continue;
        const fault = contradiction(id, one.condition.key, other.condition.key);
        report.add(own ? ["conditions", own.condition.key] : where.path, fault, own ? "key" : "value");
      }
    }
  }

  #areCompatible(one: BoundCondition, other: BoundCondition): boolean {
    const mark = `${one.bit} ${other.bit}`;
    const known = this.#compatible.get(mark);
    if (known !== undefined) return known;
    const found = this.#findBoth(one, other);
    this.#compatible.set(mark, found);
    return found;
  }

  /** Whether somebody can meet both; conditions on different facts, or of different trades, cannot contradict each other. */
  #findBoth(one: BoundCondition, other: BoundCondition): boolean {
    if (!one.term.facts.some((fact) => other.term.facts.includes(fact))) return true;
    const { trades } = one.condition;
    if (trades && other.condition.trades && !other.condition.trades.some((trade) => trades.includes(trade)))
      return true;
    const both = (person: Person) => reaches(one, person) && reaches(other, person);
    if (this.#people.some(both)) return true;
    const [mine, yours] = [one, other].map((item) => item.term.probes().filter((probe) => isReachedBy(item, probe)));
    return (mine ?? []).some((a) => (yours ?? []).some((b) => unions(a, b).some((facts) => both(new Person(facts)))));
  }

  /** The conditions of another pathway of the module are among its own: whoever is on this one is on the other. */
  reportUseless(pathway: BoundPathway): void {
    const { path, isOwn } = this.#pathOf(pathway.id);
    const doubtful = this.#resolved.doubtful.get(this.bound.target);
    if (!isOwn || doubtful?.has(pathway.id)) return;
    const { pathways } = this.bound;
    const position = pathways.indexOf(pathway);
    const wider = pathways.find(
      (other, index) =>
        other !== pathway &&
        other.module === pathway.module &&
        !doubtful?.has(other.id) &&
        other.counted.every((item) => pathway.counted.includes(item)) &&
        (index < position || other.counted.length < pathway.counted.length),
    );
    if (wider) this.#resolved.merged.parsed.report.add(path, useless(pathway.id, wider.id, isOpenWaiver(wider)));
  }

  /** Everybody on a pathway of another module is on this one too, which waives conditions and has no door. */
  reportOpenWaiver(pathway: BoundPathway): void {
    const { path, isOwn } = this.#pathOf(pathway.id);
    const doubtful = this.#resolved.doubtful.get(this.bound.target);
    if (!isOwn || !isOpenWaiver(pathway) || doubtful?.has(pathway.id)) return;
    const other = this.bound.pathways.find(
      ({ id, module, counted }) =>
        module !== pathway.module && !doubtful?.has(id) && pathway.counted.every((item) => counted.includes(item)),
    );
    if (other)
      this.#resolved.merged.parsed.report.add(
        [...path, "waive"],
        openWaiver(pathway.id, pathway.waived, other.id),
        "key",
      );
  }
}

const isOpenWaiver = ({ door, waived }: BoundPathway): boolean => !door && waived.size > 0;

type Value = Facts[keyof Facts];

const isMap = (value: Value): value is Extract<Value, Readonly<Record<string, unknown>>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Two patches as one: where both give a fact, either's value; of years and lists both together. */
function unions(a: Facts, b: Facts): Facts[] {
  const together: Record<string, unknown> = { ...a, ...b };
  for (const [name, mine] of Object.entries(a)) {
    const yours = b[name as keyof Facts];
    if (Array.isArray(mine) && Array.isArray(yours)) together[name] = [...mine, ...yours];
    else if (isMap(mine) && isMap(yours)) together[name] = { ...mine, ...yours };
  }
  return [{ ...a, ...b }, { ...b, ...a }, together as Facts];
}

const impossible = (key: string): SpecFault => ({
  name: "impossibleCondition",
  message: { zh: `条件 ${key} 谁也不可能符合`, en: `nobody can meet condition "${key}"` },
  suggestion: {
    zh: "请检查起止、年数与取值是否互相冲突",
    en: "look for dates, years and values that exclude each other",
  },
});

const unreachable = (pathway: string, key: string): SpecFault => ({
  name: "unreachablePathway",
  message: {
    zh: `途径 ${pathway} 走不通：这一等级谁也不可能符合条件 ${key}`,
    en: `nobody can reach pathway "${pathway}": at this level nobody can meet condition "${key}"`,
  },
  suggestion: {
    zh: `请以 omit 或 replace 去掉 ${key}，或删去该途径`,
    en: `omit or replace "${key}", or remove the pathway`,
  },
});

const contradiction = (pathway: string, one: string, other: string): SpecFault => ({
  name: "contradiction",
  message: {
    zh: `途径 ${pathway} 的条件 ${one} 与 ${other} 互相矛盾，谁也不可能都符合`,
    en: `conditions "${one}" and "${other}" of pathway "${pathway}" contradict each other: nobody can meet both`,
  },
  suggestion: {
    zh: `请改正其一，或在途径中以 omit、replace 去掉其一`,
    en: "correct one of them, or omit or replace one in the pathway",
  },
});

/** `needsDoor`: the wider one waives conditions for everybody. */
const useless = (pathway: string, wider: string, needsDoor: boolean): SpecFault => ({
  name: "uselessPathway",
  message: {
    zh: `途径 ${pathway} 多余：途径 ${wider} 的条件它都有，符合它的人也符合 ${wider}`,
    en: `pathway "${pathway}" can never matter: it asks all that "${wider}" asks`,
  },
  suggestion: needsDoor
    ? {
        zh: `${wider} 若只有一部分人可走，请为它写 door；否则删去 ${pathway}`,
        en: `give "${wider}" a door if it is for some only; else remove "${pathway}"`,
      }
    : {
        zh: "请删去该途径，或免除（waive）、替换（replace）其中的条件",
        en: "remove it, or waive or replace some of its conditions",
      },
});

const openWaiver = (pathway: string, waived: ReadonlySet<string>, other: string): SpecFault => ({
  name: "openWaiver",
  message: {
    zh: `途径 ${pathway} 免除了 ${[...waived].join("、")} 而没有 door，人人可走；途径 ${other} 因此多余`,
    en: `pathway "${pathway}" waives ${[...waived].join(", ")} without a door, for everybody: "${other}" can never matter`,
  },
  suggestion: { zh: "请写 door: 免除所依据的条件", en: "write door: with the condition the waiver rests on" },
});
