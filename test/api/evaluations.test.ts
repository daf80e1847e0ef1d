import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluationResult } from "../../server/api/evaluations.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const post = (body: unknown, type = "application/json") =>
  server.get("/api/v1/evaluations", {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const asked = { rulebook: "nantong-2023", level: "seniorTechnician" };

test("one worker", async () => {
  const response = await post({ ...asked, facts: { workerId: "a", onPost: false } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    rulebook: "nantong-2023",
    examYear: 2023,
    workerId: "a",
    decision: "ineligible",
  });
});

const facts = { workerId: "a", education: "technicalSchool" };

test("one worker's conditions come with their parts, a list's without", async () => {
  const one = evaluationResult.parse(await (await post({ ...asked, facts })).json());
  const education = one.pathways[0]?.conditions.find(({ id }) => id === "education");
  expect(education).toMatchObject({
    outcome: "unknown",
    planning: null,
    assumed: true,
    foundText: { en: "education: technical school, adult higher education certificate: unknown" },
    alternatives: [
      { id: "college", outcome: "unmet", planning: null, assumed: false, foundText: { zh: "技工学校" } },
      { id: "adultHigherEducationCertificate", outcome: "unknown", planning: "exclude", assumed: true },
    ],
  });
  const [alone] = await (await post({ ...asked, facts: [facts] })).json();
  expect(alone).toEqual(one);
  const list = await (await post({ ...asked, facts: [facts, {}] })).json();
  for (const { pathways } of list.map((result: unknown) => evaluationResult.parse(result))) {
    for (const condition of pathways[0]?.conditions ?? []) expect(condition.alternatives).toBeUndefined();
  }
});

test("openapi.json refers to nothing that it does not hold", async () => {
  const text = await (await server.get("/api/v1/openapi.json")).text();
  const document = JSON.parse(text);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, target]) => target ?? ""));
  expect(references).toContain("#/components/schemas/Alternative");
  for (const target of references) {
    const found = target
      .split("/")
      .slice(1)
      .reduce((part, name) => part?.[name], document);
    expect(found, target).toBeTypeOf("object");
  }
});

test("a year of one's own is projected", async () => {
  expect(await (await post({ ...asked, year: 2025, facts: {} })).json()).toMatchObject({
    examYear: 2025,
    projected: true,
  });
});

test("a batch answers the good items and puts errors in the place of the bad ones", async () => {
  const facts = [{ workerId: "a" }, { workerId: "b", sexx: "male" }, 7, { workerId: "d", birthDate: "2015-13" }];
  const response = await post({ ...asked, facts });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject([
    { workerId: "a" },
    {
      line: 2,
      workerId: "b",
      error: { code: "bad-input", property: "sexx", value: "male", message: { zh: expect.any(String) } },
    },
    { line: 3, workerId: null, error: { code: "bad-input", property: null, value: 7 } },
    { line: 4, workerId: "d", error: { property: "birthDate", value: "2015-13" } },
  ]);
  expect(await (await post({ ...asked, facts: [] })).json()).toEqual([]);
});

test("one item alone that is bad is a problem", async () => {
  for (const facts of [{ sexx: 1 }, [{ sexx: 1 }]]) {
    expect(await problem(await post({ ...asked, facts }))).toMatchObject({ status: 400, property: "sexx", value: 1 });
  }
});

test.each([
  [{ ...asked, rulebook: "nantong", facts: {} }, 404, "rulebook"],
  [{ ...asked, level: "junior", facts: [{}, {}] }, 400, "level"],
  [{ ...asked, year: 1066, facts: {} }, 400, "year"],
  [{ ...asked, year: "2023", facts: {} }, 400, "year"],
  [{ ...asked }, 400, "facts"],
  [{ ...asked, facts: 7 }, 400, "facts"],
  [{ ...asked, facts: {}, levels: 1 }, 400, "levels"],
  [{ level: "senior", facts: {} }, 400, "rulebook"],
])("%o: %i naming %s", async (body, status, property) => {
  expect(await problem(await post(body))).toMatchObject({ status, property });
});

test("bodies that are none", async () => {
  expect(await problem(await post("{not json"))).toMatchObject({ status: 400 });
  expect(await problem(await post("[]"))).toMatchObject({ status: 400 });
  expect(await problem(await post("x", "text/plain"))).toMatchObject({ status: 400 });
  const many = { ...asked, facts: Array.from({ length: 10_001 }, () => ({})) };
  expect(await problem(await post(many))).toMatchObject({ status: 413, limit: 10_000 });
  expect(await problem(await post({ ...asked, facts: { workerId: "x".repeat(21_000_000) } }))).toMatchObject({
    status: 413,
  });
});

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

test.each([
  `{"rulebook":"nantong-2023","level":"seniorTechnician","facts":{"honours":${nested(20_000)}}}`,
  `{"rulebook":"nantong-2023","level":"seniorTechnician","facts":${nested(500_000)}}`,
  `{"rulebook":${nested(20_000)}}`,
])("nesting without end is bad input", async (body) => {
  expect(await problem(await post(body))).toMatchObject({ status: 400 });
});

test("in a batch the item nested without end gets its error, the others are answered", async () => {
  const facts = `[{"workerId":"a"},{"workerId":"b","honours":${nested(20_000)}}]`;
  const response = await post(`{"rulebook":"nantong-2023","level":"seniorTechnician","facts":${facts}}`);
  expect(await response.json()).toMatchObject([{ workerId: "a" }, { line: 2, workerId: "b", error: {} }]);
});

test("a long value is not sent back whole", async () => {
  const long = "x".repeat(1_000_000);
  for (const body of [
    { ...asked, facts: { sex: long } },
    { ...asked, facts: { [long]: 1 } },
    { ...asked, rulebook: long, facts: {} },
    { ...asked, level: long, facts: {} },
    { ...asked, [long]: 1 },
    { ...asked, facts: [{ sex: long }, { [long]: long }] },
  ]) {
    const answer = await (await post(body)).text();
    expect(answer.length, Object.keys(body).join().slice(0, 80)).toBeLessThan(10_000);
  }
});

test("a long batch lets others have their turn, and ends when its caller goes away", async () => {
  const facts = Array.from({ length: 4_000 }, (_, index) => ({ workerId: `w${index}`, birthDate: "1975-05" }));
  const order: string[] = [];
  const batch = post({ ...asked, facts })
    .then((response) => response.json())
    .then((results) => {
      order.push("batch");
      expect(results).toHaveLength(4_000);
      expect(results[3_999]).toMatchObject({ workerId: "w3999" });
    });
  await new Promise((done) => setTimeout(done, 200));
  await server.get("/healthz").then(() => order.push("healthz"));
  await batch;
  expect(order).toEqual(["healthz", "batch"]);

  const leaving = new AbortController();
  const left = server.get("/api/v1/evaluations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...asked, facts }),
    signal: leaving.signal,
  });
  await (await left).body?.getReader().read();
  leaving.abort();
  expect((await server.get("/healthz")).status).toBe(200);
  expect(server.logged).toEqual([]);
});
