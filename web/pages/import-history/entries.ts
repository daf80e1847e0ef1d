/** Pure: which entries of the history are shown, and what may become of each. */
import type { RosterKind } from "../../api/import-types.ts";
import type { ImportEntry } from "../../api/roster-types.ts";

export interface HistoryFilter {
  readonly kind: RosterKind | undefined;
  readonly year: number | undefined;
}

export function readHistoryFilter(search: URLSearchParams): HistoryFilter {
  const [kind, year] = [search.get("kind"), search.get("year") ?? ""];
  return {
    kind: kind === "workers" || kind === "applications" ? kind : undefined,
    year: /^\d{4}$/.test(year) ? Number(year) : undefined,
  };
}

/** Number of the entry that an address points at. */
export function readEntry(search: URLSearchParams): number | undefined {
  const text = search.get("entry") ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export const filterEntries = (entries: readonly ImportEntry[], { kind, year }: HistoryFilter): readonly ImportEntry[] =>
  entries.filter(
    (entry) => (kind === undefined || entry.kind === kind) && (year === undefined || entry.years.includes(year)),
  );

/** The years that any entry is of, the newest first. */
export const yearsOf = (entries: readonly ImportEntry[]): readonly number[] =>
  [...new Set(entries.flatMap(({ years }) => years))].sort((a, b) => b - a);

export type UndoState =
  | { readonly state: "possible" }
  | { readonly state: "undone"; readonly by: number }
  | { readonly state: "is-undo"; readonly undoes: number | null }
  /** `newest`: the import to undo before this one. */
  | { readonly state: "not-newest"; readonly newest: number }
  | { readonly state: "too-old" };

/** Whether an entry can be undone, and why it cannot. */
export function undoState(entry: ImportEntry, entries: readonly ImportEntry[]): UndoState {
  if (entry.action === "undo") return { state: "is-undo", undoes: entry.undoes };
  if (entry.undoneBy !== null) return { state: "undone", by: entry.undoneBy };
  if (entry.undoable) return { state: "possible" };
  const standing = entries.filter(({ action, kind, undoneBy }) => {
    return action === "import" && kind === entry.kind && undoneBy === null;
  });
  const newest = Math.max(entry.id, ...standing.map(({ id }) => id));
  return newest > entry.id ? { state: "not-newest", newest } : { state: "too-old" };
}
