/** Rows about the same thing: keys that come twice, identity numbers under two worker numbers. */
import type { Message } from "../errors.ts";
import { yearField } from "./fields.ts";
import { error, warning } from "./reading.ts";
import type { RosterKind } from "./report.ts";
import type { PositionOf, RosterColumn } from "./row-columns.ts";
import type { RowState } from "./row-state.ts";
import { keyColumns } from "./stage.ts";

/** Where a row stands: its number, or sheet and number. */
type Place = number | string;

/** The map of a key, made when it is first asked for. */
function mapOf<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const known = maps.get(key);
  if (known) return known;
  const made = new Map<string, V>();
  maps.set(key, made);
  return made;
}

/** 第 5 行, 工作表“名册”第 5 行. */
function placeText(place: Place): Message {
  if (typeof place === "number") return { zh: `第 ${place} 行`, en: `row ${place}` };
  const cut = place.lastIndexOf("!");
  const [sheet, row] = [place.slice(0, cut), place.slice(cut + 1)];
  return { zh: `工作表“${sheet}”第 ${row} 行`, en: `row ${row} of sheet "${sheet}"` };
}

/** Remembers the rows of one file; by year (and level), so that a roster of a million needs no million of joined texts. */
export class RowKeys {
  readonly #seen = new Map<string, Map<string, Place>>();
  /** The values of the row before, and the rows of their key: most rows go on with it. */
  #group: { readonly values: readonly unknown[]; readonly seen: Map<string, Place> } | undefined;
  readonly #holders = new Map<string, Map<string, string>>();
  readonly #groups: readonly number[];
  readonly #year: number;
  readonly #workerId: number;
  readonly #idHash: number | undefined;

  constructor(
    private readonly kind: RosterKind,
    positionOf: PositionOf,
  ) {
    this.#groups = keyColumns[kind].filter((name) => name !== "workerId").map(positionOf);
    this.#year = positionOf(yearField[kind]);
    this.#workerId = positionOf("workerId");
    this.#idHash = kind === "workers" ? positionOf("idHash") : undefined;
  }

  /** Only the first row of a key is loaded. `place`: where the row stands, for the message about a later one. */
  checkRepeated(row: RowState, place: Place, column: RosterColumn | undefined): void {
    const seen = this.#seenWith(row);
    const workerId = String(row.values[this.#workerId]);
    const earlier = seen.get(workerId);
    if (earlier === undefined) {
      seen.set(workerId, place);
      return;
    }
    const said = placeText(earlier);
    row.note(
      column,
      workerId,
      error(
        this.kind === "workers" ? "duplicate-worker" : "duplicate-application",
        `人员编号 ${workerId} 与${said.zh}重复，只录入前一行`,
        `worker ${workerId} stands in ${said.en} already; only that row is loaded`,
      ),
    );
  }

  #seenWith(row: RowState): Map<string, Place> {
    const last = this.#group;
    if (last && this.#groups.every((position, index) => row.values[position] === last.values[index])) return last.seen;
    const values = this.#groups.map((position) => row.values[position]);
    const seen = mapOf(this.#seen, values.join(" "));
    this.#group = { values, seen };
    return seen;
  }

  /** The same identity number under two worker numbers of one year. */
  checkHolder(row: RowState, column: RosterColumn | undefined): void {
    if (this.#idHash === undefined) return;
    const holders = mapOf(this.#holders, String(row.values[this.#year]));
    const idHash = String(row.values[this.#idHash]);
    const workerId = String(row.values[this.#workerId]);
    const other = holders.get(idHash);
    if (other === undefined) {
      holders.set(idHash, workerId);
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
