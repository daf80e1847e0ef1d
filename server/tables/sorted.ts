/** The order of the tables (`grouping.ts`) for rows that were worked out in the program. */
import { targetLevels } from "../rules/facts.ts";
import type { Row } from "../store/index.ts";
import type { Grouping } from "./grouping.ts";

const levels: readonly unknown[] = targetLevels;
const level = (row: Row) => levels.indexOf(row.targetLevel);
/** By code point, as the database orders text; null last. */
const text = (a: unknown, b: unknown) =>
  a === b ? 0 : a === null || a === undefined ? 1 : b === null || b === undefined ? -1 : String(a) < String(b) ? -1 : 1;

/** A copy in the order of the grouping; rows that are alike in it stay as they stand. */
export function sortedBy<R extends Row>(rows: readonly R[], by: readonly Grouping[]): R[] {
  return [...rows].sort((a, b) => {
    for (const name of by) {
      const order = name === "level" ? level(a) - level(b) : text(a[name], b[name]);
      if (order !== 0) return order;
    }
    return 0;
  });
}
