/** What must be true of a database before it serves: its decisions are those of today's rulebooks. */
import { decideRosters, outdatedRosters } from "../eligibility/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { publish, type Store } from "../store/index.ts";
import { tell, withStore } from "./command.ts";

/** Decides the rosters anew whose rulebooks have changed, and publishes that. */
export async function prepare(store: Store, library: RulebookLibrary, announce: () => void): Promise<void> {
  const outdated = await store.read((c) => outdatedRosters(c, library));
  if (outdated.length === 0) return;
  announce();
  await store.transaction(async (c) => {
    await decideRosters(c, library, outdated);
    await publish(c, "rulebooks");
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
