/** What must be true of a database before it serves: reference tables loaded, decisions made by the rulebooks of today. */
import { decideRosters, outdatedRosters } from "../eligibility/index.ts";
import { loadReference } from "../reference/load.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { publish, type Store } from "../store/index.ts";

/** Reloads the reference tables; decides the rosters anew where a rulebook has changed, and publishes that. */
export async function prepare(store: Store, library: RulebookLibrary, announce: () => void): Promise<void> {
  await store.transaction(loadReference);
  const outdated = await store.read((c) => outdatedRosters(c, library));
  if (outdated.length === 0) return;
  announce();
  await store.transaction(async (c) => {
    await decideRosters(c, library, outdated);
    await publish(c, "rulebooks");
  });
}
