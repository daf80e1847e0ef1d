/** The clerk's own workbook with its faulty cells marked: only the parts that say so are written anew, all others are copied. */
import { posix } from "node:path";
import { maskIdentities } from "./identity.ts";
import {
  commented,
  type EarlierComments,
  earlierComments,
  mergedBoxes,
  mergedComments,
  newBoxes,
  newComments,
  withoutBoxes,
} from "./marked-comments.ts";
import {
  countsFilter,
  countsHeading,
  countsName,
  countsSheet,
  type ListInput,
  ListStyles,
  listFilter,
  listHeading,
  listName,
  listSheet,
} from "./marked-list.ts";
import { type CellMark, marksOf, withCleared } from "./marked-marks.ts";
import {
  earlierFront,
  freeId,
  freeName,
  type NewRelation,
  relationsIn,
  relationsPart,
  sheetNames,
  withFrontSheets,
  withRelations,
  withTypes,
} from "./marked-package.ts";
import { deselected, isSelected, relationsNamespace, SheetRewriter } from "./marked-sheet.ts";
import { plainStyles, StyleBook } from "./marked-styles.ts";
import type { RosterFile } from "./read-file.ts";
import type { FoundProblem } from "./report.ts";
import { surveySheet } from "./xlsx-survey.ts";
import { mainPart, readWorkbook, type WorkbookSheet } from "./xlsx-workbook.ts";
import { entryBytes, readDirectory, type ZipEntry } from "./zip.ts";
import { ZipStream } from "./zip-stream.ts";

type Entries = ReadonlyMap<string, ZipEntry>;
/** New content of a part; undefined: left out. */
type Part = (() => Iterable<Buffer> | AsyncIterable<Buffer>) | undefined;

export const worksheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
export const commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
export const stylesType = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
export const vmlType = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const types = "[Content_Types].xml";

/** Beyond it the beginning of a sheet is not looked through for what is selected; bytes. */
const longestHead = 4_000_000;

