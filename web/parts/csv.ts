/** Pure: rows → CSV that a Chinese Excel opens rightly. */

/** A cell that begins like a formula is told to be text: names and units come from uploaded files. */
function cell(value: string | number | null): string {
  const raw = value === null ? "" : String(value);
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(raw) ? `'${raw}` : raw;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With a byte order mark: without it Excel reads the Chinese as GBK. */
export function toCsv(headings: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [headings.map(cell).join(",")];
  for (const row of rows) lines.push(row.map(cell).join(","));
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}
