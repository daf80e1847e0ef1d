/** The fitted model lived person by person: lots are drawn for parameters, for the shocks of years, and for everybody at every gate. */

import { groupOfStanding } from "../../../server/forecast/trials.ts";
import type { FactorVariance, Variances } from "../../../server/forecast/variance.ts";
import { logistic, normal, share } from "../../bench/worlds/chance.ts";
import { type Model, type Somebody, stateKey, top, type Year } from "./model.ts";

/** What is counted, as `measures` of the forecast orders it. */
export const counted = ["planningEligible", "applicants", "quotaUsed", "passes"] as const;
export type Counted = (typeof counted)[number];
export type Count = (measure: Counted, who: Somebody, target: number) => void;

const lot = {
  eligible: 1,
  come: 2,
  admitted: 3,
  rank: 4,
  exam: 5,
  deferred: 6,
  review: 7,
  stays: 8,
  stray: 9,
  strayPass: 10,
  over: 11,
};

/** Next standing of who could have come and did not, by standing before (queries/forecast-standing.sql). */
const letPass = [1, 2, 3, 3, 4, 6, 6, 6, 9, 9];

interface Life {
  held: number;
  since: number;
  standing: number;
}

/** One life of everybody. `count` hears of everything that is counted in a year. */
export class Replicate {
  readonly #lives = new Map<Somebody, Life>();
  #used: ReadonlySet<string>;

  constructor(
    private readonly model: Model,
    private readonly variances: Variances,
    private readonly over: number,
    private readonly number: number,
  ) {
    for (const one of model.people) this.#lives.set(one, { held: one.held, since: 0, standing: one.standing });
    this.#used = model.usedAtOrigin;
  }

  live(year: Year, count: Count): void {
    const technicians = new Map<string, number>();
    const waiting = new Map<string, [Somebody, Life][]>();
    for (const [who, life] of this.#lives) {
      if (life.held === top - 1 && who.onPost) {
        const place = placeOf(who);
        technicians.set(place, (technicians.get(place) ?? 0) + 1);
      }
      this.#try(year, who, life, count, waiting);
    }
    this.#giveOut(year, technicians, waiting, count);
    for (const who of this.#lives.keys()) {
      if (this.#draw(lot.stays, who, year) >= (year.stays.get(who.person) ?? 0)) this.#lives.delete(who);
    }
  }

  #draw(what: number, who: Somebody, { year }: Year): number {
    return share(77, what, who.person, year, this.number);
  }

