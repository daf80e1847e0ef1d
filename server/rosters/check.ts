/** A row of text → a row for the staging table, with its problems noted; or nothing when the row is rejected. */
import { type ColumnValue, columnsOf } from "../rules/columns.ts";
import { findFact } from "../rules/facts.ts";
import type { CellContext } from "./cells.ts";
import { yearField } from "./fields.ts";
import { type GivenValue, takeGiven } from "./given.ts";
import { maskIdentities, maskIdentity } from "./identity.ts";
import type { MatchedHeading } from "./match.ts";
import type { SourceRow } from "./read.ts";
import { error, warning } from "./reading.ts";
import type { ProblemList, ProblemPerson, RosterKind } from "./report.ts";
import { type PositionOf, RosterColumn } from "./row-columns.ts";
import { fillOpen, settleIdentity, settleTransfer } from "./row-facts.ts";
import { RowKeys } from "./row-keys.ts";
import { RowLayout } from "./row-layout.ts";
import { RowReport } from "./row-report.ts";
import { checkRequired, checkWidth, checkYear, type RequiredField, requiredFields } from "./row-shape.ts";
import { RowState } from "./row-state.ts";
import { deriveWorker, nameWorker, type WorkersByIdentity } from "./row-worker.ts";
import type { StageColumn } from "./stage.ts";
import { compact, isRepeat } from "./values.ts";

export interface CheckOptions extends Omit<CellContext, "from1904"> {
  readonly kind: RosterKind;
  readonly year: number | undefined;
  /** For rows that leave it open. */
  readonly given?: readonly GivenValue[] | undefined;
}

/** Names in the worklists of the report. */
const mostUnmapped = 5_000;

/** Checks the rows of one file, then `finish`. Remembers keys, so the second row about the same thing is found. */
export class RowChecker {
  /** Workers on file by their identity numbers; asked for where applications name people by them. */
  workers: WorkersByIdentity = new Map();
  readonly unmapped = { trades: new Set<string>(), districts: new Set<string>() };
  readonly #layout: RowLayout;
  readonly #required: readonly RequiredField[];
  readonly #keys: RowKeys;
  readonly #report: RowReport;
  readonly #otherYears = new Set<number>();
  #context: CellContext;
  #columns: readonly RosterColumn[] = [];
  /** Read last: which years their cells speak of may depend on the row's year. */
  #lists: readonly RosterColumn[] = [];
  #byField: ReadonlyMap<string, RosterColumn> = new Map();
  #width = 0;

  constructor(
    private readonly options: CheckOptions,
    problems: ProblemList,
  ) {
    this.#layout = new RowLayout(options.kind);
    // A row has room for what it takes from elsewhere before the first cell is read.
    for (const name of [yearField[options.kind], ...(options.given ?? []).map(({ field }) => field)])
      this.#position(name);
    this.#required = requiredFields(options.kind, this.#position);
    this.#keys = new RowKeys(options.kind, this.#position);
    this.#report = new RowReport(problems);
    this.#context = { ...options, from1904: false };
  }

