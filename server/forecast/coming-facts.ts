/** The facts of a roster moved on in time, as relations for the bulk decision (rules/sql.ts). */
import { factColumns, firstStorableYear, lastStorableYear, yearBits } from "../rules/columns.ts";
import { targetLevels } from "../rules/facts.ts";
import { quote } from "../rules/term.ts";

const yearsFrom = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** Coming years pass with appraisal qualified and training passed. */
export function filledYears(rosterYear: number, examYear: number): string[] {
  const bits = yearBits(yearsFrom(rosterYear + 1, examYear - 1));
  if (bits === 0n) return [];
  return ["appraisalsQualified", "continuingEducationPassed"].map(
    (name) => `coalesce("${name}", 0::UBIGINT) | ${bits}::UBIGINT AS "${name}"`,
  );
}

/** SELECT * with some columns replaced. */
export const replacing = (columns: readonly string[]): string =>
  columns.length > 0 ? `* REPLACE (${columns.join(", ")})` : "*";

/** Dates and years of a person, `years` (an SQL expression) later. */
export function movedYears(years: string): string[] {
  return factColumns.flatMap(({ name, type }) => {
    if (type === "DATE") return [`("${name}" + to_years((${years})::INTEGER))::DATE AS "${name}"`];
    if (type === "UBIGINT") return [`(("${name}" & ${movableBits}) << (${years})::UTINYINT)::UBIGINT AS "${name}"`];
    return [];
  });
}
/** Years that stay storable when they are moved on by up to eight. */
const movableBits = `${yearBits(yearsFrom(firstStorableYear, lastStorableYear - 8))}::UBIGINT`;

const level = (held: string) =>
  `CASE ${held} ${["none", ...targetLevels].map((name, index) => `WHEN ${index} THEN ${quote(name)}`).join(" ")} END`;

/**
 * What a certificate of the year `since` changes in a person (columns `held` and `since` of the relation): level and its date; what the
 * new level asks for is not there yet, hence unknown. A certificate of the level one had (after a change of trade, an arrival) leaves the
 * date as it is.
 */
export function promoted(): string[] {
  const raised = `level IS DISTINCT FROM (${level("held")})`;
  const anew = (name: string, value: string) => `CASE WHEN ${raised} THEN ${value} ELSE "${name}" END AS "${name}"`;
  const day = "make_date(since, 12, 15)";
  return [
    `${level("held")} AS level`,
    anew("levelObtainedOnFrom", day),
    anew("levelObtainedOnTo", day),
    anew("levelSource", "'assessment'"),
    anew("promotedSinceReverification", "true"),
    ...[
      "appointedOnFrom",
      "appointedOnTo",
      "papersInTrade",
      "expertRecommendations",
      "thesisSubmitted",
      "failedReviewYears",
    ].map((name) => anew(name, "NULL")),
    "false AS transferred",
    `false AS "arrivedFromOtherProvince"`,
  ];
}
