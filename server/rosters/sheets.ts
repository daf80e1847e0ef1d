/** The rows of a file → rows of data: below the headings, without what printed tables have between and under them. */
import { AppError, badInput } from "../errors.ts";
import { headingProblems } from "./heading-problems.ts";
import type { MatchedHeading, Matcher } from "./match.ts";
import type { CellNote, Source, SourceRow } from "./read.ts";
import { cellAddress } from "./read-address.ts";
import type { Problem, RosterKind } from "./report.ts";
import { chooseSheets, type PeekedSheet } from "./sheets-choice.ts";
import { type FoundHeading, findHeading, isBlank, missingText } from "./sheets-heading.ts";
import { RowKinds, signature } from "./sheets-kinds.ts";

/** Rows that are no data, by what they are. */
export type SkippedRows = "notes" | "totals" | "headings" | "examples";

export type Piece =
  /** First of all: how many rows the chosen sheets seem to hold. */
  | { readonly kind: "expected"; readonly rows: number }
  | { readonly kind: "heading"; readonly sheet: string | null; readonly row: number; readonly heading: MatchedHeading }
  | { readonly kind: "row"; readonly source: SourceRow }
  | { readonly kind: "skipped"; readonly what: SkippedRows }
  | { readonly kind: "problem"; readonly problem: Problem };

export interface SheetOptions {
  readonly kind: RosterKind;
  readonly match: Matcher;
  /** The import names the year, so the column may be absent. */
  readonly yearGiven: boolean;
  /** Other columns whose values the import names, so they may be absent. */
  readonly given?: readonly string[] | undefined;
  /** The worksheet to read, instead of all that hold rows of the kind. */
  readonly sheet?: string | undefined;
  /** Most rows of data; default a million. */
  readonly limitRows?: number | undefined;
}

export const defaultLimitRows = 1_000_000;

/** A formula that failed, as spreadsheets show it. */
const formulaError = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA)$/i;

type Warn = Pick<Problem, "row" | "column" | "value" | "code" | "message"> & Partial<Problem>;

/** Rows that a heading may take besides its first. */
const lookedAhead = 2;

/** Reads one worksheet. */
class SheetReader {
  readonly #sheet: string | null;
  readonly #above: readonly SourceRow[];
  #heading: MatchedHeading;
  #kinds: RowKinds;
  /** Columns within the width that have no heading. */
  #nameless: readonly number[] = [];
  #hiddenRows = 0;
  /** Below a table that is none of this kind. */
  #foreign = false;
  readonly #warnedColumns = new Set<number>();
  #out: Piece[] = [];

  constructor(
    private readonly peeked: PeekedSheet & { readonly found: FoundHeading },
    private readonly options: SheetOptions,
  ) {
    const { found, first, sheet } = peeked;
    this.#sheet = sheet.name;
    const end = found.rows.at(-1)?.row ?? 0;
    this.#above = first.filter(({ row }) => row <= end);
    this.#heading = found.heading;
    this.#kinds = new RowKinds(found.heading, this.#above, options.match);
  }

  async *pieces(): AsyncGenerator<readonly Piece[]> {
    const { found, sheet } = this.peeked;
    const { hiddenColumns } = await sheet.about();
    this.#beginTable(found);
    const hidden = this.#heading.columns.filter(({ index }) => hiddenColumns.includes(index));
    if (hidden.length > 0) this.#hiddenColumns(hidden.map(({ heading }) => heading));
    const end = found.rows.at(-1)?.row ?? 0;
    let waiting: SourceRow[] = [];
    for await (const batch of sheet.rows()) {
      waiting.push(...batch.filter(({ row, cells }) => row > end && !cells.every(isBlank)));
      waiting = this.#readRows(waiting, lookedAhead);
      yield this.#take();
    }
    this.#readRows(waiting, 0);
    if (this.#hiddenRows > 0) this.#hiddenRowsNote();
    yield this.#take();
  }

  #take(): readonly Piece[] {
    const pieces = this.#out;
    this.#out = [];
    return pieces;
  }

