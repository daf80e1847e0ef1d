/** Files people take for rosters, told by their first bytes, and the encoding of those that are text. */
import { isUtf8 } from "node:buffer";
import { badInput } from "../errors.ts";
import type { Encoding } from "./csv.ts";

const starts = (file: Buffer, bytes: string | readonly number[]) =>
  file.subarray(0, bytes.length).equals(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : Buffer.from(bytes));

const others: readonly (readonly [string | readonly number[], string])[] = [
  ["%PDF", "PDF"],
  [[0x89, 0x50, 0x4e, 0x47], "PNG"],
  [[0xff, 0xd8, 0xff], "JPEG"],
  [[0x1f, 0x8b], "gzip"],
  ["Rar!", "RAR"],
  [[0x37, 0x7a, 0xbc, 0xaf], "7z"],
  ["{\\rtf", "RTF"],
];

/** The old Office container: names inside it are UTF-16. Streams of a small file's directory stand near its beginning. */
function refuseOldOffice(start: Buffer): void {
  if (!starts(start, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return;
  if (start.includes(Buffer.from("EncryptedPackage", "utf16le"))) {
    throw badInput(
      "文件加了密码：请在 Excel 或 WPS 中打开，取消密码后保存，再导入",
      "the file has a password: open it in Excel or WPS, remove the password and save it",
      { reason: "encrypted" },
    );
  }
  throw badInput(
    "这是旧版 Excel（.xls）、WPS 表格（.et）或加了密码的文件：请在 Excel 或 WPS 中打开，取消密码，另存为“Excel 工作簿（*.xlsx）”后再导入",
    "an old Excel file (.xls), a WPS file (.et) or one with a password: open it in Excel or WPS, remove the password and save it as an Excel workbook (*.xlsx)",
    { reason: "old-excel" },
  );
}

/** `start`: the first 64 kB. Throws AppError bad-input with what to do instead. */
export function refuseOtherFormats(start: Buffer): void {
  refuseOldOffice(start);
  const other = others.find(([magic]) => starts(start, magic))?.[1];
  if (other) {
    throw badInput(
      `这是 ${other} 文件，不是名册：请使用 .xlsx 或 .csv`,
      `a ${other} file, not a roster: use .xlsx or .csv`,
      { reason: "not-a-roster" },
    );
  }
  const text = start.toString("latin1", 0, 200).replace(/^\u00ef\u00bb\u00bf/, "");
  if (/^\s*<(!doctype|html|table|meta|\?xml)/i.test(text)) {
    throw badInput(
      "这是网页或 XML 文件，不是名册：请用 Excel 打开并另存为 .xlsx",
      "a web page or XML file, not a roster: open it in Excel and save it as .xlsx",
      { reason: "not-a-roster" },
    );
  }
}

/** UTF-16 by its mark, or by every other byte of the separators being zero. */
function utf16Of(start: Buffer): Encoding | undefined {
  if (starts(start, [0xff, 0xfe])) return "utf-16le";
  if (starts(start, [0xfe, 0xff])) return "utf-16be";
  if (start.length < 32) return undefined;
  const zeros = [0, 0];
  start.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 20 && even === 0) return "utf-16le";
  return even > start.length / 20 && odd === 0 ? "utf-16be" : undefined;
}

/** Goes along while the file is read for its checksum: the encoding, and how many lines there are. */
export class TextLook {
  lines = 0;
  readonly #utf16: Encoding | undefined;
  #utf8 = true;
  /** A character that the piece before began. */
  #begun: Buffer = Buffer.alloc(0);

  /** `start`: the first 64 kB. Throws AppError bad-input when they are no text. */
  constructor(start: Buffer) {
    this.#utf16 = utf16Of(start);
    if (this.#utf16 === undefined && start.includes(0)) {
      throw badInput(
        "这不是文本表格，也不是 .xlsx 文件，无法识别其内容",
        "neither a text table nor an .xlsx file: the content is not recognised",
        { reason: "not-a-roster" },
      );
    }
  }

  see(piece: Buffer): void {
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, at + 1)) this.lines++;
    if (!this.#utf8 || this.#utf16) return;
    const bytes = this.#begun.length === 0 ? piece : Buffer.concat([this.#begun, piece]);
    let end = bytes.length;
    // A character has at most four bytes; the last one may go on in the next piece.
    for (let at = end - 1; at >= Math.max(0, end - 4); at--) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x80) break;
      if (byte < 0xc0) continue;
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      if (at + length > end) end = at;
      break;
    }
    this.#begun = bytes.subarray(end);
    this.#utf8 = isUtf8(bytes.subarray(0, end));
  }

  get encoding(): Encoding {
    return this.#utf16 ?? (this.#utf8 && this.#begun.length === 0 ? "utf-8" : "gb18030");
  }
}
