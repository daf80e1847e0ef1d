/** What must be true of a database before it serves: reference tables loaded, decisions made by the rulebooks of today. */
import { decideRosters } from "../eligibility/index.ts";
import { loadReference } from "../reference/load.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, publish, type Store } from "../store/index.ts";
import { examYears } from "../tables.ts";

/** Whether some roster was never decided, or by another text of its rulebook. */
async function isOutdated(c: Connection, library: RulebookLibrary): Promise<boolean> {
  const decided = await c.rows<{ examYear: number; rulebook: string; hash: string }>(
    'SELECT "examYear", rulebook, hash FROM evaluated',
  );
  if (decided.some(({ rulebook, hash }) => library.books.get(rulebook)?.hash !== hash)) return true;
  const years = await examYears(c);
  return years.some((year) => !decided.some(({ examYear }) => examYear === year));
}

/** Reloads the reference tables; decides all rosters anew where a rulebook has changed, and publishes that. */
export async function prepare(store: Store, library: RulebookLibrary, announce: () => void): Promise<void> {
  await store.transaction(loadReference);
  if (!(await store.read((c) => isOutdated(c, library)))) return;
  announce();
  await store.transaction(async (c) => {
    await decideRosters(c, library);
    await publish(c, "rulebooks");
  });
}
