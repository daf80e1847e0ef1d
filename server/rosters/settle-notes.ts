/** What the database says of staged rows of workers → problems that name the cell, the unit and the person. */
import type { Connection } from "../store/index.ts";
import { placeOf } from "./heading-places.ts";
import type { ImportRun } from "./import-run.ts";
import type { Problem } from "./report.ts";
import type { StageTable } from "./stage-table.ts";
import { Tally } from "./tally.ts";

/** A staged row that something is said of. */
export interface MetRow {
  readonly position: number;
  readonly sourceRow: number;
  /** Null for text tables. */
  readonly sheet: string | null;
  readonly year: number;
  readonly workerId: string;
  readonly name: string | null;
  readonly unit: string | null;
}

export interface Said {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Fields whose cell is meant: the first of them that the file has. */
  readonly cells: readonly string[];
  readonly value?: string | null;
  readonly taken?: string;
  /** The row is left out. */
  readonly rejected?: true;
  /** In the report once for each sheet, with a count. */
  readonly once?: true;
}

/** So many rows are in memory at a time. */
const pageRows = 5_000;

/** The rows of a table that has a `position`, with what is staged there, in the order of the file. */
export async function* metRows<R extends MetRow>(
  c: Connection,
  met: string,
  { filled }: StageTable,
): AsyncGenerator<R> {
  const has = (name: string) => filled.some((column) => column.name === name);
  const staged = ["sourceRow", "sheet", "name", "unit"]
    .map((name) => (has(name) ? `s."${name}"` : `NULL AS "${name}"`))
    .join(", ");
  let after = 0;
  for (;;) {
    const rows = await c.rows<R>(
      `SELECT m.*, ${staged}, s."workerId", s."rosterYear" AS year
       FROM (SELECT * FROM ${met} WHERE position > $after::INTEGER ORDER BY position LIMIT ${pageRows}) m
       JOIN roster_stage s USING (position) ORDER BY position`,
      { after },
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = last.position;
  }
}

export class StagedNotes {
  readonly #tally: Tally;

  constructor(private readonly run: ImportRun) {
    this.#tally = new Tally(run.problems);
  }

  add(row: MetRow, { code, zh, en, cells, value = null, taken, rejected, once }: Said): void {
    const { sheet, sourceRow, workerId, name, unit } = row;
    const problem: Problem = {
      row: sourceRow,
      ...placeOf(this.run.read.places, row, cells),
      value,
      code,
      message: { zh, en },
      severity: rejected ? "error" : "warning",
      ...(sheet === null ? {} : { sheet }),
      ...(taken === undefined ? {} : { taken }),
      ...(unit === null ? {} : { unit }),
    };
    const person = { workerId, ...(name === null ? {} : { name }) };
    if (rejected) this.run.rowsRejected++;
    if (once) this.#tally.add(`${sheet}\u0000${code}`, unit ?? undefined, problem, person);
    else this.run.problems.add(problem, person);
  }

  /** Adds what is said once with a count. Call at the end. */
  finish(): void {
    this.#tally.finish();
  }
}
