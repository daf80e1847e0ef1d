import { afterAll, beforeAll, expect, test } from "vitest";
import type { RulebookDocument, RulebookSummary } from "../../server/rules/document.ts";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
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
