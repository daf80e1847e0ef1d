/**
 * The table a forecast ends in: unit × trade × target level × exam year. Everything a table shows is a sum over these cells, so
 * units, districts, trades and totals agree by construction.
 *
 * Figures are whole numbers of billionths (`nano`): sums of whole numbers do not depend on the order in which two threads add them.
 */
import type { TargetLevel } from "../rules/facts.ts";
import { targetLevels } from "../rules/facts.ts";

/** One person, in the units of the tables. */
export const nano = 1_000_000_000;

/** Target of people who hold the highest level, or whose level is not known. */
export const noTarget = 6;

export const targetNumber = (level: TargetLevel): number => targetLevels.indexOf(level) + 1;

/** Means; candidates: who asks for a place, oneMore: places more that would be used, were there one more. */
export const cellMeans = [
  "workers",
  "retirements",
  "eligible",
  "applicants",
  "quota",
  "candidates",
  "used",
  "oneMore",
  "passes",
] as const;
/** Variances if nothing but the luck of each person varied; people² in billionths. */
export const cellVariances = ["vEligible", "vApplicants", "vUsed", "vPasses"] as const;
/**
 * How the means answer to a shift of the logit of coming forward (d…) and of passing the exams (x…): people per unit, billionths. A
 * shift of a whole district or year moves all its people at once, so these are summed before they are squared.
 */
export const cellSlopes = ["dEligible", "dApplicants", "dUsed", "dPasses", "xEligible", "xPasses"] as const;
/** Probabilities that 0, 1, 2, 3 or more places of the unit and trade are used, billionths; null where no quota holds. */
export const cellPlaces = ["used0", "used1", "used2", "used3"] as const;

export const cellFigures = [...cellMeans, ...cellVariances, ...cellSlopes, ...cellPlaces] as const;

/** CREATE TABLE of the cells, which numbers of the tables `forecast_units_…` and `forecast_trades_…` tell. */
export const createCells = (table: string): string =>
  `CREATE OR REPLACE TEMP TABLE ${table} ("examYear" SMALLINT, "districtId" INTEGER, "unitId" INTEGER, "tradeId" INTEGER,
    target TINYINT, ${cellFigures.map((name) => `"${name}" BIGINT`).join(", ")})`;
