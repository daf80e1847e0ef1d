/** Where years stand: a filter over what they were. */
import { describe, expect, it } from "vitest";
import { yearLevel } from "../../server/forecast/year-level.ts";

const years = (shifts: readonly number[], noise = 0.02 ** 2, weight = 1) =>
  shifts.map((shift, index) => ({ year: 2015 + index, shift, noise, weight }));

describe("the level of the years", () => {
  it("is their mean where they only scatter, and is known the better the more there are", () => {
    const few = yearLevel(years([0.1, -0.1]));
    const many = yearLevel(years([0.1, -0.1, 0.05, -0.08, 0.1, -0.06, 0.02, -0.03]));
    expect(Math.abs(few.level)).toBeLessThan(0.04);
    expect(Math.abs(many.level)).toBeLessThan(0.03);
    expect(many.variance).toBeLessThan(few.variance);
  });

  it("is not dragged along by one year unlike the others, and follows when they stay there", () => {
    const before = [0.02, -0.03, 0.04, 0, -0.02];
    const once = yearLevel(years([...before, -0.8, 0.01])).level;
    const stays = yearLevel(years([...before, -0.8, -0.75, -0.82])).level;
    expect(once).toBeGreaterThan(-0.1);
    expect(stays).toBeLessThan(-0.65);
  });

  it("believes noisy years, and years that weigh little, less", () => {
    const shifts = [0, 0, 0, 0.5, 0.5, 0.5];
    const sure = yearLevel(years(shifts)).level;
    const noisy = yearLevel(years(shifts, 0.3 ** 2)).level;
    const light = yearLevel(years(shifts).map((one) => ({ ...one, weight: one.shift > 0 ? 0.02 : 1 }))).level;
    expect(sure).toBeGreaterThan(0.42);
    expect(noisy).toBeLessThan(sure - 0.1);
    expect(light).toBeLessThan(sure - 0.1);
  });

  it("without years says nothing but how years usually differ", () => {
    const { level, variance, farTail } = yearLevel([]);
    expect(level).toBeCloseTo(0, 9);
    expect(variance).toBeGreaterThan(0.15 ** 2);
    expect(variance).toBeLessThan(0.5 ** 2);
    expect(farTail).toBeGreaterThanOrEqual(1);
  });
});
