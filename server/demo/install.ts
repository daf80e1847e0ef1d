/** Fills an empty database with the demonstration, through the same import as anybody's rosters. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError, type Message } from "../errors.ts";
import { importRoster, type RosterKind } from "../rosters/index.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import type { Store } from "../store/index.ts";
import { type DemonstrationOptions, generateDemonstration, type RosterFile } from "./generate.ts";
import { demoMark } from "./units.ts";

/** How the folder of generated rosters begins, for whoever cleans up after a crash. */
export const rosterFolder = "demo-";

export type InstallOptions = Omit<DemonstrationOptions, "outDir">;

const kindWords: Readonly<Record<RosterKind, Message>> = {
  workers: { zh: "人员名册", en: "workers" },
  applications: { zh: "申报与考评名册", en: "applications" },
};

/**
 * Generates the demonstration rosters in a folder of their own inside the data folder, imports every file (year by year, workers
 * before the applications of the year after) and removes the folder. Throws AppError internal when a row is refused: then the
 * generator and the import disagree.
 */
export async function installDemonstration(
  store: Store,
  library: RulebookLibrary,
  { onProgress, ...options }: InstallOptions = {},
): Promise<void> {
  await mkdir(store.dataDir, { recursive: true, mode: 0o700 });
  const outDir = await mkdtemp(join(store.dataDir, rosterFolder));
  try {
    const made = await generateDemonstration({ ...options, outDir, ...(onProgress ? { onProgress } : {}) });
    const files = [
      ...made.workers.map((file) => ({ ...file, kind: "workers" as const, turn: file.year + 0.5 })),
      ...made.applications.map((file) => ({ ...file, kind: "applications" as const, turn: file.year })),
    ].sort((a, b) => a.turn - b.turn);
    for (const [index, { file, year, kind }] of files.entries()) {
      const words = kindWords[kind];
      const step = `${index + 1}/${files.length}`;
      onProgress?.({ zh: `导入${words.zh} ${year} 年（${step}）`, en: `importing ${words.en} of ${year} (${step})` });
      await importFile(store, library, { file, year }, kind);
    }
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function importFile(
  store: Store,
  library: RulebookLibrary,
  { file }: RosterFile,
  kind: RosterKind,
): Promise<void> {
  const report = await importRoster(store, library, file, { kind, fileName: basename(file), who: demoMark });
  const problem = report.problems.find(({ severity }) => severity === "error");
  if (report.rowsRejected === 0 && !problem) return;
  throw new AppError("internal", {
    zh: `演示数据 ${basename(file)} 有 ${report.rowsRejected} 行未能导入：${problem?.message.zh ?? ""}（第 ${problem?.row ?? "?"} 行）`,
    en: `${report.rowsRejected} rows of the demonstration file ${basename(file)} were refused: ${problem?.message.en ?? ""} (row ${problem?.row ?? "?"})`,
  });
}
