import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimal, least, product, rounded, sum, toNumber } from "../../server/rules/decimal.ts";

const numbers = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
/** Hundredths from 0 to 100, as decimals are typed. */
const cents = fc.integer({ min: 0, max: 10_000 });

describe("exact decimals", () => {
  test("every number comes back as it was", () => {
    fc.assert(fc.property(numbers, (value) => toNumber(decimal(value)) === (value === 0 ? 0 : value)));
    for (const value of [0, 5e-324, 1e-7, 0.1, 1e21, 1.5e300]) expect(toNumber(decimal(value))).toBe(value);
  });

  test("what has no decimals is refused", () => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => decimal(value)).toThrow(RangeError);
  });

  test("sums and products of hundredths are those of whole numbers", () => {
    fc.assert(
      fc.property(fc.array(cents), cents, (list, factor) => {
        const whole = list.reduce((total, one) => total + one, 0);
        expect(toNumber(sum(list.map((one) => decimal(one / 100))))).toBe(whole / 100);
        expect(toNumber(product(decimal(whole / 100), decimal(factor / 100)))).toBe((whole * factor) / 10_000);
      }),
    );
    expect(toNumber(sum([decimal(0.1), decimal(0.2)]))).toBe(0.3);
    expect(sum([])).toEqual({ units: 0n, scale: 0 });
  });

  test("the smaller of two", () => {
    fc.assert(fc.property(numbers, numbers, (a, b) => toNumber(least(decimal(a), decimal(b))) === Math.min(a, b) + 0));
  });

  test.each([
    [1.005, 1.01],
    [1.0049999, 1],
    [2.675, 2.68],
    [0.005, 0.01],
    [0.0049, 0],
    [24.015, 24.02],
    [99.995, 100],
    [57.5, 57.5],
    [7, 7],
  ])("%d is rounded to %d", (value, expected) => {
    expect(toNumber(rounded(decimal(value), 2))).toBe(expected);
  });
});
