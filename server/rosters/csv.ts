/** The rows of a text table: comma, tab or semicolon; UTF-8, GB18030 (and so GBK, GB2312) or UTF-16. */
import { CsvError, type Options, type Parser, parse } from "csv-parse";
import { parse as parseSync } from "csv-parse/sync";
import { badInput } from "../errors.ts";
import { headingsIn, type Matcher } from "./match.ts";
import type { SourceRow, SourceSheet } from "./read.ts";
import type { RosterFile } from "./read-file.ts";

export type Encoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";

const delimiters = [",", "\t", ";"] as const;

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  relax_column_count: true,
  // 5" pipe: a quote inside an unquoted cell is a character like any other.
  relax_quotes: true,
  max_record_size: 4_000_000,
});

/** Decodes piece by piece; a byte that the encoding does not know is an error, not a question mark in somebody's name. */
async function* decode(file: RosterFile, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of file.pieces()) {
      const text = decoder.decode(piece, { stream: true });
      if (text !== "") yield text;
    }
    const last = decoder.decode();
    if (last !== "") yield last;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badInput(
      "文字编码无法识别（应为 UTF-8 或 GB18030/GBK），请另存为“CSV UTF-8”后再导入",
      "the text encoding is neither UTF-8 nor GB18030/GBK: save the file as CSV UTF-8",
      { reason: "encoding" },
    );
  }
}

/** The delimiter under which some row among the first names the most columns. */
function delimiterOf(sample: string, match: Matcher): string {
  const score = (delimiter: string): number => {
    try {
      const rows: string[][] = parseSync(sample, { ...options(delimiter), to: 30 });
      const named = Math.max(0, ...rows.map((row) => headingsIn(row, match)));
      // Where no heading is known yet (the clerk will say), the delimiter that parts the rows is taken.
      const width = Math.max(0, ...rows.map((row) => row.length));
      return width < 3 ? named : named + Math.min(0.9, width / 1_000);
    } catch {
      return 0;
    }
  };
  const scored = delimiters.map((delimiter) => ({ delimiter, score: score(delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** Whole lines from the start of the file, enough for titles and heading. */
async function sampleOf(file: RosterFile, encoding: Encoding): Promise<string> {
  const text = new TextDecoder(encoding).decode(await file.read(0, 131_072), { stream: true });
  const lines = text.split(/\r\n|\n|\r/);
  return lines.slice(0, Math.min(60, Math.max(1, lines.length - 1))).join("\n");
}

/** A line longer than this is nothing usual; characters. */
const longestLine = 1_000_000;

/**
 * The records of a text as long as there is no quote in it, which is most rosters: lines and cells are then what stands between the
 * separators, a quarter of the work of parsing. The parser is given the rest from the first piece with a quote on.
 */
class PlainLines {
  #lineEnd: string | undefined;
  #begun = "";
  records = 0;

  constructor(private readonly delimiter: string) {}

  /** What the parser must be told to go on as it would have gone on itself. */
  get recordDelimiter(): string[] {
    return this.#lineEnd === undefined ? [] : [this.#lineEnd];
  }

  /** The records that end in this piece; undefined where there is something to parse in it, `rest` is it then. */
  take(piece: string): string[][] | undefined {
    const text = this.#begun + piece;
    this.#begun = text;
    if (piece.includes('"') || text.length > longestLine) return undefined;
    this.#lineEnd ??= lineEndOf(text);
    if (this.#lineEnd === undefined) return [];
    const lines = text.split(this.#lineEnd);
    this.#begun = lines.pop() ?? "";
    this.records += lines.length;
    return lines.map((line) => this.cellsOf(line));
  }

  cellsOf(line: string): string[] {
    const cells = line.split(this.delimiter);
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index] ?? "";
      // Of longer texts the engine keeps the whole piece they are part of, unless they are made anew.
      if (cell.length > 12) cells[index] = ` ${cell}`.slice(1);
    }
    return cells;
  }

  /** What no line end was found behind yet. */
  get rest(): string {
    return this.#begun;
  }
}

/** The first one counts, as the parser has it; undefined while it cannot be told. */
function lineEndOf(text: string): string | undefined {
  const [found] = /\r\n|\n|\r(?!$)/.exec(text) ?? [];
  return found;
}

async function* csvRows(file: RosterFile, encoding: Encoding, delimiter: string): AsyncGenerator<SourceRow[]> {
  const lines = new PlainLines(delimiter);
  let parser: Parser | undefined;
  let failed: Error | undefined;
  let row = 0;
  const rowOf = (cells: string[]): SourceRow => ({ sheet: null, row: ++row, cells });
  try {
    for await (const text of decode(file, encoding)) {
      const records = parser ? undefined : lines.take(text);
      if (records) {
        yield records.map(rowOf);
        continue;
      }
      if (!parser) {
        parser = parse({ ...options(delimiter), record_delimiter: lines.recordDelimiter });
        parser.on("error", (error) => {
          failed = error;
        });
        parser.write(lines.rest);
      } else parser.write(text);
      // The parser works while it is written to: taking what is there is faster than waiting for one record after the other.
      const rows: SourceRow[] = [];
      for (let cells: string[] | null = parser.read(); cells !== null; cells = parser.read()) rows.push(rowOf(cells));
      if (failed) throw failed;
      yield rows;
    }
    if (!parser) {
      if (lines.rest !== "") yield [rowOf(lines.cellsOf(lines.rest))];
      return;
    }
    parser.end();
    for await (const cells of parser as AsyncIterable<string[]>) yield [rowOf(cells)];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? lines.records + error.lines : row + 1;
    throw badInput(
      `CSV 文件第 ${line} 行附近有误：引号没有成对，或一行过长`,
      `malformed CSV near line ${line}: ${error.message}`,
      { reason: "csv-malformed", line },
    );
  } finally {
    parser?.destroy();
  }
}

/**
 * The one table of a text file. `row` is the number of the record, empty ones counted. `lines`: line ends in the file. The rows
 * throw AppError bad-input naming the line.
 */
export async function openCsv(
  file: RosterFile,
  encoding: Encoding,
  lines: number,
  match: Matcher,
): Promise<SourceSheet> {
  const delimiter = delimiterOf(await sampleOf(file, encoding), match);
  return {
    name: null,
    hidden: false,
    about: () => Promise.resolve({ rows: lines, hiddenColumns: [] }),
    rows: () => csvRows(file, encoding, delimiter),
  };
}
