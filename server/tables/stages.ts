/** From being able to come forward to passing: how many come through each stage, and how much of the loss falls to it. */
import { wilson } from "../statistics/wilson.ts";
import { type Connection, namedQuery, type Params, type Row } from "../store/index.ts";
import { type Filters, filterParameters } from "./filters.ts";
import { type Grouping, groupColumns } from "./grouping.ts";
import { type ColumnType, madeTable } from "./made.ts";
import { sortedBy } from "./sorted.ts";
import type { Statement, TableRequest } from "./tables.ts";

/** In order; the position of a stage in the queries is its index + 1. */
export const stages = [
  "applied",
  "unitReview",
  "officeReview",
  "selected",
  "attended",
  "theory",
  "skills",
  "defence",
  "comprehensiveReview",
  "pass",
] as const;
export type Stage = (typeof stages)[number];

/** Columns with a list of people behind them, and the measure of the list. */
export const stageMeasures = [
  "stageBefore",
  "stageAfter",
  "stageLost",
  "stageOpen",
  "stageTook",
  "stageAlone",
] as const;

const figures = {
  targetLevel: "VARCHAR",
  stage: "VARCHAR",
  blocked: "INTEGER",
  soleBlocker: "INTEGER",
  unknown: "INTEGER",
  share: "DOUBLE",
  before: "INTEGER",
  after: "INTEGER",
  took: "INTEGER",
  conversion: "DOUBLE",
  low95: "DOUBLE",
  high95: "DOUBLE",
  closed: "BOOLEAN",
} as const satisfies Record<string, ColumnType>;

interface Counted extends Row {
  readonly targetLevel: string;
  readonly stage: string;
  readonly position: number;
  readonly before: number;
  readonly after: number;
  readonly lost: number;
  readonly open: number;
  readonly took: number;
  readonly alone: number;
}

/** What `applications-staged.sql` is asked with. Throws bad-input on a filter. */
export async function stagedParameters(c: Connection, filters: Filters, from = filters.year): Promise<Params> {
  return { ...(await filterParameters(c, filters)), level: filters.level ?? null, from };
}

const counts = ["before", "after", "lost", "open", "took", "alone"];

/**
 * A row for each stage of each level of each group, in the order of the stages. `share`: of the loss, ln(1/conversion) ÷ the sum
 * over the stages; where a stage lets nobody through the loss has no measure: every share of the funnel is null and that stage
 * is `closed`. `blocked`, `soleBlocker` and `unknown` are those stopped by the stage, those with nothing else against them, and
 * those whose stage is still to come. Throws bad-input on a filter.
 */
export async function stagesTable(c: Connection, request: TableRequest): Promise<Statement> {
  const { by } = request;
  const keys = groupColumns(by.filter((name) => name !== "level"));
  const counted = `SELECT * REPLACE (${counts.map((name) => `"${name}"::INTEGER AS "${name}"`).join(", ")})
    FROM (${namedQuery("stages")})`;
  const rows = await c.rows<Counted>(counted, { ...(await stagedParameters(c, request)), by });
  const groups = new Map<string, Counted[]>();
  for (const row of rows) {
    const key = JSON.stringify([...keys.map((name) => row[name] ?? null), row.targetLevel]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const shaped = [...groups.values()].flatMap((group) => funnelRows(group, keys, request.year));
  const order: Grouping[] = by.includes("level") ? [...by] : [...by, "level"];
  return madeTable(
    { ...Object.fromEntries(keys.map((key) => [key, "VARCHAR" as const])), examYear: "INTEGER", ...figures },
    sortedBy(shaped, order),
  );
}

function funnelRows(group: readonly Counted[], keys: readonly string[], examYear: number): Row[] {
  const first = group[0];
  if (!first) return [];
  const logs = new Map(group.flatMap((row) => (row.before > 0 ? [[row.stage, Math.log(row.before / row.after)]] : [])));
  const loss = [...logs.values()].reduce((sum, one) => sum + one, 0);
  return stages.flatMap((stage): Row[] => {
    const row = group.find((one) => one.stage === stage);
    if (!row) return [];
    const { before, after, lost, open, took, alone } = row;
    const interval = wilson(after, before);
    const own = logs.get(stage);
    return [
      {
        ...Object.fromEntries(keys.map((key) => [key, first[key] ?? null])),
        examYear,
        targetLevel: row.targetLevel,
        stage,
        blocked: lost,
        soleBlocker: alone,
        unknown: open,
        share: own === undefined || loss === 0 || !Number.isFinite(loss) ? null : own / loss,
        before,
        after,
        took,
        conversion: before === 0 ? null : after / before,
        low95: interval?.low ?? null,
        high95: interval?.high ?? null,
        closed: before > 0 && after === 0,
      },
    ];
  });
}
