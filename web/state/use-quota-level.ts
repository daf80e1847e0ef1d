import { useMemo } from "react";
import type { LevelCode } from "../api/types.ts";
import { useAppMeta } from "./meta.tsx";
import { quotaLevels } from "./quota-rules.ts";
import { useFilters } from "./use-filters.ts";

/** The levels with a quota in the exam year, and the one asked for: the chosen one, or the only one; undefined is all of them. */
export function useQuotaLevel(): { readonly levels: readonly LevelCode[]; readonly level: LevelCode | undefined } {
  const meta = useAppMeta();
  const { filters, year } = useFilters();
  const levels = useMemo(() => quotaLevels(meta, year), [meta, year]);
  const chosen = levels.find((code) => code === filters.level);
  return { levels, level: chosen ?? (levels.length === 1 ? levels[0] : undefined) };
}
