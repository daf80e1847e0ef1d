/** What ties the parts of a workbook together: relations, content types, the list of sheets. Texts are a character a byte. */
import { posix } from "node:path";
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
  toUtf8,
  withAttribute,
} from "./xml-tags.ts";
import { xmlText } from "./xml-text.ts";

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The text an attribute means. */
export const plainAttribute = (raw: string): string =>
  toUtf8(raw).replace(
    /&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return name ? (named[name] ?? whole) : code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

export interface Relation {
  readonly id: string;
  /** The last word of its type: comments, worksheet, vbaProject … */
  readonly type: string;
  /** Name of the part; undefined when it lies outside the file. */
  readonly part: string | undefined;
}

/** Where the relations of a part stand; of the whole file for "". */
export const relationsPart = (part: string): string =>
  part === "" ? "_rels/.rels" : posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);

export function relationsIn(part: string, text: string | undefined): Relation[] {
  if (text === undefined) return [];
  return childrenOf(text).flatMap(({ tag }) => {
    const id = attributeOf(tag.text, "Id");
    const target = attributeOf(tag.text, "Target");
    if (id === undefined || target === undefined) return [];
    const outside = attributeOf(tag.text, "TargetMode") === "External";
    const name = posix.resolve("/", posix.dirname(part), plainAttribute(target)).slice(1);
    return {
      id: plainAttribute(id),
      type: posix.basename(attributeOf(tag.text, "Type") ?? ""),
      part: outside ? undefined : name,
    };
  });
}

export interface NewRelation {
  readonly id: string;
  /** The last word of its type. */
  readonly type: string;
  readonly part: string;
}

/** An id that the relations do not use. */
export function freeId(relations: readonly { readonly id: string }[], wish: string): string {
  let number = 1;
  while (relations.some(({ id }) => id === `${wish}${number}`)) number++;
  return `${wish}${number}`;
}

const packageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";

/** The relations of a part with others added, and those dropped whose id is named. `namespace` is that of the types. */
export function withRelations(
  part: string,
  text: string | undefined,
  namespace: string,
  more: readonly NewRelation[],
  dropped: ReadonlySet<string> = new Set(),
): string {
  const before =
    text ??
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${packageRelations}"></Relationships>`;
  // From the part on: some programs do not understand targets from the root on.
  const target = (to: string) => xmlText(posix.relative(posix.dirname(part), to));
  const added = more.map(
    (one) => `<Relationship Id="${one.id}" Type="${namespace}/${one.type}" Target="${target(one.part)}"/>`,
  );
  return edited(before, [
    ...childrenOf(before)
      .filter(({ tag }) => dropped.has(attributeOf(tag.text, "Id") ?? ""))
      .map(({ tag, end }): Edit => ({ from: tag.start, to: end, text: "" })),
    appendToRoot(before, added.join("")),
  ]);
}

function appendToRoot(text: string, xml: string): Edit {
  const tag = rootOf(text);
  const to = tag.kind === "empty" ? tag.end : text.lastIndexOf("</");
  return appendInside(text, { tag, from: tag.end, to, end: text.length }, fromUtf8(prefixed(xml, prefixOf(tag))));
}