/** Relations of parts that only macros, and signatures that hold no longer, need. */
const leftOut = new Set(["vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "origin"]);

const binary = (text: string): Buffer => Buffer.from(text, "latin1");

class MarkedWorkbook {
  /** Parts that become others. */
  readonly #parts = new Map<string, Part>();
  readonly #overrides: Record<string, string> = {};
  readonly #dropped = new Set<string>();
  #styles = new StyleBook(plainStyles);
  #withoutComment = 0;
  #boxes = false;

  constructor(
    private readonly file: RosterFile,
    private readonly entries: Entries,
    private readonly input: Omit<ListInput, "withoutComment" | "sheet">,
  ) {}

  async *bytes(): AsyncGenerator<Buffer> {
    const main = (await mainPart(this.file, this.entries)).name;
    const index = await readWorkbook(this.file, this.entries);
    const folder = posix.dirname(main);
    const stylesPart = index.styles?.name ?? posix.join(folder, "styles.xml");
    const styles = await this.#text(index.styles?.name ?? "");
    if (styles !== undefined) this.#styles = new StyleBook(styles);
    const listStyles = new ListStyles(this.#styles);
    const relations = relationsIn(main, await this.#text(relationsPart(main)));
    const workbook = (await this.#text(main)) ?? "";
    const namespace = relationsNamespace(workbook);
    const bySheet = new Map<string | undefined, FoundProblem[]>();
    for (const problem of this.input.problems) {
      const list = bySheet.get(problem.sheet);
      if (list) list.push(problem);
      else bySheet.set(problem.sheet, [problem]);
    }
    const dropped = await this.#dropParts(main, namespace, earlierFront(workbook));
    for (const sheet of index.sheets) {
      if (this.#dropped.has(sheet.entry.name)) continue;
      await this.#sheet(sheet, bySheet.get(maskIdentities(sheet.name)) ?? [], namespace, folder);
    }
    for (const { part, type } of relations) if (type === "chartsheet" && part) await this.#deselect(part);
    const fresh: NewRelation[] = [];
    const front = [
      { name: listName, heading: listHeading, filter: listFilter(this.input.problems.length) },
      { name: countsName, heading: countsHeading, filter: countsFilter(this.input.report.counts.length) },
    ].map((sheet) => {
      const part = this.#freePart(posix.join(folder, "worksheets", "sheet"), ".xml");
      const id = freeId([...relations, ...fresh], "rIdMarks");
      fresh.push({ id, type: "worksheet", part });
      this.#overrides[part] = worksheetType;
      return { ...sheet, name: freeName(sheetNames(workbook, dropped), sheet.name), relation: id, part };
    });
    if (styles === undefined) {
      fresh.push({ id: freeId([...relations, ...fresh], "rIdMarks"), type: "styles", part: stylesPart });
      this.#overrides[stylesPart] = stylesType;
    }
    const relationsText = withRelations(main, await this.#text(relationsPart(main)), namespace, fresh, dropped);
    this.#parts.set(relationsPart(main), () => [binary(relationsText)]);
    this.#parts.set(main, () => [binary(withFrontSheets(workbook, front, dropped))]);
    const linkNames = new Map(index.sheets.map(({ name }) => [maskIdentities(name), name]));
    const input = { ...this.input, sheet: undefined, linkNames, withoutComment: this.#withoutComment };
    const [list, counts] = front;
    if (list) this.#parts.set(list.part, () => listSheet(input, listStyles));
    if (counts) this.#parts.set(counts.part, () => [countsSheet(input, listStyles)]);
    const contentTypes = withTypes((await this.#text(types)) ?? "", {
      defaults: this.#boxes ? { vml: vmlType } : {},
      overrides: this.#overrides,
      dropped: this.#dropped,
    });
    this.#parts.set(types, () => [binary(contentTypes)]);
    // Which styles are needed is known when all sheets are written.
    this.#parts.delete(stylesPart);
    yield* this.#write(stylesPart);
  }

  async *#write(stylesPart: string): AsyncGenerator<Buffer> {
    const zip = new ZipStream(this.input.now);
    for (const entry of this.entries.values()) {
      const part = this.#parts.get(entry.name);
      if (entry.name === stylesPart || this.#dropped.has(entry.name)) continue;
      if (part) yield* zip.add(entry.name, part());
      else yield* zip.copy(this.file, entry);
    }
    for (const [name, part] of this.#parts) if (part && !this.entries.has(name)) yield* zip.add(name, part());
    yield* zip.add(stylesPart, [binary(this.#styles.result())]);
    yield zip.end();
  }

  /** Marks of a sheet, and their comments. */
  async #sheet(sheet: WorkbookSheet, problems: readonly FoundProblem[], namespace: string, folder: string) {
    const part = sheet.entry.name;
    const { merges } = problems.length > 0 ? await surveySheet(this.file, sheet.entry) : { merges: [] };
    const found = marksOf(problems, merges);
    const earlier = await this.#earlier(part);
    if (found.length === 0 && !earlier) return this.#deselect(part);
    const noted = commented(found);
    this.#withoutComment += found.length - noted.length;
    const drawing = await this.#comments(part, noted, namespace, folder, earlier);
    const marks = withCleared(found, earlier?.cells ?? []);
    const { file } = this;
    const styles = this.#styles;
    this.#parts.set(part, async function* () {
      const rewriter = new SheetRewriter({ marks, styles, drawing });
      for await (const piece of entryBytes(file, sheet.entry)) {
        const text = rewriter.write(piece.toString("latin1"));
        if (text !== "") yield binary(text);
      }
      yield binary(rewriter.end());
    });
  }

  /** What the sheet still has of an earlier round. */
  async #earlier(part: string): Promise<EarlierComments | undefined> {
    const relations = relationsIn(part, await this.#text(relationsPart(part)));
    const comments = relations.find(({ type }) => type === "comments")?.part;
    const text = comments === undefined ? undefined : await this.#text(comments);
    return text === undefined ? undefined : earlierComments(text);
  }

  /** Writes the comments into the parts the sheet has, or into new ones; gives the drawing the sheet must name then. */
  async #comments(
    part: string,
    marks: readonly CellMark[],
    namespace: string,
    folder: string,
    earlier: EarlierComments | undefined,
  ) {
    const relationsText = await this.#text(relationsPart(part));
    const relations = relationsIn(part, relationsText);
    const fresh: NewRelation[] = [];
    const known = relations.find(({ type }) => type === "comments")?.part;
    const before = earlier?.text ?? (known === undefined ? undefined : await this.#text(known));
    const { text, added } =
      before === undefined ? { text: newComments(marks), added: marks } : mergedComments(before, marks);
    const comments = before === undefined || !known ? this.#freePart(posix.join(folder, "comments"), ".xml") : known;
    if (comments !== known) {
      fresh.push({ id: freeId(relations, "rIdMarks"), type: "comments", part: comments });
      this.#overrides[comments] = commentsType;
    }
    this.#parts.set(comments, () => [binary(text)]);
    const boxes = await this.#drawing(part, relations);
    const boxesBefore = boxes === undefined ? undefined : await this.#text(boxes);
    if (boxes !== undefined && boxesBefore !== undefined) {
      const kept = withoutBoxes(boxesBefore, earlier?.removed ?? []);
      const merged = mergedBoxes(kept, added);
      if (merged !== boxesBefore) this.#parts.set(boxes, () => [binary(merged)]);
      this.#relate(part, relationsText, namespace, fresh);
      return undefined;
    }
    const drawing = this.#freePart(posix.join(folder, "drawings", "vmlDrawing"), ".vml");
    const id = freeId([...relations, ...fresh], "rIdMarks");
    fresh.push({ id, type: "vmlDrawing", part: drawing });
    this.#boxes = true;
    this.#parts.set(drawing, () => [binary(newBoxes(added))]);
    this.#relate(part, relationsText, namespace, fresh);
    return { id, namespace };
  }

  #relate(part: string, before: string | undefined, namespace: string, fresh: readonly NewRelation[]): void {
    if (fresh.length === 0) return;
    const text = withRelations(part, before, namespace, fresh);
    this.#parts.set(relationsPart(part), () => [binary(text)]);
  }

  /** The drawing that the sheet names for its comments; other drawings belong to headers and footers. */
  async #drawing(part: string, relations: ReturnType<typeof relationsIn>): Promise<string | undefined> {
    const drawings = relations.filter(({ type, part: to }) => type === "vmlDrawing" && to !== undefined);
    if (drawings.length === 0) return undefined;
    const entry = this.entries.get(part);
    if (!entry) return undefined;
    // The element stands near the end.
    let tail = "";
    for await (const piece of entryBytes(this.file, entry)) tail = (tail + piece.toString("latin1")).slice(-1_000_000);
    const id = /<(?:[\w.-]+:)?legacyDrawing\s[^>]*?[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(tail)?.[1];
    return drawings.find((one) => one.id === id)?.part;
  }

  /** A sheet without marks changes only when it is a selected one. */
  async #deselect(part: string): Promise<void> {
    const entry = this.entries.get(part);
    if (!entry || !isSelected(await this.#head(entry))) return;
    const { file } = this;
    this.#parts.set(part, async function* () {
      let head = "";
      let done = false;
      for await (const piece of entryBytes(file, entry)) {
        if (done) {
          yield piece;
          continue;
        }
        head += piece.toString("latin1");
        if (!/sheetData/.test(head) && head.length < longestHead) continue;
        done = true;
        yield binary(deselected(head));
      }
      if (!done) yield binary(deselected(head));
    });
  }

  async #head(entry: ZipEntry): Promise<string> {
    let head = "";
    for await (const piece of entryBytes(this.file, entry)) {
      head += piece.toString("latin1");
      if (/sheetData/.test(head) || head.length > longestHead) break;
    }
    return head;
  }

  /** Takes out macros, signatures and our sheets of an earlier round; gives the relations of the workbook that go with them. */
  async #dropParts(main: string, namespace: string, earlier: ReadonlySet<string>): Promise<Set<string>> {
    const ids = new Set<string>();
    const drop = async (part: string): Promise<void> => {
      this.#dropped.add(part);
      const own = relationsPart(part);
      for (const { part: next } of relationsIn(part, await this.#text(own)))
        if (next !== undefined && !this.#dropped.has(next) && /vba|macro|_xmlsignatures/i.test(next)) await drop(next);
      this.#dropped.add(own);
    };
    for (const { id, type, part } of relationsIn(main, await this.#text(relationsPart(main)))) {
      if (!leftOut.has(type) && !earlier.has(id)) continue;
      ids.add(id);
      if (part !== undefined) await drop(part);
    }
    const rootText = await this.#text(relationsPart(""));
    const signed = relationsIn("", rootText).filter(({ type }) => leftOut.has(type));
    if (signed.length === 0 || rootText === undefined) return ids;
    for (const { part } of signed) if (part !== undefined) await drop(part);
    const text = withRelations("", rootText, namespace, [], new Set(signed.map(({ id }) => id)));
    this.#parts.set(relationsPart(""), () => [binary(text)]);
    return ids;
  }

  #freePart(before: string, after: string): string {
    let number = 1;
    const taken = (name: string) => this.entries.has(name) || this.#parts.has(name) || name in this.#overrides;
    while (taken(`${before}${number}${after}`)) number++;
    return `${before}${number}${after}`;
  }

  /** A part a character a byte; undefined when there is none. */
  async #text(name: string): Promise<string | undefined> {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    const found: Buffer[] = [];
    for await (const piece of entryBytes(this.file, entry)) found.push(piece);
    return Buffer.concat(found).toString("latin1");
  }
}

/** The bytes of the marked workbook. Throws AppError where the file is damaged. */
export async function* markedXlsx(
  file: RosterFile,
  input: Omit<ListInput, "withoutComment" | "sheet">,
): AsyncGenerator<Buffer> {
  yield* new MarkedWorkbook(file, await readDirectory(file), input).bytes();
}
