/** Problems parted by the unit whose rows they are about. */
import { problemName } from "./problem-names.ts";
import type { FoundProblem } from "./report.ts";

export interface UnitProblems {
  /** Null: the rows do not say. */
  readonly unit: string | null;
  readonly problems: readonly FoundProblem[];
  /** Safe as the name of a file, and unlike all others; without ending. */
  readonly fileName: string;
}

/** For rows that name no unit. */
export const noUnit = "未写明单位";
export const summaryName = "汇总";

/** Names Windows keeps for devices. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** Characters of a file name, so that paths stay short enough. */
const longestName = 60;

/** Any text as a file name that Windows, macOS and Linux take, without ending. */
export function safeFileName(text: string): string {
  const plain = [
    ...text
      .normalize("NFC")
      .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  ]
    .slice(0, longestName)
    .join("")
    .replace(/[. ]+$/, "")
    .replace(/^[. ]+/, "");
  if (plain === "") return "_";
  return devices.test(plain) ? `_${plain}` : plain;
}

/** A name that is not among those taken; systems do not tell large from small letters. */
function unlike(taken: Set<string>, wish: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish}（${number}）`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

/** The problems of rows by unit, units by name and those without one last. What is about the file or a heading is no unit's. */
export function byUnit(problems: readonly FoundProblem[]): { units: UnitProblems[]; ofFile: FoundProblem[] } {
  const groups = new Map<string | null, FoundProblem[]>();
  const ofFile: FoundProblem[] = [];
  for (const problem of problems) {
    const { unit = null, row } = problem;
    // The heading has no person and no unit; rows without both have an error about what is missing.
    if (unit === null && (row === null || !aboutRow(problem))) {
      ofFile.push(problem);
      continue;
    }
    const group = groups.get(unit);
    if (group) group.push(problem);
    else groups.set(unit, [problem]);
  }
  const taken = new Set([summaryName, noUnit]);
  const named = [...groups].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b, "zh-CN")));
  const units = named.map(([unit, list]) => ({
    unit,
    problems: list,
    fileName: unit === null ? noUnit : unlike(taken, safeFileName(unit)),
  }));
  return { units, ofFile };
}

/** Codes of problems that stand in a row of the sheet but are not about a person's row. */
const ofSheet = new Set([
  "column-unknown",
  "column-repeated",
  "column-remembered",
  "column-remembered-ignored",
  "column-without-heading",
  "heading-by-part",
  "row-ignored",
  "table-ignored",
]);

const aboutRow = ({ code }: FoundProblem): boolean => !ofSheet.has(code);

/** How many problems of each code there are, the most frequent first. */
export function countsByCode(
  problems: readonly FoundProblem[],
): { code: string; name: string; severity: FoundProblem["severity"]; count: number }[] {
  const counts = new Map<string, { code: string; name: string; severity: FoundProblem["severity"]; count: number }>();
  for (const { code, severity } of problems) {
    const key = `${severity} ${code}`;
    const known = counts.get(key) ?? { code, name: problemName(code), severity, count: 0 };
    known.count++;
    counts.set(key, known);
  }
  return [...counts.values()].sort((a, b) => a.severity.localeCompare(b.severity) || b.count - a.count);
}
