import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance, StatementType } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { namedQuery, openStore } from "../../server/store/index.ts";
import { temporaryFolder } from "./store.ts";

async function queryNames(): Promise<string[]> {
  const files = await readdir(new URL("../../queries/", import.meta.url));
  return files.filter((file) => file.endsWith(".sql")).map((file) => file.slice(0, -".sql".length));
}

/** Temporary tables that a forecast or a look for faults makes on its way: a query over them fits the schema only there, and is run by its tests. */
const overScratch = /\b(?:(?:forecast|run)_(?!years\b)[a-z_]+|roster_steps)\b/;

test("every named query is exactly one SELECT that fits the schema", async () => {
  const folder = await temporaryFolder();
  await (await openStore(folder)).close();
  const instance = await DuckDBInstance.create(join(folder, "gongkao.duckdb"));
  const connection = await instance.connect();
  for (const name of await queryNames()) {
    const statements = await connection.extractStatements(namedQuery(name));
    expect(statements.count, name).toBe(1);
    if (overScratch.test(namedQuery(name))) continue;
    const statement = await statements.prepare(0);
    expect(statement.statementType, name).toBe(StatementType.SELECT);
    statement.destroySync();
  }
  connection.closeSync();
  instance.closeSync();
});

test("every named query says what it is for", async () => {
  for (const name of await queryNames()) expect(namedQuery(name), name).toMatch(/^--/);
});

test("a name that is none is an error", () => {
  expect(() => namedQuery("no-such-query")).toThrow("no such query: queries/no-such-query.sql");
  expect(() => namedQuery("../package")).toThrow("invalid query name");
});
