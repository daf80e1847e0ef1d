import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelCodes } from "../../web/api/types.ts";
import { changeList, readList, withoutCondition } from "../../web/pages/people/list-state.ts";
import { backAddress, checkAddress, conditionAddress, peopleAddress } from "../../web/state/drill.ts";
import { changeFilters, filterSearch, readFilters } from "../../web/state/filters.ts";

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() === value);
const anyFilters = fc.record(
  {
    year: fc.integer({ min: 1000, max: 9999 }),
    level: fc.constantFrom(...levelCodes),
    district: text,
    trade: text,
    unit: text,
  },
  { requiredKeys: [] },
);

describe("filters in the address", () => {
  test("what is written is read back", () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(readFilters(new URLSearchParams(filterSearch(filters)))).toEqual(filters);
      }),
    );
  });

  test("nothing chosen leaves no trace", () => {
    expect(filterSearch({})).toBe("");
  });

  test("values that cannot be are as if not chosen", () => {
    expect(readFilters(new URLSearchParams("year=20244&level=master&district=+&trade="))).toEqual({});
  });

  test("a change sets, clears, and leaves the rest", () => {
    const before = new URLSearchParams("year=2024&trade=电工&measure=eligible&page=7");
    const after = changeFilters(before, { trade: undefined, level: "senior" });
    expect(Object.fromEntries(after)).toEqual({ year: "2024", level: "senior", measure: "eligible" });
    expect(before.get("trade")).toBe("电工");
  });
});

describe("addresses of the people behind a number", () => {
  test("the cell narrows the page's filters", () => {
    const address = peopleAddress(
      "used",
      { year: 2024, district: "320600", trade: "烹饪" },
      { trade: "电工", unit: "通州中学" },
      "quota",
    );
    const url = new URL(address, "http://here");
    expect(url.pathname).toBe("/people");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      year: "2024",
      district: "320600",
      trade: "电工",
      unit: "通州中学",
      measure: "used",
      from: "quota",
    });
  });

  test("a person's address keeps year and level, not the place", () => {
    const url = new URL(
      checkAddress("A 1&2", { year: 2024, district: "320600" }, { level: "technician" }),
      "http://here",
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({ year: "2024", level: "technician", worker: "A 1&2" });
  });
});

describe("the list's part of the address", () => {
  test("defaults", () => {
    expect(readList(new URLSearchParams())).toEqual({
      measure: "planningEligible",
      q: "",
      page: 1,
      size: 100,
      from: undefined,
      asked: undefined,
    });
  });

  test("nonsense falls back, a size too large is cut", () => {
    expect(readList(new URLSearchParams("measure=x&page=-1&size=5000&from=there"))).toMatchObject({
      measure: "planningEligible",
      page: 1,
      size: 1000,
      from: undefined,
    });
  });

  test("another number or other words start at the first page", () => {
    const search = new URLSearchParams("measure=eligible&page=4&q=王");
    expect(changeList(search, { q: "李" }).get("page")).toBeNull();
    expect(changeList(search, { measure: "used" }).get("page")).toBeNull();
    expect(changeList(search, { page: 5 }).get("page")).toBe("5");
    expect(changeList(search, { q: "", page: 1 }).toString()).toBe("measure=eligible");
  });
});

describe("the people of a condition", () => {
  const address = conditionAddress("soleBlocker", {
    level: "seniorTechnician",
    rulebook: "changzhou-2024",
    condition: "education",
  });
  const search = new URL(address, "http://here").searchParams;

  test("the address says which condition of which rulebook and level", () => {
    expect(readList(search)).toMatchObject({
      measure: "soleBlocker",
      asked: { rulebook: "changzhou-2024", condition: "education" },
      from: "rulebooks",
    });
    expect(readFilters(search)).toEqual({ level: "seniorTechnician" });
  });

  test("without one of the three there is no condition, and no measure of one", () => {
    for (const name of ["rulebook", "condition", "level"]) {
      const part = new URLSearchParams(search);
      part.delete(name);
      expect(readList(part), name).toMatchObject({ measure: "planningEligible", asked: undefined });
    }
    const plain = new URLSearchParams(search);
    plain.set("measure", "eligible");
    expect(readList(plain).asked).toBeUndefined();
  });

  test("another level, another kind of number and closing the tag forget it; another of its numbers does not", () => {
    expect(readList(changeFilters(search, { level: "senior" })).asked).toBeUndefined();
    expect(readList(changeFilters(search, { district: "320600" })).asked).toBeDefined();
    expect(changeList(search, { measure: "eligible" }).has("condition")).toBe(false);
    expect(readList(changeList(search, { measure: "unmet" }))).toMatchObject({ measure: "unmet", asked: {} });
    expect(withoutCondition(search).toString()).toBe("level=seniorTechnician");
  });

  test("the way back leads to the rulebook, with its year and level", () => {
    const filters = { year: 2024, level: "senior", district: "320600", trade: "电工", unit: "x" } as const;
    expect(backAddress("rulebooks", filters, "changzhou-2024")).toBe(
      "/rulebooks/changzhou-2024?year=2024&level=senior",
    );
    expect(backAddress("rulebooks", {}, null)).toBe("/rulebooks");
    expect(backAddress("quota", { unit: "x", level: "senior" }, null)).toBe("/quota?level=senior");
  });
});
