/** Values of a Parquet file → the texts that the same table has as .csv. */
import type { ParquetParsers, SchemaElement } from "hyparquet";

const dayMs = 86_400_000;
/** Days since 1970 that ISO dates of four-digit years can say. */
const [firstDay, lastDay] = [-719_162, 2_932_896];

const epochDay = (days: number): string => {
  if (!(days >= firstDay && days <= lastDay)) throw new Error(`date out of range: ${days}`);
  return new Date(days * dayMs).toISOString().slice(0, 10);
};

/** A day, and the time of day where there is one. */
function timeText(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  return rest === 0 ? epochDay(days) : `${epochDay(days)} ${new Date(rest).toISOString().slice(11, 19)}`;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Texts instead of Date objects. A text column that is no UTF-8 is an error, not a question mark in somebody's name. */
export const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (ms) => timeText(Number(ms)),
  timestampFromMicroseconds: (us) => timeText(Number(us / 1_000n)),
  timestampFromNanoseconds: (ns) => timeText(Number(ns / 1_000_000n)),
  dateFromDays: epochDay,
  stringFromBytes: (bytes) => bytes && utf8.decode(bytes),
  jsonFromBytes: (bytes) => bytes && utf8.decode(bytes),
};

function numberText(value: number, element: SchemaElement): string {
  if (!Number.isFinite(value)) return "";
  if (Number.isInteger(value)) return Math.abs(value) >= 1e15 ? BigInt(value).toString() : String(value);
  // What lies beyond the digits of the type is an error of binary fractions.
  if (element.converted_type === "DECIMAL") return String(Number(value.toFixed(Math.min(20, element.scale ?? 0))));
  return String(Number(value.toPrecision(element.type === "FLOAT" ? 7 : 15)));
}

/** Numbers beyond 2^53 stay text inside lists and records. */
const plainJson = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : value;

/** One cell. Lists and records become JSON; what is absent becomes the empty text. */
export function cellText(value: unknown, element: SchemaElement): string {
  if (value === null || value === undefined) return "";
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value, element);
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return value instanceof Uint8Array ? utf8.decode(value) : (JSON.stringify(value, plainJson) ?? "");
  }
}
