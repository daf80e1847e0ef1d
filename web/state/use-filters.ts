import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Query } from "../api/client.ts";
import { changeFilters, type FilterChange, type Filters, filterNames, readFilters } from "./filters.ts";
import { useAppMeta } from "./meta.tsx";

export interface FilterState {
  /** What the reader chose. */
  readonly filters: Filters;
  /** The exam year in force: the chosen one, else the newest. Undefined without rosters. */
  readonly year: number | undefined;
  /** Parameters for the API. */
  readonly query: Query;
  readonly change: (change: FilterChange) => void;
  readonly reset: () => void;
}

/** The filters of the address and how to change them. A change makes a step in the browser's history. */
export function useFilters(): FilterState {
  const [search, setSearch] = useSearchParams();
  const { newestExamYear } = useAppMeta();
  const filters = useMemo(() => readFilters(search), [search]);
  const year = filters.year ?? newestExamYear ?? undefined;
  const change = useCallback((made: FilterChange) => setSearch((old) => changeFilters(old, made)), [setSearch]);
  const reset = useCallback(
    () =>
      setSearch((old) =>
        changeFilters(old, Object.fromEntries(filterNames.map((name) => [name, undefined])) as FilterChange),
      ),
    [setSearch],
  );
  const query = useMemo<Query>(
    () => ({
      year,
      level: filters.level,
      district: filters.district,
      trade: filters.trade,
      unit: filters.unit,
    }),
    [filters, year],
  );
  return { filters, year, query, change, reset };
}
