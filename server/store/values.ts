import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";

/** A value as the rest of the program sees it. A bigint appears only where a number would lose digits. */
export type Plain =
  | string
  | number
  | boolean
  | bigint
  | null
  | Uint8Array
  | readonly Plain[]
  | { readonly [name: string]: Plain };

export type Row = Record<string, Plain>;

const plainInteger = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};

const isoTime = (milliseconds: bigint): string => new Date(Number(milliseconds)).toISOString();

/**
 * A DuckDB value as plain JavaScript: DATE 'YYYY-MM-DD', TIMESTAMP an ISO instant in UTC, DECIMAL a number, LIST an array,
 * STRUCT an object, MAP an array of {key, value}, BLOB bytes, anything rarer its text.
 */
export function plainValue(value: DuckDBValue): Plain {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value === "bigint") return plainInteger(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return isoTime(value.micros / 1000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return isoTime(value.millis);
  if (value instanceof DuckDBTimestampSecondsValue) return isoTime(value.seconds * 1000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) return isoTime(value.nanos / 1_000_000n);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plainValue(entry)]));
  }
  if (value instanceof DuckDBMapValue) {
    return value.entries.map((entry) => ({ key: plainValue(entry.key), value: plainValue(entry.value) }));
  }
  if (value instanceof DuckDBBlobValue) return value.bytes;
  return value.toString();
}
