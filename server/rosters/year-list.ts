/**
 * Several years in one cell: "2021优秀，2022合格", "优秀(2021)、合格(2022)", "2019-2021年合格，2022优秀", "优秀、合格、合格" under a heading that
 * names the years, "均合格", "2019—2023" for years of passed training.
 */

import type { Words } from "./words.ts";
import { yearsBetween } from "./year-words.ts";

export interface YearList<T> {
  readonly kind: "list";
  readonly entries: ReadonlyMap<number, T>;
  /** Years with a public commendation (通报表扬) beside the grade. */
  readonly commended: readonly number[];
  /** The cell names no years; they come from the heading. */
  readonly byHeading: boolean;
  /** Why a word was read as it was. */
  readonly why?: { readonly zh: string; readonly en: string };
}

export type YearListReading<T> =
  | YearList<T>
  /** A piece that is no word and no year. */
  | { readonly kind: "word"; readonly piece: string }
  /** The heading speaks of `expected` years, the cell of `found`. */
  | { readonly kind: "count"; readonly found: number; readonly expected: number }
  /** Neither the heading nor the cell says which years. */
  | { readonly kind: "unplaced" }
  | { readonly kind: "contradiction"; readonly year: number };

type Token<T> =
  | { readonly kind: "years"; readonly years: readonly number[] }
  | { readonly kind: "value"; readonly value: T | null; readonly why?: { readonly zh: string; readonly en: string } }
  | { readonly kind: "all" }
  | { readonly kind: "commended" };

const separator = /^[\s,、;|/\\.:·+&=()[\]{}<>"'~-]+/;
const year = /^((?:19|20)\d\d)(?!\d)(?:年度?)?/;
const range = /^((?:19|20)\d\d)(?:年度?)?(?:[-~至到])+((?:19|20)\d\d)(?!\d)(?:年度?)?/;
const all =
  /^(?:近?[三四五六十\d]?年?(?:考核)?(?:结果)?(?:均为|均|全部为|全部|全为|全|都是|都|皆为|皆)|历年|每年|各年度?|连续[三四五六]年)/;
const commended = /^(?:并|且|受|获|受到|获得)*通报表扬/;
const filler = /^(?:年度考核|考核|结果|等次|为|是|度)+/;

/** Reads lists with the words of one column. */
export class YearLists<T> {
  readonly #keys: readonly string[];

  /** `bareYears`: what a list of years alone means; undefined where it means nothing. */
  constructor(
    private readonly words: Words<T>,
    private readonly bareYears: T | undefined,
  ) {
    this.#keys = words.keys;
  }

  /** `span`: the years of the heading in the order values follow; empty when it names none. */
  read(text: string, span: readonly number[]): YearListReading<T> {
    const found = this.#tokens(text);
    if ("piece" in found) return { kind: "word", piece: found.piece };
    const { tokens } = found;
    if (tokens.some(({ kind }) => kind === "years")) return this.#placed(tokens);
    return this.#byHeading(tokens, span);
  }

  #tokens(text: string): { readonly tokens: Token<T>[] } | { readonly piece: string } {
    let rest = text
      .normalize("NFKC")
      .replace(/[‐‑‒–—―−]+/g, "-")
      .toLowerCase();
    const tokens: Token<T>[] = [];
    while (rest !== "") {
      const skip = separator.exec(rest) ?? filler.exec(rest);
      // 合格 is a word, 度合格 is not: fillers go only where no word begins.
      const word = this.#keys.find((key) => rest.startsWith(key));
      const span = range.exec(rest);
      const single = year.exec(rest);
      const every = all.exec(rest);
      const praise = commended.exec(rest);
      if (span) {
        const years = yearsBetween(Number(span[1]), Number(span[2]));
        if (!years) return { piece: span[0] };
        tokens.push({ kind: "years", years });
        rest = rest.slice(span[0].length);
      } else if (single) {
        tokens.push({ kind: "years", years: [Number(single[1])] });
        rest = rest.slice(single[0].length);
      } else if (every) {
        tokens.push({ kind: "all" });
        rest = rest.slice(every[0].length);
      } else if (praise) {
        tokens.push({ kind: "commended" });
        rest = rest.slice(praise[0].length);
      } else if (word !== undefined) {
        const meaning = this.words.read(word);
        tokens.push({ kind: "value", value: meaning?.value ?? null, ...(meaning?.why ? { why: meaning.why } : {}) });
        rest = rest.slice(word.length);
      } else if (skip) rest = rest.slice(skip[0].length);
      else return { piece: /^[^\s,、;|/]+/.exec(rest)?.[0] ?? rest };
    }
    return { tokens };
  }

  /** The cell names the years: before each value, or after it. */
  #placed(tokens: readonly Token<T>[]): YearListReading<T> {
    const entries = new Map<number, T>();
    const praised: number[] = [];
    let why: YearList<T>["why"];
    let years: number[] = [];
    let value: (Token<T> & { kind: "value" }) | undefined;
    let placed: readonly number[] = [];
    let praise = false;
    const before = tokens[0]?.kind === "years";
    // Among years with values, one without is a gap, not a pass.
    const bare = tokens.some(({ kind }) => kind === "value") ? undefined : this.bareYears;
    const place = (): YearListReading<T> | undefined => {
      if (years.length === 0 || (value === undefined && bare === undefined)) return { kind: "unplaced" };
      const meant = value === undefined ? bare : value.value;
      why ??= value?.why;
      for (const at of years) {
        if (meant === null || meant === undefined) continue;
        const other = entries.get(at);
        if (other !== undefined && other !== meant) return { kind: "contradiction", year: at };
        entries.set(at, meant);
      }
      if (praise) praised.push(...years);
      placed = years;
      years = [];
      value = undefined;
      praise = false;
      return undefined;
    };
    for (const token of tokens) {
      if (token.kind === "all") continue;
      if (token.kind === "commended") {
        if (before && years.length === 0) praised.push(...placed);
        else praise = true;
      } else if (token.kind === "years") {
        years.push(...token.years);
      } else if (before) {
        value = token;
        const fault = place();
        if (fault) return fault;
      } else {
        if (value !== undefined) {
          const fault = place();
          if (fault) return fault;
        }
        value = token;
      }
    }
    if (years.length > 0 || value !== undefined) {
      const fault = place();
      if (fault) return fault;
    }
    return { kind: "list", entries, commended: praised, byHeading: false, ...(why ? { why } : {}) };
  }

  /** Values in a row, or one for all years: the heading says which. */
  #byHeading(tokens: readonly Token<T>[], span: readonly number[]): YearListReading<T> {
    const values = tokens.filter((token) => token.kind === "value");
    if (span.length === 0) return { kind: "unplaced" };
    const everyYear = tokens[0]?.kind === "all" && values.length === 1;
    if (!everyYear && values.length !== span.length) {
      return { kind: "count", found: values.length, expected: span.length };
    }
    const entries = new Map<number, T>();
    const praised: number[] = [];
    let index = -1;
    for (const token of tokens) {
      if (token.kind === "commended") {
        const at = span[index];
        if (everyYear) praised.push(...span);
        else if (at !== undefined) praised.push(at);
      }
      if (token.kind !== "value") continue;
      index++;
      if (token.value === null) continue;
      for (const at of everyYear ? span : span.slice(index, index + 1)) entries.set(at, token.value);
    }
    const why = values.find((token) => token.why)?.why;
    return { kind: "list", entries, commended: praised, byHeading: true, ...(why ? { why } : {}) };
  }
}

/** Whether a cell is JSON, as scripts write maps of years. */
export const isJson = (text: string): boolean => /^\s*[[{]/.test(text);
