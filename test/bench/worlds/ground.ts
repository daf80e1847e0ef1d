/** Where a world's people work: districts and trades of the product's reference tables, units drawn from the seed. */
import { isOpen } from "../../../server/demo/openings.ts";
import { type Place, readPlaces, readTrades } from "../../../server/demo/places.ts";
import { normal, purpose, share } from "./chance.ts";
import type { WorldKind } from "./kinds.ts";

/** Target levels: 1 junior … 5 senior technician. */
export const steps = 5;

/** Relative numbers of workers; all of them trades that the grade workers' exam is open for. */
const tradeWeights: Readonly<Record<string, number>> = {
  行政事务: 20,
  汽车驾驶与管理: 20,
  电工: 12,
  烹饪: 9,
  计算机信息处理: 8,
  图书档案管理: 6,
  水暖: 6,
  公路养护: 6,
  农艺: 6,
  收银审核: 5,
  汽车修理: 5,
  农机技术: 5,
  药剂: 5,
  制冷: 4,
  酒店服务: 4,
  护理保健: 4,
  船艇技术: 4,
  闸门运行: 4,
  质量检验: 4,
  测绘员: 3,
  殡葬服务: 3,
  动物养殖: 3,
};

/** The wave in which units take people on; four years each. */
export const waveOf = (year: number): number => Math.floor(year / 4);

export interface Ground {
  readonly districts: readonly Place[];
  readonly trades: readonly string[];
  /** 1 where the quota holds. */
  readonly general: Uint8Array;
  readonly units: readonly { readonly name: string; readonly district: number }[];
  readonly districtOf: Int32Array;
  /** 1 at [(district · trades + trade) · (steps + 1) + step] where somebody may apply. */
  readonly open: Uint8Array;
  /** Upper ends of the shares of hires in a year, by unit: units take people on in waves. `replicate` 0 is what happened. */
  unitUpTo(year: number, replicate: number): Float64Array;
  /** Upper ends of the shares of a unit's hires, at [unit · trades + trade]. */
  readonly tradeUpTo: Float64Array;
}

/** The first index whose upper end lies above a share of the last. */
export function pick(upTo: Float64Array, from: number, count: number, at: number): number {
  const wanted = at * (upTo[from + count - 1] ?? 0);
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[from + middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

function upperEnds(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

export async function makeGround({ seed, units: unitCount }: WorldKind): Promise<Ground> {
  const [places, reference] = await Promise.all([readPlaces(), readTrades()]);
  const districts = places.filter(({ regime, campus }) => (regime === "nantong" || regime === "jiangsu") && !campus);
  const trades = reference.filter(({ name }) => tradeWeights[name] !== undefined);
  const open = new Uint8Array(districts.length * trades.length * (steps + 1));
  for (const [d, place] of districts.entries()) {
    for (const [t, { name }] of trades.entries()) {
      for (const step of [1, 2, 3, 4, 5] as const) {
        open[(d * trades.length + t) * (steps + 1) + step] = isOpen(place, name, step) ? 1 : 0;
      }
    }
  }
  const placeUpTo = Float64Array.from(upperEnds(districts.map(({ weight }) => weight)));
  const districtOf = Int32Array.from({ length: unitCount }, (_, unit) =>
    pick(placeUpTo, 0, districts.length, share(seed, purpose.unitPlace, unit)),
  );
  const sizes = Array.from({ length: unitCount }, (_, unit) => Math.exp(0.6 * normal(seed, purpose.unitSize, unit)));
  const mixes = sizes.flatMap((_, unit) =>
    // A unit employs some trades only, and those unequally.
    upperEnds(
      trades.map(({ name }, trade) => {
        const z = normal(seed, purpose.unitTrades, unit * trades.length + trade);
        return z < 0 ? 0 : (tradeWeights[name] ?? 0) * Math.exp(0.8 * z);
      }),
    ),
  );
  const waves = new Map<string, Float64Array>();
  const unitUpTo = (year: number, replicate: number) => {
    const wave = waveOf(year);
    const known = waves.get(`${wave} ${replicate}`);
    if (known) return known;
    const made = Float64Array.from(
      upperEnds(
        sizes.map((size, unit) => size * Math.exp(0.8 * normal(seed, purpose.hireWave, unit, wave, replicate))),
      ),
    );
    waves.set(`${wave} ${replicate}`, made);
    return made;
  };
  return {
    districts,
    trades: trades.map(({ name }) => name),
    general: Uint8Array.from(trades, ({ general }) => Number(general)),
    units: [...districtOf].map((district, unit) => ({
      name: `${districts[district]?.label ?? ""}第${unit + 101}单位`,
      district,
    })),
    districtOf,
    open,
    unitUpTo,
    tradeUpTo: Float64Array.from(mixes),
  };
}