  #try(year: Year, who: Somebody, life: Life, count: Count, waiting: Map<string, [Somebody, Life][]>): void {
    const open = year.open.get(stateKey(who.person, life.held, life.since));
    if (!open || this.#draw(lot.eligible, who, year) >= open.chance) {
      this.#stray(year, who, life, count);
      return;
    }
    const { target } = open;
    count("planningEligible", who, target);
    const logits = this.#logits(year, who, life, open);
    if (this.#draw(lot.come, who, year) >= logistic(logits.apply)) {
      life.standing = letPass[life.standing] ?? 0;
      return;
    }
    count("applicants", who, target);
    if (this.#draw(lot.admitted, who, year) >= logistic(logits.admit)) {
      life.standing = 5;
      return;
    }
    const limited = target === top && this.model.general.has(who.tradeId) && year.bands.has(who.districtId);
    if (limited && groupOfStanding(life.standing) !== 2) {
      waiting.set(placeOf(who), [...(waiting.get(placeOf(who)) ?? []), [who, life]]);
      return;
    }
    this.#sit(year, who, life, count);
  }

  /** Somebody whom the rules would not let come, and who comes all the same. */
  #stray(year: Year, who: Somebody, life: Life, count: Count): void {
    const target = life.held + 1;
    const rate = this.model.strays.get(`${who.districtId} ${target}`);
    if (!rate || this.#draw(lot.stray, who, year) >= rate.rate) return;
    count("applicants", who, target);
    if (this.#draw(lot.strayPass, who, year) < rate.passing) this.#pass(year, who, life, target, count);
  }

  #giveOut(
    year: Year,
    technicians: ReadonlyMap<string, number>,
    waiting: ReadonlyMap<string, readonly [Somebody, Life][]>,
    count: Count,
  ): void {
    const used = new Set<string>();
    for (const [place, group] of waiting) {
      const [first] = group;
      const band = year.bands
        .get(first?.[0].districtId ?? -1)
        ?.find(({ from }) => (technicians.get(place) ?? 0) >= from);
      const allowed = !band || (band.alternate && this.#used.has(place)) ? 0 : band.places;
      const places = allowed + (first && this.#draw(lot.over, first[0], year) < this.over ? 1 : 0);
      const order = [...group].sort(([a], [b]) => this.#draw(lot.rank, a, year) - this.#draw(lot.rank, b, year));
      for (const [index, [who, life]] of order.entries()) {
        if (index >= places) {
          life.standing = 7;
          continue;
        }
        used.add(place);
        count("quotaUsed", who, top);
        this.#sit(year, who, life, count);
      }
    }
    this.#used = used;
  }

  #sit(year: Year, who: Somebody, life: Life, count: Count): void {
    const open = year.open.get(stateKey(who.person, life.held, life.since));
    if (!open) return;
    const logits = this.#logits(year, who, life, open);
    if (this.#draw(lot.exam, who, year) >= logistic(logits.exam)) {
      life.standing = this.#draw(lot.deferred, who, year) < logits.deferring ? 7 : 5;
    } else if (this.#draw(lot.review, who, year) >= logistic(logits.review)) {
      life.standing = 8;
    } else {
      this.#pass(year, who, life, open.target, count);
    }
  }

  #pass({ year }: Year, who: Somebody, life: Life, target: number, count: Count): void {
    count("passes", who, target);
    life.held = target;
    life.since = year;
    life.standing = 0;
  }

  #logits(
    year: Year,
    who: Somebody,
    life: Life,
    { target, module }: { readonly target: number; readonly module: number },
  ) {
    const ahead = who.retires - year.year * 12;
    const near = ahead < 36 ? 2 : ahead < 120 ? 1 : 0;
    const base = this.model.base.get(`${target} ${near} ${module}`);
    const offset = this.model.offsets.get(`${who.unitId} ${who.tradeId} ${target}`);
    if (!base || !offset) throw new Error("nobody stands outside of the model");
    const group = groupOfStanding(life.standing);
    const shifted = (gate: "apply" | "exam") =>
      this.variances[gate].reduce((sum, factor) => sum + this.#shift(gate, factor, who, target, year), 0);
    return {
      apply: (base.apply[life.standing] ?? 0) + offset.apply + shifted("apply"),
      admit: (base.admit[group] ?? 0) + offset.admit,
      exam: (base.exam[group] ?? 0) + offset.exam + shifted("exam"),
      review: (base.review[group] ?? 0) + offset.review,
      deferring: base.deferring,
    };
  }

  /** The error of the estimated effect, the same in all years, and the shock of the year. */
  #shift(
    gate: "apply" | "exam",
    { factor, shock, estimated, prior }: FactorVariance,
    who: Somebody,
    target: number,
    year: Year,
  ) {
    const key = keyOf(factor, who, target);
    const salt = (gate === "apply" ? 100 : 200) + factors.indexOf(factor);
    const wrong = estimated ? (this.model.effects.get(`${gate} ${factor} ${key}`) ?? prior) : 0;
    return (
      (wrong > 0 ? Math.sqrt(wrong) * normal(78, salt, key, 0, this.number) : 0) +
      (shock > 0 ? Math.sqrt(shock) * normal(79, salt, key, year.year, this.number) : 0)
    );
  }
}

const placeOf = ({ unitId, tradeId }: Somebody) => `${unitId} ${tradeId}`;

const factors: readonly FactorVariance["factor"][] = [
  "total",
  "step",
  "district",
  "districtStep",
  "trade",
  "tradeStep",
  "unit",
];

function keyOf(factor: FactorVariance["factor"], who: Somebody, target: number): number {
  switch (factor) {
    case "total":
      return 0;
    case "step":
      return target;
    case "district":
      return who.districtId;
    case "districtStep":
      return who.districtId * 8 + target;
    case "trade":
      return who.tradeId;
    case "tradeStep":
      return who.tradeId * 8 + target;
    case "unit":
      return who.unitId;
  }
}
