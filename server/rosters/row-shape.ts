/** Whether a row is whole: its year, its required cells, nothing beyond the heading. */
import { fieldsOf } from "./fields.ts";
import { error, warning } from "./reading.ts";
import type { RosterKind } from "./report.ts";
import type { PositionOf, RosterColumn } from "./row-columns.ts";
import type { RowState } from "./row-state.ts";

export interface RequiredField {
  readonly name: string;
  readonly zh: string;
  readonly position: number;
}

export const requiredFields = (kind: RosterKind, positionOf: PositionOf): RequiredField[] =>
  fieldsOf(kind)
    .filter(({ required }) => required)
    .map(({ name, label }) => ({ name, zh: label.zh, position: positionOf(name) }));

export function checkRequired(
  row: RowState,
  required: readonly RequiredField[],
  columns: ReadonlyMap<string, RosterColumn>,
): void {
  for (const { name, zh, position } of required) {
    if (row.values[position] !== null) continue;
    const column = columns.get(name);
    // A cell that could not be read has its own error already.
    if (column && row.hasError(column)) continue;
    const text = column ? row.text(column) : "";
    row.note(column, text === "" ? null : text, error("required-missing", `缺少${zh}`, `${name} is missing`), name);
  }
}

/** The row's own year goes before the one given with the import; the report says once for each year where they differ. */
export function checkYear(
  row: RowState,
  position: number,
  column: RosterColumn | undefined,
  given: number | undefined,
  said: Set<number>,
): void {
  const own = row.values[position];
  if (given === undefined || own === given) return;
  if (own === null) {
    if (!column || !row.hasError(column)) row.values[position] = given;
  } else if (typeof own === "number" && !said.has(own)) {
    said.add(own);
    row.note(
      column,
      String(own),
      warning(
        "year-differs",
        `该行的年度 ${own} 与导入时指定的 ${given} 不同：以行内为准（仅提示一次）`,
        `the row says ${own}, the import ${given}: the row counts (said once)`,
      ),
    );
  }
}

/** More cells than headings: most likely a comma inside a cell has shifted the rest. */
export function checkWidth(row: RowState, width: number): void {
  const { cells } = row.source;
  if (cells.length <= width) return;
  const index = cells.findIndex((cell, at) => at >= width && cell?.trim());
  const extra = cells[index];
  if (extra === undefined) return;
  row.noteAt(
    index,
    extra,
    error(
      "row-too-long",
      `该行多出了没有表头的内容“${extra}”（单元格内可能有未加引号的逗号）`,
      `"${extra}" stands beyond the last heading (an unquoted comma inside a cell?)`,
    ),
  );
}
