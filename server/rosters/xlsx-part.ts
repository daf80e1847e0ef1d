/** The XML parts of a workbook, parsed as a stream. */
import { SaxesParser } from "saxes";
import { AppError, badInput } from "../errors.ts";
import type { RosterFile } from "./read-file.ts";
import { entryBytes, type ZipEntry } from "./zip.ts";

export const broken = (part: string, cause?: unknown): AppError =>
  new AppError(
    "bad-input",
    {
      zh: `Excel 文件内容有误（${part}），请用 Excel 或 WPS 重新保存后再导入`,
      en: `the Excel file is malformed (${part})`,
    },
    { reason: "xlsx-malformed" },
    { cause },
  );

export type Attributes = Readonly<Record<string, string>>;

/** What happens on the way through a part; names without their namespace prefix. */
export interface PartHandler {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Names may carry a namespace prefix: `x:row` is `row`. */
const local = (name: string) => name.slice(name.indexOf(":") + 1);

/** Bytes without any tag: no cell is that long, and the text would have to be held in memory. */
const longestText = 8_000_000;

/** A parser that is fed bytes; `close` tells whether the document was whole. */
export class PartParser {
  readonly #parser: SaxesParser;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #silent = 0;

  constructor(
    private readonly part: string,
    handler: PartHandler,
  ) {
    const parser = new SaxesParser({ fileName: part, xmlns: false });
    const { open, close, text } = handler;
    parser.on("opentag", (tag) => {
      this.#silent = 0;
      open?.call(handler, local(tag.name), tag.attributes);
    });
    parser.on("closetag", (tag) => {
      this.#silent = 0;
      close?.call(handler, local(tag.name));
    });
    if (text) {
      parser.on("text", (found) => text.call(handler, found));
      parser.on("cdata", (found) => text.call(handler, found));
    }
    parser.on("doctype", () => {
      throw broken(`${part}: DOCTYPE`);
    });
    this.#parser = parser;
  }

  write(bytes: Buffer): void {
    try {
      this.#silent += bytes.length;
      this.#parser.write(this.#decoder.decode(bytes, { stream: true }));
    } catch (error) {
      throw error instanceof AppError ? error : broken(this.part, error);
    }
    if (this.#silent > longestText)
      throw badInput(
        `Excel 文件内容有误（${this.part}：一段文字过长）`,
        `the Excel file is malformed (${this.part}: a text is too long)`,
        { reason: "xlsx-malformed" },
      );
  }

  close(): void {
    try {
      this.#parser.write(this.#decoder.decode()).close();
    } catch (error) {
      throw error instanceof AppError ? error : broken(this.part, error);
    }
  }
}

/** Feeds a part to the handler; after each piece of input the generator gives the caller a turn. */
export async function* parsePart(file: RosterFile, entry: ZipEntry, handler: PartHandler): AsyncGenerator<void> {
  const parser = new PartParser(entry.name, handler);
  for await (const bytes of entryBytes(file, entry)) {
    parser.write(bytes);
    yield;
  }
  parser.close();
  yield;
}

/** A small part at once; a part that is not there has nothing to say. */
export async function parseWhole(file: RosterFile, entry: ZipEntry | undefined, handler: PartHandler): Promise<void> {
  if (!entry) return;
  for await (const _ of parsePart(file, entry, handler));
}
