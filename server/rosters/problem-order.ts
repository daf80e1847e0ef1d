/** Problems in the order of the file, whatever order they were found in. */
import type { FoundProblem } from "./report.ts";

const columnLetters = (cell: string | undefined): string => (cell ?? "").replace(/\d+$/, "");

/** By sheet as they came, then by row, errors before warnings, then by column; what is about the whole file first. */
export function inOrder(problems: readonly FoundProblem[]): FoundProblem[] {
  const sheets = new Map<string | undefined, number>();
  for (const { sheet } of problems) if (!sheets.has(sheet)) sheets.set(sheet, sheets.size);
  const place = ({ sheet, row }: FoundProblem) => (row === null ? -1 : (sheets.get(sheet) ?? 0));
  const letters = ({ cell }: FoundProblem) => columnLetters(cell);
  return [...problems].sort(
    (a, b) =>
      place(a) - place(b) ||
      (a.row ?? 0) - (b.row ?? 0) ||
      (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0) ||
      letters(a).length - letters(b).length ||
      (letters(a) < letters(b) ? -1 : letters(a) > letters(b) ? 1 : 0),
  );
}
