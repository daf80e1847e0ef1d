import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problem, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const file = "年度,人员编号,所在县区名,单位,身份证号\r\n2023,A1,通州区,甲,999999198507060016\r\n";

function upload(path: string, fields: Record<string, string>, content = file) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set("file", new Blob([content]), "名册.csv");
  return server.get(path, { method: "POST", body: form });
}

test("a preview shows the columns, imports nothing and leaves no file behind", async () => {
  const answer = await upload("/api/v1/imports/preview", { kind: "workers" });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).not.toContain("999999198507060016");
  const { columns } = JSON.parse(text) as { columns: { heading: string; target: string | null }[] };
  expect(columns.map(({ target }) => target)).toEqual(["rosterYear", "workerId", null, "unit", "idNumber"]);
  expect(await readdir(join(server.store.dataDir, "incoming"))).toEqual([]);
  expect(await (await server.get("/api/v1/imports")).json()).toEqual([]);
});

test("the mapping a clerk chose goes into the preview and the import", async () => {
  const fields = { kind: "workers", mapping: JSON.stringify({ 所在县区名: "district" }) };
  const shown = (await (await upload("/api/v1/imports/preview", fields)).json()) as { columns: { target: string }[] };
  expect(shown.columns[2]?.target).toBe("district");
  const report = await (await upload("/api/v1/imports", fields)).json();
  expect(report).toMatchObject({ rowsLoaded: 1, unmapped: { columns: [] } });
});

test.each([
  ["no kind", {}],
  ["an unknown kind", { kind: "people" }],
  ["a mapping that is no JSON", { kind: "workers", mapping: "{" }],
  ["a mapping of other things than texts", { kind: "workers", mapping: '{"a":1}' }],
  ["a sheet that is not there", { kind: "workers", sheet: "名册" }],
])("%s is refused", async (_, fields) => {
  const answer = await upload("/api/v1/imports/preview", fields as Record<string, string>);
  expect(answer.status).toBe(400);
  await problem(answer);
});

test("openapi.json describes it", async () => {
  const { paths } = (await (await server.get("/api/v1/openapi.json")).json()) as { paths: Record<string, unknown> };
  expect(paths["/imports/preview"] ?? paths["/api/v1/imports/preview"]).toBeDefined();
});
