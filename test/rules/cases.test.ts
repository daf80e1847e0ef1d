import { describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { checkCase } from "../../server/rules/cases.ts";

const library = await loadLibrary(undefined, { cases: true });

describe.each([...library.books.values()])("$id", (book) => {
  it.each([...book.levels.keys()])("has cases at level %s", (level) => {
    expect(book.cases.filter((one) => one.level === level).length).toBeGreaterThanOrEqual(8);
  });

  it.each(book.cases.map((one) => [one.level, one.name, one] as const))("%s: %s", (_level, _name, one) => {
    expect(checkCase(book, one)).toEqual([]);
  });
});
