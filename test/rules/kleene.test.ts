import { describe, expect, it } from "vitest";
import { all, any, met, not, type Outcome, unknown, unmet } from "../../server/rules/kleene.ts";

const values: readonly Outcome[] = [unmet, unknown, met];

describe("strong Kleene logic", () => {
  it.each(values.flatMap((a) => values.map((b) => [a, b] as const)))("all and any of %i, %i", (a, b) => {
    const expectedAll = a === unmet || b === unmet ? unmet : a === unknown || b === unknown ? unknown : met;
    const expectedAny = a === met || b === met ? met : a === unknown || b === unknown ? unknown : unmet;
    expect(all([a, b])).toBe(expectedAll);
    expect(any([a, b])).toBe(expectedAny);
  });

  it("is met for nothing to meet, unmet for nothing to choose from", () => {
    expect(all([])).toBe(met);
    expect(any([])).toBe(unmet);
  });

  it("turns met and unmet around and leaves unknown", () => {
    expect(values.map(not)).toEqual([met, unknown, unmet]);
  });
});
