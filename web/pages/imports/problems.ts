/** Pure: the problems of a report, narrowed and counted. */
import type { RosterProblem } from "../../api/import-types.ts";

export interface ProblemFilter {
  readonly severity: "" | RosterProblem["severity"];
  readonly code: string;
  /** Undefined: every unit; "": problems that name none. */
  readonly unit: string | undefined;
  readonly q: string;
}

const names = { severity: "severity", code: "code", unit: "rowUnit", q: "find" } as const;

/** The filter of an address. */
export function readProblemFilter(search: URLSearchParams): ProblemFilter {
  const severity = search.get(names.severity);
  return {
    severity: severity === "error" || severity === "warning" ? severity : "",
    code: search.get(names.code) ?? "",
    unit: search.get(names.unit) ?? undefined,
    q: search.get(names.q) ?? "",
  };
}

/** The address with the filter changed; what filters nothing is not written. */
export function changeProblemFilter(search: URLSearchParams, change: Partial<ProblemFilter>): URLSearchParams {
  const next = { ...readProblemFilter(search), ...change };
  const out = new URLSearchParams(search);
  const put = (name: string, value: string | undefined, written: boolean) =>
    written && value !== undefined ? out.set(name, value) : out.delete(name);
  put(names.severity, next.severity, next.severity !== "");
  put(names.code, next.code, next.code !== "");
  put(names.unit, next.unit, next.unit !== undefined);
  put(names.q, next.q, next.q !== "");
  return out;
}

/** "江都!F12", "F12", "F12:F14、F20", or where only a row or nothing is known: "江都!12", "". `most`: so many addresses, then "…". */
export function placeOf({ sheet, cell, row, addresses }: RosterProblem, most = Number.POSITIVE_INFINITY): string {
  const several = addresses && `${addresses.slice(0, most).join("、")}${addresses.length > most ? "…" : ""}`;
  const at = several ?? cell ?? (row === null ? "" : String(row));
  if (sheet === undefined) return at;
  return at === "" ? sheet : `${sheet}!${at}`;
}

export const isNarrowed = ({ severity, code, unit, q }: ProblemFilter): boolean =>
  severity !== "" || code !== "" || unit !== undefined || q.trim() !== "";

export function filterProblems(problems: readonly RosterProblem[], filter: ProblemFilter): RosterProblem[] {
  const q = filter.q.trim().toLowerCase();
  return problems.filter(
    (problem) =>
      (filter.severity === "" || problem.severity === filter.severity) &&
      (filter.code === "" || problem.code === filter.code) &&
      (filter.unit === undefined || (problem.unit ?? "") === filter.unit) &&
      (q === "" ||
        [placeOf(problem), problem.column, problem.value, problem.taken, problem.message.zh, problem.message.en].some(
          (text) => text?.toLowerCase().includes(q),
        )),
  );
}

export interface UnitCount {
  /** "" for problems that name no unit. */
  readonly unit: string;
  readonly errors: number;
  readonly warnings: number;
}

/** The units the listed problems are about, those with the most errors first, then the most warnings. */
export function countByUnit(problems: readonly RosterProblem[]): UnitCount[] {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { unit = "", severity, cells = 1 } of problems) {
    const count = counts.get(unit) ?? { errors: 0, warnings: 0 };
    counts.set(unit, count);
    if (severity === "error") count.errors += cells;
    else count.warnings += cells;
  }
  return [...counts]
    .map(([unit, count]) => ({ unit, ...count }))
    .sort((a, b) => b.errors - a.errors || b.warnings - a.warnings || (a.unit < b.unit ? -1 : 1));
}
