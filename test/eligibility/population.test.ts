import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { comparePopulation, type Population } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { type Decision, evaluate } from "../../server/rules/evaluate.ts";
import { type TargetLevel, targetLevels } from "../../server/rules/facts.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import type { Store } from "../../server/store/index.ts";
import { groundStore } from "../tables/ground.ts";
import { fillRoster, peopleOf, type RosterPerson } from "./roster.ts";

let store: Store;
let remove: () => Promise<void>;
let library: RulebookLibrary;
let people: RosterPerson[];
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  library = await loadLibrary();
  people = await store.transaction(async (c) => {
    await fillRoster(c, { count: 50, rosterYear: 2022, districts: ["320612"], seed: 7 });
    await fillRoster(c, { count: 600, rosterYear: 2023, districts: ["320612", "320411", "410802"], seed: 8 });
    return peopleOf(c, 2023);
  });
});
afterAll(() => remove());

const compare = (a: string, b: string, scope = fullScope, examYear = 2024): Promise<Population> =>
  store.read((c) => comparePopulation(c, library.get(a), library.get(b), { examYear, scope }));

/** Counted person by person. */
function byHand(a: string, b: string, of: readonly RosterPerson[]): Population["levels"] {
  const [before, after] = [library.get(a), library.get(b)];
  const order: readonly Decision[] = ["ineligible", "undetermined", "eligible"];
  const counted = (pairs: readonly (readonly [Decision, Decision])[]) =>
    order.flatMap((from) =>
      order.flatMap((to) => {
        const workers = pairs.filter(([f, t]) => f === from && t === to).length;
        return from === to || workers === 0 ? [] : [{ from, to, workers }];
      }),
    );
  const common = targetLevels.filter((level) => before.levels.has(level) && after.levels.has(level));
  return common.map((level: TargetLevel) => {
    const results = of.map(
      ({ facts }) => [evaluate(before, level, 2024, facts), evaluate(after, level, 2024, facts)] as const,
    );
    return {
      level,
      workers: of.length,
      changes: counted(results.map(([one, two]) => [one.decision, two.decision])),
      planningChanges: counted(results.map(([one, two]) => [one.planningDecision, two.planningDecision])),
    };
  });
}

test.each([
  ["nantong-2023", "changzhou-2024"],
  ["jiangsu-2020", "jiaozuo-2023"],
  ["jiangsu-2020", "jiangdu-2020"],
  ["nantong-2023", "fujian-2020"],
])("%s and %s: the counts are those of every worker explained under both", async (a, b) => {
  const found = await compare(a, b);
  expect(found).toMatchObject({ rosterYear: 2023, examYear: 2024 });
  expect(found.levels).toEqual(byHand(a, b, people));
  expect(found.levels.some(({ changes }) => changes.length > 0)).toBe(true);
});

test("a rulebook changes nobody against itself", async () => {
  const { levels } = await compare("jiaozuo-2023", "jiaozuo-2023");
  expect(levels.map(({ level, workers }) => [level, workers])).toEqual(targetLevels.map((level) => [level, 600]));
  for (const { changes, planningChanges } of levels) expect([changes, planningChanges]).toEqual([[], []]);
});

test("a scope sees the people of its districts, no scope nobody", async () => {
  const changzhou = await compare("jiangsu-2020", "changzhou-2024", { districts: ["320400"] });
  expect(changzhou.levels).toEqual(
    byHand(
      "jiangsu-2020",
      "changzhou-2024",
      people.filter(({ district }) => district === "320411"),
    ),
  );
  const nobody = await compare("jiangsu-2020", "changzhou-2024", { districts: [] });
  for (const { workers, changes } of nobody.levels) expect([workers, changes]).toEqual([0, []]);
});

test("another exam year is decided on the roster of the year before it", async () => {
  const { rosterYear, levels } = await compare("jiangsu-2020", "jiangdu-2020", fullScope, 2023);
  expect(rosterYear).toBe(2022);
  expect(levels[0]?.workers).toBe(50);
});
