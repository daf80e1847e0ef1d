/** The coverage of a rulebook's conditions by its cases, as a table for people. */
import type { CoverageRow } from "../rules/coverage.ts";
import type { Rulebook } from "../rules/rulebook.ts";

const columns = ["level", "condition", "met", "unmet", "unknown", "decides", "gaps"] as const;

/** One line a condition and level; the condition stands with its key where several share an id. */
export function coverageTable(book: Rulebook, rows: readonly CoverageRow[]): string {
  const cells = rows.map(({ level, id, key, role, met, unmet, unknown, decides, gaps }) => [
    level,
    [id === key ? id : `${id} (${key})`, ...(role === "condition" ? [] : [role])].join(" "),
    ...[met, unmet, unknown, decides].map(String),
    gaps.join(", ") || "-",
  ]);
  const widths = columns.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  const open = rows.filter(({ gaps }) => gaps.length > 0).length;
  return [
    book.id,
    line(columns),
    ...cells.map(line),
    `${book.id}: ${rows.length} 个条件，${open} 个有缺口${open > 0 ? "（不影响退出码）" : ""} · ${rows.length} conditions, ${open} with gaps${open > 0 ? " (the exit code does not tell)" : ""}`,
    "",
    "",
  ].join("\n");
}