  /** Reads the rows, keeping back so many of the last; returns those. */
  #readRows(rows: readonly SourceRow[], kept: number): SourceRow[] {
    let at = 0;
    while (at < rows.length - kept) {
      const source = rows[at];
      if (!source) break;
      at += this.#readRow(source, rows.slice(at + 1, at + 1 + lookedAhead));
    }
    return rows.slice(at);
  }

  /** How many rows were used: one, or all of a heading. */
  #readRow(source: SourceRow, next: readonly SourceRow[]): number {
    const what = this.#kinds.classOf(source);
    if (what === "heading") return this.#headingAgain(source, next);
    if (what === "example") this.#skip("examples");
    else if (what === "data" && !this.#foreign) this.#dataRow(source);
    else if (what !== "blank") {
      this.#skip(what === "total" ? "totals" : "notes");
      if (!this.#foreign) this.#skippedRow(source);
    }
    return 1;
  }

  #skip(what: SkippedRows): void {
    this.#out.push({ kind: "skipped", what });
  }

  /** The heading comes again on every printed page; another table may begin with another one. */
  #headingAgain(first: SourceRow, next: readonly SourceRow[]): number {
    const again = this.#above.some((row) => signature(row) === signature(first));
    const found = again ? undefined : findHeading([first, ...next], this.options);
    if (found?.rows[0] !== first) {
      if (again) this.#foreign = false;
      this.#skip("headings");
      return 1;
    }
    this.#foreign = found.missing.length > 0;
    if (this.#foreign) this.#foreignTable(found);
    else this.#beginTable(found);
    return found.rows.length;
  }

  #beginTable({ heading, rows, byPart }: FoundHeading): void {
    const { columns, unknown, repeated, width } = heading;
    this.#heading = heading;
    this.#kinds = new RowKinds(heading, [...this.#above, ...rows], this.options.match);
    const named = new Set([...columns, ...unknown, ...repeated].map(({ index }) => index));
    this.#nameless = Array.from({ length: width }, (_, index) => index).filter((index) => !named.has(index));
    const row = rows.at(-1)?.row ?? 1;
    this.#out.push({ kind: "heading", sheet: this.#sheet, row, heading });
    for (const problem of headingProblems(heading, this.options.kind, row, this.#sheet)) {
      this.#out.push({ kind: "problem", problem });
    }
    for (const { index, full, part } of byPart) {
      this.#warn({
        row,
        column: full,
        value: full,
        taken: part,
        cell: cellAddress(index, row),
        code: "heading-by-part",
        message: { zh: `表头“${full}”按“${part}”读取，请核对`, en: `heading "${full}" was taken for "${part}"` },
      });
    }
  }

  #dataRow(source: SourceRow): void {
    let row = source;
    if (source.hidden) this.#hiddenRows++;
    for (const note of source.notes ?? []) {
      // Which numbers matter the check knows.
      if (note.what !== "imprecise") this.#cellNote(source, note);
    }
    for (const { index, heading } of this.#heading.columns) {
      const text = source.cells[index];
      // 35 is "#": this is asked of every cell of the file.
      if (text === undefined || text.charCodeAt(0) !== 35 || !formulaError.test(text.trim())) continue;
      row = { ...row, cells: row.cells.map((cell, at) => (at === index ? "" : cell)) };
      this.#warn({
        row: source.row,
        column: heading,
        value: text,
        cell: cellAddress(index, source.row),
        code: "cell-error",
        message: {
          zh: `单元格的公式出错（${text}），按空白处理`,
          en: `the formula of the cell failed (${text}): taken as empty`,
        },
      });
    }
    this.#namelessColumns(source);
    // Text tables keep what is too long: a comma without quotes has most likely shifted the row, and the check says so.
    const { width } = this.#heading;
    if (this.#sheet !== null && row.cells.length > width) row = { ...row, cells: row.cells.slice(0, width) };
    this.#out.push({ kind: "row", source: row });
  }

  #namelessColumns({ cells, filled, row }: SourceRow): void {
    const { width } = this.#heading;
    const end = this.#sheet === null ? width : cells.length;
    if (this.#nameless.length === 0 && end <= width) return;
    const beyond = Array.from({ length: Math.max(0, end - width) }, (_, at) => width + at);
    for (const index of [...this.#nameless, ...beyond]) {
      if (isBlank(cells[index]) || filled?.includes(index) || this.#warnedColumns.has(index)) continue;
      this.#warnedColumns.add(index);
      const cell = cellAddress(index, row);
      const letters = cell.replace(/\d+$/, "");
      this.#warn({
        row,
        column: null,
        value: cells[index] ?? "",
        cell,
        code: "column-without-heading",
        message: {
          zh: `${letters} 列没有表头，列中内容未读取（仅提示一次）`,
          en: `column ${letters} has no heading and was not read (said once)`,
        },
      });
    }
  }

  #cellNote({ row, cells }: SourceRow, { index, what, text }: CellNote): void {
    const column = this.#heading.columns.find((one) => one.index === index);
    if (!column) return;
    const [code, zh, en] =
      what === "uncalculated"
        ? [
            "formula-uncalculated",
            "公式没有计算结果，按空白处理：请在 Excel 或 WPS 中打开并保存一次",
            "a formula without a result: taken as empty (open the file in a spreadsheet program and save it)",
          ]
        : [
            "external-link",
            "单元格的值取自另一个工作簿：已按文件中保存的结果读取，请核对",
            "the value comes from another workbook: the result kept in the file was taken",
          ];
    const kept = cells[index]?.trim() ?? "";
    const taken = kept === "" ? {} : { taken: kept };
    const cell = cellAddress(index, row);
    this.#warn({ row, column: column.heading, value: text, cell, code, message: { zh, en }, ...taken });
  }

  #skippedRow(source: SourceRow): void {
    const text = source.cells.find((cell) => !isBlank(cell))?.trim() ?? "";
    this.#warn({
      row: source.row,
      column: null,
      value: text,
      code: "row-ignored",
      message: { zh: `不是数据行（${text}），未读取`, en: `not a row of data ("${text}"), not read` },
    });
  }

  #foreignTable(found: FoundHeading): void {
    const { zh, en } = missingText(found, this.#sheet);
    this.#warn({
      row: found.rows.at(-1)?.row ?? 1,
      column: null,
      value: null,
      code: "table-ignored",
      message: { zh: `${zh}，其下各行未读取`, en: `${en}; the rows below it were not read` },
      severity: "error",
    });
  }

  #hiddenColumns(headings: readonly string[]): void {
    this.#warn({
      row: null,
      column: null,
      value: headings.join("、"),
      code: "columns-hidden",
      message: {
        zh: `列“${headings.join("”“")}”是隐藏的，已照常读取`,
        en: `hidden columns were read like the others: ${headings.join(", ")}`,
      },
    });
  }

  #hiddenRowsNote(): void {
    this.#warn({
      row: null,
      column: null,
      value: String(this.#hiddenRows),
      code: "rows-hidden",
      message: {
        zh: `有 ${this.#hiddenRows} 行是隐藏的（可能是筛选），已照常读取`,
        en: `${this.#hiddenRows} hidden rows (by a filter?) were read like the others`,
      },
    });
  }

  #warn(problem: Warn): void {
    const place = this.#sheet === null ? {} : { sheet: this.#sheet };
    this.#out.push({ kind: "problem", problem: { severity: "warning", ...problem, ...place } });
  }
}

