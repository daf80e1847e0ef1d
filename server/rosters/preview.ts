/** What the upload page shows before an import: the sheets, the heading found, and what each column is taken for. */

import type { Message } from "../errors.ts";
import { fieldsOf } from "./fields.ts";
import { type Suggestion, suggestions } from "./heading-suggestions.ts";
import { maskIdentities } from "./identity.ts";
import { HeadingMapping, type RememberedHeading } from "./mappings.ts";
import type { MatchedHeading, Matcher, Target } from "./match.ts";
import { type PlaceNames, type Places, placesOf } from "./places.ts";
import { columnsHeading } from "./preview-columns.ts";
import { defaultLimitBytes, readRoster, type Source, type SourceRow } from "./read.ts";
import { columnLetters } from "./read-address.ts";
import type { RosterKind } from "./report.ts";
import { namedSheet, type PeekedSheet, peekSheet } from "./sheets-choice.ts";
import { isBlank } from "./sheets-heading.ts";
import { placesInTitles } from "./title-places.ts";
import { isYearly } from "./year-headings.ts";

export interface PreviewOptions {
  readonly kind: RosterKind;
  /** The worksheet whose columns are shown; without it the one with the most recognised columns. */
  readonly sheet?: string | undefined;
  /** Heading as in the file → English name of the column. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  /** Headings matched by hand in earlier imports, which count below `mapping`. */
  readonly remembered?: readonly RememberedHeading[] | undefined;
  readonly limitBytes?: number | undefined;
  /** To recognise districts in titles. */
  readonly names?: PlaceNames | undefined;
}

export interface PreviewSheet {
  /** Null for text tables. */
  readonly name: string | null;
  readonly hidden: boolean;
  /** Rows in the file, headings and blank ones included; null for hidden sheets, which are not looked into. */
  readonly rows: number | null;
  /** Last row of the heading; null when none was found. */
  readonly headingRow: number | null;
  /** Columns recognised there. */
  readonly recognised: number;
  /** Required columns that the heading lacks; the year may also be given with the import. */
  readonly missing: readonly string[];
  /** Its columns are rather those of the other kind of roster. */
  readonly otherKind: boolean;
  /** What its titles or its name say of all its rows, to be confirmed: the unit, and the code of the district. */
  readonly suggestedUnit: string | null;
  readonly suggestedDistrict: string | null;
}

export interface PreviewColumn {
  /** From 0. */
  readonly index: number;
  readonly letter: string;
  readonly heading: string;
  /** English name of the column it is taken for, with the year where it is one of a year (appraisal2020); null when unknown. */
  readonly target: string | null;
  /** The target was matched by hand in an earlier import: who, and when (ISO instant). */
  readonly remembered: { readonly who: string; readonly changedAt: string } | null;
  /** The mapping says that it is not imported. */
  readonly leftOut: boolean;
  /** Another column means the same and counts instead. */
  readonly repeated: boolean;
  /** Different texts of the first rows; identity numbers are masked. */
  readonly samples: readonly string[];
  /** For unknown columns, the most alike first. */
  readonly suggestions: readonly Suggestion[];
}

/** A column that a file of this kind may have. */
export interface PreviewField {
  /** English name, as a mapping takes it. */
  readonly name: string;
  readonly label: Message;
  readonly required: boolean;
  /** A column that will do instead of this required one. */
  readonly orElse: string | null;
  /** A map of years: several columns of a file may stand for it, one for each year (appraisal2020). */
  readonly yearly: boolean;
}

export interface RosterPreview {
  readonly format: Source["format"];
  readonly sha256: string;
  readonly sheets: readonly PreviewSheet[];
  /** The sheet whose columns are shown; null for text tables. */
  readonly sheet: string | null;
  /** Texts above the heading. */
  readonly titles: readonly string[];
  /** Of the sheet that is shown. */
  readonly suggestedUnit: string | null;
  readonly suggestedDistrict: string | null;
  readonly columns: readonly PreviewColumn[];
  /** All there are of this kind, in the order of the template. */
  readonly fields: readonly PreviewField[];
}

const shownSamples = 4;
const longestSample = 60;

const targetName = ({ field, year }: Target): string => {
  if (year === undefined) return field.name;
  return `${field.name === "appraisals" ? "appraisal" : "training"}${year}`;
};

/** A column of identity numbers shows nothing but the last characters, whatever else may have got into it. */
function sampleText(text: string, target: Target | undefined): string {
  const whole = text.replace(/\s+/g, " ").trim();
  // What is cut before it is masked may lose the characters by which a number is known.
  return target?.field.cell.kind === "idNumber"
    ? `********${whole.slice(0, longestSample).normalize("NFKC").slice(-4)}`
    : maskIdentities(whole).slice(0, longestSample);
}

