import { expect, test } from "vitest";
import { loadLibrary } from "../server/library.ts";

test("leaving the cases out changes no rule", async () => {
  const [lean, full] = [await loadLibrary(), await loadLibrary(undefined, { cases: true })];
  expect([...lean.books.keys()]).toEqual([...full.books.keys()]);
  for (const [id, book] of full.books) {
    expect(lean.get(id).hash).toBe(book.hash);
    expect(book.cases.length).toBeGreaterThan(0);
    expect(lean.get(id).cases).toEqual([]);
  }
});
