/** Learning from the history on file. */
import { badInput } from "../errors.ts";
import type { Connection } from "../store/index.ts";
import { nameUnits } from "./names.ts";
import type { Fit, FitOptions } from "./types.ts";
import { noVariances } from "./variance.ts";

let fits = 0;

/**
 * Learns from rosters and applications up to the origin. The fit lives in temporary tables of the connection and is gone with it.
 * Throws bad-input where there is no roster of the origin.
 */
export async function fitForecast(c: Connection, options: FitOptions): Promise<Fit> {
  const { origin, library, rulebooksUntil = Number.POSITIVE_INFINITY } = options;
  const rosters = await c.rows<{ year: number }>(
    `SELECT DISTINCT "rosterYear"::INTEGER AS year FROM workers WHERE "rosterYear" <= ${Math.trunc(origin)} ORDER BY 1`,
  );
  if (!rosters.some(({ year }) => year === origin)) {
    throw badInput(
      `没有 ${origin} 年的人员名册，不能以该年为预测起点`,
      `no roster of ${origin}: it cannot be the origin`,
      {
        property: "origin",
        value: origin,
        allowed: rosters.map(({ year }) => year),
      },
    );
  }
  const suffix = String(++fits);
  await nameUnits(c, origin, suffix);
  const years = await c.rows<{ year: number }>(
    `SELECT DISTINCT "examYear"::INTEGER AS year FROM applications WHERE "examYear" <= ${origin} ORDER BY 1`,
  );
  return {
    origin,
    library,
    rulebooksUntil,
    years: years.map(({ year }) => year),
    hasHistory: years.length > 0,
    suffix,
    variances: noVariances,
    basis: [],
  };
}
