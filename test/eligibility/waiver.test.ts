import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countWaiver, decideRosters, jurisdiction } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import { type TargetLevel, targetLevels } from "../../server/rules/facts.ts";
import { RulebookLibrary } from "../../server/rules/rulebook.ts";
import { waive } from "../../server/rules/waive.ts";
import type { Store } from "../../server/store/index.ts";
import { groundStore } from "../tables/ground.ts";
import { fillRoster, peopleOf, type RosterPerson } from "./roster.ts";

const examYear = 2024;
const districts = ["320612", "320402", "321012", "410802", "350102"];
const library = await loadLibrary();

let store: Store;
let remove: () => Promise<void>;
let people: RosterPerson[];
let stopped: ReturnType<typeof notEligible>;
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  people = await store.transaction(async (c) => {
    await fillRoster(c, { count: 600, rosterYear: examYear - 1, districts, seed: 11 });
    await decideRosters(c, library);
    return peopleOf(c, examYear - 1);
  });
  stopped = notEligible();
});
afterAll(() => remove());

const count = (condition: string, of = library) => store.read((c) => countWaiver(c, of, { examYear, condition }));

/** Every worker at every level at which he is not eligible. */
function notEligible() {
  return people.flatMap(({ facts, district }) =>
    targetLevels.flatMap((level) => {
      const book = jurisdiction(library, district, level, examYear)?.rulebook;
      if (!book || evaluate(book, level, examYear, facts).decision === "eligible") return [];
      return [{ facts, level, book }];
    }),
  );
}

/** The same, worker by worker, with the condition really waived in the rulebook. */
function byHand(condition: string): Map<string, number> {
  const counts = new Map<string, number>();
  const waived = new Map([...library.books.values()].map((book) => [book, waive(book, [condition])]));
  for (const { facts, level, book } of stopped) {
    if (evaluate(waived.get(book) ?? book, level, examYear, facts).decision !== "eligible") continue;
    const key = `${book.id} ${level}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

describe("how many become eligible is what evaluating them with the condition waived says", () => {
  test.each(["seniority", "education", "appraisals", "fraud-ban", "level", "on-post", "trade-open", "exceptional"])(
    "%s",
    async (condition) => {
      const rows = await count(condition);
      const found = rows.filter(({ becomeEligible }) => becomeEligible > 0);
      expect(new Map(found.map((row) => [`${row.rulebook} ${row.targetLevel}`, row.becomeEligible]))).toEqual(
        byHand(condition),
      );
    },
  );

  test("somebody is helped by a waiver", () => expect(byHand("seniority").size).toBeGreaterThan(5));
});

test("levels that do not ask for the condition are left out", async () => {
  const asking = new Set((await count("thesis")).map(({ targetLevel }) => targetLevel));
  expect([...asking]).toEqual(["technician"] satisfies TargetLevel[]);
});

test("a condition nobody asks for is refused with the nearest one", async () => {
  await expect(count("senority")).rejects.toMatchObject({
    code: "bad-input",
    text: { zh: expect.stringContaining("seniority"), en: expect.stringContaining("did you mean seniority") },
    details: { property: "condition", value: "senority" },
  });
});

test("decisions of another text of the rulebook are not counted", async () => {
  const book = library.get("jiaozuo-2023");
  const changed = new RulebookLibrary(new Map([...library.books, [book.id, { ...book, hash: "another" }]]));
  await expect(count("seniority", changed)).rejects.toMatchObject({ code: "conflict", details: { rulebook: book.id } });
});
