/** Rows about the same thing: keys that come twice, identity numbers under two worker numbers. */
import { error, warning } from "./reading.ts";
import type { RosterKind } from "./report.ts";
import type { PositionOf, RosterColumn } from "./row-columns.ts";
import type { RowState } from "./row-state.ts";
import { keyColumns } from "./stage.ts";

/** Remembers the rows of one file. */
export class RowKeys {
  readonly #seen = new Map<string, string>();
  readonly #holders = new Map<string, string>();
  readonly #keys: readonly number[];
  readonly #workerId: number;
  readonly #idHash: number | undefined;

  constructor(
    private readonly kind: RosterKind,
    positionOf: PositionOf,
  ) {
    this.#keys = keyColumns[kind].map(positionOf);
    this.#workerId = positionOf("workerId");
    this.#idHash = kind === "workers" ? positionOf("idHash") : undefined;
  }

  /** Only the first row of a key is loaded. `place`: where the row stands, for the message about a later one. */
  checkRepeated(row: RowState, place: string, column: RosterColumn | undefined): void {
    const key = this.#keys.map((position) => String(row.values[position])).join("\u0000");
    const earlier = this.#seen.get(key);
    if (earlier === undefined) {
      this.#seen.set(key, place);
      return;
    }
    const workerId = String(row.values[this.#workerId]);
    row.note(
      column,
      workerId,
      error(
        this.kind === "workers" ? "duplicate-worker" : "duplicate-application",
        `人员编号 ${workerId} 与第 ${earlier} 行重复，只录入前一行`,
        `worker ${workerId} stands in row ${earlier} already; only that row is loaded`,
      ),
    );
  }

  /** The same identity number under two worker numbers of one year. */
  checkHolder(row: RowState, column: RosterColumn | undefined): void {
    if (this.#idHash === undefined) return;
    const holder = `${String(row.values[this.#keys[0] ?? 0])} ${String(row.values[this.#idHash])}`;
    const workerId = String(row.values[this.#workerId]);
    const other = this.#holders.get(holder);
    if (other === undefined) {
      this.#holders.set(holder, workerId);
      return;
    }
    row.note(
      column,
      null,
      warning(
        "id-number-repeated",
        `与人员 ${other} 的身份证号相同，可能是同一人`,
        `the same identity number as worker ${other}: the same person twice?`,
      ),
    );
  }
}
