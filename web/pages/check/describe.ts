/** Pure: what an evaluation found or asks for — any JSON — in words. */
export interface DescribeWords {
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly none: string;
  readonly comma: string;
  /** The word for a code, of the named fact where two facts share a code; undefined when there is none. */
  readonly code: (code: string, fact?: string) => string | undefined;
  /** The label of a fact, a part of one or an alternative; undefined when there is none. */
  readonly name: (name: string) => string | undefined;
  readonly any: string;
  readonly all: string;
  readonly more: (n: number) => string;
  readonly everyYear: (from: number, to: number) => string;
  readonly someYears: (from: number, to: number, n: number) => string;
  readonly consecutiveYears: (from: number, to: number, n: number) => string;
  readonly cycle: (every: number, remainder: number) => string;
  readonly noneMet: (module: string) => string;
  readonly atLeast: (value: string) => string;
  readonly atMost: (value: string) => string;
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === "number";
const longList = 8;

/** What was found: a value, a list, or facts by name. `fact`: whose value it is. */
export function describe(value: unknown, words: DescribeWords, fact?: string): string {
  if (value === null || value === undefined) return words.unknown;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (isNumber(value)) return String(value);
  if (typeof value === "string") return words.code(value, fact) ?? value;
  if (Array.isArray(value)) {
    if (value.length === 0) return words.none;
    const shown = value.slice(0, longList).map((item) => describe(item, words, fact));
    return shown.join(words.comma) + (value.length > longList ? words.more(value.length) : "");
  }
  const parts = Object.entries(value).map(([key, item]) => `${words.name(key) ?? key} ${describe(item, words, key)}`);
  return parts.length === 0 ? words.none : parts.join(words.comma);
}

/** Parts of an `any` or `all`, each with its name where it has one that says more than its value. */
function parts(list: readonly unknown[], words: DescribeWords): readonly string[] {
  return list.map((part) => {
    if (!isMembers(part)) return describe(part, words);
    const id = typeof part.id === "string" ? part.id : undefined;
    const text = describeRequired(part.required, words, id);
    const name = id === undefined ? undefined : words.name(id);
    return name === undefined ? text : `${name} ${text}`;
  });
}

function describeYears([from, to]: readonly number[], value: Members, words: DescribeWords): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const { atLeast, consecutive } = value;
  if (isNumber(consecutive)) return words.consecutiveYears(from, to, consecutive);
  return isNumber(atLeast) ? words.someYears(from, to, atLeast) : words.everyYear(from, to);
}

/** What is asked for: a value or list to equal, or one of the evaluator's shapes (any, all, years, atLeast …). */
export function describeRequired(value: unknown, words: DescribeWords, fact?: string): string {
  if (!isMembers(value)) return describe(value, words, fact);
  const { any, all, years, every, remainder, noneMet, atLeast, atMost, where } = value;
  if (Array.isArray(any)) return parts(any, words).join(words.any);
  if (Array.isArray(all)) return parts(all, words).join(words.all);
  if (Array.isArray(years) && years.every(isNumber)) {
    const text = describeYears(years, value, words);
    if (text !== undefined) return text;
  }
  if (isNumber(every)) return words.cycle(every, isNumber(remainder) ? remainder : 0);
  if (typeof noneMet === "string") return words.noneMet(noneMet);
  if (atLeast !== undefined) {
    const text = words.atLeast(describe(atLeast, words, fact));
    if (!isMembers(where)) return text;
    const limits = Object.entries(where).map(
      ([key, item]) => `${words.name(key) ?? key} ${describeRequired(item, words, key)}`,
    );
    return `${text}（${limits.join(words.comma)}）`;
  }
  if (atMost !== undefined) return words.atMost(describe(atMost, words, fact));
  return describe(value, words, fact);
}
