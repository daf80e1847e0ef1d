/** A row of text → a row for the staging table, with its problems noted; or nothing when the row is rejected. */
import { hash } from "node:crypto";
import type { ColumnValue } from "../rules/columns.ts";
import { parseDate } from "../rules/dates.ts";
import { type CellContext, type CellReading, readCell } from "./cells.ts";
import { fieldsOf, yearField } from "./fields.ts";
import type { MatchedColumn, MatchedHeading } from "./match.ts";
import type { SourceRow } from "./read.ts";
import type { Problem, ProblemList, RosterKind } from "./report.ts";
import { keyColumns, stageColumns } from "./stage.ts";

/** A reading with its columns as positions of the staged row; two plain lists, because this is done millions of times. */
type Prepared = Omit<CellReading, "values"> & {
  readonly positions: readonly number[];
  readonly values: readonly ColumnValue[];
};

interface PreparedColumn extends MatchedColumn {
  /** 同上 means the text above. */
  readonly repeats: boolean;
  /** What the texts met so far meant; rosters repeat themselves, so nearly every cell is found here. */
  readonly memory: Map<string, Prepared> | undefined;
}

const memorySize = 20_000;
const ditto = new Set(["同上", "〃", '"', "″", "''"]);
/** Columns whose texts hardly ever come twice. */
const unrepeated = new Set(["workerId", "name", "idNumber"]);
const dittoFields = new Set(["district", "department", "unit", "unitNature"]);

export interface CheckOptions extends CellContext {
  readonly kind: RosterKind;
  readonly year: number | undefined;
}

/** Checks the rows of one file. Remembers keys, so the second row about the same thing is found. */
export class RowChecker {
  readonly unmapped = { trades: new Set<string>(), districts: new Set<string>() };
  readonly #positions: ReadonlyMap<string, number>;
  readonly #names: readonly string[];
  readonly #trade: number;
  readonly #keys: readonly number[];
  readonly #required: readonly { readonly name: string; readonly zh: string; readonly position: number }[];
  readonly #seen = new Map<string, string>();
  readonly #holders = new Map<string, string>();
  readonly #otherYears = new Set<number>();
  #columns: readonly PreparedColumn[] = [];
  #width = 0;
  #sheet: string | undefined;
  #previous = new Map<number, string>();

  constructor(
    private readonly options: CheckOptions,
    private readonly problems: ProblemList,
  ) {
    const columns = stageColumns(options.kind);
    this.#names = columns.map(({ name }) => name);
    this.#positions = new Map(columns.map(({ name }, position) => [name, position]));
    this.#trade = this.#position("trade");
    this.#keys = keyColumns[options.kind].map((name) => this.#position(name));
    this.#required = fieldsOf(options.kind)
      .filter(({ required }) => required)
      .map(({ name, label }) => ({ name, zh: label.zh, position: this.#position(name) }));
  }

  /** Goes over to the columns of a heading. `sheet` only where problems must name it. */
  setHeading(heading: MatchedHeading, sheet: string | undefined): void {
    const memorable = (column: MatchedColumn) => !unrepeated.has(column.target.field.name);
    this.#columns = heading.columns.map((column) => ({
      ...column,
      repeats: dittoFields.has(column.target.field.name),
      memory: memorable(column) ? new Map() : undefined,
    }));
    this.#width = heading.width;
    this.#sheet = sheet;
    this.#previous = new Map();
  }

  /** The row in the order of `stageColumns`, or undefined when it is rejected (its errors are in the problem list). */
  check(source: SourceRow): ColumnValue[] | undefined {
    const row = new Array<ColumnValue>(this.#names.length).fill(null);
    const errorsBefore = this.problems.errors;
    let identity: CellReading["identity"];
    for (const column of this.#columns) {
      const text = this.#textOf(column, source);
      if (text === "") continue;
      const reading = this.#read(column, text);
      const { positions, values } = reading;
      for (let index = 0; index < positions.length; index++) {
        const position = positions[index] ?? 0;
        row[position] = joined(row[position], values[index] ?? null);
      }
      if (reading.problem) this.#note(source, column.heading, text, reading.problem);
      if (reading.unmapped) this.unmapped[reading.unmapped].add(text.trim());
      identity ??= reading.identity;
    }
    this.#checkYear(source, row);
    this.#checkWidth(source);
    this.#checkRequired(source, row);
    if (this.problems.errors === errorsBefore) this.#checkRepeated(source, row);
    if (this.problems.errors > errorsBefore) return undefined;
    if (identity) this.#checkIdentity(source, row, identity);
    row[this.#position("rowHash")] = this.#hash(row);
    row[this.#position("sourceRow")] = source.row;
    return row;
  }

  #position(name: string): number {
    const position = this.#positions.get(name);
    if (position === undefined) throw new Error(`no staged column ${name}`);
    return position;
  }

  #textOf(column: PreparedColumn, source: SourceRow): string {
    const raw = source.cells[column.index];
    if (raw === undefined || raw === "") return "";
    const text = raw.trim();
    if (!column.repeats) return text;
    const meant = ditto.has(text) ? (this.#previous.get(column.index) ?? text) : text;
    if (meant !== "") this.#previous.set(column.index, meant);
    return meant;
  }

  #read(column: PreparedColumn, text: string): Prepared {
    const known = column.memory?.get(text);
    if (known) return known;
    const { values, ...rest } = readCell(column.target, text, this.options);
    const positions = Object.keys(values).map((name) => this.#position(name));
    const prepared: Prepared = { ...rest, positions, values: Object.values(values) };
    if (column.memory && column.memory.size < memorySize) column.memory.set(text, prepared);
    return prepared;
  }

  #note(
    source: SourceRow,
    column: string | null,
    value: string | null,
    problem: Pick<Problem, "code" | "message" | "severity">,
  ): void {
    const sheet = this.#sheet === undefined ? {} : { sheet: this.#sheet };
    this.problems.add({ row: source.row, column, value, ...problem, ...sheet });
  }

  #heading(name: string): string {
    return this.#columns.find(({ target }) => target.field.name === name)?.heading ?? name;
  }

