/** Random people for the agreement of the two back ends: plausible values, many of them at a threshold, many unknown. */
import type { BoundCondition, BoundLevel, BoundPathway } from "../../server/rules/bind.ts";
import { type FactKind, facts, type ItemField } from "../../server/rules/facts.ts";
import { met } from "../../server/rules/kleene.ts";
import type { Facts } from "../../server/rules/parse-facts.ts";
import { Person } from "../../server/rules/person.ts";

/** A small seeded generator (mulberry32): the same seed gives the same people. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const trades = ["汽车驾驶与管理", "收银审核", "电工", "烹饪", "水产养殖", "锅炉操作", "地质勘察", "保育"];

export class RandomPeople {
  constructor(
    readonly random: () => number,
    readonly year: number,
  ) {}

  #int(low: number, high: number) {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  #pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.random() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** Whole date, month or year; the first and last days of years are frequent, being the thresholds. */
  #date(low: number, high: number): string {
    const year = this.#int(low, high);
    const draw = this.random();
    if (draw < 0.06) return String(year);
    const month = this.random() < 0.4 ? this.#pick([1, 12]) : this.#int(1, 12);
    const text = `${year}-${String(month).padStart(2, "0")}`;
    if (draw < 0.15) return text;
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const day = this.random() < 0.5 ? this.#pick([1, last]) : this.#int(1, last);
    return `${text}-${String(day).padStart(2, "0")}`;
  }

  #dateOf(name: string): string {
    const { year } = this;
    switch (name) {
      case "birthDate":
        return this.#date(year - 64, year - 18);
      case "retirementDate":
        return this.#date(year - 1, year + 3);
      case "workStartedOn":
        return this.random() < 0.5
          ? this.#date(year - this.#pick([1, 8, 9, 10, 18, 19, 20, 25, 30]), year - this.#pick([1, 8, 9]))
          : this.#date(year - 40, year);
      case "levelObtainedOn":
      case "appointedOn":
        return this.#date(year - 8, year);
      case "drivingLicenceValidUntil":
      case "postLicenceValidUntil":
        return this.#date(year - 1, year + 1);
      case "fraudRecordedOn":
        return this.#date(year - 5, year);
      case "tradeSince":
        return this.#date(year - 28, year - 20);
      case "militaryServiceStartedOn":
        return this.#date(year - 30, year - 6);
      default:
        return this.#date(year - 12, year + 1);
    }
  }

  #field(field: ItemField | { readonly name: string; readonly type: FactKind }): unknown {
    const kind = "type" in field ? field.type : field;
    switch (kind.kind) {
      case "boolean":
        return this.random() < 0.5;
      case "integer":
        return field.name === "year"
          ? this.#int(this.year - 8, this.year)
          : this.#int(kind.min ?? 0, Math.min(kind.max ?? 12, 12));
      case "enum":
        return this.#pick(kind.values).code;
      case "date":
        return this.#dateOf(field.name);
      default:
        return "甲";
    }
  }

  #years(): number[] {
    return Array.from({ length: this.#int(0, 3) }, () => this.#int(this.year - 7, this.year));
  }

  #fact(name: string, type: FactKind): unknown {
    switch (type.kind) {
      case "grades":
        return Object.fromEntries(
          Array.from({ length: 7 }, (_, index) => [
            String(this.year - 6 + index),
            this.random() < 0.04
              ? null
              : this.#pick([
                  "qualified",
                  "qualified",
                  "excellent",
                  "excellent",
                  this.random() < 0.1 ? "ungraded" : "qualified",
                ]),
          ]).filter(() => this.random() < 0.97),
        );
      case "flags":
        return Object.fromEntries(
          Array.from({ length: 6 }, (_, index) => [String(this.year - 6 + index), this.random() < 0.95]).filter(
            () => this.random() < 0.97,
          ),
        );
      case "years":
        return this.#years();
      case "strings":
        return Array.from({ length: this.#int(0, 2) }, () =>
          this.#pick([
            "municipal-honour",
            "merit",
            "two-years-excellent",
            "college-in-trade",
            "unique-skill",
            "mentorship",
          ]),
        );
      case "list":
        return Array.from({ length: this.#pick([0, 0, 1, 1, 2, 3]) }, () =>
          Object.fromEntries(
            type.fields
              .filter((field) => field.required || this.random() < 0.8)
              .map((field) => [field.name, this.#field(field)]),
          ),
        );
      case "marks":
        return { theory: this.#int(0, 100) };
      case "string":
        return name === "trade" ? this.#pick(trades) : "甲";
      default:
        return this.#field({ name, type });
    }
  }

  /** Values that let many people through, so that every pathway is met by somebody. */
  #likely(name: string): unknown {
    switch (name) {
      case "onPost":
      case "disciplineClean":
      case "thesisSubmitted":
        return true;
      case "transferred":
      case "arrivedFromOtherProvince":
        return false;
      case "employment":
        return "established";
      case "papersInTrade":
      case "expertRecommendations":
        return 2;
      default:
        return undefined;
    }
  }

  next(index: number): Facts {
    const gaps = this.#pick([0, 0.02, 0.1, 0.4]);
    const rare = this.#pick([0.1, 0.5]);
    const person: Record<string, unknown> = {};
    for (const { name, type, absent } of facts) {
      if (this.random() < (absent !== undefined ? 1 - rare : gaps)) continue;
      const likely = this.#likely(name);
      person[name] = likely !== undefined && this.random() < 0.9 ? likely : this.#fact(name, type);
    }
    person.workerId = `R${index}`;
    if (name(person, "retirementDate") && this.random() < 0.8) delete person.retirementDate;
    return person as Facts;
  }
}

