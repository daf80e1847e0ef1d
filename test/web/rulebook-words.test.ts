import { describe, expect, test } from "vitest";
import { factCatalogue } from "../../server/api/meta.ts";
import { loadLibrary } from "../../server/library.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import { zhCN } from "../../web/locales/zh-CN.ts";

const library = await loadLibrary();
/** Everything unknown: every pathway lists what it has, and all that can be assumed is. */
const results = [...library.books.values()].flatMap((book) =>
  [...new Set(["junior", "intermediate", "senior", "technician", "seniorTechnician"])].flatMap((level) => {
    try {
      return [evaluate(book, level, undefined, {})];
    } catch {
      return []; // a level this rulebook does not cover
    }
  }),
);

describe("words for what the rulebooks name", () => {
  test("every pathway and condition has a name", () => {
    for (const { rulebook, pathways } of results) {
      for (const { id, conditions } of pathways) {
        expect(Object.keys(zhCN.pathway), rulebook).toContain(id);
        for (const condition of conditions) expect(Object.keys(zhCN.condition), rulebook).toContain(condition.id);
      }
    }
    expect(results.length).toBeGreaterThan(10);
  });

  test("everything that planning assumes has a name", () => {
    const known = new Set([...Object.keys(zhCN.alternative), ...factCatalogue.map(({ name }) => name)]);
    for (const { rulebook, assumed } of results) {
      for (const id of assumed) {
        const [condition, alternative] = id.split(".");
        expect(Object.keys(zhCN.condition), `${rulebook}: ${id}`).toContain(condition);
        if (alternative !== undefined) expect([...known], `${rulebook}: ${id}`).toContain(alternative);
      }
    }
  });
});
