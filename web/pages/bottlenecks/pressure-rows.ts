/** Pure: which rows of the pressure on the quota a reader asked to see, the most pressed first. */
import type { QuotaPressureRow } from "../../api/types.ts";

export const pressureShows = ["onlyPressed", "onlyIdle", "allRows"] as const;
export type Show = (typeof pressureShows)[number];

/** Candidates per place; more than any number where there are candidates and no place. */
export const pressed = ({ overSubscription, candidates }: QuotaPressureRow): number =>
  overSubscription ?? (candidates > 0 ? Number.POSITIVE_INFINITY : -1);

const isShown: Record<Show, (row: QuotaPressureRow) => boolean> = {
  onlyPressed: (row) => row.candidates > row.places,
  onlyIdle: (row) => row.idleWithoutCandidates + row.idleWithCandidates > 0,
  allRows: () => true,
};

/** Rows of the chosen kind whose unit, trade or district holds the text; those with most candidates per place first, then by what one more would bring. */
export function visible(rows: readonly QuotaPressureRow[], show: Show, text: string): readonly QuotaPressureRow[] {
  const wanted = text.trim().toLowerCase();
  const holds = (value: string | null | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
  return rows
    .filter(
      (row) =>
        isShown[show](row) && (wanted === "" || holds(row.unitName) || holds(row.trade) || holds(row.districtName)),
    )
    .sort((a, b) => {
      const [x, y] = [pressed(a), pressed(b)];
      return (x === y ? 0 : y - x) || b.oneMore - a.oneMore || b.candidates - a.candidates;
    });
}
