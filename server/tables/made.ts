/** Rows that were worked out in the program, as a statement like any other: for JSON, CSV and Arrow alike. */
import type { Row } from "../store/index.ts";
import type { Statement } from "./tables.ts";

export type ColumnType = "VARCHAR" | "INTEGER" | "DOUBLE" | "BOOLEAN";
export type Columns = Readonly<Record<string, ColumnType>>;

/** The rows in the order given; a value that is missing is null. */
export function madeTable(columns: Columns, rows: readonly Row[]): Statement {
  const names = Object.keys(columns);
  const shape = JSON.stringify([{ ...columns, position: "INTEGER" }]);
  const placed = rows.map((row, position) => ({ ...row, position }));
  return {
    sql: `SELECT ${names.map((name) => `"${name}"`).join(", ")}
      FROM (SELECT unnest(from_json($rows::VARCHAR, '${shape}'), recursive := true)) ORDER BY position`,
    params: { rows: JSON.stringify(placed) },
    columns: names,
  };
}
