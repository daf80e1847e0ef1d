/** The staging tables: what a checked row looks like before it is published, and how it becomes a row of the table. */
import { factColumns } from "../rules/columns.ts";
import type { RosterKind } from "./report.ts";

export interface StageColumn {
  readonly name: string;
  /** Type in the staging table. */
  readonly type: string;
  /** Type in the table, where it differs: lists and records arrive as JSON text. */
  readonly castTo?: string;
  /** Bookkeeping, no part of what the file says of the row. */
  readonly own?: boolean;
}

const text = (...names: string[]): StageColumn[] => names.map((name) => ({ name, type: "VARCHAR" }));
const marks = (...names: string[]): StageColumn[] => names.map((name) => ({ name, type: "DOUBLE" }));

const bookkeeping: readonly StageColumn[] = [
  { name: "sheet", type: "VARCHAR", own: true },
  { name: "sourceRow", type: "INTEGER", own: true },
  { name: "rowHash", type: "VARCHAR", own: true },
];

const workerBase: readonly StageColumn[] = [
  { name: "rosterYear", type: "SMALLINT" },
  ...text("workerId", "name", "idHash", "idLast4", "district", "department", "unit", "unitNature", "trade", "tradeRaw"),
];

const base = new Set(workerBase.map(({ name }) => name));

const columns: Readonly<Record<RosterKind, readonly StageColumn[]>> = {
  workers: [
    ...workerBase,
    ...factColumns
      .filter(({ name }) => !base.has(name))
      .map(({ name, type, stageType }) => ({ name, type: stageType, ...(type === stageType ? {} : { castTo: type }) })),
    ...bookkeeping,
  ],
  applications: [
    { name: "examYear", type: "SMALLINT" },
    ...text("workerId", "district", "unit", "trade", "tradeRaw", "targetLevel", "module"),
    { name: "usesQuota", type: "BOOLEAN" },
    ...text("unitReview", "officeReview"),
    ...marks("selectionScore"),
    ...text("selectionPassed"),
    ...marks("theory", "skills", "defence", "lecture"),
    ...text("comprehensiveReview", "result"),
    { name: "certificateDate", type: "DATE" },
    ...bookkeeping,
  ],
};

/** Columns of the table that the file fills, in the order rows are staged. */
export function stageColumns(kind: RosterKind): readonly StageColumn[] {
  return columns[kind];
}

const bare = ({ castTo: _, ...column }: StageColumn): StageColumn => column;

/** Columns of the staging table: those of the table as the file fills them, and the position that keeps the rows in order. */
export const stagedColumns = (kind: RosterKind): readonly StageColumn[] => [
  ...stageColumns(kind).map(bare),
  { name: "position", type: "INTEGER", own: true },
];

/** What makes two rows rows about the same thing. */
export const keyColumns: Readonly<Record<RosterKind, readonly string[]>> = {
  workers: ["rosterYear", "workerId"],
  applications: ["examYear", "workerId", "targetLevel"],
};
