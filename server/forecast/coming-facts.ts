/**
 * The facts of people in coming years, as one relation for the bulk decision (rules/sql.ts). A rulebook asks everything relative to the
 * exam year, so whoever stands before the exams of 2029 is decided as somebody whose dates lie four years earlier stands before those of
 * 2025: rows of many exam years share one statement, whose long text is planned once. What is not relative to the exam year is dealt
 * with before: the reform of retirement (the month is reckoned from the true dates) and cycles of years (see openings.ts).
 */
import { factColumns, firstStorableYear, lastStorableYear } from "../rules/columns.ts";
import { facts as catalogue, type FactDefinition, targetLevels } from "../rules/facts.ts";
import { retirementMonthSql } from "../rules/retirement.ts";
import { quote } from "../rules/term.ts";

const replacing = (columns: readonly string[]): string => `* REPLACE (${columns.join(", ")})`;
const one = "1::UBIGINT";

/** Year bits moved back by `years` (SQL, may be negative: forward). */
const movedBits = (name: string, years: string) =>
  `(CASE WHEN ${years} >= 0 THEN "${name}" >> greatest(${years}, 0)::UTINYINT
    ELSE ("${name}" & ${((1n << BigInt(lastStorableYear - firstStorableYear - 9)) - 1n).toString()}::UBIGINT) << greatest(-(${years}), 0)::UTINYINT END)`;

/** Dates and years of list items moved back. */
function movedItems({ name, type }: FactDefinition, years: string): string | undefined {
  if (type.kind !== "list") return undefined;
  const moves = type.fields.some((field) => field.kind === "date" || field.name === "year");
  if (!moves) return undefined;
  const fields = type.fields.flatMap((field) => {
    if (field.kind === "date") {
      return ["From", "To"].map(
        (end) => `"${field.name}${end}" := (x."${field.name}${end}" - to_years((${years})::INTEGER))::DATE`,
      );
    }
    return [field.name === "year" ? `"year" := x."year" - ${years}` : `"${field.name}" := x."${field.name}"`];
  });
  return `CASE WHEN len("${name}") > 0 THEN list_transform("${name}", lambda x: struct_pack(${fields.join(", ")})) ELSE "${name}" END AS "${name}"`;
}

/** Every dated column moved back by `years` (SQL). */
function movedBack(years: string): string[] {
  const columns = factColumns.flatMap(({ name, type }) => {
    if (type === "DATE") return [`("${name}" - to_years((${years})::INTEGER))::DATE AS "${name}"`];
    return [];
  });
  return [...columns, ...catalogue.flatMap((fact) => movedItems(fact, years) ?? [])];
}

const filled = new Set(["appraisalsQualified", "continuingEducationPassed"]);

const level = (held: string) =>
  `CASE ${held} ${["none", ...targetLevels].map((name, index) => `WHEN ${index} THEN ${quote(name)}`).join(" ")} END`;

/**
 * What a certificate of the year `since` changes in a person (columns `held` and `since` of the relation): level and its date; what the
 * new level asks for is not there yet, hence unknown. A certificate of the level one had (after a change of trade, an arrival) leaves the
 * date as it is.
 */
function promoted(): string[] {
  const raised = `level IS DISTINCT FROM (${level("held")})`;
  const anew = (name: string, value: string) => `CASE WHEN ${raised} THEN ${value} ELSE "${name}" END AS "${name}"`;
  const day = "make_date(since - moved, 12, 15)";
  const asked = [
    "appointedOnFrom",
    "appointedOnTo",
    "papersInTrade",
    "expertRecommendations",
    "thesisSubmitted",
    "failedReviewYears",
  ];
  return [
    `${level("held")} AS level`,
    anew("levelObtainedOnFrom", day),
    anew("levelObtainedOnTo", day),
    anew("levelSource", "'assessment'"),
    anew("promotedSinceReverification", "true"),
    ...asked.map((name) => anew(name, "NULL")),
    "false AS transferred",
    `false AS "arrivedFromOtherProvince"`,
  ];
}

export interface ComingFacts {
  /**
   * SELECT of roster rows with the columns person, since (year of a later certificate; 0 none), held (level then), exam, moved (years the
   * facts are re-dated by) and seen (the roster year they then stand for).
   */
  readonly rows: string;
  readonly raised: boolean;
}

/** A relation in which everybody stands before the exams of `baseYear`. */
export function comingFacts({ rows, raised }: ComingFacts, baseYear: number): string {
  const years = `(exam - ${baseYear} - moved)::INTEGER`;
  const month = (end: "From" | "To") => `(${retirementMonthSql(end)})::INTEGER`;
  // Re-dated people retire so much later, near enough.
  const retiring = (end: "From" | "To") =>
    `make_date((month${end} // 12 + moved - (exam - ${baseYear}))::INTEGER, (month${end} % 12 + 1)::INTEGER, 1) AS "retirementDate${end}"`;
  const bits = factColumns
    .filter(({ type }) => type === "UBIGINT")
    .map(({ name }) => {
      const back = movedBits(name, years);
      const passed = `((${one} << ${baseYear - firstStorableYear}) - (${one} << least(${baseYear - firstStorableYear}, seen + 1 - (exam - ${baseYear}) - ${firstStorableYear})::UTINYINT))`;
      // Coming years pass with appraisal qualified and training passed.
      return filled.has(name)
        ? `CASE WHEN exam > seen + 1 THEN coalesce(${back}, 0::UBIGINT) | ${passed} ELSE ${back} END AS "${name}"`
        : `${back} AS "${name}"`;
    });
  const dated = movedBack(years).filter((column) => !/AS "retirementDate(From|To)"$/.test(column));
  const base = raised ? `(SELECT ${replacing(promoted())} FROM (${rows}))` : `(${rows})`;
  return `(SELECT ${replacing([...dated, ...bits, retiring("From"), retiring("To")])}
    FROM (SELECT *, ${month("From")} AS "monthFrom", ${month("To")} AS "monthTo" FROM ${base}))`;
}
