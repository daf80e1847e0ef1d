import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rulebookFolder } from "../../server/library.ts";
import { run } from "../commands/run.ts";
import { startServer } from "./server.ts";

test("the published schema is served, described, and printed by the command line", async () => {
  const published = await readFile(join(rulebookFolder, "rulebook.schema.json"), "utf8");
  const server = await startServer();
  try {
    const response = await server.get("/api/v1/rulebook-schema");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(JSON.parse(published));
    const description = await (await server.get("/api/v1/openapi.json")).json();
    expect(description.paths["/rulebook-schema"].get.responses[200]).toBeDefined();
  } finally {
    await server.close();
  }
  expect(await run(["rulebooks", "schema"])).toMatchObject({ code: 0, out: published, errors: [] });
});
