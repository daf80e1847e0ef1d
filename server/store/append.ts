/**
 * Bulk loading by data chunks of 2,048 rows, written column by column into DuckDB's own buffers: the validity mask of a
 * column is copied once instead of being set value by value, which matters for rosters of 140 mostly empty columns.
 */
import { setImmediate } from "node:timers/promises";
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  SMALLINT,
  UBIGINT,
  UINTEGER,
  VARCHAR,
} from "@duckdb/node-api";
import duckdb, { type Vector } from "@duckdb/node-bindings";

/** What a cell of an appended row may be. A DATE is an ISO date string. */
export type ColumnValue = string | number | boolean | bigint | null;

export interface AppendColumn {
  readonly name: string;
  /** VARCHAR, BOOLEAN, SMALLINT, INTEGER, UINTEGER, BIGINT, UBIGINT, DOUBLE or DATE; cast by DuckDB if the table's type differs. */
  readonly type: string;
}

const chunkRows = 2048;
const dayMs = 86_400_000;

// A roster repeats its dates; only real days are kept, so there are never more than a few ten thousand.
const knownDays = new Map<string, number>();

/** Days since 1970-01-01 of an ISO date, or undefined when there is no such day. */
function daysOf(text: string): number | undefined {
  const known = knownDays.get(text);
  if (known !== undefined) return known;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse accepts 02-30; the text that comes back then differs
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  knownDays.set(text, time / dayMs);
  return time / dayMs;
}

type NumberArray = Int8Array | Int16Array | Int32Array | Uint32Array | Float64Array;

/** A column type: how one value becomes a number of the buffer, `undefined` when it does not fit. */
interface Writer {
  readonly duckType: DuckDBType;
  write(vector: Vector, column: readonly ColumnValue[], fail: (index: number) => never): void;
}

function numbers<A extends NumberArray>(
  duckType: DuckDBType,
  create: (length: number) => A,
  encode: (value: ColumnValue) => number | undefined,
): Writer {
  return {
    duckType,
    write(vector, column, fail) {
      const buffer = create(column.length);
      // Plain loops: an import does this for every cell.
      for (let index = 0; index < column.length; index++) {
        const value = column[index] ?? null;
        if (value !== null) buffer[index] = encode(value) ?? fail(index);
      }
      duckdb.copy_data_to_vector(vector, 0, buffer.buffer as ArrayBuffer, 0, buffer.byteLength);
    },
  };
}

const integerWithin = (min: number, max: number) => (value: ColumnValue) =>
  typeof value === "number" && Number.isInteger(value) && value >= min && value <= max ? value : undefined;

function bigints(duckType: DuckDBType, min: bigint, max: bigint): Writer {
  return {
    duckType,
    write(vector, column, fail) {
      const buffer = new BigUint64Array(column.length);
      column.forEach((value, index) => {
        if (value === null) return;
        const big = typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
        buffer[index] = typeof big === "bigint" && big >= min && big <= max ? BigInt.asUintN(64, big) : fail(index);
      });
      duckdb.copy_data_to_vector(vector, 0, buffer.buffer, 0, buffer.byteLength);
    },
  };
}

const strings: Writer = {
  duckType: VARCHAR,
  write(vector, column, fail) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index] ?? null;
      if (value === null) continue;
      duckdb.vector_assign_string_element(vector, index, typeof value === "string" ? value : fail(index));
    }
  },
};

const writers: Readonly<Record<string, Writer>> = {
  VARCHAR: strings,
  BOOLEAN: numbers(
    BOOLEAN,
    (n) => new Int8Array(n),
    (value) => (typeof value === "boolean" ? Number(value) : undefined),
  ),
  SMALLINT: numbers(SMALLINT, (n) => new Int16Array(n), integerWithin(-32_768, 32_767)),
  INTEGER: numbers(INTEGER, (n) => new Int32Array(n), integerWithin(-2_147_483_648, 2_147_483_647)),
  UINTEGER: numbers(UINTEGER, (n) => new Uint32Array(n), integerWithin(0, 4_294_967_295)),
  DOUBLE: numbers(
    DOUBLE,
    (n) => new Float64Array(n),
    (value) => (typeof value === "number" ? value : undefined),
  ),
  DATE: numbers(
    DATE,
    (n) => new Int32Array(n),
    (value) => (typeof value === "string" ? daysOf(value) : undefined),
  ),
  BIGINT: bigints(BIGINT, -(2n ** 63n), 2n ** 63n - 1n),
  UBIGINT: bigints(UBIGINT, 0n, 2n ** 64n - 1n),
};

/** Marks the nulls of a column; nothing to do when there are none. */
function writeValidity(vector: Vector, column: readonly (ColumnValue | undefined)[]): void {
  const mask = new Uint8Array(Math.ceil(column.length / 64) * 8).fill(0xff);
  let nulls = 0;
  for (let index = 0; index < column.length; index++) {
    if (column[index] !== null) continue;
    nulls++;
    mask[index >> 3] = (mask[index >> 3] ?? 0) & ~(1 << (index & 7));
  }
  if (nulls === 0) return;
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.byteLength);
}

/** The columns of a table, in its order. */
async function tableColumns(native: DuckDBConnection, table: string): Promise<string[]> {
  const result = await native.run(`SELECT * FROM "${table.replaceAll('"', '""')}" LIMIT 0`);
  return result.columnNames();
}

/**
 * Appends rows to a table. `columns` names the cells of a row in order; columns of the table that are not named become null.
 * @returns the number of rows appended
 * @throws Error naming table, column and row (from 1) when a value does not fit its type.
 */
export async function appendRows(
  native: DuckDBConnection,
  table: string,
  columns: readonly AppendColumn[],
  rows: Iterable<readonly ColumnValue[]>,
  checkStop: () => void,
): Promise<number> {
  const order = await tableColumns(native, table);
  const unknown = columns.find(({ name }) => !order.includes(name));
  if (unknown) throw new Error(`table ${table} has no column "${unknown.name}"`);
  const appender = await native.createAppender(table);
  const plan = order.map((name, index) => {
    const source = columns.findIndex((column) => column.name === name);
    const type = columns[source]?.type;
    if (type === undefined) return { name, source, duckType: appender.columnType(index), writer: undefined };
    const writer = writers[type];
    if (!writer) throw new Error(`cannot append type ${type} (column "${name}" of ${table})`);
    return { name, source, duckType: writer.duckType, writer };
  });
  let appended = 0;

  const flush = (batch: readonly (readonly ColumnValue[])[]) => {
    const chunk = DuckDBDataChunk.create(
      plan.map(({ duckType }) => duckType),
      batch.length,
    );
    plan.forEach(({ name, source, writer }, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      const column = new Array<ColumnValue>(batch.length);
      for (let row = 0; row < batch.length; row++) column[row] = batch[row]?.[source] ?? null;
      writer?.write(vector, column, (row) => {
        throw new Error(
          `${table}, column "${name}", row ${appended + row + 1}: value does not fit: ${String(column[row])}`,
        );
      });
      writeValidity(vector, column);
    });
    appender.appendDataChunk(chunk);
    appended += batch.length;
  };

  try {
    let batch: (readonly ColumnValue[])[] = [];
    for (const row of rows) {
      batch.push(row);
      if (batch.length < chunkRows) continue;
      flush(batch);
      batch = [];
      // Appending is synchronous; give other requests a turn between chunks.
      await setImmediate();
      checkStop();
    }
    if (batch.length > 0) flush(batch);
    appender.flushSync();
    return appended;
  } finally {
    appender.closeSync();
  }
}
