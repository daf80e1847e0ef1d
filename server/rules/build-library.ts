/** Rulebook files → rulebooks: each read, laid over the one it extends, and resolved; every fault collected. */
import { AppError } from "../errors.ts";
import { byPlace, type Diagnostic } from "./diagnostic.ts";
import { type MergedBook, mergeBook } from "./merge-book.ts";
import { type ParsedBook, readBook } from "./read-book.ts";
import { type ResolvedBook, resolveBook } from "./resolve-book.ts";
import { RulebookLibrary } from "./rulebook.ts";
import type { RulebookFile } from "./rulebook-text.ts";
import { didYouMean, type SpecFault } from "./spec-fault.ts";

interface LibraryOptions {
  /** Reads the people and cases too. */
  readonly cases?: boolean;
  /** Rulebooks that may be extended besides the files, by id. */
  readonly parents?: ReadonlyMap<string, RulebookFile>;
}

export interface ReadLibrary {
  /** One a file, in the order of the files; none for a file that cannot be read. */
  readonly books: readonly ResolvedBook[];
  readonly parsed: readonly ParsedBook[];
}

/** Reads and resolves a set of rulebook files. Faults are in the reports of the parsed books. */
export function readLibrary(files: readonly RulebookFile[], options: LibraryOptions = {}): ReadLibrary {
  const parsed = files.map((file) => readBook(file, options.cases ?? false));
  const merged = new Merger(parsed, options.parents ?? new Map());
  const books = parsed.filter((one) => !one.isUnreadable).map((one) => resolveBook(merged.get(one)));
  return { books, parsed };
}

/** Lays every rulebook over its parent, parents first. */
class Merger {
  readonly #byId = new Map<string, ParsedBook>();
  readonly #merged = new Map<ParsedBook, MergedBook>();
  readonly #isIncomplete: boolean;

  constructor(
    parsed: readonly ParsedBook[],
    readonly outside: ReadonlyMap<string, RulebookFile>,
  ) {
    for (const one of parsed) {
      const first = this.#byId.get(one.text.id);
      if (!first) this.#byId.set(one.text.id, one);
      else if (!one.isUnreadable) one.report.add(["id"], duplicateBook(one.text.id, first.report.file));
    }
    // the id of a file that cannot be read is not known: it may be the parent that is not found
    this.#isIncomplete = parsed.some((one) => one.isUnreadable || one.report.isFaulty(["id"]));
  }

  get(book: ParsedBook, waiting: readonly ParsedBook[] = []): MergedBook {
    const done = this.#merged.get(book);
    if (done) return done;
    const id = book.text.extends;
    const found = id === undefined ? undefined : this.#find(id, book);
    const isCircular = found !== undefined && [...waiting, book].includes(found);
    if (found && isCircular) this.#reportCircle(found, [...waiting, book]);
    const parent = found && !isCircular && !found.isUnreadable ? this.get(found, [...waiting, book]) : undefined;
    const isParentMissing = parent === undefined && (id !== undefined || book.report.isFaulty(["extends"]));
    const result = mergeBook(book, parent, isParentMissing);
    this.#merged.set(book, result);
    return result;
  }

  #find(id: string, child: ParsedBook): ParsedBook | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    const file = this.outside.get(id);
    if (file) {
      const read = readBook(file, false);
      this.#byId.set(id, read);
      return read;
    }
    if (!this.#isIncomplete) {
      const ids = [...new Set([...this.#byId.keys(), ...this.outside.keys()])].filter((one) => one !== child.text.id);
      child.report.add(["extends"], unknownBook(id, ids));
    }
    return undefined;
  }

  /** Told once a circle, in its first file. */
  #reportCircle(start: ParsedBook, waiting: readonly ParsedBook[]): void {
    const circle = waiting.slice(waiting.indexOf(start));
    const first = circle.reduce((one, other) => (other.report.file < one.report.file ? other : one));
    first.report.add(["extends"], circular([...circle, start].map(({ text }) => text.id)));
  }
}

const duplicateBook = (id: string, file: string): SpecFault => ({
  name: "duplicateId",
  message: { zh: `规则库编号 ${id} 已用于 ${file}`, en: `rulebook id ${id} is taken by ${file}` },
  suggestion: { zh: "请改名称或年度", en: "change the name or the year" },
});

const unknownBook = (id: string, known: readonly string[]): SpecFault => ({
  name: "unknownRulebook",
  message: { zh: `没有规则库 ${id}`, en: `unknown rulebook "${id}"` },
  suggestion: didYouMean(id, known),
});

const circular = (ids: readonly string[]): SpecFault => ({
  name: "circularExtends",
  message: { zh: `规则库相互继承：${ids.join(" → ")}`, en: `rulebooks extend each other: ${ids.join(" → ")}` },
  suggestion: { zh: "请删去其中一个 extends", en: "remove one of the extends" },
});

/** Every diagnostic of the files themselves, by place. */
export const diagnosticsOf = ({ parsed }: ReadLibrary): Diagnostic[] =>
  parsed.flatMap(({ report }) => report.diagnostics).sort(byPlace);

/** The rulebooks of a set of files. Throws bad-input with the first fault and how many more there are. */
export function buildLibrary(files: readonly RulebookFile[], options?: LibraryOptions): RulebookLibrary {
  const read = readLibrary(files, options);
  const errors = diagnosticsOf(read).filter(({ severity }) => severity === "error");
  if (errors[0]) throw faultyLibrary(errors[0], errors.length - 1);
  const books = read.books.map(({ book }) => book).sort((a, b) => a.id.localeCompare(b.id));
  return new RulebookLibrary(new Map(books.map((book) => [book.id, book])));
}

function faultyLibrary({ code, file, line, column, message, suggestion }: Diagnostic, more: number): AppError {
  const place = `${file}:${line}:${column}`;
  const rest = more === 0 ? { zh: "", en: "" } : { zh: `；另有 ${more} 处错误`, en: `; and ${more} more` };
  return new AppError(
    "bad-input",
    {
      zh: `规则库 ${place} 有误：${message.zh}；${suggestion?.zh ?? ""}${rest.zh}`,
      en: `${place} ${code} ${message.en}; ${suggestion?.en ?? ""}${rest.en}`,
    },
    { file, line, column, code, more },
  );
}
