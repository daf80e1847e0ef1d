/** Backtests are kept until something they depend on changes: the data, the rulebooks, the weights of years, the method. */
import { createHash } from "node:crypto";
import type { RulebookLibrary } from "../rules/rulebook.ts";
import { type Connection, dataVersion, type Store } from "../store/index.ts";
import { backtest, chosenOrigins, longestHorizon } from "./backtest.ts";
import type { BacktestRow } from "./backtest-score.ts";

/** Counts up with every change of the method that changes its figures. */
const method = 1;
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
}

/** Of everything that a backtest depends on, as text. */
export async function backtestFingerprint(c: Connection, library: RulebookLibrary): Promise<string> {
  const { version } = await dataVersion(c);
  const years = await c.rows("SELECT year, weight::DOUBLE AS weight FROM forecast_years ORDER BY year");
  const books = [...library.books.values()].map(({ id, hash }) => `${id} ${hash}`).sort();
  return createHash("sha256")
    .update(JSON.stringify([method, version, years, books]))
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

/**
 * The run of a backtest, made now (some seconds for each origin of 30,000 workers) unless it is on file and nothing has changed since. Who asks
 * for the same at the same time waits for the same. Throws bad-input on an origin that cannot be one.
 */
export async function keepBacktest(
  store: Store,
  library: RulebookLibrary,
  { origins, horizon = longestHorizon, onProgress }: BacktestRequest = {},
): Promise<KeptBacktest> {
  const asked = await store.read(async (c) => {
    const fingerprint = await backtestFingerprint(c, library);
    const chosen = await chosenOrigins(c, origins);
    const [kept] = await c.rows<{ id: number }>(
      `SELECT id FROM backtest_runs WHERE fingerprint = $fingerprint AND horizon = $horizon AND origins::VARCHAR = $origins ORDER BY id LIMIT 1`,
      { fingerprint, horizon, origins: listText(chosen) },
    );
    return { fingerprint, origins: chosen, horizon, run: kept?.id };
  });
  const { run, fingerprint, origins: chosen } = asked;
  if (run !== undefined) return { run, origins: chosen, horizon };
  const others = underWay.get(store) ?? new Map<string, Promise<KeptBacktest>>();
  underWay.set(store, others);
  const key = `${fingerprint} ${listText(chosen)} ${horizon}`;
  const making =
    others.get(key) ??
    make(store, library, {
      fingerprint,
      origins: chosen,
      horizon,
      standard: origins === undefined,
      onProgress,
    }).finally(() => others.delete(key));
  others.set(key, making);
  return making;
}

const listText = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;

interface Making extends BacktestRequest {
  readonly fingerprint: string;
  readonly origins: readonly number[];
  readonly horizon: number;
  readonly standard: boolean;
}

async function make(store: Store, library: RulebookLibrary, asked: Making): Promise<KeptBacktest> {
  const { fingerprint, origins, horizon, standard, onProgress } = asked;
  const rows = await store.read((c) => backtest(c, library, { origins, horizon, onProgress }), {
    timeoutMs: Number.POSITIVE_INFINITY,
  });
  return store.transaction(async (c) => {
    const [newest] = await c.rows<{ id: number }>("SELECT coalesce(max(id), 0)::INTEGER AS id FROM backtest_runs");
    const run = (newest?.id ?? 0) + 1;
    await forget(c, run, fingerprint);
    await c.run(
      `INSERT INTO backtest_runs VALUES ($run, $fingerprint, $origins::INTEGER[], $horizon, $standard, now()::TIMESTAMP)`,
      { run, fingerprint, origins: listText(origins), horizon, standard: standard && horizon === longestHorizon },
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

/** The error that forecasts of a kind had until now, to be shown beside them; all origins together. */
export interface PastError {
  readonly horizon: number;
  readonly measure: string;
  readonly grouping: string;
  readonly targetLevel: string | null;
  readonly wape: number | null;
  readonly ratio: number | null;
  readonly best: string | null;
  readonly bestRatio: number | null;
  readonly worse: boolean;
  readonly bias: number | null;
  readonly coverage80: number | null;
  readonly coverage95: number | null;
}

/**
 * Past errors by horizon, measure, grouping and level from the standard backtest on file; undefined when there is none of the present
 * data (`keepBacktest` makes it).
 */
export async function pastErrors(c: Connection, library: RulebookLibrary): Promise<readonly PastError[] | undefined> {
  const [kept] = await c.rows<{ id: number }>(
    "SELECT id FROM backtest_runs WHERE fingerprint = $fingerprint AND standard ORDER BY id DESC LIMIT 1",
    { fingerprint: await backtestFingerprint(c, library) },
  );
  if (!kept) return undefined;
  return c.rows<PastError>(
    `SELECT horizon, measure, grouping, "targetLevel", wape, ratio, best, "bestRatio", worse, bias, coverage80, coverage95
     FROM backtest_rows WHERE run = $run AND origin IS NULL ORDER BY position`,
    { run: kept.id },
  );
}
