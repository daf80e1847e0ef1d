/** Scenarios over HTTP, on a small country: every kind of change, what is told before it runs, and what is kept. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessions } from "../../server/access/sessions.ts";
import { createToken } from "../../server/access/tokens.ts";
import { forecastParts } from "../../server/api/forecast-parts.ts";
import { importParts } from "../../server/api/import-parts.ts";
import { createApp } from "../../server/app.ts";
import type { Change, DifferenceRow, Scenario, ScenarioRun } from "../../server/forecast/scenario/index.ts";
import type { ScenarioOptions } from "../../server/forecast/scenario/options.ts";
import { createLog } from "../../server/log.ts";
import { publish } from "../../server/store/index.ts";
import { makeWorld, type World } from "../forecast/world.ts";
import { problem } from "./server.ts";

let world: World;
let server: Server;
let kept: ReturnType<typeof forecastParts>;
let origin: string;
let authorization: string;

beforeAll(async () => {
  world = await makeWorld({ people: 300 });
  const { store, library } = world;
  const token = await store.transaction((c) => createToken(c, "planner"));
  authorization = `Bearer ${token}`;
  const log = createLog({ json: true, sink: { write: () => true } });
  const parts = { store, library, sessions: createSessions(), log, uploadLimitBytes: 1e6, webDir: "/nonexistent" };
  kept = forecastParts(parts);
  const imports = await importParts(parts);
  server = createServer(createApp({ ...parts, ...kept, ...imports }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await kept.close();
  await world.remove();
});

const ask = (path: string, method = "GET", body?: unknown) =>
  fetch(`${origin}${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const json = async <T>(answer: Promise<Response>, status = 200): Promise<T> => {
  const response = await answer;
  if (response.status !== status) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};

async function ended(run: ScenarioRun): Promise<ScenarioRun> {
  let now = run;
  while (now.state === "waiting" || now.state === "running") {
    await new Promise((done) => setTimeout(done, 50));
    now = await json<ScenarioRun>(ask(`/scenario-runs/${run.id}`));
  }
  return now;
}

async function differences(changes: readonly Change[], query = ""): Promise<DifferenceRow[]> {
  const run = await ended(await json<ScenarioRun>(ask("/scenario-runs", "POST", { changes }), 202));
  expect(run).toMatchObject({ state: "done", share: 1, problem: null });
  return json<DifferenceRow[]>(ask(`/scenario-runs/${run.id}/rows?${query}`));
}

interface Check {
  readonly valid: boolean;
  readonly notices: readonly { readonly severity: string; readonly change: number | null; readonly code: string }[];
  readonly effects: readonly { readonly text: { readonly zh: string }; readonly gained: number | null }[];
}
const check = (changes: readonly unknown[]) => json<Check>(ask("/scenarios/check", "POST", { changes }));

const jiangsu = "jiangsu-2020";
const service = (value: number) =>
  ({
    kind: "threshold" as const,
    rulebook: jiangsu,
    level: "senior" as const,
    condition: "service",
    parameter: "date.yearAtMost",
    value,
  }) satisfies Change;
const bands = (places: number): Change => ({
  kind: "bands",
  rulebook: "nantong-2023",
  level: "seniorTechnician",
  bands: [{ from: 1, places }],
});
const total = (rows: readonly DifferenceRow[], figure: string, years: readonly number[] = []) =>
  rows
    .filter(({ examYear }) => years.length === 0 || years.includes(examYear))
    .reduce((sum, row) => sum + Number(row[figure] ?? 0), 0);

test("nothing changed differs by nothing, exactly", async () => {
  for (const row of await differences([], "by=unit,level,trade")) {
    const strange = Object.entries(row).filter(
      ([name, value]) => /Difference/.test(name) && value !== null && !Object.is(value, 0),
    );
    expect(strange).toEqual([]);
  }
}, 120_000);

test("a relaxed threshold opens the level to more, in the first year by whole people, elsewhere to nobody", async () => {
  const rows = await differences([service(18)], "by=level");
  const first = rows.filter(({ examYear }) => examYear === 2024);
  const senior = first.find(({ targetLevel }) => targetLevel === "senior");
  const gained = Number(senior?.planningEligibleDifference);
  expect(gained).toBeGreaterThan(5);
  expect([senior?.planningEligibleDifferenceLow95, senior?.planningEligibleDifferenceHigh95]).toEqual([gained, gained]);
  expect(Number(senior?.applicantsDifferenceLow95)).toBeGreaterThan(0);
  expect(
    total(
      first.filter((row) => row !== senior),
      "planningEligibleDifference",
    ),
  ).toBe(0);
  // The difference is told far better than either forecast.
  const forecast = await json<Record<string, number>[]>(ask("/forecast?level=senior&from=2024&to=2024"));
  const width = Number(forecast[0]?.applicantsHigh95) - Number(forecast[0]?.applicantsLow95);
  const own = Number(senior?.applicantsDifferenceHigh95) - Number(senior?.applicantsDifferenceLow95);
  expect(own).toBeLessThan(0.7 * Math.SQRT2 * width);
  // Parts add up to the whole, under every filter.
  const whole = await differences([service(18)]);
  for (const by of ["district", "trade", "unit"]) {
    const parts = await differences([service(18)], `by=${by}`);
    for (const figure of ["planningEligibleBase", "applicantsScenario", "passesDifference"])
      expect(total(parts, figure)).toBeCloseTo(total(whole, figure), 6);
  }
  const one = await differences([service(18)], "level=senior&district=320612&from=2025&to=2026");
  expect(one.map(({ examYear }) => examYear)).toEqual([2025, 2026]);
}, 120_000);

test("every kind of change has its effect, and no other", async () => {
  const first = (rows: readonly DifferenceRow[]) => rows.filter(({ examYear }) => examYear === 2024);
  const at = (rows: readonly DifferenceRow[], level: string, year = 2024) =>
    rows.find(({ targetLevel, examYear }) => targetLevel === level && examYear === year);

  const rules = await differences(
    [
      { kind: "waive", rulebook: jiangsu, level: "technician", condition: "education" },
      { kind: "cycle", rulebook: jiangsu, level: "senior", years: 2 },
      bands(5),
    ],
    "by=level",
  );
  expect(at(rules, "technician")?.planningEligibleDifference).toBeGreaterThan(0);
  expect(
    [2024, 2025, 2026, 2027, 2028].map((year) => at(rules, "senior", year)?.planningEligibleScenario === 0),
  ).toEqual([false, true, false, true, false]);
  expect(at(rules, "senior")?.planningEligibleDifference).toBe(0);
  expect(at(rules, "seniorTechnician")?.planningEligibleDifference).toBe(0);
  expect(at(rules, "seniorTechnician")?.quotaDifference).toBeGreaterThan(0);
  expect(at(rules, "seniorTechnician")?.quotaUsedDifference).toBeGreaterThan(0);
  for (const row of first(rules)) expect(Number(row.passesDifference)).toBeGreaterThan(-1e-6);

  const closed = await differences(
    [
      { kind: "trade", trade: "电工", open: false },
      { kind: "propensity", factor: 1.5, level: "technician" },
    ],
    "by=trade,level",
  );
  for (const row of first(closed)) {
    if (row.trade === "电工") expect(row.planningEligibleScenario).toBe(0);
    else {
      expect(row.planningEligibleDifference).toBe(0);
      if (row.targetLevel !== "technician") expect(row.applicantsDifference).toBe(0);
    }
  }
  expect(
    total(
      first(closed).filter(({ trade }) => trade === "烹饪"),
      "applicantsDifference",
    ),
  ).toBeGreaterThan(0);

  const failing = await differences([
    { kind: "passing", factor: 0.2 },
    { kind: "elastic", earlyShare: 1, earlyMonths: 36, lateShare: 0, lateMonths: 1 },
  ]);
  expect(total(first(failing), "passesDifference")).toBeLessThan(0);
  expect(total(first(failing), "applicantsDifference")).toBe(0);
  expect(total(failing, "quotaDifference", [2026, 2027, 2028])).toBeLessThan(0);
  const fewer = await differences([{ kind: "hiring", factor: 0 }]);
  expect(total(first(fewer), "planningEligibleDifference")).toBe(0);
  expect(total(fewer, "applicantsDifference", [2028])).toBeLessThan(0);
}, 240_000);

test("what can have no effect is told before it runs, and what cannot be is refused", async () => {
  const none: readonly (readonly [code: string, change: Change])[] = [
    ["sameValue", service(20)],
    ["notServed", { ...bands(5), rulebook: jiangsu } as Change],
    ["noBands", { ...bands(5), rulebook: jiangsu, level: "technician" } as Change],
    ["sameCycle", { kind: "cycle", rulebook: jiangsu, level: "senior", years: 1 }],
    ["tradeState", { kind: "trade", trade: "电工", open: true }],
    ["nobodyInTrade", { kind: "trade", trade: "潜水员", open: false }],
    ["nobodyNear", { kind: "waive", rulebook: jiangsu, level: "technician", condition: "thesis" }],
    [
      "implied",
      {
        ...service(3),
        level: "senior",
        condition: "in-service",
        parameter: "retirement.after",
        value: "Y-06",
      } as Change,
    ],
    ["sameFactor", { kind: "passing", factor: 1 }],
    ["sameShares", { kind: "elastic", earlyShare: 0, earlyMonths: 3, lateShare: 0, lateMonths: 3 }],
  ];
  const told = await check(none.map(([, change]) => change));
  expect(told.valid).toBe(true);
  expect(told.notices.map(({ severity, change, code }) => [severity, change, code])).toEqual(
    none.map(([code], index) => ["warning", index, code]),
  );
  const good = await check([service(18)]);
  expect(good).toMatchObject({
    valid: true,
    notices: [],
    effects: [{ text: { zh: "江苏省2020年：高级工 工作年限 20年 → 18年" } }],
  });
  expect(good.effects[0]?.gained).toBeGreaterThan(5);

  const wrong: readonly unknown[] = [
    { ...service(18), condition: "servic" },
    { ...service(18), value: 1.5 },
    { ...service(18), condition: "in-service", parameter: "retirement.after", value: "soon" },
    { ...service(18), rulebook: "nowhere-2020" },
    { kind: "waive", rulebook: jiangsu, level: "senior", condition: "level" },
    {
      ...bands(1),
      bands: [
        { from: 1, places: 3 },
        { from: 5, places: 1 },
      ],
    },
    { kind: "trade", trade: "没有", open: true },
  ];
  const refused = await check(wrong);
  expect(refused.valid).toBe(false);
  expect(
    [...new Set(refused.notices.filter(({ severity }) => severity === "error").map(({ change }) => change))].sort(),
  ).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const body of [{ changes: [wrong[0]] }, { changes: [{ kind: "magic" }] }, {}, { changes: [], scenario: "x" }]) {
    const answer = await ask("/scenario-runs", "POST", body);
    expect(answer.status).toBe(400);
    await problem(answer);
  }
}, 60_000);

interface Action {
  readonly rulebook: string;
  readonly targetLevel: string;
  readonly condition: string;
  readonly effect: string | null;
  readonly curability: string;
  readonly blocked: number;
  readonly extraPasses: number | null;
  readonly [bound: `extraPasses${string}`]: number | null;
}

test("what action would bring is what the scenario of it brings, most first; it can be cancelled, and parts add up", async () => {
  const status = "/bottlenecks/actions/status";
  expect(await json(ask(status))).toMatchObject({ state: "absent", share: 0 });
  expect(await json(ask("/bottlenecks/actions/prepare", "POST", {}), 202)).toMatchObject({ state: "running" });
  const stopped = await json(ask("/bottlenecks/actions/prepare", "DELETE"));
  expect(stopped).toMatchObject({ state: "cancelled", share: 0, problem: null });
  const rows = await json<Action[]>(ask("/bottlenecks?of=actions&year=2024"));
  expect(await json(ask(status))).toMatchObject({ state: "ready", share: 1 });
  const told = rows.map(({ extraPasses }) => extraPasses ?? Number.NEGATIVE_INFINITY);
  expect(told).toEqual([...told].sort((a, b) => b - a));
  expect(rows.filter(({ curability, extraPasses }) => curability === "external" && extraPasses !== null)).toEqual([]);
  const own = (all: readonly Action[], level: string) =>
    all.filter((row) => row.effect === "relaxed" && row.rulebook === jiangsu && row.targetLevel === level);
  const years = [2024, 2025, 2026];
  for (const change of [service(19), { ...service(9), level: "intermediate" } satisfies Change]) {
    const row = own(rows, change.level).find(({ condition }) => condition === "service");
    if (!row) throw new Error(`no row of ${change.level}`);
    const changes = [change];
    expect(row.extraPasses).toBeCloseTo(total(await differences(changes), "passesDifference", years), 6);
    const ends = ["Low95", "Low80", "High80", "High95"].map((bound) => Number(row[`extraPasses${bound}`]));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends[0]).toBeLessThanOrEqual(Math.ceil(row.extraPasses ?? Number.NaN));
    expect(ends[3]).toBeGreaterThanOrEqual(Math.floor(row.extraPasses ?? Number.NaN));
  }
  const parts = await json<Action[]>(ask("/bottlenecks?of=actions&year=2024&by=trade"));
  for (const row of own(rows, "senior")) {
    const same = own(parts, "senior").filter(({ condition }) => condition === row.condition);
    const sum = (figure: "extraPasses" | "blocked") => same.reduce((all, one) => all + Number(one[figure]), 0);
    expect([sum("blocked"), sum("extraPasses").toFixed(5)]).toEqual([row.blocked, row.extraPasses?.toFixed(5)]);
  }
  const csv = await (await ask("/bottlenecks?of=actions&year=2024&format=csv")).text();
  expect(csv.split("\n")[0]).toContain(
    "condition,effect,effectZh,effectEn,fromYear,toYear,extraPasses,extraPassesLow80",
  );
}, 120_000);

test("options name what the changes take", async () => {
  const options = await json<ScenarioOptions>(ask("/scenarios/options"));
  const senior = options.rulebooks.find(({ id }) => id === jiangsu)?.levels.find(({ level }) => level === "senior");
  const threshold = senior?.conditions.find(({ id }) => id === "service")?.thresholds[0];
  expect(threshold).toMatchObject({ parameter: "date.yearAtMost", value: 20, unit: { zh: "年" }, stricter: 1 });
  expect(senior?.cycle).toBe(1);
  expect(options.trades[0]?.workers).toBeGreaterThan(0);
});

test("scenarios are kept, saved in turn, deleted and brought back; they never touch the base", async () => {
  const before = await (await ask("/forecast?by=level")).text();
  const made = await json<Scenario>(ask("/scenarios", "POST", { name: "放宽工作年限", changes: [service(18)] }), 201);
  expect(made).toMatchObject({ version: 1, createdBy: "planner", note: null });
  const sentences = [{ zh: expect.stringContaining("工作年限 20年 → 18年"), en: expect.any(String) }];
  expect(await json(ask("/scenarios"))).toEqual([{ ...made, sentences }]);
  const path = `/scenarios/${made.id}`;
  const saved = await json<Scenario>(
    ask(path, "PUT", { name: "放宽", note: "甲", changes: [service(17)], version: 1 }),
  );
  expect(saved).toMatchObject({ id: made.id, version: 2, name: "放宽", note: "甲" });
  const stale = await ask(path, "PUT", { name: "乙", changes: [], version: 1 });
  expect(stale.status).toBe(409);
  expect(await problem(stale)).toMatchObject({ reason: "stale", current: saved });

  const run = await ended(await json<ScenarioRun>(ask("/scenario-runs", "POST", { scenario: made.id }), 202));
  expect(run).toMatchObject({ state: "done", scenario: made.id, changes: [service(17)] });
  const rows = await json<DifferenceRow[]>(ask(`/scenario-runs/${run.id}/rows?by=level`));
  const own = await json<Record<string, unknown>[]>(ask(`/forecast?by=level&scenario=${made.id}`));
  expect(own.map(({ passes }) => passes)).toEqual(rows.map(({ passesScenario }) => passesScenario));
  expect(await (await ask("/forecast?by=level")).text()).toBe(before);
  const csv = await (await ask(`/scenario-runs/${run.id}/rows?by=level&format=csv`)).text();
  expect(csv.split("\n")[0]).toContain("targetLevel,examYear,planningEligibleBase,planningEligibleScenario");

  expect((await ask(path, "DELETE")).status).toBe(204);
  expect((await ask(path)).status).toBe(404);
  expect(await json(ask("/scenarios"))).toEqual([]);
  expect(await json(ask(`${path}/restore`, "POST"))).toEqual(saved);
  // A run can be stopped; results hold for the data they were made of.
  const started = await json<ScenarioRun>(ask("/scenario-runs", "POST", { changes: [service(12)] }), 202);
  expect(await json(ask(`/scenario-runs/${started.id}`, "DELETE"))).toMatchObject({ state: "cancelled" });
  expect((await ask(`/scenario-runs/${started.id}/rows`)).status).toBe(409);
  await world.store.transaction((c) => publish(c, "test"));
  const outdated = await ask(`/scenario-runs/${run.id}/rows`);
  expect(outdated.status).toBe(409);
  expect(await problem(outdated)).toMatchObject({ reason: "outdated" });
}, 120_000);
