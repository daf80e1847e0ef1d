import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { caseFacts } from "../../server/rules/cases.ts";
import { possibleOutcomes } from "../../server/rules/coverage.ts";
import { outcomeName } from "../../server/rules/kleene.ts";
import { type Facts, parseFacts } from "../../server/rules/parse-facts.ts";
import type { Rulebook } from "../../server/rules/rulebook.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { agree } from "./agree.ts";
import { LevelPeople, randomNumbers } from "./people.ts";

const library = await loadLibrary(undefined, { cases: true });
const levels = [...library.books.values()].flatMap((book) =>
  [...book.levels.keys()].map((level, index) => ({ book, level, id: book.id, seed: book.year * 10 + index })),
);
const peoplePerLevel = 5_000;

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gongkao-agreement-"));
  store = await openStore(folder);
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe("both back ends agree", () => {
  it.each(levels)("$id $level on random people", async ({ book, level, seed }) => {
    const bound = bindLevel(book, level);
    const base = parseFacts(book.people[level] ?? {});
    const people = [...new LevelPeople(randomNumbers(seed), bound, base).take(peoplePerLevel)];
    for (const person of people) parseFacts(person);
    const found = await agree(store, book, level, book.year, people);
    expect(found.differences).toEqual([]);
    expect(found.people).toBe(peoplePerLevel);

    // The people are worth comparing only if every pathway and every condition comes out every way it can.
    for (const { id, door } of bound.pathways) {
      const neverMet = door && !possibleOutcomes(door, [{}, base]).has(2);
      const wanted = ["met", "unmet", "unknown"].filter((outcome) => !(neverMet && outcome === "met"));
      expect([...found.pathways]).toEqual(expect.arrayContaining(wanted.map((outcome) => `${id} ${outcome}`)));
    }
    const missed = bound.conditions.flatMap((item) =>
      [...possibleOutcomes(item, [{}, base])]
        .filter((outcome) => !found.conditions.has(`${item.bit} ${outcomeName(outcome)}`))
        .map((outcome) => `${item.condition.key} ${outcomeName(outcome)}`),
    );
    expect(missed).toEqual([]);
  });

  it.each(statedPeople())("$name: worked examples and cases of the rulebook", async ({ book, level, year, people }) => {
    const found = await agree(store, book, level, year, people, { readBack: true });
    expect(found.differences).toEqual([]);
    expect(found.people).toBe(people.length);
  });
});

interface StatedPeople {
  readonly name: string;
  readonly book: Rulebook;
  readonly level: string;
  readonly year: number;
  readonly people: Facts[];
}

/** The people of the worked examples and of every rulebook's cases, by rulebook, level and year: one bulk run each. */
function statedPeople(): StatedPeople[] {
  const groups = new Map<string, StatedPeople>();
  const put = (book: Rulebook, level: string, year: number | undefined, facts: Facts) => {
    const name = `${book.id} ${level} ${year ?? book.year}`;
    const group = groups.get(name) ?? { name, book, level, year: year ?? book.year, people: [] };
    group.people.push(facts);
    groups.set(name, group);
  };
  const lines = readFileSync(new URL("./examples.ndjson", import.meta.url), "utf8")
    .trim()
    .split("\n");
  for (const line of lines) {
    const one = JSON.parse(line) as { rulebook: string; level: string; year?: number; facts?: Facts; expect: object };
    if (one.facts && !("error" in one.expect)) put(library.get(one.rulebook), one.level, one.year, one.facts);
  }
  for (const book of library.books.values()) {
    for (const one of book.cases) put(book, one.level, one.year, caseFacts(book, one));
  }
  return [...groups.values()];
}
