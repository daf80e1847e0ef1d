/** A worksheet part with its marked cells, rewritten as a stream: only their styles change, and cells that were missing come in. */
import type { CellMark } from "./marked-marks.ts";
import type { StyleBook } from "./marked-styles.ts";
import { cellAddress, columnOf } from "./read-address.ts";
import {
  attributeOf,
  type Edit,
  edited,
  nextTag,
  prefixed,
  prefixOf,
  rootOf,
  type Tag,
  tags,
  withAttribute,
} from "./xml-tags.ts";

export interface SheetEdits {
  /** From the top down, from left to right. */
  readonly marks: readonly CellMark[];
  readonly styles: StyleBook;
  /** Relation of the drawing that holds the comments, where the sheet has none yet. */
  readonly drawing?: { readonly id: string; readonly namespace: string } | undefined;
}

/** Elements that stand behind the drawing of the comments. */
const behindDrawing = new Set(
  "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst AlternateContent".split(" "),
);

interface ColumnStyle {
  readonly min: number;
  readonly max: number;
  readonly style: number;
}

interface MarkedRow {
  readonly prefix: string;
  readonly style: number | undefined;
  /** Where the marks of the row end. */
  readonly until: number;
  column: number;
}

/** Feed it the part (a character a byte) piece by piece; what comes back is the new part. */
export class SheetRewriter {
  #state: "before" | "rows" | "after" = "before";
  #rest = "";
  #prefix = "";
  #columns: ColumnStyle[] = [];
  /** The next mark that is not yet in the output. */
  #next = 0;
  #row = 0;
  #marked: MarkedRow | undefined;
  /** Inside a cell that was there: what is in it is of no concern. */
  #inCell = false;

  constructor(private readonly edits: SheetEdits) {}

  write(piece: string): string {
    this.#rest += piece;
    if (this.#state === "after") return "";
    return this.#state === "before" ? this.#before() : this.#rows();
  }

  end(): string {
    return this.#after(this.#rest);
  }

  /** Everything up to the rows; it is short. */
  #before(): string {
    for (const tag of tags(this.#rest)) {
      if (tag.name !== "sheetData") continue;
      this.#prefix = prefixOf(tag);
      const head = this.#head(this.#rest.slice(0, tag.start));
      this.#rest = this.#rest.slice(tag.end);
      if (tag.kind === "open") {
        this.#state = "rows";
        return head + tag.text + this.#rows();
      }
      this.#state = "after";
      const rows = this.#missingRows(Number.POSITIVE_INFINITY);
      if (rows === "") return head + tag.text;
      return `${head}${tag.text.replace(/\s*\/>$/, ">")}${rows}</${tag.full}>`;
    }
    return "";
  }

  /** Notes the styles of the columns. */
  #head(text: string): string {
    for (const tag of tags(text)) {
      if (tag.name !== "col") continue;
      const [min = 0, max = 0, style] = ["min", "max", "style"].map((name) => Number(attributeOf(tag.text, name) ?? 0));
      if (style) this.#columns.push({ min, max, style });
    }
    return deselected(text);
  }

