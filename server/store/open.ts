import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { Held, type Hold } from "./hold.ts";
import { Gate, type LeaseOptions, Stop } from "./lease.ts";
import { migrate } from "./migrations.ts";
import { inSession, inTransaction, write } from "./transactions.ts";

export type StoreOptions = Pick<Config, "memoryLimit" | "threads" | "queryTimeoutMs" | "maxQueries" | "maxQueue">;

/** The database of one folder. */
export interface Store {
  /** Absolute path. */
  readonly dataDir: string;
  /**
   * Lends a connection for reading. All queries of one read see the same snapshot, so a table and the data version beside it
   * agree even while an import is published. A failed query ends the snapshot: do not go on after catching one.
   * @throws AppError `busy` (line full), `timeout`, `cancelled`; QueryError
   */
  read<T>(work: (c: Connection) => Promise<T>, options?: LeaseOptions): Promise<T>;
  /**
   * Runs `work` in the one writing transaction: committed and checkpointed when it returns, rolled back when it throws.
   * Writers wait for each other without a time limit unless one is given.
   */
  transaction<T>(work: (c: Connection) => Promise<T>, options?: LeaseOptions): Promise<T>;
  /**
   * A write in two steps on one connection. `prepare` may take minutes and holds nobody up: it fills temporary tables, each statement
   * by itself, and reads. `finish` then runs in the one writing transaction and sees what was prepared; with `readOnly` it may write
   * temporary tables only and waits for no writer. Preparations wait for each other.
   */
  staged<P, T>(
    prepare: (c: Connection) => Promise<P>,
    finish: (c: Connection, prepared: P) => Promise<T>,
    options?: LeaseOptions & { readonly readOnly?: boolean },
  ): Promise<T>;
  /** Whether a write in two steps (an import, as a rule) is being prepared or finished. */
  readonly isStaging: boolean;
  /** A connection for `use` after `use`, until it is released or the store is closed. Between two uses it holds no snapshot. */
  hold(): Promise<Hold>;
  /** Calls `listener` after every committed write, until the function it gives back is called. */
  onWrite(listener: () => void): () => void;
  /** Stops what runs, checkpoints and gives the file back. Calling it again does nothing. */
  close(): Promise<void>;
}

const defaults: StoreOptions = { memoryLimit: "2GB", threads: 2, queryTimeoutMs: 30_000, maxQueries: 3, maxQueue: 64 };

function openingError(cause: unknown, file: string): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/conflicting lock|could not set lock|being used by another process/i.test(reason)) {
    return new AppError(
      "conflict",
      {
        zh: `另一个进程（可能是正在运行的服务）占用了数据库 ${file}`,
        en: `the database ${file} is in use by another process (a running server?)`,
      },
      { file },
      { cause },
    );
  }
  return new AppError(
    "internal",
    { zh: `无法打开数据库 ${file}：${reason}`, en: `cannot open the database ${file}: ${reason}` },
    { file },
    { cause },
  );
}

/**
 * Opens the file and takes every way to other files away. The options are applied in this order: the temporary folder must
 * be known before external access ends. The time zone is not an option of opening, so the lock comes last, as statements.
 */
async function openInstance(file: string, tempDir: string, options: StoreOptions): Promise<DuckDBInstance> {
  // fromCache: a second instance of the same file in one process would lose data without an error.
  const instance = await DuckDBInstance.fromCache(file, {
    access_mode: "READ_WRITE",
    memory_limit: options.memoryLimit,
    threads: String(options.threads),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: tempDir,
    max_temp_directory_size: "20GB",
    // The tables of rosters are wide: every row group that waits to be written takes 100 MB.
    write_buffer_row_group_count: "1",
    enable_external_access: "false",
  });
  const native = await instance.connect();
  try {
    const locked =
      (await native.runAndReadAll("SELECT current_setting('lock_configuration')")).getRows()[0]?.[0] === true;
    if (!locked) await native.run("SET GLOBAL TimeZone = 'UTC'; SET GLOBAL lock_configuration = true");
  } finally {
    native.closeSync();
  }
  return instance;
}

