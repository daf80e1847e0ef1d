/**
 * The facts of people in coming years, as the bulk decision reads them (rules/sql-years.ts): what a promotion changes, how coming years
 * add to what is recorded year by year, and facts moved in time, for hires who come again so many years later.
 */
import { factColumns, firstStorableYear } from "../rules/columns.ts";
import { facts as catalogue, type FactDefinition, targetLevels } from "../rules/facts.ts";
import { retirementMonthSql } from "../rules/retirement.ts";
import { quote } from "../rules/term.ts";

const everyYear = `${2n ** 64n - 1n}::UBIGINT`;

/** Year bits moved back by `years` (SQL, may be negative: forward). */
const movedBits = (name: string, years: string) =>
  `(CASE WHEN ${years} >= 0 THEN "${name}" >> greatest(${years}, 0)::UTINYINT
    ELSE ("${name}" & (${everyYear} >> greatest(-(${years}), 0)::UTINYINT)) << greatest(-(${years}), 0)::UTINYINT END) AS "${name}"`;

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

/**
 * SELECT of a relation with fact columns, everything dated moved back by `years` (SQL, may be negative). Retirement is dated outright:
 * the reform asks for the true dates, and re-dated people retire so much later, near enough.
 */
export function movedBack(relation: string, years: string): string {
  const month = (end: "From" | "To") => `(${retirementMonthSql(end)})::INTEGER`;
  const retiring = (end: "From" | "To") =>
    `make_date(("month${end}" // 12 - (${years}))::INTEGER, ("month${end}" % 12 + 1)::INTEGER, 1) AS "retirementDate${end}"`;
  const columns = factColumns.flatMap(({ name, type }) => {
    if (name.startsWith("retirementDate")) return [];
    if (type === "DATE") return [`("${name}" - to_years((${years})::INTEGER))::DATE AS "${name}"`];
    return type === "UBIGINT" ? [movedBits(name, years)] : [];
  });
  const items = catalogue.flatMap((fact) => movedItems(fact, years) ?? []);
  return `SELECT * EXCLUDE ("monthFrom", "monthTo") REPLACE (${[...columns, ...items, retiring("From"), retiring("To")].join(", ")})
    FROM (SELECT *, ${month("From")} AS "monthFrom", ${month("To")} AS "monthTo" FROM ${relation})`;
}

const level = (held: string) =>
  `CASE ${held} ${["none", ...targetLevels].map((name, index) => `WHEN ${index} THEN ${quote(name)}`).join(" ")} END`;

/**
 * What a certificate of the year `since` changes in a person who then holds the level `held`: level and its date; what the new level asks
 * for is not there yet, hence unknown. A certificate of the level one had (after a change of trade, an arrival) leaves the date as it is.
 */
function promoted(back: number): Record<string, string> {
  const raised = `level IS DISTINCT FROM (${level("held")})`;
  const anew = (name: string, value: string) => [name, `CASE WHEN ${raised} THEN ${value} ELSE "${name}" END`] as const;
  const day = `make_date(since - ${back}, 12, 15)`;
  const asked = [
    "appointedOnFrom",
    "appointedOnTo",
    "papersInTrade",
    "expertRecommendations",
    "thesisSubmitted",
    "failedReviewYears",
  ];
  return {
    level: level("held"),
    ...Object.fromEntries([
      anew("levelObtainedOnFrom", day),
      anew("levelObtainedOnTo", day),
      anew("levelSource", "'assessment'"),
      anew("promotedSinceReverification", "true"),
      ...asked.map((name) => anew(name, "NULL")),
    ]),
    transferred: "false",
    arrivedFromOtherProvince: "false",
  };
}

export interface ComingFacts {
  /**
   * SELECT of roster rows with the columns person and seen (the roster year the facts stand for), and if nobody is raised since (0) and held
   * (the level of the roster).
   */
  readonly rows: string;
  /** Relation of promotions: person, since (year of the later certificate) and held (level then). */
  readonly raised?: string | undefined;
  /** People are decided in an exam year whose year in seen (if raised: since) is one of those `before` it. */
  before(exam: number): number[];
  /** The trade as it is called in an exam year: SQL over the rows and `exam`. Default: as in the roster. */
  readonly trade?: string | undefined;
}

/** The relation of everybody. `back`: years by which all facts are moved back, for exam years that come after the last storable one. */
export const comingFacts = ({ rows }: ComingFacts, back: number): string =>
  back === 0 ? `(${rows})` : `(${movedBack(`(${rows})`, String(back))})`;

/**
 * Facts that change with the exam year or by promotion: column → SQL over the relation, `exam`, `since` and `held`. Coming years pass with
 * appraisal qualified and training passed.
 */
export function factsThen({ trade, raised }: ComingFacts, back: number): Record<string, string> {
  const before = (year: string) => `((1::UBIGINT << (${year} - ${firstStorableYear + back})::UTINYINT) - 1)`;
  // Before the last exam year all bits are taken, and a shift by 64 would be one too many.
  const passed = `(${before("exam - 1")} * 2 + 1 - ${before("seen + 1")})`;
  const filled = (name: string) =>
    `CASE WHEN exam > seen + 1 THEN coalesce("${name}", 0::UBIGINT) | ${passed} ELSE "${name}" END`;
  return {
    ...(raised === undefined ? {} : promoted(back)),
    appraisalsQualified: filled("appraisalsQualified"),
    continuingEducationPassed: filled("continuingEducationPassed"),
    ...(trade === undefined ? {} : { trade }),
  };
}
