/** The styles of a workbook with those of the marks added: a marked cell keeps number format, font and border of its own. */
import type { Look } from "./marked-marks.ts";
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
  type Tag,
  withAttribute,
} from "./xml-tags.ts";

/** ARGB. The darker red tells rows that were left out, also on paper. */
export const fills: Readonly<Record<Exclude<Look, "cleared">, string>> = {
  warning: "FFFFEB9C",
  error: "FFFFC7CE",
  rejected: "FFFF9B9B",
};

const order = ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"] as const;
type Container = (typeof order)[number];

const solid = (argb: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${argb}"/><bgColor indexed="64"/></patternFill></fill>`;

/** A stylesheet of its own, for workbooks that have none. */
export const plainStyles =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

const bareXf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>';

/** `text` is the part, a character a byte. */
export class StyleBook {
  readonly #root: Tag;
  readonly #prefix: string;
  readonly #elements: ReadonlyMap<string, Element>;
  /** How many of each were there. */
  readonly #counts = new Map<Container, number>();
  /** What is added, without prefix but for copies. */
  readonly #added = new Map<Container, string[]>();
  readonly #xfs: readonly string[];
  readonly #marked = new Map<string, number>();
  readonly #fills = new Map<Look, number>();
  /** Numbers of fills that mark, from an earlier round. */
  readonly #markFills = new Set<string>();

  constructor(private readonly text: string) {
    this.#root = rootOf(text);
    this.#prefix = prefixOf(this.#root);
    const elements = new Map<string, Element>();
    for (const element of childrenOf(text)) elements.set(element.tag.name, element);
    this.#elements = elements;
    for (const name of order) {
      const element = elements.get(name);
      this.#counts.set(name, element && element.tag.kind === "open" ? childrenOf(text, element.tag).length : 0);
    }
    const filled = elements.get("fills");
    const colours = Object.values(fills).map((argb) => `"${argb}"`);
    (filled && filled.tag.kind === "open" ? childrenOf(text, filled.tag) : []).forEach(({ from, to }, index) => {
      const content = text.slice(from, to);
      if (colours.some((colour) => content.includes(colour))) this.#markFills.add(String(index));
    });
    const cells = elements.get("cellXfs");
    this.#xfs =
      cells && cells.tag.kind === "open"
        ? childrenOf(text, cells.tag).map(({ tag, end }) => text.slice(tag.start, end))
        : [];
    // The style every cell without one has.
    if (this.#xfs.length === 0) this.add("cellXfs", bareXf);
    for (const [name, xml] of [
      ["fonts", '<font><sz val="11"/><name val="Calibri"/></font>'],
      ["fills", '<fill><patternFill patternType="none"/></fill>'],
      ["borders", "<border><left/><right/><top/><bottom/><diagonal/></border>"],
    ] as const) {
      if (this.#counts.get(name) === 0) this.add(name, xml);
    }
    if (this.#counts.get("fills") === 0) this.add("fills", '<fill><patternFill patternType="gray125"/></fill>');
  }

  /** Adds a font, fill, border or cell format (XML without prefix); its number. */
  add(container: Container, xml: string): number {
    const list = this.#added.get(container) ?? [];
    this.#added.set(container, list);
    list.push(fromUtf8(prefixed(xml, this.#prefix)));
    return (this.#counts.get(container) ?? 0) + list.length - 1;
  }

  /** The style of a cell that had style `own` and is marked. */
  marked(own: number, look: Look): number {
    const key = `${look} ${own}`;
    const known = this.#marked.get(key);
    if (known !== undefined) return known;
    const fill = this.#fillOf(look, own);
    if (fill === undefined) return own;
    const added = this.#added.get("cellXfs")?.[own - (this.#counts.get("cellXfs") ?? 0)];
    const xf = this.#xfs[own] ?? added ?? this.#xfs[0] ?? prefixed(bareXf, this.#prefix);
    const tag = rootOf(xf);
    const filled = withAttribute(withAttribute(tag.text, "fillId", String(fill)), "applyFill", "1");
    const list = this.#added.get("cellXfs") ?? [];
    this.#added.set("cellXfs", list);
    list.push(filled + xf.slice(tag.end));
    const index = (this.#counts.get("cellXfs") ?? 0) + list.length - 1;
    this.#marked.set(key, index);
    return index;
  }

  /** Undefined: the style stays as it is. */
  #fillOf(look: Look, own: number): number | undefined {
    if (look === "cleared") {
      const xf = this.#xfs[own];
      return xf !== undefined && this.#markFills.has(attributeOf(rootOf(xf).text, "fillId") ?? "") ? 0 : undefined;
    }
    const fill = this.#fills.get(look) ?? this.add("fills", solid(fills[look]));
    this.#fills.set(look, fill);
    return fill;
  }

  /** The part with everything that was added, a character a byte. */
  result(): string {
    const edits: Edit[] = [];
    for (const [name, items] of this.#added) {
      const count = (this.#counts.get(name) ?? 0) + items.length;
      const element = this.#elements.get(name);
      if (!element) edits.push({ ...this.#placeOf(name), text: this.#container(name, count, items) });
      else edits.push(...this.#grown(element, count, items));
    }
    return edited(this.text, edits);
  }

  #container(name: Container, count: number, items: readonly string[]): string {
    return `<${this.#prefix}${name} count="${count}">${items.join("")}</${this.#prefix}${name}>`;
  }

  #grown(element: Element, count: number, items: readonly string[]): Edit[] {
    const { tag, to } = element;
    const counted = withAttribute(tag.text, "count", String(count));
    if (tag.kind === "empty") {
      const whole = { ...tag, start: 0, end: counted.length, text: counted };
      const { text } = appendInside(counted, { ...element, tag: whole }, items.join(""));
      return [{ from: tag.start, to: tag.end, text }];
    }
    const head = attributeOf(tag.text, "count") === undefined ? [] : [{ from: tag.start, to: tag.end, text: counted }];
    return [...head, { from: to, to, text: items.join("") }];
  }

  /** Before the first element that comes after it. */
  #placeOf(name: Container): { from: number; to: number } {
    const later = [...order.slice(order.indexOf(name) + 1), "tableStyles", "colors", "extLst"];
    const next = later.flatMap((one) => this.#elements.get(one)?.tag.start ?? [])[0];
    const at = next ?? this.text.lastIndexOf("</");
    return { from: at, to: at };
  }
}
