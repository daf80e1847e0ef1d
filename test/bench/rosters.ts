/** A database with as many workers as a benchmark asks for: a roster of the demonstration, copied under other names. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateDemonstration } from "../../server/demo/generate.ts";
import type { RulebookLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { openStore, type Store } from "../../server/store/index.ts";

/** Calls `work` with a new database in a folder of its own, which is removed afterwards. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gongkao-bench-"));
  try {
    const store = await openStore(folder, { queryTimeoutMs: 600_000 });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Fills the roster of a year with about so many workers: that of the demonstration (some 30,000 people, as the import reads them) in
 * as many copies as it takes. Returns how many there are.
 */
export async function fillRoster(
  store: Store,
  library: RulebookLibrary,
  { rosterYear, workers }: { readonly rosterYear: number; readonly workers: number },
): Promise<number> {
  await store.transaction(loadReference);
  const folder = await mkdtemp(join(tmpdir(), "gongkao-bench-"));
  try {
    const { workers: files } = await generateDemonstration({ outDir: folder });
    const file = files.find(({ year }) => year === rosterYear)?.file;
    if (!file) throw new Error(`the demonstration has no roster of ${rosterYear}`);
    await importRoster(store, library, file, { kind: "workers", fileName: "roster.csv" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return store.transaction(async (c) => {
    await c.run(
      `CREATE TEMP TABLE one AS SELECT * FROM workers WHERE "rosterYear" = ${rosterYear};
       DELETE FROM workers;
       DELETE FROM eligibility`,
    );
    const [{ people } = { people: 1 }] = await c.rows<{ people: number }>(
      "SELECT count(*)::INTEGER AS people FROM one",
    );
    const copies = Math.max(1, Math.round(workers / people));
    // District by district, as offices send them; within a district copy by copy.
    await c.run(
      `INSERT INTO workers
       SELECT one.* REPLACE (nextval('roster_rows') AS "rosterRow", "workerId" || '-' || copy AS "workerId")
       FROM one, range(${copies}) AS copies(copy) ORDER BY district, copy, "rosterRow";
       DROP TABLE one`,
    );
    return people * copies;
  });
}