  /** Goes over to the columns of a heading. `sheet` only where problems must name it. */
  setHeading(heading: MatchedHeading, sheet: string | undefined): void {
    const columns = heading.columns.map((column) => new RosterColumn(column, this.#position));
    this.#columns = columns.filter(({ list }) => list === undefined);
    // By heading, so that the order of the columns makes no difference.
    this.#lists = columns.filter(({ list }) => list !== undefined).sort((a, b) => (a.heading < b.heading ? -1 : 1));
    this.#byField = new Map(columns.toReversed().map((column) => [column.field, column]));
    this.#width = heading.width;
    this.#report.sheet = sheet;
  }

  /** The columns of the rows so far. Later rows may have more of them, at the end. */
  get columns(): readonly StageColumn[] {
    return this.#layout.columns;
  }

  /**
   * The row in the order of `columns`, or undefined when it is rejected (its errors are in the problem list). `position`: its number
   * among the rows of the file.
   */
  check(source: SourceRow, position: number): ColumnValue[] | undefined {
    const { kind, year } = this.options;
    const row = new RowState(source, this.#layout.columns.length);
    this.#readCells(row);
    checkYear(row, this.#position(yearField[kind]), this.#byField.get(yearField[kind]), year, this.#otherYears);
    for (const column of this.#lists) this.#readYears(column, row);
    fillOpen(row, this.#position);
    settleTransfer(row, this.#byField, this.#position);
    if (this.options.given) takeGiven(row, this.options.given, this.#byField, this.#position);
    checkWidth(row, this.#width);
    this.#nameWorker(row);
    checkRequired(row, this.#required, this.#byField);
    if (row.errors === 0) this.#keys.checkRepeated(row, this.#place(source), this.#byField.get("workerId"));
    if (kind === "workers" && row.errors === 0 && row.identity) {
      settleIdentity(row, row.identity, this.#byField, this.#position);
      this.#keys.checkHolder(row, this.#byField.get("idNumber"));
    }
    if (row.noted.length > 0) {
      this.#report.add(row, this.#said(row, "unit"), this.#person(row));
    }
    if (row.errors > 0) return undefined;
    // Filled in where the row is staged.
    row.values[this.#position("rowHash")] = null;
    row.values[this.#position("sheet")] = source.sheet;
    row.values[this.#position("sourceRow")] = source.row;
    row.values[this.#position("position")] = position;
    return row.values;
  }

  /** Adds the warnings that are said once with a count. Call after the last row. */
  finish(): void {
    this.#report.finish();
  }

  #nameWorker(row: RowState): void {
    const { kind, identityKey } = this.options;
    const options = { workerId: this.#position("workerId"), columns: this.#byField, identityKey };
    if (kind === "workers") deriveWorker(row, options);
    else nameWorker(row, { ...options, examYear: this.#position("examYear"), workers: this.workers });
  }

  readonly #position: PositionOf = (name) => this.#layout.positionOf(name);

  #said(row: RowState, name: string): string | undefined {
    const value = this.#layout.knows(name) ? row.values[this.#position(name)] : undefined;
    return typeof value === "string" ? maskIdentities(value) : undefined;
  }

  #person(row: RowState): ProblemPerson {
    const [workerId, name] = [this.#said(row, "workerId"), this.#said(row, "name")];
    return { ...(workerId === undefined ? {} : { workerId }), ...(name === undefined ? {} : { name }) };
  }

  #place({ row }: SourceRow): number | string {
    const { sheet } = this.#report;
    return sheet === undefined ? row : `${sheet}!${row}`;
  }

  #readCells(row: RowState): void {
    const { from1904 = false, notes } = row.source;
    if (this.#context.from1904 !== from1904) this.#context = { ...this.#context, from1904 };
    for (const column of this.#columns) {
      const raw = row.source.cells[column.index];
      const known = raw ? column.known(raw) : undefined;
      if (raw && known?.plain) {
        column.above = raw;
        row.take(column, known);
        continue;
      }
      const text = this.#textOf(column, row);
      if (text === "") continue;
      const imprecise = notes?.some(({ index, what }) => index === column.index && what === "imprecise") ?? false;
      const reading = column.known(text) ?? column.read(text, this.#context, imprecise);
      row.take(column, reading);
      if (reading.unmapped) {
        const list = this.unmapped[reading.unmapped];
        if (list.size < mostUnmapped) list.add(maskIdentities(text));
      }
    }
  }

  /** Text of the cell, or of the one above where the cell says 同上. */
  #textOf(column: RosterColumn, row: RowState): string {
    const text = row.text(column);
    if (text === column.above) return text;
    if (!isRepeat(text)) {
      column.above = text;
      return text;
    }
    if (column.above === "") {
      row.note(
        column,
        text,
        error(
          "repeat-empty",
          `“${text}”：上一行同一列没有可以沿用的内容`,
          `"${text}": the row above holds nothing to repeat`,
        ),
      );
      return "";
    }
    const taken = column.field === "idNumber" ? maskIdentity(compact(column.above)) : column.above;
    row.note(
      column,
      text,
      warning("repeat-taken", "“同上”按上一行同一列的内容录入", "taken from the cell above", { taken, once: "text" }),
    );
    return column.above;
  }

  #readYears(column: RosterColumn, row: RowState): void {
    const text = this.#textOf(column, row);
    const { list } = column;
    if (text === "" || list === undefined) return;
    const rosterYear = Number(row.values[this.#position(yearField[this.options.kind])] ?? Number.NaN);
    const reading = column.readList(list, text, rosterYear);
    if (reading.problem) row.note(column, row.text(column), reading.problem);
    const definition = findFact(list);
    const group = definition ? columnsOf(definition).map(({ name }) => this.#position(name)) : [];
    if (!row.takeYears(reading, group)) return;
    row.note(
      column,
      row.text(column),
      warning(
        "years-differ",
        "与按年度分列填写的结果不一致：以分列的为准",
        "differs from the columns of single years: those are kept",
      ),
    );
  }
}