  #isBlank(name: string, source: SourceRow): boolean {
    const column = this.#columns.find(({ target }) => target.field.name === name);
    return column === undefined || !source.cells[column.index]?.trim();
  }

  /** The row's own year goes before the one given with the import; the report says where they differ. */
  #checkYear(source: SourceRow, row: ColumnValue[]): void {
    const name = yearField[this.options.kind];
    const position = this.#position(name);
    const { year } = this.options;
    const own = row[position];
    if (own === null && year !== undefined) {
      if (this.#isBlank(name, source)) row[position] = year;
    } else if (typeof own === "number" && year !== undefined && own !== year && !this.#otherYears.has(own)) {
      this.#otherYears.add(own);
      this.#note(source, this.#heading(name), String(own), {
        code: "year-differs",
        message: {
          zh: `该行的年度 ${own} 与导入时指定的 ${year} 不同：以行内为准（仅提示一次）`,
          en: `the row says ${own}, the import ${year}: the row counts (said once)`,
        },
        severity: "warning",
      });
    }
  }

  /** More cells than headings: most likely a comma inside a cell has shifted the rest. */
  #checkWidth(source: SourceRow): void {
    if (source.cells.length <= this.#width) return;
    const extra = source.cells.slice(this.#width).find((cell) => cell?.trim());
    if (extra === undefined) return;
    this.#note(source, null, extra, {
      code: "row-too-long",
      message: {
        zh: `该行多出了没有表头的内容“${extra}”（单元格内可能有未加引号的逗号）`,
        en: `"${extra}" stands beyond the last heading (an unquoted comma inside a cell?)`,
      },
      severity: "error",
    });
  }

  #checkRequired(source: SourceRow, row: readonly ColumnValue[]): void {
    for (const { name, zh, position } of this.#required) {
      if (row[position] !== null) continue;
      // A cell that could not be read has its own error already.
      if (!this.#isBlank(name, source)) continue;
      this.#note(source, this.#heading(name), null, {
        code: "required-missing",
        message: { zh: `缺少${zh}`, en: `${name} is missing` },
        severity: "error",
      });
    }
  }

  #checkRepeated(source: SourceRow, row: readonly ColumnValue[]): void {
    const key = this.#keys.map((position) => String(row[position])).join("\u0000");
    const earlier = this.#seen.get(key);
    const place = this.#sheet === undefined ? String(source.row) : `${this.#sheet}!${source.row}`;
    if (earlier === undefined) {
      this.#seen.set(key, place);
      return;
    }
    const workerId = String(row[this.#position("workerId")]);
    this.#note(source, this.#heading("workerId"), workerId, {
      code: this.options.kind === "workers" ? "duplicate-worker" : "duplicate-application",
      message: {
        zh: `人员编号 ${workerId} 与第 ${earlier} 行重复，只录入前一行`,
        en: `worker ${workerId} stands in row ${earlier} already; only that row is loaded`,
      },
      severity: "error",
    });
  }

  #checkIdentity(source: SourceRow, row: readonly ColumnValue[], identity: NonNullable<CellReading["identity"]>): void {
    const warn = (code: string, zh: string, en: string) =>
      this.#note(source, this.#heading("idNumber"), null, { code, message: { zh, en }, severity: "warning" });
    const born = row[this.#position("birthDateFrom")];
    const bornTo = row[this.#position("birthDateTo")];
    const day = parseDate(identity.birthDate)?.from ?? 0;
    const outside = (bound: ColumnValue | undefined, wrong: (bound: number) => boolean) =>
      typeof bound === "string" && wrong(parseDate(bound)?.from ?? day);
    if (outside(born, (from) => day < from) || outside(bornTo, (to) => day > to)) {
      warn("id-number-birth", "出生日期与身份证号不一致", "the date of birth differs from the identity number");
    }
    const sex = row[this.#position("sex")];
    if (typeof sex === "string" && sex !== identity.sex) {
      warn("id-number-sex", "性别与身份证号不一致", "the sex differs from the identity number");
    }
    const year = String(row[this.#position(yearField[this.options.kind])]);
    const holder = `${year} ${String(row[this.#position("idHash")])}`;
    const workerId = String(row[this.#position("workerId")]);
    const other = this.#holders.get(holder);
    if (other === undefined) this.#holders.set(holder, workerId);
    else {
      warn(
        "id-number-repeated",
        `与人员 ${other} 的身份证号相同，可能是同一人`,
        `the same identity number as worker ${other}: the same person twice?`,
      );
    }
  }

  /**
   * Of everything the row says; independent of the order of columns, of the file format and of columns it does not fill. The trade is
   * what the name is taken for, which the office may change: only the name itself counts.
   */
  #hash(row: readonly ColumnValue[]): string {
    let text = "";
    for (let position = 0; position < row.length; position++) {
      const value = row[position];
      if (value !== null && position !== this.#trade) text += `${this.#names[position]}=${value}\u001f`;
    }
    return hash("sha256", text, "hex").slice(0, 32);
  }
}

/** Columns per year fill one bit set together; everything else stands alone. */
function joined(before: ColumnValue | undefined, value: ColumnValue): ColumnValue {
  if (typeof before !== "bigint" || typeof value !== "bigint" || before === 0n) return value;
  return value === 0n ? before : before | value;
}
