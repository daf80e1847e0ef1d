/** Real Parquet files, written by a DuckDB of its own: the product's is locked and has no access to files. */
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** `select`: what the file holds. `options` of COPY … TO, besides the format. */
export async function parquet(select: string, options = ""): Promise<Buffer> {
  const path = join(tmpdir(), `gongkao-${randomUUID()}.parquet`);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet${options === "" ? "" : `, ${options}`})`);
    return await readFile(path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path, { force: true });
  }
}