export interface ContentTypes {
  /** Extension → type, where it has none. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Part → type. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly dropped: ReadonlySet<string>;
}

/** A workbook with macros or a template becomes an ordinary one. */
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const otherWorkbooks =
  /(sheet\.macroEnabled|template\.macroEnabled|spreadsheetml\.template|addin\.macroEnabled)\.main\+xml$/;

export function withTypes(text: string, { defaults, overrides, dropped }: ContentTypes): string {
  const known = childrenOf(text);
  const extensions = new Set(known.map(({ tag }) => attributeOf(tag.text, "Extension")?.toLowerCase()));
  const edits: Edit[] = [];
  for (const { tag, end } of known) {
    const part = plainAttribute(attributeOf(tag.text, "PartName") ?? "").slice(1);
    const type = attributeOf(tag.text, "ContentType") ?? "";
    if (dropped.has(part) || part in overrides) edits.push({ from: tag.start, to: end, text: "" });
    else if (otherWorkbooks.test(type))
      edits.push({ from: tag.start, to: tag.end, text: withAttribute(tag.text, "ContentType", workbookType) });
  }
  // Defaults stand before the overrides in every file, though nothing demands it.
  const first = Object.entries(defaults)
    .filter(([extension]) => !extensions.has(extension))
    .map(([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`);
  const last = Object.entries(overrides).map(
    ([part, type]) => `<Override PartName="/${xmlText(part)}" ContentType="${type}"/>`,
  );
  const root = rootOf(text);
  const front = prefixed(first.join(""), prefixOf(root));
  return edited(text, [
    ...(root.kind === "open" ? [{ from: root.end, to: root.end, text: front }] : []),
    ...edits,
    appendToRoot(text, last.join("")),
  ]);
}

export interface FrontSheet {
  readonly name: string;
  /** Id of its relation. */
  readonly relation: string;
  /** Rows repeated on each page, and the range of the filter. */
  readonly heading: number;
  readonly filter: string;
}

/** Names of the sheets, chart sheets and hidden ones included, without those whose relation is dropped. */
export const sheetNames = (text: string, dropped: ReadonlySet<string>): string[] =>
  sheetTags(text)
    .filter(({ tag }) => !dropped.has(plainAttribute(attributeOf(tag.text, "[\\w.-]+:id") ?? "")))
    .map(({ tag }) => plainAttribute(attributeOf(tag.text, "name") ?? ""));

function sheetTags(text: string): Element[] {
  const sheets = childrenOf(text).find(({ tag }) => tag.name === "sheets");
  return sheets && sheets.tag.kind === "open" ? childrenOf(text, sheets.tag) : [];
}

/** A name no sheet has; spreadsheets do not tell large from small letters. */
export function freeName(taken: readonly string[], wish: string): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish}(${number})`;
    if (!names.has(name.toLowerCase())) return name;
  }
}

/** 'a''b'!, as formulas and links name a sheet. */
export const quotedSheet = (name: string): string => `'${name.replaceAll("'", "''")}'!`;

/** Beginning of the names by which our own sheets are known when the workbook comes back. */
const frontName = "gongkao.front.";

const namesIn = (text: string): Element[] => {
  const names = childrenOf(text).find(({ tag }) => tag.name === "definedNames");
  return names && names.tag.kind === "open" ? childrenOf(text, names.tag) : [];
};

const isFront = ({ tag }: Element): boolean => (attributeOf(tag.text, "name") ?? "").startsWith(frontName);

/** Ids of the relations of sheets that an earlier round put in front. */
export function earlierFront(text: string): Set<string> {
  const ours = namesIn(text).filter(isFront);
  const names = new Set(ours.map(({ from, to }) => plainAttribute(text.slice(from, to)).replace(/![^!]*$/, "")));
  return new Set(
    sheetTags(text).flatMap(({ tag }) => {
      const name = plainAttribute(attributeOf(tag.text, "name") ?? "");
      const known = names.has(name) || names.has(quotedSheet(name).slice(0, -1));
      return known ? plainAttribute(attributeOf(tag.text, "[\\w.-]+:id") ?? "") : [];
    }),
  );
}

const definedNames = (sheets: readonly FrontSheet[]) =>
  sheets
    .map(({ name, heading, filter }, index) => {
      const sheet = xmlText(quotedSheet(name));
      return (
        `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${sheet}${filter}</definedName>` +
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}$${heading}:$${heading}</definedName>` +
        `<definedName name="${frontName}${index + 1}" hidden="1">${sheet}$A$1</definedName>`
      );
    })
    .join("");

/** The workbook part with sheets in front, the first of them shown, and those left out whose relation is dropped. */
export function withFrontSheets(text: string, front: readonly FrontSheet[], dropped: ReadonlySet<string>): string {
  const sections = childrenOf(text);
  const prefix = prefixOf(rootOf(text));
  const sheets = sheetTags(text);
  const idName = /\s([\w.-]+:id)\s*=/.exec(sheets[0]?.tag.text ?? "")?.[1] ?? "r:id";
  const edits: Edit[] = [];
  const places: (number | undefined)[] = [];
  let place = front.length;
  let highest = 0;
  for (const { tag, end } of sheets) {
    highest = Math.max(highest, Number(attributeOf(tag.text, "sheetId") ?? 0));
    const leave = dropped.has(plainAttribute(attributeOf(tag.text, "[\\w.-]+:id") ?? ""));
    places.push(leave ? undefined : place++);
    if (leave) edits.push({ from: tag.start, to: end, text: "" });
  }
  const list = sections.find(({ tag }) => tag.name === "sheets");
  const tagsOfNew = front.map(
    ({ name, relation }, index) =>
      `<sheet name="${xmlText(name)}" sheetId="${highest + 1 + index}" ${idName}="${relation}"/>`,
  );
  if (list) edits.push({ from: list.from, to: list.from, text: fromUtf8(prefixed(tagsOfNew.join(""), prefix)) });
  for (const section of sections) {
    const { tag } = section;
    if (tag.kind !== "open") continue;
    if (tag.name === "bookViews") edits.push(...childrenOf(text, tag).map(shownFirst));
    if (tag.name === "definedNames") {
      for (const name of childrenOf(text, tag)) {
        if (isFront(name)) edits.push({ from: name.tag.start, to: name.end, text: "" });
        else edits.push(...moved(name, places));
      }
      edits.push(appendInside(text, section, fromUtf8(prefixed(definedNames(front), prefix))));
    }
  }
  if (!sections.some(({ tag }) => tag.name === "definedNames" && tag.kind === "open")) {
    const before = ["externalReferences", "functionGroups", "sheets"];
    const at = before.flatMap((one) => sections.find(({ tag }) => tag.name === one)?.end ?? [])[0] ?? 0;
    const xml = prefixed(`<definedNames>${definedNames(front)}</definedNames>`, prefix);
    edits.push({ from: at, to: at, text: fromUtf8(xml) });
  }
  return edited(text, edits);
}

function shownFirst({ tag }: Element): Edit {
  const shown = withAttribute(withAttribute(tag.text, "activeTab", undefined), "firstSheet", undefined);
  return { from: tag.start, to: tag.end, text: shown };
}

/** Names that belong to one sheet say which by its place. */
function moved({ tag, end }: Element, places: readonly (number | undefined)[]): Edit[] {
  const sheet = attributeOf(tag.text, "localSheetId");
  if (sheet === undefined) return [];
  const place = places[Number(sheet)];
  if (place === undefined) return [{ from: tag.start, to: end, text: "" }];
  return [{ from: tag.start, to: tag.end, text: withAttribute(tag.text, "localSheetId", String(place)) }];
}
