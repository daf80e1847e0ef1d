import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../server/store/index.ts";

/** A new folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-store-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A real store in a folder of its own, closed after the test. */
export async function temporaryStore(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore(await temporaryFolder(), { memoryLimit: "512MB", ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Seconds of work for the engine, in small steps that an interrupt can reach. */
export const slowQuery = "SELECT sum((a.range * b.range) % 7)::INTEGER AS n FROM range(1000000) a, range(1000000) b";
