/** Pure: which rows of the quota table a reader asked to see. */
import type { QuotaRow } from "../../api/types.ts";

export const shows = ["relevant", "overOnly", "leftOnly", "all"] as const;
export type Show = (typeof shows)[number];

const isShown: Record<Show, (row: QuotaRow) => boolean> = {
  relevant: (row) => row.technicians > 0 || row.applications > 0 || row.appliedLastYear > 0,
  overOnly: (row) => (row.over ?? 0) > 0,
  leftOnly: (row) => (row.left ?? 0) > 0,
  all: () => true,
};

/** Rows of the chosen kind whose unit, trade or district holds the text. */
export function visibleRows(rows: readonly QuotaRow[], show: Show, text: string): readonly QuotaRow[] {
  const wanted = text.trim().toLowerCase();
  const holds = (value: string | null | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
  return rows.filter(
    (row) =>
      isShown[show](row) && (wanted === "" || holds(row.unitName) || holds(row.trade) || holds(row.districtName)),
  );
}
