/** Stages, pass rates and the pressure on the quota, counted by hand from the same applications. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullScope } from "../../server/access/scope.ts";
import { loadLibrary } from "../../server/library.ts";
import { targetLevels } from "../../server/rules/facts.ts";
import { funnel } from "../../server/statistics/funnel.ts";
import { wilson } from "../../server/statistics/wilson.ts";
import type { Row, Store } from "../../server/store/index.ts";
import {
  passRatesTable,
  quotaPressureTable,
  type Stage,
  stages,
  stagesTable,
  type TableRequest,
  type WorkersRequest,
  workersList,
} from "../../server/tables.ts";
import { randomNumbers } from "../rules/people.ts";
import { applies, groundStore, scatter, technicians } from "./ground.ts";

const library = await loadLibrary();
let store: Store;
let remove: () => Promise<void>;

interface Application extends Row {
  readonly examYear: number;
  readonly workerId: string;
  readonly district: string;
  readonly unit: string;
  readonly trade: string | null;
  readonly targetLevel: string;
  readonly unitReview: string | null;
  readonly officeReview: string | null;
  readonly selectionPassed: string | null;
  readonly theory: number | null;
  readonly skills: number | null;
  readonly defence: number | null;
  readonly lecture: number | null;
  readonly comprehensiveReview: string | null;
  readonly result: string | null;
}
let applications: Application[];
let expectedToApply: { workerId: string; targetLevel: string; district: string }[];

beforeAll(async () => {
  ({ store, remove } = await groundStore());
  await store.transaction(async (c) => {
    await scatter(c, 900);
    await c.run("DELETE FROM applications");
    const random = randomNumbers(5);
    const any = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const mark = () => any(null, 40, 59.5, 60, 75, 90);
    const workers = await c.rows<{ workerId: string; district: string; unit: string; trade: string | null }>(
      `SELECT "workerId", district, unit, trade FROM workers ORDER BY "rosterRow" LIMIT 700`,
    );
    await c.append(
      "applications",
      [
        { name: "examYear", type: "SMALLINT" },
        ...[
          "workerId",
          "district",
          "unit",
          "trade",
          "targetLevel",
          "unitReview",
          "officeReview",
          "selectionPassed",
        ].map((name) => ({ name, type: "VARCHAR" })),
        ...["theory", "skills", "defence", "lecture"].map((name) => ({ name, type: "DOUBLE" })),
        ...["comprehensiveReview", "result"].map((name) => ({ name, type: "VARCHAR" })),
        { name: "importId", type: "INTEGER" },
        { name: "sourceRow", type: "INTEGER" },
        { name: "rowHash", type: "VARCHAR" },
      ],
      workers.flatMap(({ workerId, district, unit, trade }, index) => {
        const level = any("senior", "senior", "technician", "seniorTechnician");
        return [2021, 2022, 2023, 2024]
          .filter((year) => random() < (year === 2024 ? 0.8 : 0.3))
          .map((year) => {
            const pass = any("passed", "passed", "passed", "passed", "failed", null);
            return [
              ...[year, workerId, district, unit, trade, level, pass, any("passed", "passed", "failed", null)],
              ...[any("passed", "failed", null, null, null), mark(), mark(), mark(), any(null, null, 50, 80)],
              ...[any("passed", null, null, "failed")],
              any(
                "passed",
                "passed",
                "passed",
                "failed",
                "failed",
                "absent",
                "deferred",
                "misconduct",
                "returned",
                null,
              ),
              ...[1, index, ""],
            ];
          });
      }),
    );
    applications = await c.rows<Application>("SELECT * FROM applications");
    expectedToApply = await c.rows(
      `SELECT w."workerId", e."targetLevel"::VARCHAR AS "targetLevel", w.district
       FROM eligibility e JOIN workers w USING ("rosterRow") WHERE e."planningDecision" = 'eligible'`,
    );
  });
});
afterAll(() => remove());

const tables = { stages: stagesTable, passRates: passRatesTable };
const rowsOf = (table: keyof typeof tables, request: Partial<TableRequest> = {}): Promise<Row[]> =>
  store.read(async (c) => {
    const asked = { year: 2024, by: [], scope: fullScope, ...request };
    const { sql, params, columns } = await tables[table](c, asked);
    const rows = await c.rows(sql, params);
    for (const row of rows) expect(Object.keys(row)).toEqual(columns);
    return rows;
  });
const total = async (request: Partial<WorkersRequest>): Promise<number> => {
  const asked = { year: 2024, scope: fullScope, measure: "workers", limit: 1, offset: 0, ...request } as const;
  return (await store.read((c) => workersList(c, library, asked))).total;
};

/** What each stage says of an application: true against it, false for it, undefined nothing on record. */
function verdicts(a: Application): { readonly [Name in Stage]?: boolean | undefined } {
  const failed = a.result === "failed";
  const mark = (value: number | null) => (value === null ? undefined : failed && value < 60);
  const said = (value: string | null) => (value === null ? undefined : value !== "passed");
  const oral = [a.defence, a.lecture].filter((one) => one !== null);
  return {
    unitReview: said(a.unitReview),
    officeReview: said(a.officeReview),
    selected: a.result === "returned" ? true : said(a.selectionPassed),
    attended:
      a.result === null
        ? [a.theory, a.skills, ...oral].some((one) => one !== null)
          ? false
          : undefined
        : ["absent", "deferred", "misconduct"].includes(a.result),
    theory: mark(a.theory),
    skills: mark(a.skills),
    defence: oral.length === 0 ? undefined : mark(Math.min(...oral)),
    comprehensiveReview: said(a.comprehensiveReview),
    pass: a.result === null ? undefined : a.result !== "passed",
  };
}
/** Where it ended: the stage that stopped it, the stage it waits for, or neither. */
function ended(a: Application): { lost?: Stage; open?: Stage | undefined; alone?: boolean } {
  if (a.result === "passed") return {};
  const found = verdicts(a);
  const against = stages.filter((stage) => found[stage]);
  const before = against.filter((stage) => stage !== "pass");
  const [first] = against;
  if (first) return { lost: first, alone: first === "pass" || before.length === 1 };
  const last = stages.findLastIndex((stage) => found[stage] !== undefined);
  return { open: stages[Math.max(1, last + 1)] };
}
const place = (stage: Stage | undefined) => (stage === undefined ? stages.length : stages.indexOf(stage));

