/** What a term does not take from the exam year is bound once for all years: it must really ask the same in each. */
import { expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";

const library = await loadLibrary();
const levels = [...library.books.values()].flatMap((book) =>
  [...book.levels.keys()].map((level) => [book.id, level] as const),
);

test.each(levels)("%s %s: in every year as if it were bound in that year alone", (id, level) => {
  const book = library.get(id);
  const own = bindLevel(book, level);
  let lasting = 0;
  for (const ahead of [1, 2, 3, 4, 10, 15]) {
    const shared = bindLevel(book, level, book.year + ahead);
    // another object: nothing of it has been bound in another year
    const alone = bindLevel({ ...book }, level, book.year + ahead);
    for (const [bit, { term, lasts, noneMet, asked }] of shared.conditions.entries()) {
      const same = alone.conditions[bit];
      const { sql, planSql, required, sentence } = same?.term ?? {};
      expect({ sql: term.sql, planSql: term.planSql, required: term.required, sentence: term.sentence, asked }).toEqual(
        {
          sql,
          planSql,
          required,
          sentence,
          asked: same?.asked,
        },
      );
      if (!lasts || noneMet) continue;
      lasting++;
      expect(term.planSql).toBe(own.conditions[bit]?.term.planSql);
    }
  }
  expect(lasting).toBeGreaterThan(0);
});
