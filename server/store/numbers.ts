/** Query results as arrays of numbers, copied from the raw column buffers: for sums that go over the same rows again and again. */
import { type DuckDBDataChunk, type DuckDBType, DuckDBTypeId } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";

/** Column → its values, in the order of the rows. */
export type NumberColumns = ReadonlyMap<string, Int32Array | Float64Array>;

export interface NumberSource {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  readonly chunks: readonly DuckDBDataChunk[];
}

/** Columns of INTEGER and DOUBLE. Throws for other types, and for nulls. */
export function numberColumns({ names, types, chunks }: NumberSource): NumberColumns {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  return new Map(
    names.map((name, index) => {
      const values = arrayOf(name, types[index], rows);
      const bytes = new Uint8Array(values.buffer);
      let at = 0;
      for (const chunk of chunks) {
        const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
        const length = chunk.rowCount * values.BYTES_PER_ELEMENT;
        const mask: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(chunk.rowCount / 64) * 8);
        if (mask && hasNull(mask, chunk.rowCount)) throw new Error(`column "${name}" holds nulls`);
        bytes.set(duckdb.vector_get_data(vector, length), at);
        at += length;
      }
      return [name, values];
    }),
  );
}

function arrayOf(name: string, type: DuckDBType | undefined, rows: number): Int32Array | Float64Array {
  if (type?.typeId === DuckDBTypeId.INTEGER) return new Int32Array(rows);
  if (type?.typeId === DuckDBTypeId.DOUBLE) return new Float64Array(rows);
  throw new Error(`column "${name}" is ${type ?? "unknown"} (expected INTEGER or DOUBLE)`);
}

function hasNull(mask: Uint8Array, rows: number): boolean {
  for (let row = 0; row < rows; row++) if (((mask[row >> 3] ?? 0) & (1 << (row & 7))) === 0) return true;
  return false;
}