class DuckStore implements Store {
  readonly #closing = new AbortController();
  readonly #leases = new Set<Promise<unknown>>();
  readonly #readers: Gate;
  readonly #writer = new Gate(1, Number.POSITIVE_INFINITY);
  readonly #stager = new Gate(1, Number.POSITIVE_INFINITY);
  readonly #holds = new Set<Hold>();
  readonly #listeners = new Set<() => void>();
  #closed: Promise<void> | undefined;

  constructor(
    readonly dataDir: string,
    private readonly instance: DuckDBInstance,
    private readonly options: StoreOptions,
  ) {
    this.#readers = new Gate(options.maxQueries, options.maxQueue);
  }

  read<T>(work: (c: Connection) => Promise<T>, options: LeaseOptions = {}): Promise<T> {
    const timeoutMs = options.timeoutMs ?? this.options.queryTimeoutMs;
    return this.#lease(this.#readers, { ...options, timeoutMs }, (native, stop) =>
      inTransaction(native, "read", stop, work),
    );
  }

  transaction<T>(work: (c: Connection) => Promise<T>, options: LeaseOptions = {}): Promise<T> {
    return this.#lease(this.#writer, options, (native, stop) => this.#write(native, stop, work));
  }

  staged<P, T>(
    prepare: (c: Connection) => Promise<P>,
    finish: (c: Connection, prepared: P) => Promise<T>,
    { readOnly = false, ...options }: LeaseOptions & { readonly readOnly?: boolean } = {},
  ): Promise<T> {
    return this.#lease(this.#stager, options, async (native, stop) => {
      const prepared = await inSession(native, "write", stop, prepare);
      const work = (c: Connection) => finish(c, prepared);
      if (readOnly) return inTransaction(native, "stage", stop, work);
      const leave = await this.#writer.enter(stop);
      try {
        return await this.#write(native, stop, work);
      } finally {
        leave();
      }
    });
  }

  get isStaging(): boolean {
    return !this.#stager.isEmpty;
  }

  hold(): Promise<Hold> {
    // As a lease, so that closing waits for it.
    return this.#lease(new Gate(1, 0), {}, async () => {
      const held = new Held(await this.instance.connect(), this.#closing.signal, () => this.#holds.delete(held));
      this.#holds.add(held);
      return held;
    });
  }

  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([...this.#leases, ...[...this.#holds].map((held) => held.release())]);
    const native = await this.instance.connect();
    await native.run("CHECKPOINT").catch(() => undefined);
    native.closeSync();
    this.instance.closeSync();
  }

  async #write<T>(native: DuckDBConnection, stop: AbortSignal, work: (c: Connection) => Promise<T>): Promise<T> {
    const value = await write(native, stop, work);
    for (const listener of this.#listeners) listener();
    return value;
  }

  #lease<T>(
    gate: Gate,
    { signal, timeoutMs }: LeaseOptions,
    use: (native: DuckDBConnection, stop: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = timeoutMs === Number.POSITIVE_INFINITY ? undefined : timeoutMs;
    const stop = new Stop({ signal, timeoutMs: limit, closing: this.#closing.signal });
    const lease = (async () => {
      const leave = await gate.enter(stop.signal);
      try {
        const native = await this.instance.connect();
        try {
          return await use(native, stop.signal);
        } finally {
          native.closeSync();
        }
      } finally {
        leave();
      }
    })().finally(() => {
      stop.dispose();
      this.#leases.delete(lease);
    });
    this.#leases.add(lease);
    return lease;
  }
}

/**
 * Opens (or creates) the database of a folder, brings it to the current schema and locks it down: no file, extension or
 * setting can be reached by SQL afterwards.
 * @throws AppError `conflict` when another process holds the file or a newer program wrote it.
 */
export async function openStore(dataDir: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const folder = resolve(dataDir);
  const file = join(folder, "gongkao.duckdb");
  const settings = { ...defaults, ...options };
  let instance: DuckDBInstance;
  try {
    // Rosters are personal data: nobody else on the machine reads them.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    instance = await openInstance(file, join(folder, "tmp"), settings);
    // Another owner's file stays as it is: whoever may open it has been let in by him.
    await chmod(file, 0o600).catch(() => undefined);
  } catch (cause) {
    throw openingError(cause, file);
  }
  const store = new DuckStore(folder, instance, settings);
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
