/**
 * XML parts edited in place: tags found with their position, so that everything around an edit stays as it was. The text is one
 * character per byte (Latin-1 of the UTF-8 bytes), so positions are positions in the file. Only for parts a parser has taken before.
 */

export interface Tag {
  /** With its prefix: `x:row`. */
  readonly full: string;
  /** Without it: `row`. */
  readonly name: string;
  readonly kind: "open" | "close" | "empty";
  readonly start: number;
  /** Behind the ">". */
  readonly end: number;
  /** From "<" to ">". */
  readonly text: string;
}

/** Bytes as such a text, and back. */
export const fromUtf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
export const toUtf8 = (text: string): string => Buffer.from(text, "latin1").toString("utf8");

/** Where the tag that starts here ends; -1 when the text ends before. */
function tagEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 62) return at + 1;
    if (code !== 34 && code !== 39) continue;
    at = text.indexOf(code === 34 ? '"' : "'", at + 1);
    if (at < 0) return -1;
  }
  return -1;
}

/** Comments, CDATA and declarations, by how they begin and end. */
const passed: readonly (readonly [string, string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
];

/** The next tag from a position on. `cut`: from there on the text is incomplete, or holds no tag. */
export function nextTag(text: string, from: number): Tag | { readonly cut: number } {
  let start = text.indexOf("<", from);
  for (;;) {
    if (start < 0) return { cut: text.length };
    const second = text.charCodeAt(start + 1);
    if (second !== 33 && second !== 63) break;
    // Shorter than the longest beginning: what it is cannot be told yet.
    if (text.length < start + 9) return { cut: start };
    const [, close = ">"] = passed.find(([begin]) => text.startsWith(begin, start)) ?? [];
    const end = text.indexOf(close, start + 2);
    if (end < 0) return { cut: start };
    start = text.indexOf("<", end + close.length);
  }
  const end = tagEnd(text, start);
  if (end < 0) return { cut: start };
  const close = text.charCodeAt(start + 1) === 47;
  const tag = text.slice(start, end);
  const full = /^<\/?([^\s/>]+)/.exec(tag)?.[1] ?? "";
  return {
    full,
    name: full.slice(full.indexOf(":") + 1),
    kind: close ? "close" : text.charCodeAt(end - 2) === 47 ? "empty" : "open",
    start,
    end,
    text: tag,
  };
}

export function* tags(text: string, from = 0): Generator<Tag> {
  for (let tag = nextTag(text, from); !("cut" in tag); tag = nextTag(text, tag.end)) yield tag;
}

/** `x:` of `x:row`. */
export const prefixOf = ({ full, name }: Tag): string => full.slice(0, full.length - name.length);

const patterns = new Map<string, RegExp>();
function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known) return known;
  const pattern = new RegExp(`\\s(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  patterns.set(name, pattern);
  return pattern;
}

/** An attribute of a tag as written, entities and all. `name` may be a pattern: `\\w+:id`. */
export function attributeOf(tag: string, name: string): string | undefined {
  const found = patternOf(name).exec(tag);
  return found ? (found[2] ?? found[3]) : undefined;
}

/** The tag with an attribute set, or taken out where the value is undefined. */
export function withAttribute(tag: string, name: string, value: string | undefined): string {
  const without = tag.replace(patternOf(name), "");
  return value === undefined ? without : without.replace(/^<[^\s/>]+/, (begin) => `${begin} ${name}="${value}"`);
}

export interface Element {
  readonly tag: Tag;
  /** Where the content begins and ends; both the end of the tag when there is none. */
  readonly from: number;
  readonly to: number;
  /** Behind the closing tag. */
  readonly end: number;
}

/** The elements directly inside the element that opens at `parent`, or inside the root. */
export function childrenOf(text: string, parent?: Tag): Element[] {
  const found: Element[] = [];
  let depth = parent ? 1 : 0;
  let open: Tag | undefined;
  for (const tag of tags(text, parent?.end ?? 0)) {
    if (tag.kind === "close") {
      depth--;
      if (depth === 1 && open) found.push({ tag: open, from: open.end, to: tag.start, end: tag.end });
      if (depth === 0) break;
    } else if (tag.kind === "open") {
      if (depth === 1) open = tag;
      depth++;
    } else if (depth === 1) found.push({ tag, from: tag.end, to: tag.end, end: tag.end });
  }
  return found;
}

/** The first tag of a part: its root. */
export function rootOf(text: string): Tag {
  const root = nextTag(text, 0);
  if ("cut" in root) throw new Error("an XML part without a root");
  return root;
}

/** One replacement of a stretch of text; an insertion where it is empty. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Makes all edits at once; they must not overlap, and those at one place keep their order. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** Puts content at the end of an element, which may have been empty. */
export function appendInside(text: string, { tag, to }: Element, content: string): Edit {
  if (tag.kind !== "empty") return { from: to, to, text: content };
  const open = text.slice(tag.start, tag.end).replace(/\s*\/>$/, ">");
  return { from: tag.start, to: tag.end, text: `${open}${content}</${tag.full}>` };
}

/** Own elements, given without a prefix, as the part writes them. */
export const prefixed = (xml: string, prefix: string): string =>
  prefix === "" ? xml : xml.replace(/<(\/?)(?=[A-Za-z])/g, `<$1${prefix}`);
