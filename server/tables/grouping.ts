/** Grouping of a table: what stands in `--by` and `by=`, checked, and the columns each part brings. */
import { badInput } from "../errors.ts";
import { targetLevels } from "../rules/facts.ts";

export const groupings = ["district", "trade", "unit", "level"] as const;
export type Grouping = (typeof groupings)[number];

interface GroupColumns {
  /** Columns in the result: the code first, then the name where it differs. */
  readonly columns: readonly string[];
  readonly order: string;
}

const ladder = targetLevels.map((level, index) => `WHEN '${level}' THEN ${index}`).join(" ");

const columnsOf: Record<Grouping, GroupColumns> = {
  district: { columns: ["district", "districtName"], order: "district" },
  trade: { columns: ["trade"], order: "trade NULLS LAST" },
  unit: { columns: ["unit", "unitName"], order: "unit" },
  level: { columns: ["targetLevel"], order: `CASE "targetLevel" ${ladder} END` },
};

/** "district,unit" → the parts in the order asked for; empty text is no grouping. Throws on an unknown or repeated part. */
export function parseBy(text: string): Grouping[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const seen: Grouping[] = [];
  for (const name of names) {
    const known = groupings.find((one) => one === name);
    const details = { property: "by", value: name, allowed: groupings };
    if (!known) {
      throw badInput(
        `分组 by 的值 ${name} 无效（可用：${groupings.join("、")}，以逗号分隔）`,
        `invalid by: ${name} (expected a comma-separated list of ${groupings.join(", ")})`,
        details,
      );
    }
    if (seen.includes(known)) throw badInput(`分组 ${name} 重复`, `${name} stands twice in by`, details);
    seen.push(known);
  }
  return seen;
}

/** The result columns of a grouping, codes and names. */
export function groupColumns(by: readonly Grouping[]): string[] {
  return by.flatMap((name) => columnsOf[name].columns);
}

const quote = (name: string) => `"${name}"`;

/**
 * Wraps a named query of the finest grain: SELECT group columns, exam year, figures … GROUP BY. Only names of this file and
 * of the caller's code get into the text, never what a user typed.
 */
export function grouped(
  finest: string,
  by: readonly Grouping[],
  figures: readonly { readonly name: string; readonly sql: string }[],
): { sql: string; columns: string[] } {
  const keys = groupColumns(by);
  const select = [
    ...keys.map(quote),
    '$examYear::INTEGER AS "examYear"',
    ...figures.map(({ name, sql }) => `${sql} AS ${quote(name)}`),
  ];
  const tail = by.length === 0 ? "" : ` GROUP BY ${keys.map(quote).join(", ")} ORDER BY ${orderBy(by)}`;
  return {
    sql: `SELECT ${select.join(", ")} FROM (${finest}) AS finest${tail}`,
    columns: [...keys, "examYear", ...figures.map(({ name }) => name)],
  };
}

/** What stands behind ORDER BY for a grouping. */
export function orderBy(by: readonly Grouping[]): string {
  return by.map((name) => columnsOf[name].order).join(", ");
}
