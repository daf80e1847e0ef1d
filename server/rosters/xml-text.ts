/** Text for XML parts of a workbook. */

/** A spreadsheet cell holds no more characters. */
const longestCell = 32_767;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Control characters and halves of characters, which XML cannot hold. */
const unspeakable = /[^\t\n\r\u0020-\ufffd]/g;
const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const hex = (character: string) => `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}_`;

/** For attributes and for texts that are no cells. */
export const xmlText = (text: string): string =>
  text
    .replace(halves, "\ufffd")
    .replace(unspeakable, "\ufffd")
    .replace(/[&<>"]/g, (character) => entities[character] ?? "");

/** For cells, where spreadsheets write control characters as _x0001_ (and so what looks like one begins with _x005F_). */
export function cellText(text: string): string {
  const short = text.length > longestCell ? text.slice(0, longestCell) : text;
  const escaped = short
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replace(halves, "\ufffd")
    .replace(unspeakable, hex)
    .replaceAll("\r", "_x000D_");
  return escaped.replace(/[&<>"]/g, (character) => entities[character] ?? "");
}

/** A cell that holds text and nothing else: "=1+1" stays five characters. Empty text gives a cell with a style only. */
export function textCell(reference: string, style: number, text: string): string {
  if (text === "") return `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellText(text)}</t></is></c>`;
}

export const numberCell = (reference: string, style: number, value: number): string =>
  `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
