import { describe, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { rulebookDocument } from "../../server/rules/document.ts";
import type { BottleneckRow } from "../../web/api/types.ts";
import { differences } from "../../web/pages/rulebooks/differences.ts";
import { stopsOf } from "../../web/pages/rulebooks/stops.ts";

const library = await loadLibrary();

/** Every pathway of every level of every rulebook, with the first of its level. */
const pairs = [...library.books.values()].flatMap((book) =>
  rulebookDocument(book).levels.flatMap(({ level, pathways }) => {
    const [first, ...others] = pathways;
    return first ? others.map((other) => ({ name: `${book.id} ${level} ${other.id}`, first, other })) : [];
  }),
);

describe("what sets a pathway apart", () => {
  test("every condition is either its own or the first pathway's, and nothing is left out", () => {
    expect(pairs.length).toBeGreaterThan(20);
    for (const { name, first, other } of pairs) {
      const { own, dropped, shared } = differences(first, other);
      expect(own.length + shared, name).toBe(other.conditions.length);
      const keys = new Set(first.conditions.map(({ key }) => key));
      for (const condition of other.conditions) {
        const isSame = keys.has(condition.key) && !condition.waived && !condition.relieved;
        expect(own.includes(condition), `${name} ${condition.id}`).toBe(!isSame);
      }
      const ids = other.conditions.map(({ id }) => id);
      expect(new Set([...ids, ...dropped]), name).toEqual(new Set([...ids, ...first.conditions.map(({ id }) => id)]));
      for (const id of dropped) expect(ids, name).not.toContain(id);
    }
  });

  test("the exceptional pathway of Nantong: its door, and the education it waives", () => {
    const level = rulebookDocument(library.get("nantong-2023")).levels.at(-1);
    const [first, other] = level?.pathways ?? [];
    if (!first || !other) throw new Error("no pathways");
    const { own, dropped } = differences(first, other);
    expect(own.map(({ id, waived }) => `${id}${waived ? " waived" : ""}`)).toEqual(["education waived", "exceptional"]);
    expect(dropped).toEqual([]);
  });

  test("a pathway against itself: nothing of its own unless waived", () => {
    for (const { first } of pairs) {
      expect(differences(first, first)).toEqual({ own: [], dropped: [], shared: first.conditions.length });
    }
  });
});

describe("how many each condition stops", () => {
  const row = (condition: string, unmet: number, soleBlocker: number, unknown = 0): BottleneckRow => ({
    examYear: 2025,
    rulebook: "nantong-2023",
    condition,
    blocked: 0,
    unknown,
    share: null,
    unmet,
    soleBlocker,
    ...{ workers: 9, ineligible: 9, advisory: false, conditionZh: condition, conditionEn: condition },
    ...{ shapley: 0, oneShort: 0, curability: "time", curabilityZh: "", curabilityEn: "" },
  });
  const where = { rulebook: "nantong-2023", level: "seniorTechnician" } as const;

  test("rows of one condition add up; a condition without a row stops nobody", () => {
    const stops = stopsOf([row("education", 3, 1, 5), row("education", 4, 0), row("seniority", 2, 2)], where);
    expect(stops?.of("education")).toEqual({ unmet: 7, soleBlocker: 1, unknown: 5 });
    expect(stops?.of("seniority")).toEqual({ unmet: 2, soleBlocker: 2, unknown: 0 });
    expect(stops?.of("on-post")).toEqual({ unmet: 0, soleBlocker: 0, unknown: 0 });
  });

  test("each number has the address of its people", () => {
    const stops = stopsOf([row("education", 3, 1)], { ...where, year: 2024 });
    expect(stops?.address("unmet", "education")).toBe(
      "/people?year=2024&level=seniorTechnician&measure=unmet&rulebook=nantong-2023&condition=education&from=rulebooks",
    );
  });

  test("a rulebook that decides nobody has no numbers, rather than noughts", () => {
    expect(stopsOf([], where)).toBeNull();
    expect(stopsOf(undefined, where)).toBeUndefined();
  });
});
