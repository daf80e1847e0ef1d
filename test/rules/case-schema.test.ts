import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { caseSchema, isPlainCase } from "../../server/rules/case-schema.ts";

const library = await loadLibrary(undefined, { cases: true });
const stated = [...library.books.values()].flatMap((book) => book.cases);

test("the product's cases need no second look", () => {
  expect(stated.filter((one) => !isPlainCase(one))).toEqual([]);
});

/** Every place in a value, as keys from the outside. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, one]) => places(one, [...path, key]))];
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = changed(copy[key], rest, to);
  // what is not there is no entry; YAML has no holes in lists
  if (copy[key] === undefined && !Array.isArray(copy)) delete copy[key];
  return copy;
}

const strange = [
  "undefined",
  "null",
  "[]",
  "{}",
  "1",
  "2.5",
  "1e300",
  "true",
  "eligible",
  "met",
  "junior",
  "[1]",
  "{ a: met }",
];

test("what it lets pass is as the schema asks", () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.constantFrom(...strange), fc.boolean(), (which, where, what, isNewKey) => {
      const one = stated[which % stated.length];
      const all = places(one);
      const place = all[where % all.length] ?? [];
      const to = what === "undefined" ? undefined : load(what);
      const other = changed(one, isNewKey ? [...place.slice(0, -1), "strange"] : place, to);
      if (!isPlainCase(other)) return;
      passed++;
      expect(caseSchema.safeParse(other).success, JSON.stringify(other)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(passed).toBeGreaterThan(100);
});
