import { useTranslation } from "react-i18next";
import type { EligibilityMeasure } from "../../api/types.ts";
import type { CountColumn } from "../../parts/CountsTable.tsx";
import { peopleAddress } from "../../state/drill.ts";
import type { FilterChange } from "../../state/filters.ts";
import { useFilters } from "../../state/use-filters.ts";

export const shownMeasures = ["workers", "planningEligible", "eligible", "undetermined", "ineligible"] as const;
/** Wide enough for the heading on one line, px. */
const widths: Record<(typeof shownMeasures)[number], number> = {
  workers: 96,
  planningEligible: 110,
  eligible: 96,
  undetermined: 72,
  ineligible: 84,
};

export type ShownCounts = Readonly<Record<(typeof shownMeasures)[number], number>>;

/**
 * The count columns of the eligibility tables. Rows of one level count people; without a level the roster column counts a
 * person once per target level, and its heading says so. `cell`: what a row narrows the filters to; undefined = no list behind it. */
export function useEligibilityColumns<Row extends ShownCounts>(
  cell: (row: Row) => FilterChange | undefined,
  ofOneLevel = false,
): readonly CountColumn<Row>[] {
  const { t } = useTranslation();
  const { filters } = useFilters();
  return shownMeasures.map((measure: EligibilityMeasure & keyof ShownCounts) => ({
    key: measure,
    title: t(measure === "workers" && !ofOneLevel && !filters.level ? "measure.workerLevels" : `measure.${measure}`),
    hint: t(`measureHint.${measure}`),
    width: widths[measure],
    value: (row: Row) => row[measure],
    to: (row: Row) => {
      const change = cell(row);
      return change && peopleAddress(measure, filters, change, "overview");
    },
  }));
}
