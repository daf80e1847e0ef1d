/** Pure: what an evaluation found or asks for, in words. */
export interface DescribeWords {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly none: string;
  readonly comma: string;
  /** The word for a code, or undefined. */
  readonly code: (code: string) => string | undefined;
  /** The label of a fact or of a part of one, or undefined. */
  readonly name: (name: string) => string | undefined;
}

/** Any JSON value as a short text. */
export function describe(value: unknown, words: DescribeWords): string {
  if (value === null || value === undefined) return words.unknown;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return words.code(value) ?? value;
  if (Array.isArray(value)) {
    return value.length === 0 ? words.none : value.map((item) => describe(item, words)).join(words.comma);
  }
  const parts = Object.entries(value).map(([key, item]) => `${words.name(key) ?? key} ${describe(item, words)}`);
  return parts.length === 0 ? words.none : parts.join(words.comma);
}