const name = (person: Record<string, unknown>, key: string) => person[key] !== undefined;

/**
 * Random people drawn towards one level: some wholly random, some that meet most of one pathway, some at a few thresholds
 * of it. So every pathway and every condition comes out every way it can.
 */
export class LevelPeople {
  readonly #people: RandomPeople;
  readonly #probes: ReadonlyMap<BoundCondition, { readonly all: readonly Facts[]; readonly met: readonly Facts[] }>;

  /** @param base a person of the level of whom much is known, such as the one its cases depart from. */
  constructor(
    readonly random: () => number,
    readonly bound: BoundLevel,
    readonly base: Facts,
  ) {
    this.#people = new RandomPeople(random, bound.year);
    this.#probes = new Map(
      bound.conditions.map((item) => {
        const all = item.term.probes();
        return [item, { all, met: all.filter((probe) => item.term.evaluate(new Person(probe)) === met) }];
      }),
    );
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  /** A patch for each condition of the pathway, in random order: mostly one that meets it. */
  #towards(pathway: BoundPathway, meeting: number): Facts {
    const order = pathway.conditions.map((item) => ({ item, at: this.random() })).sort((a, b) => a.at - b.at);
    const patch = {};
    for (const { item } of order) {
      const probes = this.#probes.get(item);
      const wanted = this.random() < meeting ? probes?.met : probes?.all;
      Object.assign(patch, this.#pick(wanted ?? []));
    }
    return patch;
  }

  next(index: number): Facts {
    const person = this.#people.next(index);
    const kind = this.random();
    if (kind < 0.25) return person;
    const ground = this.random() < 0.5 ? { ...this.base, workerId: `R${index}` } : person;
    const pathway = this.#pick(this.bound.pathways);
    if (pathway && kind < 0.75) return { ...ground, ...this.#towards(pathway, this.random() < 0.5 ? 1 : 0.9) };
    const few = Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.#pick(this.bound.conditions));
    return Object.assign({}, ground, ...few.map((item) => item && this.#pick(this.#probes.get(item)?.all ?? [])));
  }

  /** So many people, made as they are asked for. */
  *take(count: number): Generator<Facts> {
    for (let index = 0; index < count; index++) yield this.next(index);
  }
}
