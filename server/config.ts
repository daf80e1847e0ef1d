import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { badInput } from "./errors.ts";

/** Everything the environment decides, read once at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the folder that holds the database, uploads and backups. */
  readonly dataDir: string;
  /** DuckDB's memory limit, for instance "2GB". */
  readonly memoryLimit: string;
  readonly threads: number;
  readonly uploadLimitBytes: number;
  /** People of the demonstration that the first start makes. */
  readonly demoWorkers: number;
  readonly jsonLog: boolean;
  /** Compute forecast and backtest in the background after the start and after every publication. */
  readonly prepareForecasts: boolean;
  /** Longest time one read may wait and run, milliseconds. */
  readonly queryTimeoutMs: number;
  /** Reads that may run at the same time; stays below libuv's pool size, for each holds a pool thread. */
  readonly maxQueries: number;
  /** Reads that may wait for a place; the next one is told to come back later. */
  readonly maxQueue: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const megabyte = 1024 * 1024;

function integer(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw badInput(
    `环境变量 ${name} 的值“${text}”无效（应为 ${min} 至 ${max} 的整数）`,
    `invalid ${name}: ${text} (expected an integer ${min}…${max})`,
    { property: name, value: text },
  );
}

function memory(env: Environment, name: string, fallback: string): string {
  const text = env[name]?.trim();
  if (!text) return fallback;
  if (/^\d+(\.\d+)?\s*([KMGT]i?B)$/i.test(text)) return text;
  throw badInput(
    `环境变量 ${name} 的值“${text}”无效（应如 2GB、512MB）`,
    `invalid ${name}: ${text} (expected an amount such as 2GB or 512MB)`,
    { property: name, value: text },
  );
}

function flag(env: Environment, name: string, fallback = false): boolean {
  const text = env[name]?.trim().toLowerCase();
  if (!text) return fallback;
  if (text === "0" || text === "false") return false;
  if (text === "1" || text === "true") return true;
  throw badInput(
    `环境变量 ${name} 的值“${text}”无效（应为 true 或 false）`,
    `invalid ${name}: ${text} (expected true or false)`,
    { property: name, value: text },
  );
}

/**
 * Reads the environment into one frozen object.
 * @throws AppError `bad-input` with a sentence naming the variable and the bad value.
 */
export function readConfig(env: Environment = process.env): Config {
  return Object.freeze({
    host: env.HOST?.trim() || "127.0.0.1",
    port: integer(env, "PORT", 8080, 0, 65_535),
    dataDir: resolve(env.GONGKAO_DATA?.trim() || "data/local"),
    memoryLimit: memory(env, "GONGKAO_MEMORY", "2GB"),
    threads: integer(env, "GONGKAO_THREADS", availableParallelism(), 1, 256),
    uploadLimitBytes: integer(env, "GONGKAO_UPLOAD_LIMIT_MB", 100, 1, 2048) * megabyte,
    demoWorkers: integer(env, "GONGKAO_DEMO_WORKERS", 30_000, 100, 1_000_000),
    jsonLog: flag(env, "GONGKAO_JSON_LOG"),
    prepareForecasts: flag(env, "GONGKAO_PREPARE", true),
    queryTimeoutMs: integer(env, "GONGKAO_QUERY_TIMEOUT_MS", 30_000, 1, 3_600_000),
    maxQueries: integer(env, "GONGKAO_MAX_QUERIES", 3, 1, 8),
    maxQueue: integer(env, "GONGKAO_MAX_QUEUE", 64, 0, 10_000),
  });
}
