/** The demonstration database, whole or not at all: a start that was broken off half way begins again. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installDemonstration, rosterFolder } from "../demo/install.ts";
import type { Message } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { openStore, type Store } from "../store/index.ts";
import { databaseFile } from "./database.ts";

const marker = (dataDir: string) => join(dataDir, "demonstration-unfinished");

/** Deletes a demonstration that was broken off. Call before the database is opened. */
export async function dropUnfinished(dataDir: string, announce: () => void): Promise<void> {
  if (!existsSync(marker(dataDir))) return;
  // fails while another process is still at it
  await (await openStore(dataDir)).close();
  announce();
  for (const file of [databaseFile(dataDir), `${databaseFile(dataDir)}.wal`, marker(dataDir)])
    await rm(file, { force: true });
  for (const name of await readdir(dataDir))
    if (name.startsWith(rosterFolder)) await rm(join(dataDir, name), { recursive: true, force: true });
}

/** Fills a database without rosters with those of so many invented people. */
export async function fillWithDemonstration(
  store: Store,
  library: RulebookLibrary,
  workers: number,
  onProgress: (text: Message) => void,
): Promise<void> {
  await mkdir(store.dataDir, { recursive: true, mode: 0o700 });
  await writeFile(marker(store.dataDir), "");
  await installDemonstration(store, library, { workers, onProgress });
  await rm(marker(store.dataDir));
}
