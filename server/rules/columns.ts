/**
 * How a fact lies in a table: the one place that turns facts into column values and back. Bulk SQL, the roster loader and the
 * worker page share it.
 *
 * - A date is an interval: `<name>From`, `<name>To` (first and last possible day).
 * - A set of years is a bit set: bit (year − 1970) of a UBIGINT; years outside 1970…2033 cannot be stored.
 * - A map of years is one bit set per value (`appraisalsExcellent`, …; `continuingEducationPassed`, `…Failed`), null when the map is absent.
 * - A list is a LIST of STRUCT, with its dates as intervals too.
 */
import { type DateInterval, formatInterval, isoDate, parseDate } from "./dates.ts";
import { appraisalGrades, type FactDefinition, facts, type ItemField } from "./facts.ts";
import type { Facts } from "./parse-facts.ts";

export const firstStorableYear = 1970;
export const lastStorableYear = 2033;

/** A value as it is appended: ISO date strings for DATE, JSON text for lists (cast in SQL), bigint for bit sets. */
export type ColumnValue = string | number | boolean | bigint | null;

export interface FactColumn {
  readonly name: string;
  /** Type in the table. */
  readonly type: string;
  /** Type in the staging table: lists arrive as JSON text. */
  readonly stageType: string;
  readonly fact: string;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function itemFieldTypes(field: ItemField): string[] {
  switch (field.kind) {
    case "date":
      return [`"${field.name}From" DATE`, `"${field.name}To" DATE`];
    case "boolean":
      return [`"${field.name}" BOOLEAN`];
    case "integer":
      return [`"${field.name}" INTEGER`];
    case "number":
      return [`"${field.name}" DOUBLE`];
    case "enum":
    case "string":
      return [`"${field.name}" VARCHAR`];
  }
}

/** The columns of one fact, in order. */
export function columnsOf(definition: FactDefinition): FactColumn[] {
  const { name, type } = definition;
  const column = (suffix: string, sqlType: string, stageType = sqlType): FactColumn => ({
    name: `${name}${suffix}`,
    type: sqlType,
    stageType,
    fact: name,
  });
  switch (type.kind) {
    case "date":
      return [column("From", "DATE"), column("To", "DATE")];
    case "boolean":
      return [column("", "BOOLEAN")];
    case "integer":
      return [column("", "INTEGER")];
    case "number":
      return [column("", "DOUBLE")];
    case "enum":
    case "string":
      return [column("", "VARCHAR")];
    case "grades":
      return appraisalGrades.map((grade) => column(capital(grade), "UBIGINT"));
    case "flags":
      return [column("Passed", "UBIGINT"), column("Failed", "UBIGINT")];
    case "years":
      return [column("", "UBIGINT")];
    case "strings":
      return [column("", "VARCHAR[]", "VARCHAR")];
    case "list":
      return [column("", `STRUCT(${type.fields.flatMap(itemFieldTypes).join(", ")})[]`, "VARCHAR")];
    case "marks":
      return [column("", `STRUCT(${type.fields.map((field) => `"${field}" DOUBLE`).join(", ")})`, "VARCHAR")];
  }
}

/** Every fact column, in catalogue order. */
export const factColumns: readonly FactColumn[] = facts.flatMap(columnsOf);

/** Bit set of years; years that cannot be stored are left out. */
export function yearBits(years: Iterable<number>): bigint {
  let bits = 0n;
  for (const year of years) {
    if (year >= firstStorableYear && year <= lastStorableYear) bits |= 1n << BigInt(year - firstStorableYear);
  }
  return bits;
}

function yearsOfBits(bits: bigint): number[] {
  const years: number[] = [];
  for (let year = firstStorableYear; year <= lastStorableYear; year++) {
    if ((bits >> BigInt(year - firstStorableYear)) & 1n) years.push(year);
  }
  return years;
}

const yearsWhere = <T>(map: Readonly<Record<string, T | null>> | null | undefined, wanted: T): bigint | null =>
  map === null || map === undefined
    ? null
    : yearBits(
        Object.entries(map)
          .filter(([, found]) => found === wanted)
          .map(([year]) => Number(year)),
      );

function dateColumns(name: string, text: unknown): Record<string, string | null> {
  const interval = typeof text === "string" ? parseDate(text) : undefined;
  return {
    [`${name}From`]: interval ? isoDate(interval.from) : null,
    [`${name}To`]: interval ? isoDate(interval.to) : null,
  };
}

/** One fact → the values of its columns, for the staging table (see `FactColumn.stageType`). An absent fact gives nulls. */
export function encodeFact({ name, type }: FactDefinition, found: unknown): Record<string, ColumnValue> {
  const known = found ?? null;
  switch (type.kind) {
    case "date":
      return dateColumns(name, known);
    case "grades":
      return Object.fromEntries(
        appraisalGrades.map((grade) => [`${name}${capital(grade)}`, yearsWhere(known as Facts["appraisals"], grade)]),
      );
    case "flags": {
      const flags = known as Facts["continuingEducation"];
      return { [`${name}Passed`]: yearsWhere(flags, true), [`${name}Failed`]: yearsWhere(flags, false) };
    }
    case "years":
      return { [name]: known === null ? null : yearBits(known as readonly number[]) };
    case "list":
      return {
        [name]:
          known === null
            ? null
            : JSON.stringify(
                (known as readonly Record<string, unknown>[]).map((item) =>
                  Object.assign(
                    {},
                    ...type.fields.map((field) =>
                      field.kind === "date"
                        ? dateColumns(field.name, item[field.name])
                        : { [field.name]: item[field.name] ?? null },
                    ),
                  ),
                ),
              ),
      };
    case "strings":
      return { [name]: known === null ? null : JSON.stringify(known) };
    case "marks": {
      const marks = known as Facts["marks"] | null;
      return {
        [name]: marks
          ? JSON.stringify(Object.fromEntries(type.fields.map((field) => [field, marks[field] ?? null])))
          : null,
      };
    }
    case "boolean":
    case "integer":
    case "number":
    case "enum":
    case "string":
      return { [name]: known as ColumnValue };
  }
}

/** Facts → values by column name, for the staging table. Absent facts are null. */
export function encodeFacts(person: Facts): Record<string, ColumnValue> {
  const row: Record<string, ColumnValue> = {};
  for (const definition of facts) Object.assign(row, encodeFact(definition, person[definition.name as keyof Facts]));
  return row;
}

/** The SELECT list that turns a table with fact columns into values `decodeFacts` reads (lists as JSON text, bits as text). */
export const decodableColumns: string = factColumns
  .map(({ name, type }) =>
    type.endsWith("[]") || type.startsWith("STRUCT")
      ? `CAST(to_json("${name}") AS VARCHAR) AS "${name}"`
      : type === "DATE" || type === "UBIGINT"
        ? `CAST("${name}" AS VARCHAR) AS "${name}"`
        : `"${name}"`,
  )
  .join(", ");

/** First and last possible day as the shortest text that means them; undefined when unknown. */
export function decodeDate(from: unknown, to: unknown): string | undefined {
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  const first = parseDate(from);
  const last = parseDate(to);
  return first && last ? formatInterval({ from: first.from, to: last.to } satisfies DateInterval) : undefined;
}

const bitsOf = (text: unknown): bigint => (typeof text === "string" ? BigInt(text) : 0n);

/** The reverse of `encodeFacts`, on a row selected with `decodableColumns`. Unknown facts are absent. */
export function decodeFacts(row: Readonly<Record<string, unknown>>): Facts {
  const person: Record<string, unknown> = {};
  for (const { name, type } of facts) {
    const raw = row[name];
    switch (type.kind) {
      case "date":
        person[name] = decodeDate(row[`${name}From`], row[`${name}To`]);
        break;
      case "grades":
        if (typeof row[`${name}Excellent`] !== "string") break;
        person[name] = Object.fromEntries(
          appraisalGrades.flatMap((grade) =>
            yearsOfBits(bitsOf(row[`${name}${capital(grade)}`])).map((year) => [String(year), grade]),
          ),
        );
        break;
      case "flags":
        if (typeof row[`${name}Passed`] !== "string") break;
        person[name] = Object.fromEntries([
          ...yearsOfBits(bitsOf(row[`${name}Passed`])).map((year) => [String(year), true]),
          ...yearsOfBits(bitsOf(row[`${name}Failed`])).map((year) => [String(year), false]),
        ]);
        break;
      case "years":
        person[name] = typeof raw === "string" ? yearsOfBits(BigInt(raw)) : undefined;
        break;
      case "list":
        person[name] =
          typeof raw === "string"
            ? (JSON.parse(raw) as Record<string, unknown>[]).map((item) =>
                Object.fromEntries(
                  type.fields
                    .map((field) => [
                      field.name,
                      field.kind === "date"
                        ? decodeDate(item[`${field.name}From`], item[`${field.name}To`])
                        : item[field.name],
                    ])
                    .filter(([, found]) => found !== null && found !== undefined),
                ),
              )
            : undefined;
        break;
      case "strings":
        person[name] = typeof raw === "string" ? JSON.parse(raw) : undefined;
        break;
      case "marks":
        person[name] =
          typeof raw === "string"
            ? Object.fromEntries(Object.entries(JSON.parse(raw) as object).filter(([, mark]) => mark !== null))
            : undefined;
        break;
      case "boolean":
      case "integer":
      case "number":
      case "enum":
      case "string":
        person[name] = raw ?? undefined;
        break;
    }
    if (person[name] === undefined) delete person[name];
  }
  return person as Facts;
}

/** SQL for a list or record that was staged as JSON text. */
export const castStaged = (name: string, type: string): string => `CAST(CAST("${name}" AS JSON) AS ${type})`;

/** The SELECT list that turns staged values (see `FactColumn.stageType`) into table values. */
export const typedColumns: string = factColumns
  .map(({ name, type, stageType }) => (stageType === type ? `"${name}"` : `${castStaged(name, type)} AS "${name}"`))
  .join(", ");
