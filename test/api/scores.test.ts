import { afterAll, beforeAll, expect, test } from "vitest";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const post = (body: unknown, type = "application/json") =>
  server.get("/api/v1/scores", {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const asked = { rulebook: "nantong-2023", level: "seniorTechnician" };
const facts = {
  workerId: "a",
  levelObtainedOn: "2018-11-20",
  appraisals: { 2018: "excellent", 2017: "excellent" },
  honours: [
    { kind: "technicalExpert", rank: "municipal", awardedOn: "2020-05" },
    { kind: "technicalExpert", rank: "county", awardedOn: "2019" },
  ],
  continuingEducation: { 2021: true, 2022: true },
};
const marks = { theory: 80.05, skills: 90, defence: 70, lecture: 60 };

test("one worker, every item explained", async () => {
  const response = await post({ ...asked, facts });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    rulebook: "nantong-2023",
    examYear: 2023,
    projected: false,
    targetLevel: "seniorTechnician",
    workerId: "a",
    daily: {
      points: 2,
      raw: 2,
      cap: 15,
      items: [
        { year: 2017, item: "excellent-appraisal", points: 2, counted: false, reason: { zh: expect.any(String) } },
        { year: 2018, item: "excellent-appraisal", points: 2, counted: true, reason: null },
      ],
    },
    honours: { points: 2, reading: "single" },
    continuingEducation: { points: 4 },
    ability: null,
    total: 8,
  });
});

test("marks, a reading and a year of one's own", async () => {
  const answer = await post({ ...asked, year: 2024, reading: "sum", facts: { ...facts, marks } });
  expect(await answer.json()).toMatchObject({
    examYear: 2024,
    projected: true,
    period: { through: "2024-06-27" },
    honours: { points: 3, reading: "sum" },
    ability: { points: 57.515 },
    total: 66.52,
  });
});

test("a batch answers the good items and puts errors in the place of the bad ones", async () => {
  const batch = [facts, { workerId: "b" }, { workerId: "c", levelObtainedOn: "2018-13" }, 7];
  const response = await post({ ...asked, facts: batch });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject([
    { workerId: "a", total: 8 },
    {
      line: 2,
      workerId: "b",
      error: { code: "bad-input", property: "levelObtainedOn", value: null, message: { zh: expect.any(String) } },
    },
    { line: 3, workerId: "c", error: { property: "levelObtainedOn", value: "2018-13" } },
    { line: 4, workerId: null, error: { property: null, value: 7 } },
  ]);
  expect(await (await post({ ...asked, facts: [] })).json()).toEqual([]);
});

test("ten thousand at once, and no more", async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...facts, workerId: String(index), marks }));
  const results = (await (await post({ ...asked, facts: many })).json()) as { workerId: string; total: number }[];
  expect(results).toHaveLength(10_000);
  expect(results.every(({ workerId, total }, index) => workerId === String(index) && total === 65.52)).toBe(true);
  expect(await problem(await post({ ...asked, facts: [...many, facts] }))).toMatchObject({
    status: 413,
    limit: 10_000,
  });
});

test("one item alone that is bad is a problem", async () => {
  for (const one of [{ workerId: "b" }, [{ workerId: "b", levelObtainedOn: null }]]) {
    expect(await problem(await post({ ...asked, facts: one }))).toMatchObject({
      status: 400,
      property: "levelObtainedOn",
      value: null,
    });
  }
});

test.each([
  [{ ...asked, rulebook: "nantong", facts }, 404, "rulebook"],
  [{ ...asked, rulebook: "jiangsu-2020", facts }, 400, "rulebook"],
  [{ ...asked, level: "technician", facts }, 400, "level"],
  [{ ...asked, level: "x", facts: [facts, facts] }, 400, "level"],
  [{ ...asked, year: 1066, facts }, 400, "year"],
  [{ ...asked, reading: "double", facts }, 400, "reading"],
  [{ ...asked, readings: "sum", facts }, 400, "readings"],
  [{ ...asked }, 400, "facts"],
])("%o: %i naming %s", async (body, status, property) => {
  expect(await problem(await post(body))).toMatchObject({ status, property });
});

test("who has a score is told to those who have none", async () => {
  const answer = await problem(await post({ ...asked, rulebook: "fujian-2020", facts }));
  expect(answer.allowed).toEqual(["changzhou-2024", "nantong-2023"]);
  expect(answer.detail).toContain("changzhou-2024 (technician, seniorTechnician)");
  expect(answer.message).toMatchObject({ zh: expect.stringContaining("nantong-2023（seniorTechnician）") });
});

test("bodies that are none", async () => {
  expect(await problem(await post("{not json"))).toMatchObject({ status: 400 });
  const none = await problem(await post("x", "text/plain"));
  expect(none).toMatchObject({ status: 400, detail: expect.stringContaining("reading?") });
});

test("it is in openapi.json, with the result as it is", async () => {
  const document = (await (await server.get("/api/v1/openapi.json")).json()) as {
    paths: Record<string, { post: { requestBody: unknown; responses: unknown } }>;
  };
  const described = document.paths["/scores"]?.post;
  expect(JSON.stringify(described?.requestBody)).toContain('"enum":["single","sum","topTier"]');
  for (const name of ["daily", "honours", "continuingEducation", "ability", "total", "counted", "reading"]) {
    expect(JSON.stringify(described?.responses)).toContain(`"${name}"`);
  }
});

test("nothing of this was the server's fault", () => {
  expect(server.logged).toEqual([]);
});
