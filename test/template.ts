/** One migrated database with the reference tables for the whole run: a test copies it instead of making its own, ten times as fast. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { loadReference } from "../server/reference/load.ts";
import { openStore } from "../server/store/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly templateDatabase: string;
  }
}

/** Run by the test runner before everything else; what it gives back, after. */
export default async function make(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-template-"));
  const store = await openStore(folder);
  await store.transaction(loadReference);
  await store.close();
  project.provide("templateDatabase", folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** Makes a data folder with an empty database: all migrations done, the reference tables filled. */
export const emptyDatabase = (dataDir: string): Promise<void> =>
  cp(inject("templateDatabase"), dataDir, { recursive: true });
