/** Shares, one-short lists, sets and curability of conditions, against the people explained one by one. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { decideRosters, jurisdiction } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { bindLevel } from "../../server/rules/bind.ts";
import { type EvaluationResult, evaluate } from "../../server/rules/evaluate.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import type { RulebookLibrary } from "../../server/rules/rulebook.ts";
import { publish, type Store } from "../../server/store/index.ts";
import { curabilityOf } from "../../server/tables/curability.ts";
import {
  type BottleneckRequest,
  bottleneckTable,
  type PlainKind,
  type WorkersRequest,
  workersList,
} from "../../server/tables.ts";
import { fillRoster, peopleOf, type RosterPerson } from "../eligibility/roster.ts";
import { groundStore } from "./ground.ts";

type Row = Record<string, string | number | boolean | null>;
interface Decided extends RosterPerson {
  readonly result: EvaluationResult;
  /** Ids unmet on each pathway that counts: those whose door is not unmet, or all where every door is. */
  readonly unmet: readonly (readonly string[])[];
}

let store: Store;
let remove: () => Promise<void>;
let library: RulebookLibrary;
let decided: Map<string, Decided[]>;
beforeAll(async () => {
  ({ store, remove } = await groundStore());
  library = await loadLibrary();
  const people = await store.transaction(async (c) => {
    const districts = ["320612", "320411", "410802", "350102"];
    await fillRoster(c, { count: 480, rosterYear: 2023, districts, seed: 23 });
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
      const bound = bindLevel(found.rulebook, level, 2024);
      const pathways = result.pathways.map(({ conditions }, index) => {
        const door = bound.pathways[index]?.door?.condition.id;
        const counting = conditions.filter(({ outcome, advisory }) => outcome === "unmet" && !advisory);
        return { unmet: counting.map(({ id }) => id), shut: counting.some(({ id }) => id === door) };
      });
      const open = pathways.filter(({ shut }) => !shut);
      const unmet = (open.length > 0 ? open : pathways).map((one) => one.unmet);
      decided.set(key, [...(decided.get(key) ?? []), { ...person, result, unmet }]);
    }
  }
});
afterAll(() => remove());

const rowsOf = (of: PlainKind, request: Partial<BottleneckRequest> = {}): Promise<Row[]> =>
  store.read(async (c) => {
    const asked = { year: 2024, by: [], scope: fullScope, ...request };
    const { sql, params, columns } = await bottleneckTable(c, library, of, asked);
    const rows = await c.rows<Row>(sql, params);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    return rows;
  });

const list = (request: Partial<WorkersRequest>) =>
  store.read((c) =>
    workersList(c, library, {
      ...{ year: 2024, scope: fullScope, measure: "workers", limit: 1000, offset: 0 },
      ...request,
    }),
  );

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const below = { junior: "none", intermediate: "junior", senior: "intermediate", technician: "senior" } as const;
const isNear = ({ facts }: Decided, level: unknown) =>
  facts.level === (level === "seniorTechnician" ? "technician" : below[level as keyof typeof below]);
const groupOf = (row: Row, near = false) =>
  (decided.get(`${row.rulebook} ${row.targetLevel}`) ?? []).filter(
    (one) => (row.district === undefined || one.district === row.district) && (!near || isNear(one, row.targetLevel)),
  );

