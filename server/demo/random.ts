/**
 * Seeded chance. Every draw of the demonstration comes from here, so the same seed gives the same bytes on every machine:
 * only integer arithmetic and the four operations are used for the stream itself.
 */

/** Mixes integers into 32 bits: chance that belongs to a thing (a person, a year), not to a place in the stream. */
export function hash32(...parts: readonly number[]): number {
  let mixed = 0x9e3779b9;
  for (const part of parts) {
    mixed = Math.imul(mixed ^ part, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    mixed ^= mixed >>> 16;
  }
  return mixed >>> 0;
}

/** The same, as a share 0…1 (1 excluded). */
export const hashShare = (...parts: readonly number[]): number => hash32(...parts) / 0x1_0000_0000;

/** The item at an index that is known to be inside. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`);
  return item;
}

/** A stream of pseudo-random numbers (sfc32). */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: number) {
    this.a = hash32(seed, stream, 1);
    this.b = hash32(seed, stream, 2);
    this.c = hash32(seed, stream, 3);
    for (let i = 0; i < 12; i++) this.share();
  }

  /** 0…1, 1 excluded. */
  share(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.share() * (high - low + 1));
  }

  pick<T>(items: readonly T[]): T {
    return at(items, Math.floor(this.share() * items.length));
  }

  /** About normal with mean 0 and deviation 1 (sum of six draws: no logarithm, whose last bit differs between machines). */
  normal(): number {
    let sum = -3;
    for (let i = 0; i < 6; i++) sum += this.share();
    return sum * Math.SQRT2;
  }
}

/** Draws by weight: cumulative sums once, a binary search per draw. */
export class Lottery<T> {
  private readonly upTo: number[] = [];
  private readonly items: T[] = [];
  private total = 0;

  constructor(entries: Iterable<readonly [T, number]>) {
    for (const [item, weight] of entries) {
      if (weight <= 0) continue;
      this.total += weight;
      this.items.push(item);
      this.upTo.push(this.total);
    }
  }

  draw(random: Random): T {
    const wanted = random.share() * this.total;
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(this.upTo, middle) > wanted) high = middle;
      else low = middle + 1;
    }
    return at(this.items, low);
  }
}
