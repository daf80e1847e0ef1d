/** The database of a command: opened alone, its decisions those of today's rulebooks, closed whatever happens. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { decideRosters, outdatedRosters } from "../eligibility/index.ts";
import { badInput } from "../errors.ts";
import { findingsOutdated, refreshFindings } from "../rosters/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { openStore, publish, type Store } from "../store/index.ts";
import { dataDirOf, tell } from "./command.ts";

export const databaseFile = (dataDir: string) => join(dataDir, "gongkao.duckdb");

interface OpenOptions {
  /** Make the database where there is none. */
  readonly create: boolean;
}

/** Opens the database of a folder, hands it to `work`, and closes it whatever happens. */
export async function withStore<T>(
  options: { readonly data?: string | undefined },
  { create }: OpenOptions,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const dataDir = dataDirOf(options);
  if (!create && !existsSync(databaseFile(dataDir))) {
    throw badInput(
      `${dataDir} 中没有数据库；请先运行 gongkao init --data ${dataDir}`,
      `no database in ${dataDir}; run gongkao init --data ${dataDir} first`,
      { property: "data", value: dataDir },
    );
  }
  // a batch command may use the time it needs
  const store = await openStore(dataDir, { ...readConfig(), queryTimeoutMs: 3_600_000 });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Decides the rosters anew whose rulebooks have changed, looks at them again where the checks have, and publishes that. */
export async function prepare(store: Store, library: RulebookLibrary, announce: () => void): Promise<void> {
  const [outdated, unchecked] = await store.read(
    async (c) => [await outdatedRosters(c, library), await findingsOutdated(c)] as const,
  );
  if (outdated.length === 0 && !unchecked) return;
  announce();
  await store.transaction(async (c) => {
    if (outdated.length > 0) await decideRosters(c, library, outdated);
    if (unchecked) await refreshFindings(c);
    await publish(c, outdated.length > 0 ? "rulebooks" : "checks");
  });
}

/** Opens an existing database for a command that reads, its decisions up to date. */
export function withDecidedStore<T>(
  options: { readonly data?: string | undefined },
  library: RulebookLibrary,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  return withStore(options, { create: false }, async (store) => {
    await prepare(store, library, () =>
      tell({ zh: "规则库有更新，重新核验名册…", en: "rulebooks changed: deciding rosters anew…" }),
    );
    return work(store);
  });
}
