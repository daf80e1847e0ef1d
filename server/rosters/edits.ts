/** Edits of the tables that the office keeps: each is one transaction and one new data version. */
import { type Connection, dataVersion, publish, type Store } from "../store/index.ts";
import { timestamp } from "./timestamp.ts";

export interface Editor {
  /** Name of the caller. */
  readonly who: string;
  readonly now?: Date | undefined;
}

export interface Edited<T> {
  readonly value: T;
  /** Data version in force afterwards. */
  readonly version: number;
}

/** What an edit did; without a reason nothing changed and nothing is published. */
export interface Change<T> {
  readonly value: T;
  /** For the list of publications: "unit change 甲 → 乙 2022". */
  readonly reason?: string | undefined;
}

/** Runs an edit; it is visible whole or not at all. */
export function edit<T>(
  store: Store,
  { now = new Date() }: Pick<Editor, "now">,
  work: (c: Connection, at: string) => Promise<Change<T>>,
): Promise<Edited<T>> {
  return store.transaction(async (c) => {
    const { value, reason } = await work(c, timestamp(now));
    const version = reason === undefined ? (await dataVersion(c)).version : await publish(c, reason, now);
    return { value, version };
  });
}
