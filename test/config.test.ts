import { isAbsolute } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "../server/config.ts";

test("an empty environment gives the documented defaults, frozen", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 8080,
    uploadLimitBytes: 100 * 1024 * 1024,
    queryTimeoutMs: 30_000,
    maxQueries: 3,
    maxQueue: 64,
    demoWorkers: 30_000,
    jsonLog: false,
    prepareForecasts: true,
  });
  expect(isAbsolute(config.dataDir)).toBe(true);
  expect(config.dataDir).toMatch(/data[/\\]local$/);
  expect(Object.isFrozen(config)).toBe(true);
});

test("values are read, blanks count as absent", () => {
  const config = readConfig({
    PORT: " 9090 ",
    HOST: "0.0.0.0",
    GONGKAO_MEMORY: "512MB",
    GONGKAO_THREADS: "4",
    GONGKAO_DATA: " ",
  });
  expect(config).toMatchObject({ port: 9090, host: "0.0.0.0", memoryLimit: "512MB", threads: 4 });
  expect(config.dataDir).toMatch(/local$/);
});

test.each([
  ["PORT", "80a"],
  ["PORT", "65536"],
  ["PORT", "-1"],
  ["GONGKAO_MEMORY", "much"],
  ["GONGKAO_THREADS", "0"],
  ["GONGKAO_UPLOAD_LIMIT_MB", "1.5"],
  ["GONGKAO_JSON_LOG", "maybe"],
])("a bad %s (%s) stops the start with a sentence naming it", (name, value) => {
  const reading = () => readConfig({ [name]: value });
  expect(reading).toThrow(`invalid ${name}: ${value}`);
  expect(reading).toThrow(expect.objectContaining({ code: "bad-input", details: { property: name, value } }));
});