  #rows(): string {
    const text = this.#rest;
    const close = `</${this.#prefix}sheetData`;
    const open = `<${this.#prefix}row`;
    // Where there is anything but tags and text, nothing is skipped.
    const plain = !text.includes("<!");
    const closeAt = text.indexOf(close);
    let result = "";
    let copied = 0;
    let at = 0;
    for (;;) {
      if (plain && !this.#marked) {
        const row = text.indexOf(open, at);
        // What begins like a row behind the rows is something else.
        const found = closeAt >= 0 && (row < 0 || row > closeAt) ? closeAt : row;
        at = Math.max(at, found < 0 ? text.lastIndexOf("<") : found);
      }
      const tag = nextTag(text, at);
      if ("cut" in tag) {
        this.#rest = text.slice(tag.cut);
        return result + text.slice(copied, tag.cut);
      }
      at = tag.end;
      const change = this.#rowTag(tag);
      if (change !== undefined) {
        result += text.slice(copied, tag.start) + change;
        copied = tag.end;
      }
      if (tag.name === "sheetData" && tag.kind === "close") {
        this.#state = "after";
        this.#rest = text.slice(tag.end);
        return result + text.slice(copied, tag.end);
      }
    }
  }

  /** What a tag among the rows becomes; undefined where it stays as it is. */
  #rowTag(tag: Tag): string | undefined {
    if (tag.name === "sheetData") return this.#missingRows(Number.POSITIVE_INFINITY) + tag.text;
    if (tag.name === "row") return tag.kind === "close" ? this.#rowEnd(tag) : this.#rowStart(tag);
    if (!this.#marked || tag.name !== "c") return undefined;
    if (tag.kind === "close") {
      this.#inCell = false;
      return undefined;
    }
    return this.#inCell ? undefined : this.#cell(tag, this.#marked);
  }

  #rowStart(tag: Tag): string | undefined {
    const row = Number(attributeOf(tag.text, "r") ?? this.#row + 1);
    const before = this.#missingRows(row);
    this.#row = row;
    let until = this.#next;
    while (this.edits.marks[until]?.row === row) until++;
    if (until === this.#next) return before === "" ? undefined : before + tag.text;
    const own = Number(attributeOf(tag.text, "s") ?? Number.NaN);
    const marked = { prefix: prefixOf(tag), style: Number.isNaN(own) ? undefined : own, until, column: -1 };
    const start = this.#widened(tag.text, until);
    if (tag.kind === "open") {
      this.#marked = marked;
      return before + start;
    }
    return `${before}${start.replace(/\s*\/>$/, ">")}${this.#missingCells(marked, Number.POSITIVE_INFINITY)}</${tag.full}>`;
  }

  /** Without the hint which columns the row spans, where a new cell lies outside. */
  #widened(text: string, until: number): string {
    const spans = /^(\d+):(\d+)$/.exec(attributeOf(text, "spans") ?? "");
    if (!spans) return text;
    const first = (this.edits.marks[this.#next]?.column ?? 0) + 1;
    const last = (this.edits.marks[until - 1]?.column ?? 0) + 1;
    return first < Number(spans[1]) || last > Number(spans[2]) ? withAttribute(text, "spans", undefined) : text;
  }

  #rowEnd(tag: Tag): string | undefined {
    if (!this.#marked) return undefined;
    const cells = this.#missingCells(this.#marked, Number.POSITIVE_INFINITY);
    this.#marked = undefined;
    return cells + tag.text;
  }

  #cell(tag: Tag, row: MarkedRow): string | undefined {
    const column = columnOf(attributeOf(tag.text, "r")) ?? row.column + 1;
    row.column = column;
    this.#inCell = tag.kind === "open";
    const before = this.#missingCells(row, column);
    const mark = this.edits.marks[this.#next];
    if (this.#next >= row.until || mark?.column !== column) return before === "" ? undefined : before + tag.text;
    this.#next++;
    const style = this.edits.styles.marked(Number(attributeOf(tag.text, "s") ?? 0), mark.look);
    return before + withAttribute(tag.text, "s", String(style));
  }

  /** New cells for the marks of the row left of a column. */
  #missingCells(row: MarkedRow, column: number): string {
    let cells = "";
    for (; this.#next < row.until; this.#next++) {
      const mark = this.edits.marks[this.#next];
      if (!mark || mark.column >= column) break;
      cells += this.#newCell(mark, row.prefix, row.style);
    }
    return cells;
  }

  #newCell(mark: CellMark, prefix: string, rowStyle?: number): string {
    if (mark.look === "cleared") return "";
    const number = mark.column + 1;
    const own = rowStyle ?? this.#columns.find(({ min, max }) => min <= number && number <= max)?.style ?? 0;
    const style = this.edits.styles.marked(own, mark.look);
    return `<${prefix}c r="${cellAddress(mark.column, mark.row)}" s="${style}"/>`;
  }

  /** New rows for the marks above a row. */
  #missingRows(row: number): string {
    let rows = "";
    for (;;) {
      const mark = this.edits.marks[this.#next];
      if (!mark || mark.row >= row) return rows;
      let cells = "";
      for (let next = this.edits.marks[this.#next]; next?.row === mark.row; next = this.edits.marks[this.#next]) {
        cells += this.#newCell(next, this.#prefix);
        this.#next++;
      }
      if (cells !== "") rows += `<${this.#prefix}row r="${mark.row}">${cells}</${this.#prefix}row>`;
    }
  }

  /** Everything behind the rows. */
  #after(text: string): string {
    const { drawing } = this.edits;
    if (!drawing) return text;
    const element = prefixed(`<legacyDrawing xmlns:r="${drawing.namespace}" r:id="${drawing.id}"/>`, this.#prefix);
    let depth = 0;
    for (const tag of tags(text)) {
      const end = depth === 0 && (tag.kind === "close" || behindDrawing.has(tag.name));
      if (end) return text.slice(0, tag.start) + element + text.slice(tag.start);
      if (tag.kind === "open") depth++;
      else if (tag.kind === "close") depth--;
    }
    return text;
  }
}

/** Whether the sheet is among the selected ones; `text` holds its beginning at least up to the rows. */
export function isSelected(text: string): boolean {
  for (const tag of tags(text)) {
    if (tag.name === "sheetData") return false;
    if (tag.name === "sheetView") {
      const value = attributeOf(tag.text, "tabSelected");
      if (value === "1" || value === "true") return true;
    }
  }
  return false;
}

/** The new front sheet is the selected one: two would be edited together. */
export function deselected(text: string): string {
  const edits: Edit[] = [];
  for (const tag of tags(text)) {
    if (tag.name === "sheetData") break;
    if (tag.name === "sheetView" && attributeOf(tag.text, "tabSelected") !== undefined)
      edits.push({ from: tag.start, to: tag.end, text: withAttribute(tag.text, "tabSelected", undefined) });
  }
  return edited(text, edits);
}

/** The namespace of relations that the part uses: that of strict files is another. */
export const relationsNamespace = (text: string): string =>
  rootOf(text).text.includes("http://purl.oclc.org/ooxml/")
    ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
    : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
