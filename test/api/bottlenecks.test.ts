import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decideRosters } from "../../server/eligibility/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { publish } from "../../server/store/index.ts";
import { fillRoster } from "../eligibility/roster.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    fill: async (c) => {
      await fillRoster(c, { count: 150, rosterYear: 2023, districts: ["320612", "320411"], seed: 9 });
      await decideRosters(c, await loadLibrary());
      await publish(c, "test");
    },
  });
});
afterAll(() => server.close());

test("JSON = CSV = Arrow, columns in the order of the interface", async () => {
  const path = "/api/v1/bottlenecks?year=2024&by=district&level=senior";
  const response = await server.get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-data-version")).toBe("1");
  const rows = (await response.json()) as Record<string, unknown>[];
  expect(rows.length).toBeGreaterThan(20);
  expect(Object.keys(rows[0] ?? {}).slice(0, 9)).toEqual([
    "district",
    "districtName",
    "examYear",
    "rulebook",
    "targetLevel",
    "condition",
    "blocked",
    "soleBlocker",
    "unknown",
  ]);
  const csv = await server.get(path, { headers: { accept: "text/csv" } });
  expect(csv.headers.get("content-disposition")).toContain('filename="bottlenecks-2024.csv"');
  const text = (value: unknown) => (value === null ? "" : String(value));
  const fromCsv: unknown[] = parse(Buffer.from(await csv.arrayBuffer()), { columns: true, bom: true });
  expect(fromCsv).toEqual(rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, text(v)]))));
  const arrow = await server.get(`${path}&format=arrow`);
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.toArray().map((row) => row.toJSON())).toEqual(rows);
});

test("a rulebook that decides nobody leaves the table empty, with its columns", async () => {
  const path = "/api/v1/bottlenecks?year=2024&rulebook=fujian-2020";
  expect(await (await server.get(path)).json()).toEqual([]);
  expect(await (await server.get(`${path}&format=csv`)).text()).toMatch(
    /^examYear,rulebook,targetLevel,condition,blocked/,
  );
});

test.each([
  ["year=2030", 400, "year", 2024],
  ["", 400, "year", 2024],
  ["year=2024&level=Senior", 400, "level", "senior"],
  ["year=2024&by=condition", 400, "by", "district"],
  ["year=2024&rulebook=changzou-2024", 404, "rulebook", "changzhou-2024"],
  ["year=2024&rulebok=changzhou-2024", 400, "rulebok", "rulebook"],
  ["year=2024&unit=x%27%20OR%201=1", 400, "unit", "水利站@320411"],
])("%s: %i that names %s and what is allowed", async (query, status, property, allowed) => {
  const body = await problem(await server.get(`/api/v1/bottlenecks?${query}`));
  expect(body).toMatchObject({ status, property });
  expect(body.allowed).toContain(allowed);
});

test.each(["sets", "stages", "quota"])("of=%s: JSON = CSV, with its own columns; empty with them too", async (of) => {
  const path = `/api/v1/bottlenecks?year=2024&of=${of}&by=district`;
  const rows = (await (await server.get(path)).json()) as Record<string, unknown>[];
  const csv = await server.get(`${path}&format=csv`);
  expect(csv.headers.get("content-disposition")).toContain(`filename="bottlenecks-${of}-2024.csv"`);
  const text = await csv.text();
  const columns = text.split("\r\n")[0]?.split(",") ?? [];
  const own = { sets: "conditions", stages: "conversion", quota: "overSubscription" }[of];
  expect(columns).toEqual(expect.arrayContaining(["district", "districtName", "examYear", own]));
  expect(parse(text, { columns: true, bom: true })).toHaveLength(rows.length);
  if (rows.length > 0) expect(Object.keys(rows[0] ?? {})).toEqual(columns);
  const arrow = await server.get(`${path}&format=arrow`);
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.schema.fields.map(({ name }) => name)).toEqual(columns);
  expect(table.toArray().map((row) => row.toJSON())).toEqual(rows);
});

test("pass rates of a year without applications are an empty table with its columns", async () => {
  expect(await (await server.get("/api/v1/pass-rates?year=2024&by=level")).json()).toEqual([]);
  const csv = await (await server.get("/api/v1/pass-rates?year=2024&by=level&format=csv")).text();
  expect(csv).toMatch(/^targetLevel,examYear,applications,examined,passed,passRate,low95,high95,signal/);
});

test.each([
  ["bottlenecks?year=2024&of=places", "of", "stages"],
  ["bottlenecks?year=2024&of=stages&rulebook=changzhou-2024", "rulebook", undefined],
  ["bottlenecks?year=2024&pool=some", "pool", "near"],
  ["pass-rates?year=2024&by=stage", "by", "trade"],
  ["workers?year=2024&measure=stageLost", "stage", "theory"],
  ["workers?year=2024&measure=stageLost&stage=tehory", "stage", "theory"],
  ["workers?year=2024&measure=oneAway", "rulebook", undefined],
])("%s: names %s and what is allowed", async (query, property, allowed) => {
  const body = await problem(await server.get(`/api/v1/${query}`));
  expect(body).toMatchObject({ status: 400, property });
  if (allowed) expect(body.allowed).toContain(allowed);
});