describe("stages", () => {
  test.each([[{}], [{ by: ["district" as const] }], [{ level: "senior" as const, district: "320600" }]])(
    "%j: every count is that of the applications, each with as many people",
    async (request: Partial<TableRequest>) => {
      const rows = await rowsOf("stages", request);
      const districts: Record<string, string[]> = { "320600": ["320612", "320613"] };
      for (const [index, row] of rows.entries()) {
        const level = targetLevels.find((one) => one === row.targetLevel);
        const stage = stages.find((one) => one === row.stage);
        if (!stage) throw new Error("no stage");
        const isHere = ({ district }: { district: string }) =>
          (row.district === undefined || district === row.district) &&
          (request.district === undefined || districts[request.district]?.includes(district));
        const group = applications.filter((a) => a.examYear === 2024 && a.targetLevel === level && isHere(a));
        const ends = group.map((a) => ({ ...ended(a), has: verdicts(a)[stage] !== undefined }));
        const at = place(stage);
        const count = (holds: (end: (typeof ends)[number]) => boolean) => ends.filter(holds).length;
        const through = count(({ lost, open }) => place(lost ?? open) > at);
        const byHand =
          stage === "applied"
            ? (() => {
                const people = expectedToApply.filter((one) => one.targetLevel === level && isHere(one));
                const applied = people.filter(({ workerId }) =>
                  applications.some((a) => a.examYear === 2024 && a.workerId === workerId && a.targetLevel === level),
                ).length;
                const lost = people.length - applied;
                return {
                  before: people.length,
                  after: applied,
                  blocked: lost,
                  soleBlocker: lost,
                  unknown: 0,
                  took: applied,
                };
              })()
            : {
                before: through + count(({ lost }) => lost === stage),
                after: through,
                blocked: count(({ lost }) => lost === stage),
                soleBlocker: count(({ lost, alone }) => lost === stage && alone === true),
                unknown: count(({ open }) => open === stage),
                took: count(({ lost, open, has }) => has && (place(lost ?? open) > at || lost === stage)),
              };
        expect(row, `${row.district} ${level} ${stage}`).toMatchObject(byHand);
        const interval = wilson(Number(row.after), Number(row.before));
        expect(row.low95).toEqual(interval ? expect.closeTo(interval.low, 12) : null);
        expect(row.conversion).toEqual(row.before === 0 ? null : Number(row.after) / Number(row.before));
        if (index % (rows.length > 60 ? 37 : 7) !== 0) continue;
        const asked = { stage, level, district: row.district === undefined ? request.district : String(row.district) };
        for (const [measure, column] of [
          ["stageBefore", "before"],
          ["stageLost", "blocked"],
          ["stageOpen", "unknown"],
          ["stageTook", "took"],
          ["stageAlone", "soleBlocker"],
          ["stageAfter", "after"],
        ] as const)
          expect(await total({ ...asked, measure }), `${level} ${stage} ${measure}`).toBe(row[column]);
      }
      expect(rows.some(({ blocked }) => Number(blocked) > 0)).toBe(true);
      expect(rows.some(({ unknown }) => Number(unknown) > 0)).toBe(true);
    },
  );

  test("shares of the loss add up; a stage that lets nobody through is said, not infinite", async () => {
    const rows = await rowsOf("stages", { by: ["unit", "trade"] });
    const funnels = new Map<string, Row[]>();
    for (const row of rows) {
      const key = JSON.stringify([row.unit, row.trade, row.targetLevel]);
      funnels.set(key, [...(funnels.get(key) ?? []), row]);
    }
    let closed = 0;
    for (const group of funnels.values()) {
      const shares = group.map(({ share }) => share);
      if (group.some((row) => row.closed)) {
        closed++;
        expect(new Set(shares)).toEqual(new Set([null]));
        continue;
      }
      const ratios = group.map(({ before, after }) => (before === 0 ? 0 : Math.log(Number(before) / Number(after))));
      const all = ratios.reduce((sum, one) => sum + one, 0);
      group.forEach(({ before, share }, index) => {
        expect(share).toEqual(before === 0 || all === 0 ? null : expect.closeTo((ratios[index] ?? 0) / all, 12));
      });
    }
    expect(closed).toBeGreaterThan(0);
  });

  test("a measure of stages needs its stage, others none", async () => {
    await expect(total({ measure: "stageLost" })).rejects.toThrow(/stage is required/);
    await expect(total({ measure: "eligible", stage: "theory" })).rejects.toThrow(
      /stage goes with measure stageBefore/,
    );
  });
});

