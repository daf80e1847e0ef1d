/**
 * What the fitted forecast expects of the past of groups of people, were nothing known of the groups themselves: Σ p of the people who
 * stood before a gate, with p of their level, standing, nearness to retirement and pathway, of their district, trade and unit, but
 * without the effects of what is grouped by. What a whole year had in common at a level is no group's doing: expectations of each exam
 * year and level are shifted (logit) until they add up to what happened.
 */
import { gates } from "../forecast/effects.ts";
import type { Fit } from "../forecast/index.ts";
import { Scratch } from "../forecast/scratch.ts";
import { type Factor, factorKeys } from "../forecast/variance.ts";
import type { Connection } from "../store/index.ts";
import type { Grouping } from "./grouping.ts";

/** applicants: of who could come forward; passes: of who was admitted, given a place where one is needed, and has a result. */
export const outlierMeasures = ["applicants", "passes"] as const;
export type OutlierMeasure = (typeof outlierMeasures)[number];

/** Effects that belong to a grouping: a unit's is its own, but what a district or a trade does shows in its units too. */
const ownFactors: Readonly<Record<Grouping, readonly Factor[]>> = {
  district: ["district", "districtStep", "unit"],
  trade: ["trade", "tradeStep"],
  unit: ["unit"],
  level: [],
};

/** Newton steps of the shift of a year and level; each about squares what is left. */
const steps = 4;

/** Sums of billionths: the same in whatever order threads add them up. */
const exact = (sql: string) => `(sum(round((${sql}) * 1e9)::BIGINT)::DOUBLE / 1e9)`;
const share = (logit: string) => `(1 / (1 + exp(-(${logit}))))`;

export interface ExpectedRequest {
  readonly by: readonly Grouping[];
  readonly measure: OutlierMeasure;
  /** Exam years, both counted. */
  readonly from: number;
  readonly to: number;
}

/** People of one level of one unit and trade in the years, as counts and as the model has them. */
export interface ExpectedPart {
  readonly unitId: number;
  readonly tradeId: number;
  /** 1 … 5. */
  readonly target: number;
  readonly people: number;
  readonly observed: number;
  readonly expected: number;
  /** Σ p(1 − p). */
  readonly variance: number;
}

/** Table aliases and the sum of the effects of a gate that stay, as SQL. */
function effects(gate: "apply" | "exam" | "review", by: readonly Grouping[]): { eta: string; joins: string } {
  const without = new Set(by.flatMap((name) => ownFactors[name]));
  const factors: readonly Factor[] = gates[gate].factors;
  const kept = factors.filter((factor) => !without.has(factor));
  const table = (factor: Factor) => `forecast_${gate}_${factor.toLowerCase()}`;
  return {
    eta: [`${gate}_c.logit`, ...kept.map((factor) => `coalesce(${gate}_${factor}.effect, 0)`)].join(" + "),
    joins: [
      `LEFT JOIN forecast_${gate}_cells AS ${gate}_c ON ${gate}_c.target = t.target AND ${gate}_c.cell = t.cell`,
      ...kept.map(
        (factor) =>
          `LEFT JOIN ${table(factor)} AS ${gate}_${factor} ON ${gate}_${factor}.key = t.${gate}_${factor}_key`,
      ),
    ].join("\n"),
  };
}

/** Trials with the keys of every effect that is asked for. */
const keyed = (trials: string, gate: "apply" | "exam" | "review") =>
  `SELECT *, ${gates[gate].factors.map((factor: Factor) => `${factorKeys[factor]} AS ${gate}_${factor}_key`).join(", ")} FROM (${trials})`;

const keys = `year, "districtId", "unitId", "tradeId", target, cell`;

/** SELECT of year, districtId, unitId, tradeId, target, n, y, eta: logit of what is expected. */
function trials(measure: OutlierMeasure, by: readonly Grouping[]): string {
  const inYears = `year BETWEEN $from AND $to AND year IN (SELECT year FROM forecast_weights)`;
  if (measure === "applicants") {
    const { eta, joins } = effects("apply", by);
    return `SELECT t.*, ${eta} AS eta FROM (${keyed(`SELECT * FROM forecast_apply WHERE ${inYears}`, "apply")}) t ${joins}`;
  }
  const exam = effects("exam", by);
  const review = effects("review", by);
  const passed = `SELECT e.* EXCLUDE (y), coalesce(r.y, 0)::INTEGER AS y
    FROM (SELECT ${keys}, n, y FROM forecast_exam WHERE ${inYears}) e
    LEFT JOIN (SELECT ${keys}, y FROM forecast_review) r USING (${keys})`;
  return `SELECT *, ln(p / (1 - p)) AS eta
    FROM (SELECT t.*, greatest(1e-6, least(1 - 1e-6, ${share(exam.eta)} * coalesce(${share(review.eta)}, 1))) AS p
      FROM (${keyed(keyed(passed, "exam"), "review")}) t ${exam.joins} ${review.joins})`;
}

/** Shifts the logits of every year and level so that the expectations add up to what was seen. */
function shifted(from: string): string {
  const p = share("eta");
  const one = (inner: string) => `SELECT f.* REPLACE (f.eta + coalesce(greatest(-2, least(2, s.step)), 0) AS eta)
    FROM (${inner}) f
    LEFT JOIN (
      SELECT year, target, ${exact(`y - n * ${p}`)} / nullif(${exact(`n * ${p} * (1 - ${p})`)}, 0) AS step
      FROM (${inner}) GROUP BY ALL
    ) s ON s.year = f.year AND s.target = f.target`;
  return Array.from({ length: steps }).reduce<string>(
    (sql, _, index) => `WITH before_${index} AS MATERIALIZED (${sql}) ${one(`FROM before_${index}`)}`,
    from,
  );
}

/** A row for each unit, trade and level with somebody before the gate in the years. Empty where there is no history. */
export async function expectedParts(c: Connection, fit: Fit, request: ExpectedRequest): Promise<ExpectedPart[]> {
  if (!fit.hasHistory) return [];
  const scratch = new Scratch(c, fit.suffix);
  const { by, measure, from, to } = request;
  const p = share("eta");
  return scratch.rows<ExpectedPart>(
    `SELECT "unitId", "tradeId", target::INTEGER AS target, sum(n)::INTEGER AS people, sum(y)::INTEGER AS observed,
       ${exact(`n * ${p}`)} AS expected, ${exact(`n * ${p} * (1 - ${p})`)} AS variance
     FROM (${shifted(trials(measure, by))}) GROUP BY ALL ORDER BY "unitId", "tradeId", target`,
    { from, to },
  );
}
