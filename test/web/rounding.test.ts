import fc from "fast-check";
import { expect, test } from "vitest";
import { roundParts } from "../../web/parts/rounding.ts";

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

test("by hand: the largest remainders are raised, ties to the larger value, null stays null", () => {
  expect(roundParts([1.5, 2.3, 0.2])).toEqual([2, 2, 0]);
  expect(roundParts([0.4, 0.4, 0.4])).toEqual([1, 0, 0]);
  expect(roundParts([0.5, 7.5, null, 1])).toEqual([0, 8, null, 1]);
  expect(roundParts([0.6, 0.6], 1)).toEqual([1, 0]);
  expect(roundParts([2, 3], 9)).toEqual([2, 3]);
  expect(roundParts([])).toEqual([]);
});

test("whole and parts add up level by level, and nothing is off by one", () => {
  const figure = fc.double({ min: 0, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.array(figure, { maxLength: 8 }), { maxLength: 8 }), (groups) => {
      const wholes = groups.map(sum);
      const shown = roundParts(wholes);
      expect(sum(shown)).toBe(Math.round(sum(wholes)));
      groups.forEach((parts, index) => {
        const rounded = roundParts(parts, shown[index] ?? 0);
        expect(sum(rounded)).toBe(shown[index]);
        rounded.forEach((value, at) => {
          expect(Math.abs((value ?? 0) - (parts[at] ?? 0))).toBeLessThan(1);
        });
      });
    }),
  );
});
