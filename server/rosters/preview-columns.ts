/** The row whose texts the upload page offers for matching. */
import { type MatchedHeading, type Matcher, matchHeading } from "./match.ts";
import type { SourceRow } from "./read.ts";
import type { PeekedSheet } from "./sheets-choice.ts";
import { isBlank } from "./sheets-heading.ts";

export interface ShownHeading {
  readonly heading: MatchedHeading;
  /** Rows above and below it, of the first ones of the sheet. */
  readonly above: readonly SourceRow[];
  readonly below: readonly SourceRow[];
}

/** Numbers, dates and codes such as A12. */
const figures = /^[A-Za-z]{0,3}[\d\s./年月日-]+$/;

/** Different texts that are no figures. */
const words = ({ cells }: SourceRow) =>
  new Set(cells.filter((cell) => !isBlank(cell) && !figures.test(cell.trim()))).size;

/**
 * The heading that was found; where no row names enough known columns, the row that looks most like one: it holds the most
 * different texts, and of such rows it is the first.
 */
export function columnsHeading(peeked: PeekedSheet | undefined, match: Matcher): ShownHeading {
  const first = peeked?.first ?? [];
  const found = peeked?.found;
  const guessed = first.reduce<SourceRow | undefined>(
    (best, row) => (best === undefined || words(row) > words(best) ? row : best),
    undefined,
  );
  const rows = found?.rows ?? (guessed ? [guessed] : []);
  const [top, bottom] = [rows[0]?.row ?? 1, rows.at(-1)?.row ?? 0];
  return {
    heading: found?.heading ?? matchHeading(guessed?.cells ?? [], match),
    above: first.filter(({ row }) => row < top),
    below: first.filter(({ row }) => row > bottom),
  };
}
