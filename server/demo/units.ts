/** Institutions: where they are, how they are called, how large they are and which trades they employ. */
import type { Place, Trade } from "./places.ts";
import { at, Lottery, type Random } from "./random.ts";
import { type UnitKind, unitKinds } from "./unit-kinds.ts";

export interface Unit {
  readonly index: number;
  readonly name: string;
  readonly department: string;
  readonly nature: string;
  readonly place: Place;
  /** Expected number of workers relative to the other units. */
  readonly size: number;
  readonly trades: Lottery<Trade>;
  /** Trades one may change to inside the unit. */
  readonly tradeList: readonly Trade[];
  /** Habit of the unit: how readily its workers come forward (logit). */
  readonly zeal: number;
}

/** What marks every row of the demonstration. */
export const demoMark = "演示数据";

/** Numbers begin at 101, far above those of real institutions. */
const firstNumber = 101;
/** Workers per unit on average. */
const workersPerUnit = 100 / 3;

/** Units per place by largest remainder, so that a small demonstration also spreads. */
function share(places: readonly Place[], total: number): Place[] {
  const weight = places.reduce((sum, place) => sum + place.weight, 0);
  const ideal = places.map((place) => ({ place, exact: (place.weight / weight) * total }));
  const left = total - ideal.reduce((sum, { exact }) => sum + Math.floor(exact), 0);
  const byRemainder = [...ideal].sort((a, b) => (b.exact % 1) - (a.exact % 1) || a.place.index - b.place.index);
  const extra = new Set(byRemainder.slice(0, left).map(({ place }) => place));
  return ideal.flatMap(({ place, exact }) => Array(Math.floor(exact) + (extra.has(place) ? 1 : 0)).fill(place));
}

function nameOf(place: Place, kind: UnitKind, number: number): string {
  return kind.style === "ordinal" ? `${place.label}第${number}${kind.noun}` : `${place.label}${kind.noun}${number}号`;
}

/** Draws the units for a number of workers (about one unit for 33 workers). */
export function makeUnits(random: Random, places: readonly Place[], trades: readonly Trade[], workers: number): Unit[] {
  const byName = new Map(trades.map((trade) => [trade.name, trade]));
  const common = new Lottery(
    unitKinds.filter(({ cityOnly }) => !cityOnly).map((kind) => [kind, kind.frequency] as const),
  );
  const city = new Lottery(unitKinds.map((kind) => [kind, kind.frequency] as const));
  const colleges = unitKinds.filter(({ noun }) => noun.endsWith("学院"));
  // Each kind once before chance decides, so that no trade is missing.
  const due = [...unitKinds];
  const served = new Set<Place>();
  const numbers = new Map<string, number>();
  const spread = share(places, Math.max(12, Math.round(workers / workersPerUnit)));

  const chooseKind = (place: Place): UnitKind => {
    if (place.campus) return random.pick(colleges);
    if (place.seat && !served.has(place)) {
      served.add(place);
      return at(unitKinds, 0);
    }
    const index = due.findIndex(({ cityOnly }) => place.seat || !cityOnly);
    if (index >= 0) return at(due.splice(index, 1), 0);
    return (place.seat ? city : common).draw(random);
  };

  return spread.map((place, index) => {
    const first = place.seat && !served.has(place);
    const kind = chooseKind(place);
    const key = place.label + kind.noun;
    const number = numbers.get(key) ?? firstNumber;
    numbers.set(key, number + 1);
    const mix = Object.entries(kind.trades).map(([name, weight], order) => {
      const trade = byName.get(name);
      if (!trade) throw new Error(`unit kind ${kind.noun}: unknown trade ${name}`);
      const dropped = order > 1 && random.chance(index < unitKinds.length ? 0 : 0.3);
      return [trade, dropped ? 0 : weight * 2 ** (random.normal() * 0.6)] as const;
    });
    const scale = (place.seat ? 1.35 : 1) * (first ? 1.8 : 1);
    return {
      index,
      name: nameOf(place, kind, number),
      department: `${demoMark}·${place.label}${kind.department}`,
      nature: kind.nature,
      place,
      size: kind.size * scale * 2 ** (random.normal() * 0.9),
      trades: new Lottery(mix),
      tradeList: mix.filter(([, weight]) => weight > 0).map(([trade]) => trade),
      zeal: random.normal() * 0.45,
    };
  });
}
