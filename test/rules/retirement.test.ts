import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMonth, type RetirementTrack, retirementMonth } from "../../server/rules/retirement.ts";

const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
const originalAge: Record<RetirementTrack, number> = { male60: 720, female55: 660, female50: 600 };

describe("retirement months of the 2025 reform", () => {
  it.each([
    ["male60", "1964-12", 0, "2024-12"],
    ["male60", "1965-01", 1, "2025-02"],
    ["male60", "1965-04", 1, "2025-05"],
    ["male60", "1965-05", 2, "2025-07"],
    ["male60", "1970-07", 17, "2031-12"],
    ["male60", "1976-08", 35, "2039-07"],
    ["male60", "1976-09", 36, "2039-09"],
    ["male60", "1985-03", 36, "2048-03"],
    ["female50", "1974-12", 0, "2024-12"],
    ["female50", "1975-01", 1, "2025-02"],
    ["female50", "1975-03", 2, "2025-05"],
    ["female50", "1978-06", 21, "2030-03"],
    ["female50", "1984-10", 59, "2039-09"],
    ["female50", "1984-11", 60, "2039-11"],
    ["female55", "1970-01", 1, "2025-02"],
    ["female55", "1975-08", 17, "2032-01"],
    ["female55", "1981-08", 35, "2039-07"],
    ["female55", "1981-09", 36, "2039-09"],
  ] as const)("%s born %s: %i months later, %s", (track, birth, delay, retires) => {
    const found = retirementMonth(track, month(birth));
    expect(formatMonth(found)).toBe(retires);
    expect(found - month(birth) - originalAge[track]).toBe(delay);
  });

  it("does not cap women of track 50 at 36 months, nor give them a month per four", () => {
    expect(retirementMonth("female50", month("1984-11")) - month("1984-11") - 600).not.toBe(36);
    expect(retirementMonth("female50", month("1975-03")) - month("1975-03") - 600).not.toBe(1);
  });

  it("never falls with a later birth month", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<RetirementTrack>("male60", "female50", "female55"),
        fc.integer({ min: month("1940-01"), max: month("2005-12") }),
        (track, birth) => retirementMonth(track, birth) <= retirementMonth(track, birth + 1),
      ),
    );
  });
});
