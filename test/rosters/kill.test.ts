import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibrary, type RulebookLibrary } from "../../server/library.ts";
import { loadReference } from "../../server/reference/load.ts";
import { importRoster } from "../../server/rosters/index.ts";
import { openStore, type Store } from "../../server/store/index.ts";
import { heading, rosterRows } from "../bench/roster-file.ts";
import { randomNumbers } from "../rules/people.ts";

const kills = 50;
/** Databases that one killed process was writing to, each at another moment of its import. */
const together = 5;

const district = heading.indexOf("地区");

let folder: string;
let library: RulebookLibrary;
let file: string;
let before: State;
let after: State;

beforeAll(async () => {
  library = await loadLibrary();
  folder = await mkdtemp(join(tmpdir(), "gongkao-kill-"));
  // people of one rulebook: planning the decisions of all six would take most of the time
  const rows = [...rosterRows(600)].map((row) => row.with(district, "410802"));
  const text = (some: readonly (readonly string[])[]) =>
    [heading.join(","), ...some.map((row) => row.join(",")), ""].join("\n");
  const old = join(folder, "old.csv");
  file = join(folder, "new.csv");
  await writeFile(old, text(rows.slice(0, 400)));
  // a third is the same, a third is corrected, a third is new
  const trade = heading.indexOf("工种");
  const corrected = rows.map((row, at) =>
    at < 200 ? row : row.map((cell, column) => (column === trade ? "讲解员" : cell)),
  );
  await writeFile(file, text(corrected));
  before = await opened(join(folder, "before"), async (store) => {
    await store.transaction(loadReference);
    await load(store, old);
    return stateOf(store);
  });
  await cp(join(folder, "before"), join(folder, "after"), { recursive: true });
  after = await opened(join(folder, "after"), async (store) => {
    expect(await load(store)).toMatchObject({ rowsLoaded: 200, rowsUnchanged: expect.any(Number) });
    return stateOf(store);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const load = (store: Store, path = file) =>
  importRoster(store, library, path, { kind: "workers", fileName: "roster.csv" });

async function opened<T>(at: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(at, { memoryLimit: "256MB" });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Numbers of rows that a killed import had taken may be left out when it is repeated: their order counts. */
const numbered = '* REPLACE (dense_rank() OVER (ORDER BY "rosterRow") AS "rosterRow")';

/** What is compared of each table: everything but the time of day. */
const tables = {
  workers: numbered,
  workers_replaced: "*",
  eligibility: numbered,
  evaluated: "*",
  findings: numbered,
  publications: "version, reason",
  imports: 'id, action, kind, file, sha256, version, "versionBefore", undoes, "undoneBy", "imagesKept"',
} as const;
type State = Readonly<Record<keyof typeof tables, { readonly rows: number; readonly digest: string }>>;

/** The whole content, all in one snapshot, as counts and digests. */
const stateOf = (store: Store): Promise<State> =>
  store.read(async (c) => {
    const state: Record<string, unknown> = {};
    for (const [table, columns] of Object.entries(tables)) {
      [state[table]] = await c.rows(
        `SELECT count(*)::INTEGER AS rows, coalesce(bit_xor(hash(one)), 0)::VARCHAR AS digest FROM (SELECT ${columns} FROM ${table}) AS one`,
      );
    }
    return state as State;
  });

/** Copies of the database and a process that is about to import into them, each after its delay in milliseconds. */
async function begin(name: string, waits: readonly number[]) {
  const places = waits.map((wait, at) => ({ at: join(folder, `${name}-${at}`), wait }));
  for (const { at } of places) await cp(join(folder, "before"), at, { recursive: true });
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      new URL("import-child.ts", import.meta.url).pathname,
      file,
      ...places.map(({ at, wait }) => `${at}=${wait}`),
    ],
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, UV_THREADPOOL_SIZE: "24" } },
  );
  const exited = once(child, "exit");
  const [line] = await Promise.race([once(child.stdout, "data"), exited]);
  expect(String(line)).toBe("ready\n");
  return { child, exited, places: places.map(({ at }) => at) };
}

/** How long an import takes, beginning to checkpoint, while the others run: milliseconds. */
async function durationOf(): Promise<number> {
  const { child, exited } = await begin("whole", new Array<number>(together).fill(0));
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
  });
  child.stdin.write("go\n");
  await exited;
  return Math.max(...[...output.matchAll(/took (\d+)/g)].map(([, text]) => Number(text)));
}

test(`killed at ${kills} moments of an import: whole or not at all, and the import can be repeated`, async () => {
  const next = randomNumbers(8);
  const found: string[] = [];
  /** How long a process is left alone, milliseconds: about as long as an import takes, however busy the machine is just now. */
  let span = 1.1 * (await durationOf());
  const beginNext = async (kill: number) => {
    const during = span;
    const waits = Array.from({ length: together }, () => next() * during);
    return { ...(await begin(`kill-${kill}`, waits)), during };
  };
  let coming = beginNext(0);
  for (let kill = 0; kill < kills; kill += together) {
    const { child, exited, places, during } = await coming;
    child.stdin.write("go\n");
    await delay(during);
    child.kill("SIGKILL");
    await exited;
    // the next process starts while the databases of this one are looked at
    if (kill + together < kills) coming = beginNext(kill + together);
    let done = 0;
    for (const place of places) {
      await opened(place, async (store) => {
        const state = await stateOf(store);
        const isDone = state.imports.rows === after.imports.rows;
        expect(state, place).toEqual(isDone ? after : before);
        if (isDone) done++;
        found.push(isDone ? "after" : "before");
        const again = await load(store);
        expect(again.rowsLoaded + again.rowsUpdated === 0).toBe(isDone);
        expect(await stateOf(store)).toEqual(after);
      });
      await rm(place, { recursive: true });
    }
    if (done === 0) span *= 1.4;
    if (done === places.length) span /= 1.4;
  }
  expect(found).toHaveLength(kills);
  expect(new Set(found)).toEqual(new Set(["before", "after"]));
}, 1_800_000);
