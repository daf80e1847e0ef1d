import { afterAll, beforeAll, expect, test } from "vitest";
import { diffSchema } from "../../server/api/rulebooks-diff-schema.ts";
import type { RulebookDocument, RulebookSummary } from "../../server/rules/document.ts";
import { publish } from "../../server/store/index.ts";
import { fillRoster } from "../eligibility/roster.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    fill: async (c) => {
      await fillRoster(c, { count: 120, rosterYear: 2023, districts: ["320612", "320411"], seed: 5 });
      await publish(c, "test");
    },
  });
});
afterAll(() => server.close());

const json = async <T>(path: string): Promise<T> => {
  const response = await server.get(`/api/v1${path}`);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
};

test("the list, and one rulebook as a document of a year", async () => {
  const list = await json<RulebookSummary[]>("/rulebooks");
  expect(list.map(({ id }) => id)).toContain("nantong-2023");
  const own = await json<RulebookDocument>("/rulebooks/nantong-2023");
  expect(own).toMatchObject({ id: "nantong-2023", year: 2023, projected: false, extends: "jiangsu-2020" });
  expect(own.lists["senior-technician-trades"]).toHaveLength(16);
  expect(own.levels.map(({ level }) => level)).toEqual(["seniorTechnician"]);
  expect(own.levels[0]?.pathways.map(({ id }) => id)).toEqual([
    "normal",
    "exceptional-education",
    "exceptional-seniority",
  ]);
  const later = await json<RulebookDocument>("/rulebooks/nantong-2023?year=2025");
  expect(later).toMatchObject({ year: 2025, projected: true, hash: own.hash });
  expect(later.levels[0]?.window).toMatchObject({ from: "2025-06-13", to: "2025-06-27" });
});

test("an unknown rulebook names the nearest; an impossible year and an unknown parameter are bad input", async () => {
  const missing = await problem(await server.get("/api/v1/rulebooks/nantong-2024"));
  expect(missing.status).toBe(404);
  expect(missing.allowed).toContain("nantong-2023");
  expect(missing.detail).toContain("did you mean nantong-2023?");
  for (const [query, property] of [
    ["year=1999", "year"],
    ["year=20x3", "year"],
    ["jear=2024", "jear"],
  ]) {
    const body = await problem(await server.get(`/api/v1/rulebooks/nantong-2023?${query}`));
    expect(body, query).toMatchObject({ status: 400, property });
  }
});

test("two rulebooks compared, without and with the people of the roster", async () => {
  const path = "/rulebooks/jiangsu-2020/diff/jiangdu-2020";
  const plain = await json<Record<string, unknown>>(path);
  expect(diffSchema.parse(plain)).toEqual(plain);
  expect(plain).toMatchObject({ same: false, year: { a: 2020, b: 2020 }, population: null });
  const counted = await server.get(`/api/v1${path}?population=true`);
  expect(counted.headers.get("x-data-version")).toBe("1");
  const answer: unknown = await counted.json();
  expect(diffSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ population: { rosterYear: 2023, examYear: 2024 } });
  expect(diffSchema.parse(answer).population?.levels.map(({ workers }) => workers)).toEqual([120, 120, 120, 120, 120]);
  const same = await json("/rulebooks/fujian-2020/diff/fujian-2020?year=2025&population=false");
  expect(same).toMatchObject({ same: true, year: { a: 2025, b: 2025 }, lists: [] });
});

test("what cannot be compared is a problem that says what can", async () => {
  const missing = await problem(await server.get("/api/v1/rulebooks/jiangsu-2020/diff/jiangdu-2021"));
  expect(missing).toMatchObject({ status: 404, property: "rulebook", value: "jiangdu-2021" });
  expect(missing.detail).toContain("did you mean jiangdu-2020?");
  const path = "/api/v1/rulebooks/jiangsu-2020/diff/jiangdu-2020";
  for (const [query, property, allowed] of [
    ["population=yes", "population", "true"],
    ["year=2023&population=true", "year", 2024],
    ["yaer=2024", "yaer", "year"],
  ]) {
    const body = await problem(await server.get(`${path}?${query}`));
    expect(body, String(query)).toMatchObject({ status: 400, property });
    expect(body.allowed).toContain(allowed);
  }
});
