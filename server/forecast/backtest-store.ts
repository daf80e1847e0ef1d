/** Backtests are kept until something they depend on changes: the data, the rulebooks, the weights of years, the method. */
import { createHash } from "node:crypto";
import { AppError, keepsChanging } from "../errors.ts";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, dataVersion, type Store } from "../store/index.ts";
import { chosenOrigins, longestHorizon, rowsOfOrigins } from "./backtest.ts";
import { methodOf } from "./backtest-method.ts";
import { scoreOrigin } from "./backtest-origin.ts";
import type { BacktestRow } from "./backtest-score.ts";

/** Runs kept beside the standard one. */
const keptRuns = 8;

export interface KeptBacktest {
  readonly run: number;
  readonly origins: readonly number[];
  readonly horizon: number;
}

export interface BacktestRequest {
  /** Roster years to forecast from; default: every one there can be. */
  readonly origins?: readonly number[] | undefined;
  /** Exam years ahead, 1 … 5. Default 5. */
  readonly horizon?: number | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told how many origins are done, parts of one as a fraction. */
  readonly onShare?: ((done: number) => void) | undefined;
  /** Stops it; who waits for the same begins it anew. */
  readonly signal?: AbortSignal | undefined;
  /** Awaited before each origin. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** The data changed while the backtest was made. */
class Outdated extends Error {}
/** How often it is begun anew for that. */
const attempts = 5;

/** Of everything that a backtest depends on, as text. */
export async function backtestFingerprint(c: Connection, library: RulebookLibrary): Promise<string> {
  const { version } = await dataVersion(c);
  const years = await c.rows("SELECT year, weight::DOUBLE AS weight FROM forecast_years ORDER BY year");
  const books = [...library.books.values()].map(({ id, hash }) => `${id} ${hash}`).sort();
  return createHash("sha256")
    .update(JSON.stringify([methodOf(), version, years, books]))
    .digest("hex");
}

const columns = [
  ["run", "INTEGER"],
  ["position", "INTEGER"],
  ["origin", "INTEGER"],
  ["horizon", "INTEGER"],
  ["measure", "VARCHAR"],
  ["grouping", "VARCHAR"],
  ["targetLevel", "VARCHAR"],
  ["wape", "DOUBLE"],
  ["naiveWape", "DOUBLE"],
  ["ratio", "DOUBLE"],
  ["basis", "VARCHAR"],
  ["error", "DOUBLE"],
  ["best", "VARCHAR"],
  ["bestError", "DOUBLE"],
  ["bestRatio", "DOUBLE"],
  ["worse", "BOOLEAN"],
  ["bias", "DOUBLE"],
  ["coverage80", "DOUBLE"],
  ["coverage95", "DOUBLE"],
  ["pinball", "DOUBLE"],
  ["cells", "INTEGER"],
  ["actual", "INTEGER"],
] as const;

/** Columns of the table in order. */
export const backtestColumns: readonly string[] = columns.map(([name]) => name).slice(2);

type ColumnName = (typeof columns)[number][0];

function cellsOf(run: number, position: number, row: BacktestRow) {
  const { level, ...figures } = row;
  const all: Record<ColumnName, string | number | boolean | null> = { run, position, targetLevel: level, ...figures };
  return columns.map(([name]) => all[name]);
}

const underWay = new WeakMap<Store, Map<string, Promise<KeptBacktest>>>();

/** What was asked for, and the run that is on file for it. */
export interface FoundBacktest {
  readonly fingerprint: string;
  readonly dataVersion: number;
  readonly origins: readonly number[];
  readonly horizon: number;
  /** Undefined: none of the present data. */
  readonly run: number | undefined;
}

/** Looks whether the backtest asked for is on file. Throws bad-input on an origin that cannot be one. */
export function findBacktest(
  store: Store,
  library: RulebookLibrary,
  { origins, horizon = longestHorizon }: Pick<BacktestRequest, "origins" | "horizon"> = {},
): Promise<FoundBacktest> {
  return store.read(async (c) => {
    const fingerprint = await backtestFingerprint(c, library);
    const { version } = await dataVersion(c);
    const chosen = await chosenOrigins(c, origins);
    const [kept] = await c.rows<{ id: number }>(
      `SELECT id FROM backtest_runs WHERE fingerprint = $fingerprint AND horizon = $horizon AND origins::VARCHAR = $origins ORDER BY id LIMIT 1`,
      { fingerprint, horizon, origins: listText(chosen) },
    );
    return { fingerprint, dataVersion: version, origins: chosen, horizon, run: kept?.id };
  });
}

/**
 * The run of a backtest, made now (some seconds for each origin of 30,000 workers) unless it is on file and nothing has changed since. Who asks
 * for the same at the same time waits for the same. Begun anew when the data changes meanwhile. Throws bad-input on an origin that cannot be
 * one, cancelled, and busy when the data keeps changing.
 */
export async function keepBacktest(
  store: Store,
  library: RulebookLibrary,
  request: BacktestRequest = {},
): Promise<KeptBacktest> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { fingerprint, origins, horizon, run } = await findBacktest(store, library, request);
    if (run !== undefined) return { run, origins, horizon };
    const others = underWay.get(store) ?? new Map<string, Promise<KeptBacktest>>();
    underWay.set(store, others);
    const key = `${fingerprint} ${listText(origins)} ${horizon}`;
    const standard = request.origins === undefined && horizon === longestHorizon;
    const found = others.get(key);
    const making =
      found ??
      make(store, library, { ...request, fingerprint, origins, horizon, standard }).finally(() => others.delete(key));
    others.set(key, making);
    try {
      return await making;
    } catch (error) {
      // Of another caller who gave up: not ours to give up.
      const others = found !== undefined && error instanceof AppError && error.code === "cancelled";
      if (!others && !(error instanceof Outdated)) throw error;
    }
  }
  throw keepsChanging();
}