describe("pass rates", () => {
  const wasExamined = (a: Application) =>
    a.result === "passed" ||
    (["failed", "misconduct"].includes(a.result ?? "") && ![a.unitReview, a.officeReview].includes("failed"));
  const kindOf = (a: Application) =>
    `${a.targetLevel} ${applications.some((b) => b.workerId === a.workerId && b.targetLevel === a.targetLevel && b.examYear < a.examYear)}`;

  test.each([[{ by: ["district"] as const }], [{ by: ["unit", "trade"] as const }], [{ by: ["level"] as const }]])(
    "%j: counts, expectation, limits and signals are those by hand",
    async (request) => {
      const rows = await rowsOf("passRates", request);
      const pooled = applications.filter((a) => a.examYear >= 2022 && wasExamined(a));
      const rates = new Map<string, number>();
      for (const kind of new Set(pooled.map(kindOf))) {
        const alike = pooled.filter((a) => kindOf(a) === kind);
        rates.set(kind, alike.filter(({ result }) => result === "passed").length / alike.length);
      }
      const groups = rows.map((row) => {
        const own = applications.filter(
          (a) =>
            a.examYear === 2024 &&
            (row.district === undefined || a.district === row.district) &&
            (row.unit === undefined || `${a.unit}@${a.district}` === row.unit) &&
            (row.trade === undefined || a.trade === row.trade) &&
            (row.targetLevel === undefined || a.targetLevel === row.targetLevel),
        );
        const examined = own.filter(wasExamined);
        const chances = examined.map((a) => rates.get(kindOf(a)) ?? 0);
        return {
          applications: own.length,
          people: examined.length,
          successes: examined.filter(({ result }) => result === "passed").length,
          expected: chances.reduce((sum, p) => sum + p, 0),
          variance: chances.reduce((sum, p) => sum + p * (1 - p), 0),
          again: examined.filter((a) => kindOf(a).endsWith("true")).length,
        };
      });
      const { judged, between } = funnel(groups);
      rows.forEach((row, index) => {
        const { applications: applied, people, successes, expected, again } = groups[index] ?? {};
        expect(row).toMatchObject({ applications: applied, examined: people, passed: successes, again });
        expect(row.expected).toBeCloseTo(expected ?? Number.NaN, 9);
        expect(row.signal).toBe(judged[index]?.signal);
        expect(row.between).toBeCloseTo(between, 9);
        expect((row.signal === "few") === Number(row.examined) < 5).toBe(true);
      });
      for (const row of rows.filter((_, index) => index % (rows.length > 30 ? 25 : 3) === 0)) {
        const asked = {
          level: targetLevels.find((one) => one === row.targetLevel),
          district: row.district === undefined ? undefined : String(row.district),
          unit: row.unit === undefined ? undefined : String(row.unit),
          trade: row.trade === undefined ? undefined : String(row.trade ?? "unknown"),
        };
        for (const [measure, column] of [
          ["applied", "applications"],
          ["examined", "examined"],
          ["passed", "passed"],
        ] as const)
          expect(await total({ ...asked, measure })).toBe(row[column]);
      }
    },
  );

  test("a filter on the grouping leaves a row as it is; a scope sees its districts", async () => {
    const all = await rowsOf("passRates", { by: ["district", "unit"] });
    expect(await rowsOf("passRates", { by: ["district", "unit"], district: "320600" })).toEqual(
      all.filter(({ district }) => ["320612", "320613"].includes(String(district))),
    );
    const seen = await rowsOf("passRates", { by: ["district"], scope: { districts: ["320600"] } });
    expect(seen.map(({ district }) => district)).toEqual(["320612", "320613"]);
    expect(await rowsOf("passRates", { by: ["district"], scope: { districts: [] } })).toEqual([]);
  });
});

