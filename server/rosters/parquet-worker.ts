/**
 * Reads a Parquet file in a thread of its own: a damaged file can make the decoder loop or ask for any amount of memory, and a
 * thread can be ended. Answers each message, the number of a row, with the texts of the rows from there on.
 */
import { open } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { compressors, decompressZstd } from "hyparquet-compressors";
import { cellText, parsers } from "./parquet-text.ts";

/** What the thread is given. */
export interface ParquetTask {
  readonly path: string;
  /** Bytes that may be unpacked, all columns together. */
  readonly limitBytes: number;
}

export interface ParquetAnswer {
  /** Of the whole file. */
  readonly rowCount: number;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const batchRows = 2_000;

/** Decoded rows of one row group. */
interface Group {
  readonly start: number;
  readonly rows: readonly (readonly unknown[])[];
}

class ParquetTable {
  #group: Group | undefined;

  private constructor(
    private readonly file: AsyncBuffer,
    private readonly metadata: FileMetaData,
    private readonly columns: readonly SchemaElement[],
  ) {}

  static async open({ path, limitBytes }: ParquetTask): Promise<ParquetTable> {
    const handle = await open(path);
    const { size } = await handle.stat();
    const file: AsyncBuffer = {
      byteLength: size,
      async slice(start, end = size) {
        const length = end - start;
        if (!(start >= 0 && length >= 0 && end <= size)) throw new Error(`no bytes ${start}…${end}`);
        const bytes = new Uint8Array(length);
        await handle.read(bytes, 0, length, start);
        return bytes.buffer;
      },
    };
    const metadata = await parquetMetadataAsync(file, { parsers, geoparquet: false });
    const unpacked = metadata.row_groups
      .flatMap(({ columns }) => columns)
      .reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
    if (unpacked > limitBytes) throw new RangeError(`unpacks to ${unpacked} bytes`);
    const columns = parquetSchema(metadata).children.map(({ element }) => element);
    return new ParquetTable(file, metadata, columns);
  }

  async answer(from: number): Promise<ParquetAnswer> {
    const group = await this.#groupOf(from);
    const rows = group?.rows.slice(from - group.start, from - group.start + batchRows) ?? [];
    return {
      rowCount: Number(this.metadata.num_rows),
      names: this.columns.map(({ name }) => name),
      rows: rows.map((row) => this.columns.map((column, index) => cellText(row[index], column))),
    };
  }

  async #groupOf(row: number): Promise<Group | undefined> {
    if (this.#group && row >= this.#group.start && row < this.#group.start + this.#group.rows.length)
      return this.#group;
    this.#group = undefined;
    let start = 0;
    for (const { num_rows } of this.metadata.row_groups) {
      const end = start + Number(num_rows);
      if (row < end) {
        this.#group = { start, rows: await this.#rows(start, end) };
        return this.#group;
      }
      start = end;
    }
    return undefined;
  }

  async #rows(rowStart: number, rowEnd: number): Promise<unknown[][]> {
    const rows: unknown[][] = [];
    await parquetRead({
      file: this.file,
      metadata: this.metadata,
      rowStart,
      rowEnd,
      parsers,
      geoparquet: false,
      // Bounded by the size the page declares: a few bytes of zstd can unpack to any amount.
      compressors: { ...compressors, ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)) },
      onComplete: (found) => {
        for (const row of found) rows.push(row);
      },
    });
    if (rows.length !== rowEnd - rowStart) throw new Error(`${rows.length} rows instead of ${rowEnd - rowStart}`);
    return rows;
  }
}

const table = ParquetTable.open(workerData as ParquetTask);
parentPort?.on("message", async (from: number) => {
  try {
    parentPort?.postMessage(await (await table).answer(from));
  } catch (error) {
    parentPort?.postMessage({
      error: String(error),
      tooLarge: error instanceof RangeError && /unpacks/.test(error.message),
    });
  }
});
table.catch(() => {});
