/** Whose a row is when it names an identity number and no worker number, as registration rosters do and some units' lists of workers. */
import type { Connection } from "../store/index.ts";
import { hashIdentity } from "./identity.ts";
import { warning } from "./reading.ts";
import type { RosterColumn } from "./row-columns.ts";
import type { RowState } from "./row-state.ts";

/** Hash of an identity number → its worker numbers with the first roster year of each, the earliest first. */
export type WorkersByIdentity = ReadonlyMap<string, readonly { readonly workerId: string; readonly since: number }[]>;

export async function loadWorkersByIdentity(c: Connection): Promise<WorkersByIdentity> {
  const rows = await c.rows<{ idHash: string; workerId: string; since: number }>(
    `SELECT "idHash", "workerId", min("rosterYear") AS since FROM workers WHERE "idHash" IS NOT NULL
     GROUP BY ALL ORDER BY since, "workerId"`,
  );
  const found = new Map<string, { workerId: string; since: number }[]>();
  for (const { idHash, workerId, since } of rows) {
    const known = found.get(idHash);
    if (known) known.push({ workerId, since });
    else found.set(idHash, [{ workerId, since }]);
  }
  return found;
}

/** A number made of the keyed hash: this and so many characters of the hash, enough that no two people share one. */
export const derivedPrefix = "身份-";
export const derivedLength = 12;

const derivedNumber = (hash: string) => `${derivedPrefix}${hash.slice(0, derivedLength)}`;

export interface NamingOptions {
  /** Positions in the row. */
  readonly workerId: number;
  readonly examYear: number;
  readonly columns: ReadonlyMap<string, RosterColumn>;
  readonly workers: WorkersByIdentity;
  readonly identityKey: Buffer;
}

/**
 * Fills in a worker number that is missing: the one the person had on the rosters before the exam, or else one made of the keyed hash,
 * which stays the same from file to file. A number that is there but unreadable stays an error.
 */
export function nameWorker(row: RowState, { workerId, examYear, columns, workers, identityKey }: NamingOptions): void {
  const own = columns.get("workerId");
  if (row.values[workerId] !== null || !row.identity || (own && row.hasError(own))) return;
  const column = own ?? columns.get("idNumber");
  const hash = hashIdentity(row.identity.number, identityKey);
  const known = workers.get(hash) ?? [];
  const year = Number(row.values[examYear] ?? Number.NaN);
  const found = known.findLast(({ since }) => since <= year) ?? known[0];
  if (found) {
    row.values[workerId] = found.workerId;
    row.note(
      column,
      null,
      warning(
        "worker-id-taken",
        "人员编号为空：按身份证号在人员名册中找到",
        "the worker number is empty: found in the rosters by the identity number",
        { taken: found.workerId, once: "column" },
      ),
    );
    return;
  }
  const derived = derivedNumber(hash);
  row.values[workerId] = derived;
  row.note(
    column,
    null,
    warning(
      "worker-id-derived",
      `人员编号为空，人员名册中也没有此身份证号：按身份证号编为 ${derived}。导入人员名册后，请撤销本次导入再重新导入`,
      `the worker number is empty and no roster has this identity number: called ${derived}. Once the roster is imported, undo this import and repeat it`,
      { taken: derived },
    ),
  );
}

/**
 * Gives a row of a workers' roster the number made of its identity where it has none; which number the rosters have for the person,
 * the database says when the row is published.
 */
export function deriveWorker(
  row: RowState,
  { workerId, columns, identityKey }: Pick<NamingOptions, "workerId" | "columns" | "identityKey">,
): void {
  const own = columns.get("workerId");
  if (row.values[workerId] !== null || !row.identity || (own && row.hasError(own))) return;
  row.values[workerId] = derivedNumber(hashIdentity(row.identity.number, identityKey));
}