describe.each([{ pool: undefined }, { pool: "near" as const }])("%j", ({ pool }) => {
  test("shares and one-short counts are those of the people, and the shares add up to them", async () => {
    const rows = await rowsOf("conditions", { by: ["district"], pool });
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      const group = groupOf(row, pool === "near");
      const id = String(row.condition);
      const blocked = group.filter(({ result }) => result.blocking.includes(id));
      const share = blocked.reduce((sum, { result }) => sum + 1 / result.blocking.length, 0);
      const short = group.filter(
        ({ result, unmet }) =>
          result.decision === "ineligible" && unmet.some((ids) => ids.length === 1 && ids[0] === id),
      );
      expect(row, `${row.rulebook} ${row.targetLevel} ${id}`).toMatchObject({
        ...{ blocked: blocked.length, workers: group.length, oneShort: short.length },
        shapley: expect.closeTo(share, 9),
      });
      expect(Number(row.oneShort)).toBeGreaterThanOrEqual(Number(row.soleBlocker));
    }
    const groups = groupBy(rows, ({ district, rulebook, targetLevel }) => `${district} ${rulebook} ${targetLevel}`);
    for (const group of groups.values()) {
      expect(group.reduce((sum, { shapley }) => sum + Number(shapley), 0)).toBeCloseTo(Number(group[0]?.ineligible), 9);
    }
    expect(rows.some(({ oneShort, soleBlocker }) => Number(oneShort) > Number(soleBlocker))).toBe(true);
  });

  test("sets: exactly these conditions, the most frequent first, at most twenty, each with its people", async () => {
    const rows = await rowsOf("sets", { pool });
    const groups = groupBy(rows, ({ rulebook, targetLevel }) => `${rulebook} ${targetLevel}`);
    expect(groups.size).toBeGreaterThan(8);
    for (const group of groups.values()) {
      const [first] = group;
      if (!first) throw new Error("no row");
      const counts = new Map<string, number>();
      for (const { result } of groupOf(first, pool === "near")) {
        if (result.decision !== "ineligible") continue;
        const key = [...result.blocking].sort().join();
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const most = [...counts.values()].sort((a, b) => b - a).slice(0, 20);
      expect(group.map(({ blocked }) => blocked)).toEqual(most);
      for (const row of group) {
        const ids = String(row.conditions).split(",");
        expect(row.size).toBe(ids.length);
        expect(counts.get([...ids].sort().join())).toBe(row.blocked);
        expect(String(row.conditionsZh).split("；").length).toBeGreaterThanOrEqual(ids.length);
      }
      const { total } = await list({
        ...{ measure: "together", rulebook: String(first.rulebook), condition: String(first.conditions), pool },
        level: targetLevels.find((level) => level === first.targetLevel),
      });
      expect(total).toBe(first.blocked);
    }
  });

  test("behind one-short and blocked counts are exactly as many people", async () => {
    const rows = (await rowsOf("conditions", { pool })).filter(({ oneShort }) => Number(oneShort) > 0);
    for (const row of rows.filter((_, index) => index % 5 === 0)) {
      for (const measure of ["oneShort", "blocked"] as const) {
        const { total } = await list({
          ...{ measure, rulebook: String(row.rulebook), condition: String(row.condition), pool },
          level: targetLevels.find((level) => level === row.targetLevel),
        });
        expect(total, `${row.rulebook} ${row.targetLevel} ${row.condition} ${measure}`).toBe(row[measure]);
      }
    }
  });
});

test("a rulebook level as a whole: all it stops, and those one condition away", async () => {
  const rows = await rowsOf("conditions", { level: "seniorTechnician", pool: "near" });
  for (const [rulebook, group] of groupBy(rows, (row) => String(row.rulebook))) {
    const asked = { rulebook, level: "seniorTechnician", pool: "near" } as const;
    expect((await list({ ...asked, measure: "blockedAll" })).total).toBe(group[0]?.ineligible);
    expect((await list({ ...asked, measure: "oneAway" })).total).toBe(
      group.reduce((sum, { soleBlocker }) => sum + Number(soleBlocker), 0),
    );
  }
  const asked = { rulebook: "nantong-2023", level: "seniorTechnician", measure: "oneAway" } as const;
  await expect(list({ ...asked, condition: "education" })).rejects.toThrow(/and no condition/);
});

test("what can be done about a condition, by its kind", async () => {
  const kinds = new Map(
    (await rowsOf("conditions")).map((row) => [`${row.rulebook} ${row.targetLevel} ${row.condition}`, row.curability]),
  );
  expect(
    Object.fromEntries(
      ["seniority", "education", "appraisals", "level", "in-service", "paper", "on-post"].map((id) => [
        id,
        kinds.get(`nantong-2023 seniorTechnician ${id}`),
      ]),
    ),
  ).toEqual({
    ...{ seniority: "time", education: "action", appraisals: "action", level: "external" },
    ...{ "in-service": "external", paper: "action", "on-post": "external" },
  });
  expect(kinds.get("changzhou-2024 senior cycle-year")).toBe("time");
  // fewer than ten years of work: waiting takes it further away
  expect(kinds.get("jiaozuo-2023 intermediate service-below") ?? "external").toBe("external");
  // 5 years as technician, or 30 of work and 3 as technician
  expect(kinds.get("fujian-2020 seniorTechnician tenure")).toBe("time");
  for (const book of library.books.values())
    for (const level of book.levels.values())
      for (const { conditions } of level.pathways)
        for (const condition of conditions) {
          const { kind, zh, en } = curabilityOf(condition);
          expect(["time", "action", "external"]).toContain(kind);
          expect(zh && en).toBeTruthy();
        }
});

test("a rulebook or a pool goes with conditions only; several conditions with their measure", async () => {
  await expect(rowsOf("stages", { rulebook: "nantong-2023" })).rejects.toThrow(/rulebook goes with of=conditions/);
  await expect(rowsOf("quota", { pool: "near" })).rejects.toThrow(/pool goes with of=conditions/);
  await expect(list({ measure: "eligible", pool: "near" })).rejects.toThrow(/pool goes with measure blocked/);
  const asked = { level: "seniorTechnician", rulebook: "nantong-2023" } as const;
  await expect(list({ ...asked, measure: "together", condition: "level,educaton" })).rejects.toThrow(
    /did you mean education/,
  );
});
