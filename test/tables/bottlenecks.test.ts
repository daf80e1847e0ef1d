import { afterAll, beforeAll, expect, test } from "vitest";
import { fullScope, type Scope } from "../../server/access/scope.ts";
import { decideRosters, jurisdiction } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { rulebookDocument } from "../../server/rules/document.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import { publish, type Store } from "../../server/store/index.ts";
import {
  type BottleneckRequest,
  bottlenecksTable,
  conditionMeasures,
  eligibilityTable,
  type WorkersRequest,
  workersList,
} from "../../server/tables.ts";
import { fillRoster, peopleOf, type RosterPerson } from "../eligibility/roster.ts";
import { groundStore } from "./ground.ts";

type Row = Record<string, string | number | boolean | null>;
interface Decided extends RosterPerson {
  readonly result: EvaluationResult;
}

let store: Store;
let remove: () => Promise<void>;
let library: RulebookLibrary;
/** Worker × target level, explained one by one, by rulebook and level. */
let decided: Map<string, Decided[]>;
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  library = await loadLibrary();
  const people = await store.transaction(async (c) => {
    const districts = ["320612", "320411", "321012", "410802", "350102"];
    await fillRoster(c, { count: 700, rosterYear: 2023, districts, seed: 11 });
    await decideRosters(c, library);
    await publish(c, "test");
    return peopleOf(c, 2023);
  });
  decided = new Map();
  for (const level of targetLevels) {
    for (const person of people) {
      const found = jurisdiction(library, person.district, level, 2024);
      if (!found) continue;
      const key = `${found.rulebook.id} ${level}`;
      const result = evaluate(found.rulebook, level, 2024, person.facts);
      decided.set(key, [...(decided.get(key) ?? []), { ...person, result }]);
    }
  }
});
afterAll(() => remove());

const rowsOf = (request: Partial<BottleneckRequest>): Promise<Row[]> =>
  store.read(async (c) => {
    const { sql, params, columns } = await bottlenecksTable(c, library, {
      year: 2024,
      by: [],
      scope: fullScope,
      ...request,
    });
    const rows = await c.rows<Row>(sql, params);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    return rows;
  });

/** What a row must say, counted from the explained results of its group. */
function byHand(row: Row): Row {
  const id = row.condition;
  const group = (decided.get(`${row.rulebook} ${row.targetLevel}`) ?? []).filter(
    ({ district, unit, trade }) =>
      (row.district === undefined || district === row.district) &&
      (row.unitName === undefined || (unit === row.unitName && row.unit === `${unit}@${district}`)) &&
      (row.trade === undefined || trade === row.trade),
  );
  const outcomes = ({ result }: Decided) =>
    result.pathways.flatMap(({ conditions }) => conditions.flatMap((one) => (one.id === id ? [one.outcome] : [])));
  const count = (holds: (one: Decided) => boolean) => group.filter(holds).length;
  const ineligible = count(({ result }) => result.decision === "ineligible");
  const blocked = count(({ result }) => result.blocking.some((one) => one === id));
  return {
    blocked,
    soleBlocker: count(({ result }) => result.blocking.length === 1 && result.blocking[0] === id),
    unknown: count((one) => one.result.decision === "undetermined" && outcomes(one).includes("unknown")),
    share: ineligible === 0 ? null : blocked / ineligible,
    unmet: count((one) => outcomes(one).includes("unmet")),
    ineligible,
    undetermined: count(({ result }) => result.decision === "undetermined"),
    workers: group.length,
  };
}

test.each<readonly [Partial<BottleneckRequest>, rows: number]>([
  [{}, 150],
  [{ by: ["district"] }, 150],
  [{ by: ["trade", "level"] }, 500],
  [{ by: ["unit"], level: "seniorTechnician" }, 150],
])("%j: every figure is that of the people explained one by one", async (request, least) => {
  const rows = await rowsOf(request);
  expect(rows.length).toBeGreaterThan(least);
  for (const row of rows) expect(row, `${row.rulebook} ${row.targetLevel} ${row.condition}`).toMatchObject(byHand(row));
  for (const figure of ["blocked", "soleBlocker", "unknown", "unmet"]) {
    expect(
      rows.some((row) => Number(row[figure]) > 0),
      figure,
    ).toBe(true);
  }
});

