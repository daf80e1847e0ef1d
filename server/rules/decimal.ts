/** Exact decimal numbers, for sums that are rounded only once: 0.1 + 0.2 is 0.3, and 2.675 is rounded as it is written. */

/** units · 10^−scale; scale ≥ 0. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** A finite number ≥ 0 as it is written in decimals. */
export function decimal(value: number): Decimal {
  const match = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) throw new RangeError(`expected a finite number of at least 0, not ${value}`);
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * power(-scale), scale: 0 };
}

const unitsAt = ({ units, scale }: Decimal, finer: number): bigint => units * power(finer - scale);

export function sum(numbers: readonly Decimal[]): Decimal {
  const scale = Math.max(0, ...numbers.map((one) => one.scale));
  return { units: numbers.reduce((total, one) => total + unitsAt(one, scale), 0n), scale };
}

export const product = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });

export function least(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return unitsAt(a, scale) <= unitsAt(b, scale) ? a : b;
}

/** Rounded half up to so many places. */
export function rounded(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value;
  const step = power(value.scale - places);
  return { units: (2n * value.units + step) / (2n * step), scale: places };
}

/** The nearest floating-point number. */
export function toNumber({ units, scale }: Decimal): number {
  const digits = String(units).padStart(scale + 1, "0");
  const point = digits.length - scale;
  return Number(`${digits.slice(0, point)}.${digits.slice(point)}`);
}
