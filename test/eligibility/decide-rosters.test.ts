import { afterAll, beforeAll, expect, test } from "vitest";
import { decideRosters, jurisdiction } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { evaluate } from "../../server/rules/evaluate.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { RulebookLibrary } from "../../server/rules/rulebook.ts";
import { conditionIds } from "../../server/rules/sql.ts";
import type { Store } from "../../server/store/index.ts";
import { groundStore } from "../tables/ground.ts";
import { fillRoster, peopleOf } from "./roster.ts";

/** One district of each rulebook, and one that only the province's serves. */
const districts = ["320612", "320402", "321012", "321002", "410802", "350102"];
const rosterYear = 2023;

let store: Store;
let remove: () => Promise<void>;
const library = await loadLibrary();
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  await store.transaction((c) => fillRoster(c, { count: 900, rosterYear, districts, seed: 5 }));
});
afterAll(() => remove());

interface StoredDecision {
  readonly rulebook: string;
  readonly projected: boolean;
  readonly decision: string;
  readonly planningDecision: string;
  readonly module: string | null;
  readonly blocking: string;
}

const storedOf = (level: string) =>
  store.read((c) =>
    c.rows<StoredDecision>(
      `SELECT rulebook, projected, decision, "planningDecision", module, blocking::VARCHAR AS blocking
       FROM eligibility WHERE "examYear" = ${rosterYear + 1} AND "targetLevel" = $level::VARCHAR ORDER BY "rosterRow"`,
      { level },
    ),
  );

test("what is stored of every roster row at every level is what its rulebook explains", async () => {
  await store.transaction((c) => decideRosters(c, library));
  const people = await store.read((c) => peopleOf(c, rosterYear));
  let compared = 0;
  for (const level of targetLevels) {
    const expected = people.flatMap(({ facts, district }) => {
      const served = jurisdiction(library, district, level, rosterYear + 1);
      if (!served) return [];
      const { rulebook: book, projected } = served;
      const { decision, planningDecision, modules, blocking } = evaluate(book, level, rosterYear + 1, facts);
      return [{ rulebook: book.id, projected, decision, planningDecision, module: modules[0] ?? null, blocking }];
    });
    const stored = (await storedOf(level)).map((row) => ({
      ...row,
      blocking: conditionIds(bindLevel(library.get(row.rulebook), level, rosterYear + 1), BigInt(row.blocking)),
    }));
    const sorted = <T extends { readonly blocking: readonly string[] }>(rows: readonly T[]) =>
      rows.map((row) => ({ ...row, blocking: [...row.blocking].sort() }));
    expect(sorted(stored)).toEqual(sorted(expected));
    compared += stored.length;
  }
  expect(compared).toBe(4 * 900 - 4 * 150 + 900);
});

test("a rulebook that never decided before is stored under its name, again and again", async () => {
  const { books } = library;
  const invented = { ...library.get("jiangsu-2020"), id: "invented-2030" };
  const later = new RulebookLibrary(new Map([...books, ["jiangsu-2020", invented]]));
  for (const _ of [1, 2]) {
    await store.transaction((c) => decideRosters(c, later));
    const names = new Set((await storedOf("junior")).map(({ rulebook }) => rulebook));
    expect([...names].sort()).toEqual(["changzhou-2024", "invented-2030", "jiangdu-2020", "jiaozuo-2023"]);
  }
});
