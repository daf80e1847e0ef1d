/** Both back ends at and around every threshold of every rulebook: one below, at, one above, known in part, missing. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { possibleOutcomes } from "../../server/rules/coverage.ts";
import { met, outcomeName, unknown, unmet } from "../../server/rules/kleene.ts";
import { parseFacts } from "../../server/rules/parse-facts.ts";
import { crossed, distinct } from "../../server/rules/probes.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { agree } from "./agree.ts";

const library = await loadLibrary(undefined, { cases: true });
const levels = [...library.books.values()].flatMap((book) =>
  [...book.levels.keys()].map((level) => ({ id: book.id, book, level, base: parseFacts(book.people[level] ?? {}) })),
);

/** Outcomes that the rule itself leaves out, by id of the condition. */
const neverSo: Readonly<Record<string, readonly [outcome: string, why: string]>> = {
  "cycle-year": ["unknown", "the exam year is always known"],
  "not-transferred": ["unknown", "absence means not transferred"],
  transferred: ["unknown", "absence means not transferred"],
  arrived: ["unknown", "absence means no arrival from another province"],
  resettled: ["unknown", "absence means not a resettled veteran"],
  "not-reverified": ["unknown", "absence counts as not by re-verification"],
  "special-approval": ["met", "only the authority can approve"],
};

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-boundaries-"));
  store = await openStore(folder);
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe("boundaries of the rulebooks", () => {
  it.each(levels)("$id $level: probes state possible facts", ({ book, level }) => {
    const { conditions, remarks, selectionExemption } = bindLevel(book, level);
    for (const { term } of [...conditions, ...remarks, ...(selectionExemption ? [{ term: selectionExemption }] : [])])
      for (const probe of term.probes()) parseFacts(probe);
  });

  it.each(levels)("$id $level: every condition is met, unmet and unknown by its probes", ({ book, level, base }) => {
    const years = [book.year, book.year + 1].map((year) => bindLevel(book, level, year));
    const [bound] = years;
    const unreached = bound?.conditions.flatMap(({ bit, condition: { id } }) => {
      const reached = new Set(
        years.flatMap(({ conditions }) =>
          conditions.filter((item) => item.bit === bit).flatMap((item) => [...possibleOutcomes(item, [{}, base])]),
        ),
      );
      return ([met, unmet, unknown] as const)
        .filter((one) => !reached.has(one))
        .map((one) => `${id} ${outcomeName(one)}`);
    });
    const explained = bound?.conditions.flatMap(({ condition: { id } }) => {
      const exception = neverSo[id];
      return exception ? [`${id} ${exception[0]}`] : [];
    });
    expect(unreached).toEqual(explained);
  });

  it.each(levels.flatMap((one) => [one.book.year, one.book.year + 1].map((year) => ({ ...one, year }))))(
    "$id $level $year: both back ends agree on every probe",
    async ({ book, level, base, year }) => {
      const probes = bindLevel(book, level, year).conditions.flatMap((item) => item.term.probes());
      const people = distinct([base, {}, ...crossed([base, {}], probes)]);
      const found = await agree(store, book, level, year, people);
      expect(found.differences).toEqual([]);
      expect(found.people).toBe(people.length);
    },
  );
});