function samplesOf(index: number, rows: readonly SourceRow[], target: Target | undefined): string[] {
  const texts = rows.flatMap(({ cells }) => (isBlank(cells[index]) ? [] : [sampleText(cells[index] ?? "", target)]));
  return [...new Set(texts)].slice(0, shownSamples);
}

function columnsOf(
  heading: MatchedHeading,
  rows: readonly SourceRow[],
  kind: RosterKind,
  mapping: HeadingMapping,
): PreviewColumn[] {
  const targets = new Map(heading.columns.map(({ index, target }) => [index, target]));
  const repeated = new Set(heading.repeated.map(({ index }) => index));
  const leftOut = new Set(heading.unknown.filter((column) => column.leftOut).map(({ index }) => index));
  return [...heading.columns, ...heading.unknown, ...heading.repeated]
    .sort((a, b) => a.index - b.index)
    .map(({ index, heading: text }) => {
      const target = targets.get(index);
      const known = target?.remembered ? mapping.remembered(text) : undefined;
      return {
        index,
        letter: columnLetters(index),
        heading: text,
        target: target ? targetName(target) : null,
        remembered: known ? { who: known.who, changedAt: known.changedAt } : null,
        leftOut: leftOut.has(index),
        repeated: repeated.has(index),
        samples: samplesOf(index, rows, target),
        suggestions: target || repeated.has(index) ? [] : suggestions(text, kind),
      };
    });
}

async function aboutSheet(peeked: PeekedSheet, match: Matcher, places: Places | undefined): Promise<PreviewSheet> {
  const { sheet, found, otherKind } = peeked;
  const { unit, district } = placesInTitles(columnsHeading(peeked, match).above, sheet.name, places);
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    rows: (await sheet.about()).rows,
    headingRow: found?.rows.at(-1)?.row ?? null,
    recognised: found?.heading.columns.length ?? 0,
    missing: found?.missing ?? [],
    otherKind: otherKind && found !== undefined,
    suggestedUnit: unit,
    suggestedDistrict: district,
  };
}

const unseen = (name: string | null): PreviewSheet => ({
  name,
  hidden: true,
  rows: null,
  headingRow: null,
  recognised: 0,
  missing: [],
  otherKind: false,
  suggestedUnit: null,
  suggestedDistrict: null,
});

/** The sheet that an import would begin with: of this kind before of the other, complete before incomplete, then the most columns. */
function bestSheet(peeked: readonly PeekedSheet[]): PeekedSheet | undefined {
  const columns = ({ found }: PeekedSheet) => found?.heading.columns.length ?? 0;
  const lacking = ({ found }: PeekedSheet) => Number(found === undefined || found.missing.length > 0);
  return [...peeked].sort(
    (a, b) => Number(a.otherKind) - Number(b.otherKind) || lacking(a) - lacking(b) || columns(b) - columns(a),
  )[0];
}

/**
 * Looks into a roster file without importing it: reads the beginning of every visible sheet.
 * @throws AppError too-large, bad-input (no roster, damaged, sheet not there).
 */
export async function previewRoster(path: string, options: PreviewOptions): Promise<RosterPreview> {
  const { kind, sheet: name, mapping = {}, remembered, names, limitBytes = defaultLimitBytes } = options;
  const places = names && placesOf(names);
  const headings = new HeadingMapping(kind, mapping, remembered);
  const { match } = headings;
  const source = await readRoster(path, match, limitBytes);
  try {
    const chosen = name === undefined ? undefined : namedSheet(source, name);
    const peeked: PeekedSheet[] = [];
    for (const sheet of source.sheets) {
      // The year may be given with the import, but the page should say that the column is not there.
      if (!sheet.hidden || sheet === chosen) peeked.push(await peekSheet(sheet, { kind, match, yearGiven: false }));
    }
    const shown = chosen ? peeked.find(({ sheet }) => sheet === chosen) : bestSheet(peeked);
    const sheets: PreviewSheet[] = [];
    for (const sheet of source.sheets) {
      const found = peeked.find((one) => one.sheet === sheet);
      sheets.push(found ? await aboutSheet(found, match, places) : unseen(sheet.name));
    }
    const about = sheets.find(({ name: own }) => own === (shown?.sheet.name ?? null));
    const { heading, above, below } = columnsHeading(shown, match);
    return {
      format: source.format,
      sha256: source.sha256,
      sheets,
      sheet: shown?.sheet.name ?? null,
      titles: above.map(({ cells }) =>
        maskIdentities([...new Set(cells.filter((cell) => !isBlank(cell)))].join(" ")).slice(0, 200),
      ),
      suggestedUnit: about?.suggestedUnit ?? null,
      suggestedDistrict: about?.suggestedDistrict ?? null,
      columns: columnsOf(heading, below, kind, headings),
      fields: fieldsOf(kind).map((field) => ({
        name: field.name,
        label: field.label,
        required: field.required,
        orElse: field.orElse ?? null,
        yearly: isYearly(field),
      })),
    };
  } finally {
    await source.close();
  }
}