const listText = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

interface Making extends BacktestRequest {
  readonly fingerprint: string;
  readonly origins: readonly number[];
  readonly horizon: number;
  readonly standard: boolean;
}

async function make(store: Store, library: RulebookLibrary, asked: Making): Promise<KeptBacktest> {
  const { fingerprint, origins, horizon, standard, onProgress, onShare, signal } = asked;
  const stillWanted = async (c: Connection) => {
    if ((await backtestFingerprint(c, library)) !== fingerprint) throw new Outdated();
  };
  // Each origin on a connection of its own, which is not one of the few of readers, and which takes its tables with it: together they
  // would fill the memory.
  const scored = async (origin: number, index: number) => {
    await asked.pause?.();
    const held = await store.hold();
    try {
      return await held.use(
        async (c) => {
          await stillWanted(c);
          return scoreOrigin(c, library, { origin, horizon, onProgress: (share) => onShare?.(index + share) });
        },
        { signal, timeoutMs: Number.POSITIVE_INFINITY },
      );
    } finally {
      await held.release();
    }
  };
  const rows = await rowsOfOrigins(origins, scored, onProgress);
  return store.transaction(async (c) => {
    await stillWanted(c);
    const [newest] = await c.rows<{ id: number }>("SELECT coalesce(max(id), 0)::INTEGER AS id FROM backtest_runs");
    const run = (newest?.id ?? 0) + 1;
    await forget(c, run, fingerprint);
    await c.run(
      `INSERT INTO backtest_runs VALUES ($run, $fingerprint, $origins::INTEGER[], $horizon, $standard, now()::TIMESTAMP)`,
      { run, fingerprint, origins: listText(origins), horizon, standard },
    );
    await c.append(
      "backtest_rows",
      columns.map(([name, type]) => ({ name, type })),
      rows.map((row, position) => cellsOf(run, position, row)),
    );
    return { run, origins, horizon };
  });
}

/** Drops what was made from other data, and the oldest of what was asked for by the way. */
async function forget(c: Connection, run: number, fingerprint: string): Promise<void> {
  await c.run(`DELETE FROM backtest_runs WHERE fingerprint <> $fingerprint OR (NOT standard AND id <= $oldest)`, {
    fingerprint,
    oldest: run - keptRuns,
  });
  await c.run("DELETE FROM backtest_rows WHERE run NOT IN (SELECT id FROM backtest_runs)");
}
