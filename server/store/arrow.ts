/**
 * Query results as an Arrow IPC stream, built from the raw column buffers of each chunk.
 *
 * DuckDB → Arrow: integers up to 32 bits as they are; BIGINT, UBIGINT, HUGEINT and DECIMAL → Float64 (a browser cannot plot
 * BigInt; an integer beyond 2^53 is an error, never rounded); DATE → day; TIMESTAMP → microsecond; ENUM → dictionary, one
 * for the whole stream; VARCHAR → Utf8; everything nested or rare → Utf8 holding its JSON.
 */
import { type DuckDBDataChunk, DuckDBEnumType, type DuckDBType, DuckDBTypeId, DuckDBVector } from "@duckdb/node-api";
import duckdb, { type Vector as DuckVector } from "@duckdb/node-bindings";
import {
  Bool,
  BufferType,
  Data,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { type Plain, plainValue } from "./values.ts";

/** How a result column becomes an Arrow column. */
interface Column {
  readonly type: DataType;
  read(vector: DuckVector, length: number): Data;
}

type Fixed = Int8 | Int16 | Int32 | Uint8 | Uint16 | Uint32 | Float32 | Float64 | DateDay | TimestampMicrosecond;
type Bitmap = Uint8Array | undefined;

/** The null bitmap, copied. DuckDB's mask has Arrow's layout (a bit a row, lowest first, 1 = valid); no mask: no nulls. */
function bitmapOf(vector: DuckVector, length: number): Bitmap {
  const mask: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(length / 64) * 8);
  return mask?.slice(0, Math.ceil(length / 8));
}

const isNull = (bitmap: Bitmap, row: number) =>
  bitmap !== undefined && ((bitmap[row >> 3] ?? 0) & (1 << (row & 7))) === 0;

