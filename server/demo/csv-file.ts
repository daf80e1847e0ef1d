/** Writes one CSV file in pieces: UTF-8 with a byte order mark, as spreadsheets expect of Chinese text. */
import { open } from "node:fs/promises";

const needsQuotes = /[",\n]/;
const field = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** Characters held before they go to the disk. */
const pieceLength = 1 << 18;

/** Writes a heading and rows; returns the number of rows. */
export async function writeCsv(
  path: string,
  headings: readonly string[],
  rows: Iterable<readonly string[]>,
): Promise<number> {
  const file = await open(path, "w");
  try {
    let piece = `\uFEFF${headings.map(field).join(",")}\n`;
    let count = 0;
    for (const row of rows) {
      piece += `${row.map(field).join(",")}\n`;
      count++;
      if (piece.length < pieceLength) continue;
      await file.write(piece);
      piece = "";
    }
    await file.write(piece);
    return count;
  } finally {
    await file.close();
  }
}
