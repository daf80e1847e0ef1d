/** How much whole years, and districts, trades and units in a year, stray from what is expected: variances on the logit scale. */
import type { Scratch } from "./scratch.ts";

/** Two standard deviations of a year at the very least: two years alike prove nothing. */
const leastYearVariance = 0.02 ** 2;

const score = `weight > 0`;
const chance = "1 / (1 + exp(-eta))";
const exact = (sql: string) => `(sum(round((${sql}) * 1e9)::BIGINT)::DOUBLE / 1e9)`;
const exactSquares = (sql: string) => `(sum(round((${sql}) * 1e6)::HUGEINT)::DOUBLE / 1e6)`;

export interface Shocks {
  readonly year: number;
  /** Of a target level in a year, beside the year's own. */
  readonly step: number;
  readonly district: number;
  readonly trade: number;
  readonly unit: number;
  /** Years looked at. */
  readonly years: number;
}

/** Sums of a grouping: of (residual score)² − information, of information², and of the unit-years' information² in it. */
interface Moments {
  readonly excess: number;
  readonly squares: number;
  readonly within: number;
}

/**
 * Of a fitted gate (effects.ts). What is common to a year is taken out first; a district-year is moved by its own shock and by its
 * units', so the two are told apart by how their squares add up.
 */
export async function findShocks(scratch: Scratch, gate: string): Promise<Shocks> {
  const trials = `forecast_${gate}_fitted`;
  await scratch.make(
    "forecast_scores",
    `SELECT year, target, "districtId", "tradeId", "unitId", ${exact(`y - n * ${chance}`)} AS s, ${exact(`n * ${chance} * (1 - ${chance})`)} AS i
     FROM ${trials} WHERE ${score} GROUP BY ALL`,
  );
  const years = await scratch.rows<{ shift: number; noise: number }>(
    `SELECT s / i AS shift, 1 / i AS noise FROM (SELECT year, ${exact("s")} AS s, ${exact("i")} AS i FROM forecast_scores GROUP BY year) WHERE i > 1 ORDER BY year`,
  );
  const count = years.length;
  await scratch.make(
    "forecast_left",
    `SELECT f.* REPLACE (f.s - f.i * y.shift AS s)
     FROM forecast_scores f
     JOIN (SELECT year, ${exact("s")} / greatest(${exact("i")}, 1e-9) AS shift FROM forecast_scores GROUP BY year) y ON y.year = f.year`,
  );
  const step = await momentsOf(scratch, "target");
  const district = await momentsOf(scratch, '"districtId"');
  const trade = await momentsOf(scratch, '"tradeId"');
  const unit = await momentsOf(scratch, '"unitId"');
  await scratch.drop("forecast_scores", "forecast_left");
  // Effects were fitted to the same years, which takes their mean out.
  const freed = count > 1 ? count / (count - 1) : 1;
  const ratio = ({ excess, squares }: Moments) => (squares > 0 ? Math.max(0, excess / squares) * freed : 0);
  const share = ({ within, squares }: Moments) => (squares > 0 ? within / squares : 0);
  const [total, units] = [ratio(district), ratio(unit)];
  const inside = share(district);
  const own = inside < 0.9 ? Math.max(0, (total - inside * units) / (1 - inside)) : total;
  const ofUnit = Math.max(0, units - own);
  return {
    year: yearVariance(years),
    step: Math.max(0, ratio(step) - share(step) * ofUnit),
    district: own,
    trade: Math.max(0, ratio(trade) - share(trade) * (ofUnit + own)),
    unit: ofUnit,
    years: count,
  };
}

async function momentsOf(scratch: Scratch, key: string): Promise<Moments> {
  const [row] = await scratch.rows<{ excess: number | null; squares: number | null; within: number | null }>(
    `SELECT ${exactSquares("s * s - i")} AS excess, ${exactSquares("i * i")} AS squares, ${exactSquares("within")} AS within
     FROM (
       SELECT ${exact("s")} AS s, ${exact("i")} AS i, ${exactSquares("i * i")} AS within
       FROM (SELECT year, ${key} AS key, "unitId", ${exact("s")} AS s, ${exact("i")} AS i FROM forecast_left GROUP BY ALL)
       GROUP BY year, key
     )`,
  );
  return { excess: row?.excess ?? 0, squares: row?.squares ?? 0, within: row?.within ?? 0 };
}

/** Spread of the years' own shifts beyond what the luck of people explains. */
function yearVariance(years: readonly { readonly shift: number; readonly noise: number }[]): number {
  const count = years.length;
  // One year tells nothing of how years differ: general experience, a fifth on the logit scale.
  if (count < 2) return 0.2 ** 2;
  const mean = years.reduce((sum, { shift }) => sum + shift, 0) / count;
  const variance = years.reduce((sum, { shift }) => sum + (shift - mean) ** 2, 0) / (count - 1);
  const noise = years.reduce((sum, one) => sum + one.noise, 0) / count;
  return Math.max(leastYearVariance, variance - noise);
}
