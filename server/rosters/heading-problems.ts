/** What the report says about the headings that were left out. */

import { suggestions } from "./heading-suggestions.ts";
import { describeTarget, type MatchedHeading } from "./match.ts";
import { cellAddress } from "./read-address.ts";
import type { Problem, RosterKind } from "./report.ts";

/** Unlike enough to need no mention. */
const worthAsking = 0.5;

/** Warnings about unknown and repeated columns, in the order of the columns. `sheet`: null for text tables. */
export function headingProblems(
  { columns, unknown, repeated, ignored }: MatchedHeading,
  kind: RosterKind,
  row: number,
  sheet: string | null,
): Problem[] {
  const problem = (index: number, heading: string, code: string, zh: string, en: string): Problem => ({
    row,
    column: heading,
    value: null,
    code,
    message: { zh, en },
    severity: "warning",
    cell: cellAddress(index, row),
    ...(sheet === null ? {} : { sheet }),
  });
  const said = new Set(ignored.map(({ index }) => index));
  const taken = new Set(columns.map(({ target }) => target.field.name));
  return [
    ...unknown.flatMap(({ index, heading, leftOut }) => {
      if (leftOut || said.has(index)) return [];
      const [like] = suggestions(heading, kind).filter(({ name, score }) => score >= worthAsking && !taken.has(name));
      const [zh, en] = like ? [`；是否指“${like.label.zh}”？`, `; did you mean ${like.name}?`] : ["", ""];
      return problem(
        index,
        heading,
        "column-unknown",
        `没有名为“${heading}”的列，该列未录入${zh}`,
        `unknown column "${heading}", left out${en}`,
      );
    }),
    ...ignored.map(({ index, heading, target, counts }) => {
      const { zh, en } = describeTarget(target);
      const isRead = columns.some((column) => column.index === index);
      return problem(
        index,
        heading,
        "column-remembered-ignored",
        `列“${heading}”以前对照为“${zh}”，但本文件另有“${counts}”列：以“${counts}”为准，“${heading}”${isRead ? "按本来的含义录入" : "未录入"}`,
        `column "${heading}" was matched to ${en} before, but the file has "${counts}", which counts; this one was ${isRead ? "read as named" : "left out"}`,
      );
    }),
    ...repeated.map(({ index, heading, counts }) =>
      problem(
        index,
        heading,
        "column-repeated",
        `列“${heading}”与列“${counts}”含义相同：以“${counts}”为准，该列未录入`,
        `column "${heading}" means the same as "${counts}", which counts; this one was left out`,
      ),
    ),
  ].sort((a, b) => (a.cell ?? "").length - (b.cell ?? "").length || ((a.cell ?? "") < (b.cell ?? "") ? -1 : 1));
}
