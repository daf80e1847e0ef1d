import type { Connection } from "./connection.ts";

export interface DataVersion {
  /** 0 before anything was published. */
  readonly version: number;
  /** ISO instant, UTC. */
  readonly publishedAt: string | null;
}

/** The newest published data version, as the connection's snapshot sees it. */
export async function dataVersion(c: Connection): Promise<DataVersion> {
  const [newest] = await c.rows<{ version: number; publishedAt: string }>(
    `SELECT version, "publishedAt" FROM publications ORDER BY version DESC LIMIT 1`,
  );
  return newest ?? { version: 0, publishedAt: null };
}

/**
 * Records the next data version and returns it. Call inside the transaction that changes the data, so that the two appear
 * together or not at all.
 */
export async function publish(c: Connection, reason: string, now: Date = new Date()): Promise<number> {
  const { version } = await dataVersion(c);
  await c.run(`INSERT INTO publications VALUES ($version, $now::TIMESTAMP, $reason)`, {
    version: version + 1,
    now: now.toISOString().replace("Z", ""),
    reason,
  });
  return version + 1;
}
