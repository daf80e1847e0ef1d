/**
 * Databases made once for the whole run; a test copies one instead of making its own. The empty one has every migration and the
 * reference tables, ten times as fast as to make it. The demonstration is made by the first test that asks for it.
 */
import { access, cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { installDemonstration } from "../server/demo/install.ts";
import { loadLibrary } from "../server/library.ts";
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
  const empty = join(folder, "empty");
  const store = await openStore(empty);
  await store.transaction(loadReference);
  await store.close();
  project.provide("templateDatabase", empty);
  return () => rm(folder, { recursive: true, force: true });
}

/** Makes a data folder with an empty database: all migrations done, the reference tables filled. */
export const emptyDatabase = (dataDir: string): Promise<void> =>
  cp(inject("templateDatabase"), dataDir, { recursive: true });

/** People of the demonstration that tests use. */
export const demonstrationWorkers = 2_500;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Makes a data folder with the demonstration of `demonstrationWorkers` people, made as a user's is. */
export async function demonstrationDatabase(dataDir: string): Promise<void> {
  const made = join(inject("templateDatabase"), "..", "demonstration");
  // Making a folder fails where it exists: only one of the tests that run at a time makes the demonstration, the others wait for it.
  const isFirst = await mkdir(`${made}-claimed`).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const making = `${made}-making`;
    await emptyDatabase(making);
    const store = await openStore(making);
    try {
      await installDemonstration(store, await loadLibrary(), { workers: demonstrationWorkers });
    } finally {
      await store.close();
    }
    await rename(making, made);
  }
  while (!(await exists(made))) await delay(200);
  await cp(made, dataDir, { recursive: true });
}
