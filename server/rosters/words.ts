/** Words in cells → codes: a table per column, built once, asked once per different text. */
import type { Message } from "../errors.ts";
import type { EnumValue } from "../rules/facts.ts";
import { nearestWord } from "./suggest.ts";
import { compact } from "./values.ts";

/** What a word means. `why`: it is not the only thing the word could mean, and this is why it was read so. */
export interface Meaning<T> {
  /** Null: the word is known and says that nothing is known. */
  readonly value: T | null;
  readonly why?: Message;
}

/** Value, its words separated by spaces, and why the reading is not certain. */
export type WordLine<T> = readonly [value: T | null, words: string, why?: Message];

/** Spaces, width, capitals and brackets make no difference. */
export const wordKey = (text: string): string =>
  compact(text)
    .toLowerCase()
    .replace(/[()[\]{}<>《》【】“”"']/g, "");

/** The words of one column. */
export class Words<T> {
  readonly #meanings = new Map<string, Meaning<T>>();
  readonly #shown: string[] = [];

  constructor(lines: readonly WordLine<T>[]) {
    for (const [value, words, why] of lines) {
      for (const word of words.split(" ")) {
        const key = wordKey(word);
        if (key === "" || this.#meanings.has(key)) continue;
        this.#meanings.set(key, why ? { value, why } : { value });
        if (value !== null) this.#shown.push(word);
      }
    }
  }

  read(text: string): Meaning<T> | undefined {
    return this.#meanings.get(wordKey(text));
  }

  /** The known word nearest to an unknown one. */
  nearest(text: string): string | undefined {
    return nearestWord(text, this.#shown);
  }

  /** Keys of all words, the longest first: for cells that hold several. */
  get keys(): string[] {
    return [...this.#meanings.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  }
}

/** Codes and words of an enumeration. */
export const codeLines = (values: readonly EnumValue[]): WordLine<string>[] =>
  values.map(({ code, zh }) => [code, [code, ...zh].join(" ")]);

/**
 * Codes and words of an enumeration, each twice over as well: 职高(职专), 高级技师（一级）, 大专/college.
 * `more` goes first, so a word of the catalogue can be given another reading.
 */
export function enumWords(values: readonly EnumValue[], more: readonly WordLine<string>[] = []): Words<string> {
  const both = (words: readonly string[]) => words.flatMap((a) => words.map((b) => a + b));
  return new Words<string>([
    ...more,
    ...codeLines(values),
    ...values.map(({ code, zh }): WordLine<string> => [code, both([code, ...zh]).join(" ")]),
  ]);
}
