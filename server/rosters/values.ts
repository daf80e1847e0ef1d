/** Cell text as such: widths, spaces, what stands for nothing, what stands for the cell above, numbers. */

/** Printable ASCII without a space: nothing to bring into shape. */
const plain = /^[!-~]*$/;

/** Half-width, without spaces: how codes, dates and numbers are compared. */
export function compact(text: string): string {
  return plain.test(text) ? text : text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, "");
}

const anySpace = /[\s\u200b-\u200f\u2060\ufeff]/;

/** Running text: one space where there were several or a line break; width kept. */
export function tidy(text: string): string {
  return anySpace.test(text) ? text.replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, " ").trim() : text;
}

const wideAlphanumeric = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;

/**
 * Names of people and places: as `tidy`, digits and Latin letters half-width (第１中学 is 第1中学), and no space between two Chinese
 * characters, where it only fills a line or a width.
 */
export function tidyName(text: string): string {
  const tidied = tidy(text).replace(wideAlphanumeric, (found) => found.normalize("NFKC"));
  return tidied.includes(" ") ? tidied.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "") : tidied;
}

const nothing = new Set(
  "/ // \\ - -- --- — —— ― – － ／ ___ _ . 。 、 … …… 空 空白 暂无 N/A n/a NA NULL null None nil".split(" "),
);

/** What clerks put into a cell they leave open. `text` is trimmed. */
export const isNothing = (text: string): boolean => text.length <= 4 && nothing.has(text);

const ditto = "〃 ″ 〞 ” “ ＂ \" 々 '' ’’ ′′ 同上 仝上 同前 同上行 (同上) （同上） ditto Ditto".split(" ");
const repeats = new Set([...ditto, "同 上", "同　上"]);

/** 同上 and its like: the cell means what the cell above it means. `text` is trimmed. */
export const isRepeat = (text: string): boolean => text.length <= 5 && repeats.has(text);

/** A number in digits; thousands separators, percent signs and units are none. */
export function readNumber(cell: string): number | undefined {
  const text = compact(cell);
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
