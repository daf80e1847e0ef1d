/** A database with a history as large as a benchmark asks for: a world, and copies of it under other names. */
import type { RulebookLibrary } from "../../server/library.ts";
import { publish, type Store } from "../../server/store/index.ts";
import { worldKinds } from "./worlds/kinds.ts";
import { fillStore } from "./worlds/store.ts";
import { makeWorld } from "./worlds/world.ts";

/** Copies are made of a world of at most so many workers. */
const largestWorld = 50_000;

/**
 * Fills a new database: `rosters` yearly rosters of about so many workers, the newest of 2023, with the applications between them.
 * Units of some 33 workers. Returns the workers on the newest roster.
 */
export async function fillCrowd(
  store: Store,
  library: RulebookLibrary,
  { workers, rosters }: { readonly workers: number; readonly rosters: number },
): Promise<number> {
  const [steady] = worldKinds;
  if (!steady) throw new Error("no world");
  const copies = Math.ceil(workers / largestWorld);
  const size = Math.round(workers / copies);
  const world = await makeWorld({
    ...steady,
    name: "crowd",
    workers: Math.round(size * 1.17),
    units: Math.round(size / 33),
  });
  await fillStore(store, library, world);
  return store.transaction(async (c) => {
    await c.run(`DELETE FROM eligibility WHERE "examYear" <= ${2024 - rosters}; DELETE FROM workers WHERE "rosterYear" <= ${2023 - rosters};
      DELETE FROM applications WHERE "examYear" <= ${2024 - rosters}; DELETE FROM evaluated WHERE "examYear" <= ${2024 - rosters}`);
    const [{ rows } = { rows: 0 }] = await c.rows<{ rows: number }>(`SELECT max("rosterRow") AS rows FROM workers`);
    for (let copy = 1; copy < copies; copy++) {
      await c.run(`
        INSERT INTO workers SELECT * REPLACE ("rosterRow" + ${copy * rows} AS "rosterRow", "workerId" || '-${copy}' AS "workerId",
          unit || '-${copy}' AS unit) FROM workers WHERE "rosterRow" <= ${rows};
        INSERT INTO eligibility SELECT * REPLACE ("rosterRow" + ${copy * rows} AS "rosterRow") FROM eligibility WHERE "rosterRow" <= ${rows};
        INSERT INTO applications SELECT * REPLACE ("workerId" || '-${copy}' AS "workerId", unit || '-${copy}' AS unit)
          FROM applications WHERE NOT contains("workerId", '-')`);
    }
    await publish(c, "crowd", new Date(0));
    const [{ people } = { people: 0 }] = await c.rows<{ people: number }>(
      `SELECT count(*)::INTEGER AS people FROM workers WHERE "rosterYear" = 2023`,
    );
    return people;
  });
}
