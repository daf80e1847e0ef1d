/** The text of a YAML file: its data, and the place of anything in it. */
import { constructFromEvents, type Event, parseEvents, YAMLException } from "js-yaml";
import type { Message } from "../errors.ts";
import { colonHint, hasWideColon } from "./spec-fault.ts";
import { endlessAlias, type Node, type Path, type Places, placesOf } from "./yaml-places.ts";

export type { Path };

export interface Place {
  /** Both from 1; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
}

/** A fault that keeps the text from being read as it was meant. */
export interface TextFault extends Place {
  readonly name: "syntax" | "duplicateKey";
  /** What it spoils. */
  readonly path: Path;
  readonly message: Message;
  readonly suggestion: Message;
}

/** A place in the text with what lies under it. */
export class YamlText {
  /** Undefined when the text is not YAML. */
  readonly data: unknown;
  readonly faults: readonly TextFault[];
  readonly #text: string;
  #known: Places | undefined;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
    const { data, faults } = this.#read();
    this.data = data;
    this.faults = faults;
  }

  #read(): { data: unknown; faults: readonly TextFault[] } {
    try {
      const events = parseEvents(this.#text, {});
      const endless = endlessAlias(this.#text, events);
      if (endless !== undefined) return { data: undefined, faults: [this.#endlessAlias(endless)] };
      return this.#construct(events);
    } catch (cause) {
      return { data: undefined, faults: [this.#syntaxFault(cause)] };
    }
  }

  #construct(events: Event[]): { data: unknown; faults: readonly TextFault[] } {
    const source = this.#text;
    try {
      return { data: only(constructFromEvents(events, { source })), faults: [] };
    } catch {
      // the parser stops at the first key that is given twice: it is read again without minding, and all of them are looked for
      const data = only(constructFromEvents(events, { source, json: true }));
      return { data, faults: this.#places.duplicates.map(({ path, offset }) => this.#duplicate(path, offset)) };
    }
  }

  #endlessAlias(offset: number): TextFault {
    return {
      name: "syntax",
      path: [],
      ...this.#position(offset),
      message: { zh: "别名（*）重复到没有尽头", en: "an alias (*) that repeats itself without end" },
      suggestion: { zh: "请不要在 & 所标记的内容中引用它自己", en: "do not use an alias inside what its & marks" },
    };
  }

  #duplicate(path: Path, offset: number): TextFault {
    const key = path.at(-1);
    return {
      name: "duplicateKey",
      path,
      ...this.#position(offset),
      message: { zh: `键 ${key} 在此处重复`, en: `"${key}" stands here twice` },
      suggestion: { zh: "请删去其中一个，或改用别的名称", en: "remove one of them or rename it" },
    };
  }

  #syntaxFault(cause: unknown): TextFault {
    const reason = cause instanceof YAMLException ? cause.reason : String(cause);
    const mark = cause instanceof YAMLException ? cause.mark : undefined;
    const empty = this.#text.trim() === "";
    const line = mark?.line ?? 0;
    // the parser often stops one line too late
    const near = this.#text.split(/\r\n|\r|\n/).slice(Math.max(0, line - 1), line + 1);
    return {
      name: "syntax",
      path: [],
      line: line + 1,
      column: (mark?.column ?? 0) + 1,
      message: empty
        ? { zh: "文件是空的", en: "the file is empty" }
        : { zh: `不是有效的 YAML（${reason}）`, en: `not valid YAML (${reason})` },
      suggestion: near.some(hasWideColon) ? colonHint : remedy(reason, empty),
    };
  }

  /** Where something stands; what is not there is looked for further out. `key`: the key rather than its value. */
  place(path: Path, at: "key" | "value" = "value"): Place {
    let node: Node = this.#places.root;
    let offset = node.offset;
    for (const [depth, step] of path.entries()) {
      const entry = node.entries?.get(String(step));
      const next = entry?.value ?? node.items?.[Number(step)];
      // what an alias lacks, it lacks where it is written
      if (!next) offset = node.written ?? offset;
      if (!next) break;
      const isLast = depth === path.length - 1;
      offset = entry && (at === "key" || !isLast) ? entry.keyOffset : next.offset;
      node = next;
    }
    return this.#position(offset);
  }

  #position(offset: number): Place {
    const before = this.#text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  /** Made only when a place is asked for: most files have no fault. */
  get #places(): Places {
    this.#known ??= placesOf(this.#text, parseEvents(this.#text, {}));
    return this.#known;
  }
}

/** A file holds one document. */
function only(documents: readonly unknown[]): unknown {
  if (documents.length === 1) return documents[0];
  throw new YAMLException(documents.length === 0 ? "the input is empty" : "expected a single document, but found more");
}

/** What usually helps, by what the parser says. */
function remedy(reason: string, empty: boolean): Message {
  if (empty) return { zh: "请写入规则库，至少有 id、title、document", en: "write a rulebook: id, title, document …" };
  const found = remedies.find(([pattern]) => pattern.test(reason));
  return (
    found?.[1] ?? { zh: "请检查此行及上一行的缩进、冒号与引号", en: "look at indentation, colons and quotes here" }
  );
}

const remedies: readonly (readonly [RegExp, Message])[] = [
  [
    /deficient indentation/,
    { zh: "请先闭合上文的 [ 或 {，或补足缩进", en: "close the [ or { before, or indent further" },
  ],
  [/tab character/, { zh: "缩进请用空格，不用制表符", en: "indent with spaces, not with tabs" }],
  [
    /indentation/,
    { zh: "请与同级的键左对齐，用空格缩进", en: "align with the other keys of the same level, with spaces" },
  ],
  [
    /flow collection|missed comma/,
    { zh: "请检查 [ ]、{ } 与逗号是否成对", en: "close [ ] and { } and put commas between" },
  ],
  [/quoted scalar/, { zh: "请补上结束的引号", en: "close the quotation mark" }],
  [
    /unidentified alias/,
    { zh: "请先用 & 定义该名称，或加引号", en: "define the name with & before, or quote the text" },
  ],
  [/expected ':'|multiline key/, { zh: "键后请写冒号和空格", en: "write a colon and a space after the key" }],
  [/single document/, { zh: "一个文件只写一个规则库，请删去 ---", en: "one rulebook a file: remove the ---" }],
  [/tag/, { zh: "请删去以 ! 开头的标签", en: "remove the tag that begins with !" }],
];
