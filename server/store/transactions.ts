/** One piece of work on a native connection: a session, a transaction around it, a write with its checkpoint. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Connection, Session } from "./connection.ts";

/** read: one SELECT after the other. stage: also statements that write temporary tables. */
type Access = "read" | "stage" | "write";

/** Gives `work` the connection until it returns or the lease is stopped. */
export async function inSession<T>(
  native: DuckDBConnection,
  access: Access,
  stop: AbortSignal,
  work: (c: Connection) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  const session = new Session(native, access === "read" ? "read" : "write", stop);
  try {
    // The lease ends when it is stopped, even if the work waits for something else, for instance a slow client.
    const stopped = new Promise<never>((_, reject) => {
      stop.addEventListener("abort", () => reject(stop.reason), { once: true });
    });
    return await Promise.race([work(session), stopped]);
  } catch (error) {
    throw stop.aborted ? stop.reason : error;
  } finally {
    await session.end();
  }
}

export async function inTransaction<T>(
  native: DuckDBConnection,
  access: Access,
  stop: AbortSignal,
  work: (c: Connection) => Promise<T>,
): Promise<T> {
  stop.throwIfAborted();
  await native.run(access === "write" ? "BEGIN TRANSACTION" : "BEGIN TRANSACTION READ ONLY");
  try {
    const value = await inSession(native, access, stop, work);
    await native.run("COMMIT");
    return value;
  } catch (error) {
    await native.run("ROLLBACK").catch(() => undefined);
    throw stop.aborted ? stop.reason : error;
  }
}

export async function write<T>(
  native: DuckDBConnection,
  stop: AbortSignal,
  work: (c: Connection) => Promise<T>,
): Promise<T> {
  const value = await inTransaction(native, "write", stop, work);
  // What is committed is in the write-ahead log; a checkpoint that fails is made up for by the next one.
  await native.run("CHECKPOINT").catch(() => undefined);
  return value;
}
