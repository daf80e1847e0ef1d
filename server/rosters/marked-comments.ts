/** Comments of marked cells: their texts, and the boxes they are shown in; beside those a sheet has already. */
import { addressOf, type CellMark } from "./marked-marks.ts";
import { plainAttribute } from "./marked-package.ts";
import { cellAddress } from "./read-address.ts";
import {
  appendInside,
  attributeOf,
  childrenOf,
  type Edit,
  type Element,
  edited,
  fromUtf8,
  prefixed,
  prefixOf,
  rootOf,
  withAttribute,
} from "./xml-tags.ts";
import { xmlText } from "./xml-text.ts";

/** Spreadsheet programs become slow with more on a sheet. Errors have them first; the other cells are coloured all the same. */
export const mostComments = 20_000;

export const author = "工考";

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Which marks get a comment. */
export function commented(marks: readonly CellMark[]): readonly CellMark[] {
  if (marks.length <= mostComments) return marks;
  const severe = marks.filter(({ look }) => look !== "warning").slice(0, mostComments);
  const warnings = marks.filter(({ look }) => look === "warning").slice(0, mostComments - severe.length);
  return [...severe, ...warnings].sort((a, b) => a.row - b.row || a.column - b.column);
}

const font = '<sz val="9"/><color indexed="81"/><rFont val="宋体"/><family val="3"/><charset val="134"/>';
const run = (text: string, bold = false) =>
  `<r><rPr>${bold ? "<b/>" : ""}${font}</rPr><t xml:space="preserve">${xmlText(text)}</t></r>`;

const commentOf = (mark: CellMark, authorId: number) =>
  `<comment ref="${addressOf(mark)}" authorId="${authorId}"><text>${run(`${author}：\n`, true)}${run(mark.text)}</text></comment>`;

/** A comments part of its own, a character a byte. */
export const newComments = (marks: readonly CellMark[]): string =>
  fromUtf8(
    `${declaration}<comments xmlns="${main}"><authors><author>${author}</author></authors><commentList>` +
      `${marks.map((mark) => commentOf(mark, 0)).join("")}</commentList></comments>`,
  );

export interface MergedComments {
  /** The part, a character a byte. */
  readonly text: string;
  /** Marks whose comment is a new one, and so needs a box. */
  readonly added: readonly CellMark[];
}

/** Adds to what a comment says; conversations of Excel 365 are left alone, because their text stands elsewhere. */
function continued(text: string, comment: Element, mark: CellMark, conversation: boolean): Edit[] {
  const body = childrenOf(text, comment.tag).find(({ tag }) => tag.name === "text");
  if (!body || conversation) return [];
  const prefix = prefixOf(body.tag);
  const content = text.slice(body.from, body.to);
  const more = fromUtf8(prefixed(`${run(`\n${author}：\n`, true)}${run(mark.text)}`, prefix));
  // A plain text becomes a run, so that another one may follow.
  const plain = body.tag.kind === "open" ? childrenOf(text, body.tag)[0] : undefined;
  if (plain?.tag.name !== "t") return [appendInside(text, body, more)];
  const first = `<${prefix}r>${text.slice(plain.tag.start, plain.end)}</${prefix}r>`;
  return [{ from: body.from, to: body.to, text: first + content.slice(plain.end - body.from) + more }];
}

/** The comments of a sheet with ours; `before` is the part. */
export function mergedComments(before: string, marks: readonly CellMark[]): MergedComments {
  const sections = childrenOf(before);
  const authors = sections.find(({ tag }) => tag.name === "authors");
  const list = sections.find(({ tag }) => tag.name === "commentList");
  if (!authors || !list) return { text: newComments(marks), added: marks };
  const prefix = prefixOf(rootOf(before));
  const names = authors.tag.kind === "open" ? childrenOf(before, authors.tag) : [];
  const known = new Map<string, Element>();
  for (const comment of list.tag.kind === "open" ? childrenOf(before, list.tag) : []) {
    const reference = attributeOf(comment.tag.text, "ref");
    if (reference !== undefined) known.set(reference, comment);
  }
  const conversations = new Set(
    names.flatMap(({ from, to }, index) => (before.slice(from, to).startsWith("tc=") ? [String(index)] : [])),
  );
  const added: CellMark[] = [];
  const edits: Edit[] = [appendInside(before, authors, fromUtf8(prefixed(`<author>${author}</author>`, prefix)))];
  for (const mark of marks) {
    const comment = known.get(addressOf(mark));
    if (!comment) added.push(mark);
    else {
      const conversation = conversations.has(attributeOf(comment.tag.text, "authorId") ?? "");
      edits.push(...continued(before, comment, mark, conversation));
    }
  }
  const more = added.map((mark) => commentOf(mark, names.length)).join("");
  edits.push(appendInside(before, list, fromUtf8(prefixed(more, prefix))));
  return { text: edited(before, edits), added };
}

export interface EarlierComments {
  /** The part without ours, a character a byte. */
  readonly text: string;
  /** Addresses of the cells that had one of ours. */
  readonly cells: readonly string[];
  /** Those of them whose comment is gone altogether, and so needs no box. */
  readonly removed: readonly string[];
}

const ours = fromUtf8(author);

const begin = `${author}：`;
const plainText = (xml: string) => plainAttribute(xml.replace(/<[^>]*>/g, "")).trim();

/** Where our words begin in a comment of somebody else; -1 when there are none. */
function oursIn(text: string, body: Element): number {
  if (body.tag.kind !== "open") return -1;
  const run = childrenOf(text, body.tag).find(({ from, to }) => plainText(text.slice(from, to)) === begin);
  return run ? run.tag.start : -1;
}

