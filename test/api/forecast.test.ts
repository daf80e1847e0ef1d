import { tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibrary } from "../../server/library.ts";
import { fillWorld, lastRoster } from "../forecast/world.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ fill: async (c) => fillWorld(c, { people: 150 }, await loadLibrary()) });
}, 400_000);
afterAll(() => server.close());

type Rows = Record<string, string | number | null>[];
const rowsOf = async (query: string): Promise<Rows> => {
  const response = await server.get(`/api/v1/forecast?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Rows;
};

test("JSON = CSV = Arrow, columns in the order of the interface", async () => {
  const path = `/api/v1/forecast?to=${lastRoster + 2}&by=district,level`;
  const response = await server.get(path);
  expect([response.status, response.headers.get("x-data-version")]).toEqual([200, "1"]);
  expect(response.headers.get("x-forecast-basis")).toContain("years");
  const rows = (await response.json()) as Rows;
  expect(Object.keys(rows[0] ?? {}).slice(0, 10)).toEqual([
    "district",
    "districtName",
    "targetLevel",
    "examYear",
    "workers",
    "planningEligible",
    "planningEligibleLow80",
    "planningEligibleHigh80",
    "planningEligibleLow95",
    "planningEligibleHigh95",
  ]);
  expect(new Set(rows.map(({ examYear }) => examYear))).toEqual(new Set([lastRoster + 1, lastRoster + 2]));
  const csv = await server.get(path, { headers: { accept: "text/csv" } });
  const parsed = parse(await csv.text(), { bom: true, columns: true }) as Record<string, string>[];
  expect(parsed).toEqual(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)])),
    ),
  );
  const arrow = await server.get(`${path}&format=arrow`);
  expect(arrow.headers.get("content-type")).toBe("application/vnd.apache.arrow.stream");
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.toArray().map((row) => JSON.parse(JSON.stringify(row)))).toEqual(rows);
}, 400_000);

test("an earlier origin, a district and a level", async () => {
  const query = `origin=${lastRoster - 1}&from=${lastRoster}&to=${lastRoster}&district=320612&level=senior&by=unit`;
  const rows = await rowsOf(query);
  const all = await rowsOf(`origin=${lastRoster - 1}&to=${lastRoster}&by=district,level`);
  const one = all.find(
    (row) => row.district === "320612" && row.targetLevel === "senior" && row.examYear === lastRoster,
  );
  const sum = rows.reduce((total, row) => total + Number(row.applicants), 0);
  expect(Math.abs(sum - Number(one?.applicants))).toBeLessThan(1e-6);
}, 400_000);

test("what cannot be is told", async () => {
  for (const [query, property] of [
    ["origin=1999", "origin"],
    [`to=${lastRoster + 60}`, "to"],
    [`from=${lastRoster}`, "from"],
    ["district=999999", "district"],
    ["trade=电功", "trade"],
    ["by=sex", "by"],
    ["years=5", "years"],
  ]) {
    const response = await server.get(`/api/v1/forecast?${query}`);
    expect(response.status).toBe(400);
    expect((await problem(response)).property).toBe(property);
  }
}, 400_000);
