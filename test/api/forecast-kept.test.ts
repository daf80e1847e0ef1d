import { afterAll, beforeAll, expect, test } from "vitest";
import { measures } from "../../server/forecast/types.ts";
import { loadLibrary } from "../../server/library.ts";
import { fillWorld, lastRoster } from "../forecast/world.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ fill: async (c) => fillWorld(c, { people: 90 }, await loadLibrary()) });
}, 240_000);
afterAll(() => server.close());

type Row = Record<string, string | number | null>;
const json = { "content-type": "application/json" };
async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await server.get(`/api/v1${path}`, init && { ...init, headers: { ...json, ...bearer() } });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}
const bearer = () => ({ authorization: `Bearer ${server.token}` });
const send = (method: string, path: string, body?: unknown) =>
  server.get(`/api/v1${path}`, {
    method,
    headers: { ...json, ...bearer() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

interface Status {
  readonly state: string;
  readonly share: number;
  readonly dataVersion: number;
  readonly examYear: number | null;
}
const ready = (path: string) =>
  expect.poll(async () => (await ask<Status>(path)).state, { timeout: 120_000 }).toBe("ready");

test("absent, begun, ready; the rows are those of the data version it tells", async () => {
  expect(await ask<Status>("/forecast/status")).toMatchObject({ state: "absent", origin: lastRoster, dataVersion: 1 });
  const begun = await send("POST", "/forecast/prepare", {});
  expect(begun.status).toBe(202);
  expect(await begun.json()).toMatchObject({ state: "running", phase: "learn", problem: null });
  expect(await (await send("DELETE", "/forecast/prepare")).json()).toMatchObject({ state: "cancelled", share: 0 });
  expect((await ask<Status>("/forecast/status")).state).toBe("cancelled");
  expect((await send("POST", "/forecast/prepare", {})).status).toBe(202);
  await ready("/forecast/status");
  expect(await (await send("DELETE", "/forecast/prepare")).json()).toMatchObject({ state: "ready" });
  const response = await server.get("/api/v1/forecast?by=level");
  expect(response.headers.get("x-data-version")).toBe("1");
  expect((await ask<Status>(`/forecast/status?origin=${lastRoster - 1}`)).state).toBe("absent");
}, 240_000);

test("history: the counts of the tables, years with nobody in a group included, null where nothing is on file", async () => {
  const rows = await ask<Row[]>("/forecast/history?by=district,level");
  expect(Object.keys(rows[0] ?? {})).toEqual(["district", "districtName", "targetLevel", "examYear", ...measures]);
  const total = await ask<Row[]>("/forecast/history");
  const [decided] = await server.store.read((c) =>
    c.rows<Row>(
      `SELECT count(*) FILTER ("planningDecision" = 'eligible')::INTEGER AS n FROM eligibility WHERE "examYear" = 2022`,
    ),
  );
  const [applied] = await server.store.read((c) =>
    c.rows<Row>(`SELECT count(*)::INTEGER AS n, count(*) FILTER (result = 'passed')::INTEGER AS passed
      FROM applications WHERE "examYear" = 2022`),
  );
  const of2022 = total.find(({ examYear }) => examYear === 2022);
  expect([of2022?.planningEligible, of2022?.applicants, of2022?.passes]).toEqual([
    decided?.n,
    applied?.n,
    applied?.passed,
  ]);
  for (const measure of ["planningEligible", "applicants", "passes"]) {
    const parts = rows.filter(({ examYear }) => examYear === 2022).reduce((sum, row) => sum + Number(row[measure]), 0);
    expect(parts).toBe(of2022?.[measure]);
  }
  // The exams of the year after the newest roster are still to come.
  expect(total.at(-1)).toMatchObject({ examYear: lastRoster + 1, applicants: null, quotaUsed: null, passes: null });
  expect(rows.filter(({ targetLevel }) => targetLevel === "junior").every(({ quotaUsed }) => quotaUsed === null)).toBe(
    true,
  );
  const years = new Set(rows.map(({ examYear }) => examYear)).size;
  expect(rows).toHaveLength(years * new Set(rows.map((row) => `${row.district} ${row.targetLevel}`)).size);
  const unit = rows.length > 0 ? (await ask<Row[]>("/forecast/history?by=unit"))[0]?.unit : "";
  const one = await ask<Row[]>(`/forecast/history?unit=${encodeURIComponent(String(unit))}&level=senior`);
  expect(one.map(({ examYear }) => examYear)).toEqual(total.map(({ examYear }) => examYear));
}, 60_000);

test("the simple baselines by hand", async () => {
  const level = "senior";
  const [history, forecast, baselines] = await Promise.all([
    ask<Row[]>(`/forecast/history?by=trade&level=${level}`),
    ask<Row[]>(`/forecast?by=trade&level=${level}`),
    ask<Row[]>(`/forecast/baselines?by=trade&level=${level}`),
  ]);
  expect(Object.keys(baselines[0] ?? {})).toEqual(["trade", "examYear", "measure", "baseline", "value"]);
  const trade = "电工";
  const past = history.filter((row) => row.trade === trade && Number(row.examYear) <= lastRoster);
  const counts = past.map(({ applicants }) => Number(applicants));
  const said = (baseline: string, examYear: number) =>
    baselines.find(
      (row) =>
        row.trade === trade && row.measure === "applicants" && row.baseline === baseline && row.examYear === examYear,
    )?.value;
  const last = counts.at(-1) ?? 0;
  const three = counts.slice(-3).reduce((sum, count) => sum + count, 0) / 3;
  const slope = (last - (counts[0] ?? 0)) / (counts.length - 1);
  const could = Number(past.at(-1)?.planningEligible);
  for (const ahead of [1, 2]) {
    const year = lastRoster + ahead;
    const will = forecast.find((row) => row.trade === trade && row.examYear === year);
    expect(said("lastYear", year)).toBe(last);
    expect(said("yearBeforeLast", year)).toBe(counts.at(ahead === 1 ? -2 : -1));
    expect(said("threeYearMean", year)).toBeCloseTo(three, 12);
    expect(said("drift", year)).toBeCloseTo(Math.max(0, last + ahead * slope), 12);
    expect(said("ownRate", year)).toBeCloseTo(could === 0 ? 0 : (Number(will?.planningEligible) * last) / could, 9);
  }
  const some = await ask<Row[]>("/forecast/baselines?measure=passes");
  expect(new Set(some.map(({ measure }) => measure))).toEqual(new Set(["passes"]));
}, 60_000);

test("a year marked as unlike the others weighs nothing, with who and when; taken back it is as before", async () => {
  const before = await ask<Row[]>("/forecast?by=level");
  const put = await send("PUT", "/forecast-years/2022", { weight: 0, reason: "疫情停考" });
  expect([put.status, put.headers.get("x-data-version")]).toEqual([200, "2"]);
  const marked = (await ask<Row[]>("/forecast-years")).find(({ examYear }) => examYear === 2022);
  expect(marked).toMatchObject({ weight: 0, reason: "疫情停考", who: "test" });
  expect(marked?.applications).toBeGreaterThan(0);
  expect(marked?.changedAt).toMatch(/^20\d\d-/);
  expect((await ask<Status>("/forecast/status")).state).toBe("absent");
  const after = await ask<Row[]>("/forecast?by=level");
  expect(after.map(({ applicants }) => applicants)).not.toEqual(before.map(({ applicants }) => applicants));
  expect((await send("DELETE", "/forecast-years/2022")).status).toBe(204);
  expect((await send("DELETE", "/forecast-years/2022")).status).toBe(404);
  expect((await ask<Row[]>("/forecast-years")).find(({ examYear }) => examYear === 2022)).toMatchObject({
    weight: 1,
    reason: null,
    who: null,
  });
}, 240_000);

test("a backtest is made in the background and kept; its lines tell the best simple baseline", async () => {
  const query = `origins=${lastRoster - 1}&horizon=1`;
  expect(await ask<Status>(`/backtest/status?${query}`)).toMatchObject({ state: "absent", share: 0 });
  const begun = await send("POST", "/backtest/prepare", { origins: [lastRoster - 1], horizon: 1 });
  expect(begun.status).toBe(202);
  expect(await begun.json()).toMatchObject({
    state: "running",
    examYear: lastRoster,
    origins: [lastRoster - 1],
    horizon: 1,
  });
  const stopped = await send("DELETE", `/backtest/prepare?${query}`);
  expect([stopped.status, await stopped.json()]).toEqual([200, expect.objectContaining({ state: "cancelled" })]);
  expect((await send("POST", "/backtest/prepare", { origins: [lastRoster - 1], horizon: 1 })).status).toBe(202);
  await ready(`/backtest/status?${query}`);
  const rows = await ask<Row[]>(`/backtest?${query}&pooled=true&grouping=total&measure=applicants`);
  expect(rows[0]).toMatchObject({ origin: null, horizon: 1, targetLevel: null });
  expect(rows.every(({ origin }) => origin === null)).toBe(true);
  expect(rows[0]?.best).toEqual(expect.any(String));
  expect(rows[0]?.bestRatio).toEqual(expect.any(Number));
}, 240_000);

test("what cannot be is told", async () => {
  const expectProblem = async (response: Response, status: number, property: string) => {
    expect([response.status, (await problem(response)).property]).toEqual([status, property]);
  };
  for (const [path, property] of [
    ["/forecast/status?origin=1999", "origin"],
    ["/forecast/history?trade=电功", "trade"],
    ["/forecast/history?by=sex", "by"],
    ["/forecast/baselines?origin=1999", "origin"],
    ["/forecast/baselines?measure=applicant", "measure"],
    ["/backtest/status?origins=1999", "origins"],
  ]) {
    await expectProblem(await server.get(`/api/v1${path}`), 400, String(property));
  }
  await expectProblem(await server.get("/api/v1/forecast?scenario=none"), 404, "scenario");
  await expectProblem(await send("POST", "/forecast/prepare", { origin: "2020" }), 400, "origin");
  await expectProblem(await send("DELETE", "/forecast/prepare?origin=1999"), 400, "origin");
  await expectProblem(await send("POST", "/backtest/prepare", { horizon: 9 }), 400, "horizon");
  await expectProblem(await send("PUT", "/forecast-years/2022", { weight: 2, reason: "疫情" }), 400, "weight");
  await expectProblem(await send("PUT", "/forecast-years/2022", { weight: 0 }), 400, "reason");
  await expectProblem(await send("PUT", "/forecast-years/1999", { weight: 0, reason: "疫情" }), 400, "year");
  await expectProblem(await send("PUT", "/forecast-years/x", { weight: 0, reason: "疫情" }), 400, "year");
}, 60_000);
