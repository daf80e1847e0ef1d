/**
 * `npm run bench:forecast`: how long five years take, how much memory, and whether one thread and two give the same bytes.
 *
 *   npm run bench:forecast [-- --workers 30000,1000000] [--rosters 6] [--threads 2,1] [--folder DIR]
 *
 * Each run is a process of its own that opens a database with that many workers, learns from its history, computes five years and
 * reads them by every grouping. Targets: 30,000 workers in 3 s, a million in 60 s and 8 GB, on two cores.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fitForecast, forecastRows, simulate } from "../../server/forecast/index.ts";
import { loadLibrary } from "../../server/library.ts";
import { openStore } from "../../server/store/index.ts";
import type { Grouping } from "../../server/tables/grouping.ts";
import { fillCrowd } from "./crowd.ts";
import { machineLine, measure, say, whole } from "./measure.ts";

const { values } = parseArgs({
  options: {
    workers: { type: "string", default: "30000,1000000" },
    rosters: { type: "string", default: "6" },
    threads: { type: "string", default: "2,1" },
    folder: { type: "string" },
    run: { type: "string" },
  },
});

const origin = 2023;
const memoryLimit = "5GB";
const views: readonly (readonly Grouping[])[] = [
  [],
  ["level"],
  ["district", "level"],
  ["trade", "level"],
  ["unit"],
  ["unit", "level"],
];

interface Run {
  /** Seconds of processor time that learning and the years took, on all threads. */
  readonly processor: number;
  readonly fit: number;
  readonly years: number;
  readonly tables: number;
  readonly megabytes: number;
  readonly rows: number;
  readonly hash: string;
}

/** In a process of its own: the forecast of a database, timed. */
async function runOnce(folder: string, threads: number): Promise<Run> {
  const library = await loadLibrary();
  const store = await openStore(folder, { memoryLimit, threads, queryTimeoutMs: 3_600_000 });
  try {
    return await store.read(async (c) => {
      const before = process.cpuUsage();
      const fit = await measure(() => fitForecast(c, { origin, library }));
      const run = await measure(() => simulate(c, fit.value));
      const { user, system } = process.cpuUsage(before);
      const hash = createHash("sha256");
      let rows = 0;
      const tables = await measure(async () => {
        for (const by of views) {
          const found = await forecastRows(c, run.value, { by });
          rows += found.length;
          for (const row of found) hash.update(JSON.stringify(row));
        }
      });
      return {
        processor: (user + system) / 1e6,
        fit: fit.seconds,
        years: run.seconds,
        tables: tables.seconds,
        megabytes: process.resourceUsage().maxRSS / 1024,
        rows,
        hash: hash.digest("hex"),
      };
    });
  } finally {
    await store.close();
  }
}

function inOwnProcess(folder: string, threads: number): Run {
  const self = fileURLToPath(import.meta.url);
  const text = execFileSync(
    process.execPath,
    ["--import", "tsx", self, "--run", folder, "--threads", String(threads)],
    { encoding: "utf8", maxBuffer: 1 << 24, env: { ...process.env, UV_THREADPOOL_SIZE: "8" } },
  );
  return JSON.parse(text) as Run;
}

/** Seconds and megabytes allowed on two cores. */
const targets = (workers: number) =>
  workers <= 30_000 ? { seconds: 3, megabytes: undefined } : { seconds: 60, megabytes: 8_192 };

async function tryCrowd(workers: number, threads: readonly number[]): Promise<boolean> {
  const folder = await mkdtemp(join(values.folder ?? tmpdir(), "gongkao-crowd-"));
  try {
    const store = await openStore(folder, { memoryLimit, queryTimeoutMs: 3_600_000 });
    const rosters = Number(values.rosters);
    const filled = await measure(async () => {
      try {
        return await fillCrowd(store, await loadLibrary(), { workers, rosters });
      } finally {
        await store.close();
      }
    });
    say(
      `${whole(filled.value)} workers on the newest of ${rosters} rosters (written in ${filled.seconds.toFixed(0)} s)`,
    );
    const runs = threads.map((count) => ({ threads: count, ...inOwnProcess(folder, count) }));
    const { seconds, megabytes } = targets(workers);
    let good = true;
    for (const run of runs) {
      const total = run.fit + run.years;
      const kept = total <= seconds && (megabytes === undefined || run.megabytes <= megabytes);
      if (run.threads === 2 && !kept) good = false;
      say(
        `  ${run.threads} thread${run.threads > 1 ? "s" : " "}: learning ${run.fit.toFixed(2)} s, five years ${run.years.toFixed(2)} s, together ${total.toFixed(2)} s (processor ${run.processor.toFixed(2)} s); ${whole(run.rows)} rows of tables ${run.tables.toFixed(2)} s; peak memory ${whole(run.megabytes)} MB${run.threads === 2 ? (kept ? "; target reached" : `; target missed (${seconds} s${megabytes ? `, ${megabytes} MB` : ""})`) : ""}`,
      );
    }
    const same = new Set(runs.map(({ hash }) => hash)).size === 1;
    say(
      `  ${threads.join(" and ")} threads: ${same ? "the same bytes" : "DIFFERENT bytes"} (${runs.map(({ hash }) => hash.slice(0, 12)).join(", ")})`,
    );
    return good && same;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const numbers = (text: string) => text.split(",").map(Number);
if (values.run !== undefined) process.stdout.write(JSON.stringify(await runOnce(values.run, Number(values.threads))));
else {
  say(machineLine());
  let good = true;
  for (const workers of numbers(values.workers)) good = (await tryCrowd(workers, numbers(values.threads))) && good;
  process.exitCode = good ? 0 : 1;
}
