import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type AskedList, type RosterPlace, readList, readPlace } from "./roster-search.ts";

export interface RosterSearch {
  readonly search: URLSearchParams;
  readonly place: RosterPlace;
  /** The list that is open; undefined when none is. */
  readonly list: AskedList | undefined;
  /** Makes a step in the browser's history. */
  readonly go: (change: (search: URLSearchParams) => URLSearchParams) => void;
  /** Address of the page after the change, for links. */
  readonly href: (change: (search: URLSearchParams) => URLSearchParams) => string;
}

/** The address of a page about rosters, and how to change it. */
export function useRosterSearch(): RosterSearch {
  const [search, setSearch] = useSearchParams();
  const place = useMemo(() => readPlace(search), [search]);
  const list = useMemo(() => readList(search), [search]);
  // From the address itself: what was drawn last may be a step behind when two changes follow each other at once.
  const go = useCallback<RosterSearch["go"]>(
    (change) => setSearch(change(new URLSearchParams(window.location.search))),
    [setSearch],
  );
  const href = useCallback<RosterSearch["href"]>((change) => `?${change(search)}`, [search]);
  return { search, place, list, go, href };
}
