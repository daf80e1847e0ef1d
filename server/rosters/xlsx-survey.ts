/**
 * What must be known of a worksheet before its rows: merged ranges stand after them. The sheet is unpacked once more for it, with
 * its rows left out of the parsing, so the cost is small; the checksum of the whole is verified on the way.
 */
import { type CellRange, rangeOf } from "./read-address.ts";
import type { RosterFile } from "./read-file.ts";
import { PartParser } from "./xlsx-part.ts";
import { entryBytes, type ZipEntry } from "./zip.ts";

export interface SheetSurvey {
  readonly merges: readonly CellRange[];
  /** Hidden columns, counted from 0. */
  readonly hiddenColumns: readonly number[];
  /** Rows in the file, blank ones included. */
  readonly rows: number;
}

const mostMerges = 200_000;
const lastColumn = 1_000;

const openTag = /<(?:[\w.-]+:)?sheetData(?:\s[^>]*)?>/;
const closeTag = /<\/(?:[\w.-]+:)?sheetData\s*>/;
/** Bytes kept between two pieces, so that no tag is missed across them. */
const overlap = 2_048;

class Collector {
  readonly merges: CellRange[] = [];
  readonly hiddenColumns: number[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === "mergeCell" && this.merges.length < mostMerges) {
      const range = rangeOf(attributes.ref ?? "");
      if (range) this.merges.push(range);
    } else if (name === "col" && /^(1|true)$/.test(attributes.hidden ?? "")) {
      const last = Math.min(Number(attributes.max ?? 0), lastColumn);
      for (let column = Math.max(1, Number(attributes.min)); column <= last; column++)
        this.hiddenColumns.push(column - 1);
    }
  }
}

/** Counts "<row" followed by no letter; prefixes are rare enough to be left uncounted. */
function countRows(piece: Buffer): number {
  let rows = 0;
  for (let at = piece.indexOf("<row"); at >= 0; at = piece.indexOf("<row", at + 4)) {
    const next = piece[at + 4];
    if (next === 0x20 || next === 0x3e || next === 0x2f || next === 0x0a || next === 0x0d) rows++;
  }
  return rows;
}

/** @throws AppError bad-input or too-large where the part is damaged. */
export async function surveySheet(file: RosterFile, entry: ZipEntry): Promise<SheetSurvey> {
  const found = new Collector();
  const parser = new PartParser(entry.name, found);
  let state: "before" | "rows" | "after" = "before";
  let rest: Buffer = Buffer.alloc(0);
  let rows = 0;
  for await (const piece of entryBytes(file, entry)) {
    if (state === "after") {
      parser.write(piece);
      continue;
    }
    let bytes = Buffer.concat([rest, piece]);
    rest = Buffer.alloc(0);
    if (state === "before") {
      // Latin-1 keeps every byte one character, so positions in the text are positions in the bytes.
      const tag = openTag.exec(bytes.toString("latin1"));
      const end = tag ? tag.index + tag[0].length : Math.max(0, bytes.length - overlap);
      parser.write(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
      if (!tag) {
        rest = bytes;
        continue;
      }
      state = tag[0].endsWith("/>") ? "after" : "rows";
    }
    if (state === "rows") {
      const near = bytes.indexOf("sheetData");
      const tag = near < 0 ? null : closeTag.exec(bytes.toString("latin1"));
      // Cut before a tag, never inside one.
      const end = tag ? tag.index : Math.max(0, bytes.lastIndexOf("<", Math.max(0, bytes.length - overlap)));
      rows += countRows(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
      if (!tag) {
        rest = bytes;
        continue;
      }
      state = "after";
    }
    parser.write(bytes);
  }
  if (state !== "after") parser.write(rest);
  parser.close();
  return { merges: found.merges, hiddenColumns: found.hiddenColumns, rows };
}
