import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ImportEntry } from "../../api/roster-types.ts";

/** "2022—2024 年": the years of an entry; a run of years as its ends. */
export function useYearsText(): (entry: Pick<ImportEntry, "years">) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ years }) => {
      const sorted = [...years].sort((a, b) => a - b);
      const [first, last] = [sorted[0], sorted.at(-1)];
      if (first === undefined || last === undefined) return t("history.noYears");
      const isRun = sorted.length > 2 && last - first === sorted.length - 1;
      return t("history.years", { years: isRun ? `${first}–${last}` : sorted.join(t("common.comma")) });
    },
    [t],
  );
}
