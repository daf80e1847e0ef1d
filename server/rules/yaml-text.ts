/** The text of a YAML file: its data, and the place of anything in it. */
import { EVENT_ID, type Event, getScalarValue, load, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { Message } from "../errors.ts";

export type Path = readonly (string | number)[];

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
interface Node {
  readonly offset: number;
  /** Of an alias: where that stands which it repeats. */
  readonly written?: number;
  readonly entries: Map<string, { readonly keyOffset: number; readonly value: Node }> | undefined;
  readonly items: Node[] | undefined;
}

interface Tree {
  readonly root: Node;
  readonly duplicates: readonly { readonly path: Path; readonly offset: number }[];
}

export class YamlText {
  /** Undefined when the text is not YAML. */
  readonly data: unknown;
  readonly faults: readonly TextFault[];
  readonly #text: string;
  #places: Tree | undefined;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
    const { data, faults } = this.#read();
    this.data = data;
    this.faults = faults;
  }

  #read(): { data: unknown; faults: readonly TextFault[] } {
    try {
      return { data: load(this.#text), faults: [] };
    } catch {
      // the parser stops at the first key that is given twice: it is read again without minding, and all of them are looked for
      try {
        const data = load(this.#text, { json: true });
        return { data, faults: this.#tree().duplicates.map(({ path, offset }) => this.#duplicate(path, offset)) };
      } catch (cause) {
        return { data: undefined, faults: [this.#syntaxFault(cause)] };
      }
    }
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
    return {
      name: "syntax",
      path: [],
      line: (mark?.line ?? 0) + 1,
      column: (mark?.column ?? 0) + 1,
      message: empty
        ? { zh: "文件是空的", en: "the file is empty" }
        : { zh: `不是有效的 YAML（${reason}）`, en: `not valid YAML (${reason})` },
      suggestion: remedy(reason, empty),
    };
  }

  /** Where something stands; what is not there is looked for further out. `key`: the key rather than its value. */
  place(path: Path, at: "key" | "value" = "value"): Place {
    let node: Node = this.#tree().root;
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
  #tree(): Tree {
    this.#places ??= treeOf(this.#text, parseEvents(this.#text, {}));
    return this.#places;
  }
}

function treeOf(text: string, events: readonly Event[]): Tree {
  const anchors = new Map<string, Node>();
  const duplicates: { path: Path; offset: number }[] = [];
  const nothing: Node = { offset: 0, entries: undefined, items: undefined };
  let position = 0;
  const next = (): Event | undefined => events[position++];

  function keep(event: { anchorStart: number; anchorEnd: number }, node: Node): Node {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
    return node;
  }

  /** The next node. `empty`: where it stands when it is written as nothing. */
  function read(event: Event | undefined, path: Path, empty: number): Node {
    switch (event?.type) {
      case EVENT_ID.SCALAR: {
        const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
        const start = event.valueStart < 0 ? empty : event.valueStart - (quoted ? 1 : 0);
        return keep(event, { offset: start, entries: undefined, items: undefined });
      }
      case EVENT_ID.ALIAS: {
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? nothing;
        return { ...target, offset: event.anchorStart - 1, written: target.offset };
      }
      case EVENT_ID.SEQUENCE: {
        const items: Node[] = [];
        const node = keep(event, { offset: event.start, entries: undefined, items });
        for (let one = next(); one && one.type !== EVENT_ID.POP; one = next())
          items.push(read(one, [...path, items.length], event.start));
        return node;
      }
      case EVENT_ID.MAPPING: {
        const entries: NonNullable<Node["entries"]> = new Map();
        const node = keep(event, { offset: event.start, entries, items: undefined });
        for (let one = next(); one && one.type !== EVENT_ID.POP; one = next()) {
          const keyOffset = read(one, path, event.start).offset;
          const key = one.type === EVENT_ID.SCALAR ? getScalarValue(text, one) : "";
          if (entries.has(key)) duplicates.push({ path: [...path, key], offset: keyOffset });
          entries.set(key, { keyOffset, value: read(next(), [...path, key], keyOffset) });
        }
        return node;
      }
      default:
        return nothing;
    }
  }

  const first = next();
  return { root: read(first?.type === EVENT_ID.DOCUMENT ? next() : first, [], 0), duplicates };
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
