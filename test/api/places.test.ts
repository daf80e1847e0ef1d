import { afterAll, beforeAll, expect, test } from "vitest";
import { scatter } from "../tables/ground.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ fill: (c) => scatter(c, 200) });
});
afterAll(() => server.close());

const get = async (path: string) => {
  const response = await server.get(`/api/v1${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("publicity by the working-day calendar", async () => {
  const { status, body } = await get("/publicity?rulebook=nantong-2023&from=2023-06-19");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    from: "2023-06-19",
    until: "2023-06-26",
    workingDays: 5,
    rule: { workingDays: 5, citation: { document: "通人社考〔2023〕5号", clause: "五(二)" } },
  });
  const days = body.days as { date: string; working: boolean; kind: string; name: string | null }[];
  expect(days.filter(({ working }) => working).map(({ date }) => date.slice(-2))).toEqual([
    "19",
    "20",
    "21",
    "25",
    "26",
  ]);
  expect(days[6]).toEqual({ date: "2023-06-25", working: true, kind: "makeUp", name: "端午节" });
});

test("days may be asked for, also where the notice states none", async () => {
  const { body } = await get("/publicity?rulebook=fujian-2020&from=2023-06-19&days=2");
  expect(body).toMatchObject({ until: "2023-06-20", workingDays: 2, rule: null });
});

test.each([
  ["rulebook=nantong-2023", "from", "from is required"],
  ["rulebook=nantong-2023&from=2023-02-30", "from", "2023-02-30"],
  ["rulebook=nantong-2023&from=2023-06", "from", "YYYY-MM-DD"],
  ["rulebook=nantong-2023&from=2023-06-19&days=0", "days", "1…366"],
  ["rulebook=fujian-2020&from=2023-06-19", "days", "states no length of publicity"],
  ["rulebook=nantong-2023&from=2026-12-30", undefined, "2020–2026"],
])("publicity, %s: what is wrong is told", async (query, property, text) => {
  const body = await problem(await server.get(`/api/v1/publicity?${query}`));
  expect(body).toMatchObject({ status: 400, detail: expect.stringContaining(text) });
  expect(body.property).toBe(property);
});

test("balance of places", async () => {
  const { status, body } = await get("/places?rulebook=fujian-2020&year=2024&total=20");
  expect(status).toBe(200);
  expect(body).toMatchObject({ rulebook: "fujian-2020", total: 20, tradeCap: 3, advisory: true });
  expect(body.regions).toContainEqual(expect.objectContaining({ district: "350100", places: 20, share: 1 }));
});

test.each([
  ["rulebook=fujian-2020&year=2024", 400, "total is required"],
  ["rulebook=fujian-2020&year=2024&total=0", 400, "1…1000000"],
  ["rulebook=fujian-2020&year=2030&total=5", 400, "expected one of 2024"],
  ["rulebook=jiangsu-2020&year=2024&total=5", 400, "fujian-2020"],
  ["rulebook=fujian&year=2024&total=5", 404, "unknown rulebook fujian"],
])("places, %s: what is wrong is told", async (query, status, text) => {
  const body = await problem(await server.get(`/api/v1/places?${query}`));
  expect(body).toMatchObject({ status, detail: expect.stringContaining(text) });
});

test("both stand in openapi.json, and without a token neither answers", async () => {
  const { body } = await get("/openapi.json");
  expect(Object.keys(body.paths as object)).toEqual(expect.arrayContaining(["/places", "/publicity"]));
  for (const path of [
    "/places?rulebook=fujian-2020&year=2024&total=20",
    "/publicity?rulebook=nantong-2023&from=2023-06-19",
  ]) {
    const response = await fetch(`${server.origin}/api/v1${path}`);
    expect(response.status).toBe(401);
    await response.arrayBuffer();
  }
});