test("every condition of a level has its row, in words; the one that stops most is first", async () => {
  const rows = await rowsOf({ rulebook: "jiaozuo-2023", level: "seniorTechnician" });
  const level = rulebookDocument(library.get("jiaozuo-2023"), 2024).levels.at(-1);
  const asked = level?.pathways.flatMap(({ conditions }) => conditions) ?? [];
  const ids = new Set(asked.map(({ id }) => id));
  expect(new Set(rows.map(({ condition }) => condition))).toEqual(ids);
  const blocked = rows.map((row) => Number(row.blocked));
  expect(blocked).toEqual([...blocked].sort((a, b) => b - a));
  for (const row of rows) {
    const { sentence, advisory } = asked.find(({ id }) => id === row.condition) ?? {};
    expect(row).toMatchObject({ examYear: 2024, advisory, conditionZh: sentence?.zh, conditionEn: sentence?.en });
  }
  const nantong = await rowsOf({ rulebook: "nantong-2023", level: "seniorTechnician" });
  const advisory = nantong.filter((row) => row.advisory);
  expect(advisory.map(({ condition }) => condition)).toEqual(["continuing-education"]);
  expect(advisory[0]?.blocked).toBe(0);
});

test("workers, ineligible and undetermined are those of the eligibility table", async () => {
  const counted = await store.read(async (c) => {
    const { sql, params } = await eligibilityTable(c, {
      year: 2024,
      by: ["level"],
      district: "410800",
      scope: fullScope,
    });
    return c.rows<Row>(sql, params);
  });
  expect(counted).toHaveLength(5);
  for (const { targetLevel, workers, ineligible, undetermined } of counted) {
    const rows = await rowsOf({ district: "410800", level: targetLevel as (typeof targetLevels)[number] });
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatchObject({ workers, ineligible, undetermined });
  }
});

test("a finer grouping adds up to a coarser one", async () => {
  const coarse = await rowsOf({});
  const fine = await rowsOf({ by: ["district", "trade", "unit"] });
  for (const row of coarse) {
    const parts = fine.filter(
      (one) => one.rulebook === row.rulebook && one.targetLevel === row.targetLevel && one.condition === row.condition,
    );
    for (const figure of ["blocked", "soleBlocker", "unknown", "unmet", "ineligible", "undetermined", "workers"]) {
      expect(
        parts.reduce((sum, one) => sum + Number(one[figure]), 0),
        figure,
      ).toBe(row[figure]);
    }
  }
});

test("a scope sees its districts, no scope nothing, a filter what it names", async () => {
  const scope: Scope = { districts: ["320400"] };
  const seen = await rowsOf({ by: ["district"], scope });
  expect(new Set(seen.map(({ district }) => district))).toEqual(new Set(["320411"]));
  expect(await rowsOf({ scope: { districts: [] } })).toEqual([]);
  expect(new Set((await rowsOf({ rulebook: "changzhou-2024" })).map(({ rulebook }) => rulebook))).toEqual(
    new Set(["changzhou-2024"]),
  );
  // a rulebook that decides nobody in this year
  expect(await rowsOf({ rulebook: "fujian-2020", level: "junior" })).toEqual([]);
  await expect(rowsOf({ rulebook: "changzou-2024" })).rejects.toThrow(/did you mean changzhou-2024/);
  await expect(rowsOf({ district: "999999" })).rejects.toThrow(/invalid district/);
});

test.each(conditionMeasures)("%s: behind every figure are exactly as many people", async (measure) => {
  const list = (row: Row, request: Partial<WorkersRequest> = {}) =>
    store.read((c) =>
      workersList(c, library, {
        year: 2024,
        scope: fullScope,
        measure,
        level: targetLevels.find((level) => level === row.targetLevel),
        rulebook: String(row.rulebook),
        condition: String(row.condition),
        district: row.district === undefined ? undefined : String(row.district),
        limit: 1000,
        offset: 0,
        ...request,
      }),
    );
  const counted = await rowsOf({ by: ["district"] });
  // each rulebook has its turn, and nobody is a figure too
  const samples = counted.filter((row, index) => index % (Number(row[measure]) > 0 ? 5 : 23) === 0);
  expect(samples.length).toBeGreaterThan(15);
  for (const row of samples) {
    const { total, rows } = await list(row);
    expect(total, JSON.stringify(row)).toBe(row[measure]);
    for (const { rulebook, targetLevel } of rows) {
      expect([rulebook, targetLevel]).toEqual([row.rulebook, row.targetLevel]);
    }
  }
  const [changzhou] = await rowsOf({ rulebook: "changzhou-2024", level: "seniorTechnician" });
  if (!changzhou) throw new Error("no row");
  expect((await list(changzhou, { scope: { districts: ["320600"] } })).total).toBe(0);
  await expect(list({ ...changzhou, condition: "educaton" })).rejects.toThrow(/did you mean education/);
  await expect(list({ ...changzhou, rulebook: "changzou-2024" })).rejects.toThrow(/did you mean changzhou-2024/);
  await expect(list(changzhou, { level: undefined })).rejects.toThrow(/level is required/);
  await expect(list(changzhou, { condition: undefined })).rejects.toThrow(/condition is required/);
  await expect(list(changzhou, { measure: "eligible" })).rejects.toThrow(/rulebook goes with measure blocked/);
});
