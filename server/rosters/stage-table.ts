/** The checked rows of a file, before they are compared with the table they go to. */
import type { ColumnValue } from "../rules/columns.ts";
import type { Connection } from "../store/index.ts";
import type { RosterKind } from "./report.ts";
import { keyColumns, type StageColumn, stageColumns, stagedColumns } from "./stage.ts";

const quote = (name: string) => `"${name}"`;

/** What is compared and filled in whether the file has it or not. */
const always: Readonly<Record<RosterKind, readonly string[]>> = {
  workers: ["trade", "tradeRaw", "rowHash", "position"],
  applications: ["district", "unit", "trade", "tradeRaw", "sheet", "sourceRow", "rowHash", "position"],
};

/** The table `roster_stage` of one connection, which goes with it; columns are added as the rows need them. */
export class StageTable {
  readonly #columns = new Set<string>();

  private constructor(
    private readonly c: Connection,
    readonly kind: RosterKind,
  ) {}

  static async create(c: Connection, kind: RosterKind): Promise<StageTable> {
    const stage = new StageTable(c, kind);
    const names = [...keyColumns[kind], ...always[kind]];
    const columns = stagedColumns(kind).filter(({ name }) => names.includes(name));
    await c.run(
      `CREATE TEMP TABLE roster_stage (${columns.map(({ name, type }) => `${quote(name)} ${type}`).join(", ")})`,
    );
    for (const { name } of columns) stage.#columns.add(name);
    return stage;
  }

  /** Appends rows whose cells are those columns, in order. */
  async append(columns: readonly StageColumn[], rows: readonly (readonly ColumnValue[])[]): Promise<void> {
    for (const { name, type } of columns) {
      if (this.#columns.has(name)) continue;
      await this.c.run(`ALTER TABLE roster_stage ADD COLUMN ${quote(name)} ${type}`);
      this.#columns.add(name);
    }
    await this.c.append("roster_stage", columns, rows);
  }

  has(name: string): boolean {
    return this.#columns.has(name);
  }

  /** The columns of the table that the rows fill. */
  get filled(): readonly StageColumn[] {
    return stageColumns(this.kind).filter(({ name }) => this.#columns.has(name));
  }
}

/** What an application leaves out, the worker's newest roster up to the exam year says. */
export async function fillFromRosters(c: Connection): Promise<void> {
  await c.run(`
    UPDATE roster_stage SET
      district = coalesce(roster_stage.district, newest.found.district),
      unit = coalesce(roster_stage.unit, newest.found.unit),
      trade = CASE WHEN roster_stage."tradeRaw" IS NULL THEN newest.found.trade ELSE roster_stage.trade END,
      "tradeRaw" = coalesce(roster_stage."tradeRaw", newest.found."tradeRaw")
    FROM (
      SELECT s.position, max_by(struct_pack(district := w.district, unit := w.unit, trade := w.trade, "tradeRaw" := w."tradeRaw"), w."rosterYear") AS found
      FROM roster_stage s JOIN workers w ON w."workerId" = s."workerId" AND w."rosterYear" <= s."examYear"
      WHERE s.district IS NULL OR s.unit IS NULL OR s."tradeRaw" IS NULL
      GROUP BY s.position
    ) newest
    WHERE newest.position = roster_stage.position`);
}

export interface Unplaced {
  readonly sourceRow: number;
  /** Null for text tables. */
  readonly sheet: string | null;
  readonly workerId: string;
  readonly district: string | null;
  readonly unit: string | null;
}

/** Takes out the rows that still have no district or no unit. */
export async function takeUnplaced(c: Connection): Promise<Unplaced[]> {
  const rows = await c.rows<Unplaced>(
    'SELECT "sourceRow", sheet, "workerId", district, unit FROM roster_stage WHERE district IS NULL OR unit IS NULL ORDER BY position',
  );
  if (rows.length > 0) await c.run("DELETE FROM roster_stage WHERE district IS NULL OR unit IS NULL");
  return rows;
}
