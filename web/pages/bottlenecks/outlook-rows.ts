/** Pure: which units and trades of the coming quota a reader asked to see, those where one more place brings most first. */
import type { OutlookRow } from "../../api/modelled.ts";

export const outlookShows = ["asked", "waited", "allRows"] as const;
export type OutlookShow = (typeof outlookShows)[number];

/** Mean candidates from which somebody is expected to ask for a place. */
const somebody = 0.05;

const isShown: Record<OutlookShow, (row: OutlookRow) => boolean> = {
  asked: (row) => (row.candidates ?? 0) >= somebody || (row.queue ?? 0) > 0,
  waited: (row) => (row.queue ?? 0) > 0,
  allRows: () => true,
};

export function shownOutlook(rows: readonly OutlookRow[], show: OutlookShow, text: string): readonly OutlookRow[] {
  const wanted = text.trim().toLowerCase();
  const holds = (value: string | null | undefined): boolean => value?.toLowerCase().includes(wanted) ?? false;
  return rows
    .filter(
      (row) =>
        isShown[show](row) && (wanted === "" || holds(row.unitName) || holds(row.trade) || holds(row.districtName)),
    )
    .sort((a, b) => (b.oneMore ?? 0) - (a.oneMore ?? 0) || (b.candidates ?? 0) - (a.candidates ?? 0));
}

export type OutlookSum = "quota" | "candidates" | "quotaUsed" | "oneMore" | "queue";

/** The sum of a figure that adds up; null where it is not told. */
export const sumOf = (rows: readonly OutlookRow[], name: OutlookSum): number | null =>
  rows.some((row) => row[name] !== null) ? rows.reduce((sum, row) => sum + (row[name] ?? 0), 0) : null;
