/**
 * Imports a file into several databases at once and may be killed at any moment: `import-child.ts FILE FOLDER=DELAY…`. Says "ready",
 * waits for a line, begins each import after its delay (milliseconds), and says how long each took.
 */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { loadLibrary } from "../../server/library.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { openStore } from "../../server/store/index.ts";

const [file = "", ...places] = process.argv.slice(2);
const library = await loadLibrary();
const stores = await Promise.all(
  places.map(async (place) => {
    const [folder = "", wait = "0"] = place.split("=");
    return { store: await openStore(folder, { memoryLimit: "256MB" }), wait: Number(wait) };
  }),
);
process.stdout.write("ready\n");
await once(process.stdin, "data");
await Promise.all(
  stores.map(async ({ store, wait }) => {
    await delay(wait);
    const started = performance.now();
    await importRoster(store, library, file, { kind: "workers", fileName: "roster.csv" });
    process.stdout.write(`took ${Math.round(performance.now() - started)}\n`);
  }),
);
for (const { store } of stores) await store.close();
process.exit(0);
