/** Rows → CSV that Chinese Excel opens as it should: UTF-8 with a byte order mark, CRLF. */

const marked = "\uFEFF";

/** Text that a spreadsheet would run as a formula gets an apostrophe in front; all else stands as it is. */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A heading line of the column names, then a line per row. Null is an empty cell. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const lines = [columns.map(cell).join(","), ...rows.map((row) => columns.map((name) => cell(row[name])).join(","))];
  return `${marked}${lines.join("\r\n")}\r\n`;
}