export const tooManyRows = (limit: number) =>
  new AppError(
    "too-large",
    {
      zh: `数据行过多：上限 ${limit.toLocaleString("en")} 行，请分成几个文件导入`,
      en: `too many rows of data: at most ${limit.toLocaleString("en")}; split the file`,
    },
    { reason: "too-many-rows", limitRows: limit },
  );

/**
 * Throws AppError bad-input naming the place when the file is empty, no sheet has a heading, the heading lacks a required column or
 * the chosen sheet is not there; too-large when there are more rows than the limit. Blank rows are left out without a word.
 */
export async function* dataRows(source: Source, options: SheetOptions): AsyncGenerator<readonly Piece[]> {
  const { limitRows = defaultLimitRows } = options;
  const { chosen, problems } = await chooseSheets(source, options, options.sheet);
  let expected = 0;
  for (const { sheet } of chosen) expected += (await sheet.about()).rows;
  const ofFile = source.warnings.map(
    ({ code, message }): Problem => ({ row: null, column: null, value: null, code, message, severity: "warning" }),
  );
  yield [
    { kind: "expected", rows: expected },
    ...[...ofFile, ...problems].map((problem): Piece => ({ kind: "problem", problem })),
  ];
  let data = 0;
  for (const sheet of chosen) {
    for await (const pieces of new SheetReader(sheet, options).pieces()) {
      data += pieces.reduce((rows, { kind }) => (kind === "row" ? rows + 1 : rows), 0);
      if (data > limitRows) throw tooManyRows(limitRows);
      if (pieces.length > 0) yield pieces;
    }
  }
  if (data === 0)
    throw badInput("表头下面没有数据行", "there is no row of data below the heading", { reason: "no-rows" });
}
