/** Headings brought into one form: width, spaces, stars, leading numbers, notes in brackets. */
import { maskIdentities } from "./identity.ts";

/** Full-width → half-width, no spaces or line breaks, no stars and colons, lower case: 「 出 生 日 期\n」 and 「出生日期」 are one heading. */
export function normaliseHeading(heading: string): string {
  return maskIdentities(heading.normalize("NFKC"))
    .replace(/[\s\u200b-\u200f\u2060\ufeff*:★☆※#]+/g, "")
    .toLowerCase();
}

const circled = /^[\u2460-\u2473\u2474-\u2487\u24f5-\u24fe\u2776-\u277f\u3220-\u3229]/;
const numbered = /^(?:\(?\d{1,2}[.、)]|\d{1,2}(?=[^\d年])|\(?[一二三四五六七八九十]{1,3}[、.)])/;

/** 1.姓名, （1）姓名, ①姓名, 一、姓名 → 姓名. `raw` as in the file, `heading` normalised. */
function withoutNumber(raw: string, heading: string): string {
  // Compatibility forms turn ① into a plain 1.
  if (circled.test(raw.trim())) return normaliseHeading(raw.trim().slice(1));
  return heading.replace(numbered, "");
}

const notes = /\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕/g;

/**
 * The forms a heading is looked up in, the most faithful first: as it is, without its number, without notes in brackets, and with the
 * first line alone where the rest explains it.
 */
export function headingForms(raw: string): string[] {
  const heading = normaliseHeading(raw);
  if (heading === "") return [];
  const forms = [heading];
  const add = (form: string) => {
    const bare = form.replace(/[,、。;.-]+$/, "");
    if (bare !== "" && !forms.includes(bare)) forms.push(bare);
  };
  const bare = withoutNumber(raw, heading);
  add(bare);
  add(heading.replace(notes, ""));
  add(bare.replace(notes, ""));
  const [line, more] = raw.trim().split(/[\r\n]+/, 2);
  if (line !== undefined && more !== undefined) {
    const first = normaliseHeading(line);
    add(first);
    add(withoutNumber(line, first).replace(notes, ""));
  }
  return forms;
}

/** Headings are short; longer texts are sentences, and looking at them would only take time. */
export const longestHeading = 120;
