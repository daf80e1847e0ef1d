/** The rows of a text table: comma, tab or semicolon; UTF-8, GB18030 (and so GBK, GB2312) or UTF-16. */
import { Readable } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";
import { parse as parseSync } from "csv-parse/sync";
import { badInput } from "../errors.ts";
import { headingsIn, type Matcher } from "./match.ts";
import type { SourceRow } from "./read.ts";

export type Encoding = "utf-8" | "gb18030" | "utf-16le";

const delimiters = [",", "\t", ";"] as const;

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  relax_column_count: true,
  // 5" pipe: a quote inside an unquoted cell is a character like any other.
  relax_quotes: true,
  max_record_size: 4_000_000,
});

const pieceSize = 1 << 20;

/** Decodes piece by piece; a byte that the encoding does not know is an error, not a question mark in somebody's name. */
function* decode(file: Buffer, encoding: Encoding): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < file.length; at += pieceSize) {
      yield decoder.decode(file.subarray(at, at + pieceSize), { stream: true });
    }
    yield decoder.decode();
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
      const rows: string[][] = parseSync(sample, { ...options(delimiter), to: 20 });
      return Math.max(0, ...rows.map((row) => headingsIn(row, match)));
    } catch {
      return 0;
    }
  };
  const scored = delimiters.map((delimiter) => ({ delimiter, score: score(delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** Whole lines from the start of the file, enough for titles and heading. */
function sampleOf(file: Buffer, encoding: Encoding): string {
  const text = new TextDecoder(encoding).decode(file.subarray(0, 131_072), { stream: true });
  const lines = text.split(/\r\n|\n|\r/);
  return lines.slice(0, Math.min(40, Math.max(1, lines.length - 1))).join("\n");
}

/** The records of the table; `row` is the number of the record, empty ones counted. Throws AppError bad-input naming the line. */
export async function* csvRows(file: Buffer, encoding: Encoding, match: Matcher): AsyncGenerator<SourceRow> {
  const delimiter = delimiterOf(sampleOf(file, encoding), match);
  const parser = Readable.from(decode(file, encoding)).compose(parse(options(delimiter)));
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) yield { sheet: null, row: ++row, cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw badInput(
      `CSV 文件第 ${error.lines ?? row + 1} 行附近有误：引号没有成对，或一行过长`,
      `malformed CSV near line ${error.lines ?? row + 1}: ${error.message}`,
      { reason: "csv-malformed", line: error.lines ?? row + 1 },
    );
  }
}
