/** What became of the exam years on file, by every grouping a backtest looks at. */
import type { TargetLevel } from "../rules/facts.ts";
import { type Connection, namedQuery } from "../store/index.ts";
import type { Grouping } from "../tables/grouping.ts";
import { type Measure, measures } from "./types.ts";

/** A grouping as the forecast is asked for it; level last. */
export type By = readonly Grouping[];
export const views: readonly By[] = [
  [],
  ["level"],
  ["unit"],
  ["unit", "level"],
  ["trade"],
  ["trade", "level"],
  ["district"],
  ["district", "level"],
];
export const viewName = (by: By): string => by.join(",");

/** A cell of a view: its unit, trade or district ("" for all, "unknown" for the unknown trade), and its level where there is one. */
export interface CellName {
  readonly group: string;
  readonly level: TargetLevel | null;
}
export const cellKey = ({ group, level }: CellName): string => `${group}\t${level ?? ""}`;

/** Counts of one cell and exam year, by measure. */
export type Counts = Readonly<Record<Measure, number>>;

/** A cell and its counts by exam year. */
export interface Cell {
  readonly name: CellName;
  readonly years: Map<number, Counts>;
}

export interface Actuals {
  /** Exam years in which a measure was counted, ascending: a cell that is missing then had nobody. */
  readonly years: Readonly<Record<Measure, readonly number[]>>;
  /** By view and cell. */
  readonly views: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
}

const groupingSets = views.map((by) => `("examYear"${by.map((part) => `, ${columnOf(part)}`).join("")})`);

function columnOf(part: Grouping): string {
  return part === "level" ? '"targetLevel"' : part;
}

type Row = Counts & {
  readonly examYear: number;
  readonly view: string;
  readonly group: string | null;
  readonly level: TargetLevel | null;
};

/** Years with rosters (of those who could come forward) and with applications (of all else). */
export async function countedYears(c: Connection): Promise<Actuals["years"]> {
  const [found] = await c.rows<{ eligible: number[] | null; applied: number[] | null }>(
    `SELECT (SELECT list(DISTINCT "examYear"::INTEGER ORDER BY "examYear"::INTEGER) FROM eligibility) AS eligible,
       (SELECT list(DISTINCT "examYear"::INTEGER ORDER BY "examYear"::INTEGER) FROM applications) AS applied`,
  );
  const applied = found?.applied ?? [];
  return { planningEligible: found?.eligible ?? [], applicants: applied, quotaUsed: applied, passes: applied };
}

/** Counts every exam year on file, units and trades by the names they bear in the exam year after the origin. */
export async function loadActuals(c: Connection, origin: number): Promise<Actuals> {
  const view = views.map((by) => {
    const parts = ["unit", "trade", "district", "level"].map((part) => (by.some((one) => one === part) ? 0 : 1));
    return `WHEN ${parts.reduce<number>((bits, bit) => bits * 2 + bit, 0)} THEN '${viewName(by)}'`;
  });
  const rows = await c.rows<Row>(
    `SELECT "examYear", CASE grouping(unit, trade, district, "targetLevel") ${view.join(" ")} END AS view,
       CASE WHEN grouping(trade) = 0 THEN coalesce(trade, 'unknown') ELSE coalesce(unit, district, '') END AS "group",
       CASE WHEN grouping("targetLevel") = 0 THEN "targetLevel" END AS level,
       ${measures.map((name) => `sum("${name}")::INTEGER AS "${name}"`).join(", ")}
     FROM (${namedQuery("backtest-actuals")}) GROUP BY GROUPING SETS (${groupingSets.join(", ")})`,
    { origin },
  );
  const found = new Map<string, Map<string, Cell>>();
  for (const by of views) found.set(viewName(by), new Map());
  for (const row of rows) {
    const cells = found.get(row.view);
    const name = { group: row.group ?? "", level: row.level };
    const key = cellKey(name);
    const cell = cells?.get(key) ?? { name, years: new Map<number, Counts>() };
    cell.years.set(row.examYear, row);
    cells?.set(key, cell);
  }
  return { years: await countedYears(c), views: found };
}
