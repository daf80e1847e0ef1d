/** The fingerprint of a staged row, by which a row that says the same as before is known. */
import { hash } from "node:crypto";
import type { ColumnValue } from "../rules/columns.ts";
import type { RosterKind } from "./report.ts";
import { type StageColumn, stagedColumns } from "./stage.ts";

/**
 * Fills column rowHash of rows whose cells stand in the order of `columns`: the hash of everything a row says, independent of the order
 * of columns, of the file format and of columns it does not fill. The trade is what the name is taken for, which the office may change:
 * only the name itself counts. Not done where rows are checked: that thread has the most to do.
 */
export function fillHashes(kind: RosterKind, columns: readonly StageColumn[], rows: readonly ColumnValue[][]): void {
  const order = new Map(stagedColumns(kind).map(({ name }, index) => [name, index]));
  const said = columns
    .flatMap(({ name, own }, position) => (own || name === "trade" ? [] : [{ name, position }]))
    .sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  const target = columns.findIndex(({ name }) => name === "rowHash");
  for (const row of rows) {
    let text = "";
    for (const { name, position } of said) {
      const value = row[position] ?? null;
      if (value !== null) text += `${name}=${value}\u001f`;
    }
    row[target] = hash("sha256", text, "hex").slice(0, 32);
  }
}