describe("pressure on the quota", () => {
  let own: Awaited<ReturnType<typeof groundStore>>;
  const year = { birth: "1966-05-10", retires: "2029-07-31" };
  beforeAll(async () => {
    own = await groundStore();
    await own.store.transaction(async (c) => {
      const { fillQuotas } = await import("../../server/eligibility/index.ts");
      await fillQuotas(c, library, 2023, ["320612"]);
      // a: 3 technicians, one place every other year; b: 6, one every year; both have rosters of both years
      await technicians(c, 3, { unit: "甲" });
      await technicians(c, 6, { unit: "乙" });
      await technicians(c, 2, { unit: "丙", trade: "殡葬服务" });
      await technicians(c, 1, { unit: "丁" });
      await c.run(
        `INSERT INTO workers BY NAME SELECT * REPLACE (2022 AS "rosterYear", nextval('roster_rows') AS "rosterRow") FROM workers`,
      );
      await c.run(
        `UPDATE workers SET "retirementDateFrom" = DATE '${year.retires}', "retirementDateTo" = DATE '${year.retires}'`,
      );
      await c.run(
        `INSERT INTO eligibility SELECT "rosterRow", "rosterYear" + 1, 'seniorTechnician', 'nantong-2023', false, 'eligible', 'eligible',
           'normal', 0, 0, 0, 1, 0 FROM workers WHERE "workerId" <> '乙-电工-6'`,
      );
      const apply = (workerId: string, examYear: number, place: boolean) =>
        applies(c, {
          ...{
            workerId,
            examYear,
            unit: workerId.slice(0, 1),
            usesQuota: place,
            result: place ? "failed" : "returned",
          },
          trade: workerId.split("-")[1] ?? null,
        });
      // 甲: one of two in 2023, so nothing in 2024, when one asks
      await apply("甲-电工-1", 2023, true);
      await apply("甲-电工-2", 2023, false);
      await apply("甲-电工-3", 2024, false);
      // 乙: one of three each year; number 6 can no longer come forward
      for (const examYear of [2023, 2024]) {
        await apply("乙-电工-1", examYear, true);
        for (const n of [2, 6]) await apply(`乙-电工-${n}`, examYear, false);
      }
      // exempt, and not general: not counted
      await apply("丙-殡葬服务-1", 2024, true);
    });
  });
  afterAll(() => own.remove());

  const pressure = (request: Partial<TableRequest> = {}): Promise<Row[]> =>
    own.store.read(async (c) => {
      const { sql, params } = await quotaPressureTable(c, { year: 2024, by: [], scope: fullScope, ...request });
      return c.rows(sql, params);
    });

  test("places, candidates, what stands idle and why, by hand", async () => {
    const rows = await pressure({ by: ["unit"] });
    const of = (unit: string) => rows.find((row) => row.unitName === unit);
    // one place in 2023, used; withheld in 2024
    expect(of("甲")).toMatchObject({
      ...{ windowFrom: 2023, windowTo: 2024, places: 1, candidates: 3, used: 1, overSubscription: 3 },
      ...{ idleWithoutCandidates: 0, idleWithCandidates: 0, withheld: 1, blockedByAlternation: 1, queue: 2 },
      // 2023: two for one place; 2024: one for none
      ...{ few: true, chance: null, expectedWait: null, selectedBeforeRetirement: null, oneMore: 2, yearsLeft: 4 },
    });
    expect(of("乙")).toMatchObject({
      ...{ places: 2, candidates: 6, used: 2, overSubscription: 3, withheld: 0, few: false },
      // of 2 and 6 only the first can still come forward
      ...{ chance: expect.closeTo(1 / 3), expectedWait: expect.closeTo(3), queue: 1, oneMore: 2 },
      // from 2025-01 to 2029-07 four whole years
      ...{ yearsLeft: 4, selectedBeforeRetirement: expect.closeTo(1 - (2 / 3) ** 4) },
    });
    expect(of("丁")).toMatchObject({
      places: 2,
      candidates: 0,
      idleWithoutCandidates: 2,
      overSubscription: 0,
      queue: 0,
    });
    expect(of("丙")).toBeUndefined();
  });

  test("groups are sums of their units, with the chance of all", async () => {
    const units = await pressure({ by: ["unit"] });
    const [all] = await pressure();
    for (const name of ["places", "candidates", "used", "idleWithoutCandidates", "withheld", "queue", "oneMore"]) {
      expect(all?.[name], name).toBe(units.reduce((sum, row) => sum + Number(row[name]), 0));
    }
    expect(all).toMatchObject({ chance: 3 / 9, overSubscription: 9 / 5 });
    expect((await pressure({ by: ["unit"], unit: "乙" })).map(({ unit }) => unit)).toEqual(["乙"]);
    expect(await pressure({ by: ["unit"], scope: { districts: ["320400"] } })).toEqual([]);
  });

  test("each figure has as many people; without applications in the year it is the years before", async () => {
    const people = async (measure: WorkersRequest["measure"], unit?: string) =>
      (
        await own.store.read((c) =>
          workersList(c, library, { year: 2024, scope: fullScope, measure, unit, limit: 50, offset: 0 }),
        )
      ).total;
    for (const unit of [undefined, "甲", "乙", "丁"]) {
      const [row] = await pressure({ unit });
      expect(await people("windowCandidates", unit)).toBe(row?.candidates);
      expect(await people("windowUsed", unit)).toBe(row?.used);
      expect(await people("queued", unit)).toBe(row?.queue);
    }
    await own.store.transaction((c) => c.run(`DELETE FROM applications WHERE "examYear" = 2024`));
    expect(await pressure()).toMatchObject([{ windowFrom: 2023, windowTo: 2023, candidates: 5, used: 2 }]);
  });
});
