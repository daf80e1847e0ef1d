import type { DuckDBConnection } from "@duckdb/node-api";
import type { Connection } from "./connection.ts";
import { Gate, type LeaseOptions, Stop } from "./lease.ts";
import { inTransaction } from "./transactions.ts";

/** A connection of its own for work that comes back to the same temporary tables; it takes no place of a reader and keeps nobody waiting. */
export interface Hold {
  /**
   * Runs `work` on the held connection in one reading transaction, which may write temporary tables; these stay for the next work when
   * it returns, and are as before when it throws. One work at a time, the others wait in line.
   * @throws AppError `timeout`, `cancelled`, `busy` (released, or the store is being closed); QueryError
   */
  use<T>(work: (c: Connection) => Promise<T>, options?: LeaseOptions): Promise<T>;
  /** Stops what runs and gives the connection back, its temporary tables gone. Calling it again does nothing. */
  release(): Promise<void>;
}

/** Over a native connection that nobody else uses; `closing` is aborted when the store is closed. */
export class Held implements Hold {
  readonly #turn = new Gate(1, Number.POSITIVE_INFINITY);
  readonly #ending = new AbortController();
  #released: Promise<void> | undefined;

  constructor(
    private readonly native: DuckDBConnection,
    private readonly closing: AbortSignal,
    private readonly forget: () => void,
  ) {}

  async use<T>(work: (c: Connection) => Promise<T>, { signal, timeoutMs }: LeaseOptions = {}): Promise<T> {
    const limit = timeoutMs === Number.POSITIVE_INFINITY ? undefined : timeoutMs;
    const stop = new Stop({ signal, timeoutMs: limit, closing: AbortSignal.any([this.closing, this.#ending.signal]) });
    try {
      const leave = await this.#turn.enter(stop.signal);
      try {
        return await inTransaction(this.native, "stage", stop.signal, work);
      } finally {
        leave();
      }
    } finally {
      stop.dispose();
    }
  }

  release(): Promise<void> {
    this.#released ??= this.#release();
    return this.#released;
  }

  async #release(): Promise<void> {
    this.#ending.abort();
    // Who is in line is refused; who runs is interrupted, and then it is our turn.
    await this.#turn.enter(new AbortController().signal);
    this.native.closeSync();
    this.forget();
  }
}