/** What an earlier round has left; undefined where it left nothing. */
export function earlierComments(before: string): EarlierComments | undefined {
  if (!before.includes(ours)) return undefined;
  const sections = childrenOf(before);
  const authors = sections.find(({ tag }) => tag.name === "authors");
  const list = sections.find(({ tag }) => tag.name === "commentList");
  if (authors?.tag.kind !== "open" || list?.tag.kind !== "open") return undefined;
  const names = childrenOf(before, authors.tag).map(({ from, to }) => before.slice(from, to));
  const edits: Edit[] = [];
  const cells: string[] = [];
  const removed: string[] = [];
  for (const { tag, end } of childrenOf(before, list.tag)) {
    const reference = attributeOf(tag.text, "ref") ?? "";
    const own = names[Number(attributeOf(tag.text, "authorId") ?? -1)] === ours;
    const body = tag.kind === "open" ? childrenOf(before, tag).find((child) => child.tag.name === "text") : undefined;
    const from = body ? oursIn(before, body) : -1;
    // Other programs name themselves the author of all comments when they save.
    const whole = own || (body !== undefined && plainText(before.slice(body.from, body.to)).startsWith(begin));
    if (whole) {
      removed.push(reference);
      edits.push({ from: tag.start, to: end, text: "" });
    } else if (body && from >= 0) edits.push({ from, to: body.to, text: "" });
    else continue;
    cells.push(reference);
  }
  return cells.length === 0 ? undefined : { text: edited(before, edits), cells, removed };
}

/** A drawing without the boxes of comments that are gone. */
export function withoutBoxes(before: string, cells: readonly string[]): string {
  if (cells.length === 0) return before;
  const gone = new Set(cells);
  const number = (shape: string, name: string) => Number(new RegExp(`<x:${name}>(\\d+)</x:${name}>`).exec(shape)?.[1]);
  return before.replace(/<v:shape\s[\s\S]*?<\/v:shape>/g, (shape) => {
    const [row, column] = [number(shape, "Row"), number(shape, "Column")];
    return row >= 0 && column >= 0 && gone.has(cellAddress(column, row + 1)) ? "" : shape;
  });
}

const shapeType =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
  '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';

/** Lines of a comment in a box of about 30 Chinese characters a line. */
const linesOf = (text: string) =>
  text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / 22)), 1);

function shape({ row, column, text }: CellMark, id: number): string {
  const top = Math.max(0, row - 2);
  const height = Math.min(14, linesOf(text) + 1);
  const anchor = [column + 1, 15, top, 4, column + 5, 15, top + height, 4].join(", ");
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style='position:absolute;margin-left:80pt;margin-top:2pt;` +
    `width:220pt;height:${height * 14}pt;z-index:1;visibility:hidden' fillcolor="#ffffe1" o:insetmode="auto">` +
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>' +
    `<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>` +
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor>` +
    `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
  );
}

/** Numbers of shapes come in clusters of this size. */
const cluster = 1_024;

/** Clusters from one number on, for so many shapes. */
const clusters = (first: number, shapes: number) =>
  Array.from({ length: Math.ceil((shapes + 1) / cluster) }, (_, index) => first + index).join(",");

/** A drawing of its own. */
export function newBoxes(marks: readonly CellMark[]): string {
  return (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
    `xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${clusters(1, marks.length)}"/>` +
    `</o:shapelayout>${shapeType}${marks.map((mark, index) => shape(mark, cluster + 1 + index)).join("")}</xml>`
  );
}

/** The drawing of a sheet (a character a byte) with boxes for new comments. */
export function mergedBoxes(before: string, marks: readonly CellMark[]): string {
  if (marks.length === 0) return before;
  const end = before.lastIndexOf("</");
  let highest = 0;
  for (const [, id] of before.matchAll(/_x0000_s(\d{1,9})\b/g)) highest = Math.max(highest, Number(id));
  for (const [, data = ""] of before.matchAll(/<o:idmap\b[^>]*\bdata="([\d,]+)"/g))
    for (const one of data.split(",")) highest = Math.max(highest, Number(one) * cluster + cluster - 1);
  const first = Math.floor(highest / cluster) + 1;
  const shapes = marks.map((mark, index) => shape(mark, first * cluster + 1 + index)).join("");
  const type = before.includes('id="_x0000_t202"') ? "" : shapeType;
  const mapped = before.slice(0, end).replace(/<o:idmap\b[^>]*>/, (tag) => {
    const data = attributeOf(tag, "data");
    return withAttribute(tag, "data", [data, clusters(first, marks.length)].filter(Boolean).join(","));
  });
  return mapped + namespaced(type + shapes, before) + before.slice(end);
}

/** The prefixes are the usual ones in every file known; where they are not declared, the new elements bring them. */
function namespaced(xml: string, before: string): string {
  const names = {
    v: "urn:schemas-microsoft-com:vml",
    o: "urn:schemas-microsoft-com:office:office",
    x: "urn:schemas-microsoft-com:office:excel",
  };
  const missing = Object.entries(names).filter(([prefix]) => !before.includes(`xmlns:${prefix}=`));
  if (missing.length === 0) return xml;
  const declared = missing.map(([prefix, name]) => ` xmlns:${prefix}="${name}"`).join("");
  return xml.replace(/<v:shape(type)?(?=\s)/g, (begin) => begin + declared);
}
