/**
 * One import in a process of its own, so that the peak of memory is its own: `node --import tsx import-case.ts FILE`. Prints a line of
 * JSON: seconds and processor seconds in all and by step, the peak of memory, the longest time other requests had to wait.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { readConfig } from "../../server/config.ts";
import { loadLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { type Connection, openStore, type Store } from "../../server/store/index.ts";
import { measure, say } from "./measure.ts";

export interface ImportCase {
  readonly rows: number;
  readonly loaded: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the process with everything in it, before and at the most, bytes. */
  readonly memoryBefore: number;
  readonly memoryPeak: number;
  /** Milliseconds the thread of the requests was busy in one go, at the most and of a hundredth of the looks. */
  readonly longestWait: number;
  readonly wait99: number;
  /** Seconds by the clock in each step of the database. */
  readonly steps: Readonly<Record<string, number>>;
}

/** What a statement of an import is for. */
const stepOf: readonly (readonly [RegExp, string])[] = [
  [/^append to roster_stage/, "stage"],
  [/^\s*INSERT INTO workers|^DELETE FROM workers/, "write"],
  [/roster_change/, "compare"],
  [/findings/, "findings"],
  [/eligibility|evaluated|quotas|"rosterYear", district FROM workers/, "decide"],
];

/** The same store, timing what an import asks of it. */
function timed(store: Store, steps: Record<string, number>): Store {
  const during = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await work();
    } finally {
      steps[name] = (steps[name] ?? 0) + (performance.now() - started) / 1000;
    }
  };
  const nameOf = (sql: string) => stepOf.find(([pattern]) => pattern.test(sql))?.[1] ?? "other";
  const watched = (c: Connection): Connection => ({
    run: (sql, params) => during(nameOf(sql), () => c.run(sql, params)),
    rows: (sql, params) => during(nameOf(sql), () => c.rows(sql, params)),
    append: (table, columns, rows) => during(nameOf(`append to ${table}`), () => c.append(table, columns, rows)),
    arrow: (sql, params) => c.arrow(sql, params),
  });
  return {
    dataDir: store.dataDir,
    read: (work, options) => store.read((c) => work(watched(c)), options),
    transaction: (work, options) => store.transaction((c) => work(watched(c)), options),
    staged: (prepare, finish, options) =>
      store.staged(
        (c) => during("prepare", () => prepare(watched(c))),
        (c, prepared) => during("finish", () => finish(watched(c), prepared)),
        options,
      ),
    isStaging: false,
    hold: () => store.hold(),
    onWrite: (listener) => store.onWrite(listener),
    close: () => store.close(),
  };
}

const [file = ""] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "gongkao-bench-"));
try {
  const library = await loadLibrary();
  const store = await openStore(folder, readConfig());
  await store.transaction(loadReference);
  const steps: Record<string, number> = {};
  const memoryBefore = process.memoryUsage.rss();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const done = await measure(() =>
    importRoster(timed(store, steps), library, file, { kind: "workers", fileName: basename(file) }),
  );
  delay.disable();
  const { seconds, cpuSeconds, value } = done;
  const result: ImportCase = {
    rows: value.rowsRead,
    loaded: value.rowsLoaded,
    seconds,
    cpuSeconds,
    memoryBefore,
    memoryPeak: process.resourceUsage().maxRSS * 1024,
    longestWait: delay.max / 1e6,
    wait99: delay.percentile(99) / 1e6,
    steps,
  };
  say(JSON.stringify(result));
  await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