/** A copy of the values: the buffer may be a view of memory that DuckDB writes again. */
const copyOf = (vector: DuckVector, bytes: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(duckdb.vector_get_data(vector, bytes));

function dataOf(type: DataType, length: number, bitmap: Bitmap, values: ArrayBufferView, offsets?: Int32Array): Data {
  return new Data(type, 0, length, bitmap ? -1 : 0, {
    ...(offsets && { [BufferType.OFFSET]: offsets }),
    [BufferType.DATA]: values,
    ...(bitmap && { [BufferType.VALIDITY]: bitmap }),
  });
}

/** A column whose bytes are the same in both worlds. Bytes under a null may be left over from other rows: they are cleared. */
function fixed(type: Fixed | Dictionary, width: number): Column {
  const View = type.ArrayType;
  return {
    type,
    read(vector, length) {
      const bitmap = bitmapOf(vector, length);
      const bytes = copyOf(vector, length * width);
      if (bitmap)
        for (let row = 0; row < length; row++) if (isNull(bitmap, row)) bytes.fill(0, row * width, (row + 1) * width);
      return dataOf(type, length, bitmap, new View(bytes.buffer));
    },
  };
}

const booleans: Column = {
  type: new Bool(),
  read(vector, length) {
    const bitmap = bitmapOf(vector, length);
    const bytes = duckdb.vector_get_data(vector, length);
    const bits = new Uint8Array(Math.ceil(length / 8));
    for (let row = 0; row < length; row++) {
      if (bytes[row] && !isNull(bitmap, row)) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    }
    return dataOf(booleans.type, length, bitmap, bits);
  },
};

/** Utf8 data from the bytes of each row; `undefined` stands for null. */
function textData(
  type: DataType,
  length: number,
  bitmap: Bitmap,
  textOf: (row: number) => Uint8Array | undefined,
): Data {
  const offsets = new Int32Array(length + 1);
  const parts: (Uint8Array | undefined)[] = [];
  for (let row = 0; row < length; row++) {
    const text = isNull(bitmap, row) ? undefined : textOf(row);
    parts.push(text);
    offsets[row + 1] = (offsets[row] ?? 0) + (text?.byteLength ?? 0);
  }
  const bytes = new Uint8Array(offsets[length] ?? 0);
  parts.forEach((text, row) => {
    if (text) bytes.set(text, offsets[row]);
  });
  return dataOf(type, length, bitmap, bytes, offsets);
}

const inlineLimit = 12;
const stringWidth = 16;

/** VARCHAR: 16 bytes a value, the length and then up to 12 bytes of text, or a prefix and a pointer to the text. */
const texts: Column = {
  type: new Utf8(),
  read(vector, length) {
    const raw = duckdb.vector_get_data(vector, length * stringWidth);
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    return textData(texts.type, length, bitmapOf(vector, length), (row) => {
      const start = row * stringWidth;
      const size = view.getUint32(start, true);
      return size <= inlineLimit
        ? raw.subarray(start + 4, start + 4 + size)
        : duckdb.get_data_from_pointer(raw.buffer as ArrayBuffer, raw.byteOffset + start + 8, size);
    });
  },
};

function values(vector: DuckVector, length: number, duckType: DuckDBType): Plain[] {
  return DuckDBVector.create(vector, length, duckType).toArray().map(plainValue);
}

/** Wide integers and decimals, as exact doubles. */
function wideNumbers(duckType: DuckDBType, name: string): Column {
  const type = new Float64();
  return {
    type,
    read(vector, length) {
      const numbers = values(vector, length, duckType).map((value) => {
        if (typeof value !== "bigint") return Number(value);
        throw new Error(`column "${name}" holds ${value}, which no double holds exactly: cast it to VARCHAR`);
      });
      return dataOf(type, length, bitmapOf(vector, length), Float64Array.from(numbers));
    },
  };
}

function jsonTexts(duckType: DuckDBType): Column {
  const type = new Utf8();
  const encoder = new TextEncoder();
  return {
    type,
    read(vector, length) {
      const found = values(vector, length, duckType);
      return textData(type, length, bitmapOf(vector, length), (row) => {
        const value = found[row] ?? null;
        return encoder.encode(typeof value === "string" ? value : JSON.stringify(value));
      });
    },
  };
}

function dictionary(duckType: DuckDBEnumType): Column {
  const [index, width] =
    duckType.internalTypeId === DuckDBTypeId.UTINYINT
      ? [new Uint8(), 1]
      : duckType.internalTypeId === DuckDBTypeId.USMALLINT
        ? [new Uint16(), 2]
        : [new Uint32(), 4];
  // One dictionary object for every batch: the writer compares it by identity.
  const words = vectorFromArray([...duckType.values], new Utf8());
  const column = fixed(new Dictionary(words.type, index), width);
  return {
    type: column.type,
    read(vector, length) {
      const data = column.read(vector, length);
      data.dictionary = words;
      return data;
    },
  };
}

function columnOf(name: string, duckType: DuckDBType): Column {
  if (duckType instanceof DuckDBEnumType) return dictionary(duckType);
  switch (duckType.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return booleans;
    case DuckDBTypeId.TINYINT:
      return fixed(new Int8(), 1);
    case DuckDBTypeId.SMALLINT:
      return fixed(new Int16(), 2);
    case DuckDBTypeId.INTEGER:
      return fixed(new Int32(), 4);
    case DuckDBTypeId.UTINYINT:
      return fixed(new Uint8(), 1);
    case DuckDBTypeId.USMALLINT:
      return fixed(new Uint16(), 2);
    case DuckDBTypeId.UINTEGER:
      return fixed(new Uint32(), 4);
    case DuckDBTypeId.FLOAT:
      return fixed(new Float32(), 4);
    case DuckDBTypeId.DOUBLE:
      return fixed(new Float64(), 8);
    case DuckDBTypeId.DATE:
      return fixed(new DateDay(), 4);
    case DuckDBTypeId.TIMESTAMP:
      return fixed(new TimestampMicrosecond(), 8);
    case DuckDBTypeId.TIMESTAMP_TZ:
      return fixed(new TimestampMicrosecond("UTC"), 8);
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.DECIMAL:
      return wideNumbers(duckType, name);
    case DuckDBTypeId.VARCHAR:
      return texts;
    default:
      return jsonTexts(duckType);
  }
}

export interface ChunkSource {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  /** The next chunk; null or one without rows after the last. */
  next(): Promise<DuckDBDataChunk | null>;
}

/** Apache Arrow's stream writer, its bytes taken batch by batch instead of piling up in its unbounded queue. */
class BatchWriter extends RecordBatchStreamWriter {
  #pieces: Uint8Array[] = [];

  protected override _write(piece: ArrayBufferView): this {
    const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    this._position += bytes.byteLength;
    this.#pieces.push(bytes);
    return this;
  }

  take(): Uint8Array {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }
}

/** An Arrow IPC stream, batch by batch; the first piece is the schema, also when there are no rows. */
export async function* arrowStream(source: ChunkSource): AsyncIterable<Uint8Array> {
  const columns = source.types.map((type, index) => columnOf(source.names[index] ?? "", type));
  const schema = new Schema(columns.map(({ type }, index) => new Field(source.names[index] ?? "", type, true)));
  const struct = new Struct(schema.fields);
  const writer = new BatchWriter({ autoDestroy: false });
  writer.reset(undefined, schema);
  yield writer.take();
  for (let chunk = await source.next(); chunk && chunk.rowCount > 0; chunk = await source.next()) {
    const length = chunk.rowCount;
    const { chunk: raw } = chunk;
    const children = columns.map((column, index) => column.read(duckdb.data_chunk_get_vector(raw, index), length));
    writer.write(new RecordBatch(schema, new Data(struct, 0, length, 0, {}, children)));
    yield writer.take();
  }
  writer.finish();
  yield writer.take();
}
